//! The list of what can be fetched: records of Remote Settings.
//!
//! One record a file, as the collection `translations-models-v2` has them. The
//! names that records carry are never used as names of files: what a file is
//! for decides what it is called here.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::ModelsError;
use crate::language::{Language, Pair};

/// The major version of models that the engine runs: it stands for their format.
const MAJOR: u64 = 3;

/// Most bytes of a file, packed or unpacked.
const LARGEST: u64 = 1 << 30;

/// Digests (SHA-256 of the unpacked weights) of releases that are known to be
/// good: those of July 2025.
pub const PINNED: [(Pair, &str); 2] = [
    (
        Pair::EN_BN,
        "b63c8d5f8fdc1fcb8bbb2d20c751faab94af67ee1822427665119c93a11f6596",
    ),
    (
        Pair::BN_EN,
        "14c1d9e92918e8d04cb0ed351ae386c3b5d5c62a6dc601d9515f4c7e6c2a3a56",
    ),
];

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The weights.
    Weights,
    /// The vocabulary of both languages.
    Vocabulary,
    /// The vocabulary of the source alone.
    SourceVocabulary,
    /// The vocabulary of the target alone.
    TargetVocabulary,
}

impl Role {
    fn read(kind: &str) -> Option<Self> {
        Some(match kind {
            "model" => Self::Weights,
            "vocab" => Self::Vocabulary,
            "srcvocab" => Self::SourceVocabulary,
            "trgvocab" => Self::TargetVocabulary,
            _ => return None,
        })
    }

    /// The name of the file in a store.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Weights => "model.intgemm.alphas.bin",
            Self::Vocabulary => "vocab.spm",
            Self::SourceVocabulary => "srcvocab.spm",
            Self::TargetVocabulary => "trgvocab.spm",
        }
    }
}

/// One file of a release, packed with zstd at the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is for.
    pub role: Role,
    /// Where it is, below the root of the attachments.
    pub location: String,
    /// Its bytes, packed.
    pub size: u64,
    /// SHA-256 of the packed file.
    pub digest: String,
    /// Its bytes, unpacked, where the record says so.
    pub unpacked_size: Option<u64>,
    /// SHA-256 of the unpacked file.
    pub unpacked_digest: String,
}

/// A model that can be fetched, all of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The direction.
    pub pair: Pair,
    /// The version, such as `3.0`.
    pub version: String,
    /// The name of its architecture, such as `tiny`; empty where there is none.
    pub architecture: String,
    /// The files, one a role, the weights first.
    pub files: Vec<Attachment>,
    /// Only some users of Firefox are offered it.
    trial: bool,
}

impl Release {
    /// The bytes to fetch.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// The digest of the unpacked weights.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.files.first().map_or("", |file| &file.unpacked_digest)
    }

    /// Whether this version of the program knows it to be good.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        PINNED.contains(&(self.pair, self.digest()))
    }

    fn is_whole(&self) -> bool {
        let has = |role| self.files.iter().any(|file| file.role == role);
        has(Role::Weights)
            && (has(Role::Vocabulary)
                || (has(Role::SourceVocabulary) && has(Role::TargetVocabulary)))
    }

    /// What makes one better than another: published for all, final, newer,
    /// larger.
    fn rank(&self) -> (bool, bool, Vec<u64>, u64) {
        let (numbers, is_final) = version(&self.version);
        (!self.trial, is_final, numbers, self.size())
    }
}

/// What a server offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collection {
    releases: Vec<Release>,
}

