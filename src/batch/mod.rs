//! Many articles: found, read, translated and written, each on its own.
//!
//! What goes wrong with one article is data in the report; the others go on.

mod input;
mod output;
mod report;
mod run;
mod stop;

pub use input::{Input, InputError, Origin, find, place};
pub use output::{OutputError, OutputFolder};
pub use report::{ArticleReport, Report, State};
pub use run::{Job, Progress, run};
pub use stop::Stop;
