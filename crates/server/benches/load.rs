//! What requests take, by number of customers: `cargo bench -p server --bench load --profile server`.
//!
//! The program is measured from outside over HTTP, by as many clients as there are processors, with PostgreSQL
//! on the same machine, as careful as it comes and with memory for the tables. The customers are those of the
//! demonstration, copied under other names until they are enough. Numbers of customers may be named behind `--`.

#[allow(dead_code, reason = "tests do more with it")]
#[path = "../tests/all/cluster.rs"]
mod cluster;
#[allow(dead_code, reason = "tests do more with it")]
#[path = "../tests/all/people.rs"]
mod people;
#[allow(dead_code, reason = "tests do more with it")]
#[path = "../tests/all/program.rs"]
mod program;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use backend::store::{Commit, CustomersList, Outcome, Put, Store, TableName};
use chrono::TimeDelta;
use contract::conformance::{Request, Transport};
use contract::customers::CustomersPage;
use contract::endpoints;
use rules::customers::CustomerRow;
use server::store::{PostgresStore, connect_options};

use cluster::Cluster;
use people::{ANNA, MEHMET, ask, key, request, sign_in, to_assign, to_save};
use program::{Client, Copy};

/// How many customers there are, when nothing else is asked for.
const CUSTOMERS: [usize; 3] = [1_000, 10_000, 100_000];

/// How often each request is sent.
const REQUESTS: usize = 400;

/// Whose customers they are.
const PARTNER: &str = "noordzee-telecom";

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { CUSTOMERS.to_vec() } else { asked };
    println!(
        "{:>9}  {:<34} {:>10} {:>8} {:>8} {:>8}",
        "customers", "request", "per second", "p50 ms", "p95 ms", "p99 ms"
    );
    for customers in sizes {
        let cluster = Cluster::start_in(&std::env::temp_dir(), &["shared_buffers=1GB"]);
        let database = cluster.database();
        let copy = Copy::start(&database);
        let client = copy.client();
        sign_in(&client);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(fill(&database, customers));
        measure_all(&client, customers);
    }
}

/// Copies the partner's customers until they are so many.
async fn fill(database: &str, customers: usize) {
    let store = PostgresStore::new(connect_options(database).expect("an address"), 4);
    let rows = store.list(TableName::Customers, &format!("{PARTNER}/")).await.expect("no fault");
    let mut samples: Vec<(String, CustomerRow, String)> = Vec::new();
    for (key, row) in &rows {
        let id = key.split_once('/').map(|(_, id)| id.to_owned()).expect("a key");
        let organisation = store.get(TableName::Organisations, &id).await.expect("no fault").expect("it is there");
        samples.push((id, serde_json::from_str(&row.json).expect("a row"), organisation.json));
    }
    let mut commit = Commit::default();
    for number in samples.len()..customers {
        let (sample, row, organisation) = &samples[number % samples.len()];
        let id = format!("x{number:06}{sample}");
        // The ids of its trials hold its own.
        let renamed = |json: &str| json.replace(sample.as_str(), &id);
        // What a customer is called and when it was changed says nothing of its trials, so both come from
        // elsewhere; the step is no part of the number of samples.
        let (_, other, _) = &samples[number / samples.len() * 7 % samples.len()];
        let mut row = row.clone();
        row.company = format!("N{number:06} {}", other.company);
        row.administrator_email = format!("n{number:06}.{}", other.administrator_email);
        row.last_change = other.last_change - TimeDelta::minutes(i64::try_from(number * 7919 % 50_000).expect("few"));
        let json = renamed(&serde_json::to_string(&row).expect("a row"));
        commit.put.push(Put { table: TableName::Customers, key: format!("{PARTNER}/{id}"), json });
        commit.put.push(Put { table: TableName::Organisations, key: id.clone(), json: renamed(organisation) });
        if commit.put.len() >= 1000 || number + 1 == customers {
            assert_eq!(store.commit(std::mem::take(&mut commit)).await, Ok(Outcome::Stored));
        }
    }
    // As the copy that plays what time brings does by itself, and autovacuum within a minute.
    store.turn(chrono::Utc::now(), &[]).await.expect("no fault");
    sqlx::query("VACUUM ANALYZE").execute(store.pool()).await.expect("analysed");
}