impl Collection {
    /// Reads the server's list. Records of another kind, of languages that this
    /// program does not know, of versions that the engine does not run, and
    /// those without a digest are passed over.
    ///
    /// # Errors
    /// When it is no list of records.
    pub fn read(json: &[u8]) -> Result<Self, ModelsError> {
        let answer: Answer = serde_json::from_slice(json)
            .map_err(|error| ModelsError::NoCollection(error.to_string()))?;
        let mut releases: BTreeMap<(Pair, String, String, bool), Release> = BTreeMap::new();
        for record in answer.data {
            let Ok(record) = serde_json::from_value::<Record>(record) else {
                continue;
            };
            let Some((key, file)) = record.understood() else {
                continue;
            };
            let (pair, version, architecture, trial) = key.clone();
            let release = releases.entry(key).or_insert_with(|| Release {
                pair,
                version,
                architecture,
                files: Vec::new(),
                trial,
            });
            if release.files.iter().all(|known| known.role != file.role) {
                release.files.push(file);
            }
        }
        let mut releases: Vec<Release> = releases.into_values().filter(Release::is_whole).collect();
        for release in &mut releases {
            release.files.sort_by_key(|file| file.role);
        }
        Ok(Self { releases })
    }

    /// The directions that are offered, sorted.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self.releases.iter().map(|release| release.pair).collect();
        pairs.sort();
        pairs.dedup();
        pairs
    }

    /// The best release of a direction; with `pinned`, the one whose digest is
    /// built in.
    ///
    /// # Errors
    /// When there is none.
    pub fn release(&self, pair: Pair, pinned: bool) -> Result<&Release, ModelsError> {
        let offered = || self.releases.iter().filter(move |r| r.pair == pair);
        if pinned {
            return offered()
                .find(|release| release.is_pinned())
                .ok_or(ModelsError::NotPinned(pair));
        }
        offered()
            .max_by_key(|release| release.rank())
            .ok_or_else(|| ModelsError::NotOffered {
                pair: pair.to_string(),
                others: self.others(),
            })
    }

    fn others(&self) -> String {
        let pairs: Vec<String> = self.pairs().iter().map(ToString::to_string).collect();
        if pairs.is_empty() {
            "; it has none at all".to_owned()
        } else {
            format!("; it has {}", pairs.join(", "))
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    file_type: String,
    source_language: String,
    target_language: String,
    version: String,
    #[serde(default)]
    architecture: Option<String>,
    decompressed_hash: String,
    #[serde(default)]
    decompressed_size: Option<u64>,
    #[serde(default, rename = "filter_expression")]
    filter_expression: Option<String>,
    attachment: Packed,
}

#[derive(Deserialize)]
struct Packed {
    hash: String,
    size: u64,
    location: String,
}

impl Record {
    fn understood(self) -> Option<((Pair, String, String, bool), Attachment)> {
        let role = Role::read(&self.file_type)?;
        let pair = Pair {
            source: self.source_language.parse::<Language>().ok()?,
            target: self.target_language.parse::<Language>().ok()?,
        };
        let sound = version(&self.version).0.first() == Some(&MAJOR)
            && is_digest(&self.decompressed_hash)
            && is_digest(&self.attachment.hash)
            && self.attachment.size <= LARGEST
            && self.decompressed_size.unwrap_or(0) <= LARGEST
            && is_below(&self.attachment.location);
        if !sound {
            return None;
        }
        let trial = self.filter_expression.is_some_and(|f| !f.trim().is_empty());
        let file = Attachment {
            role,
            location: self.attachment.location,
            size: self.attachment.size,
            digest: self.attachment.hash,
            unpacked_size: self.decompressed_size,
            unpacked_digest: self.decompressed_hash,
        };
        let architecture = self.architecture.unwrap_or_default();
        Some(((pair, self.version, architecture, trial), file))
    }
}

/// The numbers of a version, and whether it is final: `3.0a1` is not.
fn version(text: &str) -> (Vec<u64>, bool) {
    let mut is_final = true;
    let numbers = text.split('.').map(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        is_final &= digits == part.len() && digits > 0;
        part[..digits].parse().unwrap_or(0)
    });
    (numbers.collect(), is_final)
}

