//! A translation is likelier for its own sentence than for those beside it.
//!
//! A model that is made to read a translation finds it far likelier behind its
//! own source than behind another, even where the model itself translates badly.
//! An answer that belongs to another sentence, or that only sounds like news,
//! is about as likely behind either.

use super::{Finding, Severity};
use crate::provider::judge::Likelihood;

/// How much likelier, as the mean logarithm of a token's probability, it has to
/// be behind its own sentence. Of 600 human translations of news in their order,
/// read by the starters, fewer than one in a hundred lay below; of unrelated
/// sentences three of four.
const LEAST: f32 = 0.4;

/// What a reader finds: `own` is the likelihood behind the sentence that it is
/// said to translate, `beside` that behind its neighbours.
#[must_use]
pub fn check(own: &Likelihood, beside: &[Likelihood]) -> Option<Finding> {
    let other = beside.iter().map(|l| l.whole).reduce(f32::max)?;
    if own.whole - other >= LEAST {
        return None;
    }
    let than = if own.whole < other {
        "fits the sentence beside it better than its own"
    } else {
        "fits its sentence hardly better than the one beside it"
    };
    Some(Finding::new(
        "fit",
        Severity::Warning,
        format!("to the reading model this {than}: it may say something else"),
    ))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::provider::judge::Likelihood;

    fn of(whole: f32) -> Likelihood {
        Likelihood {
            words: Vec::new(),
            whole,
        }
    }

    #[test]
    fn the_likeliest_neighbour_decides() {
        assert_eq!(check(&of(-3.0), &[]), None, "nothing to compare with");
        assert_eq!(check(&of(-3.0), &[of(-6.0), of(-5.0)]), None);
        let found = check(&of(-3.0), &[of(-6.0), of(-3.1)]).unwrap();
        assert!(found.message.contains("hardly better"), "{found:?}");
        let found = check(&of(-5.0), &[of(-3.0)]).unwrap();
        assert!(found.message.contains("better than its own"), "{found:?}");
    }
}
