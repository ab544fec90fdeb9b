//! The command line as a user meets it: the binary itself, its output, its files
//! and its exit statuses.

#![allow(
    clippy::unnecessary_debug_formatting,
    clippy::format_collect,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "tests are written to be read, over names of their own"
)]

mod budget;
mod config;
#[cfg(feature = "starter-models")]
mod corpus;
#[cfg(unix)]
mod crash;
mod eval;
mod files;
mod glossary;
mod input;
#[cfg(unix)]
mod interrupt;
mod kit;
mod names;
mod output;
mod partial;
mod providers;
mod report;
mod review;
mod memory;
#[cfg(feature = "starter-models")]
mod models;
mod run;
#[path = "../kit/server.rs"]
#[allow(dead_code, reason = "other suites use the rest")]
mod server;
mod serve;
#[path = "../kit/serving.rs"]
#[allow(dead_code, reason = "other suites use the rest")]
mod serving;
mod state;
mod survival;
mod terminal;
mod translate;
mod trouble;
#[cfg(unix)]
mod watch;
