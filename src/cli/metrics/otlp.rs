//! The metrics sent to a collector of `OpenTelemetry`: OTLP over HTTP, in JSON, while
//! a run lasts and at its end. Numbers and names of providers; no article text, no
//! keys.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::AbortHandle;
use url::Url;

use super::gauges::Row;
use super::{Board, Run, gauges};
use crate::cli::print;
use crate::provider::http::{Access, Call, Client, Settings};

/// From one sending to the next while a run lasts.
const PAUSE: Duration = Duration::from_secs(10);
/// How long a collector has to answer: a run does not wait for who watches it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A collector, and what it is told.
pub(in crate::cli) struct Collector {
    teller: Arc<Teller>,
    task: AbortHandle,
}

struct Teller {
    client: Client,
    board: Arc<Board>,
    /// Whether somebody was told that it cannot be reached.
    failed: AtomicBool,
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Collector {
    /// Tells the collector at `url` what `board` says, from now on.
    ///
    /// # Errors
    /// When nothing can be sent there; for a person.
    pub(in crate::cli) fn open(url: &Url, board: Arc<Board>) -> Result<Self, String> {
        // Whoever named it wants it asked, wherever it is.
        let host = url.host_str().unwrap_or_default().to_owned();
        let client = Client::new(Settings {
            name: "--otlp".to_owned(),
            url: url.clone(),
            access: Access::new(&[host]),
            proxy: None,
            key: None,
        })
        .map_err(|error| format!("--otlp {url}: {}", error.message))?;
        let failed = AtomicBool::new(false);
        let teller = Arc::new(Teller {
            client,
            board,
            failed,
        });
        let task = tokio::spawn({
            let teller = Arc::clone(&teller);
            async move {
                loop {
                    tokio::time::sleep(PAUSE).await;
                    if teller.board.goes_on() {
                        teller.tell().await;
                    }
                }
            }
        });
        let task = task.abort_handle();
        Ok(Self { teller, task })
    }

    /// Tells it what there is now.
    pub(in crate::cli) async fn tell(&self) {
        self.teller.tell().await;
    }
}

impl Teller {
    async fn tell(&self) {
        let Some(body) = self.board.with(|run| run.as_ref().map(request)) else {
            return;
        };
        let call = Call::post(self.client.url("/v1/metrics"), &body);
        let cause = match tokio::time::timeout(PATIENCE, self.client.send(call)).await {
            Ok(Ok(answer)) if (200..300).contains(&answer.status) => {
                self.failed.store(false, Ordering::Relaxed);
                return;
            }
            Ok(Ok(answer)) => format!("it answers {}", answer.status),
            Ok(Err(error)) => error.message,
            Err(_) => format!("it does not answer within {} s", PATIENCE.as_secs()),
        };
        if !self.failed.swap(true, Ordering::Relaxed) {
            let url = self.client.url("");
            print::say(&format!(
                "the metrics cannot be sent to {url}: {cause}; the run goes on without"
            ));
        }
    }
}

/// What is sent.
fn request(run: &Run) -> Value {
    let text = |key: &str, value: &str| json!({"key": key, "value": {"stringValue": value}});
    let now = jiff::Timestamp::now().as_nanosecond().to_string();
    let point = |row: Row| {
        let label = row.label.map(|(key, value)| text(key, &value));
        let attributes: Vec<Value> = label.into_iter().collect();
        json!({"attributes": attributes, "timeUnixNano": now, "asDouble": row.number})
    };
    let metrics: Vec<Value> = gauges::of(run)
        .into_iter()
        .map(|gauge| {
            let points: Vec<Value> = gauge.rows.into_iter().map(point).collect();
            json!({
                "name": format!("anubad_run_{}", gauge.name),
                "description": gauge.help,
                "gauge": {"dataPoints": points},
            })
        })
        .collect();
    let version = env!("CARGO_PKG_VERSION");
    json!({"resourceMetrics": [{
        "resource": {"attributes": [
            text("service.name", "anubad"),
            text("service.version", version),
        ]},
        "scopeMetrics": [{"scope": {"name": "anubad", "version": version}, "metrics": metrics}],
    }]})
}
