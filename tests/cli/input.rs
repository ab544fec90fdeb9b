//! Articles that are no articles: each a clear message, and the others go on.

use super::kit::{BANGLA, Desk, ECHO, ENGLISH};

#[test]
fn bytes_that_are_no_article_are_named() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/good.txt", ENGLISH)]);
    for (name, bytes, message) in [
        ("empty.txt", &b""[..], "the file is empty"),
        ("bom.txt", b"\xEF\xBB\xBF", "the file is empty"),
        ("blank.txt", b" \r\n\t\n", "the file holds white space only"),
        ("nul.txt", b"Dhaka\0", "byte 5 is a NUL"),
        (
            "latin1.txt",
            b"caf\xE9 society",
            "byte 0xE9 at offset 3 is not UTF-8",
        ),
        ("half.txt", b"\xFF\xFEa", "the file begins as UTF-16"),
        ("tail.txt", b"Most Viewed\n\nLatest\n\n1\n", "navigation"),
    ] {
        desk.write(&format!("in/{name}"), bytes);
        let outcome = desk.anubad(&["run", "-q"]).ends(2);
        let named = format!("anubad: in/{name}: ");
        outcome.says(&[&named, message]);
        assert!(desk.path("out/good.bn.txt").is_file(), "the others go on");
        std::fs::remove_file(desk.path(&format!("in/{name}"))).unwrap();
        std::fs::remove_dir_all(desk.path("out")).unwrap();
    }
}

#[test]
fn other_encodings_and_line_ends_are_read() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", BANGLA)]);
    let utf16 = |text: &str, mark: [u8; 2], unit: fn(u16) -> [u8; 2]| {
        let mut bytes = mark.to_vec();
        bytes.extend(text.encode_utf16().flat_map(unit));
        bytes
    };
    desk.write("in/le.txt", utf16(BANGLA, [0xFF, 0xFE], u16::to_le_bytes));
    desk.write("in/be.txt", utf16(BANGLA, [0xFE, 0xFF], u16::to_be_bytes));
    desk.write(
        "in/crlf.txt",
        format!("\u{feff}{}", BANGLA.replace('\n', "\r\n")),
    );
    desk.anubad(&["run"]).ends(0);
    for name in ["le", "be", "crlf"] {
        assert_eq!(
            desk.read(&format!("out/{name}.en.txt")),
            desk.read("out/a.en.txt")
        );
    }
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_unread() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("in/dump.txt", ""),
    ]);
    let dump = std::fs::File::options()
        .write(true)
        .open(desk.path("in/dump.txt"))
        .unwrap();
    dump.set_len(50_000_000).unwrap();
    desk.anubad(&["run"])
        .ends(2)
        .says(&[
            "in/dump.txt has 50000000 bytes",
            "limit of 16777216",
            "split it",
        ])
        .prints(&["1 article written"]);
    desk.write("pipeline.toml", format!("{ECHO}max_bytes = 100\n"));
    desk.anubad(&["run", "--force"])
        .ends(1)
        .says(&["in/a.txt has ", "limit of 100"]);
    // A stream has no size beforehand.
    desk.anubad_fed(&["translate"], ENGLISH)
        .ends(1)
        .says(&["standard input has 101 bytes or more"]);
}

#[test]
fn languages_that_are_not_covered_are_told() {
    let hindi = "सरकार ने गुरुवार को कहा कि नई सड़क का काम अगले महीने शुरू होगा और साल के अंत तक पूरा होगा।\n";
    let desk = Desk::with(&[
        ("hindi.txt", hindi),
        ("digits.txt", "12 345 6789\n"),
        ("a.txt", ENGLISH),
    ]);
    desk.anubad(&[
        "translate",
        "--provider=echo",
        "hindi.txt",
        "digits.txt",
        "a.txt",
    ])
    .ends(2)
    .says(&[
        "hindi.txt: it is in `hi`",
        "digits.txt: its language cannot be told",
    ]);
}
