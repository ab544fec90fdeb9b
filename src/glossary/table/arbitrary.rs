//! Tables as desks might write them, for laws.

use proptest::prelude::*;

use super::{Forms, Row, Table, from_records, names};
use crate::language::Language;

/// A cell with what tables, spreadsheets and markup trip over.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("ঢাকা"),
        Just("বাড\u{9bc}ি"),
        Just("র\u{200d}\u{9cd}যাব"),
        Just("Dhaka"),
        Just("<b>&amp;"),
        Just("]]>"),
        Just("\"quoted\""),
        Just("\""),
        Just("'"),
        Just("#"),
        Just("="),
        Just("-1"),
        Just("@x"),
        Just(","),
        Just(";"),
        Just("a\\b"),
        Just("case=any"),
        Just("\u{feff}"),
        Just("é"),
        Just("😀"),
    ];
    let space = prop_oneof![Just(""), Just(" "), Just("\u{a0}"), Just("  "), Just("\n")];
    proptest::collection::vec((piece, space), 1..4)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(p, s)| [p, s]).collect())
}

/// A cell of a row: mostly empty in columns that mostly are.
fn cell(choices: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        1 => proptest::sample::select(choices).prop_map(str::to_owned),
    ]
}

fn variants() -> impl Strategy<Value = String> {
    proptest::collection::vec(text(), 0..3).prop_map(|v| v.join("|"))
}

fn record() -> impl Strategy<Value = Vec<String>> {
    let kinds: Vec<&'static str> = crate::glossary::Kind::ALL
        .map(crate::glossary::Kind::name)
        .to_vec();
    (
        prop_oneof![4 => text(), 1 => Just(String::new())],
        text(),
        proptest::sample::select(kinds).prop_map(str::to_owned),
        cell(&["exact", "any"]),
        cell(&["en-bn", "bn-en"]),
        cell(&[
            "noun",
            "proper-noun",
            "verb",
            "adjective",
            "adverb",
            "other",
        ]),
        prop_oneof![Just(String::new()), text()],
        cell(&["2024-02-29", "2025-01-01"]),
        cell(&["2025-12-31", "2026-01-01"]),
        (variants(), variants()),
        prop_oneof![Just(String::new()), text()],
    )
        .prop_map(
            |(en, bn, kind, case, direction, part, desk, from, to, variants, note)| {
                vec![
                    en, bn, kind, case, direction, part, desk, from, to, variants.0, variants.1,
                    note,
                ]
            },
        )
}

/// A table whose rows passed the reader.
pub(in crate::glossary) fn table() -> impl Strategy<Value = Table> {
    let languages = [Language::ENGLISH, Language::BANGLA];
    proptest::collection::vec(record(), 0..6).prop_map(move |records| {
        let header = names(&languages);
        let rows = records.into_iter().filter_map(|cells| {
            let read = from_records("any.tsv", [(1, header.clone()), (2, cells)]);
            read.ok()?.rows.pop()
        });
        Table {
            languages: languages.to_vec(),
            rows: rows.collect(),
        }
    })
}

/// What the rows of a table mean, without where they stand or how they were
/// spelled, and without an order of languages.
pub(in crate::glossary) fn plain(table: &Table) -> Vec<(Row, Vec<Forms>)> {
    let meaning = |row: &Row| {
        let mut forms = row.forms.clone();
        forms.sort_by_key(|f| f.language);
        let row = Row {
            origin: crate::glossary::Origin {
                file: "".into(),
                line: 0,
            },
            forms: Vec::new(),
            untidy: Vec::new(),
            ..row.clone()
        };
        (row, forms)
    };
    table.rows.iter().map(meaning).collect()
}
