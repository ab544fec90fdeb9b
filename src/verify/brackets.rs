//! No more brackets stand without a partner than in the source.
//!
//! What a bracket opens and nothing closes reads on to the end of the article.

use super::{Exchange, Finding, Severity};
use crate::text::Span;

/// The kinds of brackets that news is written with.
const KINDS: [(char, char); 2] = [('(', ')'), ('[', ']')];

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for kind in KINDS {
        let [opening, closing] = alone(exchange.source, kind);
        let [opened, closed] = alone(exchange.target, kind);
        let added = [(opened, opening), (closed, closing)];
        let added = added
            .iter()
            .filter(|(target, source)| target.len() > source.len());
        found.extend(added.filter_map(|(target, _)| {
            let at = *target.last()?;
            let message = "a bracket has no partner";
            let finding = Finding::new("brackets", Severity::Warning, message);
            // Brackets are of one byte.
            Some(finding.at_target(Span::trusted(at, at + 1)))
        }));
    }
    found
}

/// Where the opening and the closing brackets without a partner stand, in bytes.
fn alone(text: &str, (opens, closes): (char, char)) -> [Vec<usize>; 2] {
    let [mut opening, mut closing] = [Vec::new(), Vec::new()];
    for (at, c) in text.char_indices() {
        if c == opens {
            opening.push(at);
        } else if c == closes && opening.pop().is_none() {
            closing.push(at);
        }
    }
    [opening, closing]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Glossary;
    use crate::language::Pair;
    use crate::plan::Segment;

    #[test]
    fn brackets_keep_their_partners() {
        let segment = Segment {
            pieces: Vec::new(),
            fillings: Vec::new(),
            hints: Vec::new(),
        };
        for (source, target, expected) in [
            ("The path (after the storm).", "পথটি (ঝড়ের পরে)।", None),
            ("The path (after the storm).", "পথটি ঝড়ের পরে।", None),
            ("The path (after the storm).", "পথটি (ঝড়ের পরে।", Some("(")),
            ("The path (after the storm).", "পথটি ঝড়ের পরে)।", Some(")")),
            ("The path [sic] ends.", "পথটি [যেমন শেষ।", Some("[")),
            ("(AFP) and (BSS) say", ")এএফপি( ও (বিএসএস)", Some(")")),
            ("a) The path ends.", "ক) পথটি শেষ।", None),
            ("a) The path (now closed).", "ক) পথটি (বন্ধ।", Some("(")),
            ("a) The path (now closed).", "পথটি (বন্ধ।", Some("(")),
            ("The path ends.", "ক) পথটি শেষ।", Some(")")),
            ("The path ends.", "পথটি শেষ।", None),
        ] {
            let exchange = Exchange {
                pair: Pair::EN_BN,
                source,
                target,
                segment: &segment,
                glossary: &Glossary::default(),
            };
            let found = check(&exchange);
            let last = found.last().and_then(|found| found.target_span);
            let last = last.map(|span| span.slice(target));
            assert_eq!(last, expected, "{target}");
        }
    }
}
