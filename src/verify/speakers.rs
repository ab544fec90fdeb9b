//! Who speaks in the source speaks in the translation.
//!
//! Looks only at quotations beside which both sides name a person as the one who
//! speaks, whichever side of the quotation each language puts it on, and at sentences
//! that report in both languages what one person says. Where either side leaves the
//! speaker to a pronoun, to the sentence before or to the reader, nothing is said.

use std::ops::Range;

use super::{Finding, Severity};
use crate::language::{Case, Language, Pair, Profile, profile};
use crate::mark::quote;

/// A person whom a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name, as the source has it.
    pub name: String,
    /// Where in the source, without an ending.
    pub source: Range<usize>,
    /// Where in the translation, without an ending.
    pub target: Range<usize>,
}

/// A finding for each quotation that the translation gives to another person.
#[must_use]
pub fn check(pair: Pair, source: &str, target: &str, people: &[Person]) -> Vec<Finding> {
    // One person alone may be named and another meant; two can change places.
    if people.len() < 2 {
        return Vec::new();
    }
    let asked = Side::new(pair.source, source, people.iter().map(|p| &p.source));
    let said = Side::new(pair.target, target, people.iter().map(|p| &p.target));
    let (quoted, given) = (asked.speakers(), said.speakers());
    let mut both: Vec<(usize, usize)> = Vec::new();
    if quoted.len() == given.len() {
        both.extend(quoted.into_iter().zip(given).filter_map(|(a, b)| a.zip(b)));
    }
    if both.is_empty() {
        both.extend(asked.reporter().zip(said.reporter()));
    }
    let differing = both.into_iter().filter_map(|(asked, said)| {
        let (asked, said) = (people.get(asked)?, people.get(said)?);
        (!is_same(&asked.name, &said.name)).then(|| {
            let message = format!(
                "in the source `{}` speaks, and in the translation `{}` does",
                asked.name, said.name
            );
            Finding::new("speakers", Severity::Warning, message)
        })
    });
    differing.collect()
}

/// The speaker of each quotation of a sentence that stands in no other, by its number
/// among `people`, where one of them is named as the one who speaks.
pub fn speakers<'a>(
    language: Language,
    sentence: &'a str,
    people: impl Iterator<Item = &'a Range<usize>>,
) -> Vec<Option<usize>> {
    Side::new(language, sentence, people).speakers()
}

/// Whether two names may be one person's, given in full and in short.
fn is_same(a: &str, b: &str) -> bool {
    a.split_whitespace()
        .any(|word| b.split_whitespace().any(|w| w == word))
}

/// One side of an exchange.
struct Side<'a> {
    text: &'a str,
    profile: &'static dyn Profile,
    people: Vec<&'a Range<usize>>,
}

/// What of a sentence tells who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// A person, by number, as a subject.
    Subject(usize),
    /// A person who is none: with an ending, or behind a preposition.
    Other,
    Verb,
    Pronoun,
    Word,
}

/// Words between a verb of speech and the quotation, or its subject.
const REACH: usize = 12;

impl<'a> Side<'a> {
    fn new(
        language: Language,
        text: &'a str,
        people: impl Iterator<Item = &'a Range<usize>>,
    ) -> Self {
        Self {
            text,
            profile: profile(language),
            people: people.collect(),
        }
    }

    /// The one person who says what the sentence reports, where it has one verb of
    /// speech outside quotations, and that one subject: before it, or else behind.
    fn reporter(&self) -> Option<usize> {
        let mut tokens = Vec::new();
        let mut at = 0;
        for quotation in self.outer() {
            tokens.extend(self.tokens(at..quotation.start));
            at = quotation.end;
        }
        tokens.extend(self.tokens(at..self.text.len()));
        let parts: Vec<&[Token]> = tokens.split(|t| *t == Token::Verb).collect();
        let &[before, behind] = parts.as_slice() else {
            return None;
        };
        let is_named = |t: &&Token| !matches!(t, Token::Word | Token::Other);
        let named = [before, behind]
            .into_iter()
            .find(|part| part.iter().any(|t| is_named(&t)))?;
        let mut named = named.iter().filter(is_named);
        match (named.next(), named.next()) {
            (Some(Token::Subject(i)), None) => Some(*i),
            _ => None,
        }
    }

