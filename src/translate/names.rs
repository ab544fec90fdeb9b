//! The names of one article: each written one way, whoever wrote it.

use std::collections::HashSet;
use std::ops::Range;

use super::held_name::{HeldName, Why};
use super::ladder::Climbed;
use super::marked::{self, Marked, Moved};
use super::spellings::{Mend, Sentences, Spellings};
use crate::assemble::Assembled;
use crate::glossary::Kind;
use crate::language::{Language, Pair, profile};
use crate::mark::name::NameKind;
use crate::names::{self, Heard, Listener, NameOutcome, Place, Watched};
use crate::plan::{ElementId, HoleKind, Segment};
use crate::style::{FirstMention, LeftNames, NameStyle};
use crate::text::{Normal, Span, Target, is_letter};
use crate::verify::{self, Finding, Severity};

/// The names that are looked for in the translation of one segment.
#[derive(Debug)]
pub(super) struct Sought {
    /// The names.
    pub names: Vec<Watched>,
    /// Whether it is part of the story, where a first mention counts.
    pub in_story: bool,
    /// Which block it is of.
    pub block: usize,
    /// Where the sentence stands in its block.
    pub sentence: Span<Normal>,
}

/// A sentence whose names are settled.
#[derive(Debug)]
pub(super) struct Settled {
    /// Its text, as it is checked.
    pub text: String,
    /// Its text, as it is published: first mentions may have the source's spelling behind them.
    pub published: String,
    /// Where its values and names stand in what is published.
    pub marks: Vec<Marked>,
    /// Where the provider has elements of markup in what is published.
    pub markup: Vec<(ElementId, [usize; 2])>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

type Edit = (Range<usize>, String);

/// Brings the names of all sentences of an article to one rendering each.
///
/// `segments`, `sought`, `climbed` and `drafts` are parallel.
pub(super) fn settle(
    listener: &mut Listener,
    pair: Pair,
    style: NameStyle,
    segments: &[Segment],
    sought: &[Sought],
    climbed: &[Climbed],
    drafts: &[Assembled],
) -> (Vec<Settled>, Vec<NameOutcome>) {
    let (heard, settled) = listened(listener, pair, sought, climbed, drafts);
    let sentences = Sentences {
        sought,
        climbed,
        drafts,
        heard: &heard,
    };
    let spellings = Spellings::of(style, listener, &sentences);
    let mut first = FirstMentions::new(style.first_mention);
    let mut outcomes: Vec<NameOutcome> = Vec::new();
    let mut known = HashSet::new();
    let mut done = Vec::with_capacity(drafts.len());
    for (i, mut findings) in settled.into_iter().enumerate() {
        let (segment, sought, draft) = (&segments[i], &sought[i], &drafts[i]);
        // What a person approved stays to the letter.
        let is_approved = climbed[i].is_approved();
        let (mut edits, mut found): (Vec<Edit>, Vec<Finding>) = Default::default();
        for (at, (watched, heard)) in sought.names.iter().zip(&heard[i]).enumerate() {
            let name = Name {
                mends: spellings.mends(i, at),
                watched,
                pair,
                style,
                text: &draft.text,
            };
            let rendering = name.settle(heard, &spellings, &mut edits, &mut found);
            let is_asked = |held: &HeldName| held.name == watched.name;
            if spellings.is_spoiled(i, at) && !climbed[i].names.iter().any(is_asked) {
                let message = format!(
                    "`{}` does not stand in this draft as it sounds: check it",
                    watched.name
                );
                found.push(Finding::new("names", Severity::Warning, message));
            }
            let is_full = watched.kind == NameKind::Place || watched.name.contains(' ');
            if let Some((rendering, by_sound)) = rendering
                && is_full
                && known.insert(watched.name.clone())
            {
                let provider = climbed[i].provider.as_ref().map(|p| p.name.clone());
                outcomes.push(NameOutcome {
                    source: watched.name.clone(),
                    kind: watched.kind.name(),
                    rendering,
                    origin: provider
                        .filter(|_| !by_sound)
                        .unwrap_or_else(|| "rules".to_owned()),
                });
            }
        }
        for held in climbed[i].names.iter().filter(|held| held.is_held) {
            let is_full = held.kind == NameKind::Place || held.name.contains(' ');
            if held.why == Why::Draft && !is_full {
                continue;
            }
            if known.insert(held.name.clone()) {
                outcomes.push(held.outcome(climbed[i].provider.as_ref()));
            }
        }
        if is_approved {
            edits.clear();
        } else {
            findings.extend(found);
        }
        let (text, _) = applied(&draft.text, edits.clone());
        if sought.in_story {
            first.note(segment, draft, &sought.names, &heard[i], &mut edits);
        }
        if is_approved {
            edits.clear();
        }
        let (published, moved) = applied(&draft.text, edits);
        done.push(Settled {
            markup: (draft.markup.iter())
                .map(|(id, span)| (*id, moved.span(span.range())))
                .collect(),
            marks: marked::values(segment, sought, &draft.places, &heard[i], &moved),
            published,
            text,
            findings,
        });
    }
    (done, outcomes)
}

/// What is heard of the names of each sentence in its draft, and what is wrong.
/// Of a draft that is not in the target's script nothing is.
pub(super) fn listened(
    listener: &mut Listener,
    pair: Pair,
    sought: &[Sought],
    climbed: &[Climbed],
    drafts: &[Assembled],
) -> (Vec<Vec<Heard>>, Vec<Vec<Finding>>) {
    let mut heard: Vec<Vec<Heard>> = Vec::with_capacity(drafts.len());
    let mut findings = Vec::with_capacity(drafts.len());
    for ((draft, sought), climbed) in drafts.iter().zip(sought).zip(climbed) {
        let held: Vec<Span<Target>> = draft.places.iter().map(|(_, span)| *span).collect();
        let readable = listener.listens()
            && climbed.untranslated == 0
            && is_written_in(&draft.text, pair.target, &held);
        let (all, found) = if readable {
            verify::names::check(listener, &sought.names, &draft.text, &held)
        } else {
            Default::default()
        };
        heard.push(all);
        findings.push(found);
    }
    (heard, findings)
}

/// Whether most letters outside the values are those of the target's script. What
/// is not translated at all is told by other checks.
pub(super) fn is_written_in(text: &str, language: Language, held: &[Span<Target>]) -> bool {
    let (mut own, mut other) = (0_usize, 0_usize);
    for (at, c) in text.char_indices().filter(|&(_, c)| is_letter(c)) {
        if held
            .iter()
            .any(|span| span.start() <= at && at < span.end())
        {
            continue;
        }
        let is_bangla = ('\u{980}'..='\u{9ff}').contains(&c);
        if is_bangla == (language == Language::BANGLA) {
            own += 1;
        } else {
            other += 1;
        }
    }
    own > other
}

/// A name at work in one sentence.
struct Name<'a> {
    /// What stands for each word instead of what was written.
    mends: Option<&'a [Option<Mend>]>,
    watched: &'a Watched,
    pair: Pair,
    style: NameStyle,
    text: &'a str,
}

