use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use tokio::sync::{Mutex, Semaphore};

use super::*;
use crate::language::{Case, Ending};
use crate::mark::quote::Edge;
use crate::plan::{Filling, Hint, HoleId, HoleKind, Piece};
use crate::provider::{Capability, Context, Drafts, Error, ErrorKind, Protection, Provider, Retry};
use crate::text::Span;

/// Gives back what it gets, and counts it. A text with `fail` fails.
struct Counting {
    identity: Identity,
    capability: Capability,
    context: bool,
    asked: AtomicUsize,
    examples: Mutex<Vec<Example>>,
    /// Calls wait for one of these.
    gate: Semaphore,
}

impl Counting {
    fn new(name: &str, context: bool) -> Arc<Self> {
        Arc::new(Self {
            identity: Identity {
                name: name.to_owned(),
                model: "counting".to_owned(),
                version: "1".to_owned(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 100,
                max_characters: 1000,
                max_holes: 100,
                protection: Protection::Typed,
                draft: false,
            },
            context,
            asked: AtomicUsize::new(0),
            examples: Mutex::default(),
            gate: Semaphore::new(1000),
        })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
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

    fn uses_context(&self) -> bool {
        self.context
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        self.asked.fetch_add(batch.segments.len(), Ordering::SeqCst);
        self.gate.acquire().await.unwrap().forget();
        *self.examples.lock().await = batch.context.examples.clone();
        let answer = |segment: &Segment| {
            if segment.pieces.contains(&Piece::Text("fail".to_owned())) {
                return Err(Error {
                    provider: self.identity.name.clone(),
                    kind: ErrorKind::Refused,
                    message: "no".to_owned(),
                    retry: Retry::Never,
                });
            }
            Ok(Draft {
                pieces: segment.pieces.clone(),
            })
        };
        Ok(batch.segments.iter().map(answer).collect())
    }
}

fn memory(dir: &tempfile::TempDir) -> Arc<Memory> {
    let state = StateFile::open(&dir.path().join("state.db")).unwrap();
    Arc::new(Memory::new(state))
}

fn around(provider: &Arc<Counting>, memory: &Arc<Memory>) -> Remembered {
    let provider: Arc<Counting> = Arc::clone(provider);
    let keeping = Keeping::new(provider, Arc::clone(memory));
    Remembered::new(Arc::new(keeping), Arc::clone(memory))
}

fn text(text: &str) -> Segment {
    Segment {
        pieces: vec![Piece::Text(text.to_owned())],
        fillings: Vec::new(),
        hints: Vec::new(),
    }
}

/// `In Dhaka’s, “12 boats” sank.`
fn rich() -> Segment {
    let filling = |kind, source: &str, target: &str| Filling {
        kind,
        source: source.to_owned(),
        target: target.to_owned(),
        span: Span::trusted(0, 0),
    };
    Segment {
        pieces: vec![
            Piece::Text("In ".to_owned()),
            Piece::Hole(HoleId(0), Ending::case(Case::Genitive)),
            Piece::Text(", ".to_owned()),
            Piece::Quote(Edge::Open, 0),
            Piece::Hole(HoleId(1), Ending::default()),
            Piece::Text(" boats".to_owned()),
            Piece::Quote(Edge::Close, 0),
            Piece::Text(" sank.".to_owned()),
        ],
        fillings: vec![
            filling(HoleKind::PLACE, "Dhaka", "ঢাকা"),
            filling(HoleKind::Number, "12", "১২"),
        ],
        hints: Vec::new(),
    }
}

fn batch(segments: &[Segment]) -> Batch {
    Batch {
        pair: Pair::EN_BN,
        segments: segments.to_vec(),
        context: Context::default(),
    }
}

#[tokio::test]
async fn the_same_question_is_asked_once_and_any_other_anew() {
    let dir = tempfile::tempdir().unwrap();
    let provider = Counting::new("one", false);
    let layer = around(&provider, &memory(&dir));
    let first = batch(&[rich(), text("It rained.")]);
    assert!(layer.recall(&first).await.iter().all(Option::is_none));
    let answer = layer.translate(&first).await.unwrap();
    assert_eq!(provider.asked(), 2);
    // Another process, another run; elsewhere in an article.
    let layer = around(&provider, &memory(&dir));
    let mut again = first.clone();
    again.segments[0].fillings[0].span = Span::trusted(40, 45);
    again.context.title = Some("another article".to_owned());
    assert_eq!(layer.translate(&again).await.unwrap(), answer);
    assert!(
        layer
            .recall(&again)
            .await
            .iter()
            .all(|r| r.as_ref().is_some_and(|r| !r.approved))
    );
    assert_eq!(provider.asked(), 2);
    let changes: [fn(&mut Segment); 6] = [
        |s| s.pieces[7] = Piece::Text(" sank!".to_owned()),
        |s| s.pieces[1] = Piece::Hole(HoleId(0), Ending::default()),
        |s| s.pieces[4] = Piece::Hole(HoleId(0), Ending::default()),
        // A glossary that renders it otherwise.
        |s| s.fillings[0].target = "ঢাকা শহর".to_owned(),
        |s| s.fillings[0].kind = HoleKind::Verbatim,
        |s| {
            s.hints.push(Hint {
                source: "boat".to_owned(),
                target: "নৌকা".to_owned(),
            });
        },
    ];
    for (i, change) in changes.iter().enumerate() {
        let mut other = rich();
        change(&mut other);
        layer.translate(&batch(&[other])).await.unwrap();
        assert_eq!(provider.asked(), 3 + i, "change {i}");
    }
    // A value that stands in another part of the sentence is not this part's.
    let mut part = text("It rained.");
    part.fillings = rich().fillings;
    layer.translate(&batch(&[part])).await.unwrap();
    let mut reversed = first.clone();
    reversed.pair = Pair::BN_EN;
    assert_eq!(provider.asked(), 8);
    layer.translate(&reversed).await.unwrap();
    assert_eq!(provider.asked(), 10, "another direction");
    let other = Counting::new("two", false);
    let layer = around(&other, &memory(&dir));
    layer.translate(&first).await.unwrap();
    assert_eq!(other.asked(), 2, "another provider");
}

#[tokio::test]
async fn surroundings_count_where_they_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let memory = memory(&dir);
    let mut question = batch(&[text("He won.")]);
    for (context, expected) in [(false, 1), (true, 2)] {
        let provider = Counting::new(if context { "reads" } else { "does not" }, context);
        let layer = around(&provider, &memory);
        for title in ["An election", "A race", "A race"] {
            question.context.title = Some(title.to_owned());
            layer.translate(&question).await.unwrap();
        }
        assert_eq!(provider.asked(), expected);
    }
}

#[tokio::test]
async fn two_articles_that_share_a_sentence_pay_for_it_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut provider = Counting::new("one", false);
    Arc::get_mut(&mut provider).unwrap().gate = Semaphore::new(0);
    let layer = around(&provider, &memory(&dir));
    let (first, second) = (
        batch(&[text("It rained."), text("It rained."), text("One.")]),
        batch(&[text("Two."), text("It rained.")]),
    );
    let (one, two, ()) = tokio::join!(layer.translate(&first), layer.translate(&second), async {
        // Both are under way before either is answered.
        while provider.asked() < 3 {
            tokio::task::yield_now().await;
        }
        provider.gate.add_permits(100);
    });
    assert_eq!(provider.asked(), 3, "rained, one, two");
    for (question, answer) in [(first, one), (second, two)] {
        let answer: Vec<_> = answer.unwrap().into_iter().map(Result::unwrap).collect();
        for (segment, draft) in question.segments.iter().zip(answer) {
            assert_eq!(draft.pieces, segment.pieces);
        }
    }
}

