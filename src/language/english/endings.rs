//! The English possessive, the one ending that English attaches like a case.
//!
//! A plural ‑s is no ending here: `Germans` is not `German`, and a name in the
//! plural is another name. A hyphen ends a word (`Dhaka-based`).

use crate::language::{Case, Ending};

const APOSTROPHES: &[char] = &['’', '\''];

fn word_ends(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

fn genitive() -> Ending {
    Ending::case(Case::Genitive)
}

/// See [`crate::language::Profile::ending_after`].
///
/// A bare apostrophe behind s (`Reuters’ report`) is read as a possessive only
/// before white space and a letter. Where it closes a quotation the caller knows
/// it, and does not ask.
pub(super) fn ending_after(stem: &str, rest: &str) -> Option<(Ending, usize)> {
    if stem.is_empty() || !word_ends(rest) {
        return None;
    }
    let bare = || {
        let after = rest.strip_prefix(APOSTROPHES)?;
        let word = after.strip_prefix(char::is_whitespace)?;
        (stem.ends_with(['s', 'S']) && word.starts_with(char::is_alphabetic))
            .then(|| (genitive(), rest.len() - after.len()))
    };
    Some(
        parse_detached(rest)
            .or_else(bare)
            .unwrap_or((Ending::default(), 0)),
    )
}

/// See [`crate::language::Profile::attach`]; names in s take the apostrophe
/// alone, as agencies write (AP: `Reuters’ report`).
pub(super) fn attach(stem: &str, ending: &Ending) -> String {
    match ending.case {
        Some(Case::Genitive) if stem.ends_with(['s', 'S']) => format!("{stem}’"),
        Some(Case::Genitive) => format!("{stem}’s"),
        _ => stem.to_owned(),
    }
}

/// See [`crate::language::Profile::parse_detached`].
pub(super) fn parse_detached(rest: &str) -> Option<(Ending, usize)> {
    let after = rest.strip_prefix(APOSTROPHES)?.strip_prefix(['s', 'S'])?;
    word_ends(after).then(|| (genitive(), rest.len() - after.len()))
}

/// See [`crate::language::Profile::detached`].
pub(super) fn detached(ending: &Ending) -> String {
    match ending.case {
        Some(Case::Genitive) => "'s".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possessives_are_read_and_written() {
        for (stem, rest, bytes) in [
            ("Dhaka", "’s streets", "’s"),
            ("Dhaka", "'s", "'s"),
            ("DHAKA", "'S", "'S"),
            ("Reuters", "’ report", "’"),
            ("Reuters", "’s report", "’s"),
        ] {
            assert_eq!(
                ending_after(stem, rest),
                Some((genitive(), bytes.len())),
                "{stem}{rest}"
            );
        }
        assert_eq!(attach("Dhaka", &genitive()), "Dhaka’s");
        assert_eq!(attach("Reuters", &genitive()), "Reuters’");
        assert_eq!(attach("Dhaka", &Ending::case(Case::Locative)), "Dhaka");
        let detached = detached(&genitive());
        assert_eq!(
            parse_detached(&detached),
            Some((genitive(), detached.len()))
        );
    }

    #[test]
    fn a_word_that_ends_has_an_empty_ending_and_one_that_goes_on_none() {
        for rest in ["", " is", ".", "-based", "’ said", "'", "’t"] {
            let found = ending_after("Dhaka", rest);
            assert_eq!(found, Some((Ending::default(), 0)), "{rest}");
        }
        for rest in ["s", "ites", "2"] {
            assert_eq!(ending_after("Dhaka", rest), None, "{rest}");
        }
    }
}
