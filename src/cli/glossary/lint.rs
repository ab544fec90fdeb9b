//! `anubad glossary lint`.

use serde_json::json;

use super::super::{Exit, print};
use super::args::LintArgs;
use super::{chosen, configured};
use crate::config::today;
use crate::glossary::lint::{Finding, Severity, lint as check};

pub(super) fn lint(args: &LintArgs) -> Result<Exit, Exit> {
    let config = configured(&args.config)?;
    let layers = chosen(&args.files, &config)?;
    let findings = check(&layers, today());
    for finding in &findings {
        let line = if args.json {
            object(finding).to_string()
        } else {
            finding.to_string()
        };
        print::out(&format!("{line}\n"))?;
    }
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if !args.json {
        let files = layers.iter().map(|layer| layer.files.len()).sum();
        print::out(&format!(
            "{}: {}, {}, {}\n",
            print::count(files, "file"),
            print::count(errors, "error"),
            print::count(warnings, "warning"),
            print::count(count(Severity::Note), "note")
        ))?;
    }
    Ok(match (errors, warnings) {
        (1.., _) => Exit::Config,
        (0, 1..) if args.strict => Exit::Findings,
        _ => Exit::Done,
    })
}

fn object(finding: &Finding) -> serde_json::Value {
    json!({
        "file": &*finding.file,
        "line": finding.line,
        "severity": finding.severity.name(),
        "check": finding.check,
        "message": finding.message,
        "next_step": finding.next_step,
    })
}
