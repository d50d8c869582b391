//! One call over the wire: headers, retries, errors.

use std::cell::RefCell;
use std::rc::Rc;

use contract::endpoints::Method;
use contract::error::ApiError;
use contract::{
    BACKEND_HEADER, IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, PERSON_HEADER, WRITE_HEADER, WRITE_VALUE, etag,
};
use gloo_net::http::{RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use rules::ids::PersonId;
use web_sys::{AbortSignal, RequestCredentials};

use super::config::{Config, config};
use super::{Failure, Key, worker};

/// How long a call may take with all its retries, in milliseconds (G1).
const LIMIT_MS: f64 = 10_000.0;
/// The wait before the first retry, in milliseconds; each further one is twice as
/// long. A stopped service worker is back within 20 ms.
const FIRST_WAIT_MS: u32 = 50;
/// The longest wait between two attempts, in milliseconds.
const LONGEST_WAIT_MS: u32 = 2_000;

/// What a write was made from (G2).
#[derive(Clone, Copy, Debug)]
pub(super) enum MadeFrom {
    /// Something new is made.
    Nothing,
    /// This version is changed.
    Version(u64),
}

/// A call, to be attempted as often as needed with the same key and body.
pub(super) struct Call {
    method: Method,
    path: String,
    body: Option<String>,
    key: Option<Key>,
    from: Option<MadeFrom>,
    person: Option<PersonId>,
}

impl Call {
    /// A call that changes nothing.
    pub(super) fn read(method: Method, path: String) -> Call {
        Call { method, path, body: None, key: None, from: None, person: SHOWN.with_borrow(Clone::clone) }
    }

    /// A call that acts, under the key of its intent.
    pub(super) fn act(method: Method, path: String, body: Option<String>, key: &Key) -> Call {
        Call { method, path, body, key: Some(key.clone()), from: None, person: SHOWN.with_borrow(Clone::clone) }
    }

    /// The same call whoever is signed in: those that find out or change who it is.
    pub(super) fn by_anyone(self) -> Call {
        Call { person: None, ..self }
    }

    /// The same call with what the write was made from.
    pub(super) fn made_from(self, from: MadeFrom) -> Call {
        Call { from: Some(from), ..self }
    }
}

type Told = Rc<dyn Fn()>;

thread_local! {
    static SHOWN: RefCell<Option<PersonId>> = const { RefCell::new(None) };
    static WHEN_SIGNED_OUT: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// Says whom the page shows. Calls made from now on are theirs: when somebody else
/// has signed in by another tab, the backend answers that nobody is signed in (P7).
pub fn shows(person: Option<PersonId>) {
    SHOWN.set(person);
}

/// Tells when an answer says that nobody is signed in any more, whatever was asked.
pub fn when_signed_out(told: impl Fn() + 'static) {
    WHEN_SIGNED_OUT.set(Some(Rc::new(told)));
}

/// Sends a call until the backend has answered or 10 seconds are over, and gives
/// the text of a good answer.
///
/// A lost answer, a 503 and an answer that is not the backend's are followed by
/// another attempt with the same key and body: the backend gives the answer that
/// it gave before, so nothing happens twice (G2).
pub(super) async fn send(call: Call) -> Result<String, Failure> {
    let end = now_ms() + LIMIT_MS;
    let config = config(LIMIT_MS).await?;
    let embedded = config.is_embedded();
    if embedded {
        worker::started(end - now_ms()).await.map_err(Failure::NoBackend)?;
    }
    let mut wait_ms = FIRST_WAIT_MS;
    loop {
        let failure = match attempt(&config, &call, end - now_ms()).await {
            Attempt::Answer(text) => return Ok(text),
            Attempt::Error(error) => {
                if error == ApiError::NotSignedIn {
                    tell_signed_out();
                }
                return Err(Failure::Api(error));
            }
            Attempt::Garbled => return Err(Failure::Garbled),
            Attempt::Unavailable => Failure::Api(ApiError::Unavailable),
            Attempt::Lost => Failure::Unreachable,
            Attempt::NotTheBackend => {
                if embedded {
                    worker::start_again(end - now_ms()).await.map_err(Failure::NoBackend)?;
                }
                Failure::Unreachable
            }
        };
        if now_ms() + f64::from(wait_ms) >= end {
            return Err(failure);
        }
        TimeoutFuture::new(wait_ms).await;
        wait_ms = (wait_ms * 2).min(LONGEST_WAIT_MS);
    }
}

/// What came of one attempt.
enum Attempt {
    /// A good answer's text.
    Answer(String),
    /// The backend says why not.
    Error(ApiError),
    /// The backend's answer cannot be read.
    Garbled,
    /// The backend cannot answer at the moment.
    Unavailable,
    /// No answer came.
    Lost,
    /// Something else answered, such as the static host.
    NotTheBackend,
}

async fn attempt(config: &Config, call: &Call, left_ms: f64) -> Attempt {
    let Ok(response) = request(config, call, left_ms).await else { return Attempt::Lost };
    if response.headers().get(BACKEND_HEADER).is_none() {
        return Attempt::NotTheBackend;
    }
    let Ok(text) = response.text().await else { return Attempt::Lost };
    if response.ok() {
        return Attempt::Answer(text);
    }
    match ApiError::from_json(&text) {
        Some(ApiError::Unavailable) => Attempt::Unavailable,
        Some(error) => Attempt::Error(error),
        None if response.status() == ApiError::Unavailable.status() => Attempt::Unavailable,
        None => Attempt::Garbled,
    }
}

async fn request(config: &Config, call: &Call, left_ms: f64) -> Result<Response, gloo_net::Error> {
    let method = match call.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let patience = AbortSignal::timeout_with_f64(left_ms.max(1.0));
    let mut request = RequestBuilder::new(&config.address(&call.path)).method(method).abort_signal(Some(&patience));
    // A session at a server on another host of the same site goes along only when that is asked for.
    request = request.credentials(RequestCredentials::Include);
    if call.method != Method::Get {
        request = request.header(WRITE_HEADER, WRITE_VALUE);
    }
    if let Some(key) = &call.key {
        request = request.header(IDEMPOTENCY_KEY, key.as_str());
    }
    if let Some(person) = &call.person {
        request = request.header(PERSON_HEADER, person.as_str());
    }
    request = match call.from {
        Some(MadeFrom::Nothing) => request.header(IF_NONE_MATCH, "*"),
        Some(MadeFrom::Version(version)) => request.header(IF_MATCH, &etag(version)),
        None => request,
    };
    match &call.body {
        Some(body) => request.header("content-type", "application/json").body(body.as_str())?.send().await,
        None => request.send().await,
    }
}

fn tell_signed_out() {
    // Taken out of the borrow first: the listener may well make calls of its own.
    let told = WHEN_SIGNED_OUT.with_borrow(Clone::clone);
    if let Some(told) = told {
        told();
    }
}

/// Milliseconds on the browser's clock, for waits only: no day comes from it (L1).
fn now_ms() -> f64 {
    js_sys::Date::now()
}