    /// The quotations that stand in no other.
    fn outer(&self) -> Vec<Range<usize>> {
        let mut outer: Vec<Range<usize>> = Vec::new();
        for [start, end] in quote::spans(self.text) {
            if outer.last().is_none_or(|last| last.end <= start) {
                outer.push(start..end);
            }
        }
        outer
    }

    /// See [`speakers`].
    fn speakers(&self) -> Vec<Option<usize>> {
        let outer = self.outer();
        let speaker = |i: usize| {
            let before = i.checked_sub(1).map_or(0, |i| outer[i].end)..outer[i].start;
            let after = outer[i].end..outer.get(i + 1).map_or(self.text.len(), |q| q.start);
            self.before(before)
                .or_else(|| self.behind(&outer[i], after))
        };
        (0..outer.len()).map(speaker).collect()
    }

    /// `“…,” Rahman said`, `“…,” said Rahman`, ‘…’ বলেন রহমান.
    fn behind(&self, quotation: &Range<usize>, after: Range<usize>) -> Option<usize> {
        let after = self.clause_from(after);
        let tokens = self.tokens(after.clone());
        let verb = tokens.iter().position(|t| *t == Token::Verb)?;
        if verb > REACH {
            return None;
        }
        // What only goes on behind the quotation says nothing of its speaker.
        let quoted = self.text[quotation.clone()].trim_end_matches(is_mark);
        let is_apart = quoted.ends_with([',', '?', '!', '।', '—', '–'])
            || self.text[after]
                .trim_start()
                .starts_with([',', '—', '–', '-']);
        let is_bangla = self.profile.language() == Language::BANGLA;
        // ‘…’ বলে মন্তব্য করেন রহমান
        let words = if is_bangla { 2 } else { 0 };
        let is_verb_first = verb <= words && tokens[..verb].iter().all(|t| *t == Token::Word);
        if !(is_apart || is_verb_first && is_bangla) {
            return None;
        }
        match subject(tokens[..verb].iter().rev()) {
            Found::Nobody if is_verb_first => subject(tokens[verb + 1..].iter()).person(),
            found => found.person(),
        }
    }

    /// `Rahman said, “…”`, রহমান বলেন, ‘…’.
    fn before(&self, before: Range<usize>) -> Option<usize> {
        let tokens = self.tokens(self.clause_to(before));
        let verb = tokens.iter().rposition(|t| *t == Token::Verb)?;
        let behind = tokens.get(verb + 1..)?;
        // A clause of another subject stands between: রহমান বলেন, করিম ‘চোর’।
        let is_next =
            behind.len() < REACH && !behind.iter().any(|t| matches!(t, Token::Subject(_)));
        is_next.then(|| subject(tokens[..verb].iter().rev()).person())?
    }

    /// The part of a range up to the end of its first clause.
    fn clause_from(&self, range: Range<usize>) -> Range<usize> {
        let end = self.stops(range.clone()).next().unwrap_or(range.end);
        range.start..end
    }

    /// The part of a range from the start of its last clause.
    fn clause_to(&self, range: Range<usize>) -> Range<usize> {
        let start = self
            .stops(range.clone())
            .last()
            .map_or(range.start, |at| at + 1);
        start..range.end
    }

    fn stops(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let start = range.start;
        let of_person = |at: usize| self.people.iter().any(|p| p.contains(&at));
        self.text[range]
            .char_indices()
            .filter(|&(_, c)| matches!(c, '.' | ';' | '।' | '?' | '!'))
            .map(move |(at, _)| start + at)
            .filter(move |&at| !of_person(at))
    }

