//! Bhashini, India's public language service: a configuration call names the
//! server, model and key that translate a direction.
//!
//! Followed: "Pipeline Config Call" and "Pipeline Compute Call" of the Bhashini
//! API documentation (bhashini.gitbook.io). Its limits are not documented; those
//! here are careful.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use url::Url;

use super::{Facts, Request, Service};
use crate::language::Pair;
use crate::provider::http::{Call, Client};
use crate::provider::secret::Secret;
use crate::provider::{Error, ErrorKind, Protection};

/// Where the configuration call is served.
pub const URL: &str = "https://meity-auth.ulcacontrib.org";

/// The pipeline of the ministry, which its documentation gives.
const PIPELINE: &str = "64392f96daac500b55c543cd";

/// The keys of `kind = "bhashini"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bhashini {
    /// The user that the key belongs to.
    pub user: String,
    /// The pipeline, if not the ministry's own.
    #[serde(default = "pipeline")]
    pub pipeline: String,
}

fn pipeline() -> String {
    PIPELINE.to_owned()
}

/// A [`Bhashini`] that remembers where each direction is translated.
pub struct Asked {
    settings: Bhashini,
    servers: Mutex<HashMap<Pair, Arc<Server>>>,
}

struct Server {
    url: Url,
    header: String,
    key: Secret,
    model: String,
}

impl Asked {
    /// Nothing is asked before it is needed.
    #[must_use]
    pub fn new(settings: Bhashini) -> Self {
        Self {
            settings,
            servers: Mutex::default(),
        }
    }

    /// Where a direction is translated; asked once.
    async fn server(&self, client: &Client, pair: Pair) -> Result<Arc<Server>, Error> {
        let mut servers = self.servers.lock().await;
        if let Some(server) = servers.get(&pair) {
            return Ok(Arc::clone(server));
        }
        let body = json!({
            "pipelineTasks": [{ "taskType": "translation", "config": { "language": name(pair) } }],
            "pipelineRequestConfig": { "pipelineId": self.settings.pipeline },
        });
        let url = client.url("/ulca/apis/v0/model/getModelsPipeline");
        let call = Call::post(url, &body)
            .header("userID", &self.settings.user)
            .key("ulcaApiKey", "", client.secret());
        let answer = client.json(call, super::Refusal::verdict).await?;
        let server = read(&answer)
            .ok_or_else(|| client.malformed("no server for translations where it should stand"))?;
        let server = Arc::new(server);
        servers.insert(pair, Arc::clone(&server));
        Ok(server)
    }
}

fn name(pair: Pair) -> Value {
    json!({ "sourceLanguage": pair.source.code(), "targetLanguage": pair.target.code() })
}

fn read(answer: &Value) -> Option<Server> {
    let text = |pointer: &str| answer.pointer(pointer)?.as_str();
    Some(Server {
        url: Url::parse(text("/pipelineInferenceAPIEndPoint/callbackUrl")?).ok()?,
        header: text("/pipelineInferenceAPIEndPoint/inferenceApiKey/name")?.to_owned(),
        key: Secret::new(text("/pipelineInferenceAPIEndPoint/inferenceApiKey/value")?)?,
        model: text("/pipelineResponseConfig/0/config/0/serviceId")?.to_owned(),
    })
}

#[async_trait]
impl Service for Asked {
    fn facts(&self) -> Facts {
        Facts {
            model: "bhashini".to_owned(),
            version: self.settings.pipeline.clone(),
            max_texts: 10,
            max_size: 2000,
            protection: Protection::Plain,
        }
    }

    /// (The second call needs what the first answered: see [`Service::ask`].)
    fn request(&self, client: &Client, _: &Request<'_>) -> Result<Call, Error> {
        Err(client.malformed("no server for translations"))
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        super::texts(answer, "/pipelineResponse/0/output", "/target")
    }

    async fn ask(&self, client: &Client, request: &Request<'_>) -> Result<Vec<String>, Error> {
        let server = self.server(client, request.pair).await?;
        let input = request.texts.iter().map(|text| json!({ "source": text }));
        let body = json!({
            "pipelineTasks": [{
                "taskType": "translation",
                "config": { "language": name(request.pair), "serviceId": server.model },
            }],
            "inputData": { "input": input.collect::<Vec<_>>() },
        });
        let call = Call::post(server.url.clone(), &body).key(&server.header, "", Some(&server.key));
        let answer = client.json(call, |refusal| self.judge(refusal)).await;
        // Its keys change: the next call asks for a new one.
        if matches!(&answer, Err(error) if error.kind == ErrorKind::Denied) {
            self.servers.lock().await.remove(&request.pair);
        }
        self.answer(&answer?)
            .ok_or_else(|| client.malformed("no translations where they should stand"))
    }
}
