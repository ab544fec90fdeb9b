//! What editors look at: an article and its translation side by side.
//!
//! What a run left ([`Folder`], [`Details`]) becomes a [`Page`], which holds
//! everything that is shown, and an [`Overview`] of the run. [`html`] writes both
//! as pages that need nothing but themselves. Who shows them live puts what is
//! needed for that [`Around`](html::Around) them.

mod build;
mod cluster;
mod details;
mod diff;
mod exchange;
mod folder;
pub mod html;
mod overview;
mod page;
mod site;

pub use build::{Aids, Similar, page, row_ids};
pub use details::{Block, Details, Mark, Note, Sentence, Sort};
pub use diff::{Change, Piece, words};
pub use exchange::xliff;
pub use folder::{Folder, ReviewError};
pub use overview::{Listed, Overview};
pub use page::{Counts, Name, Page, Provenance, Removed, Row, RowKind, Section};
pub use site::{Memory, Site, coded, write};
