//! Articles that lie in a bucket, and translations that go there.

use std::fs;

use super::cases::{copy, difference, root};
use super::kit::{Desk, ECHO, ENGLISH};
use super::nats::{Server, Worker, is_missing};

const BUCKET: &str = "[queue]\nbucket = \"jetstream\"\npause = 0.02\n";

/// Cases with several formats, with what is wrong, and with a style of the house.
const CASES: [&str; 4] = ["bad-input", "formats-xml", "house-dateline", "passages"];

/// What differs between cases in a folder and in the bucket that `bucket` names for each
/// desk.
fn differences(bucket: impl Fn(&Desk) -> String) -> Vec<String> {
    let server = Server::start("");
    let url = server.url();
    let mut wrong = Vec::new();
    for name in CASES {
        let desk = Desk::new();
        copy(&root().join("tests/cases").join(name), &desk, "");
        copy(&root().join("tests/kit"), &desk, "kit");
        let (config, bucket) = (desk.read("pipeline.toml"), bucket(&desk));
        desk.write(
            "pipeline.toml",
            format!("{config}\n[queue]\nname = {name:?}\nbucket = {bucket:?}\npause = 0.02\n"),
        );
        wrong.extend(difference(name, &desk, || {
            desk.anubad(&["queue", "put", "--queue", &url]).ends(0);
            // Neither articles nor translations are in the folder while it is done.
            fs::rename(desk.path("in"), desk.path("elsewhere")).unwrap();
            let worker = Worker::start(&desk, &url, &["--quiet"]);
            let together = desk.anubad(&["run", "--queue", &url, "--wait"]);
            let worker = worker.stop();
            assert!(!desk.path("out").exists() && !desk.path("in").exists());
            desk.anubad(&["queue", "get", "--queue", &url]).ends(0);
            (together, worker)
        }));
    }
    wrong
}

#[test]
fn cases_in_a_bucket_are_byte_equal_to_those_of_a_folder() {
    if is_missing() {
        return;
    }
    let wrong = differences(|_| "jetstream".to_owned());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The code for S3 and others, over a folder that is called a bucket.
#[cfg(feature = "buckets")]
#[test]
fn cases_in_a_bucket_outside_are_byte_equal_to_those_of_a_folder() {
    if is_missing() {
        return;
    }
    let wrong = differences(|desk| format!("file://{}", desk.path("bucket").display()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_done_in_a_bucket_is_left_alone_until_it_changes() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let url = server.url();
    let config = format!("{ECHO}{BUCKET}");
    let desk = Desk::with(&[
        ("pipeline.toml", &config),
        ("in/a.txt", ENGLISH),
        ("in/sub/b.txt", ENGLISH),
    ]);
    let put = |paths: &[&str]| {
        let command = [&["queue", "put", "--queue", &url], paths].concat();
        desk.anubad(&command).ends(0)
    };
    let run = |told: &str| {
        desk.anubad(&["run", "--queue", &url]).ends(0).says(&[told]);
        let words = ["--quiet", "--until-empty"];
        Worker::start(&desk, &url, &words).end().ends(0);
    };
    put(&[]).prints(&["2 files copied"]);
    run("2 messages brought");
    run("0 messages brought");
    // The same bytes once more change nothing.
    put(&["in/a.txt"]);
    run("0 messages brought");
    desk.write("in/a.txt", ENGLISH.replace("fog", "rain"));
    put(&["in/a.txt"]);
    run("1 message brought");
    // Another translation of an article is kept beside the one before.
    desk.anubad(&["queue", "get", "--queue", &url]).ends(0);
    assert!(desk.read("out/a.bn.txt").contains("rain"));
    assert!(desk.read("out/.previous/a.bn.json").contains("fog"));
    assert!(desk.read("out/sub/b.bn.txt").contains("fog"));
}

#[test]
fn files_come_out_of_a_bucket_as_they_went_in() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let url = server.url();
    let config = format!("{ECHO}{BUCKET}");
    // More than one message, no byte at all, and a name of other letters.
    let big: Vec<u8> = (0..300_000u32).flat_map(u32::to_le_bytes).collect();
    let desk = Desk::with(&[("pipeline.toml", &config), ("in/none.txt", "")]);
    desk.write("in/big.txt", &big);
    desk.write("in/ক খ/গ.txt", ENGLISH);
    desk.anubad(&["queue", "put", "--queue", &url]).ends(0);
    desk.write("in/big.txt", &big[..200_001]);
    let again = ["queue", "put", "in/big.txt", "--queue", &url];
    desk.anubad(&again).ends(0);
    let other = Desk::with(&[("pipeline.toml", &config)]);
    let got = other.anubad(&["queue", "get", "in", "--queue", &url]);
    got.ends(0).prints(&["3 files copied"]);
    for name in ["in/none.txt", "in/big.txt", "in/ক খ/গ.txt"] {
        let (one, two) = (desk.path(name), other.path(name));
        assert!(fs::read(one).unwrap() == fs::read(two).unwrap(), "{name}");
    }
}

#[test]
fn what_is_wrong_with_a_bucket_is_told_with_the_next_step() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let url = server.url();
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    let ends = |command: &[&str], status, parts: &[&str]| {
        let command = [command, &["--queue", &url]].concat();
        desk.anubad(&command).ends(status).says(parts);
    };
    ends(
        &["queue", "put"],
        78,
        &["has no bucket", "`bucket` in [queue]"],
    );
    let queue = |more: &str| desk.write("pipeline.toml", format!("{ECHO}{BUCKET}{more}"));
    queue("");
    let nothing = ["in does not exist", "check the path"];
    ends(&["run"], 2, &nothing);
    ends(&["queue", "get"], 78, &["out: there is no file"]);
    ends(
        &["queue", "put", "/etc/hostname"],
        1,
        &["below the folder of pipeline.toml"],
    );
    // Translations would be read as articles.
    queue("[output]\nfolder = \".\"\n");
    ends(&["run"], 2, &["in is the output folder too"]);
    let config = desk
        .read("pipeline.toml")
        .replace("jetstream", "ftp://there");
    desk.write("pipeline.toml", config);
    for command in [&["run"][..], &["worker"], &["queue", "put"]] {
        ends(
            command,
            78,
            &["ftp://there", "names no bucket", "jetstream"],
        );
    }
}
