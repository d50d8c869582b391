//! One request on its way through the backend, and its answer.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::http::HeaderMap;
use contract::error::ApiError;
use rules::clock::{Day, Instant};
use serde::Serialize;

use crate::receipts;
use crate::router::Backend;
use crate::store::{Commit, Fault, Outcome, Store, json};
use crate::visitors::Signed;

/// How often an act is decided anew because another one came in between.
const ATTEMPTS: usize = 8;

/// A request, with all that an act may ask of it.
pub(crate) struct Call {
    pub(crate) backend: Arc<Backend>,
    /// Who is signed in.
    pub(crate) signed_in: Option<Signed>,
    /// The visit it belongs to.
    pub(crate) visit: String,
    /// The one parameter of its path; empty where the path has none.
    pub(crate) parameter: String,
    /// The query of its address; empty where there is none.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// When it came in: the same instant for all that it does.
    pub(crate) now: Instant,
    /// Its idempotency key; empty for a request that only reads.
    pub(crate) key: String,
    /// Hash of person, method, path and body (G2).
    pub(crate) fingerprint: String,
}

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The answer says why.
    Api(ApiError),
    /// The store could not answer.
    Store(Fault),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Failure {
        Failure::Api(error)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Store(fault)
    }
}

/// In what the body of an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// As nearly all are.
    Json,
    /// A download (Q5).
    Csv,
    /// A document that needs no program (X19).
    Html,
}

impl Media {
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Media::Json => "application/json",
            Media::Csv => "text/csv; charset=utf-8",
            Media::Html => "text/html; charset=utf-8",
        }
    }
}

/// An answer of type `A`, written already.
#[derive(Debug)]
pub(crate) struct Answer<A> {
    pub(crate) body: String,
    /// The version, for `ETag`.
    pub(crate) version: Option<u64>,
    /// In what the body is written.
    pub(crate) media: Media,
    kind: PhantomData<fn() -> A>,
}

impl<A: Serialize> Answer<A> {
    pub(crate) fn of(answer: &A) -> Answer<A> {
        Answer::written(json(answer), None)
    }

    pub(crate) fn with_version(answer: &A, version: u64) -> Answer<A> {
        Answer::written(json(answer), Some(version))
    }
}

impl<A> Answer<A> {
    /// An answer as it was written before.
    pub(crate) fn written(body: String, version: Option<u64>) -> Answer<A> {
        Answer { body, version, media: Media::Json, kind: PhantomData }
    }

    /// The answer as the router passes it on, whatever its type.
    pub(crate) fn untyped(self) -> Answer<()> {
        Answer { body: self.body, version: self.version, media: self.media, kind: PhantomData }
    }

    /// The answer, which is no JSON.
    pub(crate) fn written_as(self, media: Media) -> Answer<A> {
        Answer { media, ..self }
    }
}

impl Call {
    pub(crate) fn store(&self) -> &dyn Store {
        self.backend.store.as_ref()
    }

    /// The backend's day (L1).
    pub(crate) fn today(&self) -> Day {
        Day::of(self.now)
    }

    /// Who is signed in. A route that asks for a right has somebody.
    pub(crate) fn signed(&self) -> Result<&Signed, Failure> {
        self.signed_in.as_ref().ok_or(Failure::Api(ApiError::NotSignedIn))
    }

    /// Stores an act together with its receipt (G2). `None` when another act
    /// came in between: then the facts have to be gathered anew.
    pub(crate) async fn act<A>(&self, mut commit: Commit, answer: Answer<A>) -> Result<Option<Answer<A>>, Failure> {
        commit.receipt = Some(receipts::put(self, &answer));
        match self.store().commit(commit).await? {
            Outcome::Stored => Ok(Some(answer)),
            Outcome::Conflict => Ok(None),
            Outcome::Repeated(record) => {
                let receipt = serde_json::from_str(&record.json).map_err(|error| Fault::Failed(error.to_string()))?;
                Ok(Some(receipts::repeat(receipt, &self.fingerprint)?))
            }
        }
    }

    /// Gathers facts, decides and stores, again and again until no other act
    /// comes in between.
    pub(crate) async fn until_stored<A, F>(&self, attempt: impl Fn() -> F) -> Result<Answer<A>, Failure>
    where
        F: Future<Output = Result<Option<Answer<A>>, Failure>>,
    {
        for _ in 0..ATTEMPTS {
            if let Some(answer) = attempt().await? {
                return Ok(answer);
            }
        }
        Err(Failure::Api(ApiError::Unavailable))
    }
}
