//! Whether a text has a form of one given entry.

use super::boundary;
use super::entry::Entry;
use super::fold::Folded;
use super::lexicon::{Role, Use};
use crate::language::Profile;

/// The stems in `text` that are a form of `entry` on the side of `role`, standing
/// as words or with an ending: byte ranges in order and disjoint, of those that
/// begin together the longest. `profile` is that side's.
pub(super) fn occurrences(
    profile: &dyn Profile,
    entry: &Entry,
    role: Role,
    text: &str,
) -> Vec<(usize, usize)> {
    let folded = Folded::new(text);
    let mut found = Vec::new();
    let (main, variants) = match role {
        Role::Source => (&entry.source, &entry.source_variants),
        Role::Target => (&entry.target, &entry.target_variants),
    };
    for form in std::iter::once(main).chain(variants) {
        let form = Folded::new(form);
        let needle = form.lower();
        let Some(first) = needle.chars().next() else {
            continue;
        };
        let wanted = Use::of(&form, 0, entry, role);
        let mut from = 0;
        while let Some(at) = folded.lower()[from..].find(needle) {
            let (low, high) = (from + at, from + at + needle.len());
            from = low + first.len_utf8();
            let (start, end) = (folded.original(low), folded.original(high));
            let stands = boundary::begins_word(text, start)
                && wanted.fits(&folded.squeezed()[low..high], text, start, end);
            if stands
                && let Some((ending, length)) = boundary::ending(profile, text, start, end)
                && wanted.takes(&ending)
            {
                found.push((start, end, end + length));
            }
        }
    }
    found.sort_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
    let mut free = 0;
    found.retain(|&(start, _, after)| {
        let taken = start < free;
        if !taken {
            free = after;
        }
        !taken
    });
    found
        .into_iter()
        .map(|(start, end, _)| (start, end))
        .collect()
}