    fn tokens(&self, range: Range<usize>) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut last = "";
        let mut at = range.start;
        while let Some(word) = self.word_from(at..range.end) {
            if self.text[at..word.start].contains([',', ';', ':', '(', '—', '–']) {
                last = "";
            }
            let person = self.people.iter().position(|p| p.contains(&word.start));
            let (token, end) = match person {
                Some(i) if self.is_joined(&tokens, last) => {
                    (Token::Pronoun, self.person(i, last).1)
                }
                Some(i) => self.person(i, last),
                None => self.plain(&word, last),
            };
            if !(token == Token::Word && self.is_title(&word)) {
                last = &self.text[word.clone()];
            }
            tokens.push(token);
            at = end.max(word.end);
        }
        tokens
    }

    /// Whether the next person speaks together with the one before: `Rahman and Karim`.
    fn is_joined(&self, tokens: &[Token], last: &str) -> bool {
        matches!(tokens, [.., Token::Subject(_), Token::Word])
            && self.profile.speech().conjunctions.contains(&last)
    }

    /// The next word of a range.
    fn word_from(&self, range: Range<usize>) -> Option<Range<usize>> {
        let rest = self.text.get(range.clone())?;
        let start = rest.find(is_letter)?;
        let length = rest[start..]
            .find(|c| !is_letter(c))
            .unwrap_or(rest.len() - start);
        Some(range.start + start..range.start + start + length)
    }

    fn person(&self, i: usize, last: &str) -> (Token, usize) {
        let span = self.people[i];
        let (stem, rest) = (&self.text[span.clone()], &self.text[span.end..]);
        let (ending, length) = self.profile.ending_after(stem, rest).unwrap_or_default();
        let is_oblique = matches!(
            ending.case,
            Some(Case::Genitive | Case::Objective | Case::Locative)
        ) || ending.number == Some("দের");
        let last = last.to_lowercase();
        let is_object = self.profile.speech().prepositions.contains(&last.as_str());
        let token = if is_oblique || is_object {
            Token::Other
        } else {
            Token::Subject(i)
        };
        (token, span.end + length)
    }

    fn plain(&self, word: &Range<usize>, last: &str) -> (Token, usize) {
        let own = self.text[word.clone()].to_lowercase();
        let speech = self.profile.speech();
        let is_verb = speech.verbs.iter().any(|verb| match verb.split_once(' ') {
            Some((first, second)) => first == last && second == own,
            None => *verb == own && !speech.objects.contains(&last),
        });
        let token = if is_verb {
            Token::Verb
        } else if speech.pronouns.contains(&own.as_str()) {
            Token::Pronoun
        } else {
            Token::Word
        };
        (token, word.end)
    }

    /// Whether a word may be a title, which stands between a preposition and a name.
    fn is_title(&self, word: &Range<usize>) -> bool {
        self.text[word.clone()].starts_with(char::is_uppercase)
    }
}

/// Who is found beside a verb.
enum Found {
    Person(usize),
    /// Somebody who is not named there.
    Unnamed,
    Nobody,
}

impl Found {
    fn person(self) -> Option<usize> {
        match self {
            Self::Person(i) => Some(i),
            Self::Unnamed | Self::Nobody => None,
        }
    }
}

