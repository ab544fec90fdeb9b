//! Names that are held before anybody is asked.
//!
//! A provider of draft quality makes other names of those that it does not know, leaves them
//! out or misspells them. Where it is asked first it does not see what is surely a name: that is
//! held like a value, and written as the article's other sentences have it from who is believed,
//! else by its sound, for an editor to check.
//!
//! Of 131 persons in full in two test sets whom the glossary lacks, towards Bangla, 73 are
//! written so as people wrote them (`scripts/names-by-sound.py`); when the starters wrote them and
//! were put right as far as the sound told, it was 67, and 38 of the others passed in silence.

use std::collections::BTreeMap;

use super::held::{Answered, known, marks_of};
use super::held_name::{HeldName, Why};
use super::names::Sought;
use super::spellings::{InFull, Spellings};
use super::{Setting, Translator};
use crate::article::BlockKind;
use crate::mark::MarkKind;
use crate::names::{Listener, Passage};
use crate::plan::Segment;
use crate::provider::{Batch, Provider};
use crate::style::MissingNames;
use crate::verify;

impl Translator {
    /// Holds what is surely a name in the sentences that go to a provider of draft quality
    /// first, by its sound; gives the names of each sentence. `segments`, `kinds` (of their blocks)
    /// and `sought` are parallel.
    ///
    /// Law: what a person approved of a sentence still answers for it, however it spells a name.
    pub(super) async fn hold_sure(
        &self,
        setting: Setting<'_>,
        passages: &mut [Passage<'_, '_>],
        (segments, kinds, sought): (&mut [Segment], &[BlockKind], &mut [Sought]),
        listener: &mut Listener,
    ) -> Vec<Vec<HeldName>> {
        let mut all = vec![Vec::new(); segments.len()];
        let is_wanted = self.style.names.missing != MissingNames::Mark && self.stages.glossary;
        if !is_wanted || !listener.listens() {
            return all;
        }
        let mut held = BTreeMap::new();
        let in_full = InFull::of(sought, &[]);
        for (at, sought) in sought.iter().enumerate() {
            let kind = kinds.get(at).copied().unwrap_or(BlockKind::Paragraph);
            let Some(first) = self
                .first((setting.article, setting.pair), kind)
                .filter(|p| p.capability().draft)
            else {
                continue;
            };
            let mut names: Vec<HeldName> = Vec::new();
            for watched in &sought.names {
                let is_short = in_full.is_short(watched);
                let is_new = names.iter().all(|held| held.name != watched.name);
                if is_new
                    && verify::names::is_certain(watched, is_short)
                    && let Some((rendering, by)) =
                        known(listener, &Spellings::default(), &watched.name)
                {
                    names.push(HeldName {
                        name: watched.name.clone(),
                        kind: watched.kind,
                        rendering,
                        by,
                        why: Why::Draft,
                        is_held: false,
                    });
                }
            }
            let holes = segments[at].holes().count() + marks_of(sought, &names).len();
            if !names.is_empty() && holes <= first.capability().max_holes {
                held.insert(at, names);
            }
        }
        self.leave_approved(setting, segments, &mut held).await;
        for (at, names) in held {
            let sought = &mut sought[at];
            let passage = &mut passages[sought.block];
            passage.marks.extend(marks_of(sought, &names));
            passage.marks.sort_by_key(|mark| mark.span.start());
            let is_held = |name: &str| names.iter().any(|held| held.name == name);
            sought.names.retain(|watched| !is_held(&watched.name));
            segments[at] = self.planned(setting, passage, passage.marks.clone(), sought);
            all[at] = names;
        }
        all
    }

    /// Takes away the names of sentences that a person approved.
    async fn leave_approved(
        &self,
        setting: Setting<'_>,
        segments: &[Segment],
        held: &mut BTreeMap<usize, Vec<HeldName>>,
    ) {
        let covers = |provider: &&dyn Provider| provider.capability().covers(setting.pair);
        // What was approved answers for every provider.
        let Some(any) = self.chain.iter().map(AsRef::as_ref).find(covers) else {
            return;
        };
        if held.is_empty() {
            return;
        }
        let batch = Batch {
            pair: setting.pair,
            segments: (held.keys())
                .map(|&at| segments[at].bare().into_owned())
                .collect(),
            context: setting.context.clone(),
        };
        let mut recalled = any.recall(&batch).await.into_iter();
        held.retain(|_, _| !recalled.next().flatten().is_some_and(|one| one.approved));
    }

    /// Has the names that were held before anybody was asked written as the article's sentences
    /// have them from who is believed.
    pub(super) fn respell(
        &self,
        setting: Setting<'_>,
        passages: &mut [Passage<'_, '_>],
        answered: &mut Answered<'_>,
        (spellings, listener): (&Spellings, &mut Listener),
    ) {
        for (at, climbed) in answered.climbed.iter_mut().enumerate() {
            let sought = &answered.sought[at];
            let passage = &mut passages[sought.block];
            let mut is_changed = false;
            for held in &mut climbed.names {
                held.is_held = true;
                let Some((rendering, by)) = known(listener, spellings, &held.name) else {
                    continue;
                };
                held.by = by;
                if rendering == held.rendering {
                    continue;
                }
                for mark in &mut passage.marks {
                    if let MarkKind::Name(named) = &mut mark.kind
                        && sought.sentence.contains(mark.span)
                        && mark.span.slice(passage.text) == held.name
                    {
                        named.target.clone_from(&rendering);
                        is_changed = true;
                    }
                }
                held.rendering = rendering;
            }
            if is_changed {
                let marks = passage.marks.clone();
                answered.segments[at] = self.planned(setting, passage, marks, sought);
            }
        }
    }
}