fn measure_all(client: &Client, customers: usize) {
    let list = |query: &str| request(endpoints::CUSTOMERS, ANNA, "", query, &(), &key());
    let page = |query: &str| ask::<CustomersPage>(client, &list(query)).expect("a page");
    let last_of = |sort: &str, reversed: &str| {
        // The last row of the first page in the other direction has the last page behind it.
        let next = page(&format!("?sort={reversed}")).next.expect("more than a page");
        format!("?sort={sort}&cursor={}", endpoints::encode(&next))
    };
    let first = page("");
    let some = first.rows.get(50).expect("a row").id.clone();
    for sort in ["last-change", "company", "status", "days-left", "administrator", "in-charge"] {
        let reversed = format!("-{sort}");
        measure(client, customers, &format!("list by {sort}, first page"), |_| list(&format!("?sort={sort}")));
        let last = last_of(sort, &reversed);
        measure(client, customers, &format!("list by {sort}, last page"), |_| list(&last));
    }
    for (what, query) in [
        ("list, running trials", "?status=active"),
        ("list, closed trials", "?status=closed"),
        ("list, closed trials by company", "?status=closed&sort=company"),
        ("list, closed trials by days left", "?status=closed&sort=days-left"),
        ("list, ends within 7 days", "?ends_within=7"),
        ("list, nobody in charge", "?in_charge=nobody"),
        ("list, region EU", "?region=EU"),
        ("list, region EU by status", "?region=EU&sort=status"),
        ("list, with Calling", "?service=calling"),
        ("list, with Calling in the EU, expired", "?service=calling&region=EU&status=expired"),
        ("search, part of one name", "?q=n000777"),
        ("search, part of many names", "?q=zon"),
        ("search, part of many names by status", "?q=zon&sort=status"),
        ("search, a single letter", "?q=a"),
        ("search, two letters of nobody", "?q=qz"),
    ] {
        measure(client, customers, what, |_| list(query));
    }
    let own = |query: &str| request(endpoints::CUSTOMERS, MEHMET, "", query, &(), &key());
    measure(client, customers, "list of a sales administrator", |_| own(""));
    measure(client, customers, "search of a sales administrator", |_| own("?q=zon"));
    measure(client, customers, "totals", |_| request(endpoints::CUSTOMERS_TOTALS, ANNA, "", "", &(), &key()));
    measure(client, customers, "worklist", |_| request(endpoints::ATTENTION, ANNA, "", "", &(), &key()));
    measure(client, customers, "customer page", |_| request(endpoints::CUSTOMER, ANNA, some.as_str(), "", &(), &key()));
    // Copies have their first version, and were never assigned.
    let (mut copies, mut next) = (Vec::new(), Some(String::new()));
    while let Some(cursor) = next.take().filter(|_| copies.len() < REQUESTS) {
        let page = page(&format!("?q=n000&status=active&cursor={}", endpoints::encode(&cursor)));
        copies.extend(page.rows.iter().map(|row| to_assign(row.id.as_str(), 1, &[MEHMET], &key())));
        next = page.next;
    }
    measure_some(client, customers, "save (who looks after a customer)", copies.len(), |number| copies[number].clone());
    // A person looks up 20 new customers in an hour (X1).
    let saves: Vec<Request> = (0..36)
        .map(|number| {
            let who = [ANNA, MEHMET][number % 2];
            to_save(client, who, &format!("load-{customers}-{number}"), &key()).expect("a preview")
        })
        .collect();
    measure_some(client, customers, "save (start a trial)", saves.len(), |number| saves[number].clone());
}

fn measure(client: &Client, customers: usize, what: &str, request: impl Fn(usize) -> Request + Sync) {
    measure_some(client, customers, what, REQUESTS, request);
}

/// Sends requests from several clients at once, and prints what they took.
fn measure_some(
    client: &Client,
    customers: usize,
    what: &str,
    requests: usize,
    request: impl Fn(usize) -> Request + Sync,
) {
    let clients = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let (next, taken) = (AtomicUsize::new(0), Mutex::new(Vec::<Duration>::new()));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                let mut own = Vec::new();
                while let Some(number) = Some(next.fetch_add(1, Ordering::SeqCst)).filter(|number| *number < requests) {
                    let request = request(number);
                    let begun = Instant::now();
                    let reply = client.send(&request).expect("an answer");
                    own.push(begun.elapsed());
                    assert_eq!(reply.status, 200, "{what}: {}", reply.body);
                }
                taken.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
            });
        }
    });
    let all = begun.elapsed();
    let mut taken = taken.into_inner().unwrap_or_else(PoisonError::into_inner);
    taken.sort_unstable();
    let millis = |percent: usize| taken[(taken.len() * percent / 100).min(taken.len() - 1)].as_secs_f64() * 1000.0;
    let per_second = taken.len() as f64 / all.as_secs_f64();
    println!(
        "{customers:>9}  {what:<34} {per_second:>10.0} {:>8.2} {:>8.2} {:>8.2}",
        millis(50),
        millis(95),
        millis(99)
    );
}
