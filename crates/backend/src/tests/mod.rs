//! Tests by route: what goes in over HTTP, what comes out, and what is stored.

mod access;
mod admission;
mod ahead;
mod cast;
mod closing;
mod conformance;
mod customers;
mod demonstration;
mod dice;
mod drafts;
mod every_act;
mod faults;
mod generated;
mod http;
mod hub;
mod lists;
mod look_ups;
mod mailbox;
mod openapi;
mod orders;
mod overview;
mod plain;
mod post;
mod preview;
mod previewed;
mod receipts;
mod rehearsal;
mod requests;
mod save;
mod scanners;
mod seeing;
mod set_up;
mod sites;
mod slipped_in;
mod store;
mod time;
mod together;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response};
use contract::endpoints::{self, Endpoint, Method};
use contract::error::ApiError;
use contract::session::{Settings, SignIn};
use contract::trials::{Preview, SaveTrial, StartPreview, Started, Target};
use contract::{IDEMPOTENCY_KEY, VISIT_HEADER};
use futures_executor::block_on;
use rules::clock::Instant;
use rules::draft::TrialDraft;
use rules::people::Language;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_service::Service;

use crate::store::{MemoryStore, Records};
use crate::{Backend, Deployment, Environment, Outgoing, Store};

pub(super) const ANNA: &str = "anna-de-vries";
pub(super) const MEHMET: &str = "mehmet-bakker";
pub(super) const LENA: &str = "lena-krause";
pub(super) const PIET: &str = "piet-janssen";
pub(super) const INGRID: &str = "ingrid-solberg";
pub(super) const OSKAR: &str = "oskar-lindqvist";
/// Full administrators of Rederij Storm, which a request waits for.
pub(super) const SANNE: &str = "sanne-visser";
pub(super) const JOOST: &str = "joost-de-boer";
/// An administrator and a user of Rederij Storm.
pub(super) const KIM: &str = "kim-jansen";
pub(super) const TOM: &str = "tom-bos";
/// One of the trials team.
pub(super) const RUTH: &str = "ruth-okafor";
pub(super) const EVERYBODY: [&str; 11] = [ANNA, MEHMET, LENA, PIET, INGRID, OSKAR, SANNE, JOOST, KIM, TOM, RUTH];

/// A backend with its demonstration data, in which everybody is signed in.
#[derive(Clone)]
pub(super) struct World {
    pub(super) memory: Arc<MemoryStore>,
    pub(super) clock: Arc<Clock>,
    backend: Arc<Backend>,
    router: Router,
    /// A router over the memory itself: another tab.
    beside: Router,
    keys: Arc<AtomicU64>,
}

/// A clock that is set by hand, dice that count, and a platform and a post that can fail.
#[derive(Default)]
pub(super) struct Clock {
    millis: AtomicI64,
    thrown: AtomicU64,
    /// Services that cannot be provisioned.
    pub(super) failing: Mutex<BTreeSet<rules::service::Service>>,
    /// What the platform was asked for, trial by trial.
    pub(super) provisioned: Mutex<Vec<rules::ids::TrialId>>,
    /// Why no mail can be handed over; empty while it can.
    pub(super) post: Mutex<String>,
    /// How often the post was asked to take a mail.
    pub(super) tried: Mutex<u32>,
    /// Every mail that was handed over: its id, the address and the text.
    pub(super) handed: Mutex<Vec<(String, String, String)>>,
    /// To which address an answer to each of them goes, by the mail's own.
    pub(super) answers: Mutex<Vec<(String, Option<String>)>>,
    /// What is done while a mail is handed over.
    pub(super) meanwhile: Mutex<Option<Box<dyn FnOnce() + Send>>>,
    pub(super) reported: Mutex<Vec<String>>,
}

#[async_trait::async_trait]
impl Environment for Clock {
    fn now(&self) -> Instant {
        Instant::from_timestamp_millis(self.millis.load(Ordering::SeqCst)).expect("an instant")
    }

    fn random(&self, bytes: &mut [u8]) {
        let thrown = self.thrown.fetch_add(1, Ordering::SeqCst);
        let number = u128::from(thrown).to_be_bytes();
        for (byte, counted) in bytes.iter_mut().rev().zip(number.iter().rev()) {
            *byte = *counted;
        }
    }

    fn visit(&self, headers: &HeaderMap) -> String {
        headers.get(VISIT_HEADER).and_then(|visit| visit.to_str().ok()).unwrap_or_default().to_owned()
    }

    async fn hand_over(&self, mail: &Outgoing<'_>) -> Result<(), crate::NotHandedOver> {
        // Let go of at once: what is done meanwhile may hand over mails as well.
        let meanwhile = self.meanwhile.lock().expect("no panic").take();
        if let Some(meanwhile) = meanwhile {
            std::thread::spawn(meanwhile).join().expect("no panic");
        }
        let post = self.post.lock().expect("no panic").clone();
        let tried = &mut *self.tried.lock().expect("no panic");
        *tried += 1;
        // The post's words say what kind they are, as statuses do.
        match post.as_str() {
            "" => {}
            away if away.starts_with("away") => return Err(crate::NotHandedOver::Away(post)),
            refused if refused.starts_with('5') => return Err(crate::NotHandedOver::Refused(post)),
            _ => return Err(crate::NotHandedOver::Later(post)),
        }
        let handed = (mail.id.to_owned(), mail.to.to_owned(), format!("{}{}", mail.text, mail.html));
        self.handed.lock().expect("no panic").push(handed);
        let answers = (mail.to.to_owned(), mail.reply_to.map(str::to_owned));
        self.answers.lock().expect("no panic").push(answers);
        Ok(())
    }

