//! `anubad translate`.

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::args::{From, TranslateArgs};
use super::run::none_found;
use super::{Exit, complain, config, print};
use crate::article::Document;
use crate::article::read::{self, Reading};
use crate::batch::{self, Input, Named, Origin, OutputError, OutputFolder};
use crate::config::{self, Config};
use crate::language::Pair;
use crate::names::Ledger;
use crate::translate::{Direction, Translation, Translator};
use crate::verify::Severity;

pub(super) async fn translate(args: &TranslateArgs) -> Exit {
    let mut config = match config(&args.config) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let direction = Direction {
        from: match args.from {
            From::Auto => None,
            From::Language(language) => Some(language),
        },
        to: args.to,
    };
    if let Err(message) = offered(direction, &config.pipeline.pairs) {
        print::say(&message);
        return Exit::Usage;
    }
    if let Some(name) = &args.provider {
        if !config.providers.contains_key(name) {
            print::say(&format!("--provider: {}", config.unknown_provider(name)));
            return Exit::Usage;
        }
        config.pipeline.providers = vec![name.clone()];
    }
    let mut translator = match config::translator(&config).await {
        Ok(translator) => translator,
        Err(error) => return complain(&error),
    };
    consult_names(&config, &mut translator).await;
    let (inputs, unread) = batch::find(
        &args.inputs,
        Path::new("."),
        &config.input.extensions,
        args.output.as_deref(),
    );
    for error in &unread {
        print::say(error);
    }
    if inputs.is_empty() {
        if unread.is_empty() {
            print::say(&none_found(&config));
        }
        return Exit::Nothing;
    }
    let sink = match Sink::open(args, &inputs) {
        Ok(sink) => sink,
        Err(error) => {
            print::say(&error);
            return Exit::Nothing;
        }
    };
    let mut tally = Tally {
        failed: unread.len(),
        ..Tally::default()
    };
    let mut reading = config.input.reading();
    reading.format = args.format.or(reading.format);
    for (i, input) in inputs.iter().enumerate() {
        let limit = config.input.max_bytes;
        let done = match one(&translator, input, direction, limit, &reading).await {
            Ok((document, translation)) => sink
                .put(&document, &translation)
                .map(|()| tally.add(&translation)),
            Err(error) => Err(Failure::Article(error)),
        };
        match done {
            Ok(()) => {}
            Err(Failure::Article(error)) => {
                tally.failed += 1;
                print::say(&format!("{error:#}"));
            }
            // Nothing that follows could be written: nothing is asked for.
            Err(Failure::Output(cause)) => {
                tally.failed += inputs.len() - i;
                if cause.kind() != ErrorKind::BrokenPipe {
                    print::say(&format!("cannot write to standard output: {cause}"));
                }
                break;
            }
        }
    }
    tally.report(args)
}

/// Whether a pair that is configured goes this way.
fn offered(direction: Direction, pairs: &[Pair]) -> Result<(), String> {
    let way = |pair: &Pair| {
        direction.from.is_none_or(|from| pair.source == from)
            && direction.to.is_none_or(|to| pair.target == to)
    };
    if pairs.iter().any(way) {
        return Ok(());
    }
    let asked = match (direction.from, direction.to) {
        (Some(from), Some(to)) if from == to => {
            return Err(format!("--from and --to are both `{from}`"));
        }
        (Some(from), Some(to)) => format!("from `{from}` to `{to}`"),
        (Some(from), None) => format!("from `{from}`"),
        (None, Some(to)) => format!("into `{to}`"),
        (None, None) => "anything".to_owned(),
    };
    let pairs: Vec<String> = pairs.iter().map(ToString::to_string).collect();
    Err(format!(
        "no configured pair translates {asked} (pairs: {}); add it under `pairs` in [pipeline]",
        pairs.join(", ")
    ))
}

/// Puts the approved names of the state file, if there is one, below the glossaries.
/// A file that cannot be read is told, and the articles are translated without it.
async fn consult_names(config: &Config, translator: &mut Translator) {
    if !config.state_file().exists() {
        return;
    }
    let adopted = match config.existing_state() {
        Ok(state) => config.adopt(translator, &Ledger::new(state)).await,
        Err(error) => Err(error),
    };
    if let Err(error) = adopted {
        print::say(&format!("approved names are left aside: {error}"));
    }
}

