//! Which paragraph of a translation belongs to which of its article.
//!
//! Line by line where both have as many; else by length, as Gale and Church (1993)
//! do, with Bangla about as long as English in characters.

use super::Unit;
use crate::language::{Language, profile};
use crate::text::Text;

/// What two files say, as units. `place` names the English one.
#[must_use]
pub fn files(english: &str, bangla: &str, place: &str) -> Vec<Unit> {
    let (english, bangla) = (lines(english), lines(bangla));
    if english.len() == bangla.len() {
        let both = english.into_iter().zip(bangla);
        return both
            .map(|((line, english), (_, bangla))| unit(english, bangla, format!("{place}:{line}")))
            .collect();
    }
    beads(&english, &bangla)
        .into_iter()
        .filter_map(|((from, to), (start, end))| {
            let joined = |lines: &[(usize, &str)]| {
                lines
                    .iter()
                    .map(|(_, line)| *line)
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            let (source, target) = (english.get(from..to)?, bangla.get(start..end)?);
            let (line, _) = source.first()?;
            let is_pair = !target.is_empty();
            is_pair.then(|| unit(&joined(source), &joined(target), format!("{place}:{line}")))
        })
        .collect()
}

/// A unit of texts as they were read.
#[must_use]
pub fn unit(english: &str, bangla: &str, place: String) -> Unit {
    let canonical = |text: &str, language| {
        Text::repaired(text.to_owned(), profile(language).repairs(text))
            .normal()
            .to_owned()
    };
    Unit {
        english: canonical(english, Language::ENGLISH),
        bangla: canonical(bangla, Language::BANGLA),
        place,
    }
}

/// The lines that say something, each with its number.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let numbered = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()));
    numbered.filter(|(_, line)| !line.is_empty()).collect()
}

/// Lines `from..to` of one side that belong to lines `from..to` of the other.
type Bead = ((usize, usize), (usize, usize));

/// What may belong together, with what it costs beside its lengths: one line to
/// one, a line without a partner, two lines to one or two.
const STEPS: [(usize, usize, f64); 6] = [
    (1, 1, 0.0),
    (1, 0, 4.0),
    (0, 1, 4.0),
    (2, 1, 1.5),
    (1, 2, 1.5),
    (2, 2, 3.0),
];

/// Most lines of a side that are aligned: the table grows with their product.
const MOST: usize = 2000;

/// The cheapest way through both sides.
fn beads(english: &[(usize, &str)], bangla: &[(usize, &str)]) -> Vec<Bead> {
    let (rows, columns) = (english.len().min(MOST), bangla.len().min(MOST));
    let length = |lines: &[(usize, &str)]| -> f64 {
        lines
            .iter()
            .map(|(_, line)| line.chars().count() as f64)
            .sum()
    };
    let width = columns + 1;
    let mut costs = vec![f64::INFINITY; (rows + 1) * width];
    let mut steps = vec![(0, 0); costs.len()];
    costs[0] = 0.0;
    for row in 0..=rows {
        for column in 0..=columns {
            for (down, across, extra) in STEPS {
                let (Some(from), Some(start)) = (row.checked_sub(down), column.checked_sub(across))
                else {
                    continue;
                };
                let apart = apart(length(&english[from..row]), length(&bangla[start..column]));
                let cost = costs[from * width + start] + extra + apart;
                let here = row * width + column;
                if cost < costs[here] {
                    costs[here] = cost;
                    steps[here] = (down, across);
                }
            }
        }
    }
    let (mut row, mut column) = (rows, columns);
    let mut beads = Vec::new();
    while row > 0 || column > 0 {
        let (down, across) = steps[row * width + column];
        if (down, across) == (0, 0) {
            break;
        }
        beads.push(((row - down, row), (column - across, column)));
        (row, column) = (row - down, column - across);
    }
    beads.reverse();
    beads
}

/// What it costs that the lengths differ.
fn apart(english: f64, bangla: f64) -> f64 {
    /// Of the difference of lengths, per character, in news.
    const VARIANCE: f64 = 6.8;
    let mean = f64::midpoint(english, bangla).max(1.0);
    (english - bangla).powi(2) / (2.0 * mean * VARIANCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_belong_together_by_number_or_by_length() {
        let places = |english: &str, bangla: &str| -> Vec<(String, String, String)> {
            let units = files(english, bangla, "a");
            units
                .into_iter()
                .map(|u| (u.english, u.bangla, u.place))
                .collect()
        };
        let short = |text: &str| text.to_owned();
        assert_eq!(
            places("One\n\nTwo\n", "এক\nদুই\n"),
            [
                (short("One"), short("এক"), short("a:1")),
                (short("Two"), short("দুই"), short("a:3"))
            ]
        );
        let (long, other) = ("a long line ".repeat(20), "ছোট নয় এমন ".repeat(20));
        let found = places(
            &format!("Head\n{long}\nshort one\nthe end of it\n"),
            &format!("শিরোনাম\n{other}\nছোট একটা। এখানেই শেষ হলো।\n"),
        );
        assert_eq!(found.len(), 3);
        assert_eq!((&*found[1].0, &*found[1].1), (long.trim(), other.trim()));
        assert_eq!(found[2].0, "short one\nthe end of it");
    }
}
