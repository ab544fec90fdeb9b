//! Many articles: found, read, translated and written, each on its own.
//!
//! What goes wrong with one article is data in the report; the others go on.

mod decide;
mod entries;
mod files;
mod forecast;
mod gone;
mod input;
mod junit;
mod layout;
mod ledger;
mod listed;
mod look;
mod names;
mod output;
mod partial;
mod previous;
mod provenance;
mod read;
mod redo;
mod report;
mod run;
mod said;
mod select;
mod spread;
mod stop;
mod store;
mod survived;
mod work;

pub use decide::{Pending, Step};
pub use forecast::{Plan, forecast};
pub use gone::Gone;
pub use input::{Files, Found, Input, InputError, Origin, find, place, search};
pub use junit::junit;
pub use layout::{Layout, LayoutError, Named};
pub use ledger::{Again, Ledger, Run};
pub use listed::search_in;
pub use output::{OutputError, OutputFolder, PREVIOUS, write_whole};
pub use partial::Partial;
pub use redo::redo;
pub use report::{ArticleReport, Report, State, Totals};
pub use run::{Job, Progress, article, run};
pub use select::{Only, PatternError};
pub use stop::Stop;
pub use store::{Disk, Store, TooLarge};
