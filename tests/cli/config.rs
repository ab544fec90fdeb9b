//! Mistakes in `pipeline.toml`, and `check`, `providers`, `models`.

use super::kit::{BANGLA, Desk, ECHO, ENGLISH, scripted};

/// Every mistake is met by its line, its column and what to write instead.
#[test]
fn mistakes_point_at_their_place() {
    let command = "[providers.x]\nkind = \"command\"\n";
    for (text, place, message) in [
        (
            "[pipelin]\n",
            "1, column 2",
            "unknown section `pipelin`, expected one of `pipeline`",
        ),
        (
            "\n[input]\npath = []\n",
            "3, column 1",
            "unknown key `path`, expected one of `paths`",
        ),
        (
            "pipeline = 3\n",
            "1, column 1",
            "`pipeline` is a section: write `[pipeline]`",
        ),
        ("[[input]]\n", "1, column 3", "`input` is a section"),
        ("[input\n", "1, column 7", "unclosed table"),
        (
            "[output]\nfolder = \"a\"\nfolder = \"b\"\n",
            "3, column 1",
            "duplicate key",
        ),
        ("[output]\nfolder = \"\"\n", "2, column 10", "an empty text"),
        (
            "[pipeline]\nconcurrency = \"4\"\n",
            "2, column 15",
            "expected a whole number from 1 to 1024",
        ),
        (
            "[pipeline]\nconcurrency = 0\n",
            "2, column 15",
            "integer `0`, expected a whole number",
        ),
        (
            "[pipeline]\nconcurrency = -3\n",
            "2, column 15",
            "integer `-3`, expected a whole number",
        ),
        (
            "[pipeline]\nconcurrency = nan\n",
            "2, column 15",
            "expected a whole number",
        ),
        (
            "[pipeline]\npairs = []\n",
            "2, column 9",
            "an empty list, expected at least one pair",
        ),
        (
            "[pipeline]\npairs = [\n\"en-bn\",\n\"english-bn\"]\n",
            "4, column 1",
            "`english` is no language code",
        ),
        (
            "[pipeline]\npairs = [\"enbn\"]\n",
            "2, column 10",
            "`enbn` is no pair: write it as in `en-bn`",
        ),
        (
            "[pipeline]\npairs = [\"bn-bn\"]\n",
            "2, column 10",
            "translates a language into itself",
        ),
        (
            "[pipeline]\nproviders = []\n",
            "2, column 13",
            "an empty list",
        ),
        (
            "[pipeline]\nproviders = \"echo\"\n",
            "2, column 13",
            "expected a list",
        ),
        (
            "[pipeline]\nproviders = [\n\"echo\",\n\"eco\"]\n",
            "4, column 1",
            "provider `eco` is not described",
        ),
        (
            "[pipeline]\njudge = \"echo\"\n[providers.echo]\nkind = \"echo\"\n",
            "2, column 9",
            "`echo` does not read translations",
        ),
        (
            "[input]\npaths = [\"a\", \"\"]\n",
            "2, column 15",
            "an empty text",
        ),
        (
            "[input]\nextensions = []\n",
            "2, column 14",
            "expected at least one extension",
        ),
        (
            "[input]\nmax_bytes = 0\n",
            "2, column 13",
            "expected a whole number from 1 to",
        ),
        (
            "[input]\nmax_bytes = 20000000000\n",
            "2, column 13",
            "expected a whole number from 1 to",
        ),
        (
            "[input]\nboilerplate = \"dropp\"\n",
            "2, column 15",
            "unknown value `dropp`, expected one of `drop`",
        ),
        (
            "[style]\ndigits = \"roman\"\n",
            "2, column 10",
            "expected one of `native`, `latin`, `keep`",
        ),
        (
            "[glossaries]\nbase = \"yes\"\n",
            "2, column 8",
            "expected a boolean",
        ),
        ("providers = []\n", "1, column 1", "write `[providers]`"),
        (
            "[providers]\nx = 1\n",
            "2, column 1",
            "a provider is a table with a `kind`",
        ),
        (
            "[providers.x]\nmodels = []\n",
            "1, column 12",
            "this provider has no `kind`; the kinds are",
        ),
        (
            "[providers.x]\nkind = \"deepl2\"\n",
            "2, column 8",
            "unknown `kind` of provider; the kinds are",
        ),
        (
            "[providers.x]\nkind = \"echo\"\nmodels = []\n",
            "3, column 1",
            "unknown key `models`",
        ),
        (
            "[providers.x]\nkind = \"local\"\ntimeout = 3\n",
            "3, column 1",
            "unknown key `timeout`, expected one of `models`, `threads`, `beam`",
        ),
        (
            "[providers.x]\nkind = \"local\"\nthreads = -1\n",
            "3, column 11",
            "from 0 to 1024",
        ),
        (command, "1, column 1", "missing key `command`"),
        (
            &format!("{command}command = []\n"),
            "3, column 11",
            "no program",
        ),
        (
            &format!("{command}command = \"mt\"\n"),
            "3, column 11",
            "expected a list",
        ),
        (
            &format!("{command}command = [\"mt\"]\ntimeout = 0\n"),
            "4, column 11",
            "expected seconds, more than 0",
        ),
        (
            &format!("{command}command = [\"mt\"]\ntimeout = -1.5\n"),
            "4, column 11",
            "expected seconds",
        ),
        (
            &format!("{command}command = [\"mt\"]\ntimeout = nan\n"),
            "4, column 11",
            "expected seconds",
        ),
        (
            &format!("{command}command = [\"mt\"]\ntimeout = 1e300\n"),
            "4, column 11",
            "expected seconds",
        ),
        (
            &format!("{command}command = [\"mt\"]\nprotection = \"xml\"\n"),
            "4, column 14",
            "expected `tags` or `none`",
        ),
    ] {
        let desk = Desk::with(&[("desk/pipeline.toml", text)]);
        let line: usize = place.split(',').next().unwrap().parse().unwrap();
        let shown = format!("\n  {line} | {}\n", text.lines().nth(line - 1).unwrap());
        let place = format!("anubad: desk/pipeline.toml: line {place}: ");
        for command in ["check", "run"] {
            let outcome = desk.anubad(&[command, "--config", "desk/pipeline.toml"]);
            outcome.ends(78).says(&[&place, message, &shown]);
        }
    }
}

