//! What the service worker calls, and what it tells the backend.

use std::cell::OnceCell;
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use backend::{Deployment, Environment};
use contract::session::Settings;
use rules::clock::Instant;
use tower_service::Service;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::ServiceWorkerGlobalScope;

use crate::http;
use crate::settings;
use crate::store::LocalStore;

#[wasm_bindgen]
extern "C" {
    /// The build, as sw.js names it: the constant stands beside the glue of this
    /// module in the worker's global scope.
    #[wasm_bindgen(thread_local_v2, js_name = BUILD)]
    static BUILD: JsValue;

    /// Aborts the open transactions that write and fails the requests in flight.
    #[wasm_bindgen(js_namespace = self, js_name = workerPanicked)]
    fn worker_panicked(why: &str);

    /// The text of `config.json`, read by sw.js.
    #[wasm_bindgen(catch, js_namespace = self, js_name = deploymentSettings)]
    async fn deployment_settings() -> Result<JsValue, JsValue>;
}

thread_local! {
    static ROUTER: OnceCell<Router> = const { OnceCell::new() };
}

/// Answers a request of the page.
///
/// # Errors
/// When the request itself or the deployment's settings cannot be read; sw.js
/// answers that with 503.
#[wasm_bindgen]
pub async fn handle(request: web_sys::Request) -> Result<web_sys::Response, JsValue> {
    let request = http::read(&request).await?;
    let mut router = router().await?;
    let response = match router.call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    http::write(response).await
}

/// A panic cannot unwind here: the promise of its request would stay pending for
/// ever, and a lock that it held would stay locked. So sw.js is told, and the
/// next call gets a fresh instance.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        worker_panicked(&panic.to_string());
        wasm_bindgen::handler::schedule_reinit();
    }));
}

/// Gives the next call a fresh instance: after a trap that is no panic, such as an
/// exhausted stack or memory, which runs no hook. It uses no memory of this one.
#[wasm_bindgen]
pub fn start_anew() {
    wasm_bindgen::handler::schedule_reinit();
}

/// The router, made for the first request: it needs the deployment's settings.
async fn router() -> Result<Router, JsValue> {
    if let Some(router) = ROUTER.with(|router| router.get().cloned()) {
        return Ok(router);
    }
    let text = deployment_settings().await?.as_string().unwrap_or_default();
    let settings = settings::read(&text).map_err(|error| js_sys::Error::new(&format!("config.json: {error}")))?;
    // Another request may have made it meanwhile; both must find the same outages.
    Ok(ROUTER.with(|router| router.get_or_init(|| start(settings)).clone()))
}

fn start(settings: Settings) -> Router {
    let address = scope().map(|scope| scope.location().origin()).unwrap_or_default();
    let deployment = Deployment {
        build: BUILD.with(JsValue::as_string).unwrap_or_else(|| "unstamped".to_owned()),
        address,
        settings,
        demonstration: true,
    };
    backend::router(Arc::new(LocalStore), Arc::new(Browser), deployment)
}

fn scope() -> Option<ServiceWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// The browser as the backend's environment.
struct Browser;

impl Environment for Browser {
    fn now(&self) -> Instant {
        // The browser's clock is the backend's here; it counts whole milliseconds.
        Instant::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
    }

    fn random(&self, bytes: &mut [u8]) {
        let filled = scope()
            .and_then(|scope| scope.crypto().ok())
            .and_then(|crypto| crypto.get_random_values_with_u8_array(bytes).ok());
        // Ids that can be guessed would be worse than no answer.
        filled.expect("a service worker has a source of random bytes");
    }

    fn visit(&self, _: &HeaderMap) -> String {
        // One person is signed in for each browser profile: its storage is the visit.
        "browser".to_owned()
    }

    fn report(&self, trouble: &str) {
        web_sys::console::error_1(&JsValue::from_str(trouble));
    }
}
