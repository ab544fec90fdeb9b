//! What a desk should look at in its glossary before it trusts it.

mod clash;
mod row;
mod words;

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::entry::Origin;
use super::layer::Layer;
use super::load;
use super::table::Row;

/// Something that is wrong or doubtful in a glossary file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file as it was named to the loader.
    pub file: Arc<str>,
    /// The line, where the finding has one.
    pub line: Option<usize>,
    /// How bad it is.
    pub severity: Severity,
    /// What was looked for; stable, for filters and tests.
    pub check: &'static str,
    /// What was found.
    pub message: String,
    /// What to do; empty where the message says it.
    pub next_step: &'static str,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The glossary cannot be used, or an outcome depends on the order of rows.
    Error,
    /// An entry that will probably do harm or nothing.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word for it in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Finding {
    fn at(
        origin: &Origin,
        severity: Severity,
        check: &'static str,
        message: String,
        next_step: &'static str,
    ) -> Self {
        Self {
            file: Arc::clone(&origin.file),
            line: Some(origin.line),
            severity,
            check,
            message,
            next_step,
        }
    }
}

impl Finding {
    /// Whether it is about `line` of `file`, there or in what it says of another.
    pub(super) fn concerns(&self, file: &str, line: usize) -> bool {
        let is_there = *self.file == *file && self.line == Some(line);
        let place = format!(" in {file}:{line}");
        let names = self.message.split(&place).skip(1);
        is_there
            || names
                .into_iter()
                .any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}: {}", self.severity.name(), self.message)?;
        if self.next_step.is_empty() {
            Ok(())
        } else {
            write!(f, "; {}", self.next_step)
        }
    }
}

/// Whether a Bangla word is an everyday one, which no name should be found in.
pub(super) fn is_ordinary_bangla(word: &str) -> bool {
    words::BANGLA.contains(&word)
}

/// Whether an English word, in small letters, is an everyday one.
pub(super) fn is_ordinary_english(word: &str) -> bool {
    words::ENGLISH.contains(&word)
}

/// A row of a layer, with the languages of its file.
struct Placed {
    row: Row,
    languages: Arc<[crate::language::Language]>,
    layer: usize,
}

