//! The cast of an article: its names, in full and in short.

use std::collections::{HashMap, HashSet};

use super::sound::Listener;
use crate::glossary::Kind;
use crate::language::{Ending, Language, Pair};
use crate::mark::name::{self, Certainty, Line, NameKind};
use crate::mark::quote::Quotes;
use crate::mark::{Mark, MarkKind, Named};
use crate::text::{Normal, Span, is_letter};

/// From which likeness on the words at one place of a name and of its rendering
/// are the same word.
const SAME: f64 = 0.5;

/// A block of an article, with what is known of it.
#[derive(Debug)]
pub struct Passage<'a, 'g> {
    /// Its text.
    pub text: &'a str,
    /// What line it is.
    pub line: Line,
    /// What is marked in it, in order and disjoint.
    pub marks: Vec<Mark<'g>>,
    /// What its format says to be a name, in order.
    pub told: Vec<(Span<Normal>, NameKind)>,
    /// The names that stay among its words, in order and disjoint.
    pub names: Vec<Watched>,
    /// The quotation marks outside what is held, paired.
    pub quotes: Quotes,
}

/// A name that a provider translates, and whose rendering is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Where it stands in its block, without an ending.
    pub span: Span<Normal>,
    /// Where its ending ends, in bytes of the block.
    pub end: usize,
    /// The ending that is attached to it.
    pub ending: Ending,
    /// The name, without an ending.
    pub name: String,
    /// What it names.
    pub kind: NameKind,
    /// How sure that is.
    pub certainty: Certainty,
}

impl Watched {
    /// The words of the name that have a sound of their own: no initials.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        sounding(&self.name)
    }
}

/// The words of a name but its initials and small words.
fn sounding(name: &str) -> Vec<&str> {
    let letters = |word: &str| word.chars().filter(|&c| is_letter(c)).count();
    words(name)
        .filter(|word| letters(word) > 1 && !word.ends_with('.'))
        .filter(|word| !word.is_ascii() || word.starts_with(|c: char| c.is_ascii_uppercase()))
        .collect()
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '-', '\u{a0}'])
        .filter(|word| !word.is_empty())
}

/// How the words of persons are written who have a rendering, each where all
/// persons of that word agree.
#[derive(Debug, Default)]
struct Shorts {
    held: HashMap<String, Option<String>>,
    /// Words of persons without a rendering.
    watched: HashSet<String>,
}

/// Finds who is named in the passages of one article.
///
/// A person of the glossary who is given in full somewhere is held by a short form
/// elsewhere: a mark of the same rendering's word is added. Other names are put
/// into [`Passage::names`], the short forms of persons among them.
pub fn cast(passages: &mut [Passage<'_, '_>], pair: Pair) {
    let language = pair.source;
    let mut shorts = Shorts::default();
    let mut listener = Listener::new(pair);
    for passage in passages.iter_mut() {
        for mark in &passage.marks {
            if let MarkKind::Glossary(entry) = &mark.kind
                && entry.kind == Kind::Person
            {
                let name = mark.span.slice(passage.text);
                shorts.hold(name, &entry.target, language);
            }
        }
        passage.names = name::find(passage.text, language, passage.line, &passage.marks)
            .into_iter()
            .map(|mention| Watched {
                span: mention.span,
                end: mention.end,
                ending: mention.ending,
                name: mention.span.slice(passage.text).to_owned(),
                kind: mention.kind,
                certainty: mention.certainty,
            })
            .filter(|watched| {
                // A longer name around a person of the glossary is held by that person.
                let is_free = |mark: &Mark<'_>| {
                    mark.end <= watched.span.start() || watched.span.end() <= mark.span.start()
                };
                !watched.words().is_empty() && passage.marks.iter().all(is_free)
            })
            .collect();
        add_told(passage);
        for watched in passage.names.iter().filter(|w| w.kind == NameKind::Person) {
            shorts.watch(&watched.name, language);
        }
    }
    for passage in passages.iter_mut() {
        shorts.add_to(passage, language, &mut listener);
    }
}

/// Most names that a format tells of one passage.
const TOLD: usize = 200;

