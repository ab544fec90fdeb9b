//! The contract that every language fulfils.

use super::date::{DateStyle, Moment};
use super::number::{Found, Multitude, Number, NumberStyle};
use super::{Ending, Language, Quotation, Speech, bangla, english, generic};
use crate::text::{Edit, Normal, Span};

/// What the pipeline knows of one language.
pub trait Profile: Send + Sync {
    /// Its code.
    fn language(&self) -> Language;

    /// Its English name, for messages.
    fn name(&self) -> &'static str;

    /// The repairs that bring `source` to its canonical form, in order and
    /// disjoint. Law: a repaired text needs no further repair.
    fn repairs(&self, source: &str) -> Vec<Edit>;

    /// The sentences of `text`, in order, without the white space between them.
    /// No boundary falls inside a span of `whole`.
    /// Law: what lies between two sentences is white space alone.
    fn sentences(&self, text: &str, whole: &[Span<Normal>]) -> Vec<Span<Normal>>;

    /// How quotations are printed.
    fn quotation(&self) -> Quotation;

    /// How it is said who speaks.
    fn speech(&self) -> Speech {
        Speech::UNKNOWN
    }

    /// The ending that `rest` begins with when it follows `stem` directly, and
    /// the bytes of `rest` that it takes. `None` where `rest` continues the word
    /// in another way; an empty ending of 0 bytes where the word ends there.
    fn ending_after(&self, stem: &str, rest: &str) -> Option<(Ending, usize)>;

    /// `stem` with `ending` attached as newsrooms write it. An ending that the
    /// language does not attach leaves the stem as it is.
    fn attach(&self, stem: &str, ending: &Ending) -> String;

    /// `ending` as it stands behind the name of a place or a body: what says that
    /// persons are meant goes (ঢাকারা, ঢাকাদের), and the case stays.
    fn impersonal(&self, ending: &Ending) -> Ending {
        ending.clone()
    }

    /// Another form of `stem` that some endings ask for (বিদ্যুৎ, but বিদ্যুতের).
    /// Who looks for stems in a text looks for it too, and then takes only a
    /// genitive or locative from [`Profile::ending_after`] with it.
    fn oblique(&self, _stem: &str) -> Option<String> {
        None
    }

    /// The ending that an engine wrote behind a placeholder, whose stem it did
    /// not see: the spelling of [`Profile::detached`] or any attached form, and
    /// the bytes of `rest` that it takes. `None` where no ending stands there.
    fn parse_detached(&self, _rest: &str) -> Option<(Ending, usize)> {
        None
    }

    /// `ending` as it is written behind a stem that cannot be seen (`-এর`, `'s`);
    /// empty where there is none. Law: for an ending that the language writes and
    /// that is not empty, `parse_detached(detached(e))` is `e` and all the bytes.
    fn detached(&self, _ending: &Ending) -> String {
        String::new()
    }

    /// `text` with every decimal digit in the language's own digits.
    fn native_digits(&self, text: &str) -> String {
        text.to_owned()
    }

    /// What ends a dateline, with the white space before it.
    fn dateline_end(&self) -> &'static str {
        " -"
    }

    /// The numbers of `text`, in order and disjoint, each as long as it goes.
    /// Case endings and classifiers are left outside the spans.
    fn numbers(&self, text: &str) -> Vec<Found<Number>>;

    /// `number` as the newsrooms of the language write it.
    /// Law: what is written reads as a number of equal values and unit.
    fn write_number(&self, number: &Number, style: &NumberStyle) -> String;

    /// The plurals of `text` that name an order of magnitude and no value
    /// (`thousands of`), in order and disjoint.
    fn multitudes(&self, _text: &str) -> Vec<Found<Multitude>> {
        Vec::new()
    }

    /// `multitude` in the phrase of the language's press; `None` where the
    /// language has none here, and the words are a provider's.
    /// Law: it says no more than `multitude`, and no less than a tenth of it.
    fn write_multitude(&self, _multitude: Multitude, _style: &NumberStyle) -> Option<String> {
        None
    }

    /// The dates and times of `text`, in order and disjoint; they take
    /// precedence over the numbers inside them.
    fn dates(&self, text: &str) -> Vec<Found<Moment>>;

    /// `moment` as the newsrooms of the language write it.
    /// Law: what is written reads as the same moment.
    fn write_moment(&self, moment: &Moment, style: &DateStyle) -> String;

    /// Where `text` may tell `moment` in words that [`Profile::dates`] leaves alone
    /// since they mean other things as well (মে, `March`), in order and disjoint. For
    /// who knows that it is to stand there.
    fn may_tell(&self, _text: &str, _moment: &Moment) -> Vec<Span<Normal>> {
        Vec::new()
    }
}

/// The profile of a language; one without a folder of its own gets [`generic`].
#[must_use]
pub fn profile(language: Language) -> &'static dyn Profile {
    match language {
        Language::BANGLA => &bangla::Bangla,
        Language::ENGLISH => &english::English,
        _ => generic::Generic::of(language),
    }
}
