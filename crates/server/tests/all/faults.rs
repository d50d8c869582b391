//! What goes wrong around the server while people work: nothing is lost, nothing is done twice, and it
//! recovers by itself.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contract::conformance::{Reply, Transport};
use contract::customers::{CustomerDetail, CustomersPage, Totals};
use contract::endpoints;
use contract::session::{ClockAnswer, Session, SetClock};
use contract::trials::Started;

use crate::cluster::Cluster;
use crate::copies::playing;
use crate::people::{ANNA, MEHMET, ask, key, request, sign_in, to_assign, to_save};
use crate::program::{Client, Copy};

/// Clients that write at once.
const CLIENTS: usize = 32;
/// How often each of them writes: first a trial, then again and again who looks after a customer.
const WRITES: usize = 8;

/// For how long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(300);

/// Sends until it goes well, as the console does: the same request with the same key, now to one copy, now
/// to another. Whatever else comes back than *try again later* is a mistake.
fn insist<A>(clients: &[Client], mut send: impl FnMut(&Client) -> Result<A, Reply>) -> A {
    let begun = Instant::now();
    for client in clients.iter().cycle() {
        match send(client) {
            Ok(answer) => return answer,
            Err(reply) => assert!(matches!(reply.status, 0 | 503), "{}: {}", reply.status, reply.body),
        }
        assert!(begun.elapsed() < PATIENCE, "no answer");
    }
    unreachable!("there is a client")
}

/// Has many clients write at once, and runs something when about a third is done. Gives the customers that
/// were assigned, one for each client.
fn while_many_write(clients: &[Client], meanwhile: impl FnOnce()) -> Vec<String> {
    let list = request(endpoints::CUSTOMERS, ANNA, "", "?status=active,expired,expiring-soon", &(), &key());
    let page: CustomersPage = ask(&clients[0], &list).expect("a page");
    let customers: Vec<String> = page.rows.into_iter().map(|row| row.id.0).take(CLIENTS).collect();
    assert!(customers.len() >= 16, "there are customers to share");
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (done, customers) = (&done, &customers);
            scope.spawn(move || {
                let who = [ANNA, MEHMET][client % 2];
                let own = key();
                let save = insist(clients, |each| to_save(each, who, &client.to_string(), &own));
                let _: Started = insist(clients, |each| ask(each, &save));
                done.fetch_add(1, Ordering::SeqCst);
                let Some(customer) = customers.get(client) else { return };
                let asked = request(endpoints::CUSTOMER, ANNA, customer, "", &(), &own);
                for _ in 1..WRITES {
                    let found: CustomerDetail = insist(clients, |each| ask(each, &asked));
                    // Whatever was before, it becomes another thing, and so stands in the journal.
                    let others: &[&str] = if found.assigned.is_empty() { &[MEHMET] } else { &[] };
                    let assign = to_assign(customer, found.version, others, &key());
                    let after: CustomerDetail = insist(clients, |each| ask(each, &assign));
                    assert_eq!(after.assigned.len(), others.len());
                    done.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let all = CLIENTS + customers.len() * (WRITES - 1);
        until("a third is written", || done.load(Ordering::SeqCst) > all / 3);
        meanwhile();
    });
    customers
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        std::thread::yield_now();
    }
}

/// Everything that was written is there, once, with what belongs to it.
fn all_is_there_once(cluster: &Cluster, customers: &[String], begun: &str) {
    let all = CLIENTS.to_string();
    let saved = "SELECT key FROM organisations WHERE json::jsonb->'organisation'->>'name' LIKE 'Company %'";
    for what in [
        saved.replace("key", "count(*)"),
        saved.replace("key", "count(DISTINCT json::jsonb->'organisation'->>'name')"),
        format!("SELECT count(*) FROM trials WHERE btrim(json, '\"') IN ({saved})"),
        format!("SELECT count(DISTINCT id) FROM customer_periods WHERE id IN ({saved})"),
        format!("SELECT count(*) FROM mails WHERE split_part(key, '/', 1) IN ({saved}) AND json LIKE '%\"welcome\"%'"),
    ] {
        assert_eq!(cluster.sql("test_0", &what), all, "{what}");
    }
    for customer in customers {
        let assigned = format!(
            "SELECT count(*) FROM journal WHERE key LIKE '{customer}/%' AND json::jsonb->'change'->>'deed' = 'assigned' \
             AND (json::jsonb->'change'->>'at')::timestamptz > '{begun}'"
        );
        assert_eq!(cluster.sql("test_0", &assigned), (WRITES - 1).to_string(), "{customer} was assigned");
    }
    let counted = "SELECT sum(change) FROM customer_counts WHERE at <= extract(epoch FROM now()) * 1000";
    let listed = "SELECT count(*) FROM customers";
    assert_eq!(cluster.sql("test_0", counted), cluster.sql("test_0", listed), "the counts add up");
}

