//! What may not happen, judged without the checks of the product: by counting.

use std::collections::BTreeMap;
use std::sync::Arc;

use anubad::article::read;
use anubad::detect::Detector;
use anubad::glossary::{Glossary, Layer};
use anubad::language::{Language, Pair};
use anubad::provider::hostile::{Behaviour, Hostile, Share};
use anubad::provider::{Protection, Provider};
use anubad::style::Style;
use anubad::translate::{
    BoilerplatePolicy, Direction, Failure, Routes, SegmentOutcome, Stages, Translation, Translator,
};
use anubad::verify::{Finding, Severity};

use crate::articles::{Article, NAMES, Value};
use crate::babble::Babble;

/// What every trial needs and none changes.
pub(crate) struct Desk {
    glossary: Glossary,
}

/// Whether a finding tells an editor to look.
pub(crate) fn counts(finding: &Finding) -> bool {
    finding.severity > Severity::Note
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            glossary: Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap(),
        }
    }

    fn translated(
        &self,
        article: &Article,
        provider: Arc<dyn Provider>,
    ) -> Result<Translation, Failure> {
        let read = read::article(&article.name, article.text.clone().into_bytes()).unwrap();
        self.article(&read, article.language, provider)
    }

    pub(crate) fn article(
        &self,
        read: &anubad::article::Article,
        language: Language,
        provider: Arc<dyn Provider>,
    ) -> Result<Translation, Failure> {
        let translator = Translator {
            pairs: vec![Pair::EN_BN, Pair::BN_EN],
            glossary: self.glossary.clone(),
            detector: Detector::new(),
            chain: vec![provider],
            style: Style::default(),
            boilerplate: BoilerplatePolicy::Drop,
            stages: Stages::default(),
            routes: Routes::default(),
            judge: None,
        };
        let direction = Direction {
            from: Some(language),
            to: None,
        };
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(translator.translate(read, direction))
    }

    /// What an honest service makes of an article.
    pub(crate) fn honest(&self, article: &Article, protection: Protection) -> Translation {
        self.translated(article, Arc::new(Babble::new(protection)))
            .unwrap()
    }

    /// Everything that happened in silence.
    pub(crate) fn broken(
        &self,
        article: &Article,
        behaviour: Behaviour,
        protection: Protection,
        share: Share,
        seed: u64,
    ) -> Vec<String> {
        let honest = self.honest(article, protection);
        let inner = Arc::new(Babble::new(protection));
        let hostile = Hostile::over(inner, behaviour, share, seed);
        let done = match self.translated(article, Arc::new(hostile)) {
            Ok(done) => done,
            // Refused as a whole, and said so: nothing is published.
            Err(Failure::Untranslated(_)) => return Vec::new(),
            Err(other) => return vec![format!("it failed: {other}")],
        };
        let mut broken = Vec::new();
        let (before, after): (Vec<_>, Vec<_>) =
            (honest.segments().collect(), done.segments().collect());
        if before.len() != after.len() {
            return vec!["sentences are missing".into()];
        }
        for (honest, done) in before.into_iter().zip(after) {
            let mut wrong = Vec::new();
            names(article, honest, done, &mut wrong);
            counted(
                "number",
                &numbers(&honest.target),
                &numbers(&done.target),
                done,
                &mut wrong,
            );
            quotations(honest, done, article.language, &mut wrong);
            // Word order is free in a translation: two values that changed places are
            // what no counting sees.
            if behaviour != Behaviour::ReorderPlaceholders
                && said(&honest.target) != said(&done.target)
                && !done.findings.iter().any(counts)
            {
                wrong.push("it says something else, and no finding says so".into());
            }
            if done.target.chars().any(|c| {
                c.is_control()
                    || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200F}')
            }) {
                wrong.push("it holds control characters".into());
            }
            for what in wrong {
                broken.push(format!(
                    "  {what}\n    source  {}\n    honest  {}\n    hostile {}\n    findings {:?}",
                    done.source,
                    honest.target,
                    done.target,
                    done.findings
                        .iter()
                        .map(|f| (f.check, &f.message))
                        .collect::<Vec<_>>()
                ));
            }
        }
        for Value { target, source } in &article.values {
            let kept =
                |s: &SegmentOutcome| s.target.contains(target.as_str()) || named(s, source, target);
            let mut of_it = done
                .segments()
                .filter(|s| s.source.contains(source.as_str()));
            if !of_it.all(kept) {
                broken.push(format!("  {source} is lost\n{}", done.text));
            }
        }
        broken
    }
}

