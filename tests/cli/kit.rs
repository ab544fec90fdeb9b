//! A folder to work in, and the binary to work with.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// An article in English, with a name, a number, a date and a quotation.
pub(crate) const ENGLISH: &str = "\
Ferry crossings resume after a week of fog

DHAKA, January 14, 2026 (BSS) - Ferry crossings on the river resumed on Wednesday after a week of \
dense fog had kept 12 vessels at the jetties. Hundreds of lorries were waiting on both banks.

\"We can see the other side again,\" said a boatman at the crossing.
";

/// A sentence of [`ENGLISH`] that no log may repeat.
pub(crate) const SENTENCE: &str = "Hundreds of lorries were waiting";

/// An article in Bangla.
pub(crate) const BANGLA: &str = "\
কুয়াশা কাটায় ফেরি চলাচল শুরু

ঢাকা, ১৪ জানুয়ারি, ২০২৬ (বাসস) : ঘন কুয়াশায় এক সপ্তাহ বন্ধ থাকার পর বুধবার নদীতে ফেরি চলাচল আবার শুরু হয়েছে। \
দুই পাড়ে শত শত ট্রাক অপেক্ষা করছিল।
";

/// A configuration with the provider that answers at once.
pub(crate) const ECHO: &str = "[pipeline]\nproviders = [\"echo\"]\n[input]\npaths = [\"in\"]\n";

/// A folder of its own for a test.
pub(crate) struct Desk(tempfile::TempDir);

/// What a command did.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A desk with files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        for (name, content) in files {
            desk.write(name, content);
        }
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let path = self.path(name);
        String::from_utf8(
            std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())),
        )
        .unwrap()
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    /// The files below a folder, by their paths in it; hidden ones too.
    pub(crate) fn list(&self, folder: &str) -> Vec<String> {
        let root = self.path(folder);
        let mut names: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&root).unwrap();
                path.to_string_lossy().into_owned()
            })
            .collect();
        names.sort();
        names
    }

    /// `anubad` in this folder, not yet started.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anubad"));
        command.current_dir(self.0.path());
        // Models that the tester has installed are not found.
        command.env("XDG_DATA_HOME", self.0.path().join("data"));
        plain(&mut command);
        command
    }

    /// `anubad` with `arguments`, done.
    pub(crate) fn anubad<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Outcome {
        self.anubad_fed(arguments, "")
    }

    /// The same with something on standard input.
    pub(crate) fn anubad_fed<S: AsRef<OsStr>>(&self, arguments: &[S], input: &str) -> Outcome {
        let mut command = self.command();
        command.args(arguments);
        finish(&mut command, input)
    }
}

/// Nothing of the tester's own settings counts.
pub(crate) fn plain(command: &mut Command) {
    command
        .env_remove("RUST_LOG")
        .env_remove("RUST_BACKTRACE")
        .env("ANUBAD_KIT", kit());
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command, input: &str) -> Outcome {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read is free not to.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap().into()
}

/// Where the scripted provider lies.
pub(crate) fn kit() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kit")
}

/// A configuration whose one provider is the scripted program.
pub(crate) fn scripted(behaviour: &str) -> String {
    let program = kit().join("scripted.py");
    format!(
        "[pipeline]\nproviders = [\"scripted\"]\nconcurrency = 1\n[input]\npaths = [\"in\"]\n\
         [providers.scripted]\nkind = \"command\"\ncommand = [\"python3\", {program:?}{}]\n",
        behaviour
            .split_whitespace()
            .map(|word| format!(", {word:?}"))
            .collect::<String>()
    )
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Outcome {
    /// Asserts the exit status.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "{self:#?}");
        self
    }

    /// Asserts that standard error has each of `parts`.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.err.contains(part), "no `{part}` in {self:#?}");
        }
        self
    }

    /// Asserts that standard output has each of `parts`.
    #[track_caller]
    pub(crate) fn prints(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.out.contains(part), "no `{part}` in {self:#?}");
        }
        self
    }
}