/// One article may look a sentence up before another has its answer, and claim it after
/// that.
#[test]
fn who_looked_before_the_answer_came_does_not_pay_again() {
    let dir = tempfile::tempdir().unwrap();
    let memory = memory(&dir);
    let provider = Counting::new("one", false);
    let layer = around(&provider, &memory);
    let asked = batch(&[text("It rained.")]);
    let runtime = || tokio::runtime::Runtime::new().unwrap();
    std::thread::scope(|scope| {
        // Whoever has looked waits for this.
        let reading = memory.anew.lock().unwrap();
        let late = scope.spawn(|| runtime().block_on(layer.translate(&asked)));
        std::thread::sleep(std::time::Duration::from_millis(200));
        let answer = Draft {
            pieces: asked.segments[0].pieces.clone(),
        };
        let known = [(0, &answer)];
        runtime().block_on(memory.keep(provider.identity(), &asked, false, &known));
        drop(reading);
        let drafts = late.join().unwrap().unwrap();
        assert_eq!(drafts[0].as_ref().unwrap().pieces, answer.pieces);
    });
    assert_eq!(provider.asked(), 0);
}

#[tokio::test]
async fn an_error_is_not_remembered_and_disturbs_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let provider = Counting::new("one", false);
    let layer = around(&provider, &memory(&dir));
    let question = batch(&[text("fail"), text("It rained.")]);
    for asked in [2, 3] {
        let answer = layer.translate(&question).await.unwrap();
        assert!(answer[0].is_err() && answer[1].is_ok());
        assert_eq!(provider.asked(), asked);
    }
}

