//! What the articles of a run say, sentence by sentence.

use std::sync::{Arc, Mutex, PoisonError};

use crate::language::Pair;
use crate::translate::Translation;
use crate::verify::{Differing, Renderings};

/// Shared by the articles in progress.
#[derive(Debug, Default)]
pub(super) struct Said(Mutex<(Renderings, Vec<Differing>)>);

impl Said {
    /// Takes note of an article that was written.
    pub(super) fn by(&self, translation: &Translation) {
        let article: Arc<str> = translation.id.as_str().into();
        let pair = Pair {
            source: translation.source_language,
            target: translation.target_language,
        };
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (renderings, differing) = &mut *said;
        // A sentence without a translation is rendered in no way.
        for segment in translation.segments().filter(|s| !s.is_gap()) {
            differing.extend(renderings.told(&article, pair, &segment.source, &segment.target));
        }
    }

    /// Sentences that were rendered in more than one way, in order.
    pub(super) fn differing(&self) -> Vec<Differing> {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut differing = std::mem::take(&mut said.1);
        differing.sort();
        differing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BlockKind, Joint};
    use crate::language::Language;
    use crate::translate::{BlockOutcome, SegmentOutcome, Usage};

    fn translation(id: &str, target: &str) -> Translation {
        let source = "The bridge is closed today.";
        Translation {
            id: id.into(),
            source_language: Language::ENGLISH,
            target_language: Language::BANGLA,
            date: None,
            title: None,
            text: target.into(),
            names: Vec::new(),
            blocks: vec![BlockOutcome {
                kind: BlockKind::Paragraph,
                source: source.into(),
                target: Some(target.into()),
                segments: vec![SegmentOutcome {
                    source: source.into(),
                    target: target.into(),
                    provider: None,
                    cached: false,
                    draft: false,
                    review: false,
                    marks: Vec::new(),
                    findings: Vec::new(),
                }],
                joint: Joint::Paragraph,
                placed: Vec::new(),
                place: None,
            }],
            findings: Vec::new(),
            usage: Usage::default(),
            survival: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn articles_are_compared_with_each_other() {
        let said = Said::default();
        said.by(&translation("a", "সেতু আজ বন্ধ।"));
        said.by(&translation("b", "সেতু আজ বন্ধ।"));
        said.by(&translation("c", "আজ সেতুটি বন্ধ।"));
        let found = said.differing();
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].article.as_str(), found[0].other_article.as_str()),
            ("c", "a")
        );
    }
}
