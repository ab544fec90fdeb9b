use super::*;
use crate::detect::Detector;
use crate::glossary::{Glossary, Layer};
use crate::plan::Piece;
use crate::provider::hostile::{Behaviour, Hostile, Share as Damage};
use crate::provider::{Capability, Identity, Retry};
use crate::style::Style;
use crate::translate::{BoilerplatePolicy, Routes, Stages};

fn translator() -> Translator {
    let today = jiff::civil::date(2026, 1, 1);
    Translator {
        pairs: vec![Pair::EN_BN, Pair::BN_EN],
        glossary: Glossary::load(&[Layer::embedded()], today).unwrap(),
        detector: Detector::new(),
        chain: Vec::new(),
        style: Style::default(),
        boilerplate: BoilerplatePolicy::Drop,
        stages: Stages::default(),
        routes: Routes::default(),
        judge: None,
    }
}

/// Says the source's words in the other script, so that nothing is untranslated,
/// and keeps everything else; or fails.
struct Says {
    identity: Identity,
    capability: Capability,
    error: Option<Error>,
}

impl Says {
    fn provider(error: Option<(ErrorKind, Retry)>) -> Arc<dyn Provider> {
        Arc::new(Self {
            identity: Identity {
                name: "says".into(),
                model: "says".into(),
                version: "1".into(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 10,
                max_characters: 100_000,
                max_holes: 100,
                protection: Protection::Typed,
                draft: false,
            },
            error: error.map(|(kind, retry)| Error {
                provider: "says".into(),
                kind,
                message: "told".into(),
                retry,
            }),
        })
    }
}

#[async_trait]
impl Provider for Says {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let word = if batch.pair.target == Language::BANGLA {
            "কথা"
        } else {
            "word"
        };
        let said = |piece: &Piece| match piece {
            Piece::Text(text) => Piece::Text(
                text.split_inclusive(' ')
                    .map(|part| {
                        if part.contains(char::is_alphabetic) {
                            part.replace(part.trim(), word)
                        } else {
                            part.to_owned()
                        }
                    })
                    .collect(),
            ),
            other => other.clone(),
        };
        let drafts: Drafts = (batch.segments.iter())
            .map(|segment| {
                let pieces = segment.pieces.iter().map(said).collect();
                Ok(Draft { pieces })
            })
            .collect();
        let usage = Usage {
            read: 10,
            written: 20,
        };
        Ok(drafts.with_usage(Some(usage)))
    }
}

async fn tried(provider: &Arc<dyn Provider>, pair: Pair) -> (Forecast, Outcome) {
    let mut translator = translator();
    let price = Price {
        calls: Money::of_units(2.0),
        ..Price::default()
    };
    let trial = plan(&mut translator, provider, pair, Some(price))
        .await
        .unwrap();
    let outcome = trial.run(&translator, provider.as_ref()).await;
    (trial.forecast(), outcome)
}

#[tokio::test]
async fn a_provider_that_keeps_everything_is_whole() {
    for pair in [Pair::EN_BN, Pair::BN_EN] {
        let (forecast, outcome) = tried(&Says::provider(None), pair).await;
        assert_eq!((forecast.calls, forecast.segments), (3, 30), "{pair}");
        assert_eq!(forecast.cost, Money::of_units(6.0));
        assert!(forecast.characters > 1500 && forecast.tokens > 1000);
        assert!(outcome.reachable && outcome.supported == Some(true));
        assert_eq!(outcome.requests, 3);
        assert_eq!(outcome.answered.good, 30);
        assert!(outcome.kept.of >= 45, "{:?}", outcome.kept);
        for share in [outcome.kept, outcome.values, outcome.names, outcome.quotes] {
            assert_eq!(share.good, share.of, "{pair}: {:#?}", outcome.damaged);
        }
        assert!(outcome.values.of >= 30 && outcome.quotes.of >= 5);
        assert_eq!(outcome.untranslated, 0);
        let usage = Usage {
            read: 30,
            written: 60,
        };
        assert_eq!(outcome.usage, Some(usage));
    }
}

#[tokio::test]
async fn what_is_damaged_is_counted_and_shown() {
    for (behaviour, hurt) in [
        (Behaviour::DropPlaceholders, "kept"),
        (Behaviour::StripQuotes, "quotes"),
        (Behaviour::EchoSource, "untranslated"),
    ] {
        let hostile = Hostile::over(Says::provider(None), behaviour, Damage::All, 1);
        let hostile: Arc<dyn Provider> = Arc::new(hostile);
        let (_, outcome) = tried(&hostile, Pair::EN_BN).await;
        let bad = match hurt {
            "kept" => outcome.kept.good < outcome.kept.of,
            "quotes" => outcome.quotes.good < outcome.quotes.of,
            _ => outcome.untranslated > 20,
        };
        assert!(bad, "{hurt}: {outcome:#?}");
        assert!(!outcome.damaged.is_empty());
        assert_eq!(outcome.whole.good + outcome.damaged.len(), 30);
    }
}

#[tokio::test]
async fn an_error_ends_the_trial_and_is_told() {
    for (kind, reachable, supported, requests) in [
        (ErrorKind::Denied, true, None, 1),
        (ErrorKind::Unavailable, false, None, 1),
        (ErrorKind::UnsupportedPair, true, Some(false), 1),
        (ErrorKind::Malformed, true, None, 3),
    ] {
        let provider = Says::provider(Some((kind, Retry::Never)));
        let (_, outcome) = tried(&provider, Pair::EN_BN).await;
        assert_eq!(outcome.reachable, reachable, "{kind}");
        assert_eq!(outcome.supported, supported, "{kind}");
        assert_eq!(outcome.requests, requests, "{kind}");
        assert_eq!(outcome.errors, ["told"]);
        assert_eq!(outcome.answered.good, 0);
    }
}