#[tokio::test]
async fn what_a_person_approved_wins_where_its_values_are_there() {
    let dir = tempfile::tempdir().unwrap();
    let memory = memory(&dir);
    let provider = Counting::new("one", false);
    let layer = around(&provider, &memory);
    let question = batch(&[rich(), text("It rained.")]);
    layer.translate(&question).await.unwrap();
    let approved = |source: &str, target: &str| Approved {
        source: source.to_owned(),
        target: target.to_owned(),
        by: "desk".to_owned(),
        as_it_is: false,
    };
    approve(
        memory.state.as_ref(),
        Pair::EN_BN,
        vec![
            approved("In Dhaka’s,  ‘12 boats’ sank.", "ঢাকার ‘১২টি নৌকা’ ডুবেছে।"),
            approved("It rained.", "বৃষ্টি।"),
        ],
    )
    .await
    .unwrap();
    let recalled = layer.recall(&question).await;
    let pieces = &recalled[0].as_ref().unwrap().draft.pieces;
    assert!(recalled.iter().all(|r| r.as_ref().unwrap().approved));
    assert_eq!(
        pieces[0],
        Piece::Hole(HoleId(0), Ending::case(Case::Genitive))
    );
    assert_eq!(pieces[2], Piece::Quote(Edge::Open, 0));
    // The number is another one today: the draft of the provider serves.
    let mut other = rich();
    other.fillings[1].source = "13".to_owned();
    other.fillings[1].target = "১৩".to_owned();
    assert_eq!(layer.recall(&batch(&[other])).await, [None]);
    approve(
        memory.state.as_ref(),
        Pair::EN_BN,
        vec![approved("It rained.", "বৃষ্টি হয়েছে।")],
    )
    .await
    .unwrap();
    let last = layer.recall(&question).await[1].clone().unwrap();
    assert_eq!(last.draft.pieces, [Piece::Text("বৃষ্টি হয়েছে।".to_owned())]);
    approve(
        memory.state.as_ref(),
        Pair::EN_BN,
        vec![approved("In Dhaka's, \"12 boats\" sank.", "১৩")],
    )
    .await
    .unwrap();
    let draft = layer.recall(&question).await[0].clone().unwrap();
    assert!(!draft.approved, "12 is not in it");
}

#[tokio::test]
async fn similar_sentences_are_examples_and_no_answers() {
    let dir = tempfile::tempdir().unwrap();
    let memory = memory(&dir);
    let plain = around(&Counting::new("plain", false), &memory);
    let known = "The minister opened the new bridge on the Padma on Monday.";
    plain
        .translate(&batch(&[text(known), text("It rained.")]))
        .await
        .unwrap();
    let reads = Counting::new("reads", true);
    let layer = around(&reads, &memory);
    let near = "The minister opened the new bridge on the Jamuna on Monday.";
    layer.translate(&batch(&[text(near)])).await.unwrap();
    let examples = reads.examples.lock().await.clone();
    assert_eq!(examples.len(), 1);
    assert_eq!(examples[0].source, known);
    // What a person made of it is the better example, and what editors see.
    let approved = Approved {
        source: known.to_owned(),
        target: "সোমবার পদ্মায় নতুন সেতুর উদ্বোধন করেন মন্ত্রী।".to_owned(),
        by: "desk".to_owned(),
        as_it_is: false,
    };
    approve(memory.state.as_ref(), Pair::EN_BN, vec![approved])
        .await
        .unwrap();
    let farther = "The minister opened the new bridge on the Meghna on Tuesday.";
    layer.translate(&batch(&[text(farther)])).await.unwrap();
    let examples = reads.examples.lock().await.clone();
    let sources: Vec<&str> = examples.iter().map(|e| e.source.as_str()).collect();
    assert_eq!(sources, [known, near]);
    assert!(examples[0].target.starts_with("সোমবার"));
    let state = StateFile::open(&dir.path().join("state.db")).unwrap();
    let shown = |least| matches(&state, Pair::EN_BN, near, least, 9).unwrap();
    let told: Vec<_> = shown(0.75)
        .into_iter()
        .map(|m| (m.source, m.approved, m.by, (m.likeness * 100.0).round()))
        .collect();
    let row = |source: &str, approved, by: &str, likeness| {
        (source.to_owned(), approved, by.to_owned(), likeness)
    };
    assert_eq!(
        told,
        [
            row(near, false, "reads", 100.0),
            row(known, true, "desk", 91.0),
            row(farther, false, "reads", 82.0),
        ]
    );
    assert_eq!(shown(0.9).len(), 2);
    assert!(
        layer
            .recall(&batch(&[text("The minister opened the new bridge.")]))
            .await[0]
            .is_none()
    );
    layer
        .translate(&batch(&[text("Nothing of the kind was said by anyone.")]))
        .await
        .unwrap();
    assert!(reads.examples.lock().await.is_empty());
}

/// Answers the first segment of a call, and looks which of `watched` are kept.
struct Partly {
    inner: Arc<Counting>,
    memory: Arc<Memory>,
    watched: Vec<Segment>,
    kept: Mutex<Vec<usize>>,
}

