//! What whoever runs the server sees of it: whether it lives and is ready, figures for Prometheus, a line of
//! the log for each request, and traces.

pub mod metrics;
pub mod ready;
pub mod requests;
pub mod traces;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;

use self::metrics::Metrics;
use self::ready::Readiness;

/// The media type of the metrics (OpenMetrics 1.0, section *Content-Type*), which Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What holds at this moment holds at no other.
const FRESH: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The routes that say whether this copy lives and is ready, for a balancer. They stand on both addresses.
pub fn health(readiness: Arc<Readiness>) -> Router {
    let ready = async |State(readiness): State<Arc<Readiness>>| match readiness.check().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
    };
    Router::new()
        // That it answers at all is the answer.
        .route("/healthz", get(async move || (FRESH, "alive\n")))
        .route("/readyz", get(async move |state| (FRESH, ready(state).await)))
        .with_state(readiness)
}

/// The routes of the address that is not public.
pub fn private(readiness: Arc<Readiness>, metrics: Arc<Metrics>) -> Router {
    let figures = async |State(metrics): State<Arc<Metrics>>| match metrics.text().await {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    };
    Router::new().route("/metrics", get(figures)).with_state(metrics).merge(health(readiness))
}
