//! Where words of a sentence went, by what of it stands on both sides: values, names,
//! terms, quotations.

use std::ops::Range;

use super::nest::{Candidate, Sure};
use super::{rounded, words};
use crate::translate::Marked;

/// Something that stands on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub source: Range<usize>,
    pub target: Range<usize>,
    pub is_quotation: bool,
}

impl Anchor {
    /// What of a sentence is marked on both sides.
    pub(super) fn of(marks: &[Marked], source: &str, target: &str) -> Vec<Self> {
        let hull = |spans: &[[usize; 2]], text: &str| {
            let start = spans.iter().map(|span| span[0]).min()?;
            let end = spans.iter().map(|span| span[1]).max()?;
            text.get(start..end).map(|_| start..end)
        };
        let anchor = |mark: &Marked| {
            let is_quotation = mark.sort == "quote";
            let own = hull(&mark.source_spans, source)?;
            let mut there = hull(&mark.target_spans, target)?;
            // A name that was heard may have an ending behind it.
            if !is_quotation && source.get(own.clone()) != target.get(there.clone()) {
                there = words::widened(target, there);
            }
            Some(Self {
                source: own,
                target: there,
                is_quotation,
            })
        };
        marks.iter().filter_map(anchor).collect()
    }

    fn holds(&self, span: &Range<usize>) -> bool {
        self.source.start <= span.start && span.end <= self.source.end
    }
}

/// A text and where its letters are.
struct Side<'t> {
    text: &'t str,
    letters: Vec<usize>,
}

impl<'t> Side<'t> {
    fn of(text: &'t str) -> Self {
        let letters = text.char_indices().filter(|(_, c)| words::is_word(*c));
        Self {
            text,
            letters: letters.map(|(at, _)| at).collect(),
        }
    }

    fn before(&self, at: usize) -> usize {
        self.letters.partition_point(|letter| *letter < at)
    }

    fn letters(&self, range: &Range<usize>) -> usize {
        self.before(range.end)
            .saturating_sub(self.before(range.start))
    }

    /// Where the letter after so many begins.
    fn nth(&self, letters: usize) -> usize {
        self.letters
            .get(letters)
            .copied()
            .unwrap_or(self.text.len())
    }

    fn slice(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}

/// A sentence on both sides.
pub(super) struct Projection<'t> {
    source: Side<'t>,
    target: Side<'t>,
    anchors: Vec<Anchor>,
}

/// A part of a sentence whose words stay together, on both sides.
struct Domain {
    source: Range<usize>,
    target: Range<usize>,
}

impl<'t> Projection<'t> {
    pub(super) fn new(source: &'t str, target: &'t str, anchors: Vec<Anchor>) -> Self {
        Self {
            source: Side::of(source),
            target: Side::of(target),
            anchors,
        }
    }

    /// Where the words of a range of the source are likely to stand; of an empty one,
    /// its place.
    pub(super) fn place(&self, span: &Range<usize>) -> Candidate {
        let certain = self.whole(span).or_else(|| self.same(span));
        if let Some(range) = certain {
            let sure = Sure::Certain;
            return Candidate { range, sure };
        }
        let (range, is_certain) = self.estimated(span);
        let sure = if is_certain {
            Sure::Certain
        } else {
            Sure::Estimated
        };
        Candidate { range, sure }
    }

