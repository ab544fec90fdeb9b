//! A name that is held like a value, and who says how it is written.

use crate::mark::name::NameKind;
use crate::names::NameOutcome;
use crate::provider::Identity;
use crate::verify::{Finding, Severity};

/// A name that the glossary lacks and that is held all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldName {
    /// The name in the source, without an ending.
    pub name: String,
    /// What it names.
    pub kind: NameKind,
    /// How it was written in its place.
    pub rendering: String,
    /// Who says so.
    pub by: RenderedBy,
    /// Why it is held.
    pub why: Why,
    /// Whether it is written so: the second answer was taken, if there was a first one.
    pub is_held: bool,
}

/// Why a name is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Who is asked first is of draft quality.
    Draft,
    /// Nothing of it was heard in the first answer.
    Missing,
    /// The first answer had misspelled it beyond mending.
    Misspelled,
}

/// Who says how a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenderedBy {
    /// The other sentences of the article.
    Article,
    /// The provider, asked for the name alone.
    Provider,
    /// Its sound.
    Sound,
}

impl HeldName {
    /// What an editor has to know.
    pub(super) fn finding(&self) -> Finding {
        let Self {
            name, rendering, ..
        } = self;
        let (how, severity) = match self.by {
            RenderedBy::Article => ("as elsewhere in the article", Severity::Note),
            RenderedBy::Provider => ("as the provider writes it alone", Severity::Note),
            RenderedBy::Sound => ("by its sound: check it", Severity::Warning),
        };
        let was = match self.why {
            Why::Draft => {
                let message = format!("`{name}` is written `{rendering}`, {how}");
                return Finding::new("names", severity, message);
            }
            Why::Missing => "missing",
            Why::Misspelled => "spelled otherwise",
        };
        if !self.is_held {
            let message = format!(
                "`{name}` was asked for again as `{rendering}`; that answer was worse in \
                 other things, and the first was kept"
            );
            // What is missing is told of by the check of names.
            let severity = match self.why {
                Why::Missing => Severity::Note,
                Why::Draft | Why::Misspelled => Severity::Warning,
            };
            return Finding::new("names", severity, message);
        }
        let message = format!(
            "`{name}` was {was} in the first answer and is `{rendering}` in the second, {how}"
        );
        Finding::new("names", severity, message)
    }

    /// How it came to be written.
    pub(super) fn outcome(&self, provider: Option<&Identity>) -> NameOutcome {
        let provider = provider.filter(|_| self.by != RenderedBy::Sound);
        NameOutcome {
            source: self.name.clone(),
            kind: self.kind.name(),
            rendering: self.rendering.clone(),
            origin: provider.map_or_else(|| "rules".to_owned(), |p| p.name.clone()),
        }
    }
}
