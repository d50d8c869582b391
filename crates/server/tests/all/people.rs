//! Requests as the console sends them, by a persona.

use std::sync::atomic::{AtomicU64, Ordering};

use contract::conformance::{Reply, Request, Transport};
use contract::customers::Assign;
use contract::endpoints::{self, Endpoint, Method};
use contract::session::SignIn;
use contract::trials::{Preview, SaveTrial, StartPreview, Target};
use contract::{IDEMPOTENCY_KEY, IF_MATCH, VISIT_HEADER, WRITE_HEADER, WRITE_VALUE, etag};
use rules::draft::TrialDraft;
use rules::ids::PersonId;
use rules::people::Assignment;
use rules::people::Language;
use rules::samples;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::program::Client;

/// Sales full administrator of Noordzee Telecom.
pub const ANNA: &str = "anna-de-vries";
/// Sales administrator of it.
pub const MEHMET: &str = "mehmet-bakker";

/// A key that was not used before.
pub fn key() -> String {
    static USED: AtomicU64 = AtomicU64::new(0);
    format!("key-of-a-test-{}-{}", std::process::id(), USED.fetch_add(1, Ordering::SeqCst))
}

/// A request of a person's. `query` follows the path, with its question mark.
pub fn request<Q: Serialize, A>(
    endpoint: Endpoint<Q, A>,
    who: &str,
    parameter: &str,
    query: &str,
    body: &Q,
    key: &str,
) -> Request {
    let method = match endpoint.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    };
    let headers = [(VISIT_HEADER, who), (IDEMPOTENCY_KEY, key), (WRITE_HEADER, WRITE_VALUE)];
    Request {
        method,
        path: format!("{}{query}", endpoint.with(parameter)),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        body: if method == "GET" { String::new() } else { serde_json::to_string(body).expect("a body") },
    }
}

/// Sends a request, and reads the answer of one that went well.
pub fn ask<A: DeserializeOwned>(client: &Client, request: &Request) -> Result<A, Reply> {
    let reply = client.send(request).unwrap_or_else(|why| Reply { status: 0, headers: Vec::new(), body: why });
    match reply.status {
        200 => Ok(serde_json::from_str(&reply.body).unwrap_or_else(|why| panic!("{why}: {}", reply.body))),
        _ => Err(reply),
    }
}

/// Signs Anna and Mehmet in.
pub fn sign_in(client: &Client) {
    for who in [ANNA, MEHMET] {
        let request = request(endpoints::SIGN_IN, who, "", "", &SignIn { person: who.into() }, &key());
        ask::<contract::session::Session>(client, &request).expect("they sign in");
    }
}

/// The least that can be saved, for a company of its own.
fn draft(name: &str) -> TrialDraft {
    TrialDraft {
        company_name: format!("Company {name}"),
        administrator_email: format!("admin@company-{name}.example"),
        ..samples::shortest_draft()
    }
}

/// The request that saves a draft as the backend has just previewed it. A person looks up 20 new customers in
/// an hour (X1).
pub fn to_save(client: &Client, who: &str, name: &str, key: &str) -> Result<Request, Reply> {
    let (draft, draft_id) = (draft(name), format!("draft-{name}"));
    let preview = Preview { draft_id: draft_id.as_str().into(), draft: draft.clone(), target: Target::New };
    let shown: StartPreview = ask(client, &request(endpoints::TRIALS_PREVIEW, who, "", "", &preview, &self::key()))?;
    let save = SaveTrial {
        draft_id: draft_id.as_str().into(),
        draft,
        target: Target::New,
        digest: shown.digest,
        language: Language::En,
    };
    Ok(request(endpoints::TRIALS, who, "", "", &save, key))
}

/// The request that names who looks after a customer: Anna, and others beside her.
pub fn to_assign(customer: &str, version: u64, others: &[&str], key: &str) -> Request {
    let assigned = others.iter().map(|person| PersonId::from(*person)).collect();
    let body = Assign { assignment: Assignment { in_charge: Some(ANNA.into()), assigned } };
    let mut request = request(endpoints::ASSIGNMENT, ANNA, customer, "", &body, key);
    request.headers.push((IF_MATCH.to_owned(), etag(version)));
    request
}
