//! What tables are read and refused, as desks and spreadsheets write them.

use super::*;
use proptest::prelude::*;

#[test]
fn what_editors_and_spreadsheets_do_is_read() {
    let text = "\u{feff}bn\ten\tnote\tkind\ten_variants\r\n# a comment\r\n\r\n\
        ঢাকা\tDhaka\t\"say \"\"x\"\"\"\tplace\t Dacca |  Old  Dacca |\r\nচাদ \tChad\t\tplace\r\n";
    let table = read("t.tsv", text).unwrap();
    let [dhaka, chad] = table.rows.as_slice() else {
        panic!("{:?}", table.rows)
    };
    assert_eq!(dhaka.note.as_deref(), Some("say \"x\""));
    let english = dhaka.forms_in(Language::ENGLISH).unwrap();
    assert_eq!(english.variants, ["Dacca", "Old Dacca"]);
    assert_eq!(dhaka.origin.line, 4);
    assert_eq!(chad.forms_in(Language::BANGLA).unwrap().main, "চাদ");
    assert_eq!(chad.untidy, [Untidy::Space("চাদ ".into())]);
}

#[test]
fn every_fault_is_told_with_its_line_and_what_to_do() {
    let header = "en\tbn\tkind\tcase\tdirection\tfrom\tto\ten_variants\tbn_variants\tpos\tnote\n";
    for (row, message) in [
        (
            "Dhaka\tঢাকা\tcity",
            "t.tsv:2: unknown kind `city`; use person, place, organisation, agency, title, term, do-not-translate or forbidden",
        ),
        ("Dhaka\tঢাকা\tplace\tupper", "t.tsv:2: unknown case `upper`"),
        (
            "Dhaka\tঢাকা\tplace\t\ten-hi",
            "t.tsv:2: unknown direction `en-hi`",
        ),
        (
            "Dhaka\tঢাকা\tplace\t\ten-en",
            "t.tsv:2: unknown direction `en-en`",
        ),
        (
            "Dhaka\tঢাকা\tplace\t\t\t29-12-2025",
            "t.tsv:2: `29-12-2025` is no date",
        ),
        (
            "Dhaka\tঢাকা\tplace\t\t\t2025-12-29\t2025-01-01",
            "t.tsv:2: the entry ends before",
        ),
        ("Dhaka\t\tplace", "t.tsv:2: the row has no form in `bn`"),
        ("\t\tplace", "t.tsv:2: the row has no form in any"),
        (
            "Dhaka\t\tforbidden\t\ten-bn",
            "t.tsv:2: the row has no form in `bn`",
        ),
        (
            "Dhaka\t\tplace\t\t\t\t\t\tঢাকা",
            "t.tsv:2: the row has variants in `bn`",
        ),
        (
            "Dhaka\tঢাকা\tplace\t\t\t\t\t\t\t\t\t\tx",
            "t.tsv:2: the row has 13 cells under 11",
        ),
    ] {
        let errors = read("t.tsv", &format!("{header}{row}\n")).unwrap_err();
        let said = errors[0].to_string();
        assert!(said.starts_with(message) && errors.len() == 1, "{said}");
    }
    for (header, message) in [
        ("", "t.tsv: the file has no header"),
        ("en\tbn\tkind\tColour\n", "t.tsv:1: unknown column `Colour`"),
        (
            "en\tbn\tkind\ten\n",
            "t.tsv:1: the column `en` stands twice",
        ),
        ("en\tkind\n", "t.tsv:1: the header needs two"),
        (
            "en\tbn\tkind\thi_variants\n",
            "t.tsv:1: unknown column `hi_variants`",
        ),
    ] {
        let said = read("t.tsv", header).unwrap_err()[0].to_string();
        assert!(said.starts_with(message), "{said}");
    }
}

#[test]
fn formulas_are_guarded_and_strays_removed() {
    let text = "en\tbn\tkind\tnote\n\
        '@dhaka\t'@dhaka\tdo-not-translate\t-5 in Excel\n\
        \u{a0}Cox's\u{a0}Bazar\u{200b}\tকক্সবাজার\tplace\t'tis\n";
    let table = read("t.tsv", text).unwrap();
    let [handle, bazar] = table.rows.as_slice() else {
        panic!("{:?}", table.rows)
    };
    assert_eq!(handle.forms[0].main, "@dhaka");
    assert_eq!(handle.untidy, [Untidy::Formula("-5 in Excel".into())]);
    assert_eq!(bazar.forms[0].main, "Cox's Bazar");
    assert_eq!(bazar.note.as_deref(), Some("'tis"));
    assert!(matches!(bazar.untidy.as_slice(), [Untidy::Space(_)]));
    assert_eq!(
        written(&table),
        "en\tbn\tkind\tnote\n\
         '@dhaka\t'@dhaka\tdo-not-translate\t'-5 in Excel\n\
         Cox's Bazar\tকক্সবাজার\tplace\t'tis\n"
    );
}

#[test]
fn the_header_says_what_has_a_place() {
    let table = read(
        "t.tsv",
        "en\tbn\tkind\tcase\ten_variants\nUS\tযুক্তরাষ্ট্র\tplace\tany\tU.S. | USA\n",
    )
    .unwrap();
    let names = |header: &[&str]| header.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(cells(&table.rows[0], &names(&["en", "bn", "kind"])), None);
    assert_eq!(
        cells(
            &table.rows[0],
            &names(&["kind", "case", "bn", "en_variants", "note", "en"])
        )
        .map(|cells| line(&cells)),
        Some("place\tany\tযুক্তরাষ্ট্র\tU.S. | USA\t\tUS".to_owned())
    );
}

proptest! {
    #[test]
    fn a_guarded_cell_is_given_back(cell in "['=+@a-]{0,6}") {
        let guarded = guarded(&cell);
        prop_assert_eq!(unguarded(&guarded), &cell);
        prop_assert!(!guarded.starts_with(['=', '+', '-', '@']));
    }

    #[test]
    fn what_is_written_reads_as_the_same_rows(table in arbitrary::table()) {
        let text = written(&table);
        let read = read("t.tsv", &text).map_err(|e| TestCaseError::fail(format!("{e:?}\n{text}")))?;
        prop_assert_eq!(arbitrary::plain(&read), arbitrary::plain(&table));
    }
}
