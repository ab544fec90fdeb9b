//! How well names are found, on tagged data and on news, and a report of the
//! figures that `docs/names.md` records (`--nocapture`). Each test skips, and says
//! so, where the data are absent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anubad::glossary::{self, Glossary, Layer};
use anubad::language::transliterate::Transliterator;
use anubad::language::{Language, Pair, profile};
use anubad::mark::name::{self, Line, NameKind};
use anubad::mark::{self, MarkKind, quote};
use anubad::names::{self, Passage};
use anubad::text::Text;
use anubad::verify;
use sha2::{Digest, Sha256};

fn data(place: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ANUBAD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let data = root.join("data").join(place);
    if !data.exists() {
        eprintln!("skipped: no {}", data.display());
        return None;
    }
    Some(data)
}

fn embedded() -> Glossary {
    Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap()
}

fn canonical(text: &str, language: Language) -> String {
    let edits = profile(language).repairs(text);
    Text::repaired(text, edits).normal().to_owned()
}

/// A sentence with its tagged names: byte ranges of words, endings included.
struct Tagged {
    text: String,
    names: Vec<(usize, usize, NameKind)>,
}

/// The held-out sentences of rifat1493: those whose words' digest begins with a
/// byte that ten divides, as `training/names/train.py` splits them.
fn held_out(file: &Path) -> Vec<Tagged> {
    let text = fs::read_to_string(file).unwrap();
    let mut all = Vec::new();
    let mut words: Vec<(String, String)> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines().chain([""]) {
        let mut cells = line.split('\t');
        match (cells.next(), cells.next_back()) {
            (Some(word), Some(tag)) if !word.is_empty() => {
                let word = word
                    .replace("\u{9a1}\u{9bc}", "\u{9dc}")
                    .replace("\u{9a2}\u{9bc}", "\u{9dd}")
                    .replace("\u{9af}\u{9bc}", "\u{9df}");
                words.push((word, tag.to_owned()));
            }
            _ if !words.is_empty() => all.extend(sentence(&std::mem::take(&mut words))),
            _ => {}
        }
    }
    all
}

fn sentence(words: &[(String, String)]) -> Option<Tagged> {
    // The split is made over the words as the trainer cuts them.
    let cut: Vec<String> = words.iter().flat_map(|(word, _)| cut(word)).collect();
    if Sha256::digest(cut.join(" ").as_bytes())[0] % 10 != 0 {
        return None;
    }
    let mut text = String::new();
    let mut names: Vec<(usize, usize, NameKind)> = Vec::new();
    let mut before = None;
    for (word, tag) in words {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(word);
        let kind = match tag.split_once('-').map(|(_, kind)| kind) {
            Some("PER") => Some(NameKind::Person),
            Some("LOC") => Some(NameKind::Place),
            Some("ORG") => Some(NameKind::Organisation),
            _ => None,
        };
        let inner = word.trim_matches(|c: char| c.is_ascii_punctuation() || "‘’“”।".contains(c));
        let lead = word.find(inner).unwrap_or(0);
        if let Some(kind) = kind.filter(|_| !inner.is_empty()) {
            let (start, end) = (start + lead, start + lead + inner.len());
            if before == Some(kind)
                && !tag.starts_with('B')
                && let Some(last) = names.last_mut()
            {
                last.1 = end;
            } else {
                names.push((start, end, kind));
            }
        }
        before = kind;
    }
    Some(Tagged { text, names })
}

fn cut(word: &str) -> Vec<String> {
    let is_word = |c: char| {
        c.is_alphanumeric()
            || ('\u{980}'..='\u{9fe}').contains(&c) && !"৳৲৹৺৻".contains(c)
            || matches!(c, '\u{200c}' | '\u{200d}' | '_')
    };
    let stopped = ["মো", "মোঃ", "ড", "ডা", "মোছা", "মোসা", "মোহা", "মি", "লে", "মে"];
    let mut parts: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in word.chars() {
        let last = parts.last_mut().filter(|_| in_word);
        match last {
            Some(last) if is_word(c) => last.push(c),
            Some(last) if c == '.' && stopped.contains(&last.as_str()) => {
                last.push(c);
                in_word = false;
            }
            _ => {
                parts.push(c.to_string());
                in_word = is_word(c);
            }
        }
    }
    parts
}

#[derive(Debug, Default, Clone, Copy)]
struct Score {
    hits: usize,
    said: usize,
    there: usize,
}

impl Score {
    fn f1(self) -> f64 {
        200.0 * self.hits as f64 / (self.said + self.there).max(1) as f64
    }

    fn show(self) -> String {
        let of = |n: usize| 100.0 * self.hits as f64 / n.max(1) as f64;
        format!(
            "P {:.1} R {:.1} F1 {:.1} ({} names)",
            of(self.said),
            of(self.there),
            self.f1(),
            self.there
        )
    }
}

