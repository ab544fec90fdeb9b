//! Which provider of the chain a block begins with.
//!
//! The chain has one order; a [`Route`] puts some of it first, for a direction or a
//! kind of block, or shares articles out by weight. What the first cannot do, the
//! others do in the chain's order, as ever.

use std::sync::Arc;

use super::ladder::{self, Climbed};
use crate::article::BlockKind;
use crate::language::Pair;
use crate::plan::Segment;
use crate::provider::{Context, Provider};

/// The routes, the first that fits being taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Routes(pub Vec<Route>);

/// What some blocks begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The direction; any if not named.
    pub pair: Option<Pair>,
    /// The kind of block; any if not named.
    pub kind: Option<Sort>,
    /// Names of providers, the first one first.
    pub providers: Vec<String>,
    /// Which share of articles begins with each of them, as `[3, 1]`; none for the
    /// order as it is.
    pub weights: Vec<u32>,
}

/// The kinds of blocks that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The headline.
    Headline,
    /// Paragraphs of the story.
    Story,
    /// What the page carried beside it, where that is translated.
    Boilerplate,
}

impl Sort {
    fn of(kind: BlockKind) -> Self {
        match kind {
            BlockKind::Headline => Self::Headline,
            BlockKind::Boilerplate(_) => Self::Boilerplate,
            _ => Self::Story,
        }
    }
}

impl Route {
    fn fits(&self, pair: Pair, sort: Sort) -> bool {
        self.pair.is_none_or(|own| own == pair) && self.kind.is_none_or(|own| own == sort)
    }

    /// Its providers, the one that `article` begins with first. An article begins
    /// with the same one in every run.
    fn names(&self, article: &str) -> Vec<&str> {
        let mut names: Vec<&str> = self.providers.iter().map(String::as_str).collect();
        let all: u64 = self.weights.iter().map(|&weight| u64::from(weight)).sum();
        if all == 0 {
            return names;
        }
        let digest = blake3::hash(article.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&digest.as_bytes()[..8]);
        let mut drawn = u64::from_le_bytes(first) % all;
        for (index, &weight) in self.weights.iter().enumerate() {
            if drawn < u64::from(weight) {
                if index < names.len() {
                    let name = names.remove(index);
                    names.insert(0, name);
                }
                break;
            }
            drawn -= u64::from(weight);
        }
        names
    }
}

impl Routes {
    /// The chain in the order that blocks of a kind want, as indices into it.
    fn order(
        &self,
        chain: &[Arc<dyn Provider>],
        pair: Pair,
        sort: Sort,
        article: &str,
    ) -> Vec<usize> {
        let route = self.0.iter().find(|route| route.fits(pair, sort));
        let names = route.map_or_else(Vec::new, |route| route.names(article));
        let place = |name: &str| chain.iter().position(|p| p.identity().name == name);
        let mut order: Vec<usize> = names.into_iter().filter_map(place).collect();
        for index in 0..chain.len() {
            if !order.contains(&index) {
                order.push(index);
            }
        }
        order
    }

    /// The provider that a block of a kind is given to first.
    pub(super) fn first<'c>(
        &self,
        chain: &'c [Arc<dyn Provider>],
        pair: Pair,
        kind: BlockKind,
        article: &str,
    ) -> Option<&'c dyn Provider> {
        let order = self.order(chain, pair, Sort::of(kind), article);
        let mut ordered = order.into_iter().filter_map(|index| chain.get(index));
        let first = ordered.find(|provider| provider.capability().covers(pair));
        first.map(AsRef::as_ref)
    }

    /// Has segments translated, each by the chain in the order that its kind wants.
    ///
    /// Law: one result per segment, in order.
    pub(super) async fn climb(
        &self,
        chain: &[Arc<dyn Provider>],
        pair: Pair,
        segments: &[Segment],
        kinds: &[BlockKind],
        context: &Context,
    ) -> Vec<Climbed> {
        if self.0.is_empty() {
            return ladder::climb(chain, pair, segments, context).await;
        }
        let article = context.article.as_deref().unwrap_or_default();
        let orders: Vec<Vec<usize>> = (0..segments.len())
            .map(|index| {
                let sort = kinds.get(index).map_or(Sort::Story, |kind| Sort::of(*kind));
                self.order(chain, pair, sort, article)
            })
            .collect();
        let mut results: Vec<Option<Climbed>> = vec![None; segments.len()];
        for (at, order) in orders.iter().enumerate() {
            if results.get(at).is_none_or(Option::is_some) {
                continue;
            }
            // Everything with this order goes together.
            let together: Vec<usize> = (at..segments.len())
                .filter(|&other| orders.get(other) == Some(order))
                .collect();
            let ordered: Vec<Arc<dyn Provider>> = order
                .iter()
                .filter_map(|&index| chain.get(index).map(Arc::clone))
                .collect();
            let own: Vec<Segment> = together
                .iter()
                .filter_map(|&index| segments.get(index).cloned())
                .collect();
            let climbed = ladder::climb(&ordered, pair, &own, context).await;
            for (index, climbed) in together.into_iter().zip(climbed) {
                if let Some(place) = results.get_mut(index) {
                    *place = Some(climbed);
                }
            }
        }
        results.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(weights: &[u32]) -> Route {
        Route {
            pair: Some(Pair::BN_EN),
            kind: Some(Sort::Headline),
            providers: vec!["b".to_owned(), "c".to_owned()],
            weights: weights.to_vec(),
        }
    }

    #[test]
    fn a_route_is_for_its_direction_and_kind() {
        for (pair, kind, fits) in [
            (Pair::BN_EN, BlockKind::Headline, true),
            (Pair::EN_BN, BlockKind::Headline, false),
            (Pair::BN_EN, BlockKind::Paragraph, false),
        ] {
            assert_eq!(
                route(&[]).fits(pair, Sort::of(kind)),
                fits,
                "{pair} {kind:?}"
            );
        }
    }

    #[test]
    fn articles_are_shared_out_by_weight_and_stay() {
        assert_eq!(route(&[]).names("x"), ["b", "c"]);
        assert_eq!(route(&[0, 1]).names("x"), ["c", "b"]);
        let route = route(&[3, 1]);
        let first = |id: usize| route.names(&format!("article {id}"))[0];
        let count = (0..1000).filter(|&id| first(id) == "b").count();
        assert!((700..800).contains(&count), "{count}");
        assert_eq!(first(7), first(7));
    }
}
