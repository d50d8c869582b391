//! What every request passes before the backend sees it.

use contract::endpoints::{self, Method};
use contract::error::ApiError;
use contract::{BACKEND_HEADER, IDEMPOTENCY_KEY, IF_MATCH, WRITE_HEADER};

use crate::browser::Browser;
use crate::identity_provider::CONSOLE;
use crate::people::key;
use crate::sign_in::{Deployment, started};

fn name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    }
}

/// How much is stored.
fn stored(deployment: &Deployment) -> String {
    deployment
        .sql("SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM drafts), (SELECT count(*) FROM sessions)")
}

#[test]
fn a_write_without_the_header_that_no_foreign_page_can_send_is_refused_on_every_route() {
    let deployment = Deployment::start();
    let mut anna = deployment.signed_in("anna");
    let before = stored(&deployment);
    let writes = endpoints::all().into_iter().filter(|endpoint| endpoint.method != Method::Get);
    let mut tried = 0;
    for endpoint in writes {
        let url = format!("{CONSOLE}{}", endpoint.path.replace("{id}", "customer-001"));
        for sent in [None, Some("0"), Some("")] {
            let key = key();
            let mut headers = vec![(IDEMPOTENCY_KEY, key.as_str()), (IF_MATCH, "\"1\"")];
            headers.extend(sent.map(|value| (WRITE_HEADER, value)));
            // What a form of another page can send.
            headers.push(("content-type", "text/plain"));
            let reply = anna.send(name(endpoint.method), &url, &headers, "{}");
            assert_eq!(reply.status, 403, "{} {url}: {}", name(endpoint.method), reply.body);
            assert_eq!(ApiError::from_json(&reply.body), Some(ApiError::WriteHeaderMissing));
            assert!(reply.body.contains("A write needs the header proef-write: 1"), "{}", reply.body);
            assert_eq!(reply.header("content-type"), "application/problem+json");
            assert_ne!(reply.header(BACKEND_HEADER), "");
        }
        tried += 1;
    }
    assert!(tried > 30, "{tried}");
    assert_eq!(stored(&deployment), before);
    assert_eq!(anna.is(), "anna-de-vries", "and nobody was signed out");
}

#[test]
fn pages_of_the_consoles_origin_may_ask_with_the_cookie_and_no_others() {
    let deployment = Deployment::start();
    let url = format!("{CONSOLE}{}", endpoints::ACT.with("customer-004-1"));
    let asks = |browser: &mut Browser, origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type,idempotency-key,if-match,proef-person,proef-write"),
        ];
        browser.send("OPTIONS", &url, &headers, "")
    };
    let mut browser = deployment.browser();
    let own = asks(&mut browser, CONSOLE);
    assert_eq!((own.status, own.header("access-control-allow-origin")), (200, CONSOLE));
    assert_eq!(own.header("access-control-allow-credentials"), "true");
    for header in ["idempotency-key", "if-match", "if-none-match", "proef-person", "proef-write", "content-type"] {
        assert!(own.header("access-control-allow-headers").split(',').any(|each| each == header), "{header}");
    }
    for method in ["GET", "POST", "PUT", "DELETE"] {
        assert!(own.header("access-control-allow-methods").contains(method), "{method}");
    }
    for foreign in ["https://evil.example", "https://proef.example.evil.example", "http://proef.example", "null"] {
        let answer = asks(&mut browser, foreign);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{foreign}");
    }
    // The answers themselves too; and a cache does not give one origin's to another.
    let session = format!("{CONSOLE}{}", endpoints::SESSION.path);
    let answer = browser.send("GET", &session, &[("origin", CONSOLE)], "");
    assert_eq!(answer.header("access-control-allow-origin"), CONSOLE);
    for exposed in ["etag", "proef-backend", "retry-after"] {
        assert!(answer.header("access-control-expose-headers").contains(exposed), "{exposed}");
    }
    let answer = browser.send("GET", &session, &[("origin", "https://evil.example")], "");
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert!(answer.header("vary").to_lowercase().contains("origin"), "{}", answer.header("vary"));
}