async fn one(
    translator: &Translator,
    input: &Input,
    direction: Direction,
    max_bytes: u64,
    reading: &Reading,
) -> anyhow::Result<(Document, Translation)> {
    let named = |error: &dyn std::fmt::Display| anyhow::anyhow!("{}: {error}", input.shown());
    if input.origin == Origin::Stdin && std::io::stdin().is_terminal() {
        print::say(&"reading the article from the terminal; Ctrl-D ends it");
    }
    let bytes = input.read(&batch::Disk, max_bytes)?;
    let document = read::document(&input.id, bytes, reading).map_err(|e| named(&e))?;
    tracing::info!(
        article = input.id,
        blocks = document.blocks().count(),
        "read"
    );
    let translation = translator
        .document(&document, direction)
        .await
        .map_err(|e| named(&e))?;
    Ok((document, translation))
}

/// What became of the articles.
#[derive(Default)]
struct Tally {
    written: usize,
    failed: usize,
    findings: usize,
    draft: bool,
}

impl Tally {
    fn add(&mut self, translation: &Translation) {
        self.written += 1;
        self.draft |= translation.is_draft();
        self.findings += translation
            .all_findings()
            .filter(|f| f.severity > Severity::Note)
            .count();
    }

    fn report(&self, args: &TranslateArgs) -> Exit {
        if self.draft {
            print::say(&"DRAFT: from a provider of draft quality; not to be published unread");
        }
        if self.findings > 0 && !args.json {
            let verb = if self.findings == 1 { "needs" } else { "need" };
            print::say(&format!(
                "{} {verb} an editor's eye; --json shows what and where",
                print::count(self.findings, "finding")
            ));
        }
        Exit::of(self.written, self.failed, self.findings, args.strict)
    }
}

/// Why an article did not come out.
enum Failure {
    /// It failed by itself.
    Article(anyhow::Error),
    /// Standard output takes no more.
    Output(std::io::Error),
}

impl std::convert::From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::Article(error.into())
    }
}

/// Where translations go.
struct Sink {
    json: bool,
    place: Place,
}

enum Place {
    Stdout { many: bool },
    File { folder: OutputFolder, path: PathBuf },
    Folder(OutputFolder),
}

impl Sink {
    fn open(args: &TranslateArgs, inputs: &[Input]) -> Result<Self, OutputError> {
        let place = match &args.output {
            None => Place::Stdout {
                many: inputs.len() > 1,
            },
            Some(path) if names_one_file(args) && !path.is_dir() && !ends_in_slash(path) => {
                let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
                let folder = OutputFolder::open(parent.unwrap_or(Path::new(".")))?.sparing(inputs);
                folder.spares(path)?;
                Place::File {
                    folder,
                    path: path.clone(),
                }
            }
            Some(path) => Place::Folder(OutputFolder::open(path)?.sparing(inputs)),
        };
        Ok(Self {
            json: args.json,
            place,
        })
    }

    fn put(&self, document: &Document, translation: &Translation) -> Result<(), Failure> {
        let content = if self.json {
            let json = serde_json::to_string(translation);
            json.map_err(|e| Failure::Article(e.into()))? + "\n"
        } else {
            translation.file(document, &translation.facts())
        };
        match &self.place {
            Place::Stdout { many } => {
                let content = if *many && !self.json {
                    let name = print::visible(&translation.id);
                    format!("==> {name} <==\n{content}\n")
                } else {
                    content
                };
                let mut out = std::io::stdout().lock();
                out.write_all(content.as_bytes())
                    .and_then(|()| out.flush())
                    .map_err(Failure::Output)?;
            }
            Place::File { folder, path } => folder.write(&[(path, content.as_bytes())])?,
            Place::Folder(folder) => {
                let extension = if self.json {
                    document.format.details()
                } else {
                    document.format.extension().to_owned()
                };
                let path = folder.path(&Named::from(translation), &extension)?;
                folder.write(&[(&path, content.as_bytes())])?;
            }
        }
        Ok(())
    }
}

/// Whether what was typed can mean but one article, however many a folder or a
/// glob happens to hold today.
fn names_one_file(args: &TranslateArgs) -> bool {
    match args.inputs.as_slice() {
        [one] => one == Path::new("-") || (one.exists() && !one.is_dir()),
        _ => false,
    }
}

fn ends_in_slash(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_direction_that_no_pair_has_is_told_before_anything_is_read() {
        let (en, bn) = (Some(Language::ENGLISH), Some(Language::BANGLA));
        let fr = "fr".parse().ok();
        for (from, to, offers) in [
            (None, None, true),
            (en, None, true),
            (None, bn, true),
            (en, bn, true),
            (en, en, false),
            (bn, en, false),
            (None, fr, false),
            (fr, bn, false),
        ] {
            let direction = Direction { from, to };
            assert_eq!(
                offered(direction, &[Pair::EN_BN]).is_ok(),
                offers,
                "{from:?} {to:?}"
            );
        }
    }
}
