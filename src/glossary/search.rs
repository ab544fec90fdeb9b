//! Looking a word up in every layer, in both languages, as a person would.

use super::boundary;
use super::fold::Folded;
use super::layer::Layer;
use super::load;
use super::table::Row;
use crate::language::{Language, profile};
use crate::text::Text;

/// A row that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The layer.
    pub layer: String,
    /// The row.
    pub row: Row,
    /// The form that was found.
    pub form: String,
    /// How it was found.
    pub relation: Relation,
}

/// What a form has to do with the words that were looked for; the closer first.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Relation {
    /// The words are the form, with or without an ending, in any case.
    Same,
    /// The form has the words in it.
    Longer,
    /// The words have the form in them.
    Part,
    /// The form is spelled much like the words; 1 would be the same.
    Alike(f64),
}

impl Relation {
    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Longer => "longer",
            Self::Part => "part",
            Self::Alike(_) => "alike",
        }
    }
}

/// How much of a form has to agree with what was looked for to be suggested.
const ALIKE: f64 = 0.6;
/// How many suggestions are made.
const SUGGESTIONS: usize = 5;

/// The rows of `layers` that have to do with `words`: the closest first, and of
/// those the highest layer's. Where there is none, up to five that are spelled
/// much alike. Files that cannot be read have no rows; [`super::lint::lint`] says why.
#[must_use]
pub fn search(layers: &[Layer], words: &str) -> Vec<Hit> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let forms: Vec<Sought> = [Language::ENGLISH, Language::BANGLA]
        .into_iter()
        .map(|language| Sought::new(&words, language))
        .collect();
    let rows = rows(layers);
    let mut hits: Vec<Hit> = rows
        .iter()
        .filter_map(|(layer, row)| hit(layer, row, |form, of| related(&forms, form, of)))
        .collect();
    if hits.is_empty() {
        hits = rows
            .iter()
            .filter_map(|(layer, row)| hit(layer, row, |form, _| alike(&forms, form)))
            .collect();
        hits.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
        hits.truncate(SUGGESTIONS);
        return hits;
    }
    let rank = |hit: &Hit| match hit.relation {
        Relation::Same => 0,
        Relation::Longer => 1,
        _ => 2,
    };
    // Stable: what is equally close stays in the order of the layers.
    hits.sort_by_key(|hit| (rank(hit), std::cmp::Reverse(part_length(hit))));
    hits
}

/// The words in the canonical spelling of a language, ready for comparison.
struct Sought {
    folded: String,
}

impl Sought {
    fn new(words: &str, language: Language) -> Self {
        let text = Text::repaired(words.to_owned(), profile(language).repairs(words));
        let folded = Folded::new(text.normal()).lower().to_owned();
        Self { folded }
    }
}

/// The rows of every layer, highest first.
fn rows(layers: &[Layer]) -> Vec<(&str, Row)> {
    let mut rows = Vec::new();
    for layer in layers.iter().rev() {
        for file in &layer.files {
            let table = load::read(file).unwrap_or_default();
            rows.extend(table.rows.into_iter().map(|row| (layer.name.as_str(), row)));
        }
    }
    rows
}

/// The best of what a row's forms have to do with the words.
fn hit(layer: &str, row: &Row, relate: impl Fn(&str, Language) -> Option<Relation>) -> Option<Hit> {
    let mut best: Option<(Relation, &String)> = None;
    for forms in &row.forms {
        for form in std::iter::once(&forms.main).chain(&forms.variants) {
            if let Some(relation) = relate(form, forms.language)
                && best.is_none_or(|(known, _)| closer(relation, known))
            {
                best = Some((relation, form));
            }
        }
    }
    best.map(|(relation, form)| Hit {
        layer: layer.to_owned(),
        row: row.clone(),
        form: form.clone(),
        relation,
    })
}

fn closer(a: Relation, b: Relation) -> bool {
    match (a, b) {
        (Relation::Alike(a), Relation::Alike(b)) => a > b,
        _ => a < b,
    }
}

fn related(sought: &[Sought], form: &str, language: Language) -> Option<Relation> {
    let profile = profile(language);
    let form = Folded::new(form).lower().to_owned();
    for words in sought {
        if words.folded == form {
            return Some(Relation::Same);
        }
        if let Some(at) = word_in(&words.folded, &form, |start, end| {
            boundary::ending(profile, &words.folded, start, end).map(|(_, length)| end + length)
        }) {
            let whole = at == (0, words.folded.len());
            return Some(if whole {
                Relation::Same
            } else {
                Relation::Part
            });
        }
        let ends = |_, end: usize| boundary::ends_word(&form[end..]).then_some(end);
        if word_in(&form, &words.folded, ends).is_some() {
            return Some(Relation::Longer);
        }
    }
    None
}

