//! The same job on many machines: real servers of NATS, workers that are killed, and
//! what comes out.

#![cfg(all(unix, feature = "queue"))]
#![allow(
    clippy::unnecessary_debug_formatting,
    clippy::format_collect,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "tests are written to be read, over names of their own"
)]

mod bucket;
mod budget;
mod cases;
mod clock;
mod cut;
mod dead;
mod faults;
#[path = "../cli/kit.rs"]
#[allow(dead_code, reason = "other suites use the rest")]
mod kit;
mod limits;
mod names;
mod nats;
mod redivide;
mod security;
#[path = "../kit/server.rs"]
#[allow(dead_code, reason = "other suites use the rest")]
mod server;
mod wire;
