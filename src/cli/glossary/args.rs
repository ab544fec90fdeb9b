//! What may be typed after `anubad glossary`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::super::args::ConfigArg;
use crate::glossary::exchange::Format;
use crate::glossary::{CaseRule, Kind, PartOfSpeech};
use crate::language::{Language, Pair};

const LINT: &str = "\
A conflict is two rows of one layer that give one form two renderings, or forbid what another
asks for; it is an error, with both places. The exit status is 78 where there is an error, and
with --strict 3 where there is a warning.";

const SEARCH: &str = "\
Examples:
  anubad glossary search ঢাকায়               ঢাকা, whatever its ending
  anubad glossary search chief adviser
The exit status is 1 where nothing is found; what is spelled much alike is shown then.";

const ADD: &str = "\
Examples:
  anubad glossary add \"Nurul Karim\" \"নূরুল করিম\" --kind person
  anubad glossary add ceasefire যুদ্ধবিরতি --kind term --variant truce --note \"2026 style book\"
The row goes to the end of the file; every other byte stays as it is.";

const IMPORT: &str = "\
Reads CSV (commas, semicolons or tabs), TSV, and TBX (versions 2 and 3). Columns are told by their
names: see glossaries/README.md. What a glossary has no place for is left out and counted.";

const EXPORT: &str = "\
Examples:
  anubad glossary export --format tbx -o house.tbx house.tsv
  anubad glossary export --format csv -o all.csv       every configured layer, highest first";

const SUGGEST: &str = "\
ARTICLE and TRANSLATION are two files. Line by line where they have as many lines; else paragraphs are
aligned by length. A single folder holds pairs NAME.en.txt and NAME.bn.txt (or NAME.txt and
NAME.bn.txt), and files NAME.LANGUAGE.json that `anubad run` wrote. What is proposed is a
glossary file: read it, delete what is wrong, then name it in pipeline.toml or import it.";

/// `anubad glossary`.
#[derive(Debug, Args)]
pub(in crate::cli) struct GlossaryArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What can be done with glossaries.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Action {
    /// Say what is wrong or doubtful in the configured glossaries, or in FILES.
    #[command(after_help = LINT)]
    Lint(LintArgs),
    /// Look words up in every layer, in both languages.
    #[command(after_help = SEARCH)]
    Search(SearchArgs),
    /// Add an entry to the desk's file.
    #[command(after_help = ADD)]
    Add(AddArgs),
    /// Make a glossary file of a spreadsheet or a term base.
    #[command(after_help = IMPORT)]
    Import(ImportArgs),
    /// Write glossaries for a spreadsheet or a term base.
    #[command(after_help = EXPORT)]
    Export(ExportArgs),
    /// Propose entries from articles and their translations.
    #[command(after_help = SUGGEST)]
    Suggest(SuggestArgs),
}

/// `anubad glossary lint`.
#[derive(Debug, Args)]
pub(in crate::cli) struct LintArgs {
    /// Glossary files; the configured layers if none is named.
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Print one JSON object a finding.
    #[arg(long)]
    pub json: bool,
    /// Exit with 3 when warnings remain.
    #[arg(long)]
    pub strict: bool,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
}

/// `anubad glossary search`.
#[derive(Debug, Args)]
pub(in crate::cli) struct SearchArgs {
    /// The words, in either language.
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    /// Print one JSON object an entry.
    #[arg(long)]
    pub json: bool,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
}

