//! `anubad glossary`: what a desk editor types and gets.

mod add;
mod exchange;
mod lint;
mod search;
mod suggest;
mod tbx;

use super::kit::Desk;

/// A house and a desk above it, and no base, so that a test knows every row.
const LAYERS: &str = "[glossaries]\nbase = false\nhouse = [\"house.tsv\"]\ndesk = [\"desk.tsv\"]\n";

const HOUSE: &str = "en\tbn\tkind\tnote\nDhaka\tঢাকা\tplace\n\
    Istanbul\tইস্তাম্বুল\tplace\t2026 style book\nceasefire\tযুদ্ধবিরতি\tterm\n";

const DESK: &str = "# Of the desk itself.\nen\tbn\tkind\ten_variants\tnote\nRana\tরানা\tperson\n";

/// A desk with both layers.
fn desk() -> Desk {
    Desk::with(&[
        ("pipeline.toml", LAYERS),
        ("house.tsv", HOUSE),
        ("desk.tsv", DESK),
    ])
}