#[test]
fn every_answer_is_kept_by_no_cache_and_taken_for_nothing_else() {
    let deployment = Deployment::start();
    let mut anna = deployment.signed_in("anna");
    let mut nobody = deployment.browser();
    let paths = ["/api/v1/session", "/api/v1/customers", "/api/v1/customers.csv", "/api/v1/nowhere", "/nowhere"];
    for browser in [&mut anna, &mut nobody] {
        for path in paths.into_iter().chain([contract::sign_in::BEGIN, contract::sign_in::CALLBACK]) {
            for method in ["GET", "POST", "PATCH"] {
                let reply = browser.send(method, &format!("{CONSOLE}{path}"), &[], "");
                let of = format!("{method} {path}: {}", reply.status);
                assert_eq!(reply.header("cache-control"), "no-store", "{of}");
                assert_eq!(reply.header("x-content-type-options"), "nosniff", "{of}");
                assert_eq!(reply.header("referrer-policy"), "no-referrer", "{of}");
                assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{of}");
                assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"), "{of}");
            }
        }
    }
}

#[test]
fn whoever_asks_too_often_is_told_for_how_long_to_wait_and_others_are_not() {
    let deployment = Deployment::start();
    let limits = [
        ("PROEF_REQUESTS_PER_PERSON", "5"),
        ("PROEF_REQUESTS_PER_ADDRESS", "40"),
        ("PROEF_SIGN_INS_PER_ADDRESS", "8"),
        ("PROEF_CLIENT_ADDRESS_HEADER", "x-forwarded-for"),
    ];
    let copy = started(&deployment.database, &deployment.provider, &limits);
    // Whoever signed in at a copy without limits is signed in at this one.
    let mut anna = deployment.signed_in("anna");
    let mut mehmet = deployment.signed_in("mehmet");
    let (mut annas_other, mut nobody) = (anna.clone(), Browser::of(&copy));
    for browser in [&mut anna, &mut annas_other, &mut mehmet] {
        browser.turns_to(&copy);
    }
    let session = format!("{CONSOLE}{}", endpoints::SESSION.path);
    let from =
        |browser: &mut Browser, url: &str, address: &str| browser.send("GET", url, &[("x-forwarded-for", address)], "");
    let too_many = |reply: &contract::conformance::Reply| {
        assert_eq!(reply.status, 429, "{}", reply.body);
        let wait: u32 = reply.header("retry-after").parse().expect("seconds");
        assert_eq!(ApiError::from_json(&reply.body), Some(ApiError::TooMany { wait_seconds: wait }));
        assert!((1..=60).contains(&wait), "{wait}");
    };
    for _ in 0..5 {
        assert_eq!(from(&mut anna, &session, "192.0.2.1").status, 200);
    }
    // A person is the same one in another session and at another address.
    too_many(&from(&mut annas_other, &session, "192.0.2.2"));
    assert_eq!(from(&mut mehmet, &session, "192.0.2.1").status, 200, "somebody else may ask");

    for _ in 0..40 {
        assert_eq!(from(&mut nobody, &session, "198.51.100.1").status, 200);
    }
    too_many(&from(&mut nobody, &session, "10.9.8.7, 198.51.100.1"));
    assert_eq!(from(&mut nobody, &session, "198.51.100.1, 198.51.100.2").status, 200, "another address");

    // Signing in is where somebody would guess, and costs a write.
    let begin = format!("{CONSOLE}{}", contract::sign_in::BEGIN);
    let told = format!("{CONSOLE}{}", contract::sign_in::Because::TooMany.page("/"));
    let callback = format!("{CONSOLE}{}?state=x&code=y", contract::sign_in::CALLBACK);
    for url in [&begin, &callback, &begin, &callback, &begin, &callback, &begin, &callback] {
        assert_eq!(from(&mut nobody, url, "203.0.113.1").status, 303);
    }
    // A browser shows what it is answered on this way, so it is led to the page that says so.
    for url in [&begin, &callback] {
        let reply = from(&mut nobody, url, "203.0.113.1");
        assert_eq!((reply.status, reply.header("location")), (303, &*told), "{url}");
    }
    assert_eq!(from(&mut nobody, &session, "203.0.113.1").status, 200, "the rest goes on");
    assert_eq!(from(&mut nobody, &begin, "203.0.113.2").status, 303);
}
