//! Where Bangla sentences end.
//!
//! The danda ends one wherever it stands, but between digits (`৩১।৩৩`) and before
//! an ending or a speaker that goes on behind the closing mark (`।’ বলেন তিনি`).
//! The full stop is the mark of abbreviations; there are no capitals to ask.

use crate::language::sentences::{self, Mark, Site, is_opening};

/// The rules of Bangla.
pub(super) struct Rules;

impl sentences::Rules for Rules {
    fn ends(&self, site: &Site<'_>) -> bool {
        if site.bracketed_alone() || site.parenthesis() {
            return false;
        }
        if site.glued() {
            return ends_glued(site);
        }
        if site.quote_closed && goes_on_after_quote(site) {
            return false;
        }
        match site.mark {
            Mark::Full | Mark::Call => true,
            // The sentence goes on more often than not, and nothing tells.
            Mark::Ellipsis => false,
            Mark::Stop => ends_at_stop(site),
        }
    }
}

/// A full stop, typed for a danda, after a word that is no abbreviation.
fn ends_at_stop(site: &Site<'_>) -> bool {
    let token = site.token();
    let word = token.rsplit(['-', '–', '/', '.']).next().unwrap_or(token);
    if token.ends_with(|c: char| c.is_ascii_alphabetic()) {
        // A Latin word of more than three letters is no abbreviation here.
        return !token.contains('.') && word.len() > 3;
    }
    if word.is_empty()
        || word.ends_with(char::is_numeric)
        || !site.opened().starts_with(sentences::is_word)
    {
        return false;
    }
    !is_abbreviation(word)
}

/// Whether a full stop after `word` is its own. Initials and abbreviations have
/// few letters; the verbs and the like that are as short are known.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().filter(|&c| is_letter(c)).count();
    letters <= 2 && !SHORT_ENDS.contains(&word)
        || ABBREVIATIONS.contains(&word)
        || LETTER_NAMES.contains(&word)
}

/// No space after the mark.
fn ends_glued(site: &Site<'_>) -> bool {
    let rest = site.after();
    let Some(next) = rest.chars().next() else {
        return false;
    };
    match site.mark {
        Mark::Stop | Mark::Ellipsis => false,
        _ if site.quote_closed || next == '"' => {
            let rest = rest.trim_start_matches('"');
            rest.starts_with(char::is_alphabetic)
                && !begins_with_ending(rest)
                && !goes_on_after_quote(site)
        }
        // A danda typed as a decimal point, a question mark in an address.
        _ if next.is_numeric() => !site.before().ends_with(char::is_numeric),
        Mark::Call => is_bangla(next) || is_opening(next),
        Mark::Full => next.is_alphabetic() || is_opening(next),
    }
}

/// An ending on a quotation: `।’র`, `?’কে`.
fn begins_with_ending(rest: &str) -> bool {
    let end = rest
        .find(|c: char| !is_letter(c) && !is_sign(c))
        .unwrap_or(rest.len());
    ENDINGS.contains(&&rest[..end])
}

/// Whether the sentence of a quotation goes on behind it with its speaker or with
/// what is said of it: `‘কেন?’ প্রশ্ন করেন তিনি।`, `‘…।’ রহিম বলেন।`
fn goes_on_after_quote(site: &Site<'_>) -> bool {
    let rest = site.after();
    if rest.starts_with(['—', '–', '-', ',', ';']) {
        return true;
    }
    if site.opened().len() != rest.len() {
        return false;
    }
    let mut words = words(rest);
    let Some(first) = words.next() else {
        return false;
    };
    if SAYS.contains(&first) || SAYING.contains(&first) {
        return true;
    }
    let second = words.next().unwrap_or_default();
    if ACTS.contains(&first) {
        return DOES.iter().any(|stem| second.starts_with(stem));
    }
    let about = matches!(first, "এমন" | "এমনই" | "এ" | "এই");
    if about
        && ACTS
            .iter()
            .chain(&WORDS)
            .any(|stem| second.starts_with(stem))
    {
        return site.mark == Mark::Call || first.starts_with("এমন");
    }
    speaker_alone(rest)
}

/// `রহিম বলেন।`: a speaker and a verb of saying, and nothing said.
fn speaker_alone(rest: &str) -> bool {
    const WORDS_READ: usize = 6;
    let (mut act, mut verb) = ("", "");
    for (count, word) in rest.split_whitespace().take(WORDS_READ).enumerate() {
        if let Some(last) = word.strip_suffix('।') {
            let made = ACTS.contains(&verb) && DOES.iter().any(|stem| last.starts_with(stem));
            return count > 0 && (SAYS.contains(&last) || made && !act.is_empty());
        }
        let name = word.strip_suffix('.').is_none_or(is_abbreviation);
        let name = name && word.chars().all(|c| is_bangla(c) || matches!(c, '.' | '-'));
        if !name || WORDS.iter().any(|said| word.starts_with(said)) {
            return false;
        }
        (act, verb) = (verb, word);
    }
    false
}

