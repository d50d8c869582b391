//! What the service worker calls, and what it tells the backend.

use std::cell::OnceCell;
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use backend::store::Fault;
use backend::{Backend, Deployment, Environment};
use contract::VISIT_HEADER;
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
    static BACKEND: OnceCell<(Arc<Backend>, Router)> = const { OnceCell::new() };
}

/// Answers a request of the page.
///
/// # Errors
/// When the request itself or the deployment's settings cannot be read; sw.js
/// answers that with 503.
#[wasm_bindgen]
pub async fn handle(request: web_sys::Request) -> Result<web_sys::Response, JsValue> {
    let request = http::read(&request).await?;
    let (backend, mut router) = serving().await?;
    // There is no timer in a service worker: what time has brought is played before the next
    // request is looked at, and not by that request (L13). A store that is full or refuses fails
    // the request too, which tells the reader what to do.
    match backend.play().await {
        Ok(()) | Err(Fault::Full | Fault::Refused) => {}
        Err(Fault::Failed(why)) => web_sys::console::error_1(&JsValue::from_str(&why)),
    }
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

/// The backend and its router, made for the first request: it needs the deployment's settings.
async fn serving() -> Result<(Arc<Backend>, Router), JsValue> {
    if let Some(serving) = BACKEND.with(|serving| serving.get().cloned()) {
        return Ok(serving);
    }
    let text = deployment_settings().await?.as_string().unwrap_or_default();
    let settings = settings::read(&text).map_err(|error| js_sys::Error::new(&format!("config.json: {error}")))?;
    // Another request may have made it meanwhile; both must find the same outages.
    Ok(BACKEND.with(|serving| serving.get_or_init(|| start(settings)).clone()))
}

fn start(settings: Settings) -> (Arc<Backend>, Router) {
    let address = scope().map(|scope| scope.location().origin()).unwrap_or_default();
    let deployment = Deployment {
        build: BUILD.with(JsValue::as_string).unwrap_or_else(|| "unstamped".to_owned()),
        address,
        settings,
        demonstration: true,
    };
    let backend = Backend::new(Arc::new(LocalStore), Arc::new(Browser), deployment);
    let router = backend.router();
    (backend, router)
}

fn scope() -> Option<ServiceWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// The browser as the backend's environment.
struct Browser;

#[async_trait::async_trait]
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

    fn visit(&self, headers: &HeaderMap) -> String {
        // One person is signed in for each browser profile: its storage is the visit. Who
        // plays several people at once says for whom each request is.
        let named = headers.get(VISIT_HEADER).and_then(|visit| visit.to_str().ok());
        named.unwrap_or("browser").to_owned()
    }

    fn report(&self, trouble: &str) {
        web_sys::console::error_1(&JsValue::from_str(trouble));
    }
}
