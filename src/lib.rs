//! anubad (অনুবাদ): news translation in which names, quotes and numbers survive
//! or are flagged.
//!
//! The modules stand in the order of the pipeline, and each imports only from
//! those above it (`tests/architecture.rs` keeps that true):
//!
//! - [`text`] and [`language`]: text with its canonical form, and what is known
//!   of each language;
//! - [`tmx`], [`xliff`]: the exchange formats of translation memories and tools;
//! - [`state`]: what outlives a run: ledgers and memory in one file;
//! - [`article`]: reading a page into blocks and writing it back;
//! - [`detect`]: which language an article is in;
//! - [`glossary`], [`mark`]: names, terms, numbers, dates, addresses and
//!   quotation marks in a text;
//! - [`names`]: who is named in an article, and how each name is written;
//! - [`style`], [`plan`]: the segment that a provider gets, with typed holes;
//! - [`provider`]: whatever translates;
//! - [`verify`], [`assemble`]: checking and writing what came back;
//! - [`memory`]: drafts that were paid for once, and what people approved;
//! - [`accounts`]: prices, the budget, and the books;
//! - [`translate`]: one article's journey, top to bottom;
//! - [`batch`]: many articles;
//! - `queue`: the same on many machines;
//! - [`review`]: what editors look at;
//! - [`evaluate`]: how good a translation is;
//! - [`config`]: the file that describes all that;
//! - [`serve`]: the pages live, and a CMS's way in;
//! - [`cli`]: the command line.

// Input decides whether these panic; an error of the article has to come of it.
// (Indexing and slicing stay allowed: spans are checked where they are made, and
// the laws under proptest hold them to it.)
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::get_unwrap,
    clippy::panic,
    clippy::unreachable
)]
// Only cli/ prints, and allows it for itself; only main.rs ends the process.
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

pub mod text;
pub mod language;
pub mod tmx;
pub mod xliff;
pub mod state;
pub mod article;
pub mod detect;
pub mod glossary;
pub mod mark;
pub mod names;
pub mod style;
pub mod plan;
pub mod provider;
#[cfg(feature = "local")]
pub mod models;
pub mod verify;
pub mod assemble;
pub mod memory;
pub mod accounts;
pub mod translate;
pub mod batch;
#[cfg(feature = "queue")]
pub mod queue;
pub mod review;
pub mod evaluate;
pub mod config;
pub mod serve;
pub mod cli;
