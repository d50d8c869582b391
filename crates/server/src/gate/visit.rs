//! Whom a request comes from: the backend is told the visit in a header that only the server sets.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, header};
use axum::middleware::Next;
use contract::VISIT_HEADER;
use contract::endpoints::{SIGN_OUT, SIGN_OUT_EVERYWHERE};
use contract::error::ApiError;

use super::Gate;
use crate::sessions::cookies;

/// Takes away what a client says of itself, and says whose the cookie is.
pub(super) async fn know(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response<Body> {
    let said = request.headers_mut().remove(VISIT_HEADER).or_else(|| kept(request.headers()));
    let secret = cookies::secret(request.headers(), cookies::SESSION);
    let session = match &secret {
        Some(secret) => match gate.sessions.find(secret).await {
            Ok(session) => session,
            Err(fault) => return gate.unavailable(&fault),
        },
        None => None,
    };
    if let Some(session) = &session
        && let Err(wait_seconds) = gate.limits.of_person(&session.person)
    {
        return gate.refuse(ApiError::TooMany { wait_seconds });
    }
    let known = session.and_then(|session| HeaderValue::from_str(&session.visit).ok());
    if let Some(visit) = known.or(said.filter(|_| gate.demonstration)) {
        request.headers_mut().insert(VISIT_HEADER, visit);
    }
    let signs_out = [SIGN_OUT.path, SIGN_OUT_EVERYWHERE.path].contains(&request.uri().path());
    let mut response = next.run(request).await;
    if signs_out && secret.is_some() && response.status().is_success() {
        response.headers_mut().append(header::SET_COOKIE, cookies::gone(cookies::SESSION));
    }
    response
}

/// The visit that a browser keeps for a demonstration where its pages name none: a cookie called as the
/// header, so that what is opened by its address belongs to it as well.
fn kept(headers: &HeaderMap) -> Option<HeaderValue> {
    cookies::value(headers, VISIT_HEADER).and_then(|visit| HeaderValue::from_str(visit).ok())
}