/// `anubad glossary add`.
#[derive(Debug, Args)]
pub(in crate::cli) struct AddArgs {
    /// The form in one language.
    pub source: String,
    /// The form in the other one.
    pub target: String,
    /// person, place, organisation, agency, title, term, do-not-translate or forbidden.
    #[arg(long, value_parser = kind)]
    pub kind: Kind,
    /// A word to the next editor.
    #[arg(long)]
    pub note: Option<String>,
    /// Another spelling to recognise; may be given more than once.
    #[arg(long, value_name = "FORM")]
    pub variant: Vec<String>,
    /// exact: only as written; any: capitals do not matter.
    #[arg(long, value_parser = case)]
    pub case: Option<CaseRule>,
    /// The only direction in which the entry holds, such as en-bn.
    #[arg(long, value_name = "PAIR", value_parser = pair)]
    pub direction: Option<Pair>,
    /// noun, proper-noun, verb, adjective, adverb or other.
    #[arg(long, value_name = "PART", value_parser = part)]
    pub pos: Option<PartOfSpeech>,
    /// The desk whose usage it is.
    #[arg(long)]
    pub desk: Option<String>,
    /// The first day on which it holds, as in 2026-01-31.
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// The last day on which it holds.
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// The file to add it to; the desk's file of the configuration if not named.
    #[arg(long)]
    pub file: Option<PathBuf>,
    /// The languages of SOURCE and TARGET; told by their letters if not named.
    #[arg(long, value_parser = pair)]
    pub pair: Option<Pair>,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
}

/// `anubad glossary import`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// The spreadsheet or term base.
    pub file: PathBuf,
    /// The glossary file to write, which must be new; standard output if not named.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// tsv, csv or tbx; told by the name if not named.
    #[arg(long)]
    pub format: Option<Format>,
    /// The kind of rows that name none.
    #[arg(long, default_value = "term", value_parser = kind)]
    pub kind: Kind,
    /// The languages of columns called source and target.
    #[arg(long, default_value = "en-bn", value_parser = pair)]
    pub pair: Pair,
}

/// `anubad glossary export`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    /// Glossary files; the configured layers if none is named.
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// csv, tbx or tsv.
    #[arg(long)]
    pub format: Format,
    /// The file to write, which must be new; standard output if not named.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only this layer: base, house or desk.
    #[arg(long, conflicts_with = "files")]
    pub layer: Option<String>,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
}

/// `anubad glossary suggest`.
#[derive(Debug, Args)]
pub(in crate::cli) struct SuggestArgs {
    /// The article, or a folder of pairs.
    #[arg(value_name = "ARTICLE|FOLDER")]
    pub source: PathBuf,
    /// Its accepted translation.
    #[arg(value_name = "TRANSLATION")]
    pub target: Option<PathBuf>,
    /// The glossary file to write, which must be new; standard output if not named.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The languages of article and translation, such as en-bn.
    #[arg(long, default_value = "en-bn", value_parser = pair)]
    pub pair: Pair,
    /// Most entries to propose.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub limit: usize,
    /// Least score of a proposal, from 0 to 1.
    #[arg(long, value_name = "SCORE", default_value_t = 0.5)]
    pub score: f64,
    /// Print one JSON object an entry instead of a glossary file.
    #[arg(long)]
    pub json: bool,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
}

fn kind(text: &str) -> Result<Kind, String> {
    let names = || Kind::ALL.map(Kind::name).join(", ");
    text.parse()
        .map_err(|()| format!("no kind; write one of {}", names()))
}

fn part(text: &str) -> Result<PartOfSpeech, String> {
    let names = || PartOfSpeech::ALL.map(PartOfSpeech::name).join(", ");
    text.parse()
        .map_err(|()| format!("no part of speech; write one of {}", names()))
}

fn case(text: &str) -> Result<CaseRule, String> {
    match text {
        "exact" => Ok(CaseRule::Exact),
        "any" => Ok(CaseRule::Any),
        _ => Err("write exact or any".to_owned()),
    }
}

fn pair(text: &str) -> Result<Pair, String> {
    let language = |code: &str| code.parse::<Language>().map_err(|error| error.to_string());
    let (source, target) = text.split_once('-').ok_or("write a pair as in en-bn")?;
    let pair = Pair {
        source: language(source)?,
        target: language(target)?,
    };
    if pair.source == pair.target {
        return Err("the two languages are one; write a pair as in en-bn".to_owned());
    }
    Ok(pair)
}
