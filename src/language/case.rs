//! Grammatical endings, independent of how a language writes them.

use super::bangla::endings::{NUMBERS, PARTICLES};

/// A grammatical case that an ending marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// Possession: ঢাকার, Dhaka's.
    Genitive,
    /// Place, time or agent: ঢাকায়.
    Locative,
    /// Object: ঢাকাকে.
    Objective,
    /// Company, “including”: ঢাকাসহ. No case of grammar, but written like one.
    Comitative,
}

/// What is attached to a stem, in the order in which it is attached: number or
/// classifier, then case, then particles. An English possessive is a genitive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ending {
    /// A plural or classifier in its base form: `রা`, `দের`, `টি`, `টা`, `গুলো`, `গুলি`, `খানা`, `জন`.
    /// (`দের` is the plural stem of the oblique cases and stands without a case of its own.)
    pub number: Option<&'static str>,
    /// The case, if any.
    pub case: Option<Case>,
    /// Emphatic particles in order: `ও`, `ই`.
    pub particles: Vec<&'static str>,
}

impl Case {
    const NAMES: [(Self, &'static str); 4] = [
        (Self::Genitive, "genitive"),
        (Self::Locative, "locative"),
        (Self::Objective, "objective"),
        (Self::Comitative, "comitative"),
    ];
}

impl Ending {
    /// The ending as words that [`Ending::of_words`] reads: its number and its
    /// particles as they are, its case by its name.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        let case = self
            .case
            .and_then(|case| Case::NAMES.iter().find(|(known, _)| *known == case))
            .map(|(_, name)| *name);
        let particles = self.particles.iter().copied();
        self.number
            .into_iter()
            .chain(case)
            .chain(particles)
            .collect()
    }

    /// The ending of words; `None` where one of them is unknown.
    #[must_use]
    pub fn of_words<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<Self> {
        let known = |table: &[&'static str], word| table.iter().copied().find(|k| *k == word);
        let mut ending = Self::default();
        for word in words {
            if let Some(number) = known(NUMBERS, word) {
                ending.number = Some(number);
            } else if let Some((case, _)) = Case::NAMES.iter().find(|(_, name)| *name == word) {
                ending.case = Some(*case);
            } else {
                ending.particles.push(known(PARTICLES, word)?);
            }
        }
        Some(ending)
    }

    /// An ending that is a case and no more.
    #[must_use]
    pub fn case(case: Case) -> Self {
        Self {
            case: Some(case),
            ..Self::default()
        }
    }

    /// Whether nothing is attached.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.number.is_none() && self.case.is_none() && self.particles.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_give_the_ending_back() {
        for number in NUMBERS.iter().copied().map(Some).chain([None]) {
            for case in Case::NAMES
                .iter()
                .map(|(case, _)| Some(*case))
                .chain([None])
            {
                let ending = Ending {
                    number,
                    case,
                    particles: PARTICLES.to_vec(),
                };
                assert_eq!(Ending::of_words(ending.words()), Some(ending));
            }
        }
        assert_eq!(Ending::of_words(["ablative"]), None);
    }
}
