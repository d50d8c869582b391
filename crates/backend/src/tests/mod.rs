//! Tests by route: what goes in over HTTP, what comes out, and what is stored.

mod access;
mod customers;
mod demonstration;
mod drafts;
mod http;
mod look_ups;
mod preview;
mod save;
mod store;
mod together;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response};
use contract::IDEMPOTENCY_KEY;
use contract::endpoints::{self, Endpoint, Method};
use contract::error::ApiError;
use contract::session::{Settings, SignIn};
use contract::trials::{Preview, SaveTrial, StartPreview, Started};
use futures_executor::block_on;
use rules::clock::Instant;
use rules::draft::TrialDraft;
use rules::people::Language;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_service::Service;

use crate::store::MemoryStore;
use crate::{Deployment, Environment, Store};

pub(super) const ANNA: &str = "anna-de-vries";
pub(super) const MEHMET: &str = "mehmet-bakker";
pub(super) const LENA: &str = "lena-krause";
pub(super) const PIET: &str = "piet-janssen";
pub(super) const INGRID: &str = "ingrid-solberg";
pub(super) const OSKAR: &str = "oskar-lindqvist";
pub(super) const EVERYBODY: [&str; 6] = [ANNA, MEHMET, LENA, PIET, INGRID, OSKAR];

/// Which visit a request of a test belongs to: it names the person.
const VISIT: &str = "visit";

/// A backend with its demonstration data, in which everybody is signed in.
#[derive(Clone)]
pub(super) struct World {
    pub(super) memory: Arc<MemoryStore>,
    clock: Arc<Clock>,
    router: Router,
    /// A router over the memory itself: another tab.
    beside: Router,
    keys: Arc<AtomicU64>,
}

/// A clock that is set by hand, and dice that count.
struct Clock {
    millis: AtomicI64,
    thrown: AtomicU64,
}

impl Environment for Clock {
    fn now(&self) -> Instant {
        Instant::from_timestamp_millis(self.millis.load(Ordering::SeqCst)).expect("an instant")
    }

    fn random(&self, bytes: &mut [u8]) {
        let thrown = self.thrown.fetch_add(1, Ordering::SeqCst);
        let number = u128::from(thrown).to_be_bytes();
        bytes.copy_from_slice(&number[..bytes.len()]);
    }

    fn visit(&self, headers: &HeaderMap) -> String {
        headers.get(VISIT).and_then(|visit| visit.to_str().ok()).unwrap_or_default().to_owned()
    }

    fn report(&self, _: &str) {}
}

impl World {
    pub(super) fn new() -> World {
        World::over(|memory| memory)
    }

    /// A world whose router sees the memory through another store.
    pub(super) fn over<S: Store + 'static>(wrap: impl FnOnce(Arc<MemoryStore>) -> Arc<S>) -> World {
        let memory = Arc::new(MemoryStore::default());
        let clock = Clock { millis: AtomicI64::new(0), thrown: AtomicU64::new(1) };
        let clock = Arc::new(clock);
        clock.millis.store(rules::samples::now().timestamp_millis(), Ordering::SeqCst);
        let beside = crate::router(Arc::clone(&memory) as _, Arc::clone(&clock) as _, deployment());
        let keys = Arc::new(AtomicU64::new(0));
        let world = World { memory, clock, router: beside.clone(), beside, keys };
        for person in EVERYBODY {
            let sign_in = SignIn { person: person.into() };
            world.ask(endpoints::SIGN_IN, person, "", &sign_in).expect("a persona signs in");
        }
        let store = wrap(Arc::clone(&world.memory));
        let router = crate::router(store, Arc::clone(&world.clock) as _, deployment());
        World { router, ..world }
    }

    pub(super) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The backend started anew over what is stored.
    pub(super) fn restarted(world: &World) -> World {
        let router = crate::router(Arc::clone(&world.memory) as _, Arc::clone(&world.clock) as _, deployment());
        World { router, ..world.clone() }
    }

    /// Another tab on the same store.
    pub(super) fn beside(&self) -> World {
        World { router: self.beside.clone(), ..self.clone() }
    }

    /// Lets time pass.
    pub(super) fn wait_seconds(&self, seconds: i64) {
        self.clock.millis.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub(super) fn wait_days(&self, days: i64) {
        self.wait_seconds(days * 24 * 3600);
    }

    /// An idempotency key that was not used before.
    pub(super) fn key(&self) -> String {
        format!("key-of-a-request-{}", self.keys.fetch_add(1, Ordering::SeqCst))
    }

    /// Sends a request to an endpoint and reads its answer.
    pub(super) fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        endpoint: Endpoint<Q, A>,
        person: &str,
        parameter: &str,
        body: &Q,
    ) -> Result<A, ApiError> {
        self.ask_with(endpoint, person, parameter, body, &[])
    }

    /// Sends a request with further headers. Without a key it gets a fresh one.
    pub(super) fn ask_with<Q: Serialize, A: DeserializeOwned>(
        &self,
        endpoint: Endpoint<Q, A>,
        person: &str,
        parameter: &str,
        body: &Q,
        headers: &[(&str, &str)],
    ) -> Result<A, ApiError> {
        let body = serde_json::to_string(body).expect("a body");
        let (path, body) = match parameter.strip_prefix('?') {
            Some(_) => (format!("{}{parameter}", endpoint.path), body),
            None => (endpoint.with(parameter), body),
        };
        let reply = self.send(name(endpoint.method), &path, person, body, headers);
        if reply.status == 200 {
            Ok(serde_json::from_str(&reply.body).unwrap_or_else(|error| panic!("{error}: {}", reply.body)))
        } else {
            Err(ApiError::from_json(&reply.body).unwrap_or_else(|| panic!("no problem: {}", reply.body)))
        }
    }

    /// Sends anything.
    pub(super) fn send(
        &self,
        method: &str,
        path: &str,
        person: &str,
        body: impl Into<Body>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header(VISIT, person);
        if !headers.iter().any(|(name, _)| *name == IDEMPOTENCY_KEY) {
            request = request.header(IDEMPOTENCY_KEY, self.key());
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).expect("a request");
        block_on(async {
            let Ok(response) = self.router.clone().call(request).await;
            Reply::of(response).await
        })
    }

    /// What saving a draft would bring.
    pub(super) fn preview(&self, person: &str, draft: &TrialDraft) -> Result<StartPreview, ApiError> {
        self.ask(endpoints::TRIALS_PREVIEW, person, "", &Preview { draft: draft.clone() })
    }

    /// The request that saves a draft as it was previewed.
    pub(super) fn to_save(&self, person: &str, id: &str, draft: &TrialDraft) -> SaveTrial {
        let digest = self.preview(person, draft).expect("a preview").digest;
        SaveTrial { draft_id: id.into(), draft: draft.clone(), digest, language: Language::En }
    }

    /// Saves a draft as it was previewed.
    pub(super) fn save(&self, person: &str, id: &str, draft: &TrialDraft) -> Result<Started, ApiError> {
        let save = self.to_save(person, id, draft);
        self.ask(endpoints::TRIALS, person, "", &save)
    }
}

fn deployment() -> Deployment {
    Deployment {
        build: "test".to_owned(),
        address: "https://proef.example".to_owned(),
        settings: Settings { site_domain: "webex.com".to_owned(), ..Settings::default() },
        demonstration: true,
    }
}

/// A response that was read.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Reply {
    async fn of(response: Response<Body>) -> Reply {
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        let body = String::from_utf8(body.to_vec()).expect("text");
        Reply { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A method as it is written.
pub(super) fn name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    }
}
