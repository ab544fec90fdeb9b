//! The modules stand in an order, and each imports only from those above it.
//!
//! This reads the sources as text: paths that begin with `crate::` or climb with
//! `super::`, wherever they stand. Comments and strings do not count. The design
//! behind the order is told in `docs/architecture.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src/lib.rs`, in the order of the pipeline.
const ORDER: [&str; 26] = [
    "text",
    "language",
    "tmx",
    "xliff",
    "state",
    "article",
    "detect",
    "glossary",
    "mark",
    "names",
    "style",
    "plan",
    "provider",
    "models",
    "verify",
    "assemble",
    "memory",
    "accounts",
    "translate",
    "batch",
    "queue",
    "review",
    "evaluate",
    "config",
    "serve",
    "cli",
];

/// The modules of `provider/` that are a service. Only what builds them and what
/// lists them may name them; to everything else they are a `dyn Provider`.
const SERVICES: [&str; 6] = ["local", "command", "echo", "pseudo", "machine", "chat"];
/// (The hostile kit tries itself on `echo`.)
const NAMES_SERVICES: [&str; 5] = [
    "config/",
    "cli/list.rs",
    "cli/models.rs",
    "models/",
    "provider/hostile/mod.rs",
];

/// What a provider may know beside its own module: the segment and what it is
/// made of. Articles, glossaries and style are decided before a segment exists.
const PROVIDER_SEES: [&str; 5] = ["text", "language", "mark", "plan", "provider"];

/// Only the command line talks to people; tests may.
const PRINTS: [&str; 5] = ["print!", "println!", "eprint!", "eprintln!", "io::stdout"];
const MAY_PRINT: &str = "cli/";

