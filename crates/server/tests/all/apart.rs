//! A partner who asks for another partner's customer, by each id that there is, on each route that takes one.

use contract::IF_MATCH;
use contract::conformance::Request;
use contract::endpoints::{self, Method};
use contract::{IDEMPOTENCY_KEY, WRITE_HEADER, WRITE_VALUE};
use serde_json::{Value, json};

use crate::people::key;
use crate::sign_in::Deployment;

/// What a route is asked with: a body that it can read, so that nothing else is in the way.
fn body(path: &str) -> Value {
    let line = "new.person@elsewhere.example;New;Person;\n";
    match path.trim_start_matches("/api/v1/") {
        "customers/{id}/assignment" => json!({"assignment": {"in-charge": "ingrid-solberg", "assigned": []}}),
        "trials/{id}/acts" | "trials/{id}/acts/preview" | "shipments/{id}/acts" | "shipments/{id}/acts/preview" => {
            json!({"act": "cancel"})
        }
        "setup/{id}" => serde_json::to_value(rules::set_up::SetUpDraft::default()).expect("a draft"),
        "setup/{id}/finish" => json!({"act": null}),
        "setup/{id}/people" | "setup/{id}/people/preview" | "hub/people-file" | "hub/people-file/preview" => {
            json!({"file": line})
        }
        "requests/{id}/answer" | "requests/{id}/answer/preview" => {
            json!({"answer": {"declined": {"reason": "not-needed", "note": ""}}, "language": "en"})
        }
        "hub/partners" | "hub/partners/preview" => {
            json!({"act": {"partner": "noordzee-telecom", "level": null}})
        }
        "hub/people" => json!({"name": "N", "email": "n@elsewhere.example", "role": "user", "services": []}),
        "hub/people/{id}" => json!({"role": "full-administrator", "services": []}),
        "hub/settings" => json!({"name": "Another name", "language": "en"}),
        _ => Value::Null,
    }
}

#[test]
fn a_partner_who_asks_for_another_partners_customer_is_told_that_it_is_not_there_on_every_route_p8() {
    let deployment = Deployment::start();
    let mut ingrid = deployment.signed_in("ingrid");
    let all = |text: &str| -> Vec<String> { deployment.sql(text).lines().map(str::to_owned).collect() };
    // Customers of Noordzee Telecom, with which Fjord Communications has nothing to do.
    let theirs = "SELECT split_part(key, '/', 2) FROM customers WHERE key LIKE 'noordzee-telecom/%' AND \
         split_part(key, '/', 2) NOT IN (SELECT split_part(key, '/', 2) FROM customers WHERE key LIKE 'fjord%')";
    let organisations = all(&format!("{theirs} ORDER BY 1 LIMIT 40"));
    let of = |table: &str, column: &str, organisation: &str| {
        all(&format!("SELECT {column} FROM {table} WHERE btrim(json, '\"') IN ({theirs}) AND {organisation} LIMIT 12"))
    };
    let trials = of("trials", "key", "key IN (SELECT key FROM consents) OR key LIKE '%-1'");
    let asked = all(&format!(
        "SELECT key FROM consents WHERE key IN (SELECT key FROM trials WHERE btrim(json, '\"') IN ({theirs}))"
    ));
    let shipments = of("shipments", "key", "true");
    let mails =
        all(&format!("SELECT replace(key, '/', '.') FROM mails WHERE split_part(key, '/', 1) IN ({theirs}) LIMIT 6"));
    let people = all(&format!("SELECT key FROM homes WHERE json::jsonb->>'customer' IN ({theirs}) LIMIT 6"));
    for ids in [&organisations, &trials, &asked, &shipments, &mails, &people] {
        assert!(!ids.is_empty(), "there is something to ask for");
    }
    let names = all(&format!(
        "SELECT json::jsonb->'organisation'->>'name' FROM organisations WHERE key IN ({theirs}) ORDER BY 1"
    ));

    let before = deployment.sql("SELECT (SELECT sum(version) FROM organisations), (SELECT count(*) FROM journal)");
    let mut tried = 0;
    for endpoint in endpoints::all() {
        let path = endpoint.path;
        let thing = path.trim_start_matches("/api/v1/").split('/').next().unwrap_or_default();
        let ids: Vec<String> = match (thing, path.contains("{id}")) {
            ("customers" | "eligibility", true) => organisations.clone(),
            ("trials" | "setup", true) => trials.clone(),
            ("requests" | "receipts", true) => trials.iter().chain(&asked).cloned().collect(),
            ("shipments", true) => shipments.clone(),
            ("mails", true) => mails.clone(),
            ("hub", true) => people.iter().take(2).cloned().collect(),
            ("hub" | "journal" | "journal.csv" | "mails", false) => vec![String::new()],
            // The rest is of one's own, or asked by a name or an address that anybody may type (X1, N12); what
            // only a demonstration has is not there at all (G6).
            _ => continue,
        };
        let queries: Vec<String> = match thing {
            "hub" => organisations.iter().take(6).map(|id| format!("?organisation={id}")).collect(),
            "journal" | "journal.csv" | "mails" if !path.contains("{id}") => {
                let by_organisation = organisations.iter().take(6).map(|id| format!("?organisation={id}"));
                by_organisation.chain(trials.iter().take(6).map(|id| format!("?trial={id}"))).collect()
            }
            _ => vec![String::new()],
        };
        for (id, query) in ids.iter().flat_map(|id| queries.iter().map(move |query| (id, query))) {
            let method = match endpoint.method {
                Method::Get => "GET",
                Method::Post => "POST",
                Method::Put => "PUT",
                Method::Delete => "DELETE",
            };
            let key = key();
            let headers = [(IDEMPOTENCY_KEY, key.as_str()), (WRITE_HEADER, WRITE_VALUE), (IF_MATCH, "\"1\"")];
            let request = Request {
                method,
                path: format!("{}{query}", path.replace("{id}", id)),
                headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
                body: if matches!(method, "GET" | "DELETE") { String::new() } else { body(path).to_string() },
            };
            let reply = ingrid.send_to_api(&request);
            let told = format!("{method} {}: {} {}", request.path, reply.status, reply.body);
            // A list that is asked for what is about a trial is as empty as for one that there is not.
            let nothing = query.starts_with("?trial=") && !reply.body.contains("customer-");
            assert!(matches!(reply.status, 403 | 404) || (reply.status == 200 && nothing), "{told}");
            assert!(!names.iter().any(|name| reply.body.contains(name.as_str())), "{told}");
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried} requests");
    let after = deployment.sql("SELECT (SELECT sum(version) FROM organisations), (SELECT count(*) FROM journal)");
    assert_eq!(after, before, "nothing was changed");
    assert_eq!(ingrid.is(), "ingrid-solberg");
}
