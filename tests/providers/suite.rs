//! The behaviour of a service, whichever it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anubad::config::{Config, build_provider};
use anubad::language::{Language, Pair};
use anubad::plan::{Filling, Hint, HoleId, HoleKind, Piece, Segment};
use anubad::provider::{Batch, Context, Draft, ErrorKind, Provider};
use anubad::text::Span;
use anubad::translate::ladder;

use crate::server::{Reply, Request, Server};

/// A key that nothing may show.
pub(crate) const KEY: &str = "k3y-0f-th3-d3sk:fx";

/// What a server does with a request, given what becomes of each text.
pub(crate) type Serve = fn(&Request, &dyn Fn(&str) -> String) -> Result<Reply, String>;

/// A service and the server that it is tried against.
#[derive(Clone, Copy)]
pub(crate) struct Fixture {
    /// The keys of its section, without `url` and `key`.
    pub(crate) section: &'static str,
    /// What the server does, `translate` being what becomes of each text. An
    /// error is a request that the service's documentation does not allow.
    pub(crate) serve: Serve,
    /// The texts of a request.
    pub(crate) texts: fn(&Request) -> Vec<String>,
    /// What carries the key.
    pub(crate) carries_key: fn(&Request) -> bool,
    /// Most texts and characters (or bytes, as it counts) that the server takes.
    pub(crate) most: (usize, usize),
    /// Its errors: status, body, and what they have to become.
    pub(crate) errors: &'static [(u16, &'static str, ErrorKind)],
    /// An answer with one translation too few to two texts; empty where a
    /// request has one text.
    pub(crate) short: &'static str,
}

/// A desk with the fixture's service, asked once and for all attempts.
struct Desk {
    server: Server,
    provider: Arc<dyn Provider>,
    complaints: Arc<std::sync::Mutex<Vec<String>>>,
    folder: tempfile::TempDir,
    pair: Pair,
}

impl Desk {
    async fn new(fixture: Fixture, pair: Pair, translate: fn(&str) -> String) -> Self {
        Self::served(fixture, pair, move |request| {
            (fixture.serve)(request, &translate)
        })
        .await
    }

    async fn served(
        fixture: Fixture,
        pair: Pair,
        serve: impl Fn(&Request) -> Result<Reply, String> + Send + Sync + 'static,
    ) -> Self {
        let complaints = Arc::new(std::sync::Mutex::new(Vec::new()));
        let theirs = Arc::clone(&complaints);
        let server = Server::start(move |request| {
            serve(request).unwrap_or_else(|complaint| {
                theirs.lock().unwrap().push(complaint);
                Reply::text(400, "{}")
            })
        });
        let (provider, folder) = provider(fixture, &server.url(), "attempts = 1").await;
        Self {
            server,
            provider,
            complaints,
            folder,
            pair,
        }
    }

    async fn ask(&self, segments: &[Segment]) -> Result<Vec<Draft>, anubad::provider::Error> {
        let drafts = self.provider.translate(&going(self.pair, segments)).await?;
        drafts.into_iter().collect()
    }

    fn is_content(&self) {
        assert_eq!(self.complaints.lock().unwrap().as_slice(), [""; 0]);
    }
}

/// The provider that a section describes, for the server at `url`.
pub(crate) async fn provider(
    fixture: Fixture,
    url: &str,
    more: &str,
) -> (Arc<dyn Provider>, tempfile::TempDir) {
    let (built, folder) = described(fixture, url, more).await;
    (built.unwrap(), folder)
}

/// The same, where it may be that no provider comes of it.
pub(crate) async fn described(
    fixture: Fixture,
    url: &str,
    more: &str,
) -> (Result<Arc<dyn Provider>, String>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    std::fs::write(&key, KEY).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let file = folder.path().join("pipeline.toml");
    let text = format!(
        "[providers.it]\nurl = \"{url}\"\nkey = {{ file = \"key\" }}\n{more}\n{}",
        fixture.section
    );
    std::fs::write(&file, text).unwrap();
    let config = Config::read(&file).unwrap();
    let built = build_provider(&config, "it").await;
    (built.map_err(|error| error.to_string()), folder)
}

pub(crate) fn batch(segments: &[Segment]) -> Batch {
    going(Pair::EN_BN, segments)
}

pub(crate) fn going(pair: Pair, segments: &[Segment]) -> Batch {
    Batch {
        pair,
        segments: segments.to_vec(),
        context: Context::default(),
    }
}

pub(crate) fn plain(text: &str) -> Segment {
    Segment {
        pieces: vec![Piece::Text(text.to_owned())],
        fillings: Vec::new(),
        hints: Vec::new(),
    }
}

