//! The English phrases that may be names or terms.

use std::collections::HashSet;

use super::Unit;
use super::words::{Word, words};
use crate::glossary::lint::is_ordinary_english;
use crate::glossary::{Glossary, Kind, Match};
use crate::language::Pair;

/// Words of the longest name and of the longest term.
const LONGEST: usize = 6;
const LONGEST_TERM: usize = 3;
/// Fewest words of a unit of which it is asked whether all begin with capitals.
const HEADLINE: usize = 5;

/// How the words of all units are written.
pub(super) struct Vocabulary {
    /// Words that stand somewhere in small letters.
    small: HashSet<String>,
    /// Words that persons of the glossary are called: Rahman, Islam.
    persons: HashSet<String>,
}

impl Vocabulary {
    pub(super) fn of(units: &[Unit], glossary: &Glossary) -> Self {
        let mut small = HashSet::new();
        for unit in units {
            for word in words(&unit.english) {
                if word.text.starts_with(char::is_lowercase) {
                    small.insert(word.text.to_owned());
                }
            }
        }
        let persons = glossary
            .entries(Pair::EN_BN)
            .filter(|entry| entry.kind == Kind::Person)
            .flat_map(|entry| words(&entry.source))
            .filter(|word| word.text.starts_with(char::is_uppercase) && !is_letters(word.text))
            .map(|word| word.text.to_owned())
            .collect();
        Self { small, persons }
    }

    /// Whether persons of the glossary have `word` in their names.
    fn is_of_a_person(&self, word: &str) -> bool {
        self.persons.contains(word)
    }

    /// Whether `word` is no name by itself: written in small letters elsewhere, or
    /// one that everybody uses.
    fn is_everyday(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        self.small.contains(&small) || is_grammar(&small) || is_ordinary_english(&small)
    }

    /// Whether the capital of `word` says that it is a name.
    fn tells_a_name(&self, word: &Word<'_>) -> bool {
        if !word.text.starts_with(char::is_uppercase) {
            return false;
        }
        let small = word.text.to_lowercase();
        if is_grammar(&small) {
            return false;
        }
        // A capital at the start of a sentence says nothing of a word that is small elsewhere.
        !(word.first && self.small.contains(&small))
    }
}

/// A phrase that may be an entry.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) text: String,
    /// Whether its words begin with capitals.
    pub(super) is_name: bool,
    /// Whether it stands where no sentence begins.
    pub(super) is_inside: bool,
    /// Whether no word beside it belongs to the same name.
    pub(super) is_whole: bool,
    /// Whether some word of it stands elsewhere in small letters, or is an everyday one.
    pub(super) has_everyday_word: bool,
    /// Whether some word of it is part of the name of a person whom the glossary knows.
    pub(super) has_word_of_a_person: bool,
    /// Whether a title stands before it.
    pub(super) after_title: bool,
    /// Whether `in`, `at` or `from` stands before it.
    pub(super) after_place_word: bool,
}

/// What all occurrences of a phrase say of what it is.
#[derive(Debug, Default)]
pub(super) struct Cues {
    pub(super) is_name: bool,
    pub(super) is_inside: bool,
    /// Whether it stands somewhere as a whole name.
    pub(super) is_whole: bool,
    /// Whether some word of it is an everyday one.
    has_everyday_word: bool,
    has_word_of_a_person: bool,
    after_title: usize,
    after_place_word: usize,
    count: usize,
}

impl Cues {
    pub(super) fn add(&mut self, candidate: &Candidate) {
        self.is_name |= candidate.is_name;
        self.is_inside |= candidate.is_inside;
        self.is_whole |= candidate.is_whole;
        self.has_everyday_word |= candidate.has_everyday_word;
        self.has_word_of_a_person |= candidate.has_word_of_a_person;
        self.after_title += usize::from(candidate.after_title);
        self.after_place_word += usize::from(candidate.after_place_word);
        self.count += 1;
    }

