//! Each format, and what is said of files that are not in it.

#![expect(
    clippy::type_complexity,
    clippy::single_range_in_vec_init,
    reason = "tables of cases; a document is a range of items"
)]

use super::*;

fn read(files: &[(&str, &[u8])]) -> Result<TestSet, String> {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, content)| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            path
        })
        .collect();
    TestSet::read(&paths, Languages::default()).map_err(|error| {
        let place = format!("{}/", folder.path().display());
        error.to_string().replace(&place, "")
    })
}

const EN: &str = "The minister spoke in Dhaka on Monday.";
const BN: &str = "মন্ত্রী সোমবার ঢাকায় কথা বলেছেন।";

#[test]
fn every_format_gives_items_direction_and_documents() {
    let tmx = format!(
        "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"en-US\"/><body>\n\
         <tu><prop type=\"document\">a</prop><tuv xml:lang=\"bn-BD\"><seg>{BN}</seg></tuv>\
         <tuv xml:lang=\"en\"><seg>The <ph>&lt;b/&gt;</ph><hi>minister</hi> spoke in \
         &#68;haka on Monday.</seg></tuv></tu>\n\
         <tu><prop type=\"document\">b</prop><tuv xml:lang=\"en\"><seg>{EN}</seg></tuv>\
         <tuv xml:lang=\"bn\"><seg>{BN}</seg></tuv></tu>\n</body></tmx>\n"
    );
    let table: [(&str, Vec<(&str, String)>, Vec<Range<usize>>, bool); 9] = [
        (
            "plain",
            vec![
                ("a.en", format!("{EN}\n{EN}\n")),
                ("a.bn", format!("{BN}\n{BN}\n")),
            ],
            vec![0..1, 1..2],
            false,
        ),
        (
            "plain with a blank line",
            vec![
                ("a.en", format!("{EN}\n{EN}\n\n{EN}")),
                ("a.bn", format!("{BN}\r\n{BN}\r\n\r\n{BN}")),
            ],
            vec![0..2, 2..3],
            true,
        ),
        (
            "plain without languages",
            vec![
                ("source", format!("{EN}\n")),
                (
                    "reference",
                    format!("\u{feff}{BN}\n\n").replace("\n\n", "\n"),
                ),
            ],
            vec![0..1],
            false,
        ),
        (
            "tsv",
            vec![("a.tsv", format!("{EN}\t{BN}\n{EN}\t{BN}\n"))],
            vec![0..1, 1..2],
            false,
        ),
        (
            "tsv with documents",
            vec![(
                "a.tsv",
                format!("{EN}\t{BN}\tx\n{EN}\t{BN}\tx\n{EN}\t{BN}\ty\n"),
            )],
            vec![0..2, 2..3],
            true,
        ),
        (
            "tsv with a header",
            vec![(
                "a.tsv",
                format!("id\treference\tsource\n1\t{BN}\t{EN}\n\n2\t{BN}\t{EN}\n"),
            )],
            vec![0..1, 1..2],
            true,
        ),
        (
            "jsonl",
            vec![(
                "a.jsonl",
                format!("{{\"source\":\"{EN}\",\"reference\":\"{BN}\",\"id\":1}}\n"),
            )],
            vec![0..1],
            false,
        ),
        (
            "jsonl with documents",
            vec![(
                "a.jsonl",
                format!("{{\"source\":\"{EN}\",\"reference\":\"{BN}\",\"document\":7}}\n")
                    .repeat(2),
            )],
            vec![0..2],
            true,
        ),
        ("tmx", vec![("a.tmx", tmx)], vec![0..1, 1..2], true),
    ];
    for (name, files, documents, told) in table {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(n, c)| (*n, c.as_bytes())).collect();
        let set = read(&files).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(set.pair, Pair::EN_BN, "{name}");
        assert_eq!((set.documents, set.told), (documents, told), "{name}");
        for item in &set.items {
            assert_eq!(
                (item.source.as_str(), item.reference.as_str()),
                (EN, BN),
                "{name}"
            );
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_file_and_line() {
    let en = |n: usize| format!("{EN}\n").repeat(n).into_bytes();
    let bn = |n: usize| format!("{BN}\n").repeat(n).into_bytes();
    let table: [(Vec<(&str, Vec<u8>)>, &str); 14] = [
        (
            vec![("a.en", en(3)), ("a.bn", bn(2))],
            "a.bn: it has 2 lines, and a.en has 3: ",
        ),
        (
            vec![("a.en", Vec::new()), ("a.bn", bn(1))],
            "a.en: it is empty",
        ),
        (
            vec![("a.en", b"one\ntwo \xff\n".to_vec()), ("a.bn", bn(2))],
            "a.en: line 2: byte 0xFF is not UTF-8",
        ),
        (
            vec![("a.en", b"one\n\nthree\n".to_vec()), ("a.bn", bn(3))],
            "a.en: line 2: the line is blank here and not in a.bn",
        ),
        (
            vec![("a.en", en(1)), ("b.en", en(1))],
            "sources and references are both in `en`",
        ),
        (
            vec![("a.txt", en(1))],
            "a.txt: a test set is one file ending in .tsv",
        ),
        (
            vec![("a.tsv", format!("{EN}\t{BN}\n{EN}\n").into_bytes())],
            "a.tsv: line 2: it has 1 column and no reference",
        ),
        (
            vec![("a.tsv", format!("{EN}\t \n").into_bytes())],
            "a.tsv: line 1: the reference is empty",
        ),
        (
            vec![("a.tsv", format!("12\t{BN}\n").into_bytes())],
            "the language of its sources cannot be told",
        ),
        (
            vec![(
                "a.jsonl",
                b"{\"source\":\"a\",\"reference\":\"b\"}\n{\"source\":1}\n".to_vec(),
            )],
            "a.jsonl: line 2: column ",
        ),
        (
            vec![(
                "a.tmx",
                b"<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx/>".to_vec(),
            )],
            "a.tmx: line 2: it has a document type declaration",
        ),
        (
            vec![(
                "a.tmx",
                b"<tmx><body><tu><tuv xml:lang=\"en\"><seg>&x;</seg></tuv></tu></body></tmx>"
                    .to_vec(),
            )],
            "the entity &x; is not read",
        ),
        (
            vec![(
                "a.tmx",
                b"<tmx><body><tu><tuv xml:lang=\"en\"><seg>a</seg></tuv></tu></body></tmx>"
                    .to_vec(),
            )],
            "a.tmx: line 1: the unit has no translation",
        ),
        (
            vec![("a.tmx", b"<tmx><body><tu></body></tmx>".to_vec())],
            "a.tmx: line 1: it is no well-formed XML",
        ),
    ];
    for (files, says) in table {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(n, c)| (*n, c.as_slice())).collect();
        let message = read(&files).unwrap_err();
        assert!(message.contains(says), "{message}\n  for {says}");
    }
}

#[test]
fn a_limit_keeps_whole_what_it_can() {
    let files = format!("{EN}\t{BN}\tx\n{EN}\t{BN}\tx\n{EN}\t{BN}\ty\n");
    let set = read(&[("a.tsv", files.as_bytes())]).unwrap();
    for (limit, documents) in [
        (1, vec![0..1]),
        (2, vec![0..2]),
        (3, vec![0..2, 2..3]),
        (9, vec![0..2, 2..3]),
    ] {
        assert_eq!(set.clone().limited(limit).documents, documents, "{limit}");
    }
}

#[test]
fn outputs_have_a_line_an_item() {
    let source = format!("{EN}\n\n{EN}\n");
    let reference = format!("{BN}\n\n{BN}\n");
    let set = read(&[("a.en", source.as_bytes()), ("a.bn", reference.as_bytes())]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.bn");
    for (content, outputs) in [
        ("ক\nখ\n", Some(["ক", "খ"])),
        ("ক\n\nখ", Some(["ক", "খ"])),
        ("ক\n\n", Some(["ক", ""])),
        ("ক\n", None),
        ("ক\nখ\nগ\nঘ\n", None),
    ] {
        std::fs::write(&path, content).unwrap();
        let read = set.outputs(&path);
        match outputs {
            Some(outputs) => assert_eq!(read.unwrap(), outputs, "{content:?}"),
            None => assert!(
                read.unwrap_err()
                    .to_string()
                    .contains("and the test set 2 sentences")
            ),
        }
    }
}
