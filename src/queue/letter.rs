//! What lies in the stream: where articles are, never what is in them.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::batch::{Input, Origin, place};

/// A message: an article, or several that may want one file and therefore stay
/// together, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Letter {
    /// The version of its form.
    pub(super) anubad: u8,
    /// The job that it belongs to: each `anubad run --queue` begins one.
    pub(super) job: i64,
    /// Fingerprint of the settings that it is to be done with.
    pub(super) settings: String,
    /// Digest of what people approved.
    pub(super) approved: String,
    /// Whether it is done again though it is done.
    pub(super) again: bool,
    /// The articles.
    pub(super) articles: Vec<Address>,
}

/// Where an article lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Address {
    /// Its name below the output folder.
    pub(super) id: String,
    /// Its file: below the folder of `pipeline.toml`, else as it is.
    pub(super) path: PathBuf,
    /// Digest of its bytes when it was found; empty where it could not be read.
    pub(super) digest: String,
}

/// The version of the form.
pub(super) const FORM: u8 = 1;

impl Address {
    /// That of an article; `None` for standard input, which nobody else can read.
    pub(super) fn of(input: &Input, base: &Path, digest: String) -> Option<Self> {
        let Origin::File(path) = &input.origin else {
            return None;
        };
        Some(Self {
            id: input.id.clone(),
            path: path.strip_prefix(base).unwrap_or(path).to_owned(),
            digest,
        })
    }

    /// The article, for whoever has `pipeline.toml` in `base`.
    pub(super) fn input(&self, base: &Path) -> Input {
        Input {
            id: self.id.clone(),
            origin: Origin::File(place(base, &self.path)),
        }
    }
}

impl Letter {
    /// Reads a message.
    pub(super) fn read(payload: &[u8]) -> Result<Self, String> {
        let letter: Self = serde_json::from_slice(payload).map_err(|e| e.to_string())?;
        match letter.anubad {
            FORM if !letter.articles.is_empty() => Ok(letter),
            FORM => Err("it names no article".to_owned()),
            other => Err(format!("it has form {other}, and this anubad knows {FORM}")),
        }
    }

    pub(super) fn written(&self) -> bytes::Bytes {
        serde_json::to_vec(self).unwrap_or_default().into()
    }

    /// What makes two messages one: the same articles as they were, under the same
    /// settings, in the same `round`.
    pub(super) fn id(&self, round: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &str| {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        };
        add(round);
        add(&self.settings);
        for article in &self.articles {
            add(&article.id);
            add(&article.path.to_string_lossy());
            add(&article.digest);
        }
        hasher.finalize().to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        let input = Input {
            id: "sport/a.txt".to_owned(),
            origin: Origin::File(PathBuf::from("/desk/in/sport/a.txt")),
        };
        Letter {
            anubad: FORM,
            job: 3,
            settings: "s".to_owned(),
            approved: String::new(),
            again: false,
            articles: vec![Address::of(&input, Path::new("/desk"), "d".to_owned()).unwrap()],
        }
    }

    #[test]
    fn an_article_is_found_from_another_folder() {
        let read = Letter::read(&letter().written()).unwrap();
        assert_eq!(read, letter());
        let input = read.articles[0].input(Path::new("/elsewhere"));
        assert_eq!(
            input.origin,
            Origin::File(PathBuf::from("/elsewhere/in/sport/a.txt"))
        );
    }

    #[test]
    fn messages_are_one_by_what_they_ask_for() {
        let id = letter().id("1");
        let mut other = letter();
        other.job = 4;
        assert_eq!(other.id("1"), id, "a second run asks for the same");
        let changes: [fn(&mut Letter); 3] = [
            |l| l.settings.push('x'),
            |l| l.articles[0].digest.push('x'),
            |l| l.articles[0].id.push('x'),
        ];
        for change in changes {
            let mut other = letter();
            change(&mut other);
            assert_ne!(other.id("1"), id);
        }
        assert_ne!(letter().id("2"), id);
    }

    #[test]
    fn what_is_no_letter_is_told() {
        for (payload, cause) in [
            ("", "EOF"),
            ("{}", "missing field"),
            (
                r#"{"anubad":1,"job":1,"settings":"","approved":"","again":false,"articles":[]}"#,
                "no article",
            ),
            (
                r#"{"anubad":9,"job":1,"settings":"","approved":"","again":false,"articles":[]}"#,
                "form 9",
            ),
        ] {
            let error = Letter::read(payload.as_bytes()).unwrap_err();
            assert!(error.contains(cause), "{payload}: {error}");
        }
    }
}