    /// What `text` seems to name. Only what is fairly certain is made a name, which
    /// is always obeyed; the rest is a term, which is a hint.
    pub(super) fn kind(&self, text: &str, sounds_alike: bool) -> Kind {
        let words: Vec<&str> = text.split([' ', '-']).collect();
        let last = words.last().copied().unwrap_or_default();
        let is_acronym = text.len() > 1 && !text.contains(char::is_lowercase);
        if !self.is_name {
            Kind::Term
        } else if is_acronym || words.iter().any(|word| BODIES.contains(word)) {
            Kind::Organisation
        } else if PLACES.contains(&last) {
            Kind::Place
        } else if self.has_everyday_word || !sounds_alike {
            Kind::Term
        } else if words.len() > 1 && (self.after_title > 0 || self.has_word_of_a_person) {
            Kind::Person
        } else if self.count > 1 && self.after_place_word * 2 > self.count {
            Kind::Place
        } else {
            Kind::Term
        }
    }
}

/// The phrases of `text` that may be entries; none lies wholly in what `known` covers,
/// and none reaches over a title or a term of it.
pub(super) fn candidates(
    text: &str,
    known: &[Match<'_>],
    vocabulary: &Vocabulary,
) -> Vec<Candidate> {
    let words = words(text);
    let of_word = |word: &Word<'_>| {
        let mut spans = known.iter();
        spans.find(|m| m.span.start() <= word.start && word.start < m.span.end())
    };
    let capitals = words
        .iter()
        .filter(|w| w.text.starts_with(char::is_uppercase))
        .count();
    // In a headline that has capitals throughout they say nothing.
    let is_headline = words.len() >= HEADLINE && capitals * 10 > words.len() * 7;
    let mut found = Vec::new();
    for from in 0..words.len() {
        let mut is_all_known = true;
        for to in from + 1..=words.len().min(from + LONGEST) {
            let span = &words[from..to];
            let Some(last) = span.last() else { break };
            if span.len() > 1 && !last.joined || last.text.chars().any(|c| c.is_ascii_digit()) {
                break;
            }
            let entry = of_word(last).map(|m| m.entry.kind);
            if matches!(entry, Some(Kind::Title | Kind::Term | Kind::Person)) {
                break;
            }
            is_all_known &= entry.is_some();
            if is_all_known {
                continue;
            }
            let is_everyday = |word: &Word<'_>| vocabulary.is_everyday(word.text);
            let is_name = is_name(text, span, vocabulary)
                && !is_headline
                // One word of many people's names is no entry either.
                && (span.len() > 1
                    || !(is_everyday(last) || vocabulary.is_of_a_person(last.text)));
            if !is_name && !is_term(span) {
                continue;
            }
            // A hyphen goes on with the name: Lee Nak-yeon.
            let after = words.get(to).filter(|word| word.joined);
            if is_name && after.is_some_and(|word| text[..word.start].ends_with('-')) {
                continue;
            }
            let before = from.checked_sub(1).and_then(|at| words.get(at));
            let is_before = |list: &[&str]| {
                span.first()
                    .is_some_and(|word| word.joined || text[..word.start].ends_with(". "))
                    && before.is_some_and(|word| list.contains(&word.text))
            };
            let is_of_name = |word: &Word<'_>| {
                vocabulary.tells_a_name(word) && !TITLES.contains(&word.text)
                    || of_word(word).is_some_and(|m| m.entry.kind.is_name())
            };
            let goes_on =
                after.is_some_and(is_of_name) || span[0].joined && before.is_some_and(is_of_name);
            let titled = before
                .and_then(of_word)
                .is_some_and(|m| m.entry.kind == Kind::Title);
            found.push(Candidate {
                text: text[span[0].start..last.end].to_owned(),
                is_name,
                is_inside: !span[0].first,
                is_whole: !goes_on,
                has_everyday_word: span.iter().any(is_everyday),
                has_word_of_a_person: span.iter().any(|w| vocabulary.is_of_a_person(w.text)),
                after_title: titled || is_before(TITLES),
                after_place_word: is_before(&["in", "at", "from", "near"]),
            });
        }
    }
    found
}

/// Whether the words are a name: capitals at both ends, small words only of the
/// kind that joins parts of a name.
fn is_name(text: &str, span: &[Word<'_>], vocabulary: &Vocabulary) -> bool {
    let is_hyphenated = |word: &Word<'_>| text[..word.start].ends_with('-');
    let (Some(first), Some(last)) = (span.first(), span.last()) else {
        return false;
    };
    let inner = |word: &Word<'_>| {
        vocabulary.tells_a_name(word)
            || matches!(word.text, "of" | "for" | "and" | "bin" | "ul" | "al")
    };
    let is_letter = span.len() == 1 && first.text.chars().count() == 1;
    vocabulary.tells_a_name(first)
        && (vocabulary.tells_a_name(last) || is_hyphenated(last))
        && !TITLES.contains(&first.text)
        && !is_letter
        && span.iter().all(inner)
}