#[test]
fn every_file_imports_from_above() {
    let mut violations = Vec::new();
    let mut files = 0;
    for path in sources(&src()) {
        let name = path.strip_prefix(src()).unwrap().to_str().unwrap();
        let name = name.replace('\\', "/");
        violations.extend(check(&name, &fs::read_to_string(&path).unwrap()));
        files += 1;
    }
    assert!(files > ORDER.len(), "only {files} files were found");
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
fn the_order_is_that_of_the_library() {
    let library = plain(&fs::read_to_string(src().join("lib.rs")).unwrap());
    assert_eq!(modules(&library), ORDER, "src/lib.rs");
}

#[test]
fn every_service_is_a_provider() {
    let provider = plain(&fs::read_to_string(src().join("provider/mod.rs")).unwrap());
    let declared = modules(&provider);
    for service in SERVICES {
        assert!(
            declared.contains(&service),
            "there is no provider/{service}"
        );
    }
}

#[test]
fn violations_are_seen() {
    let table = [
        // (file, source, what the message has to name; "" for no violation)
        ("plan/mod.rs", "use crate::mark::Mark;", ""),
        ("plan/mod.rs", "use crate::plan::parts::Grain;", ""),
        ("plan/mod.rs", "use crate::provider::Batch;", "provider"),
        (
            "plan/mod.rs",
            "use crate::{language, translate};",
            "translate",
        ),
        (
            "plan/mod.rs",
            "use crate::{\n    language::{Case, Ending},\n    verify::{self, Finding},\n};",
            "verify",
        ),
        (
            "plan/build.rs",
            "fn f() { crate::assemble::fill() }",
            "assemble",
        ),
        ("plan/build.rs", "use super::super::batch::Job;", "batch"),
        ("plan/build.rs", "use super::{Piece, Segment};", ""),
        ("plan/mod.rs", "mod tests {\n    use super::*;\n}", ""),
        (
            "plan/mod.rs",
            "//! See [`crate::translate`].\n/* crate::batch */",
            "",
        ),
        ("plan/mod.rs", "const A: &str = \"crate::translate\";", ""),
        (
            "plan/mod.rs",
            "const A: char = '\"'; use crate::batch::Job;",
            "batch",
        ),
        (
            "plan/mod.rs",
            "const A: &str = r#\"a \" b\"#; use crate::batch::Job;",
            "batch",
        ),
        (
            "plan/mod.rs",
            "fn f<'a>(a: &'a str) {} use crate::batch::Job;",
            "batch",
        ),
        ("plan/mod.rs", "use crate::unheard::Of;", "unheard"),
        ("new.rs", "", "new"),
        // Services are known to those who build and list them.
        ("translate/mod.rs", "use crate::provider::Provider;", ""),
        (
            "translate/mod.rs",
            "use crate::provider::local::Local;",
            "local",
        ),
        (
            "translate/mod.rs",
            "use crate::provider::{self, echo::Echo};",
            "echo",
        ),
        (
            "cli/run.rs",
            "use crate::provider::command::Command;",
            "command",
        ),
        ("cli/list.rs", "use crate::provider::local::Local;", ""),
        (
            "config/build.rs",
            "use crate::provider::{echo, pseudo};",
            "",
        ),
        ("provider/echo.rs", "use super::pseudo::Pseudo;", "pseudo"),
        (
            "provider/local/align.rs",
            "use super::super::echo::Echo;",
            "echo",
        ),
        (
            "provider/local/align.rs",
            "use crate::provider::local::pieces;",
            "",
        ),
        ("provider/local/mod.rs", "use super::{Batch, wire};", ""),
        // Providers know segments and no more.
        (
            "provider/echo.rs",
            "use crate::glossary::Glossary;",
            "glossary",
        ),
        ("provider/wire/mod.rs", "use crate::style::Style;", "style"),
        ("provider/wire/mod.rs", "use crate::plan::Piece;", ""),
        // Printing.
        ("cli/show.rs", "fn f() { println!(\"a\") }", ""),
        ("batch/run.rs", "fn f() { println!(\"a\") }", "println!"),
        (
            "batch/run.rs",
            "fn f() { std::io::stdout().lock(); }",
            "io::stdout",
        ),
        ("batch/run.rs", "fn f() { sprint!(\"println!\") }", ""),
        ("batch/tests.rs", "fn f() { eprintln!() }", ""),
        ("main.rs", "fn main() { anubad::cli::main() }", ""),
        ("main.rs", "use anubad::batch::Job;", "batch"),
    ];
    for (file, source, named) in table {
        let found = check(file, source);
        if named.is_empty() {
            assert!(found.is_empty(), "{file}: {source}\n{found:?}");
        } else {
            assert!(
                found.iter().any(|violation| violation.contains(named)),
                "{file}: {source}\n{found:?}"
            );
        }
    }
}

/// What is wrong with a file; `name` is its path below `src/`.
fn check(name: &str, source: &str) -> Vec<String> {
    let code = plain(source);
    let mut wrong = BTreeSet::new();
    for print in PRINTS {
        let may = name.starts_with(MAY_PRINT) || name.ends_with("tests.rs");
        if !may && has_word(&code, print) {
            wrong.insert(format!("src/{name} has {print}, which only cli/ may use"));
        }
    }
    let here = module(name);
    let Some(own) = here.first() else {
        // lib.rs declares; main.rs calls the command line.
        for path in paths(&code, "anubad::") {
            if path.first().is_some_and(|first| first != "cli") {
                wrong.insert(format!("src/{name} names {}, not cli", path.join("::")));
            }
        }
        return wrong.into_iter().collect();
    };
    let Some(rank) = rank(own) else {
        return vec![format!(
            "src/{name} is in no module of ORDER: give `{own}` its place there, in src/lib.rs and \
             in docs/architecture.md"
        )];
    };
    let mut imports = paths(&code, "crate::");
    imports.extend(climbing(&code, &here));
    for path in imports {
        let Some(first) = path.first() else { continue };
        let shown = path.join("::");
        match self::rank(first) {
            None => {
                wrong.insert(format!(
                    "src/{name} names {shown}, but no module {first} is in ORDER"
                ));
                continue;
            }
            Some(other) if other > rank => {
                wrong.insert(format!(
                    "src/{name} names {shown}, which stands below {own} in the order"
                ));
            }
            Some(_) => {}
        }
        if own == "provider" && !PROVIDER_SEES.contains(&first.as_str()) {
            wrong.insert(format!(
                "src/{name} names {shown}; a provider sees {} only",
                PROVIDER_SEES.join(", ")
            ));
        }
        let service = path.get(1).filter(|second| {
            first == "provider"
                && SERVICES.contains(&second.as_str())
                && here.get(1) != Some(second)
        });
        if service.is_some() && !NAMES_SERVICES.iter().any(|file| name.starts_with(file)) {
            wrong.insert(format!(
                "src/{name} names {shown}; only {} may name a service",
                NAMES_SERVICES.join(" and ")
            ));
        }
    }
    wrong.into_iter().collect()
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

/// The module that a file is: `plan::build` for `plan/build.rs`.
fn module(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = name
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if matches!(
        parts.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        parts.pop();
    }
    parts
}

/// The modules that a source declares, in order; private ones are left out.
fn modules(code: &str) -> Vec<&str> {
    code.lines()
        .filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect()
}

/// Every path that begins with `root`, groups taken apart, without `root`.
fn paths(code: &str, root: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(root) {
        if !code[..at].ends_with(is_identifier) {
            tree(&code[at + root.len()..], &[], &mut found);
        }
    }
    found
}

/// Paths that begin with `super::`, from the root of the crate. In a module
/// inside a file they seem to climb one step too far, which at worst asks for a
/// path that says `crate::`.
fn climbing(code: &str, here: &[String]) -> Vec<Vec<String>> {
    const UP: &str = "super::";
    let mut found = Vec::new();
    for (at, _) in code.match_indices(UP) {
        if code[..at].ends_with(is_identifier) || code[..at].ends_with(UP) {
            continue;
        }
        let rest = code[at..].trim_start_matches(UP);
        let steps = (code.len() - at - rest.len()) / UP.len();
        let Some(base) = here.len().checked_sub(steps).and_then(|n| here.get(..n)) else {
            continue;
        };
        let mut reached = Vec::new();
        tree(rest, base, &mut reached);
        // At the root itself only modules count: what is named may be the file's own.
        reached.retain(|path| !base.is_empty() || path.first().is_some_and(|p| rank(p).is_some()));
        found.extend(reached);
    }
    found
}

/// The paths of a use tree; returns what follows it.
fn tree<'c>(code: &'c str, base: &[String], found: &mut Vec<Vec<String>>) -> &'c str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        loop {
            rest = rest.trim_start().trim_start_matches(',').trim_start();
            match rest.strip_prefix('}') {
                Some(after) => return after,
                None if rest.is_empty() => return rest,
                None => {}
            }
            let after = tree(rest, base, found);
            // Anything unforeseen ends the group instead of going round for ever.
            rest = after.trim_start();
            if let Some(renamed) = rest.strip_prefix("as ") {
                rest = renamed.trim_start().trim_start_matches(is_identifier);
            }
            if !rest.trim_start().starts_with([',', '}']) {
                return rest;
            }
        }
    }
    let end = code
        .find(|c: char| !is_identifier(c) && c != '*')
        .unwrap_or(code.len());
    let mut path = base.to_vec();
    if !matches!(&code[..end], "" | "*" | "self") {
        path.push(code[..end].to_owned());
    }
    match code[end..].strip_prefix("::") {
        Some(rest)
            if rest
                .trim_start()
                .starts_with(|c| is_identifier(c) || c == '{' || c == '*') =>
        {
            tree(rest, &path, found)
        }
        _ => {
            found.push(path);
            &code[end..]
        }
    }
}

fn is_identifier(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(is_identifier))
}

/// The source without comments and without what strings and characters hold.
fn plain(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let after_word = out.ends_with(is_identifier);
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if c == '"' {
            string(rest)
        } else if let Some(length) = raw_string(rest).filter(|_| !after_word) {
            length
        } else if c == '\'' {
            character(rest)
        } else {
            0
        };
        if skipped > 0 {
            out.push(' ');
            rest = &rest[skipped..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// The bytes of the string that `rest` begins with.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The bytes of the raw string that `rest` begins with, if it begins with one.
fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let body = after.trim_start_matches('#');
    let hashes = after.len() - body.len();
    let body = body.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = rest.len() - body.len();
    Some(
        body.find(&end)
            .map_or(rest.len(), |at| start + at + end.len()),
    )
}

/// The bytes of the character that `rest` begins with; 0 for a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            let body = chars.next().map_or(rest.len(), |(at, c)| at + c.len_utf8());
            rest[body..]
                .find('\'')
                .map_or(rest.len(), |at| body + at + 1)
        }
        Some(_) => match chars.next() {
            Some((at, '\'')) => at + 1,
            _ => 0,
        },
        None => 0,
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
