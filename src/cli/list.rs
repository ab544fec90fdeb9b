//! `anubad providers`.

use super::args::ConfigArg;
use super::{Exit, cause, complain, config, print};
use crate::config;

pub(super) async fn providers(args: &ConfigArg) -> Exit {
    let config = match config(args) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let mut failed = false;
    let mut rows = Vec::new();
    for (name, described) in &config.providers {
        let place = config.pipeline.providers.iter().position(|n| n == name);
        let chain = place.map_or("-".to_owned(), |place| (place + 1).to_string());
        let mut row = vec![name.clone(), described.kind().to_owned(), chain];
        match config::build_provider(&config, name).await {
            Ok(provider) => {
                let capability = provider.capability();
                let pairs: Vec<String> = capability.pairs.iter().map(ToString::to_string).collect();
                row.push(if pairs.is_empty() {
                    "any".to_owned()
                } else {
                    pairs.join(" ")
                });
                let identity = provider.identity();
                let draft = if capability.draft {
                    ", draft quality"
                } else {
                    ""
                };
                row.push(format!(
                    "ready: {} {}{draft}",
                    identity.model, identity.version
                ));
            }
            Err(error) => {
                failed |= place.is_some();
                row.push("-".to_owned());
                row.push(format!("not usable: {}", cause(&error)));
            }
        }
        rows.push(row);
    }
    let header = ["provider", "kind", "in chain", "pairs", "state"];
    if let Err(exit) = print::out(&table(&header, &rows)) {
        return exit;
    }
    if failed { Exit::Nothing } else { Exit::Done }
}

/// Rows under a header, every column but the last as wide as its widest cell.
pub(super) fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let header: Vec<String> = header.iter().map(ToString::to_string).collect();
    let lines: Vec<&Vec<String>> = std::iter::once(&header).chain(rows).collect();
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let mut out = String::new();
    for line in &lines {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| format!("{cell:width$}"))
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_they_need() {
        let rows = [
            vec!["a".to_owned(), "x".to_owned(), "long text".to_owned()],
            vec!["longer".to_owned(), "y".to_owned(), String::new()],
        ];
        assert_eq!(
            table(&["n", "k", "state"], &rows),
            "n       k  state\na       x  long text\nlonger  y\n"
        );
    }
}
