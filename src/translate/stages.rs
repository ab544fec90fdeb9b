//! Which of the pipeline's protections are at work.

use crate::mark::{Mark, MarkKind};

/// What is held apart from the words. All of it, but where an evaluation asks what
/// each part gives or takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stages {
    /// Names, titles and terms of the glossary.
    pub glossary: bool,
    /// Numbers, dates and times of day.
    pub values: bool,
    /// Quotation marks.
    pub quotes: bool,
}

impl Default for Stages {
    fn default() -> Self {
        Self {
            glossary: true,
            values: true,
            quotes: true,
        }
    }
}

impl Stages {
    /// Whether a mark is held apart; the others stay words.
    pub(super) fn hold(self, mark: &Mark<'_>) -> bool {
        match mark.kind {
            MarkKind::Glossary(_) | MarkKind::Name(_) | MarkKind::Title(_) => self.glossary,
            MarkKind::Number(_) | MarkKind::Multitude(_) | MarkKind::Moment(_) => self.values,
            MarkKind::Address | MarkKind::Verbatim => true,
        }
    }
}