#[test]
fn a_configuration_that_is_no_text_is_told() {
    let desk = Desk::new();
    desk.write("pipeline.toml", b"[input]\n# caf\xE9\n");
    desk.anubad(&["check"])
        .ends(78)
        .says(&["pipeline.toml: line 2: byte 0xE9 is not UTF-8; save the file as UTF-8"]);
    desk.anubad(&["check", "--config", "elsewhere.toml"])
        .ends(78)
        .says(&["cannot read elsewhere.toml", "--config"]);
    // What an editor on Windows puts in front does no harm.
    desk.write(
        "pipeline.toml",
        format!("\u{feff}{}", ECHO.replace('\n', "\r\n")),
    );
    desk.write("in/a.txt", ENGLISH);
    desk.anubad(&["check"]).ends(0);
}

#[test]
fn values_may_be_written_in_more_than_one_way() {
    let desk = Desk::with(&[("in/a.text", ENGLISH)]);
    desk.write(
        "pipeline.toml",
        format!("{ECHO}extensions = [\".text\"]\n[providers.x]\nkind = \"command\"\ncommand = [\"mt\"]\ntimeout = 5\n"),
    );
    desk.anubad(&["check"])
        .ends(0)
        .prints(&["ok     input: 1 article\n"]);
}

#[test]
fn check_says_what_is_wrong_and_goes_on() {
    let desk = Desk::with(&[("in/a.txt", ENGLISH), ("out", "a file")]);
    desk.write(
        "pipeline.toml",
        "[pipeline]\npairs = [\"en-bn\", \"bn-en\", \"fr-en\"]\nproviders = [\"local\", \"mine\"]\n\
         [input]\npaths = [\"in\", \"none\"]\n[glossaries]\nhouse = [\"house.tsv\"]\n\
         [providers.local]\nkind = \"local\"\nmodels = [\"models\"]\n\
         [providers.mine]\nkind = \"command\"\ncommand = [\"./no-such-program\"]\n",
    );
    desk.anubad(&["check"]).ends(78).prints(&[
        "ok     configuration: pipeline.toml\n",
        "wrong  glossaries: no glossary at house.tsv; correct the path under [glossaries]\n",
        "wrong  provider `local`: cannot read models: No such file",
        "wrong  provider `mine`: `./no-such-program` cannot be started",
        "wrong  pair fr-en: no provider of the chain translates it",
        "ok     input: 1 article\n",
        "wrong  input: none does not exist; check the path\n",
        "wrong  output: out is a file; name a folder under [output]\n",
    ]);
}