#[test]
fn postgresql_stopped_and_started_while_many_write_loses_nothing_and_does_nothing_twice_g2() {
    // What PostgreSQL confirmed it has written, though not to the disk: it is stopped, and the machine is not.
    let mut cluster = Cluster::start_lasting();
    let copy = Copy::start(&cluster.database());
    let client = copy.client();
    sign_in(&client);
    let begun = cluster.sql("test_0", "SELECT now()");
    let written = while_many_write(std::slice::from_ref(&client), || {
        cluster.stop();
        // Whoever comes meanwhile is told soon that it does not work at present.
        let begun = Instant::now();
        let reply = client.send(&request(endpoints::SESSION, ANNA, "", "", &(), &key())).expect("an answer");
        assert_eq!(reply.status, 503, "{}", reply.body);
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        cluster.run();
    });
    all_is_there_once(&cluster, &written, &begun);
    assert!(playing(&[&copy]) == 0, "the same copy goes on");
}

#[test]
fn a_copy_killed_while_many_write_and_time_is_played_is_replaced_and_nothing_is_done_twice_l13_g2() {
    let cluster = Cluster::start_lasting();
    let database = cluster.database();
    let mut copies = [Copy::start(&database), Copy::start(&database)];
    let clients = copies.each_ref().map(Copy::client);
    sign_in(&clients[0]);
    let first = playing(&copies.each_ref());
    let (killed, other) = (first, 1 - first);
    let begun = cluster.sql("test_0", "SELECT now()");
    let written = while_many_write(&clients, || copies[killed].kill());
    all_is_there_once(&cluster, &written, &begun);
    assert_eq!(playing(&[&copies[other]]), 0, "the other one takes over");

    // A third copy is killed in the middle of the days that it plays; the other one plays the rest.
    let mut third = Copy::start(&database);
    let to_third = third.client();
    let ahead = |body: &SetClock| request(endpoints::CLOCK_SET, ANNA, "", "", body, &key());
    let days = "SELECT json FROM deployment WHERE key = 'days-ahead'";
    std::thread::scope(|scope| {
        scope.spawn(|| drop(to_third.send(&ahead(&SetClock { days: 45 }))));
        until("the clock is set", || cluster.sql("test_0", days) == "45");
        third.kill();
    });
    let clock: ClockAnswer =
        ask(&clients[other], &request(endpoints::CLOCK, ANNA, "", "", &(), &key())).expect("the clock");
    assert_eq!(clock.days_ahead, 45);
    // Claims of the killed copies run out with the days that were set.
    let ripe = "SELECT (SELECT count(*) FROM due WHERE split_part(key, '/', 2)::bigint <= \
         extract(epoch FROM now() + interval '45 days') * 1000) \
         + (SELECT count(*) FROM outbox WHERE (json::jsonb->>'from')::timestamptz <= now() + interval '45 days')";
    until("everything due is played and handed over", || cluster.sql("test_0", ripe) == "0");
    let twice = "SELECT count(*) FROM mails WHERE (json::jsonb->>'attempts')::int > 1";
    assert_eq!(cluster.sql("test_0", twice), "0", "no mail goes twice");
}

