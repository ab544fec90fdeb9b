//! How fast case endings, written dates, datelines and titles are handled.
//! Run with `cargo bench --bench language_forms`.

use anubad::article::dateline;
use anubad::language::bangla::endings;
use anubad::language::date::DateStyle;
use anubad::language::{Case, Ending, Language, Pair, profile};
use anubad::mark::title;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const WORDS: [&str; 8] = [
    "ঢাকায়",
    "ট্রাম্পের",
    "দলগুলোকেই",
    "বিএনপিরও",
    "দুবাইয়ে",
    "কর্মকর্তাদের",
    "রয়টার্সকে",
    "নির্বাচন",
];

#[divan::bench]
fn endings_stripped(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(WORDS.len()))
        .bench(|| WORDS.map(|word| endings::strip(black_box(word)).len()));
}

#[divan::bench]
fn endings_joined(bencher: Bencher) {
    let genitive = Ending::case(Case::Genitive);
    let bangla = profile(Language::BANGLA);
    bencher
        .counter(ItemsCount::new(WORDS.len()))
        .bench(|| WORDS.map(|stem| bangla.attach(black_box(stem), &genitive)));
}

const DATED: [(Language, Language, &str); 2] = [
    (
        Language::ENGLISH,
        Language::BANGLA,
        "on Thursday (December 25) at 10:30am, April 10, 2025, 12–15 March, 0430 GMT",
    ),
    (
        Language::BANGLA,
        Language::ENGLISH,
        "বৃহস্পতিবার (২৫ ডিসেম্বর) সকাল সাড়ে ১০টায়, ১০ এপ্রিল ২০২৫, ২২-২৪ সেপ্টেম্বর, রাত আড়াইটা",
    ),
];

#[divan::bench(args = [0, 1])]
fn dates_read_and_written(bencher: Bencher, which: usize) {
    let (from, to, text) = DATED[which];
    let style = DateStyle::default();
    bencher.counter(ItemsCount::new(5_usize)).bench(|| {
        profile(from)
            .dates(black_box(text))
            .iter()
            .map(|one| profile(to).write_moment(&one.value, &style).len())
            .sum::<usize>()
    });
}

const DATELINES: [&str; 3] = [
    "ISTANBUL, April 10, 2025 (BSS/AFP)- Russian and US teams were set to meet on Thursday.",
    "ঢাকা, ১০ এপ্রিল, ২০২৫ (বাসস) : রাশিয়া ও যুক্তরাষ্ট্রের প্রতিনিধিরা বৃহস্পতিবার বৈঠকে বসছেন।",
    "The two sides were set to meet on Thursday in Istanbul, the foreign ministry said.",
];

#[divan::bench(args = [0, 1, 2])]
fn dateline_parsed(bencher: Bencher, which: usize) {
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| dateline::parse(black_box(DATELINES[which])));
}

const TITLED: &str = "President Donald Trump and Indian President Droupadi Murmu met the president of the club, \
    while Dr Rahman, a physician of Dhaka Medical College Hospital, told reporters that he was well. ";

#[divan::bench]
fn titles_found(bencher: Bencher) {
    let text = TITLED.repeat(20);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| title::find(black_box(&text), Pair::EN_BN).len());
}