/// What a service lacks is named with the next step, and no key is shown.
#[cfg(unix)]
#[test]
fn check_names_the_keys_that_are_missing() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with(&[("in/a.txt", ENGLISH), ("open", "s3cr3t"), ("key", "s3cr3t")]);
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(desk.path("key"), private).unwrap();
    let readable = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(desk.path("open"), readable).unwrap();
    desk.write(
        "pipeline.toml",
        "[pipeline]\nproviders = [\"a\", \"b\", \"c\", \"d\", \"e\"]\n[input]\npaths = [\"in\"]\n\
         [providers.a]\nkind = \"deepl\"\n\
         [providers.b]\nkind = \"azure\"\nkey = { env = \"ANUBAD_NO_SUCH_KEY\" }\n\
         [providers.c]\nkind = \"yandex\"\nkey = { file = \"open\" }\n\
         [providers.d]\nkind = \"libretranslate\"\n\
         [providers.e]\nkind = \"modernmt\"\nkey = { file = \"key\" }\n\
         [providers.f]\nkind = \"gemini\"\nmodel = \"m\"\n",
    );
    let outcome = desk.anubad(&["check"]);
    assert!(!outcome.out.contains("s3cr3t") && !outcome.err.contains("s3cr3t"));
    outcome.ends(78).prints(&[
        "wrong  provider `a`: its key is missing: write `key = { env = \"DEEPL_AUTH_KEY\" }`",
        "wrong  provider `b`: its key is missing: the environment variable ANUBAD_NO_SUCH_KEY",
        "open can be read by others, who could use the key; run `chmod 600` on it",
        "wrong  provider `d`: its address is missing: write `url = \"https://…\"`",
        "ok     provider `e`: modernmt\n",
        "look   provider `f`, which is not in the chain: its key is missing: write `key = { env = \
         \"GEMINI_API_KEY\" }`",
    ]);
}

#[test]
fn check_is_content_with_the_defaults() {
    let desk = Desk::new();
    desk.anubad(&["check"]).ends(0).prints(&[
        "built-in defaults: there is no pipeline.toml here",
        "ok     output: out, which will be made",
    ]);
    desk.write(
        "pipeline.toml",
        "[pipeline]\nproviders = [\"echo\"]\n[input]\npaths = [\"in\"]\n",
    );
    std::fs::create_dir(desk.path("in")).unwrap();
    desk.anubad(&["check"]).ends(78).prints(&[
        "wrong  input: no article was found: in folders, articles are files ending in .txt",
    ]);
}

