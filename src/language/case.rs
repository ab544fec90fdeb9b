//! Grammatical endings, independent of how a language writes them.

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

impl Ending {
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
