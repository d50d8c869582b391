//! A client that speaks for several people at once.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Barrier, Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::check::{Failure, short};
use super::transport::{Reply, Request, Transport};
use crate::endpoints::{self, Endpoint, Method};
use crate::error::{ApiError, PROBLEM_JSON};
use crate::session::{ClockAnswer, Session, SetClock, SignIn};
use crate::{BACKEND_HEADER, IDEMPOTENCY_KEY, IF_MATCH, PERSON_HEADER, VISIT_HEADER, WRITE_HEADER, WRITE_VALUE, etag};

/// Nobody: a visit in which no one signs in.
pub(crate) const NOBODY: &str = "";

/// Most days by which a clock is set forward with one request.
const DAYS_AT_ONCE: u32 = 400;

/// A client of a backend. Each person has a visit of their own and is signed in when
/// they first ask for something.
pub struct Client<'t> {
    transport: &'t dyn Transport,
    /// Tells the keys of this run from those of another one.
    run: String,
    keys: AtomicU64,
    signed_in: Mutex<BTreeSet<String>>,
}

impl<'t> Client<'t> {
    /// A client. `run` is a text of letters and digits that no other run uses.
    pub fn new(transport: &'t dyn Transport, run: &str) -> Client<'t> {
        Client { transport, run: run.to_owned(), keys: AtomicU64::new(0), signed_in: Mutex::default() }
    }

    /// An idempotency key that was not used before.
    pub(crate) fn key(&self) -> String {
        format!("conform-{}-{:06}", self.run, self.keys.fetch_add(1, Ordering::SeqCst))
    }

    /// Sends a request to an endpoint and reads its answer.
    #[track_caller]
    pub(crate) fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<Q, A>,
        who: &str,
        parameter: &str,
        body: &Q,
    ) -> Result<A, Failure> {
        self.ask_with(endpoint, who, parameter, body, &[])
    }