#[async_trait]
impl Provider for Partly {
    crate::provider::layer::as_inner!();

    async fn translate(&self, asked: &Batch) -> Result<Drafts, Error> {
        let known = self
            .memory
            .recall(self.identity(), &batch(&self.watched), false)
            .await;
        self.kept.lock().await.push(known.iter().flatten().count());
        let mut drafts = self.inner.translate(asked).await?;
        for draft in drafts.iter_mut().skip(1) {
            *draft = Err(Error {
                provider: self.identity().name.clone(),
                kind: ErrorKind::Unavailable,
                message: "later".to_owned(),
                retry: Retry::After(Some(std::time::Duration::ZERO)),
            });
        }
        Ok(drafts)
    }
}

#[tokio::test]
async fn a_draft_is_kept_before_the_rest_of_its_call_is_asked_again() {
    use crate::provider::layer::{Patience, Retrying};

    let dir = tempfile::tempdir().unwrap();
    let memory = memory(&dir);
    let watched = vec![text("One."), text("Two."), text("Three.")];
    let partly = Arc::new(Partly {
        inner: Counting::new("one", false),
        memory: Arc::clone(&memory),
        watched: watched.clone(),
        kept: Mutex::default(),
    });
    let service: Arc<Partly> = Arc::clone(&partly);
    let keeping = Arc::new(Keeping::new(service, Arc::clone(&memory)));
    let patience = Patience {
        attempts: 5,
        total: std::time::Duration::from_mins(1),
    };
    let layer = Remembered::new(Arc::new(Retrying::new(keeping, patience)), memory);
    let answer = layer.translate(&batch(&watched)).await.unwrap();
    assert!(answer.iter().all(Result::is_ok));
    assert_eq!(*partly.kept.lock().await, [0, 1, 2], "before each attempt");
}

#[tokio::test]
async fn a_file_that_fails_is_trouble_and_the_answer_still_comes() {
    let dir = tempfile::tempdir().unwrap();
    let memory = memory(&dir);
    let other = rusqlite::Connection::open(dir.path().join("state.db")).unwrap();
    other.execute_batch("DROP TABLE memory").unwrap();
    let provider = Counting::new("one", false);
    let layer = around(&provider, &memory);
    assert!(memory.trouble().is_none());
    let answer = layer
        .translate(&batch(&[text("It rained.")]))
        .await
        .unwrap();
    assert!(answer[0].is_ok());
    assert!(memory.trouble().unwrap().to_string().contains("state.db"));
}

#[tokio::test]
async fn what_a_person_wants_as_it_is_needs_no_values() {
    let dir = tempfile::tempdir().unwrap();
    let state = StateFile::open(&dir.path().join("state.db")).unwrap();
    let memory = memory(&dir);
    let layer = around(&Counting::new("one", false), &memory);
    let source = "In Dhaka’s, ‘12 boats’ sank.";
    let say = async |target: &str, as_it_is| {
        let one = Approved {
            source: source.to_owned(),
            target: target.to_owned(),
            by: "desk".to_owned(),
            as_it_is,
        };
        approve(&state, Pair::EN_BN, vec![one]).await.unwrap();
        layer.recall(&batch(&[rich()])).await[0].clone()
    };
    let told = "এক ডজন নৌকা ডুবেছে।";
    assert_eq!(say(told, false).await, None);
    let recalled = say(told, true).await.unwrap();
    assert!(recalled.approved);
    assert_eq!(recalled.draft.pieces, [Piece::Text(told.to_owned())]);
    let known = approval(&state, Pair::EN_BN, source).unwrap().unwrap();
    assert_eq!((known.target.as_str(), known.as_it_is), (told, true));
    assert!(!known.at.is_empty() && known.by == "desk");
    // Taken back, it is as if it had never been.
    for is_there in [true, false] {
        let was_there = withdraw(&state, Pair::EN_BN, source).await.unwrap();
        assert_eq!(was_there, is_there);
    }
    assert_eq!(approval(&state, Pair::EN_BN, source).unwrap(), None);
    assert_eq!(layer.recall(&batch(&[rich()])).await, [None]);
}

#[tokio::test]
async fn a_sentence_is_asked_for_anew() {
    let dir = tempfile::tempdir().unwrap();
    let memory = memory(&dir);
    let provider = Counting::new("one", false);
    let layer = around(&provider, &memory);
    let question = batch(&[text("It rained."), text("It snowed.")]);
    layer.translate(&question).await.unwrap();
    assert_eq!(provider.asked(), 2);
    let anew = memory.anew(Pair::EN_BN, "It  rained.");
    layer.translate(&question).await.unwrap();
    assert_eq!(provider.asked(), 3, "one of the two");
    drop(anew);
    layer.translate(&question).await.unwrap();
    assert_eq!(provider.asked(), 3);
}
