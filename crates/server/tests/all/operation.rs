//! What whoever runs the server sees of it, and how it stops.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contract::conformance::{Reply, Request, Transport};
use contract::customers::CustomersPage;
use contract::endpoints;
use contract::requests::OpenRequest;
use contract::trials::Started;
use serde_json::Value;
use sqlx::ConnectOptions;

use crate::cluster::Cluster;
use crate::copies::playing;
use crate::people::{ANNA, ask, key, request, sign_in, to_save};
use crate::program::{Client, Copy};

/// For how long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts a copy that plays a demonstration and is watched, with further settings.
pub fn watched(database: &str, settings: &[(&str, &str)]) -> (Copy, Client) {
    let own = [("PROEF_DEMONSTRATION", "true"), ("PROEF_OPERATION_LISTEN", "127.0.0.1:0")];
    let mut copy = Copy::begin(database, &[&own[..], settings].concat());
    copy.listens();
    let private = listening(&copy)["private"].as_str().expect("an address").to_owned();
    let client = copy.client().at(&format!("http://{private}"));
    (copy, client)
}

/// The entries of a log.
fn entries(copy: &Copy) -> Vec<Value> {
    let log = copy.log();
    // The last line may be half written.
    let whole = log.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"))).collect()
}

/// What the log says of where the copy listens.
fn listening(copy: &Copy) -> Value {
    let mut found = None;
    until("it listens", || {
        found = entries(copy).into_iter().find(|entry| entry["fields"]["message"] == "listening");
        found.is_some()
    });
    found.expect("an entry")["fields"].clone()
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        std::thread::yield_now();
    }
}

pub fn get(client: &Client, path: &str) -> Reply {
    let request = Request { method: "GET", path: path.to_owned(), headers: Vec::new(), body: String::new() };
    client.send(&request).expect("an answer")
}

/// The value of a figure, by its name with its labels.
pub fn figure(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name}:\n{text}")).parse().expect("a number")
}

#[test]
fn a_copy_is_ready_while_postgresql_answers_with_its_tables_and_says_why_when_it_is_not() {
    // What PostgreSQL confirmed is there when it is started again.
    let mut cluster = Cluster::start_lasting();
    let (copy, private) = watched(&cluster.database(), &[]);
    for client in [&copy.client(), &private] {
        assert_eq!(get(client, "/healthz").status, 200);
        assert_eq!(get(client, "/readyz").status, 200);
    }
    // Tables of an older build: another one migrates them, and this copy waits for it.
    cluster.sql("test_0", "UPDATE _sqlx_migrations SET success = false WHERE version > 1");
    let reply = get(&private, "/readyz");
    assert_eq!(reply.status, 503);
    assert!(
        reply.body.starts_with("not ready: the tables are at migration 1, and this build needs "),
        "{}",
        reply.body
    );
    cluster.sql("test_0", "UPDATE _sqlx_migrations SET success = true");
    cluster.stop();
    let begun = Instant::now();
    let reply = get(&private, "/readyz");
    assert_eq!((reply.status, reply.body.as_str()), (503, "not ready: PostgreSQL does not answer\n"));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(get(&private, "/healthz").status, 200, "the process lives");
    let text = get(&private, "/metrics").body;
    assert!(figure(&text, "proef_database_up") == 0.0 && figure(&text, "proef_outbox_mails").is_nan(), "{text}");
    cluster.run();
    until("it is ready again", || get(&private, "/readyz").status == 200);
}

