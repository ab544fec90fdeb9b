use super::*;

/// Opening marks as `<`, closing as `>`, unpaired as `!`, apostrophes as they are.
fn show(text: &str, run_on: bool) -> String {
    let quotes = pair(text, &[], run_on);
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        if let Some(m) = quotes.marks.iter().find(|m| m.span.start() == at) {
            out.push(if m.edge == Edge::Open { '<' } else { '>' });
        } else if quotes.unpaired.iter().any(|s| s.start() == at) {
            out.push('!');
        } else {
            out.push(c);
        }
    }
    out
}

#[test]
fn marks_pair_and_apostrophes_stay() {
    let table = [
        (
            "\"There are no issues,\" she said.",
            "<There are no issues,> she said.",
        ),
        (
            "will \"try to make progress,\" Bruce told",
            "will <try to make progress,> Bruce told",
        ),
        (
            "has been \"seized\", including",
            "has been <seized>, including",
        ),
        (
            "“He said ‘no’ twice,” she said",
            "<He said <no> twice,> she said",
        ),
        (
            "„Er sagte ‚nein‘“, sagte sie",
            "<Er sagte <nein>>, sagte sie",
        ),
        ("「『はい』」と言った", "<<はい>>と言った"),
        (
            "don't stop the ministers' talks",
            "don't stop the ministers' talks",
        ),
        (
            "the ministers’ talks and Trump’s return",
            "the ministers’ talks and Trump’s return",
        ),
        ("'It won't work,' he said", "<It won't work,> he said"),
        ("তিনি বলেন, ‘আমরা যাব।’", "তিনি বলেন, <আমরা যাব।>"),
        ("‘ট্রুথ সোশ্যাল’-এ এবং ‘সেতু’র", "<ট্রুথ সোশ্যাল>-এ এবং <সেতু>র"),
        ("‘তিনি “না” বলেন।’", "<তিনি <না> বলেন।>"),
        (
            "in the '90s he was 6'2\" tall",
            "in the '90s he was 6'2\" tall",
        ),
        ("\"Why?\" he asked. \"Now!\"", "<Why?> he asked. <Now!>"),
        ("(\"so-called\")", "(<so-called>)"),
        ("«Да», сказал", "<Да>, сказал"),
        ("“‘Come,’ he said,” she said", "<<Come,> he said,> she said"),
        ("একশ' মানুষ, পাঁচশ’ টাকা", "একশ' মানুষ, পাঁচশ’ টাকা"),
        ("a stray \" in the text", "a stray ! in the text"),
    ];
    for (text, expected) in table {
        assert_eq!(show(text, false), expected, "{text}");
    }
}

#[test]
fn a_quotation_may_run_on_into_the_next_paragraph() {
    assert_eq!(show("He said: “First.", true), "He said: <First.");
    assert_eq!(show("He said: “First.", false), "He said: !First.");
    assert_eq!(pair("“Second,” he said. “Third.", &[], true).runs_on, 1);
}

proptest::proptest! {
    #[test]
    fn never_panics_and_marks_are_balanced(text in "[ab ক'’‘“”\".,া-]{0,30}") {
        let quotes = pair(&text, &[], false);
        let mut depth = 0i32;
        for mark in &quotes.marks {
            depth += if mark.edge == Edge::Open { 1 } else { -1 };
            proptest::prop_assert!(depth >= 0);
        }
        proptest::prop_assert_eq!(depth, 0);
    }
}

/// Each way in which news quotes, with the marks that papers use for it.
#[test]
fn every_kind_of_quotation_is_told() {
    let table = [
        // Nesting, three deep, and straight marks inside straight marks.
        (
            "“I heard ‘the man said “run” to us’ twice,” he said",
            "<I heard <the man said <run> to us> twice,> he said",
        ),
        (
            "\"He told me 'no' and left,\" she said",
            "<He told me <no> and left,> she said",
        ),
        (
            "\"'Come,' he said,\" she recalled",
            "<<Come,> he said,> she recalled",
        ),
        (
            "‘তিনি বলেন, “আমি ‘না’ বলেছি।”’",
            "<তিনি বলেন, <আমি <না> বলেছি।>>",
        ),
        // Several sentences in one pair, and speech that is interrupted.
        (
            "“We came. We saw. We left,” he said",
            "<We came. We saw. We left,> he said",
        ),
        (
            "“We came,” he said, “and we left.”",
            "<We came,> he said, <and we left.>",
        ),
        // One word, and words that go on with the reporter's sentence.
        (
            "the so-called ‘reform’ of the court",
            "the so-called <reform> of the court",
        ),
        (
            "called it “a step back” for the “poor” of Dhaka",
            "called it <a step back> for the <poor> of Dhaka",
        ),
        ("একে ‘প্রহসন’ বলে আখ্যা দেন", "একে <প্রহসন> বলে আখ্যা দেন"),
        // Titles of works, with an apostrophe in them.
        (
            "the film ‘Nobody’s Child’ and the book \"Ulysses\"",
            "the film <Nobody’s Child> and the book <Ulysses>",
        ),
        ("‘পথের পাঁচালী’ ছবির ‘অপু’", "<পথের পাঁচালী> ছবির <অপু>"),
        // Apostrophes of every kind.
        (
            "O'Brien’s ‘plan’ for rock 'n' roll in '71",
            "O'Brien’s <plan> for rock 'n' roll in '71",
        ),
        ("‘It’s ours,’ he said", "<It’s ours,> he said"),
        (
            "the workers' strike and the “workers’ rights” bill",
            "the workers' strike and the <workers’ rights> bill",
        ),
        // Feet, inches and minutes, beside speech.
        (
            "a 5'4\" man said \"no\" twice",
            "a 5'4\" man said <no> twice",
        ),
        (
            "6′2″ and 40°12′ are no speech",
            "6′2″ and 40°12′ are no speech",
        ),
        // Low marks and guillemets.
        ("„Komm“, sagte er", "<Komm>, sagte er"),
        ("„Kom” zei hij", "<Kom> zei hij"),
        (
            "« Oui, dit-il, ‹ peut-être ›. »",
            "< Oui, dit-il, < peut-être >. >",
        ),
        // What does not pair is told, and does not take the others with it.
        (
            "He said \"yes\" and \"no to it",
            "He said <yes> and !no to it",
        ),
        ("‘এক’ এবং “দুই", "<এক> এবং !দুই"),
        ("It ended.” Then “more” came", "It ended.! Then <more> came"),
    ];
    for (text, expected) in table {
        assert_eq!(show(text, false), expected, "{text}");
    }
}

/// Each paragraph opens the quotation again, and only the last closes it.
#[test]
fn a_quotation_is_reopened_and_closed_once() {
    assert_eq!(show("“First paragraph.", true), "<First paragraph.");
    assert_eq!(
        show("“Second, with ‘one’ inside.", true),
        "<Second, with <one> inside."
    );
    assert_eq!(show("“Third,” he said.", false), "<Third,> he said.");
    let open = pair("‘প্রথম অনুচ্ছেদ।", &[], true);
    assert_eq!((open.marks.len(), open.runs_on), (1, 1));
    assert_eq!(open.unpaired, []);
}
