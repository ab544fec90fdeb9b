//! Bangla (Bengali) as Bangladesh's newsrooms write it.

pub mod endings;
pub mod legacy;
mod normalise;
mod sentences;

mod numbers;
mod dates;
use super::date::{DateStyle, Moment};
use super::number::{Found, Multitude, Number, NumberStyle};
use super::{Ending, Language, Profile, Quotation, Speech};
use crate::text::{Edit, Normal, Span};

/// The profile of Bangla.
#[derive(Debug, Clone, Copy)]
pub struct Bangla;

impl Profile for Bangla {
    fn language(&self) -> Language {
        Language::BANGLA
    }

    fn name(&self) -> &'static str {
        "Bangla"
    }

    fn repairs(&self, source: &str) -> Vec<Edit> {
        normalise::repairs(source)
    }

    fn sentences(&self, text: &str, whole: &[Span<Normal>]) -> Vec<Span<Normal>> {
        super::sentences::split(&sentences::Rules, text, whole)
    }

    fn quotation(&self) -> Quotation {
        Quotation::SINGLE
    }

    fn speech(&self) -> Speech {
        Speech::BANGLA
    }

    fn ending_after(&self, stem: &str, rest: &str) -> Option<(Ending, usize)> {
        endings::ending_after(stem, rest)
    }

    fn attach(&self, stem: &str, ending: &Ending) -> String {
        endings::attach(stem, ending)
    }

    fn impersonal(&self, ending: &Ending) -> Ending {
        endings::impersonal(ending)
    }

    fn oblique(&self, stem: &str) -> Option<String> {
        endings::oblique(stem)
    }

    fn parse_detached(&self, rest: &str) -> Option<(Ending, usize)> {
        endings::parse_detached(rest)
    }

    fn detached(&self, ending: &Ending) -> String {
        endings::detached(ending)
    }

    fn native_digits(&self, text: &str) -> String {
        text.chars()
            .map(|c| match c.to_digit(10) {
                Some(digit) => char::from_u32('০' as u32 + digit).unwrap_or(c),
                None => c,
            })
            .collect()
    }

    fn dateline_end(&self) -> &'static str {
        " :"
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