/// Adds the names that the format tells of, instead of what was found inside of them.
/// One that was found already is surer, and what reaches further stays.
fn add_told(passage: &mut Passage<'_, '_>) {
    for (span, kind) in passage.told.iter().take(TOLD) {
        let (text, kind) = (passage.text, *kind);
        let own = span.slice(text);
        let start = span.start() + own.len() - own.trim_start().len();
        let span: Span<Normal> = Span::trusted(start, start + own.trim().len());
        let whole = |name: &Watched| Span::<Normal>::trusted(name.span.start(), name.end);
        let mut is_free = passage
            .marks
            .iter()
            .all(|mark| !mark.whole().overlaps(span));
        let found = passage
            .names
            .iter_mut()
            .filter(|name| whole(name).overlaps(span));
        for name in found {
            if name.span.start() == span.start() && name.end >= span.end() {
                (name.kind, name.certainty) = (kind, Certainty::Sure);
                is_free = false;
            }
            is_free &= span.contains(whole(name));
        }
        let watched = Watched {
            span,
            end: span.end(),
            ending: Ending::default(),
            name: span.slice(text).to_owned(),
            kind,
            // It may have an ending that nobody has told apart.
            certainty: Certainty::Likely,
        };
        if is_free && !watched.words().is_empty() {
            passage.names.retain(|name| !whole(name).overlaps(span));
            let at = passage.names.partition_point(|name| name.span < span);
            passage.names.insert(at, watched);
        }
    }
}

impl Shorts {
    /// Remembers the words of a name of two words or more with those of its rendering.
    fn hold(&mut self, name: &str, target: &str, language: Language) {
        let (source, target): (Vec<&str>, Vec<&str>) =
            (words(name).collect(), words(target).collect());
        if source.len() < 2 || source.len() != target.len() {
            return;
        }
        for (word, rendering) in source.into_iter().zip(target) {
            if !name::stands_alone(word, language) {
                continue;
            }
            let held = self
                .held
                .entry(word.to_owned())
                .or_insert_with(|| Some(rendering.to_owned()));
            // Two persons who are written differently share the word.
            if held.as_deref() != Some(rendering) {
                *held = None;
            }
        }
    }

    fn watch(&mut self, name: &str, language: Language) {
        let all: Vec<&str> = words(name).collect();
        if all.len() < 2 {
            return;
        }
        let alone = all
            .into_iter()
            .filter(|word| name::stands_alone(word, language));
        self.watched.extend(alone.map(str::to_owned));
    }