    /// All words of a sentence are all words of the other; a place before or behind
    /// them stays there. As much punctuation is left outside as in the source.
    fn whole(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let Side { text, .. } = self.target;
        let (before, after) = (0..span.start, span.end..self.source.text.len());
        let (lead, tail) = (self.source.slice(&before), self.source.slice(&after));
        let ink = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let skip = |mut left: usize, chars: &mut dyn Iterator<Item = (usize, char)>, from| {
            let mut at = from;
            for (own, c) in chars {
                if !c.is_whitespace() {
                    if left == 0 || words::is_word(c) {
                        return at;
                    }
                    left -= 1;
                }
                at = own;
            }
            at
        };
        let start = |left| {
            let mut chars = text.char_indices().map(|(at, c)| (at + c.len_utf8(), c));
            skip(left, &mut chars, 0)
        };
        let end = |left| skip(left, &mut text.char_indices().rev(), text.len());
        match (
            self.source.letters(&before) == 0,
            self.source.letters(&after) == 0,
        ) {
            (true, _) if span.is_empty() => Some(start(ink(lead))).map(|at| at..at),
            (_, true) if span.is_empty() => Some(end(ink(tail))).map(|at| at..at),
            (true, true) => {
                let start = start(ink(lead));
                Some(start..end(ink(tail)).max(start))
            }
            _ => None,
        }
    }

    /// What is marked on both sides, or stands in something that is the same on both.
    fn same(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let inner = self.bared(span);
        let is_same = |anchor: &&Anchor| {
            let source = &anchor.source;
            if anchor.is_quotation {
                return *source == *span;
            }
            // Behind the value there may be its ending.
            !span.is_empty()
                && source.start == inner.start
                && (source.end == inner.end
                    || source.end < inner.end
                        && inner.end == words::end_of(self.source.text, source.end))
        };
        if let Some(anchor) = self.anchors.iter().find(is_same) {
            return Some(anchor.target.clone());
        }
        let inside = |anchor: &&Anchor| {
            let within = span.start < anchor.source.end && anchor.source.start < span.end;
            within
                && anchor.holds(span)
                && self.source.slice(&anchor.source) == self.target.slice(&anchor.target)
        };
        let anchor = self.anchors.iter().find(inside)?;
        let by = anchor.target.start;
        Some(by + span.start - anchor.source.start..by + span.end - anchor.source.start)
    }

    /// A range of the source without the punctuation at its ends.
    fn bared(&self, span: &Range<usize>) -> Range<usize> {
        let text = self.source.slice(span);
        let start = text.find(words::is_word).unwrap_or(0);
        let inner = text[start..].trim_end_matches(|c| !words::is_word(c));
        span.start + start..span.start + start + inner.len()
    }

    /// The innermost quotation or name around a range, without its marks.
    fn domain(&self, span: &Range<usize>) -> Domain {
        let holds = |anchor: &&Anchor| anchor.holds(span) && anchor.source.len() > span.len();
        let around = (self.anchors.iter().filter(holds)).min_by_key(|anchor| anchor.source.len());
        match around {
            Some(anchor) if anchor.is_quotation => Domain {
                source: inside(self.source.text, &anchor.source),
                target: inside(self.target.text, &anchor.target),
            },
            Some(anchor) => Domain {
                source: anchor.source.clone(),
                target: anchor.target.clone(),
            },
            None => Domain {
                source: 0..self.source.text.len(),
                target: 0..self.target.text.len(),
            },
        }
    }

    /// By the anchors inside, else by those beside; and whether these leave no doubt.
    fn estimated(&self, span: &Range<usize>) -> (Range<usize>, bool) {
        let domain = self.domain(span);
        let is_near = |anchor: &&Anchor| {
            domain.source.start <= anchor.source.start
                && anchor.source.end <= domain.source.end
                && !anchor.holds(span)
        };
        let (inside, beside): (Vec<&Anchor>, Vec<&Anchor>) = (self.anchors.iter())
            .filter(is_near)
            .partition(|a| span.start <= a.source.start && a.source.start < span.end);
        let (range, is_certain) = match self.together(&inside, &beside) {
            Some(run) => self.around(span, &domain, &inside, &beside, run),
            None => (self.between(span, &domain, &beside), false),
        };
        if span.is_empty() {
            let at = words::nearest_start(self.target.text, range.start);
            return (at..at, false);
        }
        (range, is_certain)
    }

