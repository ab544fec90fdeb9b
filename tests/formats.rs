//! Published samples through the binary: they come back as they were but for the
//! language and where they come from, and they are what their schemas ask for.
//!
//! The samples and schemas are not part of this project; without them, and without
//! `xmllint` for those of XML, this skips and says so.

#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the samples' names are as they are"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// What differs on a line where the language or the origin is said, or a name that
/// only its letters are changed of.
const SAID: [&str; 16] = [
    "<?xml",
    "byttl",
    "lang",
    "language",
    "uri",
    "guid",
    "translatedFrom",
    "id-string",
    "digitalSourceType",
    "digitalsourcetype",
    "\"by\"",
    "<by>",
    "byline",
    "standardversion",
    "trgLang",
    "<id>",
];

const CONFIG: &str = "\
[pipeline]
providers = [\"echo\"]
[input]
extensions = [\"xml\", \"json\"]
boilerplate = \"keep\"
[glossaries]
base = false
[style]
dateline = \"keep\"
digits = \"keep\"
quotes = \"keep\"
";

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

/// The samples of a folder whose names `is_meant`; none, said so, where it is absent.
fn samples(folder: &str, is_meant: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let folder = data().join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no samples at {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| is_meant(&file.file_name().unwrap().to_string_lossy()));
    files.sort();
    files
}

/// What each of the files becomes; those that hold no story become nothing.
fn echoed(files: &[PathBuf], work: &Path) -> Vec<(PathBuf, PathBuf)> {
    if files.is_empty() {
        return Vec::new();
    }
    let (input, output) = (work.join("in"), work.join("out"));
    std::fs::create_dir_all(&input).unwrap();
    let config = work.join("pipeline.toml");
    std::fs::write(&config, CONFIG).unwrap();
    let mut names = Vec::new();
    for (i, file) in files.iter().enumerate() {
        let extension = file.extension().unwrap().to_string_lossy().into_owned();
        let name = format!("s{i}.{extension}");
        std::fs::copy(file, input.join(&name)).unwrap();
        names.push((file.clone(), output.join(format!("s{i}.bn.{extension}"))));
    }
    let done = Command::new(env!("CARGO_BIN_EXE_anubad"))
        .args([
            "translate",
            "--from",
            "en",
            "--to",
            "bn",
            "--provider",
            "echo",
            "--config",
        ])
        .arg(&config)
        .arg("-o")
        .arg(&output)
        .arg(&input)
        .env_remove("RUST_LOG")
        .output()
        .unwrap();
    assert!(
        matches!(done.status.code(), Some(0 | 2)),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    names.retain(|(_, output)| output.exists());
    names
}

/// Says which lines differ where nothing is said of language or origin.
fn differing(source: &Path, output: &Path) -> Vec<String> {
    let (source, output) = (
        std::fs::read_to_string(source).unwrap(),
        std::fs::read_to_string(output).unwrap(),
    );
    let (old, new): (Vec<&str>, Vec<&str>) = (source.lines().collect(), output.lines().collect());
    if old.len() != new.len() {
        return vec![format!("{} lines became {}", old.len(), new.len())];
    }
    let lines = old.into_iter().zip(new);
    let differ = lines.filter(|(old, new)| {
        old != new && seen(old) != seen(new) && !SAID.iter().any(|said| new.contains(said))
    });
    differ
        .map(|(old, new)| format!("- {old}\n+ {new}"))
        .collect()
}

/// A line as a reader sees it: what is published has no characters without a width, and
/// letters of JSON are letters.
fn seen(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("\\u") {
        let code = rest
            .get(at + 2..at + 6)
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        out.push_str(&rest[..at]);
        out.extend(code.and_then(char::from_u32));
        rest = rest.get(at + 6..).unwrap_or_default();
    }
    out.push_str(rest);
    out.retain(|c| {
        !matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
    });
    out.replace("\\/", "/").replace('\u{2009}', " ")
}

fn check(files: &[(PathBuf, PathBuf)]) {
    for (source, output) in files {
        let lines = differing(source, output);
        assert!(
            lines.is_empty(),
            "{}:\n{}",
            source.display(),
            lines.join("\n")
        );
    }
}

#[test]
fn feeds_come_back() {
    let work = tempfile::tempdir().unwrap();
    let files = samples("articles/feeds", |name| name.ends_with(".xml"));
    let done = echoed(&files, work.path());
    assert_eq!(done.len(), files.len());
    check(&done);
}

/// Schemas that these refer to and that are not at hand (of coordinates) allow anything.
struct Elsewhere;

impl jsonschema::Retrieve for Elsewhere {
    fn retrieve(
        &self,
        _: &jsonschema::Uri<String>,
    ) -> Result<serde_json::Value, Box<dyn std::error::Error + Send + Sync>> {
        Ok(serde_json::json!({}))
    }
}

#[test]
fn ninjs_comes_back_and_is_valid() {
    let work = tempfile::tempdir().unwrap();
    let files = samples("schemas/ninjs", |name| {
        name.contains("example") && name.ends_with(".json")
    });
    let done = echoed(&files, work.path());
    check(&done);
    let mut judged = 0;
    for schema in ["ninjs-schema_2.2.json", "ninjs-schema_3.1.json"] {
        let Ok(text) = std::fs::read_to_string(data().join("schemas").join(schema)) else {
            continue;
        };
        let schema = serde_json::from_str(&text).unwrap();
        let options = jsonschema::options().with_retriever(Elsewhere);
        let validator = options.build(&schema).unwrap();
        let value = |path: &Path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for (source, output) in &done {
            if !validator.is_valid(&value(source)) {
                continue;
            }
            judged += 1;
            let output = value(output);
            let errors: Vec<String> = validator
                .iter_errors(&output)
                .map(|e| e.to_string())
                .collect();
            assert!(
                errors.is_empty(),
                "{}: {}",
                source.display(),
                errors.join("\n")
            );
        }
    }
    assert!(files.is_empty() || judged > 8, "{judged}");
}

/// Those of the files that are valid, as `xmllint` judges; `None` where there is none.
fn valid(schema: &Path, files: &[&Path]) -> Option<Vec<PathBuf>> {
    let judged = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(files)
        .output();
    let Ok(judged) = judged else {
        println!("skipped: no xmllint on this machine");
        return None;
    };
    let said = String::from_utf8_lossy(&judged.stderr).into_owned();
    let is_valid = |file: &&Path| said.contains(&format!("{} validates", file.display()));
    Some(
        files
            .iter()
            .copied()
            .filter(is_valid)
            .map(Path::to_owned)
            .collect(),
    )
}

#[test]
fn newsml_comes_back_and_is_valid() {
    let work = tempfile::tempdir().unwrap();
    let files = samples("schemas/newsml-g2", |name| name.ends_with(".xml"));
    let done = echoed(&files, work.path());
    check(&done);
    if files.is_empty() {
        return;
    }
    assert!(done.len() > 10, "{} of {}", done.len(), files.len());
    // The schema names the one that it imports by another name than the samples' folder has.
    let folder = data().join("schemas/newsml-g2");
    let schema = work.path().join("newsml.xsd");
    std::fs::copy(
        folder.join("examples__xml.xsd"),
        work.path().join("xml.xsd"),
    )
    .unwrap();
    std::fs::copy(
        folder.join("specification__NewsML-G2_2.35-spec-All-Power.xsd"),
        &schema,
    )
    .unwrap();
    let sources: Vec<&Path> = done.iter().map(|(source, _)| source.as_path()).collect();
    let Some(valid_sources) = valid(&schema, &sources) else {
        return;
    };
    let outputs: Vec<&Path> = (done.iter())
        .filter(|(source, _)| valid_sources.contains(source))
        .map(|(_, output)| output.as_path())
        .collect();
    assert!(outputs.len() > 8, "{} valid samples", outputs.len());
    let valid_outputs = valid(&schema, &outputs).unwrap();
    for output in outputs {
        assert!(
            valid_outputs.iter().any(|v| v == output),
            "{}",
            output.display()
        );
    }
}
