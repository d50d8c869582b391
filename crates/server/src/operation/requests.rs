//! What is told of each request: a line of the log, a figure and a span. None of it holds what is in a path,
//! a query, a header or a body, because addresses, names and secrets stand there: a request is told by the
//! template of its route.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use opentelemetry::global::get_text_map_propagator;
use opentelemetry_http::HeaderExtractor;
use tracing::Instrument;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::metrics::{Metrics, RequestLabels};

/// The header that names a request, in both directions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id that is taken from whoever asks: as long as a UUID, and shorter than any secret of a link.
const ID_MAX: usize = 36;

/// What stands for the route of a request that fits none.
const NO_ROUTE: &str = "none";

/// Answers a request and tells of it.
pub async fn observed(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request.headers().get(REQUEST_ID).and_then(own_id).unwrap_or_else(new_id);
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let method = name(request.method());
    let span = tracing::info_span!(
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        request_id = id,
        http.request.method = method,
        http.route = route,
        http.response.status_code = tracing::field::Empty,
    );
    let parent = get_text_map_propagator(|propagator| propagator.extract(&HeaderExtractor(request.headers())));
    // Without traces there is nothing that a parent could be given to.
    let _untraced = span.set_parent(parent);
    let under_way = metrics.begins();
    let mut response = next.run(request).instrument(span.clone()).await;
    drop(under_way);
    let (status, taken) = (response.status().as_u16(), begun.elapsed());
    span.record("http.response.status_code", status);
    metrics.answered(RequestLabels { method, route: route.clone(), status }, taken);
    let duration_ms = u64::try_from(taken.as_micros()).unwrap_or(u64::MAX) as f64 / 1000.0;
    tracing::info!(request_id = id, method, route, status, duration_ms, "answered");
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The method, if it is one that is known: else anybody could make up figures without end.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "OTHER",
    }
}

/// The id that whoever asks gave the request, where it looks like one.
fn own_id(value: &HeaderValue) -> Option<String> {
    let text = value.to_str().ok()?;
    let right = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (!text.is_empty() && text.len() <= ID_MAX && text.bytes().all(right)).then(|| text.to_owned())
}

/// A new id of 128 bits.
fn new_id() -> String {
    let mut bytes = [0; 16];
    // An id that is not random is still better than no answer.
    if getrandom::fill(&mut bytes).is_err() {
        tracing::warn!("the system has no random bytes for the id of a request");
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_over_only_when_nothing_else_can_stand_in_it() {
        let taken = |text: &str| own_id(&HeaderValue::from_str(text).expect("a value"));
        assert_eq!(
            taken("0b6e4a52-6a0e-4e5c-9a35-0d5b7b1c2d3e").as_deref(),
            Some("0b6e4a52-6a0e-4e5c-9a35-0d5b7b1c2d3e")
        );
        for other in ["", "anna@noordzee.example", "a b", "{\"a\":1}", &"a".repeat(64)] {
            assert_eq!(taken(other), None, "{other}");
        }
        assert_eq!(new_id().len(), 32);
        assert_ne!(new_id(), new_id());
    }
}