#[test]
fn a_glossary_with_a_mistake_is_named_with_its_line() {
    let desk = Desk::with(&[
        ("in/a.txt", ENGLISH),
        (
            "words/house.tsv",
            "en\tbn\tkind\nPadma\tপদ্মা\tplace\nMeghna\tমেঘনা\triver\n",
        ),
    ]);
    std::fs::create_dir(desk.path("empty")).unwrap();
    for (house, message) in [
        ("words/house.tsv", "words/house.tsv:3: unknown kind `river`"),
        ("words", "words/house.tsv:3: unknown kind `river`"),
        ("none.tsv", "no glossary at none.tsv"),
        ("empty", "empty has no glossary"),
    ] {
        desk.write(
            "pipeline.toml",
            format!("{ECHO}[glossaries]\nhouse = [\"{house}\"]\n"),
        );
        desk.anubad(&["run"]).ends(78).says(&[message]);
        desk.anubad(&["translate", "in/a.txt"])
            .ends(78)
            .says(&[message]);
        desk.anubad(&["check"])
            .ends(78)
            .prints(&[&format!("wrong  glossaries: {message}")]);
        assert!(!desk.path("out").exists());
    }
    desk.write("words/house.tsv", "en\tbn\tkind\nboatman\tমাঝিভাই\tterm\n");
    desk.write(
        "pipeline.toml",
        format!("{ECHO}[glossaries]\nhouse = [\"words\"]\n"),
    );
    desk.anubad(&["run"]).ends(0);
}

#[test]
fn providers_are_listed_with_their_state() {
    let desk = Desk::with(&[("in/b.txt", BANGLA)]);
    let list = desk.anubad(&["providers"]).ends(0).prints(&[
        "provider  kind    in chain  pairs        state\n",
        "echo      echo    -         any          ready: echo 1\n",
        "pseudo    pseudo  -         any          ready: pseudo 1, draft quality\n",
    ]);
    assert_eq!(list.out.lines().count(), 4, "{list:?}");
    desk.write(
        "pipeline.toml",
        scripted("crash-hello") + "[providers.gone]\nkind = \"command\"\ncommand = [\"./gone\"]\n",
    );
    desk.anubad(&["providers"]).ends(1).prints(&[
        "command  1 ",
        "not usable: ",
        "no model found",
        "`./gone` cannot be started",
    ]);
    // A provider that is not in the chain does no harm.
    desk.write(
        "pipeline.toml",
        scripted("").replace(
            "[input]",
            "[providers.gone]\nkind = \"command\"\ncommand = [\"./gone\"]\n[input]",
        ),
    );
    desk.anubad(&["providers"])
        .ends(0)
        .prints(&["ready: ", "not usable: "]);
    desk.anubad(&["run"]).ends(0);
}

#[cfg(feature = "starter-models")]
#[test]
fn models_are_listed_with_their_state() {
    let desk = Desk::new();
    desk.anubad(&["models"]).ends(0).prints(&[
        "provider  pair   model                                  state\n",
        "local     bn-en  starter, in the binary: draft quality  ok\n",
        "local     en-bn  starter, in the binary: draft quality  ok\n",
    ]);
    // A damaged vocabulary would load without a word.
    desk.write("models/en-bn/model.bin", "weights");
    desk.write("models/en-bn/vocab.spm", "words");
    desk.write(
        "models/en-bn/SHA256SUMS",
        format!("{}  vocab.spm\n", "0".repeat(64)),
    );
    let local = "[providers.local]\nkind = \"local\"\nmodels = [\"models\"]\n";
    desk.write("pipeline.toml", local);
    desk.anubad(&["models"])
        .ends(1)
        .prints(&["models/en-bn/vocab.spm is damaged"]);
    desk.anubad(&["check"])
        .ends(78)
        .prints(&["wrong  model en-bn of `local`: models/en-bn/vocab.spm is damaged"]);
    desk.write("models/bn-en/model.bin", "weights");
    desk.anubad(&["models"])
        .ends(1)
        .prints(&["not usable: models/bn-en has no vocab*.spm"]);
}
