//! How fast a glossary of 100,000 entries is compiled, and how fast a text is
//! searched with it.
//!
//! Entries are made of syllables, so that they share beginnings and endings as
//! names do. `news` is a text of common words in which one word in ten begins an
//! entry; in `hard` all other words are made of the syllables of the entries too,
//! and most begin one without being one.

#![allow(clippy::format_push_string, reason = "speed is measured elsewhere")]

use anubad::glossary::{Glossary, Layer};
use anubad::language::Pair;
use divan::counter::{BytesCount, ItemsCount};

const ENTRIES: usize = 100_000;
const TEXT_BYTES: usize = 1 << 18;
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

const ENGLISH: &[&str] = &[
    "ba", "bar", "ka", "kha", "chi", "da", "dha", "fer", "ga", "ha", "hos", "is", "ja", "jan",
    "ki", "lam", "ma", "mud", "mo", "na", "nur", "pur", "ra", "rah", "ri", "sa", "shi", "ta", "ul",
    "uz", "va", "zi",
];
const BANGLA: &[&str] = &[
    "বা",
    "বর",
    "কা",
    "খা",
    "চি",
    "দা",
    "ঢা",
    "ফের",
    "গা",
    "হা",
    "হোস",
    "ইস",
    "জা",
    "জন",
    "কি",
    "লাম",
    "মা",
    "মুদ",
    "মো",
    "না",
    "নুর",
    "পুর",
    "রা",
    "রহ",
    "রি",
    "সা",
    "শি",
    "তা",
    "উল",
    "উজ",
    "ভা",
    "জি",
];

/// Common words of daily news.
const COMMON: [&str; 2] = [
    "the a of in on at said that government officials according to their people have been after \
     elections police report during yesterday would political country million percent development \
     international announced meeting against between several including authorities However There",
    "এই করে থেকে জন্য হয়েছে সরকার তিনি বলেন যে নির্বাচন পুলিশ মানুষ দেশের বিভিন্ন গতকাল সভায় \
     কর্মকর্তারা জানান আন্তর্জাতিক উন্নয়ন প্রতিবেদন অনুযায়ী হাজার লাখ টাকা সময় বিরুদ্ধে কাজ মধ্যে \
     এবং রাজনৈতিক আগামী বছর শিক্ষার্থীদের অভিযোগ আদালতে প্রথম অনুষ্ঠিত পরিস্থিতি",
];

fn main() {
    divan::main();
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n
    }

    fn word(&mut self, syllables: &[&str]) -> String {
        (0..2 + self.below(3))
            .map(|_| syllables[self.below(syllables.len())])
            .collect()
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Names of one to three words, most of them two.
fn names() -> Vec<[String; 2]> {
    let mut dice = Dice(7);
    let name = |dice: &mut Dice| {
        let words = [1, 2, 2, 2, 3][dice.below(5)];
        let english: Vec<String> = (0..words)
            .map(|_| capitalised(&dice.word(ENGLISH)))
            .collect();
        let bangla: Vec<String> = (0..words).map(|_| dice.word(BANGLA)).collect();
        [english.join(" "), bangla.join(" ")]
    };
    (0..ENTRIES).map(|_| name(&mut dice)).collect()
}

fn layer() -> Layer {
    let mut table = String::from("en\tbn\tkind\n");
    for [english, bangla] in names() {
        table.push_str(&format!("{english}\t{bangla}\tperson\n"));
    }
    Layer::of_text("bench", "bench.tsv", table)
}

/// Words with an entry among every ten, the others made by `filler`.
fn text(language: usize, mut filler: impl FnMut(&mut Dice) -> String) -> String {
    let names = names();
    let mut dice = Dice(11);
    let mut text = String::with_capacity(TEXT_BYTES + 64);
    while text.len() < TEXT_BYTES {
        if dice.below(10) == 0 {
            text.push_str(&names[dice.below(names.len())][language]);
        } else {
            text.push_str(&filler(&mut dice));
        }
        text.push_str([" ", " ", " ", ", "][dice.below(4)]);
    }
    text
}

fn news(language: usize) -> String {
    let common: Vec<&str> = COMMON[language].split_whitespace().collect();
    text(language, |dice| common[dice.below(common.len())].to_owned())
}

fn hard(language: usize) -> String {
    text(language, |dice| dice.word([ENGLISH, BANGLA][language]))
}

#[divan::bench(sample_count = 10)]
fn compile(bencher: divan::Bencher) {
    let layers = [layer()];
    bencher
        .counter(ItemsCount::new(ENTRIES))
        .bench(|| Glossary::load(&layers, TODAY));
}

#[divan::bench]
fn news_english(bencher: divan::Bencher) {
    search(bencher, Pair::EN_BN, &news(0));
}

#[divan::bench]
fn news_bangla(bencher: divan::Bencher) {
    search(bencher, Pair::BN_EN, &news(1));
}

#[divan::bench]
fn hard_english(bencher: divan::Bencher) {
    search(bencher, Pair::EN_BN, &hard(0));
}

#[divan::bench]
fn hard_bangla(bencher: divan::Bencher) {
    search(bencher, Pair::BN_EN, &hard(1));
}

/// Real articles, where they are at hand, with the base layer under the names.
#[divan::bench(args = ["en", "bn"])]
fn articles(bencher: divan::Bencher, language: &str) {
    let shared = std::env::var("ANUBAD_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let Ok(folder) = std::fs::read_dir(format!("{shared}/data/articles/{language}")) else {
        eprintln!("skipped: no articles under {shared}");
        return;
    };
    let texts: Vec<String> = folder
        .filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok())
        .collect();
    let pair = if language == "en" {
        Pair::EN_BN
    } else {
        Pair::BN_EN
    };
    let glossary = Glossary::load(&[Layer::embedded(), layer()], TODAY).expect("sound tables");
    bencher
        .counter(BytesCount::new(
            texts.iter().map(String::len).sum::<usize>(),
        ))
        .bench(|| {
            texts
                .iter()
                .map(|t| glossary.find(pair, t).len())
                .sum::<usize>()
        });
}

fn search(bencher: divan::Bencher, pair: Pair, text: &str) {
    let glossary = Glossary::load(&[layer()], TODAY).expect("the table is sound");
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| glossary.find(pair, divan::black_box(text)));
}
