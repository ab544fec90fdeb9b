//! Who may use a queue, and what of articles lies in it.

use std::path::PathBuf;

use super::kit::{Desk, ENGLISH, SENTENCE, scripted};
use super::nats::{Server, Worker, is_missing};

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/nats")
        .join(name)
}

/// A desk that comes with the credentials of an account over an encrypted connection.
fn desk(account: &str) -> Desk {
    let config = format!(
        "{}[queue]\ncredentials = {:?}\nauthorities = {:?}\n",
        scripted(""),
        data(&format!("{account}.creds")),
        data("ca.pem")
    );
    Desk::with(&[("pipeline.toml", &config), ("in/a.txt", ENGLISH)])
}

/// A server with the accounts of the tests and a certificate.
fn server() -> Server {
    let accounts = std::fs::read_to_string(data("accounts.conf")).unwrap();
    Server::start(&format!(
        "tls {{ cert_file: {:?}, key_file: {:?} }}\n{accounts}",
        data("server.pem"),
        data("server.key")
    ))
}

#[test]
fn accounts_of_two_desks_see_nothing_of_each_other() {
    if is_missing() {
        return;
    }
    let server = server();
    let url = server.url().replace("nats://", "tls://");
    let (one, other) = (desk("desk"), desk("other"));
    one.anubad(&["run", "--queue", &url]).ends(0);
    let waiting = |desk: &Desk| desk.anubad(&["queue", "status", "--queue", &url]).ends(0);
    waiting(&one).prints(&["1  waiting"]);
    waiting(&other).prints(&["0  waiting"]);
    let worker = |desk: &Desk| Worker::start(desk, &url, &["--until-empty", "--quiet"]);
    worker(&other).end().ends(0);
    assert!(other.list("out").is_empty());
    worker(&one).end().ends(0);
    assert!(one.list("out").contains(&"a.bn.txt".to_owned()));
    // Without credentials, or with a server that nobody vouches for, there is nothing.
    let nobody = Desk::with(&[("pipeline.toml", &scripted("")), ("in/a.txt", ENGLISH)]);
    let config = format!(
        "{}[queue]\nauthorities = {:?}\n",
        scripted(""),
        data("ca.pem")
    );
    for (config, status) in [(scripted(""), 1), (config, 78)] {
        nobody.write("pipeline.toml", config);
        nobody.anubad(&["run", "--queue", &url]).ends(status);
    }
    let config = format!("{}[queue]\ncredentials = \"no.creds\"\n", scripted(""));
    nobody.write("pipeline.toml", config);
    let missing = nobody.anubad(&["run", "--queue", &url]).ends(78);
    missing.says(&["no.creds cannot be read", "[queue]"]);
}

#[test]
fn what_waits_is_a_reference_and_logs_have_no_text() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let desk = Desk::with(&[("pipeline.toml", &scripted("")), ("in/a.txt", ENGLISH)]);
    let run = desk
        .anubad(&["-vvv", "run", "--queue", &server.url()])
        .ends(0);
    assert!(!run.err.contains(SENTENCE), "{run:?}");
    // The streams are files: nothing of the article is in them while it waits.
    let kept = server.kept();
    assert!(
        kept.iter().any(|bytes| find(bytes, "in/a.txt")),
        "the reference is"
    );
    assert!(!kept.iter().any(|bytes| find(bytes, SENTENCE)));
    let worker = desk
        .command()
        .args(["-vvv", "worker", "--until-empty", "--queue", &server.url()])
        .output()
        .unwrap();
    let err = String::from_utf8(worker.stderr).unwrap();
    assert!(worker.status.success() && err.contains("written"), "{err}");
    assert!(!err.contains(SENTENCE), "{err}");
}

fn find(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}