/// Whether the words are small and none of grammar stands at an end. One word alone
/// is for a dictionary, which a glossary is not.
fn is_term(span: &[Word<'_>]) -> bool {
    let is_small =
        |word: &Word<'_>| word.text.len() > 2 && word.text.chars().all(char::is_lowercase);
    let ends = [span.first(), span.last()];
    (2..=LONGEST_TERM).contains(&span.len())
        && span.iter().all(is_small)
        && ends
            .into_iter()
            .flatten()
            .all(|word| !is_grammar(word.text) && word.text.len() > 3)
}

/// Whether `word` is initials, which say nothing of what a name is of.
fn is_letters(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

fn is_grammar(word: &str) -> bool {
    GRAMMAR.contains(&word)
}

/// How often each of these stands before a name tells that it is a person's.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Md", "Dr", "Prof", "Professor", "Sir", "Justice", "Barrister", "Advocate", "General", "Colonel",
    "Major", "Captain", "Brigadier", "Maulana", "Minister", "President", "Secretary", "Chairman", "Mayor",
    "Inspector", "Superintendent", "Commissioner", "Director", "Editor", "Leader", "Engineer", "Alhaj",
];

/// Words that stand in names of bodies.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "University", "College", "School", "Bank", "Ministry", "Department", "Division", "Court", "Commission", "Authority",
    "Council", "Committee", "Board", "Party", "League", "Association", "Federation", "Institute", "Hospital", "Police",
    "Force", "Corporation", "Company", "Limited", "Ltd", "Group", "Union", "Academy", "Agency", "Foundation", "Centre",
    "Center", "Club", "Parliament", "Assembly", "Forum", "Fund", "Summit", "Hotel", "Bureau", "Directorate", "Trust", "Society", "Office", "Chamber", "Army",
];

/// Words with which names of places end.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "Upazila", "District", "Road", "River", "Airport", "Street", "Avenue", "Bridge", "Port", "Island", "Park", "Bazar",
    "Bazaar", "Stadium", "Nagar", "Ganj", "Pur", "Union", "Lake", "Sea", "Bay", "Area", "Village", "Thana",
];

#[rustfmt::skip]
const GRAMMAR: &[&str] = &[
    "the", "a", "an", "and", "or", "but", "nor", "of", "in", "on", "at", "to", "for", "from", "by", "with", "without",
    "about", "after", "before", "during", "since", "until", "under", "over", "between", "among", "against", "through",
    "into", "out", "off", "up", "down", "as", "than", "that", "this", "these", "those", "there", "here", "it", "its",
    "he", "she", "his", "her", "him", "they", "them", "their", "we", "our", "us", "you", "your", "i", "my", "me", "who",
    "whom", "whose", "which", "what", "when", "where", "why", "how", "is", "are", "was", "were", "be", "been", "being",
    "am", "has", "have", "had", "having", "do", "does", "did", "done", "will", "would", "shall", "should", "can", "could",
    "may", "might", "must", "not", "no", "yes", "if", "so", "also", "only", "just", "even", "still", "yet", "very", "more",
    "most", "much", "many", "some", "any", "all", "both", "each", "every", "other", "another", "such", "same", "own",
    "said", "says", "say", "told", "added", "according", "however", "while", "because", "although", "though", "now",
    "then", "today", "yesterday", "tomorrow", "year", "years", "month", "months", "week", "day", "days", "time", "one",
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second", "third", "last", "new",
    "per", "cent", "percent", "million", "billion", "lakh", "crore", "hundred", "thousand", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december", "saturday", "sunday",
    "monday", "tuesday", "wednesday", "thursday", "friday", "like", "well", "back", "made", "make", "take", "taken",
    "came", "come", "went", "gone", "going", "got", "get", "given", "give", "held", "used", "using", "including",
    "around", "along", "across", "toward", "towards", "upon", "again", "once", "never", "always", "often", "later",
    "mr", "mrs", "ms", "md", "dr", "tk",
];

/// Every word of the lists; for their tests.
#[cfg(test)]
pub(super) fn lists() -> Vec<&'static str> {
    [TITLES, BODIES, PLACES, GRAMMAR].concat()
}
