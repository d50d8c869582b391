//! Mails by SMTP, to a real mail server: nothing is lost and nothing goes twice, whatever it answers.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use contract::customers::CustomersPage;
use contract::endpoints;
use contract::trials::Started;
use serde_json::json;

use crate::cluster::Cluster;
use crate::copies::playing;
use crate::operation::{figure, get, watched};
use crate::people::{ANNA, ask, key, request, sign_in, to_save};
use crate::program::{Client, Copy};
use crate::sink::{Sink, Taken};

/// For how long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// The settings of a copy that plays a demonstration and sends its mails.
fn settings(sink: &Sink) -> Vec<(&'static str, String)> {
    [
        ("PROEF_DEMONSTRATION", "true"),
        ("PROEF_SMTP_HOST", "127.0.0.1"),
        ("PROEF_MAIL_FROM", "Proef <proef@proef.example>"),
        ("PROEF_SMTP_TIMEOUT_SECONDS", "9"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into_iter()
    .chain([("PROEF_SMTP_PORT", sink.port.to_string())])
    .collect()
}

/// Starts a copy, and waits until it listens.
fn start(database: &str, settings: &[(&'static str, String)]) -> Copy {
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut copy = Copy::begin(database, &settings);
    copy.listens();
    copy
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        std::thread::yield_now();
    }
}

/// Starts a trial, whose welcome goes to its first administrator.
fn start_trial(client: &Client, name: &str) {
    let save = to_save(client, ANNA, name, &key()).expect("a preview");
    let _: Started = ask(client, &save).expect("saved");
}

/// The address of the first administrator of a company.
fn administrator(name: &str) -> String {
    format!("admin@company-{name}.example")
}

fn to(taken: &[Taken], address: &str) -> Vec<Taken> {
    taken.iter().filter(|mail| mail.to == [address]).cloned().collect()
}

/// State, attempts and reason of the mails to an address.
fn ledger(cluster: &Cluster, address: &str) -> String {
    let stands = "json::jsonb->>'state', json::jsonb->>'attempts', json::jsonb->>'why'";
    cluster.sql("test_0", &format!("SELECT {stands} FROM mails WHERE json::jsonb->'order'->>'email' = '{address}'"))
}

/// Lets what waits for its next try be tried now.
fn hurry(cluster: &Cluster) {
    let now = "jsonb_set(json::jsonb, '{from}', to_jsonb(to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')))";
    // What a copy has claimed is on its way.
    let waits = "json::jsonb->>'claimed-until' IS NULL AND (json::jsonb->>'from')::timestamptz > now()";
    cluster.sql("test_0", &format!("UPDATE outbox SET json = ({now})::text, version = version + 1 WHERE {waits}"));
}

#[test]
fn a_mail_goes_by_smtp_with_its_own_id_once_and_says_that_it_is_automatic_l8_g7() {
    let (cluster, sink) = (Cluster::start(), Sink::start(&[]));
    let copy = start(&cluster.database(), &settings(&sink));
    let client = copy.client();
    sign_in(&client);
    start_trial(&client, "one");
    until("the welcome is taken", || !to(&sink.taken(), &administrator("one")).is_empty());
    until("it is noted", || ledger(&cluster, &administrator("one")) == "sent|1|");
    let taken = sink.taken();
    let [welcome] = &to(&taken, &administrator("one"))[..] else { panic!("one welcome: {taken:?}") };
    assert_eq!((welcome.from.as_str(), welcome.tls), ("proef@proef.example", false));
    assert!(welcome.headers.contains(&("Auto-Submitted".to_owned(), "auto-generated".to_owned())));
    let answered = ("Reply-To".to_owned(), "anna.de.vries@noordzee-telecom.example".to_owned());
    assert!(welcome.headers.contains(&answered), "the mail says that an answer goes to the partner");
    assert!(welcome.id.ends_with("@proef.example>") && !welcome.subject.is_empty());
    assert!(welcome.text.contains("https://proef.example") && welcome.html.contains("https://proef.example"));
    let ids: BTreeSet<&str> = taken.iter().map(|mail| mail.id.as_str()).collect();
    assert_eq!(ids.len(), taken.len(), "no id comes twice");
}

#[test]
fn what_the_mail_server_refuses_for_good_comes_back_and_what_it_puts_off_is_tried_again_l8() {
    let (cluster, sink) = (Cluster::start(), Sink::start(&[]));
    let settings = settings(&sink);
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (copy, private) = watched(&cluster.database(), &settings);
    let client = copy.client();
    sign_in(&client);
    let (gone, full) = (administrator("gone"), administrator("full"));
    sink.behave(&json!({ "recipients": { &gone: "550 5.1.1 User unknown", &full: "452 4.2.2 Mailbox full" } }));
    start_trial(&client, "gone");
    start_trial(&client, "full");
    start_trial(&client, "fine");
    until("it came back", || ledger(&cluster, &gone) == "bounced|1|550 5.1.1 User unknown");
    until("it is put off", || ledger(&cluster, &full) == "failed|1|452 4.2.2 Mailbox full");
    until("the third one goes", || ledger(&cluster, &administrator("fine")) == "sent|1|");
    let failed = request(endpoints::CUSTOMERS, ANNA, "", "?failed_mails=true", &(), &key());
    let page: CustomersPage = ask(&client, &failed).expect("a page");
    let companies: Vec<&str> = page.rows.iter().map(|row| row.company.as_str()).collect();
    assert_eq!(companies, ["Company full"], "what came back is not tried again, and so does not fail");

    sink.behave(&json!({}));
    hurry(&cluster);
    until("it goes", || ledger(&cluster, &full) == "sent|2|");
    assert_eq!(ledger(&cluster, &gone), "bounced|1|550 5.1.1 User unknown");
    assert!(to(&sink.taken(), &gone).is_empty());
    let figures = get(&private, "/metrics").body;
    for (outcome, mails) in [("bounced", 1.0), ("later", 1.0)] {
        assert_eq!(figure(&figures, &format!("proef_mails_total{{outcome=\"{outcome}\"}}")), mails, "{figures}");
    }
    // The mail server's words, in which an address may stand, are for the ledger alone.
    assert!(!copy.log().contains("User unknown") && !copy.log().contains(&gone), "{}", copy.log());
}

#[test]
fn a_slow_mail_server_holds_up_no_request_and_nothing_that_is_due_l8() {
    let (cluster, sink) = (Cluster::start(), Sink::start(&[]));
    sink.behave(&json!({ "seconds": 4 }));
    let copy = start(&cluster.database(), &settings(&sink));
    let client = copy.client();
    sign_in(&client);
    start_trial(&client, "slow");
    until("a mail is on its way", || sink.tries() > 0);
    // Meanwhile people work, and time passes.
    let begun = Instant::now();
    start_trial(&client, "quick");
    let list = request(endpoints::CUSTOMERS, ANNA, "", "", &(), &key());
    let _: CustomersPage = ask(&client, &list).expect("a page");
    let due = "SELECT count(*) FROM due WHERE split_part(key, '/', 2)::bigint <= extract(epoch FROM now()) * 1000";
    until("nothing is due", || cluster.sql("test_0", due) == "0");
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    sink.behave(&json!({}));
    until("both go", || ["slow", "quick"].map(|name| ledger(&cluster, &administrator(name))) == ["sent|1|"; 2]);
}

#[test]
fn a_copy_that_is_killed_while_it_hands_a_mail_over_loses_none_and_the_second_one_is_known_by_its_id_l8() {
    let (cluster, sink) = (Cluster::start(), Sink::start(&[]));
    let database = cluster.database();
    sink.behave(&json!({ "seconds": 2 }));
    let mut first = start(&database, &settings(&sink));
    let second = start(&database, &settings(&sink));
    sign_in(&second.client());
    start_trial(&second.client(), "doubt");
    until("a mail is on its way", || sink.tries() > 0);
    let mut second = second;
    // Whichever of the two hands it over is killed, and the other one goes on.
    let other = match playing(&[&first, &second]) {
        0 => {
            first.kill();
            &second
        }
        _ => {
            second.kill();
            &first
        }
    };
    sink.behave(&json!({}));
    start_trial(&other.client(), "next");
    until("the other one hands over what comes", || ledger(&cluster, &administrator("next")) == "sent|1|");
    // Whether the mail in doubt went is not known, and so it waits for its claim to run out.
    assert!(ledger(&cluster, &administrator("doubt")).starts_with("planned|0|"));
    let claimed = "(json::jsonb->>'claimed-until')::timestamptz > now() + interval '10 minutes'";
    assert_eq!(cluster.sql("test_0", &format!("SELECT count(*) FROM outbox WHERE {claimed}")), "1");
    let over = "jsonb_set(json::jsonb, '{claimed-until}', json::jsonb->'from')";
    cluster.sql("test_0", &format!("UPDATE outbox SET json = ({over})::text, version = version + 1 WHERE {claimed}"));
    until("it goes", || ledger(&cluster, &administrator("doubt")) == "sent|1|");
    let taken = to(&sink.taken(), &administrator("doubt"));
    let ids: BTreeSet<&str> = taken.iter().map(|mail| mail.id.as_str()).collect();
    assert!((1..=2).contains(&taken.len()) && ids.len() == 1, "{taken:?}");
}

#[test]
fn a_mail_server_that_is_stopped_and_started_while_people_work_gets_every_mail_once_l8() {
    let kept = std::env::temp_dir().join(format!("proef-sink-{}-{}", std::process::id(), key()));
    let (cluster, mut sink) = (Cluster::start(), Sink::start(&["--keep", &kept.to_string_lossy()]));
    let database = cluster.database();
    // Two copies: one of them hands mails over, and neither does it for the other.
    let copies = [start(&database, &settings(&sink)), start(&database, &settings(&sink))];
    let clients = copies.each_ref().map(Copy::client);
    sign_in(&clients[0]);
    let names: Vec<String> = (0..12).map(|number| number.to_string()).collect();
    for (number, name) in names.iter().enumerate() {
        match number {
            4 => sink.stop(),
            8 => sink.run(),
            _ => {}
        }
        start_trial(&clients[number % 2], name);
        if number == 7 {
            until("one has failed", || {
                names[4..8].iter().any(|name| ledger(&cluster, &administrator(name)).starts_with("failed|"))
            });
            let failed = names[4..8].iter().map(|name| ledger(&cluster, &administrator(name)));
            assert!(failed.clone().any(|found| found.ends_with("|away")), "{:?}", failed.collect::<Vec<_>>());
        }
    }
    until("every mail goes", || {
        hurry(&cluster);
        cluster.sql("test_0", "SELECT count(*) FROM outbox") == "0"
    });
    let taken = sink.taken();
    for name in &names {
        assert_eq!(to(&taken, &administrator(name)).len(), 1, "one welcome for {name}");
    }
    let ids: BTreeSet<&str> = taken.iter().map(|mail| mail.id.as_str()).collect();
    assert_eq!(ids.len(), taken.len(), "no mail comes twice");
    drop(std::fs::remove_file(kept));
}

#[test]
fn mails_go_with_tls_and_a_password_or_not_at_all_l8() {
    let folder = std::env::temp_dir().join(format!("proef-tls-{}-{}", std::process::id(), key()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let file = |name: &str, content: String| {
        let path = folder.join(name);
        std::fs::write(&path, content).expect("written");
        path.to_string_lossy().into_owned()
    };
    let certificate = file("certificate.pem", own.cert.pem());
    let private = file("key.pem", own.signing_key.serialize_pem());
    let secret = file("password", "open sesame\n".to_owned());
    let sink = Sink::start(&[
        "--certificate",
        &certificate,
        "--key",
        &private,
        "--user",
        "proef",
        "--password",
        "open sesame",
    ]);
    let cluster = Cluster::start();
    let database = cluster.database();
    let mut settings = settings(&sink);
    settings.retain(|(name, _)| *name != "PROEF_SMTP_HOST");
    settings.extend([
        ("PROEF_SMTP_HOST", "localhost".to_owned()),
        ("PROEF_SMTP_ENCRYPTION", "starttls".to_owned()),
        ("PROEF_SMTP_USER", "proef".to_owned()),
    ]);

    // An authority that nobody knows, and a password that is wrong: nothing is handed over, and nothing is lost.
    let wrong = [settings.clone(), vec![("PROEF_SMTP_PASSWORD", "open sesame".to_owned())]].concat();
    let mut copy = start(&database, &wrong);
    sign_in(&copy.client());
    start_trial(&copy.client(), "tls");
    until("it is put off", || ledger(&cluster, &administrator("tls")) == "failed|1|away");
    copy.kill();
    settings.push(("PROEF_SMTP_CA_FILE", certificate));
    let wrong = [settings.clone(), vec![("PROEF_SMTP_PASSWORD", "guessed".to_owned())]].concat();
    let mut copy = start(&database, &wrong);
    hurry(&cluster);
    until("it is put off", || ledger(&cluster, &administrator("tls")) == "failed|2|away");
    assert!(!copy.log().contains("guessed"), "{}", copy.log());
    copy.kill();
    assert_eq!(sink.tries(), 0);

    settings.push(("PROEF_SMTP_PASSWORD_FILE", secret));
    let _copy = start(&database, &settings);
    hurry(&cluster);
    until("it goes", || ledger(&cluster, &administrator("tls")) == "sent|3|");
    let taken = to(&sink.taken(), &administrator("tls"));
    assert!(taken.iter().all(|mail| mail.tls && mail.user.as_deref() == Some("proef")), "{taken:?}");
    drop(std::fs::remove_dir_all(folder));
}
