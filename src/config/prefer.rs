//! `[[pipeline.prefer]]`: which provider of the chain comes first where.

use serde::Deserialize;

use super::value;
use crate::language::Pair;
use crate::translate::{Route, Routes, Sort};

/// An entry of `prefer`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Prefer {
    /// What it puts first, where.
    pub route: Route,
    /// The desk that it is for; any if not named.
    pub desk: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, deserialize_with = "value::some_pair")]
    pair: Option<Pair>,
    kind: Option<Sort>,
    desk: Option<String>,
    #[serde(deserialize_with = "value::chain")]
    providers: Vec<String>,
    #[serde(default)]
    weights: Vec<u32>,
}

impl TryFrom<Written> for Prefer {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written {
            pair,
            kind,
            desk,
            providers,
            weights,
        } = written;
        if !weights.is_empty() && weights.len() != providers.len() {
            return Err(format!(
                "{} weights for {} providers; give one each, or none",
                weights.len(),
                providers.len()
            ));
        }
        if !weights.is_empty() && weights.iter().all(|&weight| weight == 0) {
            return Err("all weights are 0; give at least one provider a share".to_owned());
        }
        let route = Route {
            pair,
            kind,
            providers,
            weights,
        };
        Ok(Self { route, desk })
    }
}

/// The routes of a desk.
pub(super) fn routes(prefer: &[Prefer], desk: Option<&str>) -> Routes {
    let own = |prefer: &&Prefer| prefer.desk.is_none() || prefer.desk.as_deref() == desk;
    Routes(
        (prefer.iter().filter(own))
            .map(|prefer| prefer.route.clone())
            .collect(),
    )
}
