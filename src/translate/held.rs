//! Names that an answer lacks: the sentence is asked for once more, with the name
//! held like a value, so that it cannot be left out or translated as a word.
//!
//! How it is written is told by the first of these that knows: the article's other
//! sentences, the provider when it is asked for the name alone, sound. The second
//! answer replaces the first only where it is no worse in anything else.
//!
//! A provider of draft quality is not asked how a name is written: a sentence tells that a
//! person approved or that has it as it sounds, else sound. Of what it misspells that alone is
//! asked for again which is not put right where it stands ([`Spellings::mends`]). (Where it is
//! the first that is asked, sure names are held before: `sure`.)

use std::collections::HashMap;

use super::held_name::{HeldName, RenderedBy, Why};
use super::ladder::{self, Climbed};
use super::names::{self, Sought};
use super::spellings::{Sentences, Spellings};
use super::{Setting, Translator, markup, notes};
use crate::assemble::{self, Assembled};
use crate::glossary::Kind;
use crate::language::{Pair, profile};
use crate::mark::name::NameKind;
use crate::mark::{Mark, MarkKind, Named};
use crate::names::{Heard, Listener, Passage, Watched};
use crate::plan::{self, Grain, Piece, Segment};
use crate::provider::Context;
use crate::style::MissingNames;
use crate::verify::{self, Exchange, Finding, Severity};

/// The sentences of an article with their answers; the lists are parallel.
pub(super) struct Answered<'s> {
    pub segments: &'s mut [Segment],
    pub sought: &'s mut [Sought],
    pub climbed: &'s mut [Climbed],
}

/// A name that an answer lacks, or that a draft misspells beyond mending.
struct Missed {
    /// Which sentence's.
    at: usize,
    watched: Watched,
    /// Why it is asked for again.
    why: Why,
    /// Whether the answer is of draft quality.
    is_draft: bool,
}

/// A sentence that is asked for again.
struct Again {
    at: usize,
    segment: Segment,
    names: Vec<HeldName>,
}

impl Translator {
    /// Asks once more for each sentence whose answer surely lacks a name.
    ///
    /// Law: a sentence is replaced by one whose holes are those of the first and the
    /// names; what was sent for both is counted.
    pub(super) async fn hold_missed(
        &self,
        setting: Setting<'_>,
        passages: &mut [Passage<'_, '_>],
        mut answered: Answered<'_>,
        listener: &mut Listener,
    ) {
        if self.style.names.missing == MissingNames::Mark || !self.stages.glossary {
            return;
        }
        let Setting { pair, context, .. } = setting;
        let drafts = self.drafts(pair, answered.segments, answered.climbed);
        let (heard, _) =
            names::listened(listener, pair, answered.sought, answered.climbed, &drafts);
        let sentences = Sentences {
            sought: answered.sought,
            climbed: answered.climbed,
            drafts: &drafts,
            heard: &heard,
        };
        let spellings = Spellings::of(self.style.names, listener, &sentences);
        self.respell(setting, passages, &mut answered, (&spellings, listener));
        let Answered {
            segments,
            sought,
            climbed,
        } = answered;
        let mut missed: Vec<Missed> = Vec::new();
        for (at, (sought, heard)) in sought.iter().zip(&heard).enumerate() {
            if climbed[at].is_approved() {
                continue;
            }
            for (name, (watched, heard)) in sought.names.iter().zip(heard).enumerate() {
                if verify::names::is_missed(watched, heard) || spellings.is_spoiled(at, name) {
                    missed.push(Missed {
                        at,
                        watched: watched.clone(),
                        why: if *heard == Heard::Nothing {
                            Why::Missing
                        } else {
                            Why::Misspelled
                        },
                        is_draft: climbed[at].draft,
                    });
                }
            }
        }
        if missed.is_empty() {
            return;
        }
        let mut known = self
            .renderings(pair, &missed, &spellings, context, listener)
            .await;
        let mut again: Vec<Again> = Vec::new();
        for missed in &missed {
            let at = missed.at;
            let Some(rendering) = known.get_mut(&missed.watched.name) else {
                continue;
            };
            climbed[at].characters_sent += std::mem::take(&mut rendering.sent);
            let Some(held) = rendering.held(missed, &drafts[at]) else {
                continue;
            };
            match again.last_mut() {
                Some(last) if last.at == at && last.names.contains(&held) => {}
                Some(last) if last.at == at => last.names.push(held),
                _ => again.push(Again {
                    at,
                    segment: segments[at].clone(),
                    names: vec![held],
                }),
            }
        }
        for again in &mut again {
            let sought = &sought[again.at];
            let passage = &passages[sought.block];
            let mut marks = passage.marks.clone();
            marks.extend(marks_of(sought, &again.names));
            again.segment = self.planned(setting, passage, marks, sought);
        }
        let asked: Vec<Segment> = again.iter().map(|again| again.segment.clone()).collect();
        let answers = ladder::climb(&self.chain, pair, &asked, context).await;
        for (mut again, mut answer) in again.into_iter().zip(answers) {
            let i = again.at;
            let judge = |segment: &Segment, climbed: &Climbed| {
                self.faults(setting, segment, &sought[i], climbed)
            };
            let is_better = judge(&again.segment, &answer) <= judge(&segments[i], &climbed[i]);
            for name in &mut again.names {
                name.is_held = is_better;
            }
            let first = &mut climbed[i];
            let at_first = std::mem::take(&mut first.names);
            if is_better {
                answer.characters_sent += first.characters_sent;
                answer.answered.splice(0..0, first.answered.drain(..));
                answer.troubles.splice(0..0, first.troubles.drain(..));
                *first = answer;
                segments[i] = again.segment;
                let held = |watched: &Watched| again.names.iter().any(|h| h.name == watched.name);
                sought[i].names.retain(|watched| !held(watched));
            } else {
                first.characters_sent += answer.characters_sent;
                first.answered.extend(answer.answered);
            }
            first.names = at_first.into_iter().chain(again.names).collect();
        }
    }

