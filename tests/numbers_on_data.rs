//! Numbers and dates on the shared data sets: how often both sides of a human
//! translation say the same, and the published readings of Bangla numbers.
//! Each test skips, and says so, where the data are absent. What differs is
//! printed under `--nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anubad::language::date::{Moment, Reading};
use anubad::language::number::Number;
use anubad::language::{Language, profile};

fn shared() -> Option<PathBuf> {
    let root = std::env::var_os("ANUBAD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let data = root.join("data");
    if !data.is_dir() {
        eprintln!("skipped: no {}", data.display());
        return None;
    }
    Some(data)
}

/// What a line says in numbers and dates: how often, and how often loosely.
type Said = BTreeMap<String, (usize, usize)>;

fn said(language: Language, text: &str) -> Said {
    let text = &canonical(text);
    let profile = profile(language);
    let dates = profile.dates(text);
    let mut said = Said::new();
    for date in &dates {
        for key in date_keys(&date.value) {
            said.entry(key).or_default().0 += 1;
        }
    }
    for number in profile.numbers(text) {
        if dates.iter().any(|date| date.span.overlaps(number.span)) {
            continue;
        }
        let Number { loose, .. } = number.value;
        for value in number.value.values() {
            let count = said.entry(value.normalize().to_string()).or_default();
            if loose { count.1 += 1 } else { count.0 += 1 }
        }
    }
    said
}

/// Precomposed letters, as the pipeline's normal form has them.
fn canonical(text: &str) -> String {
    text.replace("\u{9af}\u{9bc}", "\u{9df}")
        .replace("\u{9a1}\u{9bc}", "\u{9dc}")
        .replace("\u{9a2}\u{9bc}", "\u{9dd}")
}

fn date_keys(moment: &Moment) -> Vec<String> {
    let dated = |year: &Option<i16>, key: String| {
        let mut keys = vec![key];
        keys.extend(year.map(|year| year.to_string()));
        keys
    };
    match moment {
        Moment::Day(day) => {
            let mut keys = dated(&day.year, format!("{}/{}", day.day, day.month));
            keys.extend(day.weekday.map(|weekday| format!("{weekday:?}")));
            keys
        }
        Moment::Days { first, last, .. } => {
            dated(&first.year, format!("{}-{last}/{}", first.day, first.month))
        }
        Moment::Month { month, year } => dated(year, format!("month {month}")),
        Moment::Decade(year) => vec![year.to_string()],
        Moment::Weekday(weekday) => vec![format!("{weekday:?}")],
        // An open time has no half of the day to compare.
        Moment::Clock(clock) => match clock.reading {
            Reading::Digital => vec![format!("{:02}:{:02}", clock.hour, clock.minute)],
            _ => vec![format!(
                "{:02}:{:02}",
                (clock.hour + 11) % 12 + 1,
                clock.minute
            )],
        },
        Moment::BanglaDay { day, month, .. } => vec![format!("{day}/bangla {month}")],
    }
}

/// What one side says firmly and the other not at all.
fn missing(here: &Said, there: &Said) -> Vec<String> {
    here.iter()
        .filter(|(key, (firm, _))| {
            let (other, loose) = there.get(*key).copied().unwrap_or_default();
            *firm > other + loose
        })
        .map(|(key, _)| key.clone())
        .collect()
}

#[test]
fn both_sides_of_a_translation_say_the_same() {
    let Some(data) = shared() else { return };
    let read = |side: &str| {
        let file = format!("eval/risingnews/RisingNews.valid.{side}");
        fs::read_to_string(data.join(file)).unwrap_or_default()
    };
    let (english, bangla) = (read("en"), read("bn"));
    let (mut all, mut firm, mut agree, mut agree_firm) = (0, 0, 0, 0);
    for (i, (en, bn)) in english.lines().zip(bangla.lines()).enumerate() {
        let (here, there) = (said(Language::ENGLISH, en), said(Language::BANGLA, bn));
        let only = (missing(&here, &there), missing(&there, &here));
        let counts = here
            .values()
            .chain(there.values())
            .any(|(firm, _)| *firm > 0);
        let agrees = only.0.is_empty() && only.1.is_empty();
        all += 1;
        firm += usize::from(counts);
        agree += usize::from(agrees);
        agree_firm += usize::from(agrees && counts);
        if !agrees {
            eprintln!("{} {:?} {:?}", i + 1, only.0, only.1);
        }
    }
    if all == 0 {
        eprintln!("skipped: no RisingNews");
        return;
    }
    eprintln!(
        "lines that agree: {agree} of {all}; of those with numbers or dates {agree_firm} of {firm}"
    );
    assert!(agree_firm * 100 >= firm * 85, "{agree_firm} of {firm}");
}

/// The fields of a reading: `integer_part`, `day` and so on.
fn fields(markup: &str) -> BTreeMap<&str, &str> {
    markup
        .split('|')
        .filter_map(|field| field.split_once(':'))
        .collect()
}

fn readings(data: &Path, kind: &str) -> Vec<(String, String)> {
    let file = format!("eval/numbers/textnorm__verbalizer__testdata__{kind}.tsv");
    fs::read_to_string(data.join(file))
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("IN_"))
        .filter_map(|line| {
            let mut columns = line.split('\t').skip(1);
            Some((
                columns.next()?.to_owned(),
                canonical(columns.next()?.trim()),
            ))
        })
        .collect()
}