/// A sentence with two values, a term, and characters that mark-up is made of.
fn rich() -> Segment {
    let filling = |source: &str, target: &str| Filling {
        kind: HoleKind::Verbatim,
        source: source.into(),
        target: target.into(),
        span: Span::whole(""),
    };
    let hole = |n| Piece::Hole(HoleId(n), anubad::language::Ending::default());
    Segment {
        pieces: vec![
            hole(0),
            Piece::Text(" & partners of the <Green> seminar left \\ at \"once\" for ".into()),
            hole(1),
            Piece::Text(".".into()),
        ],
        fillings: vec![filling("Orion", "ওরিয়ন"), filling("Kotha", "কথা")],
        hints: vec![Hint {
            source: "seminar".into(),
            target: "সেমিনার".into(),
        }],
    }
}

fn words(draft: &Draft) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Hole(id, _) => format!("[{}]", id.0),
        Piece::Quote(..) => "\"".to_owned(),
        Piece::Markup(_) => "|".to_owned(),
    };
    draft.pieces.iter().map(text).collect()
}

fn same(text: &str) -> String {
    text.to_owned()
}

/// Texts go there and come back, in order, in one request.
pub(crate) async fn round_trip(fixture: Fixture, pair: Pair) {
    let desk = Desk::new(fixture, pair, |text| format!("«{text}»")).await;
    let capability = desk.provider.capability();
    let count = capability.max_segments.min(5);
    let texts: Vec<String> = (0..count).map(|n| format!("Sentence {n}, word")).collect();
    let segments: Vec<Segment> = texts.iter().map(|text| plain(text)).collect();
    let drafts = desk.ask(&segments).await.unwrap();
    desk.is_content();
    assert_eq!(drafts.len(), count);
    for (draft, text) in drafts.iter().zip(&texts) {
        assert!(words(draft).contains(text.as_str()), "{draft:?}");
    }
    let requests = desk.server.requests();
    let sent: Vec<String> = requests.iter().flat_map(fixture.texts).collect();
    assert_eq!(sent, texts);
    assert!(requests.iter().any(fixture.carries_key));
}

/// What the capability says is what the server takes, at its very limit.
pub(crate) async fn limits(fixture: Fixture, pair: Pair) {
    let desk = Desk::new(fixture, pair, same).await;
    let capability = desk.provider.capability();
    let (texts, size) = fixture.most;
    assert!(capability.max_segments <= texts, "{capability:?}");
    assert!(capability.max_characters <= size, "{capability:?}");
    let largest = |segment: &Segment| desk.provider.fits(segment, pair);
    for text in ["x", "ক", "&"] {
        let mut length = capability.max_characters;
        while length > 0 && !largest(&plain(&text.repeat(length))) {
            length = length.saturating_sub(length.div_ceil(50));
        }
        assert!(length > 0);
        let drafts = desk.ask(&[plain(&text.repeat(length))]).await.unwrap();
        assert_eq!(drafts.len(), 1);
        desk.is_content();
        let sent = desk.server.requests().pop().unwrap();
        let sent = (fixture.texts)(&sent).concat();
        assert!(sent.chars().count() <= size, "{}", sent.chars().count());
    }
    // A full house of short texts.
    let many = vec![plain("word"); capability.max_segments.min(200)];
    assert_eq!(desk.ask(&many).await.unwrap().len(), many.len());
    desk.is_content();
}

/// A sentence that is more than a request takes is divided between its clauses and
/// arrives whole; nothing larger is sent.
pub(crate) async fn division(fixture: Fixture, pair: Pair) {
    let desk = Desk::new(fixture, pair, same).await;
    let clause = |n: usize| {
        if pair == Pair::EN_BN {
            format!("minister {n} spoke of the harvest")
        } else {
            format!("মন্ত্রী {n} ফসলের কথা বললেন")
        }
    };
    let mut clauses = vec![clause(1000)];
    let whole = |clauses: &[String]| plain(&clauses.join(", "));
    while desk.provider.fits(&whole(&clauses), pair) {
        for _ in 0..clauses.len().div_ceil(4) {
            clauses.push(clause(1000 + clauses.len()));
        }
    }
    let chain = [Arc::clone(&desk.provider)];
    let climbed = ladder::climb(&chain, pair, &[whole(&clauses)], &Context::default()).await;
    desk.is_content();
    assert_eq!(climbed[0].untranslated, 0, "{:?}", climbed[0].troubles);
    let sent: Vec<String> = (desk.server.requests().iter())
        .flat_map(fixture.texts)
        .collect();
    for text in &sent {
        assert!(
            clauses.iter().any(|clause| text.contains(clause.as_str())),
            "{text}"
        );
    }
    let arrived = words(&Draft {
        pieces: climbed[0].pieces.clone(),
    });
    let mut rest = arrived.as_str();
    for clause in &clauses {
        let at = rest.find(clause.as_str());
        let at = at.unwrap_or_else(|| panic!("{clause} is not there, or not in its place"));
        rest = &rest[at + clause.len()..];
    }
}