/// Whether a finding names a value, or says that the source was kept.
fn named(segment: &SegmentOutcome, source: &str, target: &str) -> bool {
    segment.findings.iter().filter(|f| counts(f)).any(|f| {
        let kept = f.check == "provider"
            && f.severity == Severity::Error
            && segment.target.contains(source);
        kept || f.message.contains(source) || f.message.contains(target)
    })
}

/// No name is lost or made up.
fn names(
    article: &Article,
    honest: &SegmentOutcome,
    done: &SegmentOutcome,
    wrong: &mut Vec<String>,
) {
    for (english, bangla) in NAMES {
        let (source, target) = if article.language == Language::ENGLISH {
            (english, bangla)
        } else {
            (bangla, english)
        };
        let (before, after) = (
            honest.target.matches(target).count(),
            done.target.matches(target).count(),
        );
        if before != after && !named(done, source, target) && !done.findings.iter().any(counts) {
            wrong.push(format!("{target} stands {after} times, not {before}"));
        }
        if after < before && !named(done, source, target) {
            wrong.push(format!("{target} is lost, and no finding names it"));
        }
    }
}

/// The digits of a text, run by run.
fn numbers(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let digit = |c: char| c.is_ascii_digit() || ('০'..='৯').contains(&c);
    for run in text
        .split(|c: char| !digit(c))
        .filter(|run| !run.is_empty())
    {
        let latin: String = run
            .chars()
            .map(|c| match c {
                '০'..='৯' => char::from_u32(c as u32 - '০' as u32 + '0' as u32).unwrap(),
                c => c,
            })
            .collect();
        *found.entry(latin).or_default() += 1;
    }
    found
}

fn counted(
    kind: &str,
    before: &BTreeMap<String, usize>,
    after: &BTreeMap<String, usize>,
    done: &SegmentOutcome,
    wrong: &mut Vec<String>,
) {
    if before == after {
        return;
    }
    let native = |value: &str| crate::articles::bengali(value);
    for value in before.keys().chain(after.keys()) {
        if before.get(value) == after.get(value) {
            continue;
        }
        let kept = done
            .findings
            .iter()
            .any(|f| f.check == "provider" && f.severity == Severity::Error);
        let said = done.findings.iter().any(|f| {
            counts(f) && (f.message.contains(value) || f.message.contains(&native(value)))
        });
        if !kept && !said {
            wrong.push(format!(
                "the {kind} {value} is lost or invented, and no finding names it"
            ));
        }
    }
}

/// Quotation marks are as many as the source's, balanced, and the house's.
fn quotations(
    honest: &SegmentOutcome,
    done: &SegmentOutcome,
    language: Language,
    wrong: &mut Vec<String>,
) {
    // ’ is an apostrophe too: what opens tells more than what closes.
    let count = |text: &str| (text.matches(['‘', '“']).count(), text.matches('”').count());
    let said = done
        .findings
        .iter()
        .any(|f| counts(f) && matches!(f.check, "quotes" | "provider"));
    let (expected, closing) = count(&honest.target);
    let (found, closed) = count(&done.target);
    if (expected, closing) != (found, closed) && !said {
        wrong.push(format!("{expected} quotations became {found}"));
    }
    if done.target.contains('"') && !said {
        wrong.push("a mark is not the house's".into());
    }
    let mut depth = Vec::new();
    let outer = if language == Language::ENGLISH {
        '‘'
    } else {
        '“'
    };
    for c in done.target.chars() {
        match c {
            '‘' | '“' => {
                if depth.is_empty() && c != outer && !said {
                    wrong.push(format!("{c} is not the house's outer mark"));
                }
                depth.push(c);
            }
            // A quotation may run on from the sentence before.
            '’' | '”' => {
                depth.pop();
            }
            _ => {}
        }
    }
}

/// What a sentence says, spaces and stops apart.
fn said(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '।' | ',' | ';' | ':' | '–' | '-'))
        .collect()
}
