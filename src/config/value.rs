//! Values that mean something only within bounds.
//!
//! Errors raised here get the place of the value from the reader.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use url::Url;

use crate::article::Format;
use crate::article::read::LARGEST;
use crate::language::Pair;

/// Most articles in progress, threads of an engine, and the like.
const MOST_AT_A_TIME: u64 = 1024;

/// Most seconds that anything may take: a day.
const LONGEST: f64 = 86_400.0;

/// A whole number within bounds, both included.
struct Whole {
    least: u64,
    most: u64,
}

impl Visitor<'_> for Whole {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from {} to {}", self.least, self.most)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u64, E> {
        u64::try_from(number)
            .ok()
            .filter(|n| (self.least..=self.most).contains(n))
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        if (self.least..=self.most).contains(&number) {
            Ok(number)
        } else {
            Err(E::invalid_value(Unexpected::Unsigned(number), &self))
        }
    }
}

fn whole<'de, D: Deserializer<'de>>(
    deserializer: D,
    least: u64,
    most: u64,
) -> Result<usize, D::Error> {
    let number = deserializer.deserialize_any(Whole { least, most })?;
    usize::try_from(number).map_err(D::Error::custom)
}

/// At least one at a time.
pub(super) fn concurrency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    whole(deserializer, 1, MOST_AT_A_TIME)
}

/// As many as somebody likes.
pub(super) fn many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    whole(deserializer, 1, u64::from(u32::MAX))
}

/// A wider search finds nothing more.
const WIDEST_BEAM: u64 = 16;

/// Threads, 0 for as many as there are.
pub(super) fn threads<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    whole(deserializer, 0, MOST_AT_A_TIME)
}

/// Translations that a search keeps side by side.
pub(super) fn beam<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    whole(deserializer, 1, WIDEST_BEAM)
}

/// The name of a format, or `auto`.
pub(super) fn format<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Format>, D::Error> {
    let name = String::deserialize(deserializer)?;
    match name.as_str() {
        "auto" => Ok(None),
        name => name.parse().map(Some).map_err(D::Error::custom),
    }
}

/// A text with something in it.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Filled::deserialize(deserializer)?.0)
}

/// More than any newsroom spends, and within what the books can hold.
pub(crate) const MOST_MONEY: f64 = 1e9;

/// An amount of money, with or without a fraction.
pub(super) fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    struct Amount;

    impl Visitor<'_> for Amount {
        type Value = f64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an amount of money, 0 to {MOST_MONEY}")
        }

        fn visit_f64<E: Error>(self, amount: f64) -> Result<f64, E> {
            if (0.0..=MOST_MONEY).contains(&amount) {
                Ok(amount)
            } else {
                Err(E::invalid_value(Unexpected::Float(amount), &self))
            }
        }

        fn visit_i64<E: Error>(self, amount: i64) -> Result<f64, E> {
            let whole = i32::try_from(amount).map_or(f64::MAX, f64::from);
            self.visit_f64(whole)
                .map_err(|_: E| E::invalid_value(Unexpected::Signed(amount), &Self))
        }
    }

    deserializer.deserialize_any(Amount).map(Some)
}

/// Failures after which something is given up.
pub(super) fn attempts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let count = whole(deserializer, 1, MOST_AT_A_TIME)?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The name of something, not empty.
pub(super) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name.trim().is_empty() {
        return Err(D::Error::custom("an empty text, expected a name"));
    }
    Ok(Some(name.trim().to_owned()))
}

/// Bytes of an article.
pub(super) fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let most = LARGEST as u64;
    deserializer.deserialize_any(Whole { least: 1, most })
}

/// A share of something, 0 to 1.
pub(super) fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let share = f64::deserialize(deserializer)?;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err(D::Error::custom(format!("{share}, expected 0 to 1")))
    }
}

/// Seconds that something may take, with or without a fraction.
pub(super) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    struct Seconds;

    impl Visitor<'_> for Seconds {
        type Value = f64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "seconds, more than 0 and at most {LONGEST}")
        }

        fn visit_f64<E: Error>(self, seconds: f64) -> Result<f64, E> {
            // Not so for what is no number.
            if seconds > 0.0 && seconds <= LONGEST {
                Ok(seconds)
            } else {
                Err(E::invalid_value(Unexpected::Float(seconds), &self))
            }
        }

        fn visit_i64<E: Error>(self, seconds: i64) -> Result<f64, E> {
            let whole = i32::try_from(seconds).map_or(f64::MAX, f64::from);
            self.visit_f64(whole)
                .map_err(|_: E| E::invalid_value(Unexpected::Signed(seconds), &Self))
        }
    }

    deserializer.deserialize_any(Seconds)
}

