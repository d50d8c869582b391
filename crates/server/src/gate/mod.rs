//! What every request of the API passes before the backend sees it: who it is, whether it may have been sent by
//! a foreign page, and whether its sender asks too often. What is refused here is refused in the API's own form.

mod cors;
mod headers;
mod limits;
mod visit;
mod writes;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Response;
use axum::middleware::{from_fn, from_fn_with_state};
use backend::Backend;
use backend::store::Fault;
use contract::error::ApiError;

pub use self::limits::Limits;
use crate::sessions::Sessions;

/// What the gate goes by.
pub struct Gate {
    /// Writes the refusals.
    pub backend: Arc<Backend>,
    /// Whose cookies hold.
    pub sessions: Sessions,
    /// How often somebody may ask.
    pub limits: Limits,
    /// The address of the console.
    pub console: String,
    /// Whether a client may say itself which visit a request belongs to (G6).
    pub demonstration: bool,
}

impl Gate {
    /// Puts the gate around what answers requests.
    pub fn around(self, api: Router) -> Router {
        let cors = cors::of(&self.console);
        let gate = Arc::new(self);
        // The last one is the first that a request comes to. The cheapest come first, so that a flood costs
        // little; a browser's question whether it may ask comes before all of them, because it has no cookie.
        api.layer(from_fn_with_state(Arc::clone(&gate), visit::know))
            .layer(from_fn_with_state(Arc::clone(&gate), writes::ask))
            .layer(from_fn_with_state(gate, limits::by_address))
            .layer(cors)
            .layer(from_fn(headers::add))
    }

    fn refuse(&self, error: ApiError) -> Response<Body> {
        self.backend.problem(error)
    }

    fn unavailable(&self, fault: &Fault) -> Response<Body> {
        tracing::error!(?fault, "a session cannot be looked up");
        self.refuse(ApiError::Unavailable)
    }
}