#[test]
fn the_figures_tell_requests_by_route_what_waits_and_who_plays_and_are_not_for_the_public() {
    let cluster = Cluster::start();
    let (copy, private) = watched(&cluster.database(), &[]);
    let client = copy.client();
    sign_in(&client);
    let page: CustomersPage =
        ask(&client, &request(endpoints::CUSTOMERS, ANNA, "", "?q=Storm", &(), &key())).expect("a page");
    for row in page.rows.iter().take(1).cycle().take(3) {
        let asked = request(endpoints::CUSTOMER, ANNA, row.id.as_str(), "", &(), &key());
        assert_eq!(client.send(&asked).expect("an answer").status, 200);
    }
    assert_eq!(get(&client, "/api/v1/nowhere/anna@noordzee.example").status, 404);
    assert_eq!(get(&client, "/metrics").status, 404, "it is on the other address");
    assert_eq!(playing(&[&copy]), 0);
    let mut text = String::new();
    until("nothing waits", || {
        text = get(&private, "/metrics").body;
        figure(&text, "proef_outbox_mails") == 0.0
    });
    let route = |name: &str, status: u16| {
        format!("proef_request_duration_seconds_count{{method=\"GET\",route=\"{name}\",status=\"{status}\"}}")
    };
    assert_eq!(figure(&text, &route("/api/v1/customers/{id}", 200)), 3.0);
    assert_eq!(figure(&text, &route("/api/v1/customers", 200)), 1.0);
    assert!(figure(&text, &route("none", 404)) >= 1.0);
    for name in ["proef_plays", "proef_database_up"] {
        assert_eq!(figure(&text, name), 1.0, "{name}");
    }
    assert_eq!(figure(&text, "proef_database_connections_max"), 16.0);
    assert!(figure(&text, "proef_database_connections{state=\"idle\"}") >= 1.0);
    assert!(figure(&text, "proef_due_lag_seconds") < 60.0 && figure(&text, "proef_requests_under_way") == 0.0);
    assert!(!text.contains("anna") && !text.contains(page.rows[0].id.as_str()), "nobody is in it");

    // A mail that was written an hour ago, and something that was due ten minutes ago.
    cluster.sql(
        "test_0",
        "INSERT INTO outbox (key, version, json) SELECT key, 1, '{\"from\":\"2999-01-01T00:00:00Z\"}' FROM mails LIMIT 1; \
         UPDATE mails SET json = jsonb_set(json::jsonb, '{written}', \
             to_jsonb(to_char((now() - interval '1 hour') AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')))::text \
         WHERE key IN (SELECT key FROM outbox)",
    );
    let text = get(&private, "/metrics").body;
    assert_eq!(figure(&text, "proef_outbox_mails"), 1.0);
    let oldest = figure(&text, "proef_outbox_oldest_seconds");
    assert!((3600.0..3700.0).contains(&oldest), "{oldest}");
}

#[test]
fn the_log_has_a_line_for_each_request_with_its_id_and_nothing_of_anybody_x7() {
    let cluster = Cluster::start();
    let (copy, _) = watched(&cluster.database(), &[("RUST_LOG", "debug,hyper=info,sqlx=info")]);
    let client = copy.client();
    sign_in(&client);
    // Addresses and names in bodies, queries and paths, a secret of a link, a key, a cookie, and an id that is none.
    let save = to_save(&client, ANNA, "secretive", &key()).expect("a preview");
    let started: Started = ask(&client, &save).expect("saved");
    let token = "5ec4e7".repeat(11)[..64].to_owned();
    let open = request(endpoints::REQUEST_OPEN, ANNA, "", "", &OpenRequest { token: token.clone() }, "key-in-a-header");
    let query = "?q=admin%40company-secretive.example";
    let list = request(endpoints::CUSTOMERS, ANNA, "", query, &(), &key());
    let page = request(endpoints::CUSTOMER, ANNA, started.customer.as_str(), "", &(), &key());
    for mut request in [open, list, page] {
        for (name, value) in [
            ("cookie", "__Host-proef=cookie-of-anna"),
            ("authorization", "Bearer bearer-of-anna"),
            ("x-request-id", "anna.de.vries@noordzee-telecom.example"),
        ] {
            request.headers.push((name.to_owned(), value.to_owned()));
        }
        let reply = client.send(&request).expect("an answer");
        assert_eq!(reply.header("x-request-id").len(), 32, "it has an id of its own");
    }
    let mut named = request(endpoints::SESSION, ANNA, "", "", &(), &key());
    named.headers.push(("x-request-id".to_owned(), "a-request-of-mine".to_owned()));
    assert_eq!(client.send(&named).expect("an answer").header("x-request-id"), "a-request-of-mine");
    assert_eq!(get(&client, "/nowhere/anna.de.vries@noordzee-telecom.example?q=Company").status, 404);

    let answered = |route: &str| {
        let all = entries(&copy).into_iter().map(|entry| entry["fields"].clone());
        all.filter(|fields| fields["message"] == "answered" && fields["route"] == route).collect::<Vec<_>>()
    };
    until("all of them are told", || !answered("none").is_empty());
    let session = answered(endpoints::SESSION.path);
    let mine = session.iter().find(|fields| fields["request_id"] == "a-request-of-mine").expect("the request");
    assert_eq!((mine["status"].as_u64(), mine["method"].as_str()), (Some(200), Some("GET")));
    assert!(mine["duration_ms"].as_f64().is_some_and(|taken| taken > 0.0));
    assert_eq!(answered(endpoints::CUSTOMER.path).len(), 1);
    let log = copy.log().to_lowercase();
    for private in [
        "@",
        "%40",
        "secretive",
        "company",
        "anna",
        "vries",
        "noordzee",
        "storm",
        &token,
        "key-of-a-test",
        "key-in-a-header",
        "cookie-of",
        "bearer-of",
        started.customer.as_str(),
        started.trial.as_str(),
    ] {
        assert!(!log.contains(private), "{private}:\n{}", copy.log());
    }
}

