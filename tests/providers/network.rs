//! What the network does to a service, whichever it is: nobody there, no name, no
//! trust, no answer; and which addresses are not asked at all.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};

use crate::libretranslate::FIXTURE;
use crate::server::{Reply, Server};
use crate::suite::{KEY, batch, described, plain, provider};
use anubad::provider::{Error, ErrorKind, Retry};

/// A certificate that nobody vouches for, and its key, which opens nothing.
const PEM: &[u8] = include_bytes!("../data/tls_untrusted.pem");

/// What becomes of a request to `url`.
async fn fails(url: &str, more: &str) -> Error {
    let (provider, _folder) = provider(FIXTURE, url, more).await;
    let error = provider.translate(&batch(&[plain("one")])).await;
    let error = error.unwrap_err();
    assert!(!error.message.contains(KEY), "{error}");
    error
}

/// A port that nobody listens at.
fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_there_and_no_name_are_told_apart() {
    let began = Instant::now();
    for (url, says) in [
        (format!("http://{}", closed()), "nothing listens"),
        ("https://no-such-host.invalid".to_owned(), "has no address"),
    ] {
        let error = fails(&url, "attempts = 1").await;
        assert_eq!(error.kind, ErrorKind::Unavailable, "{error}");
        assert!(error.message.contains(says), "{error}");
        // It may pass: a server is started, a network comes back.
        let error = fails(&url, "attempts = 2").await;
        assert!(error.message.contains("(after 2 attempts)"), "{error}");
        assert_eq!(error.retry, Retry::Never);
    }
    assert!(began.elapsed() < Duration::from_secs(30));
}

/// A server with encryption, and with a certificate of its own making.
fn encrypted() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let config = {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider);
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let chain = CertificateDer::pem_slice_iter(PEM).map(Result::unwrap);
        let key = PrivateKeyDer::from_pem_slice(PEM).unwrap();
        builder
            .with_no_client_auth()
            .with_single_cert(chain.collect(), key)
            .unwrap()
    };
    let config = Arc::new(config);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            while connection.is_handshaking() && connection.complete_io(&mut stream).is_ok() {}
        }
    });
    format!("https://{address}")
}

/// A server that does not care what it is asked: it reads once and then writes what
/// `more` gives it, until there is no more or nobody listens.
fn talking(more: fn(usize) -> Option<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 4096]);
            for words in (0..).map_while(more) {
                if stream.write_all(&words).is_err() {
                    break;
                }
            }
        }
    });
    address.to_string()
}

/// Neither a server without encryption nor one that nobody vouches for gets a request,
/// and neither is asked again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_untrusted_connection_is_not_used() {
    let open = talking(|n| (n == 0).then(|| b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()));
    for (url, says) in [
        (format!("https://{open}"), "speaks https"),
        (encrypted(), "certificate is not trusted"),
    ] {
        let error = fails(&url, "attempts = 3\ntimeout = 20").await;
        assert_eq!(error.kind, ErrorKind::Unavailable, "{error}");
        assert!(error.message.contains(says), "{error}");
        assert!(!error.message.contains("attempts)"), "{error}");
    }
}

/// An attempt that hangs ends with its clock, and the next one is answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_does_not_come_is_not_waited_for() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |request| {
        if asked.fetch_add(1, Ordering::SeqCst) < 2 {
            return Reply::hang();
        }
        (FIXTURE.serve)(request, &str::to_owned).unwrap()
    });
    let error = fails(&server.url(), "attempts = 1\ntimeout = 0.3").await;
    assert_eq!(
        (error.kind, error.retry),
        (ErrorKind::Timeout, Retry::Never)
    );
    assert!(error.message.contains("0.3 s"), "{error}");
    let more = "attempts = 2\ntimeout = 0.5";
    let (provider, _folder) = provider(FIXTURE, &server.url(), more).await;
    let answer = provider.translate(&batch(&[plain("two")])).await;
    assert!(answer.is_ok(), "{answer:?}");
}

/// No more of an answer is read than a bound.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_without_an_end_is_not_read_to_it() {
    let endless = talking(|n| {
        Some(match n {
            0 => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec(),
            _ => format!("10000\r\n{}\r\n", "x".repeat(0x10000)).into_bytes(),
        })
    });
    let error = fails(&format!("http://{endless}"), "attempts = 1\ntimeout = 30").await;
    assert_eq!(error.kind, ErrorKind::Malformed, "{error}");
    assert!(error.message.contains("longer than 16 MB"), "{error}");
}

/// What lies inside a network is asked where it is allowed by name, and no key travels
/// in clear.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_inside_has_to_be_allowed_before_anything_is_sent() {
    for (url, allow, says) in [
        ("https://169.254.169.254", "", "link-local"),
        ("https://10.1.2.3:8080", "", "`allow = [\"10.1.2.3\"]`"),
        ("https://10.1.2.3:8080", "10.1.2.3", ""),
        ("http://mt.example.org", "", "unencrypted"),
        ("http://mt.example.org", "mt.example.org", ""),
        ("ftp://mt.example.org", "", "https://"),
        ("https://me:pw@mt.example.org", "", "user name or password"),
    ] {
        let allow = format!("allow = [\"{allow}\"]");
        let (built, _folder) = described(FIXTURE, url, &allow).await;
        match built {
            Ok(_) => assert_eq!(says, "", "{url}"),
            Err(error) => {
                assert!(!says.is_empty() && error.contains(says), "{url}: {error}");
            }
        }
    }
}

/// A model that a service does not have is not asked for once for each batch.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_set_up_wrongly_is_paused() {
    let server = Server::start(|_| Reply::text(404, "{}"));
    let (provider, _folder) = provider(FIXTURE, &server.url(), "").await;
    for _ in 0..10 {
        let error = provider.translate(&batch(&[plain("one")])).await;
        assert_eq!(error.unwrap_err().kind, ErrorKind::Invalid);
    }
    assert_eq!(server.requests().len(), 3);
}