    /// How each missed name is written.
    async fn renderings(
        &self,
        pair: Pair,
        missed: &[Missed],
        spellings: &Spellings,
        context: &Context,
        listener: &mut Listener,
    ) -> HashMap<String, Rendering> {
        let mut found: HashMap<String, Rendering> = HashMap::new();
        let mut alone: Vec<&Watched> = Vec::new();
        for Missed {
            watched, is_draft, ..
        } in missed
        {
            let name = &watched.name;
            if found.contains_key(name) || alone.iter().any(|other| other.name == *name) {
                continue;
            }
            let rendering = if *is_draft {
                known(listener, spellings, name).map(|(text, by)| Rendering::new(text, by))
            } else {
                let words: Option<Vec<&str>> =
                    name.split(' ').map(|w| spellings.chosen(w)).collect();
                words.map(|words| Rendering::new(words.join(" "), RenderedBy::Article))
            };
            if rendering.is_none() && !is_draft {
                alone.push(watched);
            }
            if let Some(rendering) = rendering {
                found.insert(name.clone(), rendering);
            }
        }
        let asked: Vec<Segment> = (alone.iter())
            .map(|watched| Segment {
                pieces: vec![Piece::Text(watched.name.clone())],
                fillings: Vec::new(),
                hints: Vec::new(),
            })
            .collect();
        let answers = ladder::climb(&self.chain, pair, &asked, context).await;
        let drafts = self.drafts(pair, &asked, &answers);
        for ((watched, answer), draft) in alone.into_iter().zip(answers).zip(drafts) {
            let own = draft.text.trim_matches(|c: char| !is_of_word(c));
            let is_heard = answer.untranslated == 0
                && own.split_whitespace().count() <= watched.name.split_whitespace().count()
                && names::is_written_in(own, pair.target, &[])
                && match listener.hear(&watched.words(), own, &[]) {
                    Heard::Words(places) => places.iter().all(Option::is_some),
                    Heard::Left(_) | Heard::Nothing => false,
                };
            let rendering = if is_heard {
                Some(Rendering::new(own.to_owned(), RenderedBy::Provider))
            } else {
                (listener.sound(&watched.name)).map(|s| Rendering::new(s, RenderedBy::Sound))
            };
            let Some(mut rendering) = rendering else {
                continue;
            };
            rendering.spell(&watched.name, spellings);
            own.clone_into(&mut rendering.own);
            rendering.sent = answer.characters_sent;
            found.insert(watched.name.clone(), rendering);
        }
        found
    }

