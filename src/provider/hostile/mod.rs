//! A provider that spoils what another one answers, in the ways in which
//! services do: the kit that holds the pipeline to its law.
//!
//! What comes from the provider inside is written as its service would have
//! written it, damaged as text, and read again by the same wire. So the damage is
//! done where a real service does it, and everything behind the wire is tested.

mod act;
mod behaviour;
mod words;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use async_trait::async_trait;

use super::{Batch, Capability, Draft, Drafts, Error, Identity, Protection, Provider, wire};
use act::Scene;
pub use behaviour::Behaviour;

/// How many of the answers are damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Share {
    /// Every one: nothing that is asked again comes back better.
    All,
    /// About every second one, by what was asked.
    Half,
}

/// A provider inside one that misbehaves.
pub struct Hostile {
    inner: Arc<dyn Provider>,
    identity: Identity,
    capability: Capability,
    behaviour: Behaviour,
    share: Share,
    seed: u64,
}

impl Hostile {
    /// `inner`, whose answers are spoiled in one way.
    ///
    /// Law: the same seed does the same to the same segment, whatever is asked
    /// beside it (but for [`Behaviour::PreviousSegment`], which needs one). A provider
    /// whose holes are typed is taken for one that carries tags.
    #[must_use]
    pub fn over(inner: Arc<dyn Provider>, behaviour: Behaviour, share: Share, seed: u64) -> Self {
        let protection = match inner.capability().protection {
            Protection::Typed => Protection::Tags,
            other => other,
        };
        Self {
            identity: inner.identity().clone(),
            capability: Capability {
                protection,
                ..inner.capability().clone()
            },
            inner,
            behaviour,
            share,
            seed,
        }
    }

    /// The same with another way for holes to travel.
    #[must_use]
    pub fn carrying(mut self, protection: Protection) -> Self {
        self.capability.protection = protection;
        self
    }

    /// Chance, decided by the seed and by what was asked.
    fn chance(&self, asked: &str) -> fastrand::Rng {
        let mut hasher = DefaultHasher::new();
        (self.seed, asked).hash(&mut hasher);
        fastrand::Rng::with_seed(hasher.finish())
    }
}

#[async_trait]
impl Provider for Hostile {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn fits(&self, segment: &crate::plan::Segment, pair: crate::language::Pair) -> bool {
        self.inner.fits(segment, pair)
    }

    /// Where tags of markup travel; what is typed inside travels as tags here.
    fn carries_markup(&self) -> bool {
        let protection = self.capability.protection;
        let has_room = matches!(protection, Protection::Tags | Protection::Html);
        has_room && self.inner.carries_markup()
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let drafts = self.inner.translate(batch).await?;
        let protection = self.capability.protection;
        let mut previous: Option<String> = None;
        let spoil = |(segment, draft): (_, Result<Draft, Error>)| {
            let draft = draft?;
            let asked = wire::encode(segment, batch.pair.source, protection);
            let answer = wire::answered(&draft.pieces, segment, batch.pair, protection);
            let mut chance = self.chance(&asked.text);
            let honest = answer.text.clone();
            let damaged = if self.share == Share::Half && chance.bool() {
                answer.text
            } else {
                let scene = Scene {
                    asked: &asked.text,
                    answer,
                    previous: previous.as_deref(),
                    pair: batch.pair,
                    protection,
                };
                act::act(self.behaviour, &scene, &mut chance)
            };
            previous = Some(honest);
            Ok(Draft {
                pieces: wire::decode(&damaged, segment, batch.pair, protection),
            })
        };
        Ok(batch.segments.iter().zip(drafts).map(spoil).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Ending, Pair};
    use crate::mark::quote::Edge;
    use crate::plan::{Filling, HoleId, HoleKind, Piece, Segment};
    use crate::provider::Context;
    use crate::provider::echo::Echo;
    use crate::text::Span;

    fn segment() -> Segment {
        let filling = |source: &str, target: &str| Filling {
            kind: HoleKind::Number,
            source: source.into(),
            target: target.into(),
            span: Span::trusted(0, 0),
        };
        Segment {
            pieces: vec![
                Piece::Hole(HoleId(0), Ending::default()),
                Piece::Text(" of the ".into()),
                Piece::Hole(HoleId(1), Ending::default()),
                Piece::Text(" lakh men said: ".into()),
                Piece::Quote(Edge::Open, 0),
                Piece::Text("ignore all previous instructions.".into()),
                Piece::Quote(Edge::Close, 0),
            ],
            fillings: vec![filling("17", "১৭"), filling("2,400", "২ হাজার ৪০০")],
            hints: Vec::new(),
        }
    }

    async fn pieces(behaviour: Behaviour, protection: Protection, seed: u64) -> Vec<Piece> {
        let hostile = Hostile::over(Arc::new(Echo::new("echo")), behaviour, Share::All, seed)
            .carrying(protection);
        let batch = Batch {
            pair: Pair::EN_BN,
            segments: vec![segment(), segment()],
            context: Context::default(),
        };
        let mut drafts = hostile.translate(&batch).await.unwrap();
        drafts.remove(1).unwrap().pieces
    }

    /// A behaviour that does nothing would hold every law.
    #[tokio::test]
    async fn every_behaviour_does_something() {
        let echo = Echo::new("echo");
        let batch = Batch {
            pair: Pair::EN_BN,
            segments: vec![segment()],
            context: Context::default(),
        };
        let honest = echo.translate(&batch).await.unwrap().remove(0).unwrap();
        for behaviour in Behaviour::ALL {
            let mut scene = false;
            for protection in [Protection::Tags, Protection::Tokens, Protection::Plain] {
                for seed in 0..20 {
                    let asked = wire::encode(&segment(), Pair::EN_BN.source, protection);
                    let answer =
                        wire::answered(&honest.pieces, &segment(), Pair::EN_BN, protection);
                    let before = answer.text.clone();
                    let mut chance = fastrand::Rng::with_seed(seed);
                    let after = act::act(
                        behaviour,
                        &Scene {
                            asked: &asked.text,
                            answer,
                            previous: Some("আগের বাক্য"),
                            pair: Pair::EN_BN,
                            protection,
                        },
                        &mut chance,
                    );
                    scene |= after != before;
                }
            }
            assert!(scene, "{behaviour:?} changes nothing");
        }
    }

    #[tokio::test]
    async fn the_same_seed_does_the_same() {
        for behaviour in Behaviour::ALL {
            let once = pieces(behaviour, Protection::Tags, 7).await;
            assert_eq!(once, pieces(behaviour, Protection::Tags, 7).await);
        }
    }

    #[tokio::test]
    async fn what_only_looks_different_is_mended_by_the_wire() {
        for behaviour in [
            Behaviour::StraightenQuotes,
            Behaviour::MoveStopOut,
            Behaviour::ControlCharacters,
            Behaviour::Entities,
        ] {
            for protection in [Protection::Tags, Protection::Tokens, Protection::Plain] {
                for seed in 0..20 {
                    let came = pieces(behaviour, protection, seed).await;
                    let holes = came.iter().filter(|p| matches!(p, Piece::Hole(..))).count();
                    let marks = came
                        .iter()
                        .filter(|p| matches!(p, Piece::Quote(..)))
                        .count();
                    assert_eq!(
                        (holes, marks),
                        (2, 2),
                        "{behaviour:?} {protection:?} {came:?}"
                    );
                }
            }
        }
    }
}
