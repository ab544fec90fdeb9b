//! What becomes of an article when some sentence of it could not be translated.

use serde::Deserialize;

use crate::translate::Translation;

/// What happens to an article of which a sentence has no translation, or not a
/// whole one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Partial {
    /// It is written, each such sentence in its source, with a mark around it.
    #[default]
    WriteWithGaps,
    /// It is kept apart, in `.held` below the output folder, and not in its place.
    Hold,
    /// It fails.
    Fail,
}

/// What [`Partial`] decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Settled {
    /// It goes to its place.
    Place,
    /// It is kept apart, for this reason.
    Apart(String),
    /// It is not written, for this reason.
    Refused(String),
}

impl Partial {
    /// Decides about a translation, and marks its gaps where it is written.
    pub(super) fn settle(self, translation: &mut Translation) -> Settled {
        let gaps = translation.gaps();
        if gaps == 0 {
            return Settled::Place;
        }
        let count = if gaps == 1 {
            "1 sentence".to_owned()
        } else {
            format!("{gaps} sentences")
        };
        let next = "run again when the provider answers, or name another provider";
        match self {
            Self::Fail => Settled::Refused(format!(
                "{count} of it could not be translated, and `partial` is \"fail\"; {next}"
            )),
            Self::WriteWithGaps => {
                translation.mark_gaps();
                Settled::Place
            }
            Self::Hold => {
                translation.mark_gaps();
                Settled::Apart(format!(
                    "held: {count} of it could not be translated; {next}"
                ))
            }
        }
    }
}
