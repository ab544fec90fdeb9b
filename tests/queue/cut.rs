//! A network that is cut between a worker and the server, for a while or for good.

use std::time::Duration;

use super::faults::{alone, desk, paid_once, texts};
use super::nats::{Server, Worker, is_missing, wait};
use super::wire::Wire;

const ARTICLES: usize = 40;

#[test]
fn a_cut_of_some_seconds_is_waited_out_and_nothing_is_paid_twice() {
    if is_missing() {
        return;
    }
    let expected = alone(ARTICLES);
    let server = Server::start("");
    let desk = desk(ARTICLES, "");
    let wire = Wire::to(server.port);
    let direct = server.url();
    desk.anubad(&["run", "--quiet", "--queue", &direct]).ends(0);
    let worker = Worker::start(&desk, &wire.url(), &["--quiet"]);
    let written = |count| wait(|| (texts(&desk).len() >= count).then_some(()));
    written(5);
    // Longer than a request waits for its answer, then than a connection is gone for.
    wire.hold();
    std::thread::sleep(Duration::from_secs(4));
    let during = texts(&desk).len();
    assert!(during < ARTICLES, "nothing was left to do: {during}");
    wire.mend();
    written(ARTICLES / 2);
    wire.refuse();
    std::thread::sleep(Duration::from_secs(2));
    wire.mend();
    written(ARTICLES);
    worker.stop().ends(0);
    assert!(texts(&desk) == expected, "an article differs");
    assert_eq!(paid_once(&desk, 0), 0);
}

#[test]
fn a_worker_that_is_cut_off_for_good_ends_and_another_goes_on() {
    if is_missing() {
        return;
    }
    let expected = alone(ARTICLES);
    let server = Server::start("");
    let desk = desk(ARTICLES, "lease = 2\npatience = 3");
    let wire = Wire::to(server.port);
    let direct = server.url();
    desk.anubad(&["run", "--quiet", "--queue", &direct]).ends(0);
    let lonely = Worker::start(&desk, &wire.url(), &["--quiet"]);
    wait(|| (texts(&desk).len() >= 5).then_some(()));
    wire.refuse();
    // By itself, and it says why.
    let lonely = lonely.end().ends(2);
    assert!(lonely.err.contains("run again"), "{lonely:?}");
    assert!(texts(&desk).len() < ARTICLES, "nothing was left to do");
    let other = Worker::start(&desk, &direct, &["--quiet", "--until-empty"]);
    other.end().ends(0);
    assert!(texts(&desk) == expected, "an article differs");
    paid_once(&desk, 1);
}
