//! Several copies beside one database.

use std::time::{Duration, Instant};

use contract::conformance::{Request, Transport};
use contract::endpoints::{RESET, SESSION, SIGN_IN};
use contract::session::Session;
use contract::{IDEMPOTENCY_KEY, WRITE_HEADER, WRITE_VALUE};

use crate::cluster::Cluster;
use crate::program::Copy;

/// What the log of the copy says that plays what time brings.
const PLAYS: &str = "this copy plays what time brings";

/// Within which time another copy takes over.
const TAKEN_OVER: Duration = Duration::from_secs(60);

fn asked(method: &'static str, path: &str) -> Request {
    let headers = [(IDEMPOTENCY_KEY, "a-key-of-this-test-alone"), (WRITE_HEADER, WRITE_VALUE)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Request { method, path: path.to_owned(), headers, body: String::new() }
}

/// Waits until one of some copies plays, and says which.
pub fn playing(copies: &[&Copy]) -> usize {
    let begun = Instant::now();
    loop {
        if let Some(found) = copies.iter().position(|copy| copy.log().contains(PLAYS)) {
            return found;
        }
        let logs = || copies.iter().map(|copy| copy.log()).collect::<Vec<_>>().join("\n");
        assert!(begun.elapsed() < TAKEN_OVER, "nobody plays what time brings:\n{}", logs());
        std::thread::yield_now();
    }
}

#[test]
fn copies_that_start_at_once_migrate_once_and_one_of_them_plays_also_when_it_is_killed_l13() {
    let cluster = Cluster::start();
    let database = cluster.database();
    let mut copies: Vec<Copy> = (0..4).map(|_| Copy::begin(&database, &[])).collect();
    copies.iter_mut().for_each(Copy::listens);
    let migrated =
        cluster.sql("test_0", "SELECT count(*), count(DISTINCT version), bool_and(success) FROM _sqlx_migrations");
    let parts: Vec<&str> = migrated.split('|').collect();
    assert!(parts[0] == parts[1] && parts[0] != "0" && parts[2] == "t", "{migrated}");

    while copies.len() > 1 {
        let first = playing(&copies.iter().collect::<Vec<_>>());
        let plays = copies.iter().filter(|copy| copy.log().contains(PLAYS)).count();
        assert_eq!(plays, 1, "exactly one plays");
        copies.remove(first).kill();
    }
    assert_eq!(playing(&[&copies[0]]), 0);
    assert!(copies[0].terminate(), "it stops when it is asked to:\n{}", copies[0].log());
}

#[test]
fn a_server_that_is_no_demonstration_has_no_personas_and_makes_no_data_anew_g6() {
    let cluster = Cluster::start();
    let mut copy = Copy::begin(&cluster.database(), &[]);
    copy.listens();
    let client = copy.client();
    let session = client.send(&asked("GET", SESSION.path)).expect("an answer");
    assert_eq!(session.status, 200, "{}", session.body);
    let session: Session = serde_json::from_str(&session.body).expect("a session");
    assert!(session.personas.is_none() && session.who.is_none());
    for path in [SIGN_IN.path, RESET.path] {
        assert_eq!(client.send(&asked("POST", path)).expect("an answer").status, 404, "{path}");
    }
}

#[test]
fn a_server_with_settings_that_cannot_be_used_names_all_of_them_and_ends() {
    let settings = [("PROEF_LISTEN", "everywhere"), ("PROEF_CONNECTIONS", "1"), ("PROEF_CONFIG", "/nowhere.toml")];
    let mut copy = Copy::begin("postgres://localhost/none", &settings);
    assert!(!copy.ends());
    for said in ["PROEF_LISTEN: `everywhere` is not an address", "PROEF_CONNECTIONS: ", "cannot read `/nowhere.toml`"] {
        assert!(copy.log().contains(said), "{said}:\n{}", copy.log());
    }
}
