//! What other programs write is read, and what they should not is refused.

use super::*;
use crate::glossary::table::arbitrary;
use crate::language::Language;
use proptest::prelude::*;

const DEFAULTS: Defaults = Defaults {
    kind: Kind::Term,
    pair: Pair::EN_BN,
};

fn imported(format: Format, text: &str) -> Imported {
    read(format, "f", text.as_bytes().to_vec(), DEFAULTS).unwrap()
}

/// The rows as a glossary file has them, without its header.
fn lines(imported: &Imported) -> Vec<String> {
    let text = table::written(&imported.table);
    text.lines().skip(1).map(str::to_owned).collect()
}

fn said(format: Format, bytes: &[u8]) -> String {
    let errors = read(format, "f", bytes.to_vec(), DEFAULTS).unwrap_err();
    errors[0].to_string()
}

#[test]
fn spreadsheets_of_every_country_are_read() {
    let expected = ["US, the\tযুক্তরাষ্ট্র\tplace", "5; \"x\"\tপাঁচ\tterm"];
    for text in [
        "en,bn,kind\n\"US, the\",যুক্তরাষ্ট্র,place\n\"5; \"\"x\"\"\",পাঁচ,term\n",
        "\u{feff}English;Bangla;Type\r\n\"US, the\";যুক্তরাষ্ট্র;place\r\n\"5; \"\"x\"\"\";পাঁচ;\r\n",
        "sep=;\nsource;target;kind\nUS, the;যুক্তরাষ্ট্র;place\n;;\n\"5; \"\"x\"\"\";পাঁচ\n",
        "en\tbn\tkind\n\"US,\nthe\"\tযুক্তরাষ্ট্র\tplace\n5; \"x\"\tপাঁচ\tterm\n",
        "# a remark, with commas\nen,bn,kind\n\"# another, quoted\",,\n\"US, the\",যুক্তরাষ্ট্র,place\n\"5; \"\"x\"\"\",পাঁচ,\n",
    ] {
        assert_eq!(lines(&imported(Format::Csv, text)), expected, "{text}");
    }
    let utf16: Vec<u8> = "\u{feff}en\tbn\r\n\"US, the\"\tযুক্তরাষ্ট্র\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let read = read(Format::Tsv, "f", utf16, DEFAULTS).unwrap();
    assert_eq!(lines(&read), ["US, the\tযুক্তরাষ্ট্র\tterm"]);
}

#[test]
fn what_a_glossary_has_no_column_for_is_said() {
    let read = imported(Format::Csv, "No,en,bn,Seen\n1,Dhaka,ঢাকা,yes\n");
    assert_eq!(lines(&read), ["Dhaka\tঢাকা\tterm"]);
    let left_out: Vec<&str> = read.left_out.keys().map(String::as_str).collect();
    assert_eq!(left_out, ["column `No`", "column `Seen`"]);
    let read = imported(Format::Csv, "id,en,id_variants,kind\nini,this,itu,term\n");
    assert_eq!(lines(&read), ["ini\tthis\tterm\titu"]);
}

#[test]
fn spelling_and_spaces_of_a_spreadsheet_are_mended() {
    let text = "en,bn,kind,note\n\u{a0}Cox's  Bazar ,\" কক্সবাজার\n\",place,'=1+1\n\
        Bari,বাড\u{9bc}ি,place,\n";
    let read = imported(Format::Csv, text);
    assert_eq!(
        lines(&read),
        [
            "Cox's Bazar\tকক্সবাজার\tplace\t'=1+1",
            "Bari\tবা\u{9dc}ি\tplace"
        ]
    );
    assert_eq!(read.table.rows[0].note.as_deref(), Some("=1+1"));
    let csv = write(Format::Csv, &read.table).unwrap();
    assert!(csv.starts_with("\u{feff}en,bn,kind,note\r\n"), "{csv}");
    assert!(csv.contains(",'=1+1\r\n"), "{csv}");
}

#[test]
fn a_fault_of_a_spreadsheet_has_its_line() {
    let text = "sep=;\nen;bn;kind\n\"Dha\nka\";ঢাকা;place\nRana;রানা;human\n";
    assert!(said(Format::Csv, text.as_bytes()).starts_with("f:5: unknown kind `human`"));
    assert!(said(Format::Csv, b"en\nDhaka\n").starts_with("f:1: the header needs two"));
    assert!(said(Format::Csv, b"en,bn\n\xff\n").contains("is not UTF-8"));
}

