use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use futures::future::join_all;

use super::*;
use crate::language::Pair;
use crate::plan::{Piece, Segment};
use crate::provider::layer::{Breaker, Patience, Pauses, Retrying};
use crate::provider::{
    Capability, Context, Draft, Drafts, Health, Identity, Protection, Provider, Usage,
};

/// Fails as its kind says, or gives back what it gets; counts its calls.
struct Counting {
    identity: Identity,
    capability: Capability,
    fails: Option<ErrorKind>,
    calls: AtomicU64,
    /// Tokens that it says it took; none where this is the largest number.
    counts: AtomicU64,
}

impl Counting {
    fn new(fails: Option<ErrorKind>) -> Arc<Self> {
        Arc::new(Self {
            identity: Identity {
                name: "paid".to_owned(),
                model: String::new(),
                version: String::new(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 10,
                max_characters: 1000,
                max_holes: 10,
                protection: Protection::Typed,
                draft: false,
            },
            fails,
            calls: AtomicU64::new(0),
            counts: AtomicU64::new(u64::MAX),
        })
    }
}

#[async_trait]
impl Provider for Counting {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        if let Some(kind) = self.fails {
            return Err(Error {
                provider: "paid".to_owned(),
                kind,
                message: "no".to_owned(),
                retry: Retry::After(Some(std::time::Duration::ZERO)),
            });
        }
        let draft = |segment: &Segment| {
            let pieces = segment.pieces.clone();
            Ok(Draft { pieces })
        };
        let drafts: Drafts = batch.segments.iter().map(draft).collect();
        let counted = self.counts.load(Ordering::SeqCst);
        let usage = Usage {
            read: counted,
            written: 0,
        };
        Ok(drafts.with_usage((counted < u64::MAX).then_some(usage)))
    }
}

fn batch(article: &str, text: &str) -> Batch {
    Batch {
        pair: Pair::EN_BN,
        segments: vec![Segment {
            pieces: vec![Piece::Text(text.to_owned())],
            fillings: Vec::new(),
            hints: Vec::new(),
        }],
        context: Context {
            article: Some(article.to_owned()),
            ..Context::default()
        },
    }
}

/// A unit of the currency for each character.
const UNIT: Price = Price {
    characters: Money::UNIT_A_CHARACTER,
    read: Money::NOTHING,
    written: Money::NOTHING,
    calls: Money::NOTHING,
};

impl Money {
    const NOTHING: Self = Self::of_nanos(0);
    const UNIT_A_CHARACTER: Self = Self::of_nanos(1_000_000_000_000_000);
}

fn units(amount: f64) -> Budget {
    Budget {
        currency: "USD".to_owned(),
        amount: Some(Money::of_units(amount)),
        ..Budget::default()
    }
}

fn state(dir: &tempfile::TempDir) -> StateFile {
    StateFile::open(&dir.path().join("state.db")).unwrap()
}

fn accounts(dir: &tempfile::TempDir, budget: Budget) -> Arc<Accounts> {
    Arc::new(Accounts::open(state(dir), 1, budget).unwrap())
}

/// What the books of `dir` have.
fn spent(dir: &tempfile::TempDir) -> Money {
    Money::of_nanos(state(dir).spent_since("2000-01-01").unwrap().nanos)
}

fn around(provider: &Arc<Counting>, accounts: &Arc<Accounts>, price: Option<Price>) -> Budgeted {
    let provider: Arc<Counting> = Arc::clone(provider);
    Budgeted::new(provider, Arc::clone(accounts), price)
}

