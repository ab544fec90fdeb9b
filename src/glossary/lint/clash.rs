//! Rows that contradict, repeat or hide each other.

use std::collections::HashMap;

use super::super::entry::{CaseRule, Entry, Kind, Origin};
use super::super::fold::Folded;
use super::super::load;
use super::{Finding, Placed, Severity};
use crate::language::{Pair, profile};

/// An entry that claims a source form.
struct Claim<'r> {
    entry: usize,
    placed: &'r Placed,
    is_variant: bool,
}

/// What makes two claims rivals: the direction, the form as far as case lets it
/// differ, and the desk.
#[derive(PartialEq, Eq, Hash)]
struct Form<'e> {
    pair: Pair,
    folded: String,
    case: CaseRule,
    desk: Option<&'e str>,
}

/// Adds what is wrong among `rows` to `findings`.
pub(super) fn check(rows: &[Placed], findings: &mut Vec<Finding>) {
    let entries: Vec<(Entry, &Placed)> = rows
        .iter()
        .flat_map(|placed| {
            load::directions(&placed.row, &placed.languages, placed.layer)
                .into_iter()
                .map(move |entry| (entry, placed))
        })
        .collect();
    let mut claims: HashMap<Form<'_>, Vec<Claim<'_>>> = HashMap::new();
    for (number, (entry, placed)) in entries.iter().enumerate() {
        if entry.kind == Kind::Forbidden {
            continue;
        }
        for (index, form) in entry.sources().enumerate() {
            let rivals = claims.entry(key(entry, form)).or_default();
            if rivals.last().is_none_or(|last| last.entry != number) {
                rivals.push(Claim {
                    entry: number,
                    placed,
                    is_variant: index > 0,
                });
            }
        }
    }
    let mut clashes = Clashes::default();
    for (form, rivals) in &claims {
        for (index, later) in rivals.iter().enumerate() {
            let concurrent = |earlier: &&Claim<'_>| overlap(earlier.placed, later.placed);
            for earlier in rivals.iter().take(index).filter(concurrent) {
                let pair = [earlier, later].map(|c| (&entries[c.entry].0, c));
                clashes.judge(form, pair[0], pair[1]);
            }
        }
    }
    findings.append(&mut clashes.findings());
    outranked(&entries, &claims, findings);
    inflected(&entries, &claims, findings);
    forbidden(&entries, findings);
}

fn key<'e>(entry: &'e Entry, form: &str) -> Form<'e> {
    let folded = Folded::new(form);
    Form {
        pair: entry.pair,
        folded: match entry.case {
            CaseRule::Exact => folded.squeezed().to_owned(),
            CaseRule::Any => folded.lower().to_owned(),
        },
        case: entry.case,
        desk: entry.desk.as_deref(),
    }
}

/// Whether there is a day on which both hold.
fn overlap(a: &Placed, b: &Placed) -> bool {
    let before = |x: &Placed, y: &Placed| matches!((x.row.to, y.row.from), (Some(to), Some(from)) if to < from);
    !before(a, b) && !before(b, a)
}

