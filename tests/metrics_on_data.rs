//! BLEU, chrF and chrF++ of published outputs on FLORES: equal to sacrebleu's, to
//! two decimals. `scripts/flores-scores.py` made the table. Skips, and says so, where
//! the data are absent.

use std::path::{Path, PathBuf};

use anubad::evaluate::metric::{Metric, Statistics, Tokenizer};
use anubad::evaluate::set::{Languages, TestSet};

const SCORES: &str = include_str!("data/flores.scores.tsv");

fn flores() -> Option<PathBuf> {
    let root = std::env::var_os("ANUBAD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let data = root.join("data/eval/flores");
    if !data.is_dir() {
        eprintln!("skipped: no {}", data.display());
        return None;
    }
    Some(data)
}

#[test]
fn scores_are_those_of_sacrebleu() {
    let Some(flores) = flores() else { return };
    let rows = SCORES.lines().filter(|line| !line.starts_with('#'));
    let mut checked = 0;
    for row in rows {
        let [pair, output, wanted @ ..] = &row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let (source, target) = pair.split_once('-').unwrap();
        let folder = flores.join(pair);
        let file = |language: &str| folder.join(format!("flores-dev.{language}"));
        let set = TestSet::read(&[file(source), file(target)], Languages::default()).unwrap();
        let lines = set.outputs(&folder.join(output)).unwrap();
        for (metric, wanted) in Metric::all(Tokenizer::default()).into_iter().zip(wanted) {
            let statistics: Vec<Statistics> = set
                .items
                .iter()
                .zip(&lines)
                .map(|(item, line)| metric.statistics(line, &item.reference))
                .collect();
            let score = format!("{:.2}", metric.corpus(&statistics));
            assert_eq!(&score, wanted, "{metric} of {output}");
            checked += 1;
        }
    }
    assert_eq!(checked, 27, "nine outputs, three metrics");
}
