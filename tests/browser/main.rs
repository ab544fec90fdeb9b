//! The pages in a real browser: headless Chromium, where it is installed.

#[path = "../kit/browser.rs"]
mod browser;
mod review;