    /// Of the anchors inside those that stand together, with none of the others among
    /// them: where they start and end, and whether these are all.
    fn together(&self, inside: &[&Anchor], beside: &[&Anchor]) -> Option<(Range<usize>, bool)> {
        let mut inside: Vec<&&Anchor> = inside.iter().collect();
        inside.sort_by_key(|anchor| anchor.target.start);
        let mut runs: Vec<(Range<usize>, usize)> = Vec::new();
        for anchor in inside {
            let letters = self.source.letters(&anchor.source);
            let is_parted = |from: usize| {
                (beside.iter()).any(|other| {
                    from <= other.target.start && other.target.end <= anchor.target.start
                })
            };
            match runs.last_mut() {
                Some((run, all)) if !is_parted(run.end) => {
                    run.end = anchor.target.end.max(run.end);
                    *all += letters;
                }
                _ => runs.push((anchor.target.clone(), letters)),
            }
        }
        let is_all = runs.len() == 1;
        let (run, _) = runs.into_iter().max_by_key(|(_, letters)| *letters)?;
        Some((run, is_all))
    }

    /// The anchors inside, and the words that stand beside them in the element.
    fn around(
        &self,
        span: &Range<usize>,
        domain: &Domain,
        inside: &[&Anchor],
        beside: &[&Anchor],
        (run, is_all): (Range<usize>, bool),
    ) -> (Range<usize>, bool) {
        let first = inside.iter().map(|a| a.source.start).min();
        let last = inside.iter().map(|a| a.source.end).max();
        let lead = span.start..first.unwrap_or(span.start);
        let ending = words::end_of(self.source.text, last.unwrap_or(span.end));
        let tail = ending.min(span.end)..span.end;
        let ratio = self.ratio(domain);
        let wanted = |range: &Range<usize>| {
            let is_article = matches!(
                self.source
                    .slice(range)
                    .trim()
                    .to_ascii_lowercase()
                    .as_str(),
                "the" | "a" | "an"
            );
            if is_article {
                return 0;
            }
            rounded(self.source.letters(range) as f64 * ratio)
        };
        let (left, right) = (wanted(&lead), wanted(&tail));
        let text = self.target.text;
        let least = (beside.iter().map(|a| a.target.end))
            .filter(|end| *end <= run.start)
            .max()
            .unwrap_or(domain.target.start);
        let most = (beside.iter().map(|a| a.target.start))
            .filter(|start| *start >= run.end)
            .min()
            .unwrap_or(domain.target.end);
        let start = if left == 0 {
            run.start
        } else {
            let at = self.target.before(run.start).saturating_sub(left);
            words::nearest_start(text, self.target.nth(at)).clamp(least.min(run.start), run.start)
        };
        let end = if right == 0 {
            run.end
        } else {
            let at = self.target.nth(self.target.before(run.end) + right);
            words::nearest_end(text, at).clamp(run.end, most.max(run.end))
        };
        let range = words::trimmed(text, start..end);
        (range, is_all && left == 0 && right == 0)
    }

    /// The share of the words between the nearest anchors, where these stand in the
    /// same order on both sides; else of all words.
    fn between(&self, span: &Range<usize>, domain: &Domain, beside: &[&Anchor]) -> Range<usize> {
        let before = (beside.iter().filter(|a| a.source.end <= span.start))
            .max_by_key(|a| a.source.end)
            .map(|a| (a.source.end, a.target.end));
        let behind = (beside.iter().filter(|a| a.source.start >= span.end))
            .min_by_key(|a| a.source.start)
            .map(|a| (a.source.start, a.target.start));
        let before = before.unwrap_or((domain.source.start, domain.target.start));
        let behind = behind.unwrap_or((domain.source.end, domain.target.end));
        let (from, to) = if before.1 < behind.1 && self.target.letters(&(before.1..behind.1)) > 0 {
            (before.0..behind.0, before.1..behind.1)
        } else {
            (domain.source.clone(), domain.target.clone())
        };
        let (all, there) = (self.source.letters(&from), self.target.letters(&to));
        let at = |offset: usize| {
            let letters = self.source.letters(&(from.start..offset.max(from.start)));
            let share = letters as f64 / all.max(1) as f64;
            let passed = rounded(share * there as f64);
            self.target
                .nth(self.target.before(to.start) + passed)
                .min(to.end)
        };
        let text = self.target.text;
        let (first, last) = (at(span.start), at(span.end));
        if span.is_empty() {
            return first..first;
        }
        let start = words::nearest_start(text, first).clamp(to.start, to.end);
        let end = words::nearest_end(text, last).clamp(to.start, to.end);
        if start < end {
            return words::trimmed(text, start..end);
        }
        let whole = words::near(text, usize::midpoint(first, last));
        let start = whole.start.clamp(to.start, to.end);
        start..whole.end.clamp(start, to.end)
    }

