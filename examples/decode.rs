//! A model of the embedded engine alone, without the pipeline: one sentence a
//! line in, one translation a line out, as `training/evaluate.py` wants it.
//!
//! `cargo run --release --example decode -- FOLDER [WIDTH]`: the folder of one
//! model, and how many translations the search keeps (1, greedy, when left out).

use std::io::{BufRead, Write};
use std::path::Path;

use anubad::provider::local::{Decoder, Model};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: decode FOLDER [WIDTH]")?;
    let width: Option<usize> = arguments.next().map(|n| n.parse()).transpose()?;
    let decoder = Decoder::new(&Model::in_folder(Path::new(&folder))?, 0)?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let answers = match width {
        None => decoder.greedy(&lines),
        Some(width) => {
            let found = decoder.search(&lines, width);
            found.into_iter().map(Option::unwrap_or_default).collect()
        }
    };
    let mut out = std::io::stdout().lock();
    for answer in answers {
        writeln!(out, "{}", answer.replace('\n', " "))?;
    }
    Ok(())
}