    /// Adds the short forms that stand in a passage.
    fn add_to(&self, passage: &mut Passage<'_, '_>, language: Language, listener: &mut Listener) {
        let text = passage.text;
        let is_known = |word: &str| self.held.contains_key(word) || self.watched.contains(word);
        for short in name::shorts(text, language, passage.line, &passage.marks, &is_known) {
            let word = short.span.slice(text);
            let overlaps = |span: Span<Normal>| {
                span.start() < short.span.end() && short.span.start() < span.end()
            };
            let within = passage.names.iter().position(|w| overlaps(w.span));
            if within.is_some_and(|at| passage.names[at].name.contains(' ')) || short.doubtful {
                continue;
            }
            match self.held.get(word) {
                // Words at one place need not be the same word.
                Some(Some(rendering)) if listener.likeness(word, rendering) >= SAME => {
                    if let Some(at) = within {
                        passage.names.remove(at);
                    }
                    let at = passage
                        .marks
                        .partition_point(|mark| mark.span.start() < short.span.start());
                    let mark = Mark {
                        span: short.span,
                        end: short.end,
                        ending: short.ending,
                        kind: MarkKind::Name(Named {
                            target: rendering.clone(),
                            kind: Kind::Person,
                        }),
                    };
                    passage.marks.insert(at, mark);
                }
                _ if within.is_some() => {}
                _ => {
                    let at = passage
                        .names
                        .partition_point(|name| name.span.start() < short.span.start());
                    let name = Watched {
                        span: short.span,
                        end: short.end,
                        ending: short.ending,
                        name: word.to_owned(),
                        kind: NameKind::Person,
                        certainty: Certainty::Likely,
                    };
                    passage.names.insert(at, name);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::{Glossary, Layer};
    use crate::mark;

    const HOUSE: &str = "en\tbn\tkind\nTarique Rahman\tতারেক রহমান\tperson\n\
                         Karim Bashir\tকরিম বশীর\tperson\nNadia Bashir\tনাদিয়া বশির\tperson\n\
                         Rose Hill\tরোজ হিল\tperson\n";

    fn glossary() -> Glossary {
        let layers = [Layer::of_text("house", "house.tsv", HOUSE)];
        Glossary::load(&layers, jiff::civil::date(2026, 1, 1)).unwrap()
    }

    /// The words that are held with their renderings, and the names that are watched.
    fn cast_of(pair: Pair, texts: &[&str]) -> (Vec<(String, String)>, Vec<String>) {
        let glossary = glossary();
        let mut passages: Vec<Passage<'_, '_>> = texts
            .iter()
            .map(|text| Passage {
                text,
                line: Line::Prose,
                marks: mark::find(text, pair, &glossary),
                told: Vec::new(),
                names: Vec::new(),
                quotes: Quotes::default(),
            })
            .collect();
        cast(&mut passages, pair);
        let mut held = Vec::new();
        let mut watched = Vec::new();
        for passage in &passages {
            let whole: Vec<_> = passage.marks.iter().map(Mark::whole).collect();
            assert!(whole.windows(2).all(|w| w[0].end() <= w[1].start()));
            for mark in &passage.marks {
                if let MarkKind::Name(named) = &mark.kind {
                    let text = mark.span.slice(passage.text).to_owned();
                    held.push((text, named.target.clone()));
                }
            }
            watched.extend(passage.names.iter().map(|w| w.name.clone()));
        }
        (held, watched)
    }

    #[test]
    fn who_is_given_in_full_is_known_by_a_short_form() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let (held, watched) = cast_of(
            Pair::EN_BN,
            &[
                "Rahman said so.",
                "BNP leader Tarique Rahman went home. Later Rahman's car left, and Tarique waved.",
            ],
        );
        assert_eq!(
            held,
            [
                pair("Rahman", "রহমান"),
                pair("Rahman", "রহমান"),
                pair("Tarique", "তারেক")
            ]
        );
        assert_eq!(watched, [""; 0]);
        let (held, _) = cast_of(Pair::BN_EN, &["তারেক রহমান এলেন।", "পরে রহমানের গাড়ি গেল।"]);
        assert_eq!(held, [pair("রহমান", "Rahman")]);
    }

    #[test]
    fn what_a_format_tells_of_is_watched() {
        let text = "Later the Nimbus of Hills called Tarique Rahman.";
        let glossary = glossary();
        let find = |part: &str| {
            let start = text.find(part).unwrap();
            Span::trusted(start, start + part.len())
        };
        let mut passages = [Passage {
            text,
            line: Line::Prose,
            marks: mark::find(text, Pair::EN_BN, &glossary),
            told: vec![
                (find("Nimbus of Hills "), NameKind::Organisation),
                (find("Tarique Rahman"), NameKind::Person),
            ],
            names: Vec::new(),
            quotes: Quotes::default(),
        }];
        cast(&mut passages, Pair::EN_BN);
        let names: Vec<&str> = passages[0].names.iter().map(|w| w.name.as_str()).collect();
        assert!(names.contains(&"Nimbus of Hills"), "{names:?}");
        assert!(
            !names.contains(&"Tarique Rahman"),
            "the glossary has him: {names:?}"
        );
    }

    #[test]
    fn what_is_not_sure_is_not_held() {
        // Without the full name Rahman may be anybody.
        assert_eq!(cast_of(Pair::EN_BN, &["Rahman said so."]).0, []);
        // Two persons who are written differently.
        let both = "Karim Bashir met Nadia Bashir. Then Bashir said so.";
        assert_eq!(cast_of(Pair::EN_BN, &[both]).0, []);
        // A word at the start of a sentence.
        let (held, _) = cast_of(Pair::EN_BN, &["Rose Hill won.", "Rose gardens are old."]);
        assert_eq!(held, []);
        // What is held is not watched as well.
        let (_, watched) = cast_of(Pair::EN_BN, &["Minister M. A. Tarique Rahman said so."]);
        assert_eq!(watched, [""; 0]);
        // Of another name.
        let (held, watched) = cast_of(Pair::EN_BN, &["Tarique Rahman met teacher Shafiq Rahman."]);
        assert_eq!(held, []);
        assert_eq!(watched, ["Shafiq Rahman"]);
    }

    #[test]
    fn other_persons_are_watched_in_full_and_in_short() {
        let (held, watched) = cast_of(
            Pair::EN_BN,
            &["US envoy Alexander Darchiev came.", "Darchiev said so."],
        );
        assert_eq!(held, []);
        assert_eq!(watched, ["Alexander Darchiev", "Darchiev"]);
    }
}