    /// Letters of the target for one of the source.
    fn ratio(&self, domain: &Domain) -> f64 {
        let source = self.source.letters(&domain.source).max(1) as f64;
        (self.target.letters(&domain.target) as f64 / source).clamp(0.3, 3.0)
    }
}

/// A quotation without the marks at its ends.
fn inside(text: &str, range: &Range<usize>) -> Range<usize> {
    let quoted = text.get(range.clone()).unwrap_or_default();
    let is_mark = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '„');
    let start = range.start
        + quoted
            .chars()
            .next()
            .filter(|c| is_mark(*c))
            .map_or(0, char::len_utf8);
    let end = range.end
        - quoted
            .chars()
            .next_back()
            .filter(|c| is_mark(*c))
            .map_or(0, char::len_utf8);
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(source: &str, target: &str, pairs: &[(&str, &str)]) -> Vec<Anchor> {
        let find = |text: &str, part: &str| {
            let start = text.find(part).unwrap();
            start..start + part.len()
        };
        (pairs.iter())
            .map(|(s, t)| Anchor {
                source: find(source, s),
                target: find(target, t),
                is_quotation: s.starts_with('“'),
            })
            .collect()
    }

    #[test]
    fn words_are_where_their_values_and_neighbours_are() {
        let source =
            "The port of Dhaka, says Prime Minister Sheikh Hasina, had “no old boats” in 2024.";
        let target = "প্রধানমন্ত্রী শেখ হাসিনা বলেন, ২০২৪ সালে ঢাকার বন্দরে ‘পুরোনো নৌকা ছিল না’।";
        let known = anchors(
            source,
            target,
            &[
                ("Dhaka", "ঢাকার"),
                ("Sheikh Hasina", "শেখ হাসিনা"),
                ("2024", "২০২৪"),
                ("“no old boats”", "‘পুরোনো নৌকা ছিল না’"),
            ],
        );
        let projection = Projection::new(source, target, known);
        let table = [
            ("Dhaka", "ঢাকার", Sure::Certain),
            ("Dhaka,", "ঢাকার", Sure::Certain),
            ("“no old boats”", "‘পুরোনো নৌকা ছিল না’", Sure::Certain),
            (
                "Prime Minister Sheikh Hasina",
                "প্রধানমন্ত্রী শেখ হাসিনা",
                Sure::Estimated,
            ),
            ("old", "পুরোনো নৌকা", Sure::Estimated),
            (source, target, Sure::Certain),
            (
                &source[..source.len() - 1],
                &target[..target.len() - 3],
                Sure::Certain,
            ),
        ];
        for (words, expected, sure) in table {
            let start = source.find(words).unwrap();
            let found = projection.place(&(start..start + words.len()));
            assert_eq!(&target[found.range.clone()], expected, "{words}");
            assert_eq!(found.sure, sure, "{words}");
        }
    }

    #[test]
    fn places_at_the_ends_stay_there() {
        let projection = Projection::new("It rained.", "বৃষ্টি হলো।", Vec::new());
        for (at, expected) in [
            (0, 0),
            (10, "বৃষ্টি হলো।".len()),
            (9, "বৃষ্টি হলো".len()),
            (3, 0),
        ] {
            let found = projection.place(&(at..at));
            assert_eq!(found.range, expected..expected, "{at}");
        }
    }
}
