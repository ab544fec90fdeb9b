//! Brackets that have their partners in the source have them in the target.
//!
//! What a bracket opens and nothing closes reads on to the end of the article.

use super::{Exchange, Finding, Severity};
use crate::text::Span;

/// The kinds of brackets that news is written with.
const KINDS: [(char, char); 2] = [('(', ')'), ('[', ']')];

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let is_whole =
        |&(opens, closes): &(char, char)| alone(exchange.source, opens, closes).is_none();
    let kinds = KINDS.into_iter().filter(is_whole);
    kinds
        .filter_map(|(opens, closes)| {
            let at = alone(exchange.target, opens, closes)?;
            let message = "a bracket has lost its partner";
            let finding = Finding::new("brackets", Severity::Warning, message);
            // Brackets are of one byte.
            Some(finding.at_target(Span::trusted(at, at + 1)))
        })
        .collect()
}

/// Where the first bracket without a partner stands, in bytes.
fn alone(text: &str, opens: char, closes: char) -> Option<usize> {
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        if c == opens {
            open.push(at);
        } else if c == closes && open.pop().is_none() {
            return Some(at);
        }
    }
    open.first().copied()
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
            let found = found
                .iter()
                .filter_map(|f| Some(f.target_span?.slice(target)));
            assert_eq!(found.last(), expected, "{target}");
        }
    }
}
