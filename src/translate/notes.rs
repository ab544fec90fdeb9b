//! What the journey itself has to say about a sentence or an article.

use super::held_name::HeldName;
use super::ladder::{Climbed, Trouble};
use super::{BlockOutcome, SegmentOutcome};
use crate::article::{Article, BlockKind, Joint};
use crate::language::Pair;
use crate::plan::Grain;
use crate::provider::ErrorKind;
use crate::verify::{Finding, Severity, truncated};

/// Why a part of a sentence was not translated: the last error, else the last defect.
pub(super) fn cause(climbed: &Climbed) -> Option<String> {
    if climbed.untranslated == 0 {
        return None;
    }
    let error = climbed
        .troubles
        .iter()
        .rev()
        .find_map(|trouble| match trouble {
            Trouble::Error(error) => Some(error.to_string()),
            Trouble::Defect(_) => None,
        });
    error.or_else(|| match climbed.troubles.last() {
        Some(Trouble::Defect(defect)) => Some(defect.to_string()),
        _ => Some("it is too long to be taken apart".to_owned()),
    })
}

/// Whether it is not translated only because nobody could be asked: a service
/// that is down, a key that is spent, not an answer that was bad.
pub(super) fn unanswered(climbed: &Climbed) -> bool {
    climbed.provider.is_none()
        && climbed.troubles.iter().all(|trouble| match trouble {
            Trouble::Error(error) => matches!(
                error.kind,
                ErrorKind::RateLimited
                    | ErrorKind::Quota
                    | ErrorKind::OverBudget
                    | ErrorKind::Unavailable
                    | ErrorKind::Timeout
                    | ErrorKind::Denied
            ),
            Trouble::Defect(_) => false,
        })
}

/// What the ladder has to say about a sentence.
pub(super) fn reported(climbed: &Climbed) -> Vec<Finding> {
    let short = climbed.short.iter();
    let mut findings: Vec<Finding> = short
        .map(|&(asked, said)| truncated::finding("a part of it", asked, said))
        .chain(climbed.names.iter().map(HeldName::finding))
        .collect();
    if climbed.unquoted {
        findings.push(Finding::new(
            "quotes",
            Severity::Note,
            "the answer had quotation marks that the source has not: they were taken out"
                .to_owned(),
        ));
    }
    if climbed.untranslated > 0 {
        let cause = cause(climbed).unwrap_or_default();
        findings.push(Finding::new(
            "provider",
            Severity::Error,
            format!("no provider could translate all of it and its source was kept: {cause}"),
        ));
    } else if climbed.grain >= Grain::Quotes {
        let parts = match climbed.grain {
            Grain::Quotes => "quotations apart",
            Grain::Clauses => "clause by clause",
            _ => "in the words between its names and numbers",
        };
        let severity = if climbed.grain == Grain::Quotes {
            Severity::Note
        } else {
            Severity::Warning
        };
        findings.push(Finding::new(
            "provider",
            severity,
            format!("it was translated {parts}, so that nothing was lost: check its word order"),
        ));
    }
    findings
}

/// A passage that is in the target language already.
pub(super) fn kept(source: &str, pair: Pair) -> SegmentOutcome {
    SegmentOutcome {
        source: source.to_owned(),
        target: source.to_owned(),
        provider: None,
        cached: false,
        draft: false,
        review: false,
        marks: Vec::new(),
        findings: vec![Finding::new(
            "language",
            Severity::Note,
            format!("it is in `{}` already and was left alone", pair.target),
        )],
    }
}

/// A paragraph that the house's style adds. It has no source.
pub(super) fn added(sentence: String) -> BlockOutcome {
    BlockOutcome {
        kind: BlockKind::Paragraph,
        source: String::new(),
        target: Some(sentence),
        segments: Vec::new(),
        joint: Joint::Paragraph,
        placed: Vec::new(),
        place: None,
    }
}

/// Says where a file declares another language than its text is in.
pub(super) fn declared(article: &Article, pair: Pair) -> Option<Finding> {
    let declared = article
        .declared
        .filter(|declared| *declared != pair.source)?;
    Some(Finding::new(
        "language",
        Severity::Note,
        format!("it declares `{declared}` and is in `{}`", pair.source),
    ))
}

/// Says how much boilerplate was dropped.
pub(super) fn dropped(blocks: &[BlockOutcome]) -> Option<Finding> {
    let count = blocks.iter().filter(|b| b.target.is_none()).count();
    (count > 0).then(|| {
        Finding::new(
            "boilerplate",
            Severity::Note,
            format!("{count} blocks beside the story were dropped"),
        )
    })
}