#[tokio::test]
async fn not_even_a_hundred_calls_at_once_overrun_the_budget() {
    let dir = tempfile::tempdir().unwrap();
    let accounts = accounts(&dir, units(25.0));
    let provider = Counting::new(None);
    let layer = around(&provider, &accounts, Some(UNIT));
    let batches: Vec<Batch> = (0..100).map(|i| batch(&i.to_string(), "four")).collect();
    let answers = join_all(batches.iter().map(|b| layer.translate(b))).await;
    assert_eq!(provider.calls.load(Ordering::SeqCst), 6, "six fours are 24");
    assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 6);
    let refusal = answers.iter().find_map(|a| a.as_ref().err()).unwrap();
    assert_eq!(
        (refusal.kind, refusal.retry),
        (ErrorKind::OverBudget, Retry::Never)
    );
    assert!(
        refusal.message.contains(
            "the budget of 25.00 USD a run is spent: 24.00 USD are gone, and the next call would cost 4.00 USD"
        ),
        "{refusal}"
    );
    assert!(accounts.spent().is_some() && accounts.trouble().is_none());
    assert!((0..100).all(|i| accounts.has_refused(&i.to_string()) != answers[i].is_ok()));
    // One more unit is there, to the last of it.
    assert!(layer.translate(&batch("last", "a")).await.is_ok());
    assert!(layer.translate(&batch("last", "a")).await.is_err());
    assert_eq!(accounts.take("last"), Money::of_units(1.0));
    assert_eq!(accounts.take("last"), Money::default());
    let days = state(&dir).spent_by_day(None).unwrap();
    assert_eq!((days[0].calls, days[0].characters), (7, 25));
    assert_eq!(days[0].nanos, 25_000_000_000);
}

#[tokio::test]
async fn what_was_refused_is_given_back_and_what_nobody_answered_is_not() {
    for (kind, left) in [
        (ErrorKind::RateLimited, 10.0),
        (ErrorKind::Denied, 10.0),
        (ErrorKind::Timeout, 6.0),
        (ErrorKind::Malformed, 6.0),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let accounts = accounts(&dir, units(10.0));
        let layer = around(&Counting::new(Some(kind)), &accounts, Some(UNIT));
        assert!(layer.translate(&batch("a", "four")).await.is_err());
        assert_eq!(spent(&dir), Money::of_units(10.0 - left), "{kind}");
        assert_eq!(accounts.take("a"), spent(&dir), "{kind}");
        // What is left can be spent, and no more.
        let ending = Counting::new(None);
        let layer = around(&ending, &accounts, Some(UNIT));
        let rest = "x".repeat(if left < 10.0 { 6 } else { 10 });
        assert!(
            layer
                .translate(&batch("b", &format!("{rest}x")))
                .await
                .is_err()
        );
        assert!(layer.translate(&batch("b", &rest)).await.is_ok(), "{kind}");
    }
}

#[tokio::test]
async fn what_a_service_counted_takes_the_place_of_the_estimate() {
    let a_token = Price {
        read: Money::UNIT_A_CHARACTER,
        written: Money::UNIT_A_CHARACTER,
        ..Price::default()
    };
    for (counted, cost) in [
        (Some(7), 7.0),
        (Some(0), 0.0),
        (Some(5000), 5000.0),
        (None, 0.0),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let accounts = accounts(&dir, units(4000.0));
        let provider = Counting::new(None);
        let estimate = provider.usage(&batch("a", "four")).total() as f64;
        let cost = Money::of_units(counted.map_or(estimate, |_| cost));
        provider
            .counts
            .store(counted.unwrap_or(u64::MAX), Ordering::SeqCst);
        let layer = around(&provider, &accounts, Some(a_token));
        assert!(layer.translate(&batch("a", "four")).await.is_ok());
        assert_eq!(accounts.take("a"), cost, "{counted:?}");
        assert_eq!(spent(&dir), cost, "{counted:?}");
        let next = layer.translate(&batch("b", "four")).await;
        assert_eq!(next.is_ok(), cost < Money::of_units(3000.0), "{counted:?}");
    }
}

#[tokio::test]
async fn every_attempt_counts_since_each_may_be_charged() {
    let dir = tempfile::tempdir().unwrap();
    let accounts = accounts(&dir, units(11.0));
    let provider = Counting::new(Some(ErrorKind::Timeout));
    let patience = Patience {
        attempts: 5,
        total: std::time::Duration::from_mins(1),
    };
    let inner = Arc::new(around(&provider, &accounts, Some(UNIT)));
    let layer = Retrying::new(inner, patience);
    let error = layer.translate(&batch("a", "four")).await.unwrap_err();
    assert_eq!(
        error.kind,
        ErrorKind::OverBudget,
        "no attempt that is over the budget"
    );
    assert_eq!(provider.calls.load(Ordering::SeqCst), 2);
    assert_eq!(spent(&dir), Money::of_units(8.0));
}

