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
        "azure",
        "bhashini",
        "deepl",
        "google-v2",
        "google-v3",
        "http",
        "libretranslate",
        "mint",
        "modernmt",
        "nllb-serve",
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