/// Where `needle` stands in `text` as a word whose end `end` knows.
fn word_in(
    text: &str,
    needle: &str,
    end: impl Fn(usize, usize) -> Option<usize>,
) -> Option<(usize, usize)> {
    if needle.is_empty() {
        return None;
    }
    text.match_indices(needle).find_map(|(start, found)| {
        let stands = boundary::begins_word(text, start);
        let end = stands.then(|| end(start, start + found.len())).flatten()?;
        Some((start, end))
    })
}

fn alike(sought: &[Sought], form: &str) -> Option<Relation> {
    let form: Vec<char> = Folded::new(form).lower().chars().collect();
    let likeness = sought
        .iter()
        .map(|words| {
            let words: Vec<char> = words.folded.chars().collect();
            let longest = words.len().max(form.len()).max(1);
            // What differs in length by more cannot be alike.
            if words.len().abs_diff(form.len()) * 2 > longest {
                return 0.0;
            }
            1.0 - distance(&words, &form) as f64 / longest as f64
        })
        .fold(0.0, f64::max);
    (likeness >= ALIKE).then_some(Relation::Alike(likeness))
}

fn likeness(hit: &Hit) -> f64 {
    match hit.relation {
        Relation::Alike(likeness) => likeness,
        _ => 1.0,
    }
}

/// Of parts of what was looked for, the longer is the better.
fn part_length(hit: &Hit) -> usize {
    match hit.relation {
        Relation::Part => hit.form.chars().count(),
        _ => 0,
    }
}

/// The insertions, deletions, exchanges and swaps of neighbours that make one of
/// the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = [Vec::new(), (0..=b.len()).collect::<Vec<_>>(), Vec::new()];
    for i in 1..=a.len() {
        let [before, last, row] = &mut rows;
        row.clear();
        row.push(i);
        for j in 1..=b.len() {
            let exchange = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = exchange.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        rows.rotate_left(1);
    }
    rows[1].last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers() -> [Layer; 2] {
        let base = "en\tbn\tkind\ten_variants\tbn_variants\n\
            Dhaka\tঢাকা\tplace\tDacca\nDhaka University\tঢাকা বিশ্ববিদ্যালয়\torganisation\n\
            ceasefire\tযুদ্ধবিরতি\tterm\ttruce\nEast Bengal\tপূর্ববঙ্গ\tplace\n";
        let desk = "en\tbn\tkind\nDhaka\tঢাকা নগর\tplace\n";
        [
            Layer::of_text("base", "b.tsv", base),
            Layer::of_text("desk", "d.tsv", desk),
        ]
    }

    #[test]
    fn words_are_found_in_both_languages_and_under_endings() {
        for (words, found) in [
            ("dhaka", &["d:2 same", "b:2 same", "b:3 longer"][..]),
            ("ঢাকায়", &["b:2 same"]),
            ("ঢাকা", &["b:2 same", "d:2 longer", "b:3 longer"]),
            ("Truce", &["b:4 same"]),
            ("Dhaka University's", &["b:3 same", "d:2 part", "b:2 part"]),
            ("university", &["b:3 longer"]),
            ("যুদ্ধবিরতির", &["b:4 same"]),
            ("Ceasfire", &["b:4 alike"]),
            ("Dahka", &["d:2 alike", "b:2 alike"]),
            ("যুদ্ধবিরোতি", &["b:4 alike"]),
            ("zebra", &[]),
            ("", &[]),
        ] {
            let hits: Vec<String> = search(&layers(), words)
                .iter()
                .map(|hit| {
                    let origin = hit.row.origin.to_string().replace(".tsv", "");
                    format!("{origin} {}", hit.relation.name())
                })
                .collect();
            assert_eq!(hits, found, "{words}");
        }
    }

    #[test]
    fn distances_count_swaps_as_one() {
        for (a, b, expected) in [
            ("", "", 0),
            ("ab", "ba", 1),
            ("kitten", "sitting", 3),
            ("", "abc", 3),
        ] {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(distance(&chars(a), &chars(b)), expected, "{a} {b}");
        }
    }
}
