//! How fast a text is brought to its normal form.
//!
//! `clean` is what most texts are; `decomposed` needs an edit in every few words.

use anubad::language::{Language, profile};
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const BANGLA: &str = "রাজধানী ঢাকায় গতকাল সোমবার এক সভায় তিনি বলেন, ‘আমরা কাজ করছি।’ সভা ২৯ ডিসেম্বর হয়। ";
const ENGLISH: &str =
    "The minister said on Monday that “work is going on” in Dhaka and Chattogram. ";

fn text(of: &str) -> String {
    of.repeat((1 << 20) / of.len())
}

#[divan::bench]
fn clean_bangla(bencher: divan::Bencher) {
    run(bencher, Language::BANGLA, &text(BANGLA));
}

#[divan::bench]
fn clean_english(bencher: divan::Bencher) {
    run(bencher, Language::ENGLISH, &text(ENGLISH));
}

#[divan::bench]
fn decomposed_bangla(bencher: divan::Bencher) {
    let text = text(BANGLA)
        .replace('\u{9DF}', "\u{9AF}\u{9BC}")
        .replace('\u{9CB}', "\u{9C7}\u{9BE}");
    run(bencher, Language::BANGLA, &text);
}

fn run(bencher: divan::Bencher, language: Language, text: &str) {
    let profile = profile(language);
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| profile.repairs(divan::black_box(text)));
}