impl Name<'_> {
    /// Adds what has to change in the text. Gives the rendering of the whole name,
    /// where all of it is there, and whether it is by sound.
    fn settle(
        &self,
        heard: &Heard,
        spellings: &Spellings,
        edits: &mut Vec<Edit>,
        findings: &mut Vec<Finding>,
    ) -> Option<(String, bool)> {
        match heard {
            Heard::Nothing => None,
            Heard::Left(span) => self.left(*span, spellings, edits, findings),
            Heard::Words(places) => self.words(places, edits, findings),
        }
    }

    /// A name that a provider left in the script of the source.
    fn left(
        &self,
        span: Span<Target>,
        spellings: &Spellings,
        edits: &mut Vec<Edit>,
        findings: &mut Vec<Finding>,
    ) -> Option<(String, bool)> {
        let name = span.slice(self.text);
        let is_spelled = self.watched.kind != NameKind::Organisation
            && name.contains(|c: char| c.is_alphabetic() && !c.is_uppercase());
        if self.style.left == LeftNames::Keep || !is_spelled {
            return None;
        }
        let words: Option<Vec<&str>> = name.split(' ').map(|word| spellings.chosen(word)).collect();
        let rendering = match words {
            Some(words) => words.join(" "),
            None => names::by_sound(self.pair, name)?,
        };
        let target = profile(self.pair.target);
        let rest = &self.text[span.end()..];
        let (ending, taken) = target.parse_detached(rest).unwrap_or_default();
        edits.push((
            span.start()..span.end() + taken,
            target.attach(&rendering, &ending),
        ));
        findings.push(Finding::new(
            "names",
            Severity::Warning,
            format!("`{name}` was left in its own script and is now written `{rendering}`, by its sound: check it"),
        ));
        (name == self.watched.name).then_some((rendering, true))
    }

    fn words(
        &self,
        places: &[Option<Place>],
        edits: &mut Vec<Edit>,
        findings: &mut Vec<Finding>,
    ) -> Option<(String, bool)> {
        let target = profile(self.pair.target);
        let mut rendering = String::new();
        let mut before: Option<usize> = None;
        let (mut is_whole, mut is_by_sound) = (true, false);
        for (at, (word, place)) in self.watched.words().into_iter().zip(places).enumerate() {
            let Some(place) = place else {
                is_whole = false;
                continue;
            };
            let written = place.span.slice(self.text);
            let mend = self.mends.and_then(|mends| mends.get(at)?.as_ref());
            let chosen = mend.map_or(written, |mend| mend.text.as_str());
            if let Some(mend) = mend {
                edits.push((
                    place.span.start()..place.end,
                    target.attach(chosen, &place.ending),
                ));
                let finding = if mend.by_sound {
                    is_by_sound = true;
                    let message = format!(
                        "`{word}` was written `{written}` and is now `{chosen}`, by its sound: check it"
                    );
                    Finding::new("names", Severity::Warning, message)
                } else {
                    let message = format!(
                        "`{word}` is `{chosen}` in this article; the provider also wrote `{written}`"
                    );
                    Finding::new("names", Severity::Note, message)
                };
                findings.push(finding);
            }
            if let Some(before) = before {
                let between = self.text.get(before..place.span.start());
                match between {
                    Some(between @ (" " | "-" | ". ")) => rendering.push_str(between),
                    _ => is_whole = false,
                }
            }
            rendering.push_str(chosen);
            before = Some(place.end);
        }
        // An initial has no sound of its own; the name with it is the provider's.
        let all = self.watched.name.split([' ', '-']).count();
        (is_whole && all == places.len()).then_some((rendering, is_by_sound))
    }
}