/// The nearest subject among tokens that lead away from a verb.
fn subject<'t>(tokens: impl Iterator<Item = &'t Token>) -> Found {
    for token in tokens.take(REACH) {
        match token {
            Token::Subject(i) => return Found::Person(*i),
            Token::Pronoun => return Found::Unnamed,
            Token::Verb | Token::Other | Token::Word => {}
        }
    }
    Found::Nobody
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'')
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{0980}'..='\u{09fe}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The speaker of each quotation; persons are in braces.
    fn speakers(language: Language, marked: &str) -> Vec<Option<String>> {
        let (mut text, mut people, mut open) = (String::new(), Vec::new(), 0);
        for c in marked.chars() {
            match c {
                '{' => open = text.len(),
                '}' => people.push(open..text.len()),
                c => text.push(c),
            }
        }
        let names = super::speakers(language, &text, people.iter()).into_iter();
        names
            .map(|i| i.map(|i| text[people[i].clone()].to_owned()))
            .collect()
    }

    #[test]
    fn speakers_are_found_before_and_behind() {
        let english: &[(&str, &[&str])] = &[
            ("“No,” {Rahman} said.", &["Rahman"]),
            (
                "“No,” said Prime Minister {Rahman} of {Karim}.",
                &["Rahman"],
            ),
            ("{Rahman} told {Karim}, “No.”", &["Rahman"]),
            ("“No,” {Rahman} told {Karim}.", &["Rahman"]),
            (
                "{Rahman} said, “no” and {Karim} said, “yes”.",
                &["Rahman", "Karim"],
            ),
            (
                "“No,” {Rahman} said, while {Karim} said, “Yes.”",
                &["Rahman", "Karim"],
            ),
            ("{Rahman} said {Karim} was “a thief”.", &["-"]),
            ("After meeting {Karim}, {Rahman} said: “No.”", &["Rahman"]),
            ("“No,” {Rahman}, who heads the party, said.", &["-"]),
            ("After meeting {Karim}, he said: “No.”", &["-"]),
            ("{Rahman}'s spokesman said “no”.", &["-"]),
            (
                "A talk with {Karim} on “peace” and {Rahman} said so.",
                &["-"],
            ),
            ("“It is over. We won,” {Rahman} said.", &["Rahman"]),
            (
                "Thanking {Karim} for the meeting, {Rahman} said, “No.”",
                &["Rahman"],
            ),
            ("“No,” {Rahman} and {Karim} said.", &["-"]),
            ("A speech by {Karim} and {Rahman} said “no”.", &["Rahman"]),
        ];
        let bangla: &[(&str, &[&str])] = &[
            ("{রহমান} বলেন, ‘না।’", &["রহমান"]),
            ("‘না’, বলেন {রহমান}।", &["রহমান"]),
            ("‘না’ বলে মন্তব্য করেন {রহমান}।", &["রহমান"]),
            ("{করিম}কে {রহমান} বলেন, ‘না।’", &["রহমান"]),
            ("{রহমান} {করিম}কে বলেন, ‘না।’", &["রহমান"]),
            ("{করিম}ের কথায় তিনি বলেন, ‘না।’", &["-"]),
            ("{রহমান} বলেন, ‘না’, আর {করিম} বলেন, ‘হ্যাঁ’।", &["রহমান", "করিম"]),
            ("‘না!’—বলেন {রহমান}।", &["রহমান"]),
            ("{রহমান} আরও যোগ করেন, ‘না।’", &["রহমান"]),
        ];
        for (language, table) in [(Language::ENGLISH, english), (Language::BANGLA, bangla)] {
            for (text, expected) in table {
                let found = speakers(language, text);
                let found: Vec<&str> = found.iter().map(|s| s.as_deref().unwrap_or("-")).collect();
                assert_eq!(found, *expected, "{text}");
            }
        }
    }

    #[test]
    fn a_speech_that_is_given_to_another_is_told() {
        let source = "“No,” Rahman told Karim.";
        let people = |source: &str, target: &str| -> Vec<Person> {
            [("Rahman", "রহমান"), ("Karim", "করিম")]
                .map(|(name, bangla)| {
                    let (s, t) = (source.find(name).unwrap(), target.find(bangla).unwrap());
                    Person {
                        name: name.to_owned(),
                        source: s..s + name.len(),
                        target: t..t + bangla.len(),
                    }
                })
                .into()
        };
        for (target, found) in [
            ("রহমান করিমকে বলেন, ‘না।’", 0),
            ("‘না’, করিমকে বলেন রহমান।", 0),
            ("করিম রহমানকে বলেন, ‘না।’", 1),
            ("‘না’, বলেন করিম, রহমানকে।", 1),
            ("তিনি রহমানকে বলেন, ‘না।’ করিম", 0),
            ("করিম বলেন, রহমানকে না।", 1),
        ] {
            let findings = check(Pair::EN_BN, source, target, &people(source, target));
            assert_eq!(findings.len(), found, "{target}: {findings:?}");
        }
        // Reported speech, without marks.
        let source = "Rahman said that Karim would come.";
        for (target, found) in [
            ("রহমান বলেন, করিম আসবেন।", 0),
            ("করিম বলেন, রহমান আসবেন।", 1),
            ("করিম আসবেন বলে রহমান জানান।", 0),
        ] {
            let findings = check(Pair::EN_BN, source, target, &people(source, target));
            assert_eq!(findings.len(), found, "{target}: {findings:?}");
        }
    }
}