/// So many a minute.
pub(super) fn rate<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    struct Rate;

    impl Visitor<'_> for Rate {
        type Value = f64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("so many a minute, more than 0")
        }

        fn visit_f64<E: Error>(self, rate: f64) -> Result<f64, E> {
            if rate > 0.0 && rate.is_finite() {
                Ok(rate)
            } else {
                Err(E::invalid_value(Unexpected::Float(rate), &self))
            }
        }

        fn visit_i64<E: Error>(self, rate: i64) -> Result<f64, E> {
            self.visit_f64(rate as f64)
                .map_err(|_: E| E::invalid_value(Unexpected::Signed(rate), &Self))
        }
    }

    deserializer.deserialize_any(Rate).map(Some)
}

/// An address on the network.
pub(super) fn url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    deserializer
        .deserialize_str(Read(|text: &str| {
            Url::parse(text.trim()).map_err(|_| {
                "no address: it begins with https:// (or http://) and names a host".to_owned()
            })
        }))
        .map(Some)
}

/// A text that is read by a function. An error that a visitor raises gets the
/// place of the one text, not that of the list around it.
struct Read<F>(F);

impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Read<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

/// A text with something in it.
struct Filled(String);

impl<'de> Deserialize<'de> for Filled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Read(|text: &str| {
            if text.trim().is_empty() {
                return Err("an empty text, expected something in it".to_owned());
            }
            Ok(Self(text.to_owned()))
        }))
    }
}

fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let texts = Vec::<Filled>::deserialize(deserializer)?;
    Ok(texts.into_iter().map(|text| text.0).collect())
}

fn some<T, E: Error>(list: Vec<T>, what: &str) -> Result<Vec<T>, E> {
    if list.is_empty() {
        return Err(E::custom(format!("an empty list, expected {what}")));
    }
    Ok(list)
}

/// A path.
pub(super) fn path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(Filled::deserialize(deserializer)?.0.into())
}

/// A path, or none.
pub(super) fn some_path<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<PathBuf>, D::Error> {
    path(deserializer).map(Some)
}

/// Paths, perhaps none.
pub(super) fn paths<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
    let paths = filled(deserializer)?;
    Ok(paths.into_iter().map(PathBuf::from).collect())
}

/// Extensions, with or without their dot.
pub(super) fn extensions<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let list = filled(deserializer)?;
    let bare = list.iter().map(|e| e.trim_start_matches('.').to_owned());
    some(bare.collect(), "at least one extension, such as \"txt\"")
}

/// A chain of providers.
pub(super) fn chain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    some(filled(deserializer)?, "the name of at least one provider")
}

/// A program and its arguments, which may be empty.
pub(super) fn program<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    if words
        .first()
        .is_none_or(|program| program.trim().is_empty())
    {
        return Err(D::Error::custom(
            "no program, expected it and its arguments, such as [\"python3\", \"my.py\"]",
        ));
    }
    Ok(words)
}

/// Directions, at least one.
pub(super) fn pairs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pair>, D::Error> {
    struct Named(Pair);

    impl<'de> Deserialize<'de> for Named {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(Read(|name: &str| {
                name.parse::<Pair>()
                    .map(Self)
                    .map_err(|error| error.to_string())
            }))
        }
    }

    let pairs = Vec::<Named>::deserialize(deserializer)?;
    some(
        pairs.into_iter().map(|pair| pair.0).collect(),
        "at least one pair, such as \"en-bn\"",
    )
}

/// A direction.
pub(super) fn some_pair<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Pair>, D::Error> {
    deserializer.deserialize_str(Read(pair)).map(Some)
}

/// A direction as it is written.
///
/// # Errors
/// When it is none; what is wrong with it.
pub fn pair(name: &str) -> Result<Pair, String> {
    name.parse::<Pair>().map_err(|error| error.to_string())
}