/// The body of a file in the style of each version.
const FILES: [(&str, &str); 4] = [
    (
        "v3 DCA",
        r#"<?xml version="1.0"?><tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
        <tbxHeader><fileDesc><sourceDesc><p>a desk</p></sourceDesc></fileDesc></tbxHeader><text><body>
        <conceptEntry id="c1"><descrip type="subjectField">place</descrip><descrip type="definition">a city</descrip>
        <langSec xml:lang="en-GB"><termSec><term>Old</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
        <termSec><term>Dhaka</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
        <langSec xml:lang="bn"><termSec><term>ঢাকা</term><termNote type="partOfSpeech">properNoun</termNote></termSec>
        <termSec><term>ঢাক্কা</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
        </conceptEntry></body></text></tbx>"#,
    ),
    (
        "v3 DCT",
        r#"<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
        <text><body><conceptEntry id="c1"><min:subjectField>place</min:subjectField>
        <langSec xml:lang="en"><descripGrp><basic:definition>a city</basic:definition></descripGrp>
        <termSec><term>Old</term></termSec><termSec><term>Dhaka</term>
        <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
        <langSec xml:lang="bn"><termSec><term>ঢাকা</term><min:partOfSpeech>properNoun</min:partOfSpeech></termSec>
        <termSec><term>ঢাক্কা</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
        </conceptEntry></body></text></tbx>"#,
    ),
    (
        "v2 martif",
        r#"<?xml version='1.0'?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX-Basic" xml:lang="en"><text><body>
        <termEntry id="t1"><descripGrp><descrip type="subjectField">place</descrip></descripGrp>
        <descripGrp><descrip type="definition">a city</descrip></descripGrp>
        <langSet xml:lang="en"><ntig><termGrp><term>Dhaka</term></termGrp></ntig><tig><term>Old</term></tig></langSet>
        <langSet xml:lang="bn"><tig><term>ঢা<hi>কা</hi></term><termNote type="partOfSpeech">properNoun</termNote></tig>
        <tig><term><![CDATA[ঢাক্কা]]></term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
        </termEntry></body></text></martif>"#,
    ),
    (
        "TBX-Min",
        r#"<TBX dialect="TBX-Min"><header><id>x</id><description>y</description></header><body><entry id="e1">
        <subjectField>place</subjectField><langGroup xml:lang="en"><termGroup><term>Old</term></termGroup>
        <termGroup><term>Dhaka</term><termStatus>preferred</termStatus><definition>a city</definition></termGroup></langGroup>
        <langGroup xml:lang="bn"><termGroup><term>&#x9A2;াকা</term><partOfSpeech>properNoun</partOfSpeech></termGroup>
        <termGroup><term>ঢাক্কা</term><termStatus>notRecommended</termStatus></termGroup></langGroup></entry></body></TBX>"#,
    ),
];

#[test]
fn term_bases_of_every_version_are_read() {
    for (name, text) in FILES {
        let read = imported(Format::Tbx, text);
        let rows = table::written(&read.table);
        assert_eq!(
            rows.lines().collect::<Vec<_>>(),
            [
                "en\tbn\tkind\tdirection\tpos\ten_variants",
                "Dhaka\tঢাকা\tplace\t\tproper-noun\tOld",
                "Dhaka\tঢাক্কা\tforbidden\ten-bn\tproper-noun\tOld",
            ],
            "{name}"
        );
        assert_eq!(read.left_out.get("definition"), Some(&1), "{name}");
    }
}

#[test]
fn a_concept_in_one_language_is_left_out_and_counted() {
    let text = r#"<tbx><text><body>
        <conceptEntry><langSec xml:lang="en"><termSec><term>a</term></termSec></langSec></conceptEntry>
        <conceptEntry><langSec xml:lang="en"><termSec><term>tax</term></termSec></langSec>
        <langSec xml:lang="bn"><termSec><term>কর</term></termSec></langSec></conceptEntry></body></text></tbx>"#;
    let read = imported(Format::Tbx, text);
    assert_eq!(lines(&read), ["tax\tকর\tterm"]);
    assert_eq!(read.left_out.get("concepts in one language"), Some(&1));
    assert_eq!(read.table.rows[0].origin.to_string(), "f:3");
}

