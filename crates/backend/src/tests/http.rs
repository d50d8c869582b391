use contract::endpoints;
use contract::error::{ApiError, PROBLEM_JSON};
use contract::{BACKEND_HEADER, IDEMPOTENCY_KEY};

use super::{ANNA, World};

#[test]
fn every_failure_is_a_problem_document_and_carries_the_backends_header_g3() {
    let world = World::new();
    let large = "x".repeat(65 * 1024);
    let rows: [(&str, &str, &str, u16, ApiError); 9] = [
        ("GET", "/api/v1/nonsense", "", 404, ApiError::NotFound),
        ("GET", "/", "", 404, ApiError::NotFound),
        ("DELETE", "/api/v1/customers", "", 405, ApiError::MethodNotAllowed),
        ("PATCH", "/api/v1/drafts/d1", "", 405, ApiError::MethodNotAllowed),
        ("GET", "/api/v1/customers?status=nonsense", "", 400, ApiError::Malformed),
        ("GET", "/api/v1/customers?cursor=nonsense", "", 400, ApiError::Malformed),
        ("POST", "/api/v1/trials/preview", "{", 400, ApiError::Malformed),
        ("POST", "/api/v1/trials/preview", &large, 413, ApiError::TooLarge),
        ("GET", "/api/v1/site-names/%ff", "", 404, ApiError::NotFound),
    ];
    for (method, path, body, status, error) in rows {
        let reply = world.send(method, path, ANNA, body.to_owned(), &[]);
        assert_eq!(reply.status, status, "{method} {path}");
        assert_eq!(reply.header("content-type"), PROBLEM_JSON, "{method} {path}");
        assert_eq!(reply.header(BACKEND_HEADER), "test", "{method} {path}");
        assert_eq!(ApiError::from_json(&reply.body), Some(error), "{method} {path}: {}", reply.body);
    }
}

#[test]
fn every_answer_is_json_that_nobody_may_keep() {
    let world = World::new();
    let reply = world.send("GET", endpoints::SESSION.path, ANNA, "", &[]);
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header(BACKEND_HEADER), "test");
}

#[test]
fn a_write_without_a_usable_key_is_not_done_g2() {
    let world = World::new();
    let before = world.memory.everything();
    for key in ["", "short", "with blanks in the key", &"k".repeat(65)] {
        let reply = world.send("POST", endpoints::SIGN_OUT.path, ANNA, "", &[(IDEMPOTENCY_KEY, key)]);
        assert_eq!(ApiError::from_json(&reply.body), Some(ApiError::KeyMissing), "{key:?}");
    }
    assert_eq!(world.memory.everything(), before);
}

#[test]
fn deep_json_is_refused_and_not_followed() {
    let world = World::new();
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let reply = world.send("POST", endpoints::TRIALS_PREVIEW.path, ANNA, deep, &[]);
    assert_eq!(ApiError::from_json(&reply.body), Some(ApiError::Malformed));
}