/// Everything to be said of `layers`, lowest first, as of `today`: in the order
/// of the layers' files, then by line. Faults that keep a file from loading are
/// among it as errors.
#[must_use]
pub fn lint(layers: &[Layer], today: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut rows = Vec::new();
    let mut order = Vec::new();
    for (rank, layer) in layers.iter().enumerate() {
        for file in &layer.files {
            order.push(file.name());
            match load::read(file) {
                Ok(table) => {
                    let languages: Arc<[_]> = table.languages.into();
                    rows.extend(table.rows.into_iter().map(|row| Placed {
                        row,
                        languages: Arc::clone(&languages),
                        layer: rank,
                    }));
                }
                Err(errors) => findings.extend(errors.into_iter().map(|error| Finding {
                    file: error.file,
                    line: error.line,
                    severity: Severity::Error,
                    check: "format",
                    message: error.cause.to_string(),
                    next_step: "",
                })),
            }
        }
    }
    for placed in &rows {
        row::check(&placed.row, today, &mut findings);
    }
    clash::check(&rows, &mut findings);
    findings.sort_by_cached_key(|f| {
        let file = order.iter().position(|name| **name == *f.file);
        (file, f.line, f.severity)
    });
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Line, severity and check of all that is said of some rows.
    fn said(layers: &[&str]) -> Vec<(usize, Severity, &'static str)> {
        let header = "en\tbn\tkind\tcase\tdirection\tdesk\tfrom\tto\ten_variants\tbn_variants\n";
        let layers: Vec<Layer> = layers
            .iter()
            .enumerate()
            .map(|(i, rows)| {
                Layer::of_text(
                    format!("{i}"),
                    format!("{i}.tsv"),
                    format!("{header}{rows}"),
                )
            })
            .collect();
        lint(&layers, date(2026, 1, 1))
            .into_iter()
            .map(|f| (f.line.unwrap_or(0), f.severity, f.check))
            .collect()
    }

    #[test]
    fn a_sound_glossary_passes() {
        let rows = "Dhaka\tঢাকা\tplace\t\t\t\t\t\tDacca\nUS\tযুক্তরাষ্ট্র\tplace\t\t\t\t\t\tUnited States | U.S.\n\
            Facebook\t\tdo-not-translate\nwho\tকারা\tterm\nWHO\tডব্লিউএইচও\torganisation\n";
        assert_eq!(said(&[rows]), []);
    }

    #[test]
    fn each_fault_of_a_row_is_found() {
        use Severity::{Error, Note, Warning};
        for (row, severity, check) in [
            ("Dhaka\tঢাকা \tplace", Warning, "space"),
            ("Dhaka\tDhaka\tplace", Warning, "script"),
            ("ঢাকা\tঢাকা\tplace", Warning, "script"),
            ("A\tআলফা\tterm", Error, "short"),
            ("Beta\tকি\tterm", Error, "short"),
            ("March\tমার্চ\tterm", Warning, "word"),
            ("Chad\tকরে\tplace", Warning, "word"),
            (
                "PM\tপ্রধানমন্ত্রী\ttitle\t\t\t\t\t2025-01-01",
                Warning,
                "expired",
            ),
            ("PM\tপ্রধানমন্ত্রী\ttitle\t\t\t\t2027-01-01", Note, "pending"),
            ("Dhaka\tঢাকা\tplace\t\t\t\t\t\tDhaka", Warning, "repeat"),
        ] {
            assert_eq!(said(&[row]), [(2, severity, check)], "{row}");
        }
    }

    #[test]
    fn rows_that_clash_are_found_with_both_lines() {
        use Severity::{Error, Note, Warning};
        for (rows, expected) in [
            (
                "Rana\tরানা\tperson\nRana\tরাণা\tperson\n",
                &[(3, Error, "conflict")][..],
            ),
            ("Rana\tরানা\tperson\nrana\tরাণা\tperson\n", &[]),
            (
                "Rana\tরানা\tperson\t\ten-bn\nRana\tরাণা\tperson\t\tbn-en\n",
                &[],
            ),
            ("Rana\tরানা\tperson\nRana\tরাণা\tperson\t\t\tsports\n", &[]),
            (
                "Rana\tরানা\tperson\t\t\t\t\t2026-05-01\nRana\tরাণা\tperson\t\t\t\t2026-05-02\n",
                &[(3, Note, "pending")],
            ),
            (
                "Rana\tরানা\tperson\nRana\tরানা\tperson\n",
                &[(3, Warning, "duplicate")],
            ),
            (
                "Rana\tরানা\tperson\t\t\t\t\t\tRanaa\nRanaa\tরাণা\tperson\n",
                &[(3, Warning, "conflict")],
            ),
            (
                "US\tযুক্তরাষ্ট্র\tplace\nAmerica\tযুক্তরাষ্ট্র\tplace\n",
                &[(3, Error, "conflict")],
            ),
            (
                "Dhaka\tঢাকা\tplace\n\tঢাকা\tforbidden\n",
                &[(3, Error, "forbidden")],
            ),
            ("Dhaka\tঢাকা\tplace\nDhaka\tঢাক্কা\tforbidden\n", &[]),
            (
                "Dhaka\tঢাকা\tplace\t\t\t\t\t\t\tঢাকাও\n",
                &[(2, Warning, "inflected")],
            ),
            ("Sonargaon\tসোনারগাঁ\tplace\t\t\t\t\t\t\tসোনারগাঁও\n", &[]),
        ] {
            assert_eq!(said(&[rows]), expected, "{rows}");
        }
        let shadowed = said(&["Rana\tরানা\tperson\t\ten-bn\n", "Rana\tরাণা\tperson\t\ten-bn\n"]);
        assert_eq!(shadowed, [(2, Note, "outranked")]);
    }

    #[test]
    fn a_conflict_names_both_lines_and_what_to_do() {
        let layer = Layer::of_text(
            "house",
            "h.tsv",
            "en\tbn\tkind\tdirection\nRana\tরানা\tperson\ten-bn\nRana\tরাণা\tperson\ten-bn\n",
        );
        let findings = lint(&[layer], date(2026, 1, 1));
        assert_eq!(
            findings[0].to_string(),
            "h.tsv:3: error: `Rana` is `রাণা` here and `রানা` in h.tsv:2 (en-bn); \
             keep one, or tell them apart by direction, case, desk or date"
        );
    }

    #[test]
    fn a_file_that_does_not_load_is_reported_with_the_rest() {
        let layer = Layer::of_text("house", "h.tsv", "en\tbn\tkind\nDhaka\tঢাকা\tcity\n");
        let findings = lint(&[layer], date(2026, 1, 1));
        assert_eq!((findings[0].line, findings[0].check), (Some(2), "format"));
    }
}