/// Clashes of rows, one finding for two rows however many forms and directions
/// they clash in.
#[derive(Default)]
struct Clashes(HashMap<(Origin, Origin, &'static str), (Severity, Vec<String>)>);

impl Clashes {
    fn judge(
        &mut self,
        form: &Form<'_>,
        earlier: (&Entry, &Claim<'_>),
        later: (&Entry, &Claim<'_>),
    ) {
        let ((first, first_claim), (second, second_claim)) = (earlier, later);
        if first.layer != second.layer || first.origin == second.origin {
            return;
        }
        let (check, severity, message) = if first.target == second.target {
            let message = format!(
                "`{}` is `{}` in {} too ({})",
                form.folded, second.target, first.origin, form.pair
            );
            ("duplicate", Severity::Warning, message)
        } else {
            // Between a main form and a variant the rule is plain: the main form.
            let severity = if first_claim.is_variant == second_claim.is_variant {
                Severity::Error
            } else {
                Severity::Warning
            };
            let message = format!(
                "`{}` is `{}` here and `{}` in {} ({})",
                form.folded, second.target, first.target, first.origin, form.pair
            );
            ("conflict", severity, message)
        };
        let key = (first.origin.clone(), second.origin.clone(), check);
        let known = self.0.entry(key).or_insert((severity, Vec::new()));
        known.0 = known.0.min(severity);
        known.1.push(message);
    }

    fn findings(self) -> Vec<Finding> {
        let of_clash =
            |((_, second, check), (severity, mut messages)): ((_, Origin, _), (_, Vec<String>))| {
                messages.sort();
                let next_step = match check {
                    "conflict" => "keep one, or tell them apart by direction, case, desk or date",
                    _ => "remove one, or make one form a variant of the other row",
                };
                Finding::at(&second, severity, check, messages.join(", "), next_step)
            };
        let mut clashes: Vec<_> = self.0.into_iter().collect();
        clashes.sort_by(|a, b| a.0.cmp(&b.0));
        clashes.into_iter().map(of_clash).collect()
    }
}

/// Rows of which every source form is taken by a higher layer.
fn outranked(
    entries: &[(Entry, &Placed)],
    claims: &HashMap<Form<'_>, Vec<Claim<'_>>>,
    findings: &mut Vec<Finding>,
) {
    let higher = |entry: &Entry, form: &str| {
        let rivals = claims.get(&key(entry, form))?;
        let above = |c: &&Claim<'_>| entries[c.entry].0.layer > entry.layer;
        rivals.iter().find(above).map(|c| &entries[c.entry].0)
    };
    let of_a_row = entries.chunk_by(|a, b| a.0.origin == b.0.origin && a.0.layer == b.0.layer);
    for directions in of_a_row {
        let mut by = directions.iter().flat_map(|(entry, _)| {
            let forms = entry.sources().map(|form| higher(entry, form));
            forms.collect::<Vec<_>>()
        });
        let Some((entry, _)) = directions.first() else {
            continue;
        };
        let is_sought = entry.kind != Kind::Forbidden;
        if is_sought
            && let Some(Some(first)) = by.next()
            && by.all(|above| above.is_some())
        {
            findings.push(Finding::at(
                &entry.origin,
                Severity::Note,
                "outranked",
                format!(
                    "`{}` never takes effect: {} outranks it",
                    entry.source, first.origin
                ),
                "",
            ));
        }
    }
}

/// Forms that read as another row's form with an ending attached: ঢাকার.
fn inflected(
    entries: &[(Entry, &Placed)],
    claims: &HashMap<Form<'_>, Vec<Claim<'_>>>,
    findings: &mut Vec<Finding>,
) {
    for (entry, _) in entries.iter().filter(|(e, _)| e.kind != Kind::Forbidden) {
        let profile = profile(entry.pair.source);
        for form in entry.sources() {
            let stems = form.char_indices().map(|(at, _)| form.split_at(at)).skip(1);
            let claimed = stems.filter(|(stem, _)| claims.contains_key(&key(entry, stem)));
            for (stem, rest) in claimed {
                if let Some((ending, length)) = profile.ending_after(stem, rest)
                    && length == rest.len()
                    && !ending.is_empty()
                    && !is_spelling(stem, rest)
                {
                    findings.push(Finding::at(
                        &entry.origin,
                        Severity::Warning,
                        "inflected",
                        format!(
                            "`{form}` reads as `{stem}` with the ending `{rest}`, and hides it"
                        ),
                        "remove the form if that is all it is",
                    ));
                }
            }
        }
    }
}

/// Whether what reads as an ending is part of a name: a village is -গাঁ or -গাঁও, and
/// সোনারগাঁ is printed as সোনারগাঁও more often than anything is said of it too.
fn is_spelling(stem: &str, rest: &str) -> bool {
    stem.ends_with("গাঁ") && rest == "ও"
}

/// Forbidden forms that another row of the layer asks for.
fn forbidden(entries: &[(Entry, &Placed)], findings: &mut Vec<Finding>) {
    let mut asked: HashMap<(Pair, usize, String), Vec<&Entry>> = HashMap::new();
    // A variant is only accepted; a form forbidden by name outranks it.
    for (entry, _) in entries.iter().filter(|(e, _)| e.kind != Kind::Forbidden) {
        let form = Folded::new(&entry.target).lower().to_owned();
        let key = (entry.pair, entry.layer, form);
        asked.entry(key).or_default().push(entry);
    }
    for (entry, _) in entries.iter().filter(|(e, _)| e.kind == Kind::Forbidden) {
        for form in entry.targets() {
            let form = Folded::new(form).lower().to_owned();
            let rivals = asked.get(&(entry.pair, entry.layer, form));
            let clash = rivals.into_iter().flatten().find(|asking| {
                entry.source.is_empty() || asking.sources().any(|s| s == entry.source)
            });
            if let Some(asking) = clash {
                findings.push(Finding::at(
                    &entry.origin,
                    Severity::Error,
                    "forbidden",
                    format!(
                        "`{}` is forbidden here and asked for in {}",
                        entry.target, asking.origin
                    ),
                    "keep one",
                ));
            }
        }
    }
}