/// An answer that has another count, no sense or no end is an error.
pub(crate) async fn nonsense(fixture: Fixture, pair: Pair) {
    let bodies = [
        "",
        "{",
        "null",
        "[]",
        "{}",
        "<html>hello</html>",
        fixture.short,
    ];
    for body in bodies {
        if body == fixture.short && body.is_empty() {
            continue;
        }
        let desk = Desk::served(fixture, pair, move |_| Ok(Reply::text(200, body))).await;
        let segments = [plain("one"), plain("two")];
        let count = desk.provider.capability().max_segments.min(2);
        let error = desk.ask(&segments[..count]).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Malformed, "{body}: {error}");
    }
    for reply in [
        Reply::cut(),
        Reply::text(200, "{\"a\": 1, \"b\": 2}").half(),
    ] {
        let desk = Desk::served(fixture, pair, move |_| Ok(reply.clone())).await;
        let error = desk.ask(&[plain("one")]).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unavailable, "{error}");
    }
}

/// Every error is the kind it is, and is asked again only where that may help.
pub(crate) async fn errors(fixture: Fixture, pair: Pair) {
    for &(status, body, kind) in fixture.errors {
        let desk = Desk::served(fixture, pair, move |_| Ok(Reply::text(status, body))).await;
        let error = desk.ask(&[plain("one")]).await.unwrap_err();
        assert_eq!(error.kind, kind, "{status} {body}: {error}");
        assert!(!error.message.contains(KEY));

        let (waits, asked) = (waits(kind), Arc::new(AtomicUsize::new(0)));
        let count = Arc::clone(&asked);
        let server = Server::start(move |request| {
            if count.fetch_add(1, Ordering::SeqCst) == 0 {
                return Reply::text(status, body).header("Retry-After", "0");
            }
            (fixture.serve)(request, &same).unwrap()
        });
        let (provider, _folder) = provider(fixture, &server.url(), "attempts = 2").await;
        let answer = provider.translate(&going(pair, &[plain("one")])).await;
        assert_eq!(answer.is_ok(), waits, "{status} {body}: {answer:?}");
    }
}

fn waits(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::RateLimited | ErrorKind::Unavailable | ErrorKind::Timeout
    )
}

/// `Retry-After` is believed, in seconds and as a date: a wait of a day is not
/// waited for, a date that has passed is no wait.
pub(crate) async fn advice(fixture: Fixture, pair: Pair) {
    for (value, again) in [
        ("86400", false),
        ("Tue, 31 Dec 2199 23:59:59 GMT", false),
        ("0", true),
        ("Sun, 06 Nov 1994 08:49:37 GMT", true),
    ] {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let server = Server::start(move |request| {
            if count.fetch_add(1, Ordering::SeqCst) == 0 {
                return Reply::text(503, "{}").header("Retry-After", value);
            }
            (fixture.serve)(request, &same).unwrap()
        });
        let (provider, _folder) = provider(fixture, &server.url(), "attempts = 2").await;
        let answer = provider.translate(&going(pair, &[plain("one")])).await;
        assert_eq!(answer.is_ok(), again, "{value}: {answer:?}");
    }
}

/// Values come back as values, and mark-up in the text as text.
pub(crate) async fn protection(fixture: Fixture, pair: Pair) {
    for translate in [same, |text: &str| text.replace("left", "বিদায় নিল")] {
        let desk = Desk::new(fixture, pair, translate).await;
        let drafts = desk.ask(&[rich()]).await.unwrap();
        desk.is_content();
        let found: Vec<u16> = (drafts[0].pieces.iter())
            .filter_map(|piece| match piece {
                Piece::Hole(id, _) => Some(id.0),
                _ => None,
            })
            .collect();
        assert_eq!(found, [0, 1], "{:?}", drafts[0]);
        let words = words(&drafts[0]);
        assert!(words.contains("& partners of the <Green>"), "{words}");
        assert!(words.contains("\\ at \"once\" for"), "{words}");
    }
}

