//! How often each check fires on translations that people made, and on published
//! output of other systems: false alarms matter as much as misses.
//!
//! `docs/checks.md` records the figures. What fires on the news set is printed
//! under `--nocapture`. Each test skips, and says so, where the data are absent.

#[path = "kit/checked.rs"]
mod checked;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anubad::glossary::Glossary;
use anubad::language::Pair;
use anubad::verify::{Finding, Severity};

use checked::{data, findings, glossary, unescaped};

/// Lines by check: how many have a warning or an error of it.
#[derive(Debug, Default)]
struct Fired {
    lines: usize,
    by_check: BTreeMap<&'static str, usize>,
}

impl Fired {
    fn of(&self, check: &str) -> f64 {
        let count = self.by_check.get(check).copied().unwrap_or(0);
        100.0 * count as f64 / self.lines.max(1) as f64
    }
}

fn fired(
    glossary: &Glossary,
    pair: Pair,
    source: &Path,
    target: &Path,
    mut each: impl FnMut(usize, &str, &str, &[Finding]),
) -> Option<Fired> {
    let (source, target) = (
        fs::read_to_string(source).ok()?,
        fs::read_to_string(target).ok()?,
    );
    let mut fired = Fired::default();
    for (i, (source, target)) in source.lines().zip(target.lines()).enumerate() {
        let (source, target) = (&unescaped(source), &unescaped(target));
        let mut found = findings(glossary, pair, source, target);
        found.retain(|f| f.severity > Severity::Note);
        let mut checks: Vec<&'static str> = found.iter().map(|f| f.check).collect();
        checks.sort_unstable();
        checks.dedup();
        fired.lines += 1;
        for check in checks {
            *fired.by_check.entry(check).or_default() += 1;
        }
        each(i + 1, source, target, &found);
    }
    Some(fired)
}

fn show(name: &str, fired: &Fired) {
    let rates: Vec<String> = (fired.by_check.iter())
        .map(|(check, count)| format!("{check} {count} ({:.1} %)", fired.of(check)))
        .collect();
    eprintln!("{name}: {} lines: {}", fired.lines, rates.join(", "));
}

#[test]
fn people_translate_without_alarms() {
    let Some(folder) = data("risingnews") else {
        return;
    };
    let glossary = glossary();
    let file = |side| folder.join(format!("RisingNews.valid.{side}"));
    for (pair, source, target) in [(Pair::EN_BN, "en", "bn"), (Pair::BN_EN, "bn", "en")] {
        let each = |line: usize, source: &str, target: &str, found: &[Finding]| {
            for finding in found {
                // Terms are choices of a house, and listed by none but it.
                if finding.check != "terms" {
                    eprintln!("{pair} {line} {}: {}", finding.check, finding.message);
                }
            }
            if found.iter().any(|f| f.check != "terms") {
                eprintln!("    {source}\n    {target}");
            }
        };
        let Some(fired) = fired(&glossary, pair, &file(source), &file(target), each) else {
            eprintln!("skipped: no RisingNews");
            return;
        };
        show(&format!("risingnews {pair}, human"), &fired);
        for (check, most) in [
            ("numbers", 3.0),
            ("addresses", 0.5),
            ("brackets", 0.5),
            ("markup", 1.0),
            ("leaks", 0.2),
            ("untranslated", 0.2),
            ("script", 3.0),
            ("language", 0.2),
            ("length", 1.0),
            ("truncated", 1.5),
            ("names", 2.0),
            ("repetition", 0.5),
            ("forbidden", 1.0),
        ] {
            assert!(
                fired.of(check) <= most,
                "{pair} {check}: {:.1} %",
                fired.of(check)
            );
        }
    }
}

#[test]
fn systems_are_caught_where_they_err() {
    let Some(folder) = data("flores") else { return };
    let glossary = glossary();
    for (pair, source, target) in [(Pair::EN_BN, "en", "bn"), (Pair::BN_EN, "bn", "en")] {
        for system in [
            "",
            ".google",
            ".microsoft",
            ".nllb",
            ".bergamot-tiny",
            ".opusmt",
        ] {
            let place = folder.join(format!("{source}-{target}"));
            let fired = fired(
                &glossary,
                pair,
                &place.join(format!("flores-dev.{source}")),
                &place.join(format!("flores-dev{system}.{target}")),
                |line, source, target, found| {
                    for finding in found {
                        if std::env::var("ANUBAD_SHOW").is_ok_and(|c| c == finding.check) {
                            eprintln!(
                                "{system} {line} {}\n    {source}\n    {target}",
                                finding.message
                            );
                        }
                    }
                },
            );
            let Some(fired) = fired else { continue };
            let name = if system.is_empty() {
                "human"
            } else {
                &system[1..]
            };
            show(&format!("flores {pair}, {name}"), &fired);
            if system.is_empty() {
                for check in ["leaks", "untranslated", "language", "truncated", "length"] {
                    assert!(
                        fired.of(check) <= 1.0,
                        "{pair} {check}: {:.1} %",
                        fired.of(check)
                    );
                }
            }
        }
    }
}
