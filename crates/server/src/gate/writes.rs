//! Writes carry a header that no page of another origin can send.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response};
use axum::middleware::Next;
use contract::error::ApiError;
use contract::{WRITE_HEADER, WRITE_VALUE};

use super::Gate;

/// Refuses a write without the header. A foreign page can have a browser send a form with the reader's cookie
/// where `SameSite` is not kept; this header it can only send after asking (CORS), and is told no.
pub(super) async fn ask(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response<Body> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let named = request.headers().get(WRITE_HEADER).is_some_and(|value| value == WRITE_VALUE);
    match reads || named {
        true => next.run(request).await,
        false => gate.refuse(ApiError::WriteHeaderMissing),
    }
}
