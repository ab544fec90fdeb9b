//! Every fragment of the documentation is a configuration.

use std::path::Path;

use anubad::config::Config;

#[test]
fn fragments_are_read() {
    let text = include_str!("../../docs/providers.md");
    let folder = tempfile::tempdir().unwrap();
    let mut kinds = Vec::new();
    for fragment in text.split("```toml\n").skip(1) {
        let fragment = fragment.split("```").next().unwrap();
        let kind = read(folder.path(), fragment);
        // What is commented out has to hold as well.
        let all: Vec<&str> = (fragment.lines())
            .map(|line| line.strip_prefix("# ").unwrap_or(line))
            .collect();
        assert_eq!(read(folder.path(), &all.join("\n")), kind);
        kinds.push(kind);
    }
    for kind in [
        "amazon",
        "anthropic",
        "azure",
        "bhashini",
        "deepl",
        "gemini",
        "google-v2",
        "google-v3",
        "http",
        "libretranslate",
        "mint",
        "modernmt",
        "nllb-serve",
        "ollama",
        "openai",
        "yandex",
    ] {
        assert!(
            kinds.iter().any(|known| known == kind),
            "{kind} has no page"
        );
    }
}

/// The kind of the one provider that a fragment describes.
fn read(folder: &Path, fragment: &str) -> String {
    let file = folder.join("pipeline.toml");
    std::fs::write(&file, fragment).unwrap();
    let config = Config::read(&file).unwrap_or_else(|error| panic!("{error}\n{fragment}"));
    let described = (config.providers.values())
        .find(|provider| !["local", "echo", "pseudo"].contains(&provider.kind()));
    described.unwrap().kind().to_owned()
}

/// A section with a key of its own, one that all services have, and a wrong one.
#[test]
fn a_wrong_key_is_named_with_those_that_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pipeline.toml");
    for (line, needs) in [
        (
            "ulr = \"https://mt.example.org\"",
            ["line 3", "unknown key `ulr`", "`url`, `key`"],
        ),
        ("attempts = 0", ["line 3", "attempts = 0", "from 1 to"]),
        (
            "requests_per_minute = -1",
            ["line 3", "a minute, more than 0", "-1"],
        ),
        (
            "url = \"mt.example.org\"",
            ["line 3", "no address", "https://"],
        ),
        ("key = { evn = \"X\" }", ["line 3", "evn", "`env`"]),
        ("english = \"EN\"", ["line 3", "EN-GB", "EN-US"]),
        ("pairs = [\"en-en\"]", ["line 3", "into itself", "en-en"]),
    ] {
        let text = format!("[providers.deepl]\nkind = \"deepl\"\n{line}\n");
        std::fs::write(&file, text).unwrap();
        let error = Config::read(&file).unwrap_err().to_string();
        for needed in needs {
            assert!(error.contains(needed), "{line}: {error}");
        }
    }
}