    /// As [`Client::ask`], made from a version (G2).
    #[track_caller]
    pub(crate) fn ask_from<Q: Serialize, A: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<Q, A>,
        who: &str,
        parameter: &str,
        body: &Q,
        version: u64,
    ) -> Result<A, Failure> {
        self.ask_with(endpoint, who, parameter, body, &[(IF_MATCH, &etag(version))])
    }

    /// As [`Client::ask`], with further headers. The parameter may carry a query after
    /// a question mark.
    #[track_caller]
    pub(crate) fn ask_with<Q: Serialize, A: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<Q, A>,
        who: &str,
        parameter: &str,
        body: &Q,
        headers: &[(&str, &str)],
    ) -> Result<A, Failure> {
        self.sign_in(who)?;
        let request = self.request(endpoint, who, parameter, body, headers);
        read(&request, &self.send(&request)?)
    }

    /// A request to an endpoint, not yet sent. Without a key it gets a fresh one.
    pub(crate) fn request<Q: Serialize, A>(
        &self,
        endpoint: &Endpoint<Q, A>,
        who: &str,
        parameter: &str,
        body: &Q,
        headers: &[(&str, &str)],
    ) -> Request {
        let (parameter, query) = match parameter.split_once('?') {
            Some((parameter, query)) => (parameter, format!("?{query}")),
            None => (parameter, String::new()),
        };
        let path = format!("{}{query}", endpoint.with(parameter));
        let body = match endpoint.method {
            Method::Get => String::new(),
            // Writing fails only for maps whose keys are no text, and there are none.
            _ => serde_json::to_string(body).unwrap_or_default(),
        };
        self.raw(name(endpoint.method), &path, who, &body, headers)
    }

    /// Any request, not yet sent. A header without a value is left out, also the key.
    pub(crate) fn raw(
        &self,
        method: &'static str,
        path: &str,
        who: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Request {
        let mut all = vec![(VISIT_HEADER.to_owned(), visit(who))];
        if who != NOBODY {
            all.push((PERSON_HEADER.to_owned(), who.to_owned()));
        }
        if !matches!(method, "GET" | "HEAD") && !headers.iter().any(|(name, _)| *name == IDEMPOTENCY_KEY) {
            all.push((IDEMPOTENCY_KEY.to_owned(), self.key()));
        }
        if !matches!(method, "GET" | "HEAD") {
            all.push((WRITE_HEADER.to_owned(), WRITE_VALUE.to_owned()));
        }
        if !body.is_empty() {
            all.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        let further = headers.iter().filter(|(_, value)| !value.is_empty());
        all.extend(further.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Request { method, path: path.to_owned(), headers: all, body: body.to_owned() }
    }

    /// Sends a request as it is, and checks what holds for every answer.
    #[track_caller]
    pub(crate) fn send(&self, request: &Request) -> Result<Reply, Failure> {
        let reply = self
            .transport
            .send(request)
            .map_err(|why| Failure::new(format!("{} {}: no answer: {why}", request.method, request.path)))?;
        let told = |what: &str| {
            let body = short(&reply.body);
            Failure::new(format!("{} {}: {}: {what}: {body}", request.method, request.path, reply.status))
        };
        if reply.header(BACKEND_HEADER).is_empty() {
            return Err(told("the answer does not name its backend"));
        }
        if reply.header("cache-control") != "no-store" {
            return Err(told("the answer may be kept by a cache"));
        }
        if reply.status >= 400 && request.method != "HEAD" {
            if reply.header("content-type") != PROBLEM_JSON {
                return Err(told("an error that is no problem document"));
            }
            let error = ApiError::from_json(&reply.body).ok_or_else(|| told("an error that cannot be read"))?;
            if error.status() != reply.status {
                return Err(told("the status is not that of the problem"));
            }
        }
        Ok(reply)
    }

    /// Sends many requests at once, each from a thread of its own.
    pub(crate) fn at_once(&self, requests: &[Request]) -> Vec<Result<Reply, Failure>> {
        let barrier = Barrier::new(requests.len());
        std::thread::scope(|scope| {
            let send = |request| {
                let barrier = &barrier;
                scope.spawn(move || {
                    barrier.wait();
                    self.send(request)
                })
            };
            let threads: Vec<_> = requests.iter().map(send).collect();
            let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
                thread.join().unwrap_or_else(|_| Err(Failure::new("the transport panicked")))
            };
            threads.into_iter().map(join).collect()
        })
    }

    /// Signs a person in, in their own visit, unless they are.
    #[track_caller]
    pub(crate) fn sign_in(&self, who: &str) -> Result<(), Failure> {
        if who == NOBODY || self.signed().contains(who) {
            return Ok(());
        }
        let body = SignIn { person: who.into() };
        // The visit is whoever's: the header that says who is shown would be in the way.
        let mut request = self.request(&endpoints::SIGN_IN, who, "", &body, &[]);
        request.headers.retain(|(name, _)| name != PERSON_HEADER);
        let _: Session = read(&request, &self.send(&request)?)?;
        self.signed().insert(who.to_owned());
        Ok(())
    }

    /// Forgets that somebody is signed in: the case signed them out.
    pub(crate) fn forget(&self, who: &str) {
        self.signed().remove(who);
    }

    fn signed(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.signed_in.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the demonstration data anew; nobody is signed in afterwards.
    #[track_caller]
    pub(crate) fn reset(&self) -> Result<Session, Failure> {
        self.signed().clear();
        self.ask(&endpoints::RESET, NOBODY, "", &())
    }

    /// Sets the clock forward.
    #[track_caller]
    pub(crate) fn days(&self, days: u32) -> Result<(), Failure> {
        let mut left = days;
        while left > 0 {
            let step = left.min(DAYS_AT_ONCE);
            let _: ClockAnswer = self.ask(&endpoints::CLOCK_SET, NOBODY, "", &SetClock { days: step })?;
            left -= step;
        }
        Ok(())
    }
}

/// Reads the answer to a request.
#[track_caller]
pub(crate) fn read<A: DeserializeOwned>(request: &Request, reply: &Reply) -> Result<A, Failure> {
    let told = |what: String| Failure::new(format!("{} {}: {what}", request.method, request.path));
    if reply.status == 200 {
        return serde_json::from_str(&reply.body)
            .map_err(|error| told(format!("an answer that cannot be read: {error}: {}", short(&reply.body))));
    }
    let error = ApiError::from_json(&reply.body).map(Box::new);
    let message = match &error {
        Some(error) => told(format!("{} {error:?}", reply.status)),
        None => told(format!("{} {}", reply.status, short(&reply.body))),
    };
    Err(Failure { error, ..message })
}

/// The visit of a person.
fn visit(who: &str) -> String {
    if who == NOBODY { "visit-of-nobody".to_owned() } else { format!("visit-of-{who}") }
}

/// A method as it is written.
pub(crate) fn name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    }
}
