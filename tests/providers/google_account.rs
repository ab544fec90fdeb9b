//! A service account of Google: tokens that are made, kept and made again.
//!
//! Shapes: "Using OAuth 2.0 for Server to Server Applications" of
//! developers.google.com/identity. The key is for these tests and opens nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

use crate::server::{Reply, Request, Server};
use crate::suite::{batch, plain};
use anubad::config::{Config, build_provider};
use anubad::provider::http::{Access, Client, Settings};
use anubad::provider::machine::Machine;
use anubad::provider::machine::google_account::Account;
use anubad::provider::machine::google_v3::{Advanced, GoogleV3};
use anubad::provider::{ErrorKind, Provider};

const PEM: &str = include_str!("../data/google_account.pem");

/// What a token says that was asked for rightly.
fn claims(request: &Request) -> Value {
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&request.body)
        .into_owned()
        .collect();
    assert_eq!(form[0].1, "urn:ietf:params:oauth:grant-type:jwt-bearer");
    let (text, signature) = form[1].1.rsplit_once('.').unwrap();
    let key = PrivatePkcs8KeyDer::from_pem_slice(PEM.as_bytes()).unwrap();
    let key = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).unwrap();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.public_key().as_ref())
        .verify(text.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap())
        .unwrap();
    let (_, claims) = text.split_once('.').unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

async fn provider(url: &str, mode: u32) -> (Result<Arc<dyn Provider>, String>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let account = json!({
        "type": "service_account",
        "client_email": "desk@project.iam.example.org",
        "private_key": PEM,
        "token_uri": format!("{url}/token"),
    });
    let file = folder.path().join("account.json");
    std::fs::write(&file, account.to_string()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    let file = folder.path().join("pipeline.toml");
    let text = format!(
        "[providers.it]\nkind = \"google-v3\"\nurl = \"{url}\"\nproject = \"p\"\nattempts = 1\n\
         service_account = \"account.json\"\n"
    );
    std::fs::write(&file, text).unwrap();
    let config = Config::read(&file).unwrap();
    let built = build_provider(&config, "it").await;
    (built.map_err(|error| error.to_string()), folder)
}

/// A server that gives out tokens which last so many seconds, and takes all but
/// those that are told.
fn server(lasts: u64, refused: &'static str) -> Server {
    let given = AtomicUsize::new(0);
    Server::start(move |request| {
        if request.path == "/token" {
            let number = given.fetch_add(1, Ordering::SeqCst);
            return Reply::json(
                200,
                &json!({ "access_token": format!("t{number}"), "expires_in": lasts, "token_type": "Bearer" }),
            );
        }
        let token = request.header("authorization").unwrap_or_default();
        if token == format!("Bearer {refused}") {
            return Reply::text(401, "{}");
        }
        Reply::json(
            200,
            &json!({ "translations": [{ "translatedText": "এক" }] }),
        )
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_token_serves_until_it_ends() {
    for (lasts, asked) in [(3600, 1), (60, 3)] {
        let server = server(lasts, "");
        let (provider, _folder) = provider(&server.url(), 0o600).await;
        let provider = provider.unwrap();
        for text in ["one", "two", "three"] {
            provider.translate(&batch(&[plain(text)])).await.unwrap();
        }
        let requests = server.requests();
        let tokens: Vec<&Request> = requests.iter().filter(|r| r.path == "/token").collect();
        assert_eq!(tokens.len(), asked, "{lasts}");
        let claims = claims(tokens[0]);
        assert_eq!(claims["iss"], "desk@project.iam.example.org");
        assert_eq!(claims["aud"], format!("{}/token", server.url()));
        assert_eq!(
            claims["scope"],
            "https://www.googleapis.com/auth/cloud-translation"
        );
        let last = requests.last().unwrap().header("authorization");
        assert_eq!(last, Some(format!("Bearer t{}", asked - 1).as_str()));
    }
}

/// (Without the layers: a refused key pauses the provider for a while.)
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_refused_is_made_again() {
    let server = server(3600, "t0");
    let (_, folder) = provider(&server.url(), 0o600).await;
    let account = Account::read("it", &folder.path().join("account.json")).unwrap();
    let settings: GoogleV3 = serde_json::from_value(json!({ "project": "p" })).unwrap();
    let client = Client::new(Settings {
        name: "it".to_owned(),
        url: server.url().parse().unwrap(),
        access: Access::default(),
        proxy: None,
        key: None,
    });
    let service = Box::new(Advanced::new(settings, Some(account)));
    let bare = Machine::new(client.unwrap(), service, Vec::new());
    let wanted = batch(&[plain("one")]);
    let error = bare.translate(&wanted).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Denied);
    assert!(!error.message.contains("t0"));
    assert!(bare.translate(&wanted).await.is_ok());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_others_can_read_is_not_used() {
    let server = server(3600, "");
    let (provider, _folder) = provider(&server.url(), 0o644).await;
    let error = provider.map(|_| ()).unwrap_err();
    assert!(
        error.contains("chmod 600") && !error.contains("PRIVATE"),
        "{error}"
    );
}