/// The words of the sentence that `rest` begins with.
fn words(rest: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| Mark::of(c).is_some() || c == '\n';
    let clause = &rest[..rest.find(ends).unwrap_or(rest.len())];
    clause
        .split_whitespace()
        .map(|word| word.trim_end_matches([',', ':', ';']))
}

fn is_bangla(c: char) -> bool {
    ('\u{0980}'..='\u{09FF}').contains(&c)
}

/// Letters, not the signs on them.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{0985}'..='\u{09B9}' | '\u{09CE}' | '\u{09DC}'..='\u{09DF}')
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{0981}'..='\u{0983}' | '\u{09BC}'..='\u{09CD}' | '\u{200D}')
}

/// Abbreviations of more than two letters.
const ABBREVIATIONS: &[&str] = &[
    "অধ্যা",
    "অ্যাড",
    "অ্যাডভো",
    "ইঞ্জি",
    "কর্ন",
    "ক্যাপ",
    "খ্রিষ্টা",
    "প্রকা",
    "প্রফে",
    "বঙ্গা",
    "ব্যারি",
    "ব্রিগে",
    "সম্পা",
];

/// The names of Latin letters that have more than two letters.
const LETTER_NAMES: &[&str] = &["এইচ", "এক্স", "ওয়াই", "ডব্লিউ", "ডব্লু"];

/// Words of one or two letters that sentences end with.
const SHORT_ENDS: &[&str] = &[
    "না",
    "নয়",
    "নেই",
    "হয়",
    "হবে",
    "যায়",
    "পায়",
    "চায়",
    "দেয়",
    "নেয়",
    "আছে",
    "করে",
    "ছিল",
    "হলো",
    "হল",
    "যাবে",
    "করা",
    "দেন",
    "নেন",
    "যান",
    "পান",
    "চান",
    "হন",
    "নন",
    "বলে",
    "বলেন",
    "করি",
    "চাই",
    "যাই",
    "পারে",
    "থাকে",
    "গেছে",
    "গেল",
    "হোক",
    "কম",
    "দিন",
    "জন",
    "টাকা",
    "মাস",
    "বছর",
    "আসে",
];

/// Endings that newsrooms set on a closed quotation.
const ENDINGS: &[&str] = &[
    "র",
    "এর",
    "ের",
    "য়ের",
    "কে",
    "তে",
    "এ",
    "ে",
    "য়",
    "টি",
    "টা",
    "ও",
    "ই",
    "সহ",
    "খ্যাত",
];

/// Verbs of saying, which follow a quotation and begin no sentence.
const SAYS: &[&str] = &[
    "বলেন",
    "বলেছেন",
    "বলেছিলেন",
    "বললেন",
    "বলছেন",
    "বলছিলেন",
    "বললো",
    "বলল",
    "বলেছে",
    "বলছে",
    "জানান",
    "জানিয়েছেন",
    "জানালেন",
    "লেখেন",
    "লিখেছেন",
    "লিখেন",
    "লিখেছিলেন",
];

/// What binds a quotation to the words after it.
const SAYING: &[&str] = &["বলে", "বলেও", "বলেই", "শীর্ষক", "শিরোনামে", "লেখা", "লিখে"];

/// Acts of speech, with [`DOES`].
const ACTS: [&str; 14] = [
    "প্রশ্ন",
    "মন্তব্য",
    "দাবি",
    "অভিযোগ",
    "উল্লেখ",
    "যোগ",
    "জানতে",
    "জিজ্ঞাসা",
    "জিজ্ঞেস",
    "চিৎকার",
    "আহ্বান",
    "ঘোষণা",
    "স্লোগান",
    "ব্যাখ্যা",
];

/// Stems of verbs that make an act of speech.
const DOES: [&str; 9] = ["কর", "তোল", "তুল", "রাখ", "ছুড়", "ছোড়", "চান", "চাই", "চেয়"];

/// What is said, as a noun.
const WORDS: [&str; 10] = [
    "কথা",
    "তথ্য",
    "খবর",
    "বক্তব্য",
    "বার্তা",
    "শিরোনাম",
    "লেখা",
    "পোস্ট",
    "উক্তি",
    "জবাব",
];
