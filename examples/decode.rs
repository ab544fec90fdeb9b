//! A model of the embedded engine alone, without the pipeline: one sentence a
//! line in, one translation a line out, as `training/evaluate.py` and
//! `training/compare_speed.py` want it.
//!
//! `cargo run --release --example decode -- FOLDER [--beam N] [--threads N] [--batch N]`
//!
//! FOLDER holds one model. Without `--beam` decoding is greedy, with 1 those
//! sentences alone are searched that lose a hole, with more all of them. `--batch` is how many sentences are handed over at a
//! time (all). The seconds that translating took, loading aside, go to stderr.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::time::Instant;

use anubad::provider::local::{Decoder, Model};

const USAGE: &str = "usage: decode FOLDER [--beam N] [--threads N] [--batch N]";

struct Arguments {
    folder: PathBuf,
    beam: Option<usize>,
    threads: usize,
    batch: Option<usize>,
}

fn arguments() -> Result<Arguments, Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let mut found = Arguments {
        folder: words.next().ok_or(USAGE)?.into(),
        beam: None,
        threads: 0,
        batch: None,
    };
    while let Some(name) = words.next() {
        let number: usize = words.next().ok_or(USAGE)?.parse()?;
        match name.as_str() {
            "--beam" => found.beam = Some(number),
            "--threads" => found.threads = number,
            "--batch" => found.batch = Some(number.max(1)),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(found)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = arguments()?;
    let decoder = Decoder::new(&Model::in_folder(&asked.folder)?, asked.threads)?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let begun = Instant::now();
    let mut answers = Vec::with_capacity(lines.len());
    for batch in lines.chunks(asked.batch.unwrap_or(lines.len()).max(1)) {
        match asked.beam {
            None => answers.extend(decoder.greedy(batch)),
            Some(width) => answers.extend(decoder.translate(batch, width)),
        }
    }
    eprintln!("{:.3}", begun.elapsed().as_secs_f64());
    let mut out = std::io::stdout().lock();
    for answer in answers {
        writeln!(out, "{}", answer.replace('\n', " "))?;
    }
    Ok(())
}