/// Writes a text with its edits, and tells where all of it has gone. Of two edits
/// that overlap the earlier holds.
fn applied(text: &str, mut edits: Vec<Edit>) -> (String, Moved) {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut moved = Moved::default();
    let mut at = 0;
    for (range, new) in edits {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
        moved.note(range, new.len());
    }
    out.push_str(&text[at..]);
    (out, moved)
}

/// Puts the source's spelling behind the first mention of each person in the story.
struct FirstMentions {
    wanted: bool,
    seen: HashSet<String>,
}

impl FirstMentions {
    fn new(style: FirstMention) -> Self {
        Self {
            wanted: style == FirstMention::Both,
            seen: HashSet::new(),
        }
    }

    fn note(
        &mut self,
        segment: &Segment,
        draft: &Assembled,
        names: &[Watched],
        heard: &[Heard],
        edits: &mut Vec<Edit>,
    ) {
        if !self.wanted {
            return;
        }
        for (id, span) in &draft.places {
            if let Some(filling) = segment.filling(*id)
                && filling.kind == HoleKind::Glossary(Kind::Person)
            {
                self.add(&filling.source, span.end(), &draft.text, edits);
            }
        }
        for (watched, heard) in names.iter().zip(heard) {
            let end = match heard {
                Heard::Words(places) => places
                    .iter()
                    .map(|p| p.as_ref().map(|p| p.end))
                    .collect::<Option<Vec<_>>>(),
                _ => None,
            };
            if let Some(end) = end.and_then(|ends| ends.into_iter().max())
                && watched.kind == NameKind::Person
            {
                self.add(&watched.name, end, &draft.text, edits);
            }
        }
    }

    fn add(&mut self, name: &str, at: usize, text: &str, edits: &mut Vec<Edit>) {
        let has_note = text[at..].trim_start().starts_with('(');
        if name.contains(' ') && !has_note && self.seen.insert(name.to_owned()) {
            edits.push((at..at, format!(" ({name})")));
        }
    }
}