/// The names of a system, scored against the tags: the whole name with its ending.
fn score(
    set: &[Tagged],
    system: impl Fn(&str) -> Vec<(usize, usize, NameKind)>,
) -> BTreeMap<NameKind, Score> {
    let mut scores: BTreeMap<NameKind, Score> = BTreeMap::new();
    for tagged in set {
        let said = system(&tagged.text);
        for name in &tagged.names {
            let score = scores.entry(name.2).or_default();
            score.there += 1;
            score.hits += usize::from(said.contains(name));
        }
        for name in said {
            scores.entry(name.2).or_default().said += 1;
        }
    }
    scores
}

fn of_glossary(glossary: &Glossary, text: &str) -> Vec<(usize, usize, NameKind)> {
    glossary
        .find(Pair::BN_EN, text)
        .into_iter()
        .filter_map(|m| {
            let kind = match m.entry.kind {
                glossary::Kind::Person => NameKind::Person,
                glossary::Kind::Place => NameKind::Place,
                glossary::Kind::Organisation | glossary::Kind::Agency => NameKind::Organisation,
                _ => return None,
            };
            let end = m.ending_span.end().max(m.span.end());
            Some((m.span.start(), end, kind))
        })
        .collect()
}

#[test]
fn bangla_names_are_found_better_than_by_the_gazetteer_alone() {
    let Some(file) = data("eval/names/rifat1493.train.txt") else {
        return;
    };
    let set = held_out(&file);
    eprintln!("{} sentences", set.len());
    let glossary = embedded();
    let empty = Glossary::empty();
    let find = |glossary: &Glossary, text: &str| -> Vec<(usize, usize, NameKind)> {
        let marks = mark::find(text, Pair::BN_EN, glossary);
        name::find(text, Language::BANGLA, Line::Prose, &marks)
            .into_iter()
            .map(|m| (m.span.start(), m.end, m.kind))
            .collect()
    };
    let alone = score(&set, |text| of_glossary(&glossary, text));
    let tagger = score(&set, |text| find(&empty, text));
    let both = score(&set, |text| {
        let mut names = of_glossary(&glossary, text);
        names.extend(find(&glossary, text));
        names
    });
    for (system, scores) in [("gazetteer", &alone), ("tagger", &tagger), ("both", &both)] {
        for (kind, score) in scores {
            eprintln!("{system} {}: {}", kind.name(), score.show());
        }
    }
    for (kind, least) in [
        (NameKind::Person, 65.0),
        (NameKind::Place, 64.0),
        (NameKind::Organisation, 55.0),
    ] {
        let of =
            |scores: &BTreeMap<NameKind, Score>| scores.get(&kind).copied().unwrap_or_default();
        assert!(of(&both).f1() > of(&alone).f1(), "{}", kind.name());
        assert!(
            of(&both).f1() >= least,
            "{}: {}",
            kind.name(),
            of(&both).show()
        );
    }
}

/// English persons: recall is that of the glossary's persons of two words or more,
/// which the finder does not see; precision is the share of what it says in
/// `RisingNews` whose sound stands in the human translation (a floor: people leave
/// names out).
#[test]
fn english_persons_are_found_without_the_glossary() {
    let (Some(articles), Some(news)) = (data("articles/en"), data("eval/risingnews")) else {
        return;
    };
    let glossary = embedded();
    let (mut there, mut hits) = (0_usize, 0_usize);
    let mut missed: BTreeMap<String, usize> = BTreeMap::new();
    for file in fs::read_dir(articles).unwrap().flatten() {
        let Ok(text) = fs::read_to_string(file.path()) else {
            continue;
        };
        let text = canonical(&text, Language::ENGLISH);
        for line in text.lines().filter(|line| line.contains(". ")) {
            let found = name::find(line, Language::ENGLISH, Line::Prose, &[]);
            for known in mark::find(line, Pair::EN_BN, &glossary) {
                let MarkKind::Glossary(entry) = &known.kind else {
                    continue;
                };
                let name = known.span.slice(line);
                if entry.kind != glossary::Kind::Person || !name.contains(' ') {
                    continue;
                }
                there += 1;
                let hit = found.iter().any(|m| {
                    m.kind == NameKind::Person
                        && m.span.end() == known.span.end()
                        && (m.span.start() <= known.span.start()
                            || m.span.slice(line).contains(' '))
                });
                hits += usize::from(hit);
                if !hit {
                    *missed.entry(name.to_owned()).or_default() += 1;
                }
            }
        }
    }
    let recall = 100.0 * hits as f64 / there.max(1) as f64;
    eprintln!("recall of the glossary's persons: {recall:.1} % of {there}; missed {missed:?}");
    let read =
        |side: &str| fs::read_to_string(news.join(format!("RisingNews.valid.{side}"))).unwrap();
    let (english, bangla) = (read("en"), read("bn"));
    let (mut said, mut heard) = (0_usize, 0_usize);
    for (english, bangla) in english.lines().zip(bangla.lines()) {
        let english = canonical(english, Language::ENGLISH);
        let bangla = canonical(bangla, Language::BANGLA);
        for mention in name::find(&english, Language::ENGLISH, Line::Prose, &[]) {
            if mention.kind != NameKind::Person {
                continue;
            }
            said += 1;
            let name = mention.span.slice(&english);
            let last = name.split([' ', '-']).next_back().unwrap_or(name);
            let sounds = bangla.split_whitespace().any(|word| {
                let word =
                    word.trim_matches(|c: char| c.is_ascii_punctuation() || "।‘’“”".contains(c));
                word.char_indices()
                    .skip(2)
                    .map(|(i, _)| i)
                    .chain([word.len()])
                    .any(|end| Transliterator::english_to_bangla().score(last, &word[..end]) > -9.0)
            });
            heard += usize::from(sounds);
            if !sounds {
                eprintln!("not heard: {name}");
            }
        }
    }
    let precision = 100.0 * heard as f64 / said.max(1) as f64;
    eprintln!("precision by sound: {precision:.1} % of {said}");
    assert!(recall >= 80.0, "recall {recall:.1}");
    assert!(precision >= 80.0, "precision {precision:.1}");
}

