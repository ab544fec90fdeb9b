//! What lies at a service under a name: a glossary, a terminology, a model.

use std::fmt::Write;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};

use super::Request;
use crate::language::Pair;

/// The name of a resource: one for every direction, or one for each.
///
/// Most services refuse a resource that was made for another direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The one for directions that are not named.
    any: Option<String>,
    of: Vec<(Pair, String)>,
}

/// When a resource is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// In every request: it may have terms that no glossary here has.
    #[default]
    Always,
    /// In requests in which a preferred term matched, for a resource that was made
    /// of the glossaries here.
    Matched,
}

impl Resource {
    /// The resource for a direction.
    #[must_use]
    pub fn of(&self, pair: Pair) -> Option<&str> {
        let own = self.of.iter().find(|(of, _)| *of == pair);
        own.map(|(_, name)| name)
            .or(self.any.as_ref())
            .map(String::as_str)
    }
}

/// The resource that a request uses.
pub(super) fn used<'r>(
    resource: Option<&'r Resource>,
    when: When,
    request: &Request<'_>,
) -> Option<&'r str> {
    let wanted = when == When::Always || !request.hints.is_empty();
    resource.filter(|_| wanted)?.of(request.pair)
}

/// What tells one setting from another, in a few words.
pub(super) fn version(resource: Option<&Resource>, when: When) -> String {
    let Some(Resource { any, of }) = resource else {
        return String::new();
    };
    let mut out = any.clone().unwrap_or_default();
    for (pair, name) in of {
        let _ = write!(out, " {pair}={name}");
    }
    if when == When::Matched {
        out.push_str(" matched");
    }
    out
}

impl<'de> Deserialize<'de> for Resource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Resource;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(
                    "a name, or a table of directions and names, such as { en-bn = \"house\" }",
                )
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Resource, E> {
                Ok(Resource {
                    any: Some(filled(name)?),
                    of: Vec::new(),
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Resource, A::Error> {
                let mut of = Vec::new();
                while let Some((pair, name)) = map.next_entry::<String, String>()? {
                    let pair: Pair = pair.parse().map_err(A::Error::custom)?;
                    of.push((pair, filled(&name)?));
                }
                of.sort();
                Ok(Resource { any: None, of })
            }
        }

        deserializer.deserialize_any(Names)
    }
}

fn filled<E: serde::de::Error>(name: &str) -> Result<String, E> {
    let name = name.trim();
    if name.is_empty() {
        return Err(E::custom("an empty name"));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Hint;
    use crate::provider::Protection;
    use serde_json::json;

    #[test]
    fn a_resource_is_for_its_direction() {
        let one: Resource = serde_json::from_value(json!("house")).unwrap();
        let each: Resource = serde_json::from_value(json!({ "en-bn": "house" })).unwrap();
        for (resource, pair, name) in [
            (&one, Pair::EN_BN, Some("house")),
            (&one, Pair::BN_EN, Some("house")),
            (&each, Pair::EN_BN, Some("house")),
            (&each, Pair::BN_EN, None),
        ] {
            assert_eq!(resource.of(pair), name, "{resource:?} {pair}");
        }
        for wrong in [
            json!(""),
            json!({ "en": "x" }),
            json!({ "en-bn": " " }),
            json!(3),
        ] {
            assert!(
                serde_json::from_value::<Resource>(wrong.clone()).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_resource_of_the_glossaries_goes_where_a_term_matched() {
        let house: Resource = serde_json::from_value(json!("house")).unwrap();
        let hint = Hint {
            source: "seminar".into(),
            target: "সেমিনার".into(),
        };
        for (when, matched, sent) in [
            (When::Always, true, true),
            (When::Always, false, true),
            (When::Matched, true, true),
            (When::Matched, false, false),
        ] {
            let request = Request {
                pair: Pair::EN_BN,
                texts: Vec::new(),
                hints: if matched { vec![&hint] } else { Vec::new() },
                protection: Protection::Html,
            };
            let found = used(Some(&house), when, &request);
            assert_eq!(found.is_some(), sent, "{when:?} {matched}");
            assert_eq!(used(None, when, &request), None);
        }
        assert_ne!(
            version(Some(&house), When::Always),
            version(Some(&house), When::Matched)
        );
    }
}
