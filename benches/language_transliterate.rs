//! Names rendered a second, and how long a table takes to load.

use anubad::language::transliterate::{Knowledge, Transliterator};
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const ENGLISH: [&str; 8] = [
    "Tammy Bruce",
    "Alexander Darchiev",
    "Sheikh Hasina",
    "Volodymyr Zelensky",
    "Christine Lagarde",
    "Rezaul Karim",
    "Mirza Fakhrul Islam Alamgir",
    "Jacinda Ardern",
];
const BANGLA: [&str; 8] = [
    "ট্যামি ব্রুস",
    "আলেকজান্ডার দারচিয়েভ",
    "শেখ হাসিনা",
    "ভলোদিমির জেলেনস্কি",
    "ক্রিস্টিন লাগার্দ",
    "রেজাউল করিম",
    "মির্জা ফখরুল ইসলাম আলমগীর",
    "জাসিন্ডা আরডার্ন",
];

#[divan::bench(args = [1, 5])]
fn into_bangla(bencher: divan::Bencher, n: usize) {
    let with = Transliterator::english_to_bangla();
    bencher
        .counter(ItemsCount::new(ENGLISH.len()))
        .bench(|| ENGLISH.map(|name| with.candidates(name, n)));
}

#[divan::bench(args = [1, 5])]
fn into_english(bencher: divan::Bencher, n: usize) {
    let with = Transliterator::bangla_to_english();
    bencher
        .counter(ItemsCount::new(BANGLA.len()))
        .bench(|| BANGLA.map(|name| with.candidates(name, n)));
}

#[divan::bench]
fn score() -> f64 {
    Transliterator::english_to_bangla().score("Alexander Darchiev", "আলেকজান্ডার দারচিয়েভ")
}

#[divan::bench]
fn load() -> bool {
    Transliterator::with_knowledge(true, Knowledge::Full).is_ok()
}
