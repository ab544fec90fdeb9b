//! Every number of the source stands in the target with the same value, and
//! no other number does.

use rust_decimal::Decimal;

use super::{Exchange, Finding, Severity};
use crate::language::Profile;
use crate::text::{Normal, Span};

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let source = values(exchange.source_language(), exchange.source);
    let target = values(exchange.target_language(), exchange.target);
    let lost = unmatched(&source, &target).into_iter().map(|value| {
        Finding::new(
            "numbers",
            Severity::Error,
            format!(
                "{} is not in the translation",
                value.span.slice(exchange.source)
            ),
        )
        .at_source(Span::trusted(value.span.start(), value.span.end()))
    });
    let invented = unmatched(&target, &source).into_iter().map(|value| {
        Finding::new(
            "numbers",
            Severity::Error,
            format!("{} is not in the source", value.span.slice(exchange.target)),
        )
        .at_target(Span::trusted(value.span.start(), value.span.end()))
    });
    lost.chain(invented).collect()
}

/// A value of one side.
struct Value {
    span: Span<Normal>,
    value: Decimal,
    /// Whether the word may well be no number: it can match and is not insisted on.
    loose: bool,
}

/// The values of `these` that `those` lack; each of `those` serves once.
fn unmatched<'v>(these: &'v [Value], those: &[Value]) -> Vec<&'v Value> {
    let mut free: Vec<&Value> = those.iter().collect();
    let mut missing = Vec::new();
    for value in these.iter().filter(|v| !v.loose) {
        match free.iter().position(|other| other.value == value.value) {
            Some(at) => {
                free.swap_remove(at);
            }
            None => missing.push(value),
        }
    }
    missing
}

/// The numbers outside dates, which are compared as dates.
fn values(language: &dyn Profile, text: &str) -> Vec<Value> {
    let dates = language.dates(text);
    language
        .numbers(text)
        .into_iter()
        .filter(|n| !dates.iter().any(|d| d.span.overlaps(n.span)))
        .flat_map(|n| {
            n.value.values().into_iter().map(move |value| Value {
                span: n.span,
                value,
                loose: n.value.loose,
            })
        })
        .collect()
}
