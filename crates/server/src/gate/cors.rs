//! Which pages of other origins may ask: those of the console, where it has another host than the server.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header};
use contract::{BACKEND_HEADER, IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, PERSON_HEADER, VISIT_HEADER, WRITE_HEADER};
use openidconnect::url::Url;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// For how long a browser remembers that it may ask. Chromium keeps it no longer than two hours.
const REMEMBERED: Duration = Duration::from_secs(7200);

/// What is answered to browsers of the console's origin, and left out for all others.
pub(super) fn of(console: &str) -> CorsLayer {
    let origin = Url::parse(console).ok().map(|url| url.origin().ascii_serialization());
    let origin = origin.and_then(|origin| HeaderValue::from_str(&origin).ok());
    let named = |names: &[&'static str]| -> Vec<HeaderName> {
        names.iter().map(|name| HeaderName::from_static(name)).collect()
    };
    let sent = ["content-type", IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, PERSON_HEADER, VISIT_HEADER, WRITE_HEADER];
    CorsLayer::new()
        // A list of one: the header is then left out for other origins, and no answer is kept for the wrong one.
        .allow_origin(AllowOrigin::list(origin))
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(named(&sent))
        .expose_headers(named(&["etag", "content-disposition", "retry-after", "x-request-id", BACKEND_HEADER]))
        .max_age(REMEMBERED)
        .vary([header::ORIGIN])
}
