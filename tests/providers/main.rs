//! What every service on the network has to do, tried on each of them against a
//! server at the socket that speaks its wire format.
//!
//! A service is one file here, a [`suite::Fixture`]: its section of
//! `pipeline.toml`, what its server understands and answers, and its errors.

#[allow(dead_code, reason = "a kit has what any of its users needs")]
#[path = "../kit/server.rs"]
mod server;

mod amazon;
mod anthropic;
mod azure;
mod bhashini;
mod chat;
mod deepl;
mod docs;
mod gemini;
mod google_account;
mod google_v2;
mod google_v3;
mod http;
mod libretranslate;
mod mint;
mod modernmt;
mod network;
mod nllb;
mod ollama;
mod openai;
mod storm;
mod suite;
mod yandex;