/// How often the check of names fires on what people translated, and on what
/// systems did.
#[test]
fn names_that_people_kept_are_heard() {
    let (Some(news), Some(flores)) = (data("eval/risingnews"), data("eval/flores")) else {
        return;
    };
    let glossary = embedded();
    for (pair, source, target) in [(Pair::EN_BN, "en", "bn"), (Pair::BN_EN, "bn", "en")] {
        let place = flores.join(format!("{source}-{target}"));
        let file = |name: String| place.join(name);
        let mut sets = vec![(
            "risingnews, human".to_owned(),
            news.join(format!("RisingNews.valid.{source}")),
            news.join(format!("RisingNews.valid.{target}")),
        )];
        sets.push((
            "flores, human".to_owned(),
            file(format!("flores-dev.{source}")),
            file(format!("flores-dev.{target}")),
        ));
        for (name, sources, targets) in sets {
            let (Ok(sources), Ok(targets)) =
                (fs::read_to_string(sources), fs::read_to_string(targets))
            else {
                continue;
            };
            let is_human = name.starts_with("risingnews");
            let (mut lines, mut named, mut fired, mut warned) =
                (0_usize, 0_usize, 0_usize, 0_usize);
            // Against the translation of another line, where every name is missing.
            let (mut missing, mut seen) = (0_usize, 0_usize);
            let others = targets.lines().skip(7).chain(targets.lines().take(7));
            for ((source, target), other) in sources.lines().zip(targets.lines()).zip(others) {
                let source = canonical(source, pair.source);
                let target = canonical(target, pair.target);
                let mut passages = [Passage {
                    text: &source,
                    line: Line::Prose,
                    marks: mark::find(&source, pair, &glossary),
                    told: Vec::new(),
                    names: Vec::new(),
                    quotes: quote::Quotes::default(),
                }];
                names::cast(&mut passages, pair);
                let mut listener = names::Listener::new(pair);
                let (_, findings) =
                    verify::names::check(&mut listener, &passages[0].names, &target, &[]);
                let other = canonical(other, pair.target);
                for name in &passages[0].names {
                    if name.kind == NameKind::Person {
                        let alone = std::slice::from_ref(name);
                        let (_, findings) = verify::names::check(&mut listener, alone, &other, &[]);
                        missing += 1;
                        seen += usize::from(!findings.is_empty());
                    }
                }
                lines += 1;
                named += usize::from(!passages[0].names.is_empty());
                fired += usize::from(!findings.is_empty());
                let warns = findings.iter().any(|f| f.severity > verify::Severity::Note);
                warned += usize::from(warns);
                if is_human && !findings.is_empty() {
                    for finding in &findings {
                        eprintln!("{pair} {:?} {}", finding.severity, finding.message);
                    }
                    eprintln!("    {source}\n    {target}");
                }
            }
            let share = |n: usize| 100.0 * n as f64 / lines.max(1) as f64;
            eprintln!(
                "{name} {pair}: {lines} lines, {named} with names; fires on {fired} ({:.1} %), \
                 warns on {warned} ({:.1} %); of {missing} persons that are missing it sees {seen}",
                share(fired),
                share(warned)
            );
            assert!(
                seen * 10 >= missing * 8,
                "{name} {pair}: {seen} of {missing}"
            );
            if is_human {
                assert!(share(warned) <= 5.0, "{pair}: {:.1} %", share(warned));
            }
        }
    }
}
