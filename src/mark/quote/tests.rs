use super::*;

/// Opening marks as `<`, closing as `>`, unpaired as `!`, apostrophes as they are.
fn show(text: &str, run_on: bool) -> String {
    let quotes = pair(text, &[], run_on);
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        // The second half of a mark of two glyphs.
        if (quotes.marks.iter()).any(|m| m.span.start() < at && at < m.span.end()) {
            continue;
        }
        if let Some(m) = quotes.marks.iter().find(|m| m.span.start() == at) {
            out.push(if m.edge == Edge::Open { '<' } else { '>' });
        } else if quotes.unpaired.iter().any(|s| s.span.start() == at) {
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

/// What reporters type: spaces lost and doubled, marks that point the wrong way,
/// two single marks for a double one, apostrophes inside speech.
#[test]
fn marks_as_they_are_typed() {
    let table = [
        // From pages whose paragraphs were run together.
        (
            "by an uprising.\"We need calm,\" he told us.But he warned.\"No more.\"",
            "by an uprising.<We need calm,> he told us.But he warned.<No more.>",
        ),
        (
            "\"It was destroyed\".Rahman said \"no\"",
            "<It was destroyed>.Rahman said <no>",
        ),
        ("the U.S.'s role", "the U.S.'s role"),
        // Spaces inside the marks.
        ("he said that, \" It is so\"", "he said that, < It is so>"),
        (
            "\"এটা পরিকল্পিত \" লিখেছেন তিনি। \" না \"",
            "<এটা পরিকল্পিত > লিখেছেন তিনি। < না >",
        ),
        // Two single marks.
        ("''It is so.''", "<It is so.>"),
        ("He said, ''It's so,'' twice", "He said, <It's so,> twice"),
        ("‘‘আমরা যাব।’’", "<আমরা যাব।>"),
        (
            "\"সে কারণে এত প্রতিক্রিয়া,'' বলেন তিনি",
            "<সে কারণে এত প্রতিক্রিয়া,> বলেন তিনি",
        ),
        ("‘তিনি ‘না’’ বলেন", "<তিনি <না>> বলেন"),
        // The wrong glyph.
        (
            "\"He will by 2041,“ he added",
            "<He will by 2041,> he added",
        ),
        ("”He told them,” it said", "<He told them,> it said"),
        // Apostrophes while a quotation is open.
        (
            "‘It was in two days' time,’ he said",
            "<It was in two days' time,> he said",
        ),
        (
            "‘We support the workers’ cause,’ she said",
            "<We support the workers’ cause,> she said",
        ),
        ("‘বিটিএমএ’র সবাই আসবেন।’", "<বিটিএমএ’র সবাই আসবেন।>"),
        ("‘ভাই’য়ের ‘বোন’কে", "<ভাই>য়ের <বোন>কে"),
        ("দুই দেশের 'লড়াই'য়ের পর", "দুই দেশের <লড়াই>য়ের পর"),
        // Years and numbers.
        (
            "'৭১-র ১৬ই ডিসেম্বর ও '৯০এর আন্দোলন",
            "'৭১-র ১৬ই ডিসেম্বর ও '৯০এর আন্দোলন",
        ),
        ("‘17 years later,’ he said", "<17 years later,> he said"),
        ("‘১৬ ডিসেম্বর’ দিবস", "<১৬ ডিসেম্বর> দিবস"),
    ];
    for (text, expected) in table {
        assert_eq!(show(text, false), expected, "{text}");
    }
}

#[test]
fn marks_are_read_as_they_have_to_be() {
    use Edge::{Close, Open};
    let table: [(&str, &[Edge], bool); 7] = [
        ("বাংলাদেশ’ বলেন তিনি", &[Close], true),
        ("বাংলাদেশ’, বলেন তিনি", &[Close], true),
        ("‘বিটিএমএ’র এই সদস্য", &[Open], true),
        ("‘বিটিএমএ’র এই সদস্য", &[Open, Close], true),
        ("“The workers’ cause, he said", &[Open, Close], false),
        ("“The workers’ cause, he said", &[Open], true),
        ("‘না’ বলেন", &[Close, Open], false),
    ];
    for (text, edges, is_read) in table {
        assert_eq!(read(text, edges).is_some(), is_read, "{text}");
    }
}

#[test]
fn a_quotation_that_the_next_paragraph_closes_is_joined() {
    let mut first = pair("He said “yes”. “It is ‘so’.", &[], false);
    let mut second = pair("And ‘more’,” he said. “Yes.”", &[], false);
    join(&mut first, &mut second);
    assert_eq!((first.unpaired.len(), second.unpaired.len()), (0, 0));
    let depths = |quotes: &Quotes| quotes.marks.iter().map(|m| m.depth).collect::<Vec<_>>();
    assert_eq!(depths(&first), [0, 0, 0, 1, 1]);
    assert_eq!(depths(&second), [1, 1, 0, 0, 0]);
    // What opens last and what closes first have to be of one kind.
    let (before, mut first) = (pair("‘It is", &[], false), pair("‘It is", &[], false));
    join(&mut first, &mut pair("so,” he said", &[], false));
    assert_eq!(first, before);
}

#[test]
fn quotations_are_found_whole() {
    let table: [(&str, &[&str]); 5] = [
        ("He said “no” and “yes”.", &["“no”", "“yes”"]),
        ("“He said ‘no’ twice”", &["“He said ‘no’ twice”", "‘no’"]),
        ("He said “it goes on", &["“it goes on"]),
        ("and ends here” he said", &["and ends here”"]),
        ("nobody's", &[]),
    ];
    for (text, expected) in table {
        let found: Vec<&str> = spans(text).iter().map(|&[a, b]| &text[a..b]).collect();
        assert_eq!(found, expected, "{text}");
    }
}