#[test]
fn published_readings_have_their_values() {
    let Some(data) = shared() else { return };
    let bangla = profile(Language::BANGLA);
    for kind in ["cardinal", "decimal", "measure", "money"] {
        let (mut right, mut all) = (0, 0);
        for (markup, reading) in readings(&data, kind) {
            let fields = fields(&markup);
            let whole = fields.get("integer").or(fields.get("integer_part"));
            let Some(whole) = whole else { continue };
            let mut expected = (*whole).to_owned();
            if fields.contains_key("negative") && fields["negative"] == "1" {
                expected.insert(0, '-');
            }
            if let (Some(fraction), true) = (fields.get("fractional_part"), kind != "money") {
                expected = format!("{expected}.{fraction}");
            }
            let number = |text: &str| {
                text.parse::<rust_decimal::Decimal>()
                    .ok()
                    .map(|value| value.normalize())
            };
            let found = bangla.numbers(&reading);
            let value = found.first().map(|one| one.value.value.normalize());
            all += 1;
            if value.is_some() && value == number(&expected) {
                right += 1;
            } else {
                eprintln!("{kind}: {markup} {reading} {value:?}");
            }
        }
        eprintln!("{kind}: {right} of {all}");
    }
    let (mut right, mut all) = (0, 0);
    for (markup, reading) in readings(&data, "date") {
        let fields = fields(&markup);
        let (Some(day), Some(month)) = (fields.get("day"), fields.get("month")) else {
            continue;
        };
        let found = bangla.dates(&reading);
        let keys = found
            .first()
            .map(|one| date_keys(&one.value))
            .unwrap_or_default();
        all += 1;
        let year = fields
            .get("year")
            .is_none_or(|year| keys.contains(&(*year).to_owned()));
        if year && keys.contains(&format!("{day}/{month}")) {
            right += 1;
        } else {
            eprintln!("date: {markup} {reading} {keys:?}");
        }
    }
    eprintln!("date: {right} of {all}");
    let (mut right, mut all) = (0, 0);
    for (markup, reading) in readings(&data, "time") {
        let fields = fields(&markup);
        let number = |name| fields.get(name).and_then(|n: &&str| n.parse::<u8>().ok());
        let (Some(hour), Some(minute), None) =
            (number("hours"), number("minutes"), number("seconds"))
        else {
            continue;
        };
        all += 1;
        match bangla.dates(&reading).first().map(|one| &one.value) {
            Some(Moment::Clock(clock)) if (clock.hour, clock.minute) == (hour, minute) => {
                right += 1;
            }
            other => eprintln!("time: {markup} {reading} {other:?}"),
        }
    }
    eprintln!("time: {right} of {all}");
}