    async fn provision(&self, trial: &rules::ids::TrialId, service: rules::service::Service) -> Result<(), String> {
        self.provisioned.lock().expect("no panic").push(trial.clone());
        match self.failing.lock().expect("no panic").contains(&service) {
            true => Err("no capacity".to_owned()),
            false => Ok(()),
        }
    }

    fn report(&self, trouble: &str) {
        self.reported.lock().expect("no panic").push(trouble.to_owned());
    }
}

/// The demonstration data of the samples' day, in which everybody is signed in: made once,
/// because making them takes most of a test's time.
fn fresh() -> (Records, u64) {
    static FRESH: OnceLock<(Records, u64)> = OnceLock::new();
    let made = FRESH.get_or_init(|| {
        let world = World::made_at(rules::samples::now());
        (world.memory.everything(), world.clock.thrown.load(Ordering::SeqCst))
    });
    made.clone()
}

impl World {
    pub(super) fn new() -> World {
        World::over(|memory| memory)
    }

    /// The same data made at another moment.
    pub(super) fn made_at(now: Instant) -> World {
        let world = World::of(MemoryStore::default(), 1, true, |memory| memory);
        world.clock.millis.store(now.timestamp_millis(), Ordering::SeqCst);
        for person in EVERYBODY {
            let sign_in = SignIn { person: person.into() };
            world.ask(endpoints::SIGN_IN, person, "", &sign_in).expect("a persona signs in");
        }
        world
    }

    /// A world whose router sees the memory through another store.
    pub(super) fn over<S: Store + 'static>(wrap: impl FnOnce(Arc<MemoryStore>) -> Arc<S>) -> World {
        let (records, thrown) = fresh();
        World::of(MemoryStore::holding(records), thrown, true, wrap)
    }

    /// The same data on a server, where mails leave the house and nobody is a persona.
    pub(super) fn server() -> World {
        let (records, thrown) = fresh();
        World::of(MemoryStore::holding(records), thrown, false, |memory| memory)
    }

    fn of<S: Store + 'static>(
        memory: MemoryStore,
        thrown: u64,
        demonstration: bool,
        wrap: impl FnOnce(Arc<MemoryStore>) -> Arc<S>,
    ) -> World {
        let memory = Arc::new(memory);
        let clock = Arc::new(Clock::default());
        clock.thrown.store(thrown, Ordering::SeqCst);
        clock.millis.store(rules::samples::now().timestamp_millis(), Ordering::SeqCst);
        let deployment = Deployment { demonstration, ..deployment() };
        let beside = Backend::new(Arc::clone(&memory) as _, Arc::clone(&clock) as _, deployment.clone()).router();
        let backend = Backend::new(wrap(Arc::clone(&memory)), Arc::clone(&clock) as _, deployment);
        World { memory, clock, router: backend.router(), backend, beside, keys: Arc::default() }
    }

    /// The same moment over other records, through another store.
    pub(super) fn forked<S: Store + 'static>(
        &self,
        records: Records,
        wrap: impl FnOnce(Arc<MemoryStore>) -> Arc<S>,
    ) -> World {
        let thrown = self.clock.thrown.load(Ordering::SeqCst);
        let demonstration = self.backend.deployment.demonstration;
        let world = World::of(MemoryStore::holding(records), thrown, demonstration, wrap);
        world.clock.millis.store(self.clock.millis.load(Ordering::SeqCst), Ordering::SeqCst);
        *world.clock.failing.lock().expect("no panic") = self.clock.failing.lock().expect("no panic").clone();
        *world.clock.post.lock().expect("no panic") = self.clock.post.lock().expect("no panic").clone();
        world.keys.store(self.keys.load(Ordering::SeqCst), Ordering::SeqCst);
        world
    }

    /// Plays what time has brought, or tells the fault.
    pub(super) fn try_play(&self) -> Result<(), crate::store::Fault> {
        block_on(self.backend.play())
    }

    /// Plays what time has brought, as whoever runs the backend does.
    pub(super) fn play(&self) {
        block_on(self.backend.play()).expect("no fault");
    }

    /// An environment that counts.
    pub(super) fn dice() -> Arc<dyn Environment> {
        Arc::new(Clock::default())
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
        let mut request = Request::builder().method(method).uri(path).header(VISIT_HEADER, person);
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
        let preview = Preview { draft_id: Default::default(), draft: draft.clone(), target: Target::New };
        self.ask(endpoints::TRIALS_PREVIEW, person, "", &preview)
    }

    /// The request that saves a draft as it was previewed.
    pub(super) fn to_save(&self, person: &str, id: &str, draft: &TrialDraft) -> SaveTrial {
        let digest = self.preview(person, draft).expect("a preview").digest;
        SaveTrial { draft_id: id.into(), draft: draft.clone(), target: Target::New, digest, language: Language::En }
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
        settings: Settings {
            site_domain: "webex.com".to_owned(),
            trials_team_email: "trials@trials.example".to_owned(),
            device_extension_email: "extensions@trials.example".to_owned(),
            information_email: "information@trials.example".to_owned(),
            ..Settings::default()
        },
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