#[test]
fn the_copy_that_plays_what_time_brings_looks_which_periods_hold_l13_q7() {
    let cluster = Cluster::start();
    let copy = Copy::start(&cluster.database());
    sign_in(&copy.client());
    let present = || cluster.sql("test_0", "SELECT count(*) FROM customers_present");
    let customers = cluster.sql("test_0", "SELECT count(*) FROM customers");
    assert!(customers != "0" && present() == customers, "{customers}");
    // As a copy of an older build writes them.
    cluster.sql("test_0", "UPDATE customer_periods SET present = NULL");
    until("every customer has a period that was found to hold", || present() == customers);
}

#[test]
fn data_made_anew_while_the_copy_looks_are_not_those_of_the_clock_of_before_g6_q7() {
    let cluster = Cluster::start();
    let copy = Copy::start(&cluster.database());
    let client = copy.client();
    sign_in(&client);
    let totals = || {
        let asked = request(endpoints::CUSTOMERS_TOTALS, ANNA, "", "", &(), &key());
        format!("{:?}", ask::<Totals>(&client, &asked).expect("totals"))
    };
    let today = totals();
    // Holds the rows until the copy waits to look at them, and says whether the data were waiting to be made anew then.
    let hold = "BEGIN; LOCK TABLE customers IN EXCLUSIVE MODE; \
        DO $$ BEGIN LOOP \
            PERFORM pg_stat_clear_snapshot(); \
            EXIT WHEN EXISTS (SELECT FROM pg_stat_activity \
                              WHERE wait_event_type = 'Lock' AND query LIKE '%customers_to_come%'); \
            PERFORM pg_sleep(0.01); \
        END LOOP; END $$; \
        SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'LOCK TABLE%'); \
        COMMIT";
    let held = "SELECT count(*) FROM pg_locks \
        WHERE granted AND mode = 'ExclusiveLock' AND relation = 'customers'::regclass";
    let ahead = SetClock { days: 40 };
    for tried in 1.. {
        let _: ClockAnswer =
            ask(&client, &request(endpoints::CLOCK_SET, ANNA, "", "", &ahead, &key())).expect("the clock");
        assert_ne!(totals(), today);
        let met = std::thread::scope(|scope| {
            let holding = scope.spawn(|| cluster.sql("test_0", hold));
            until("the rows are held", || holding.is_finished() || cluster.sql("test_0", held) == "1");
            let reset = request(endpoints::RESET, ANNA, "", "", &(), &key());
            let _: Session = ask(&client, &reset).expect("made anew");
            holding.join().expect("no panic").ends_with('t')
        });
        until("the copy has looked", || {
            let begun = "SELECT count(*) FROM customers_to_come WHERE valid_from <= extract(epoch FROM now()) * 1000";
            cluster.sql("test_0", begun) == "0"
        });
        assert_eq!(totals(), today);
        if met {
            break;
        }
        assert!(tried < 50, "the copy never looked while the data were made anew");
    }
}

#[test]
fn a_full_disk_stores_nothing_is_told_apart_and_the_same_request_goes_well_later_g2() {
    let cluster = Cluster::start();
    let copy = Copy::start(&cluster.database());
    let client = copy.client();
    sign_in(&client);
    let save = to_save(&client, ANNA, "full", &key()).expect("a preview");
    let count = || cluster.sql("test_0", "SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM mails)");
    let before = count();
    // What PostgreSQL says when it cannot make a file longer. The customers' rows come after the addresses.
    cluster.sql(
        "test_0",
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$; \
         CREATE TRIGGER full_disk BEFORE INSERT ON trials EXECUTE FUNCTION full_disk()",
    );
    let refused = ask::<Started>(&client, &save).expect_err("there is no room");
    assert_eq!(refused.status, 507, "{}", refused.body);
    assert_eq!(count(), before, "nothing is half stored");
    cluster.sql("test_0", "DROP TRIGGER full_disk ON trials");
    let _: Started = ask(&client, &save).expect("saved");
    let _: Started = ask(&client, &save).expect("the same answer again");
    assert_eq!(cluster.sql("test_0", "SELECT count(*) FROM customers WHERE json LIKE '%Company full%'"), "1");
}