    /// The segment of a sentence in which these marks of its block are held.
    pub(super) fn planned(
        &self,
        setting: Setting<'_>,
        passage: &Passage<'_, '_>,
        mut marks: Vec<Mark<'_>>,
        sought: &Sought,
    ) -> Segment {
        marks.sort_by_key(|mark| mark.span.start());
        let block = &setting.article.blocks[sought.block];
        plan::build::segment(
            block.text.normal(),
            sought.sentence,
            &marks,
            &passage.quotes.marks,
            &markup::travelling(block),
            setting.pair,
            &self.style,
        )
    }

    /// How bad an answer is, names apart: the more, the worse.
    fn faults(
        &self,
        setting: Setting<'_>,
        segment: &Segment,
        sought: &Sought,
        climbed: &Climbed,
    ) -> (usize, bool, usize) {
        let Setting {
            article,
            pair,
            glossary,
            ..
        } = setting;
        let draft = assemble::fill(segment, &climbed.pieces, profile(pair.target), &self.style);
        let mut findings = verify::verify(&Exchange {
            pair,
            source: sought
                .sentence
                .slice(article.blocks[sought.block].text.normal()),
            target: &draft.text,
            segment,
            glossary,
        });
        findings.extend(notes::reported(climbed));
        let bad = |f: &&Finding| f.severity > Severity::Note && f.check != "provider";
        let is_in_runs = climbed.grain == Grain::Runs;
        (
            climbed.untranslated,
            is_in_runs,
            findings.iter().filter(bad).count(),
        )
    }
}

/// The marks that hold these names of a sentence, wherever they stand in it.
pub(super) fn marks_of(sought: &Sought, names: &[HeldName]) -> Vec<Mark<'static>> {
    let held = |watched: &Watched| {
        let held = names.iter().find(|held| held.name == watched.name)?;
        Some(Mark {
            span: watched.span,
            end: watched.end,
            ending: watched.ending.clone(),
            kind: MarkKind::Name(Named {
                target: held.rendering.clone(),
                kind: kind(watched.kind),
            }),
        })
    };
    sought.names.iter().filter_map(held).collect()
}

/// How a name is written whatever a draft wrote: as the article has its words from who is
/// believed, the others by their sound.
pub(super) fn known(
    listener: &mut Listener,
    spellings: &Spellings,
    name: &str,
) -> Option<(String, RenderedBy)> {
    let mut words = Vec::new();
    let mut by = RenderedBy::Article;
    for word in name.split(' ') {
        if let Some(known) = spellings.known(listener, word) {
            words.push(known.to_owned());
        } else {
            by = RenderedBy::Sound;
            words.push(listener.sound(word)?);
        }
    }
    Some((words.join(" "), by))
}

/// A rendering of a name that some answer lacked.
struct Rendering {
    text: String,
    by: RenderedBy,
    /// What the provider answered to the name alone.
    own: String,
    /// Characters sent for it.
    sent: usize,
}

impl Rendering {
    fn new(text: String, by: RenderedBy) -> Self {
        Self {
            text,
            by,
            own: String::new(),
            sent: 0,
        }
    }

    /// Writes the words that the article has elsewhere as it has them there.
    fn spell(&mut self, name: &str, spellings: &Spellings) {
        let (words, own): (Vec<&str>, Vec<&str>) =
            (name.split(' ').collect(), self.text.split(' ').collect());
        if words.len() == own.len() {
            let chosen = words.iter().zip(own);
            let chosen: Vec<&str> = chosen
                .map(|(word, own)| spellings.chosen(word).unwrap_or(own))
                .collect();
            self.text = chosen.join(" ");
        }
    }

    /// The name, to be held; not where the provider writes it as a whole as it does
    /// alone: a rendering of its own, or a word, which an editor has to tell apart.
    fn held(&self, missed: &Missed, draft: &Assembled) -> Option<HeldName> {
        let is_there = self.by == RenderedBy::Sound
            && !self.own.is_empty()
            && draft.text.contains(self.own.as_str());
        (!is_there).then(|| HeldName {
            name: missed.watched.name.clone(),
            kind: missed.watched.kind,
            rendering: self.text.clone(),
            by: self.by,
            why: missed.why,
            is_held: false,
        })
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{980}'..='\u{9ff}').contains(&c)
}

fn kind(kind: NameKind) -> Kind {
    match kind {
        NameKind::Person => Kind::Person,
        NameKind::Place => Kind::Place,
        NameKind::Organisation => Kind::Organisation,
    }
}
