//! TBX, the exchange format of term bases (ISO 30042).
//!
//! Written: TBX-Basic, version 3, style DCA. Read: that, style DCT, TBX-Min, and
//! version 2 (martif). What a glossary knows and TBX-Basic has no category for
//! stands in a `note` of the concept that begins with `anubad:`.
//!
//! | Glossary | TBX-Basic |
//! |---|---|
//! | kind | `subjectField` |
//! | desk | `projectSubset` |
//! | main form, variant, forbidden form | `administrativeStatus` preferred, admitted, deprecated |
//! | part of speech | `partOfSpeech` of every term |
//! | note | `note` |
//! | case, direction, from, to, proper noun | `note`: `anubad: case=any direction=en-bn` |

mod concept;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::written;

/// What a note begins with that holds columns of a glossary.
const SETTINGS: &str = "anubad:";
/// What the paragraph of the header begins with that names the languages.
const LANGUAGES: &str = "anubad glossary in ";

/// The status of the form that is printed.
const PREFERRED: &str = "preferredTerm-admn-sts";
/// The status of a form that is recognised.
const ADMITTED: &str = "admittedTerm-admn-sts";
/// The status of a form that must not be printed.
const DEPRECATED: &str = "deprecatedTerm-admn-sts";
