//! Start-up of the binary, from `exec` to exit: without detection (`--version`),
//! with the base glossary and detection of one short article (`translate`).
//!
//! `cargo bench --bench startup`

use std::io::Write;
use std::process::{Command, Stdio};

fn main() {
    divan::main();
}

fn anubad() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anubad"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.current_dir(std::env::temp_dir());
    command
}

#[divan::bench]
fn version() {
    anubad().arg("--version").status().expect("it runs");
}

#[divan::bench(args = [
    "The minister said on Thursday that the bridge would open in March.",
    "মন্ত্রী বৃহস্পতিবার বলেছেন, সেতুটি মার্চে খুলবে।",
    "Le ministre a dit jeudi que le pont serait ouvert en mars, si tout va bien.",
])]
fn translate(article: &str) {
    let mut child = anubad()
        .args(["translate", "--provider", "echo", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("it runs");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(article.as_bytes())
        .expect("it reads");
    child.wait().expect("it ends");
}