#[tokio::test]
async fn a_spent_budget_is_no_failure_of_the_provider() {
    let dir = tempfile::tempdir().unwrap();
    let accounts = accounts(&dir, units(4.0));
    let inner = Arc::new(around(&Counting::new(None), &accounts, Some(UNIT)));
    let layer = Breaker::new(inner, Pauses::default());
    assert!(layer.translate(&batch("a", "four")).await.is_ok());
    // Each is refused by the budget, since none may be done by a cheaper provider.
    for article in ["b", "c", "d", "e", "f"] {
        let refused = layer.translate(&batch(article, "four")).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::OverBudget);
        assert!(accounts.has_refused(article), "{article}");
    }
    assert_eq!(layer.health(), Health::Well);
}

#[tokio::test]
async fn a_budget_of_a_day_counts_the_runs_before() {
    let dir = tempfile::tempdir().unwrap();
    for (per, allowed) in [(Period::Day, 2), (Period::Month, 0), (Period::Run, 2)] {
        let provider = Counting::new(None);
        for _ in 0..2 {
            let budget = Budget { per, ..units(8.0) };
            let layer = around(&provider, &accounts(&dir, budget), Some(UNIT));
            let _ = layer.translate(&batch("a", "four")).await;
        }
        assert_eq!(provider.calls.load(Ordering::SeqCst), allowed, "{per:?}");
    }
}

#[tokio::test]
async fn characters_are_a_budget_too() {
    let dir = tempfile::tempdir().unwrap();
    let budget = Budget {
        characters: Some(9),
        ..Budget::default()
    };
    let accounts = accounts(&dir, budget);
    let layer = around(&Counting::new(None), &accounts, None);
    assert!(layer.translate(&batch("a", "four")).await.is_ok());
    assert!(
        layer.translate(&batch("a", "খবর")).await.is_ok(),
        "characters, not bytes"
    );
    assert!(layer.translate(&batch("b", "four")).await.is_err());
    assert!(
        accounts
            .spent()
            .unwrap()
            .contains("9 characters a run is spent: 7 are gone")
    );
}

#[tokio::test]
async fn what_cannot_be_entered_is_not_sent() {
    let dir = tempfile::tempdir().unwrap();
    let accounts = accounts(&dir, units(8.0));
    let other = rusqlite::Connection::open(dir.path().join("state.db")).unwrap();
    other.execute_batch("DROP TABLE spend").unwrap();
    let provider = Counting::new(None);
    let layer = around(&provider, &accounts, Some(UNIT));
    let error = layer.translate(&batch("a", "four")).await.unwrap_err();
    assert!(error.message.contains("nothing was sent"), "{error}");
    assert_eq!(provider.calls.load(Ordering::SeqCst), 0);
    assert!(accounts.trouble().is_some() && accounts.has_refused("a"));
}

#[tokio::test]
async fn a_dry_run_counts_each_question_once_and_asks_nobody() {
    let provider = Counting::new(None);
    let dry = Dry::new(Arc::<Counting>::clone(&provider), Some(UNIT));
    for article in ["a", "b"] {
        let question = batch(article, "four");
        let answer = dry.translate(&question).await.unwrap();
        let pieces = &answer[0].as_ref().unwrap().pieces;
        assert_eq!(*pieces, question.segments[0].pieces);
    }
    let forecast = dry.forecast();
    assert_eq!(
        (forecast.calls, forecast.segments, forecast.characters),
        (1, 1, 4)
    );
    assert_eq!(forecast.cost, Money::of_units(4.0));
    assert_eq!(provider.calls.load(Ordering::SeqCst), 0);
}
