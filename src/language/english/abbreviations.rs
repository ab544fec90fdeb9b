//! What a full stop after an English word may be.

/// What the word before a full stop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Ends no sentence, a name follows: `Dr.`
    Title,
    /// Ends no sentence: `e.g.`
    Inner,
    /// Ends no sentence before a number: `Sept.`
    Numbered,
    /// The same, and a word elsewhere: `No.`
    Number,
    /// `J.`
    Initial,
    /// May end a sentence: `Inc.`, `U.S.`
    Abbreviation,
    /// `a.m.`
    HalfDay,
    /// Any other word.
    Word,
}

impl Stop {
    /// What a full stop after `token` is.
    pub(super) fn of(token: &str) -> Self {
        let word = token
            .rsplit(['-', '–', '—', '/', '('])
            .next()
            .unwrap_or(token);
        let mut letters = word.chars();
        let (first, second) = (letters.next(), letters.next());
        let Some(first) = first else {
            return Self::Word;
        };
        if second.is_none() && first.is_uppercase() {
            return Self::Initial;
        }
        if word.len() > LONGEST {
            return if is_dotted(word) {
                Self::Abbreviation
            } else {
                Self::Word
            };
        }
        let key = key(word.as_bytes());
        let listed = |table: Words| table.binary_search(&key).is_ok();
        let proper = first.is_uppercase();
        if listed(NUMBER) {
            Self::Number
        } else if proper && listed(TITLES) {
            Self::Title
        } else if listed(INNER) {
            Self::Inner
        } else if listed(HALF_DAYS) {
            Self::HalfDay
        } else if listed(NUMBERED) || proper && listed(MONTHS) {
            Self::Numbered
        } else if listed(ABBREVIATIONS) || proper && listed(PROPER) || is_dotted(word) {
            Self::Abbreviation
        } else {
            Self::Word
        }
    }
}

/// A table of words in small letters, sorted.
pub(super) type Words = &'static [u128];

/// Bytes of the longest word of a table.
const LONGEST: usize = 9;

/// The words of a table, each as one number that sorts as it does: a table is
/// asked for at every full stop.
pub(super) const fn words<const N: usize>(words: [&str; N]) -> [u128; N] {
    let mut keys = [0; N];
    let mut at = 0;
    while at < N {
        keys[at] = key(words[at].as_bytes());
        assert!(words[at].len() <= LONGEST && (at == 0 || keys[at - 1] < keys[at]));
        at += 1;
    }
    keys
}

const fn key(word: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    let mut at = 0;
    while at < word.len() {
        bytes[at] = word[at].to_ascii_lowercase();
        at += 1;
    }
    u128::from_be_bytes(bytes)
}

/// Whether `word`, in whatever case, is in `table`.
pub(super) fn listed(table: Words, word: &str) -> bool {
    word.len() <= LONGEST && table.binary_search(&key(word.as_bytes())).is_ok()
}

/// Letters with a full stop after each, or after each few: `U.S`, `Ph.D`, `B.Sc`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        })
        || matches!(
            word,
            "B.Sc" | "M.Sc" | "B.Com" | "M.Com" | "M.Phil" | "D.Phil"
        )
}

/// Before a name.
const TITLES: Words = &words([
    "addl", "adm", "adv", "amb", "asst", "atty", "barr", "bp", "brig", "capt", "cdr", "cmdr",
    "cmdre", "col", "cpl", "dr", "drs", "dy", "engr", "fr", "gen", "gov", "hon", "insp", "jt",
    "kh", "lt", "maj", "md", "messrs", "mlle", "mme", "moh", "mohd", "mr", "mrs", "ms", "msgr",
    "mst", "mt", "mx", "pres", "prof", "pvt", "rep", "reps", "rev", "rt", "sen", "sens", "sgt",
    "sk", "supt",
]);

/// Within a sentence; small Roman numerals as enumerators among them.
const INNER: Words = &words([
    "aka", "approx", "c.f", "ca", "cf", "e.g", "eg", "esp", "i.e", "ie", "ii", "iii", "incl", "iv",
    "ix", "nr", "n°", "resp", "sq", "v", "vi", "vii", "viii", "viz", "vs",
]);

/// Before a number.
const NUMBERED: Words = &words([
    "art", "arts", "bk", "ch", "chap", "chs", "cl", "eq", "ext", "fig", "figs", "fn", "nos", "op",
    "p", "para", "paras", "pg", "pp", "pt", "rs", "sec", "tk", "ver", "vol", "vols",
]);

/// Before a number, and a word of its own.
const NUMBER: Words = &words(["no"]);

/// Before a number, where they are capitalised.
const MONTHS: Words = &words([
    "apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar", "nov", "oct", "sep", "sept",
]);

/// Behind or within a name, and at the end of a sentence.
const ABBREVIATIONS: Words = &words([
    "al", "assn", "assoc", "ave", "avg", "bbl", "bldg", "blvd", "bros", "co", "corp", "cos", "cu",
    "dept", "depts", "dist", "div", "est", "etc", "ft", "govt", "hq", "hr", "hrs", "hwy", "inc",
    "inst", "int'l", "intl", "jr", "lb", "lbs", "llc", "ltd", "max", "mfg", "mg", "mgr", "min",
    "mins", "oz", "plc", "prev", "pty", "rd", "secy", "sqm", "sr", "st", "ste", "univ", "yrs",
]);

/// The same, where they are capitalised: days, states and provinces.
const PROPER: Words = &words([
    "ala", "alta", "ariz", "ark", "calif", "colo", "conn", "ct", "del", "esq", "fla", "fri", "ga",
    "ill", "ind", "kan", "ky", "la", "mass", "mich", "minn", "miss", "mo", "mon", "mont", "neb",
    "nev", "okla", "ont", "ore", "pa", "penn", "que", "sask", "sat", "sun", "tenn", "tex", "thu",
    "thurs", "tue", "tues", "va", "vt", "wash", "wed", "wis", "wisc", "wyo",
]);

const HALF_DAYS: Words = &words(["a.m", "p.m"]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_stop_is_told_by_its_word() {
        for (token, stop) in [
            ("Dr", Stop::Title),
            ("Md", Stop::Title),
            ("No", Stop::Number),
            ("Sept", Stop::Numbered),
            ("dec", Stop::Word),
            ("pro-U.S", Stop::Abbreviation),
            ("Ph.D", Stop::Abbreviation),
            ("(Pvt", Stop::Title),
            ("bssnews.net", Stop::Word),
            ("K", Stop::Initial),
            ("P.M", Stop::HalfDay),
            ("", Stop::Word),
        ] {
            assert_eq!(Stop::of(token), stop, "{token}");
        }
    }
}
