//! The pages of a run as files that need nothing but themselves.

use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::build::{Aids, Similar, page};
use super::exchange::xliff;
use super::folder::{Folder, ReviewError};
use super::html::{self, Still};
use super::overview::{Listed, Overview};
use super::page::Page;
use crate::batch::write_whole;
use crate::language::Pair;
use crate::memory::Match;
use crate::xliff::Unit;

/// Sentences of the memory that are like one, the likest first.
pub type Memory<'a> = dyn Fn(Pair, &str) -> Vec<Match> + 'a;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The list of articles.
    pub index: PathBuf,
    /// How many articles have a page.
    pub pages: usize,
    /// What is wrong with files of the run whose articles therefore have none.
    pub wrong: Vec<String>,
}

/// Writes `index.html` and a page for each article of `folder` below `into`.
///
/// `similar` gives sentences of the memory that are like one. Below `exchanged` each
/// article is written as XLIFF, too.
///
/// # Errors
/// When a page cannot be written, or would replace what is no page. A file of
/// the run that cannot be read costs its article the page, and is told.
pub fn write(
    folder: &Folder,
    into: &Path,
    similar: Option<&Memory<'_>>,
    exchanged: Option<&Path>,
) -> Result<Site, ReviewError> {
    let mut listed = Vec::with_capacity(folder.articles().len());
    let (mut pages, mut wrong) = (0, Vec::new());
    for article in folder.articles() {
        let found = folder
            .place(article)
            .zip(folder.details(article).transpose());
        let (place, details) = match found {
            Some((place, Ok(details))) => (place, details),
            Some((_, Err(error))) => {
                wrong.push(error.to_string());
                listed.push(Listed::unread(article, Some(error.to_string())));
                continue;
            }
            None => {
                let is_lost = article.output.is_some();
                let lost = is_lost.then(|| "its files are no longer in the folder".to_owned());
                listed.push(Listed::unread(article, lost));
                continue;
            }
        };
        let pair = Pair {
            source: details.source_language,
            target: details.target_language,
        };
        let previous = folder.previous(&place);
        let matches = similar.map(|similar| move |sentence: &str| similar(pair, sentence));
        let page = page(
            &details,
            &Aids {
                previous: previous.as_ref(),
                matches: matches.as_ref().map(|m| m as &Similar<'_>),
            },
        );
        if let Some(folder) = exchanged {
            let path = folder.join(place.with_extension("xlf"));
            hand_out(&path, &page)?;
        }
        let at = Path::new(PAGES).join(place.with_extension("html"));
        let up = "../".repeat(at.components().count() - 1);
        let text = html::article(&page, Some(&format!("{up}index.html")), &Still);
        publish(&into.join(&at), &text)?;
        listed.push(Listed::read(article, &page, url(&at)));
        pages += 1;
    }
    let index = into.join("index.html");
    publish(&index, &html::index(&Overview::of(folder, listed), &Still))?;
    Ok(Site {
        index,
        pages,
        wrong,
    })
}

/// Writes a page as XLIFF, unless that would lose what somebody has corrected in an
/// earlier one.
fn hand_out(path: &Path, page: &Page) -> Result<(), ReviewError> {
    let before = std::fs::read_to_string(path).ok();
    let before = before.and_then(|text| crate::xliff::read(&text).ok());
    let is_corrected = |unit: &Unit| unit.draft.is_some() && unit.is_corrected();
    if before.is_some_and(|document| document.units.iter().any(is_corrected)) {
        return Err(ReviewError::Corrected(path.to_owned()));
    }
    let text = crate::xliff::write(&xliff(page));
    write_whole(path, text.as_bytes()).map_err(|cause| ReviewError::Unwritten {
        path: path.to_owned(),
        cause,
    })
}

/// Where pages of articles are, so that none is called as the list.
const PAGES: &str = "pages";

fn publish(path: &Path, text: &str) -> Result<(), ReviewError> {
    if path.exists() && !is_ours(path) {
        return Err(ReviewError::Foreign(path.to_owned()));
    }
    write_whole(path, text.as_bytes()).map_err(|cause| ReviewError::Unwritten {
        path: path.to_owned(),
        cause,
    })
}

/// Whether a file says in its head that it is one of these pages.
fn is_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(4_096).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains("name=\"generator\" content=\"anubad ")
}

/// A path below the list as a URL.
fn url(path: &Path) -> String {
    let names = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let coded: Vec<String> = names.map(|name| coded(&name)).collect();
    coded.join("/")
}

/// A name as a part of a URL: what has a meaning there, or is not of ASCII, is
/// written as its bytes.
#[must_use]
pub fn coded(name: &str) -> String {
    use std::fmt::Write;
    name.bytes().fold(String::new(), |mut url, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_url() {
        let table = [
            ("pages/a.bn.html", "pages/a.bn.html"),
            (
                "pages/খবর ?#%.html",
                "pages/%E0%A6%96%E0%A6%AC%E0%A6%B0%20%3F%23%25.html",
            ),
            ("pages/javascript:x.html", "pages/javascript%3Ax.html"),
        ];
        for (path, expected) in table {
            assert_eq!(url(Path::new(path)), expected);
        }
    }
}
