//! The pages in a real browser: headless Chromium, where it is installed.

#[path = "../kit/browser.rs"]
mod browser;
mod review;
mod serve;
#[path = "../kit/serving.rs"]
#[allow(dead_code, reason = "other suites use the rest")]
mod serving;
