//! Bhashini: the call that tells where to ask, and the one that asks.
//!
//! Shapes: "Pipeline Config Call" and "Pipeline Compute Call" of bhashini.gitbook.io.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"bhashini\"\nuser = \"u1\"",
    serve,
    texts,
    carries_key: |request| request.header("ulcaapikey") == Some(KEY),
    most: (10, 2000),
    errors: &[
        (400, "{}", ErrorKind::Invalid),
        (401, r#"{"code": "UNAUTHORIZED"}"#, ErrorKind::Denied),
        (403, "", ErrorKind::Denied),
        (429, "", ErrorKind::RateLimited),
        (500, "", ErrorKind::Unavailable),
        (504, "", ErrorKind::Timeout),
    ],
    short: r#"{"pipelineResponse": [{"output": [{"source": "one", "target": "এক"}]}]}"#,
};

fn texts(request: &Request) -> Vec<String> {
    let body = request.json();
    let input = body["inputData"]["input"].as_array().cloned();
    let text = |item: &serde_json::Value| item["source"].as_str().unwrap_or_default().to_owned();
    input.unwrap_or_default().iter().map(text).collect()
}

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    let task = &body["pipelineTasks"][0];
    let language = &task["config"]["language"];
    demand(task["taskType"] == "translation", "task")?;
    directed(
        &language["sourceLanguage"],
        &language["targetLanguage"],
        "en",
        "bn",
    )?;
    if request.path == "/ulca/apis/v0/model/getModelsPipeline" {
        demand(request.header("userid") == Some("u1"), "user")?;
        demand(
            body["pipelineRequestConfig"]["pipelineId"].is_string(),
            "pipeline",
        )?;
        let host = request.header("host").unwrap_or_default();
        return Ok(Reply::json(
            200,
            &json!({
                "pipelineInferenceAPIEndPoint": {
                    "callbackUrl": format!("http://{host}/services/inference/pipeline"),
                    "inferenceApiKey": { "name": "Authorization", "value": "inference-key" },
                },
                "pipelineResponseConfig": [{ "config": [{ "serviceId": "indictrans-v2" }] }],
            }),
        ));
    }
    demand(request.path == "/services/inference/pipeline", "path")?;
    demand(
        request.header("authorization") == Some("inference-key"),
        "its key",
    )?;
    demand(
        request.header("ulcaapikey").is_none(),
        "the desk's key travels on",
    )?;
    demand(task["config"]["serviceId"] == "indictrans-v2", "model")?;
    let output: Vec<_> = (texts(request).iter())
        .map(|text| json!({ "source": text, "target": translate(text) }))
        .collect();
    let response = json!([{ "taskType": "translation", "output": output }]);
    Ok(Reply::json(200, &json!({ "pipelineResponse": response })))
}

behaves!(FIXTURE);
