//! A backup, as OPERATION.md describes it: of a database in use, read back into another one.

use std::time::{Duration, Instant};

use contract::conformance::{Request, Transport};
use contract::customers::CustomersPage;
use contract::endpoints;
use contract::trials::Started;
use serde_json::Value;

use crate::cluster::Cluster;
use crate::people::{ANNA, ask, key, request, sign_in, to_save};
use crate::program::{Client, Copy};

#[test]
fn what_was_backed_up_while_people_worked_is_read_back_and_a_server_goes_on_with_it() {
    let (cluster, other) = (Cluster::start(), Cluster::start());
    let copy = Copy::start(&cluster.database());
    let client = copy.client();
    sign_in(&client);
    let own = key();
    let save = to_save(&client, ANNA, "kept", &own).expect("a preview");
    let started: Started = ask(&client, &save).expect("saved");
    // A receipt of an answer to a request, signed by the deployment's key (X16).
    let receipt = cluster.sql("test_0", "SELECT key FROM consents ORDER BY key LIMIT 1");
    assert!(!receipt.is_empty(), "somebody has answered");
    // What a reader sees of it all, but for the moment at which it is asked.
    let seen = |client: &Client| {
        let customer = started.customer.as_str();
        let paths = [
            "/api/v1/customers?sort=company",
            "/api/v1/customers/totals",
            &format!("/api/v1/customers/{customer}"),
            &format!("/api/v1/journal?organisation={customer}"),
            "/api/v1/mails",
        ];
        paths.map(|path| {
            let asked = Request { path: path.to_owned(), ..request(endpoints::SESSION, ANNA, "", "", &(), &key()) };
            let reply = client.send(&asked).expect("an answer");
            assert_eq!(reply.status, 200, "{path}: {}", reply.body);
            let mut answer: Value = serde_json::from_str(&reply.body).expect("JSON");
            if let Some(members) = answer.as_object_mut() {
                members.remove("now");
            }
            answer
        })
    };
    let receipts = "SELECT md5(string_agg(key || json, ',' ORDER BY key)) FROM consents";

    // People go on working while the backup is made.
    let saving = std::thread::scope(|scope| {
        let working = scope.spawn(|| {
            let save = to_save(&client, ANNA, "meanwhile", &key()).expect("a preview");
            ask::<Started>(&client, &save).expect("saved")
        });
        let file = cluster.dump("test_0");
        working.join().expect("no panic");
        file
    });
    // The other server plays what is due as well, so nothing may be left to be played.
    let begun = Instant::now();
    while cluster.sql("test_0", "SELECT count(*) FROM outbox") != "0" {
        assert!(begun.elapsed() < Duration::from_secs(60), "the mails do not go");
        std::thread::yield_now();
    }
    let before = seen(&client);
    let whole = cluster.dump("test_0");
    let database = other.database();
    other.restore("test_0", &whole);
    let mut restored = Copy::start(&database);
    let second = restored.client();
    assert!(seen(&second) == before, "everything is as it was, and whoever was signed in is");
    assert_eq!(other.sql("test_0", receipts), cluster.sql("test_0", receipts), "receipts are the same, byte by byte");
    let again: Started = ask(&second, &save).expect("the answer of an act that was done before");
    assert_eq!(again, started, "an act that was stored is not done twice (G2)");
    let save = to_save(&second, ANNA, "after", &key()).expect("a preview");
    let _: Started = ask(&second, &save).expect("work goes on");
    let page: CustomersPage =
        ask(&second, &request(endpoints::CUSTOMERS, ANNA, "", "?q=after", &(), &key())).expect("a page");
    assert_eq!(page.rows.len(), 1);
    assert!(restored.terminate());

    // The one made meanwhile is whole as well: one instant of the database, with the act or without it.
    let third = other.database();
    other.restore("test_1", &saving);
    let organisations = "SELECT count(*) FROM organisations WHERE json LIKE '%Company meanwhile%'";
    let welcomes =
        "SELECT count(*) FROM mails WHERE json LIKE '%admin@company-meanwhile.example%' AND json LIKE '%welcome%'";
    assert_eq!(other.sql("test_1", organisations), other.sql("test_1", welcomes));
    let copy = Copy::start(&third);
    sign_in(&copy.client());
}