/// The key is where it belongs and nowhere else: not in errors that quote it, not
/// in `Debug`, not at another host.
pub(crate) async fn secrecy(fixture: Fixture, pair: Pair) {
    let other = Server::start(|_| Reply::text(200, "{}"));
    let to = other.url();
    for status in [307, 308, 301, 302] {
        let to = to.clone();
        let desk = Desk::served(fixture, pair, move |request| {
            let path = &request.path;
            Ok(Reply::text(status, "").header("Location", &format!("{to}{path}")))
        })
        .await;
        assert!(desk.ask(&[plain("one")]).await.is_err());
    }
    assert_eq!(other.requests().len(), 0, "a redirect was followed");
    for status in [400, 401, 403, 429, 500] {
        let quoting = format!(
            "{{\"error\": {{\"code\": \"{KEY}\", \"message\": \"{KEY}\", \"status\": \"{KEY}\", \
             \"type\": \"{KEY}\"}}, \"code\": \"{KEY}\", \"message\": \"{KEY}\"}}"
        );
        let desk = Desk::served(fixture, pair, move |_| Ok(Reply::text(status, &quoting))).await;
        let error = desk.ask(&[plain("Sentence of a story")]).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains(KEY) && !shown.contains("Sentence"),
            "{shown}"
        );
    }
    let desk = Desk::new(fixture, pair, same).await;
    desk.ask(&[plain("one")]).await.unwrap();
    for request in desk.server.requests() {
        assert!(!request.path.contains(KEY), "{}", request.path);
    }
    let config = Config::read(&desk.folder.path().join("pipeline.toml")).unwrap();
    assert!(!format!("{config:?}").contains(KEY));
}

/// A call that is dropped ends at once, and the next one is answered.
pub(crate) async fn cancellation(fixture: Fixture, pair: Pair) {
    let asked = Arc::new(AtomicUsize::new(0));
    let desk = Desk::served(fixture, pair, move |request| {
        if asked.fetch_add(1, Ordering::SeqCst) == 0 {
            return Ok(Reply::hang());
        }
        (fixture.serve)(request, &same)
    })
    .await;
    let provider = Arc::clone(&desk.provider);
    let call = tokio::spawn(async move { provider.translate(&going(pair, &[plain("one")])).await });
    let Desk { server, .. } = &desk;
    tokio::task::block_in_place(|| server.wait_for_requests(1));
    call.abort();
    tokio::task::block_in_place(|| server.wait_for_leaving(1));
    assert!(desk.ask(&[plain("two")]).await.is_ok());
    desk.is_content();
}

/// A direction that has no name at the service is an error of its own or is asked
/// for; nothing panics.
pub(crate) async fn other_pairs(fixture: Fixture, pair: Pair) {
    let desk = Desk::served(fixture, pair, move |_| Ok(Reply::text(400, "{}"))).await;
    let pair = Pair {
        source: "mnw".parse::<Language>().unwrap(),
        target: pair.target,
    };
    let wanted = going(pair, &[plain("one")]);
    let error = desk.provider.translate(&wanted).await.unwrap_err();
    assert!(
        matches!(error.kind, ErrorKind::UnsupportedPair | ErrorKind::Invalid),
        "{error}"
    );
}

/// The tests of a fixture, each by the name of what it shows, in both directions.
macro_rules! behaves {
    ($fixture:ident) => {
        mod english_to_bangla {
            crate::suite::behaves! { $fixture EN_BN: round_trip limits division nonsense errors advice
            protection secrecy cancellation other_pairs }
        }
        mod bangla_to_english {
            crate::suite::behaves! { $fixture BN_EN: round_trip limits division nonsense errors advice
            protection secrecy cancellation other_pairs }
        }
    };
    ($fixture:ident $pair:ident: $($behaviour:ident)*) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $behaviour() {
            let pair = anubad::language::Pair::$pair;
            crate::suite::$behaviour(super::$fixture, pair).await;
        })*
    };
}
pub(crate) use behaves;

/// The texts at `pointer`, a list or one.
pub(crate) fn strings(request: &Request, pointer: &str) -> Vec<String> {
    let body = request.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    match body.pointer(pointer) {
        Some(serde_json::Value::Array(items)) => items.iter().map(text).collect(),
        Some(item) => vec![text(item)],
        None => Vec::new(),
    }
}

/// An error where `holds` does not hold.
pub(crate) fn demand(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// Whether two fields of a request are the two languages of a direction, by what
/// the service calls them.
pub(crate) fn directed(
    from: &serde_json::Value,
    to: &serde_json::Value,
    english: &str,
    bangla: &str,
) -> Result<(), String> {
    let told = (
        from.as_str().unwrap_or_default(),
        to.as_str().unwrap_or_default(),
    );
    demand(
        told == (english, bangla) || told == (bangla, english),
        "languages",
    )
}
