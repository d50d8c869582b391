//! The outage of a demonstration: a company of a certain name finds the backend
//! down, so that what the console does then can be seen by anybody (G6).

use std::sync::atomic::{AtomicI64, Ordering};

use contract::error::ApiError;
use rules::clock::Instant;
use rules::draft::TrialDraft;

use crate::call::{Call, Failure};
use crate::records::OUTAGES;
use crate::store::{Commit, Fault, Outcome, Store};

/// The name of that company.
const OUTAGE_COMPANY: &str = "Outage Ltd";

/// For how long the backend then answers nothing, in seconds. It is longer than
/// the console tries by itself, so that the reader sees the failure.
const OUTAGE_SECONDS: i64 = 20;

/// Until when the backend is down, in seconds since 1970.
#[derive(Debug, Default)]
pub(crate) struct Outages {
    until: AtomicI64,
}

impl Outages {
    /// Takes up an outage that began before this instance of the backend did.
    pub(crate) async fn load(&self, store: &dyn Store) -> Result<(), Fault> {
        let outages = OUTAGES.list(store, "").await?;
        let until = outages.iter().map(|(_, outage)| outage.value.timestamp()).max();
        self.until.store(until.unwrap_or_default(), Ordering::Relaxed);
        Ok(())
    }

    /// `Ok` unless the backend is down at an instant.
    pub(crate) fn check(&self, now: Instant) -> Result<(), ApiError> {
        match now.timestamp() < self.until.load(Ordering::Relaxed) {
            true => Err(ApiError::Unavailable),
            false => Ok(()),
        }
    }

    fn begin(&self, until: Instant) {
        self.until.store(until.timestamp(), Ordering::Relaxed);
    }

    /// Ends whatever outage there is.
    pub(crate) fn end(&self) {
        self.until.store(0, Ordering::Relaxed);
    }
}

/// Brings about the outage at the first save of a draft of that company. The
/// second save of the same draft goes through.
pub(crate) async fn strike(call: &Call, draft_key: &str, draft: &TrialDraft) -> Result<(), Failure> {
    if !call.backend.deployment.demonstration || draft.company_name.trim() != OUTAGE_COMPANY {
        return Ok(());
    }
    let until = call.now + chrono::TimeDelta::seconds(OUTAGE_SECONDS);
    let mut commit = Commit::default();
    commit.make(&OUTAGES, draft_key, &until);
    match call.store().commit(commit).await? {
        Outcome::Stored => {
            call.backend.outages.begin(until);
            Err(Failure::Api(ApiError::Unavailable))
        }
        // The draft had its outage already.
        Outcome::Conflict | Outcome::Repeated(_) => Ok(()),
    }
}
