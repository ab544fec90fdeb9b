//! Articles in a store: the search of [`super::search`], where there is a list of files
//! and no folder to look at.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;

use super::input::{GLOB, file};
use super::{Input, InputError, Store, place};

/// The articles in `store` that `patterns` name, in a stable order, each once; and what
/// could not be searched.
///
/// A pattern is a file, a folder or a glob, as it is on a disk; hidden files and what
/// lies in `skip`, the output folder, are left out.
#[must_use]
pub fn search_in(
    store: &dyn Store,
    patterns: &[PathBuf],
    base: &Path,
    extensions: &[String],
    skip: &Path,
) -> (Vec<Input>, Vec<InputError>) {
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    let mut known = HashSet::new();
    for pattern in patterns {
        match pattern_in(store, pattern, base, extensions, &plain(skip)) {
            Ok(mut found) => {
                found.sort_by(|a, b| a.id.cmp(&b.id));
                found.retain(|input| known.insert(input.origin.clone()));
                inputs.append(&mut found);
            }
            Err(error) => errors.push(error),
        }
    }
    (inputs, errors)
}

fn pattern_in(
    store: &dyn Store,
    pattern: &Path,
    base: &Path,
    extensions: &[String],
    skip: &Path,
) -> Result<Vec<Input>, InputError> {
    let shown = || place(base, pattern).display().to_string();
    let text = pattern.to_string_lossy();
    let is_glob = text.contains(GLOB);
    let whole = plain(pattern);
    // The search starts at the last folder that a glob names outright.
    let is_fixed = |c: &Component<'_>| !c.as_os_str().to_string_lossy().contains(GLOB);
    let root: PathBuf = if is_glob {
        whole.components().take_while(is_fixed).collect()
    } else {
        whole.clone()
    };
    let root = place(base, &root);
    if root.starts_with(skip) {
        return Err(InputError::IsOutput(root.display().to_string()));
    }
    let listed = store.list(&root);
    let mut listed = listed.map_err(|cause| InputError::Unreadable {
        path: root.display().to_string(),
        cause,
    })?;
    listed.retain(|path| !path.starts_with(skip));
    if is_glob {
        let glob = GlobBuilder::new(&whole.to_string_lossy())
            .literal_separator(true)
            .build();
        let glob = glob.map_err(|cause| InputError::Pattern {
            pattern: text.clone().into_owned(),
            cause,
        })?;
        let matcher = glob.compile_matcher();
        listed.retain(|path| {
            matcher.is_match(path.strip_prefix(base).unwrap_or(path)) && is_seen(path, &root)
        });
    } else if let [only] = listed.as_slice()
        && *only == root
    {
        // It was named outright, whatever it is called.
        let folder = root.parent().unwrap_or(base);
        return Ok(vec![file(&root, folder)]);
    } else if listed.is_empty() {
        return Err(InputError::Missing(shown()));
    } else {
        let is_article = |path: &PathBuf| {
            let extension = path.extension().and_then(|e| e.to_str());
            extension.is_some_and(|e| extensions.iter().any(|x| x.eq_ignore_ascii_case(e)))
        };
        listed.retain(|path| is_article(path) && is_seen(path, &root));
    }
    if listed.is_empty() && is_glob {
        return Err(InputError::NoMatch(shown()));
    }
    Ok(listed.iter().map(|path| file(path, &root)).collect())
}

/// A path without dots: nothing is looked at that they could lead around.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Whether no part of a path below `root` is hidden.
fn is_seen(path: &Path, root: &Path) -> bool {
    let below = path.strip_prefix(root).unwrap_or(path).components();
    !below
        .into_iter()
        .any(|c| c.as_os_str().as_encoded_bytes().starts_with(b"."))
}

#[cfg(test)]
mod tests {
    use super::super::{Disk, find};
    use super::*;

    #[test]
    fn what_is_found_in_a_list_is_what_is_found_on_a_disk() {
        let dir = tempfile::tempdir().unwrap();
        let base = dir.path();
        for name in [
            "in/b.txt",
            "in/a.txt",
            "in/sub/c.TXT",
            "in/d.pdf",
            "in/out/x.txt",
            "in/.cache/y.txt",
            "in/.z.txt",
            "other/e.txt",
        ] {
            let path = base.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let skip = base.join("in/out");
        let extensions = ["txt".to_owned()];
        for patterns in [
            &["in", "in/a.txt", "other"][..],
            &["in/**/*.txt"],
            &["./in/*.txt"],
            &["in/d.pdf", "in/b.txt", "in/a.txt"],
            &["other/*.xml"],
            &["none"],
            &["in/{a"],
            &["in/out"],
        ] {
            let patterns: Vec<PathBuf> = patterns.iter().map(PathBuf::from).collect();
            let (expected, unread) = find(&patterns, base, &extensions, Some(&skip));
            let (found, errors) = search_in(&Disk, &patterns, base, &extensions, &skip);
            assert_eq!(found, expected, "{patterns:?}");
            let shown = |errors: Vec<InputError>| -> Vec<String> {
                errors.iter().map(ToString::to_string).collect()
            };
            assert_eq!(shown(errors), shown(unread), "{patterns:?}");
        }
    }
}
