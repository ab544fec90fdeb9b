//! Name words whose spelling is settled, which outrank the trained table.

use std::collections::HashMap;

use super::Direction;

const TABLE: &str = include_str!("exceptions.tsv");

/// The settled renderings of each word, best first. Words are in the form of
/// [`super::script`].
pub(super) fn exceptions(direction: Direction) -> HashMap<&'static str, Vec<&'static str>> {
    let mut out: HashMap<&str, Vec<&str>> = HashMap::new();
    for (latin, bangla, only) in rows() {
        let (source, target, opposite) = match direction {
            Direction::LatinToBangla => (latin, bangla, "bn"),
            Direction::BanglaToLatin => (bangla.trim_end_matches('.'), latin, "en"),
        };
        if only != Some(opposite) {
            let renderings = out.entry(source).or_default();
            if !renderings.contains(&target) {
                renderings.push(target);
            }
        }
    }
    out
}

/// Latin word, Bangla word, and the one direction that the row is meant for.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, Option<&'static str>)> {
    TABLE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?, cells.next()))
        })
}

#[cfg(test)]
mod tests {
    use super::super::script::{canonical, continues, folded};
    use super::*;

    #[test]
    fn every_row_is_whole_canonical_and_said_once() {
        let mut seen = std::collections::HashSet::new();
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(matches!(cells.len(), 2 | 3), "{line}");
            assert_eq!(folded(cells[0]), cells[0], "{line}");
            assert_eq!(canonical(cells[1]), cells[1], "{line}");
            assert!(continues(None, cells[1]), "{line}");
            assert!(
                matches!(cells.get(2), None | Some(&("en" | "bn"))),
                "{line}"
            );
            assert!(seen.insert((cells[0], cells[1])), "{line}");
        }
        assert!(seen.len() > 250);
    }

    #[test]
    fn the_first_row_leads_and_a_row_for_the_other_direction_is_silent() {
        let english = exceptions(Direction::LatinToBangla);
        let bangla = exceptions(Direction::BanglaToLatin);
        assert_eq!(english["hossain"], ["হোসেন"]);
        assert_eq!(english["hosen"], ["হোসেন"]);
        assert_eq!(bangla["হোসেন"], ["hossain"]);
        assert_eq!(bangla["হোসাইন"], ["hossain"]);
        assert_eq!(bangla["মো"], ["md"]);
    }
}