#[test]
fn a_copy_that_is_to_stop_under_load_tells_the_balancer_and_answers_all_that_it_sends_l13() {
    let cluster = Cluster::start();
    let database = cluster.database();
    let (mut first, private) = watched(&database, &[("PROEF_DRAIN_SECONDS", "3"), ("PROEF_STOP_SECONDS", "20")]);
    assert_eq!(playing(&[&first]), 0);
    let (second, _) = watched(&database, &[]);
    let client = first.client();
    sign_in(&client);
    let (told, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    let after = std::thread::scope(|scope| {
        for _ in 0..16 {
            let (client, told, answered) = (&client, &told, &answered);
            // As a balancer, it sends nothing more once it was told.
            scope.spawn(move || {
                while !told.load(Ordering::SeqCst) {
                    let list = request(endpoints::CUSTOMERS, ANNA, "", "", &(), &key());
                    let reply = client.send(&list).expect("nothing is broken off");
                    assert_eq!(reply.status, 200, "{}", reply.body);
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        until("there is load", || answered.load(Ordering::SeqCst) > 100);
        first.ask_to_stop();
        until("the balancer is told", || get(&private, "/readyz").status == 503);
        let then = answered.load(Ordering::SeqCst);
        assert_eq!(get(&private, "/readyz").body, "not ready: this copy is stopping\n");
        until("requests are still taken", || answered.load(Ordering::SeqCst) > then + 32);
        told.store(true, Ordering::SeqCst);
        Instant::now()
    });
    assert!(first.ends(), "it ends well:\n{}", first.log());
    assert!(after.elapsed() < Duration::from_secs(10), "{:?}", after.elapsed());
    assert_eq!(playing(&[&second]), 0, "it was given the lock");
    assert!(!first.log().contains("still under way"), "{}", first.log());
}

#[test]
fn a_request_that_is_under_way_at_the_end_is_answered_and_one_that_hangs_is_not_waited_for_for_ever() {
    let cluster = Cluster::start();
    let database = cluster.database();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for (hangs, limit) in [(false, "20"), (true, "1")] {
        let (mut copy, private) = watched(&database, &[("PROEF_STOP_SECONDS", limit)]);
        let client = copy.client();
        sign_in(&client);
        let list = request(endpoints::DRAFTS, ANNA, "", "", &(), &key());
        assert_eq!(client.send(&list).expect("an answer").status, 200);
        // What it reads is held by somebody else.
        let mut held = runtime.block_on(async {
            let options = server::store::connect_options(&database).expect("an address");
            let mut held = options.connect().await.expect("a connection");
            let lock = "BEGIN; LOCK TABLE drafts IN ACCESS EXCLUSIVE MODE";
            sqlx::raw_sql(lock).execute(&mut held).await.expect("the lock");
            held
        });
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| client.send(&list));
            until("it is under way", || figure(&get(&private, "/metrics").body, "proef_requests_under_way") == 1.0);
            let begun = Instant::now();
            copy.ask_to_stop();
            if !hangs {
                let other = copy.client();
                until("nothing more is taken", || {
                    other.send(&request(endpoints::SESSION, ANNA, "", "", &(), &key())).is_err()
                });
                runtime.block_on(sqlx::raw_sql("COMMIT").execute(&mut held)).expect("let go");
            }
            let ended = copy.ends();
            let reply = waiting.join().expect("no panic");
            assert!(ended, "{}", copy.log());
            assert_eq!(reply.map(|reply| reply.status).ok(), (!hangs).then_some(200), "{}", copy.log());
            assert_eq!(copy.log().contains("something was still under way"), hangs, "{}", copy.log());
            assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        });
    }
}