#[test]
fn what_may_not_be_trusted_is_refused() {
    let deep = format!("<tbx>{}", "<a>".repeat(100_000));
    let bomb = "<!DOCTYPE tbx [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>\n<tbx>&b;</tbx>";
    let outside = "<!DOCTYPE tbx [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><tbx>&x;</tbx>";
    let concept = "<tbx><text><body><conceptEntry><note>";
    for (text, message) in [
        (bomb, "f:1: the document type brings rules of its own"),
        (outside, "f:1: the document type brings rules of its own"),
        (
            &format!("<!DOCTYPE tbx SYSTEM \"x.dtd\">\n{concept}&x;"),
            "f:2: the entity `&x;` is not known",
        ),
        (&*deep, "f:1: more than 64 elements"),
        ("<html><body/></html>", "f:1: the file is no TBX"),
        ("plain text", "f: the file is no TBX"),
        (
            "<tbx>\n<text>\n</body></tbx>",
            "f:3: the file is no well-formed XML",
        ),
        ("<tbx>\n<text>", "f: the file is no TBX"),
        (
            "<tbx><text><body><conceptEntry><langSec>",
            "f:1: `` is no language",
        ),
        ("<tbx/>", "f: the file has terms in one language only"),
    ] {
        let said = said(Format::Tbx, text.as_bytes());
        assert!(said.starts_with(message), "{said}");
    }
}

#[test]
fn every_category_that_is_written_is_one_of_tbx_basic() {
    let text = "en\tbn\tkind\tcase\tdirection\tpos\tdesk\tfrom\tto\ten_variants\tnote\n\
        Israel\tইজরায়েল\tforbidden\texact\ten-bn\tproper-noun\tsport\t2025-01-01\t2026-01-01\tIL\tanubad: a=b & <c>\n";
    let table = table::read("t.tsv", text).unwrap();
    let tbx = write(Format::Tbx, &table).unwrap();
    for part in [
        "<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"en\" xmlns=\"urn:iso:std:iso:30042:ed-2\">",
        "<p>anubad glossary in en, bn</p>",
        "<descrip type=\"subjectField\">forbidden</descrip>",
        "<admin type=\"projectSubset\">sport</admin>",
        "<note>anubad: case=exact direction=en-bn pos=proper-noun from=2025-01-01 to=2026-01-01</note>",
        "<note>anubad: a=b &amp; &lt;c&gt;</note>",
        "<termNote type=\"partOfSpeech\">noun</termNote>",
        "<termNote type=\"administrativeStatus\">deprecatedTerm-admn-sts</termNote>",
    ] {
        assert!(tbx.contains(part), "no {part} in {tbx}");
    }
    let read = imported(Format::Tbx, &tbx);
    assert_eq!(arbitrary::plain(&read.table), arbitrary::plain(&table));
    assert_eq!(read.table.languages, [Language::ENGLISH, Language::BANGLA]);
}

#[test]
fn the_generator_of_tables_makes_rows() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let tables = (0..50).map(|_| arbitrary::table().new_tree(&mut runner).unwrap().current());
    let rows: usize = tables.map(|table| table.rows.len()).sum();
    assert!(rows > 50, "{rows}");
}

proptest! {
    #[test]
    fn what_is_exported_is_imported(table in arbitrary::table()) {
        for format in Format::ALL {
            let text = write(format, &table).unwrap();
            let read = read(format, "f", text.clone().into_bytes(), DEFAULTS)
                .map_err(|e| TestCaseError::fail(format!("{format:?} {e:?}\n{text}")))?;
            prop_assert_eq!(arbitrary::plain(&read.table), arbitrary::plain(&table), "{}", text);
            prop_assert!(read.left_out.is_empty());
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "(<[a-z/!?]{0,4}|[\"'<>&;,\n\t]|term|langSec|xml:lang=|bn| ){0,30}") {
        for format in Format::ALL {
            let _ = read(format, "f", bytes.clone(), DEFAULTS);
            let _ = read(format, "f", text.clone().into_bytes(), DEFAULTS);
            let _ = read(format, "f", format!("<tbx>{text}").into_bytes(), DEFAULTS);
        }
    }
}
