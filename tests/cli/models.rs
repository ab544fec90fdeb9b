//! `anubad models` against a server of Remote Settings that has the starters.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::kit::{Desk, ENGLISH, Outcome, finish, plain};
use crate::server::{Reply, Request, Server};

const RECORDS: &str = "/v1/buckets/main/collections/translations-models-v2/records";

/// A file as the server has it.
struct Packed {
    kind: &'static str,
    plain: Vec<u8>,
    packed: Vec<u8>,
}

static FILES: LazyLock<Vec<Packed>> = LazyLock::new(|| {
    [
        ("model", "model.en-bn.intgemm.alphas.bin"),
        ("vocab", "vocab.spm"),
    ]
    .into_iter()
    .map(|(kind, name)| {
        let plain = std::fs::read(starter().join(name)).unwrap();
        let packed = ruzstd::encoding::compress_to_vec(
            plain.as_slice(),
            ruzstd::encoding::CompressionLevel::Uncompressed,
        );
        Packed {
            kind,
            plain,
            packed,
        }
    })
    .collect()
});

fn starter() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/starter/en-bn")
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The list, each record changed by `change`.
fn records(change: impl Fn(&mut Value)) -> Value {
    let records: Vec<Value> = FILES
        .iter()
        .map(|file| {
            let mut record = json!({
                "name": "../../../outside", "version": "3.0", "fileType": file.kind,
                "architecture": "tiny", "sourceLanguage": "en", "targetLanguage": "bn",
                "decompressedHash": digest(&file.plain), "decompressedSize": file.plain.len(),
                "attachment": {
                    "hash": digest(&file.packed), "size": file.packed.len(),
                    "filename": "../../../outside", "mimetype": "application/zstd",
                    "location": format!("main/{}.zst", file.kind),
                },
            });
            change(&mut record);
            record
        })
        .collect();
    json!({ "data": records })
}

/// A server with the list `records`, whose attachments `attachment` answers for.
fn server(
    records: Value,
    attachment: impl Fn(&Request, &Packed) -> Reply + Send + Sync + 'static,
) -> Server {
    Server::start(move |request| match request.path.as_str() {
        RECORDS => Reply::json(200, &records),
        "/v1/" => {
            let host = request.header("host").unwrap_or_default();
            let base = format!("http://{host}/files/");
            Reply::json(
                200,
                &json!({"capabilities": {"attachments": {"base_url": base}}}),
            )
        }
        path => FILES
            .iter()
            .find(|file| path == format!("/files/main/{}.zst", file.kind))
            .map_or_else(
                || Reply::text(404, "nothing"),
                |file| attachment(request, file),
            ),
    })
}

fn whole(_: &Request, file: &Packed) -> Reply {
    Reply::bytes(200, &file.packed)
}

fn desk(server: &Server) -> Desk {
    let config = format!(
        "[pipeline]\npairs = [\"en-bn\"]\n[input]\npaths = [\"in\"]\n[models]\nurl = \"{}\"\nfolder = \"store\"\n",
        server.url()
    );
    Desk::with(&[("pipeline.toml", &config)])
}

fn pull(desk: &Desk) -> Outcome {
    desk.anubad(&["models", "pull"])
}

#[track_caller]
fn is_installed(desk: &Desk) {
    assert_eq!(
        desk.list("store/en-bn"),
        ["SHA256SUMS", "model.intgemm.alphas.bin", "vocab.spm"]
    );
    desk.anubad(&["models", "verify"])
        .ends(0)
        .prints(&["en-bn", "ok"]);
}

#[track_caller]
fn nothing_is_installed(desk: &Desk) {
    assert!(!desk.path("store/en-bn").exists());
    assert!(!desk.path("outside").exists());
}

#[test]
fn a_model_is_fetched_once_used_and_removed() {
    let server = server(records(|_| {}), whole);
    let desk = desk(&server);
    desk.anubad(&["models", "list", "--remote"])
        .ends(0)
        .prints(&["en-bn  version 3.0 tiny"]);
    pull(&desk)
        .ends(0)
        .prints(&["en-bn: version 3.0 tiny", "is installed in"]);
    is_installed(&desk);
    desk.anubad(&["models", "path", "en-bn"])
        .ends(0)
        .prints(&["store/en-bn"]);
    desk.anubad(&["models"]).ends(0).prints(&["store/en-bn"]);
    let asked = server.requests().len();
    pull(&desk).ends(0).prints(&["is installed already"]);
    assert_eq!(server.requests().len(), asked + 1, "the list alone");
    desk.anubad(&["models", "pull", "--pinned"])
        .ends(1)
        .says(&["leave out --pinned"]);
    desk.anubad(&["models", "pull", "bn-en"])
        .ends(1)
        .says(&["no model for bn-en", "it has en-bn"]);
    desk.anubad(&["models", "remove", "en-bn"]).ends(0);
    nothing_is_installed(&desk);
    desk.anubad(&["models", "remove", "en-bn"])
        .ends(1)
        .says(&["no model for en-bn is installed"]);
}

#[test]
fn what_was_cut_off_goes_on_where_it_ended() {
    let server = server(records(|_| {}), |request, file| {
        match request.header("range") {
            None => Reply::bytes(200, &file.packed).half(),
            Some(range) => {
                let start = range.strip_prefix("bytes=").unwrap().trim_end_matches('-');
                let last = file.packed.len() - 1;
                let content = format!("bytes {start}-{last}/{}", file.packed.len());
                let start: usize = start.parse().unwrap();
                assert!(start > 0);
                Reply::bytes(206, &file.packed[start..]).header("Content-Range", &content)
            }
        }
    });
    let desk = desk(&server);
    pull(&desk).ends(0);
    is_installed(&desk);
    assert_eq!(
        desk.list("store/.incoming"),
        ["fetching", "lock"],
        "nothing is left over"
    );
}