fn is_digest(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Whether a location stays below the root that it is put behind.
fn is_below(location: &str) -> bool {
    !location.is_empty()
        && location
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
        && location
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._/".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// A record in the shape that the collection has.
    fn record(kind: &str, version: &str, change: impl FnOnce(&mut Value)) -> Value {
        let mut record = json!({
            "name": format!("{kind}.enbn"), "version": version, "fileType": kind,
            "architecture": "tiny", "sourceLanguage": "en", "targetLanguage": "bn",
            "decompressedHash": "0".repeat(64), "decompressedSize": 9,
            "attachment": {
                "hash": "a".repeat(64), "size": 7, "filename": "../../etc/passwd",
                "location": "main-workspace/translations-models-v2/1.zst",
                "mimetype": "application/zstd",
            },
        });
        change(&mut record);
        record
    }

    fn collection(records: &[Value]) -> Collection {
        Collection::read(json!({ "data": records }).to_string().as_bytes()).unwrap()
    }

    #[test]
    fn the_newest_whole_release_is_taken() {
        let same = |_: &mut Value| {};
        let found = collection(&[
            record("model", "3.0", same),
            record("vocab", "3.0", same),
            record("lex", "3.0", same),
            record("model", "3.1a1", same),
            record("vocab", "3.1a1", same),
            record("model", "3.2", same),
            record("model", "4.0", same),
            record("vocab", "4.0", same),
        ]);
        let release = found.release(Pair::EN_BN, false).unwrap();
        assert_eq!((release.version.as_str(), release.files.len()), ("3.0", 2));
        assert_eq!(release.files[0].role, Role::Weights);
        assert_eq!(found.pairs(), [Pair::EN_BN]);
    }

    #[test]
    fn two_vocabularies_do_as_well_as_one() {
        let same = |_: &mut Value| {};
        let mut records = vec![
            record("model", "3.0", same),
            record("srcvocab", "3.0", same),
        ];
        assert!(collection(&records).pairs().is_empty());
        records.push(record("trgvocab", "3.0", same));
        assert_eq!(collection(&records).pairs(), [Pair::EN_BN]);
    }

    #[test]
    fn what_is_not_sound_is_passed_over() {
        let changes: [fn(&mut Value); 8] = [
            |r| r["attachment"]["location"] = "../secret".into(),
            |r| r["attachment"]["location"] = "https://elsewhere.example/x".into(),
            |r| r["attachment"]["location"] = "a//b".into(),
            |r| r["attachment"]["hash"] = "short".into(),
            |r| r["decompressedHash"] = Value::Null,
            |r| r["attachment"]["size"] = (u64::MAX).into(),
            |r| r["version"] = "".into(),
            |r| r["sourceLanguage"] = "../en".into(),
        ];
        for change in changes {
            let found = collection(&[
                record("model", "3.0", change),
                record("vocab", "3.0", |_| {}),
            ]);
            assert!(found.pairs().is_empty());
        }
        assert!(Collection::read(b"<html>").is_err());
        assert!(Collection::read(b"{\"code\": 404}").is_err());
    }

    #[test]
    fn a_pinned_release_is_known_by_its_digest() {
        let same = |_: &mut Value| {};
        let known = |r: &mut Value| r["decompressedHash"] = PINNED[0].1.into();
        let mut records = vec![record("model", "3.1", same), record("vocab", "3.1", same)];
        assert!(collection(&records).release(Pair::EN_BN, true).is_err());
        records.extend([record("model", "3.0", known), record("vocab", "3.0", same)]);
        let found = collection(&records);
        assert_eq!(found.release(Pair::EN_BN, true).unwrap().version, "3.0");
        assert_eq!(found.release(Pair::EN_BN, false).unwrap().version, "3.1");
    }

    #[test]
    fn a_direction_that_is_not_there_is_said_with_what_is() {
        let found = collection(&[
            record("model", "3.0", |_| {}),
            record("vocab", "3.0", |_| {}),
        ]);
        let error = found.release(Pair::BN_EN, false).unwrap_err().to_string();
        assert!(
            error.contains("bn-en") && error.contains("it has en-bn"),
            "{error}"
        );
    }
}
