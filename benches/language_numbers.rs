//! How fast numbers and dates are found. Run with `cargo bench --bench language_numbers`.

use anubad::language::{Language, profile};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const ENGLISH: &str = "The central bank said on Thursday (December 25) that reserves stood at $31.89b, \
    up from $26.39 billion a year earlier, while the governor spoke at length about the plans that \
    lenders have made for the months ahead and about how their boards look at them. About 1.1 million \
    families in 64 districts were paid Tk 2,500 each by 10:30am on April 10, 2025, officials added. ";

const BANGLA: &str = "কেন্দ্রীয় ব্যাংক বৃহস্পতিবার (২৫ ডিসেম্বর) জানায়, রিজার্ভ দাঁড়িয়েছে ৩১ দশমিক ৮৯ বিলিয়ন ডলারে। \
    গভর্নর ব্যাংকগুলোর আগামী কয়েক মাসের পরিকল্পনা এবং পরিচালকদের মতামত নিয়ে দীর্ঘ সময় কথা বলেন। \
    ৬৪ জেলার ১১ লাখ পরিবারকে সকাল সাড়ে ১০টার মধ্যে ২ হাজার ৫০০ টাকা করে দেওয়া হয়েছে। ";

const CASES: [(&str, Language, &str); 2] = [
    ("english", Language::ENGLISH, ENGLISH),
    ("bangla", Language::BANGLA, BANGLA),
];

fn case(name: &str) -> (Language, String) {
    let (_, language, text) = CASES
        .into_iter()
        .find(|(case, ..)| *case == name)
        .unwrap_or(CASES[0]);
    (language, text.repeat(200))
}

#[divan::bench(args = ["english", "bangla"])]
fn numbers(bencher: Bencher, name: &str) {
    let (language, text) = case(name);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| profile(language).numbers(&text));
}

#[divan::bench(args = ["english", "bangla"])]
fn dates(bencher: Bencher, name: &str) {
    let (language, text) = case(name);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| profile(language).dates(&text));
}