#[test]
fn a_server_without_ranges_sends_the_file_again() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = server(records(|_| {}), move |request, file| {
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            Reply::bytes(200, &file.packed).half()
        } else {
            whole(request, file)
        }
    });
    let desk = desk(&server);
    pull(&desk).ends(0);
    is_installed(&desk);
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[test]
fn what_differs_from_its_digest_is_not_installed() {
    let server_of_damage = server(records(|_| {}), |_, file| {
        let mut packed = file.packed.clone();
        let middle = packed.len() / 2;
        packed[middle] ^= 1;
        Reply::bytes(200, &packed)
    });
    let desk_of_damage = desk(&server_of_damage);
    pull(&desk_of_damage)
        .ends(1)
        .says(&["is damaged", "nothing was installed"]);
    nothing_is_installed(&desk_of_damage);
    assert_eq!(desk_of_damage.list("store/.incoming"), ["fetching"]);

    // The packed file is what it should be, and what is inside is not.
    let server = server(
        records(|record| record["decompressedHash"] = "0".repeat(64).into()),
        whole,
    );
    let desk = desk(&server);
    pull(&desk).ends(1).says(&["is damaged"]);
    nothing_is_installed(&desk);
}

#[test]
fn what_this_version_cannot_take_is_not_offered() {
    let changes: [fn(&mut Value); 3] = [
        |record| record["version"] = "4.0".into(),
        |record| record["attachment"]["location"] = "../../secret.zst".into(),
        |record| record["sourceLanguage"] = "../en".into(),
    ];
    for change in changes {
        let server = server(records(change), whole);
        let desk = desk(&server);
        pull(&desk).ends(1).says(&["no model for en-bn"]);
        nothing_is_installed(&desk);
    }
    let server = Server::start(|_| Reply::text(200, "<html>"));
    pull(&desk(&server))
        .ends(1)
        .says(&["list of models cannot be read"]);
    let server = Server::start(|_| Reply::text(503, "later"));
    pull(&desk(&server)).ends(1).says(&["HTTP 503"]);
}

#[test]
fn two_processes_install_one_model() {
    let server = server(records(|_| {}), whole);
    let desk = desk(&server);
    let mut running: Vec<_> = (0..2)
        .map(|_| {
            let mut command = desk.command();
            command
                .args(["models", "pull"])
                .stdout(std::process::Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    for process in &mut running {
        assert!(process.wait().unwrap().success());
    }
    is_installed(&desk);
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_installs_nothing() {
    let server = server(records(|_| {}), whole);
    let desk = desk(&server);
    let mut command = std::process::Command::new("bash");
    command
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 1000; exec \"$0\" models pull",
        ])
        .arg(env!("CARGO_BIN_EXE_anubad"))
        .current_dir(desk.path(""));
    plain(&mut command);
    finish(&mut command, "")
        .ends(1)
        .says(&["cannot write", ".part"]);
    nothing_is_installed(&desk);
    // With room again, it goes on.
    pull(&desk).ends(0);
    is_installed(&desk);
}

#[test]
fn files_of_ones_own_are_installed_after_the_engine_has_loaded_them() {
    let desk = Desk::with(&[("pipeline.toml", "[models]\nfolder = \"store\"\n")]);
    for file in FILES.iter() {
        let name = format!("downloads/{}.enbn.zst", file.kind);
        desk.write(&name, &file.packed);
    }
    desk.write("downloads/notes.txt", "fetched by hand");
    desk.anubad(&["models", "add", "en-bn", "downloads"])
        .ends(0);
    is_installed(&desk);
    let before = desk.list("store");
    desk.write("bad/model.bin", "weights");
    desk.write("bad/vocab.spm", "words");
    desk.anubad(&["models", "add", "en-bn", "bad"]).ends(1);
    desk.anubad(&["models", "add", "en-bn", "bad/vocab.spm"])
        .ends(1)
        .says(&["has no model*.bin"]);
    assert_eq!(desk.list("store"), before, "what was installed stays");
    is_installed(&desk);
    let packed = starter();
    desk.anubad(&["models", "add", "en-bn", packed.to_str().unwrap()])
        .ends(0);
    is_installed(&desk);
}

#[test]
fn a_run_fetches_what_it_lacks_or_goes_on_without() {
    let auto = |server: &Server| {
        let desk = desk(server);
        let config = desk.read("pipeline.toml");
        desk.write("pipeline.toml", format!("{config}auto = true\n"));
        desk.write("in/a.txt", ENGLISH);
        desk
    };
    let good = server(records(|_| {}), whole);
    let desk = auto(&good);
    desk.anubad(&["run"])
        .ends(0)
        .says(&["models for en-bn are fetched"]);
    is_installed(&desk);
    // A server that never answers costs five seconds.
    let silent = Server::start(|_| Reply::hang());
    let desk = auto(&silent);
    desk.anubad(&["run"]).ends(0).says(&[
        "no answer in 5 seconds",
        "going on with the models that are there",
    ]);
    assert!(desk.path("out/a.bn.txt").exists());
}
