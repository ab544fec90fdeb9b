//! The base layer, inside the program: what is installed alone still knows its
//! names.

use std::borrow::Cow;

use super::layer::{File, Layer};

/// The shipped files. Among them the earlier outranks the later.
macro_rules! shipped {
    ($($file:literal),+ $(,)?) => {
        [$(($file, include_str!(concat!("../../glossaries/", $file)))),+]
    };
}

/// Name and text of every file of `glossaries/`.
const FILES: &[(&str, &str)] = &shipped![
    "agencies.tsv",
    "currencies-languages.tsv",
    "forbidden.tsv",
    "newsroom.tsv",
    "organisations.tsv",
    "persons.tsv",
    "places-bangladesh.tsv",
    "places-world.tsv",
    "sport.tsv",
];

impl Layer {
    /// The layer that ships with the program.
    #[must_use]
    pub fn embedded() -> Self {
        let file = |&(name, text): &(&str, &'static str)| File::Text {
            name: format!("base:{name}"),
            text: Cow::Borrowed(text),
        };
        Self {
            name: "base".to_owned(),
            files: FILES.iter().map(file).collect(),
            desk: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Glossary;
    use jiff::civil::date;
    use std::path::Path;

    #[test]
    fn every_shipped_file_is_in_the_program() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("glossaries");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| Path::new(name).extension().is_some_and(|e| e == "tsv"))
            .collect();
        there.sort();
        let here: Vec<&str> = FILES.iter().map(|f| f.0).collect();
        assert_eq!(
            here, there,
            "list the files of glossaries/ in FILES, by name"
        );
    }

    #[test]
    fn the_shipped_layer_loads() {
        let glossary = Glossary::load(&[Layer::embedded()], date(2026, 1, 1));
        assert!(glossary.is_ok_and(|g| !g.is_empty()));
    }
}
