//! English as newsrooms write it.

mod abbreviations;
mod sentences;
mod endings;

use super::{Ending, Language, Profile, Quotation, Speech, normalise};
mod numbers;
mod dates;
use super::date::{DateStyle, Moment};
use super::number::{Found, Multitude, Number, NumberStyle};
use crate::text::{Edit, Normal, Span};

/// The profile of English.
#[derive(Debug, Clone, Copy)]
pub struct English;

impl Profile for English {
    fn language(&self) -> Language {
        Language::ENGLISH
    }

    fn name(&self) -> &'static str {
        "English"
    }

    fn repairs(&self, source: &str) -> Vec<Edit> {
        normalise::western(source)
    }

    fn sentences(&self, text: &str, whole: &[Span<Normal>]) -> Vec<Span<Normal>> {
        super::sentences::split(&sentences::Rules, text, whole)
    }

    fn quotation(&self) -> Quotation {
        Quotation::DOUBLE
    }

    fn speech(&self) -> Speech {
        Speech::ENGLISH
    }

    fn ending_after(&self, stem: &str, rest: &str) -> Option<(Ending, usize)> {
        endings::ending_after(stem, rest)
    }

    fn attach(&self, stem: &str, ending: &Ending) -> String {
        endings::attach(stem, ending)
    }

    fn parse_detached(&self, rest: &str) -> Option<(Ending, usize)> {
        endings::parse_detached(rest)
    }

    fn detached(&self, ending: &Ending) -> String {
        endings::detached(ending)
    }

    fn native_digits(&self, text: &str) -> String {
        text.chars()
            .map(|c| match c {
                '০'..='৯' => char::from_digit(c as u32 - '০' as u32, 10).unwrap_or(c),
                c => c,
            })
            .collect()
    }

    fn numbers(&self, text: &str) -> Vec<Found<Number>> {
        numbers::find(text)
    }

    fn write_number(&self, number: &Number, style: &NumberStyle) -> String {
        numbers::write(number, style)
    }

    fn multitudes(&self, text: &str) -> Vec<Found<Multitude>> {
        numbers::multitudes(text)
    }

    fn write_multitude(&self, multitude: Multitude, style: &NumberStyle) -> Option<String> {
        Some(numbers::write_multitude(multitude, style))
    }

    fn dates(&self, text: &str) -> Vec<Found<Moment>> {
        dates::find(text)
    }

    fn write_moment(&self, moment: &Moment, style: &DateStyle) -> String {
        dates::write(moment, style)
    }

    fn may_tell(&self, text: &str, moment: &Moment) -> Vec<Span<Normal>> {
        dates::may_tell(text, moment)
    }
}
