//! What may be forgotten is forgotten: once a day, with the first act of it.

use rules::clock::{Day, Instant};

use crate::records::{DEPLOYMENT, DRAFTS, LOOK_UPS, RECEIPTS};
use crate::router::Backend;
use crate::store::{Commit, Fault, Outcome};

/// Hours for which a receipt is kept. A browser sends a request again within
/// seconds; a page that slept over night may do it the next morning.
const RECEIPT_HOURS: i64 = 36;

/// Hours after which a look-up of an organisation counts no more (X1).
pub(crate) const LOOK_UP_HOURS: i64 = 1;

/// Under which key the day of the last upkeep is noted, in days since 1970.
const LAST: &str = "upkeep";

/// Throws away receipts, drafts (N18) and look-ups (X1) whose time is over. It
/// is a commit of its own: when another act did it first there is nothing to do.
pub(crate) async fn keep_up(backend: &Backend, now: Instant) -> Result<(), Fault> {
    let store = backend.store.as_ref();
    let day = u64::try_from(now.timestamp().div_euclid(24 * 3600)).unwrap_or_default();
    let last = DEPLOYMENT.get(store, LAST).await?;
    if last.as_ref().is_some_and(|last| last.value == day) {
        return Ok(());
    }
    let mut commit = Commit::default();
    commit.expect(&DEPLOYMENT, LAST, last.map(|last| last.version));
    commit.put(&DEPLOYMENT, LAST, &day);
    let receipts_from = now - chrono::TimeDelta::hours(RECEIPT_HOURS);
    for (key, receipt) in RECEIPTS.list(store, "").await? {
        if receipt.value.at < receipts_from {
            commit.delete(&RECEIPTS, key);
        }
    }
    for (key, draft) in DRAFTS.list(store, "").await? {
        if !draft.value.is_kept(Day::of(now)) {
            // A draft that is being written to right now is not over.
            commit.expect(&DRAFTS, key.clone(), Some(draft.version));
            commit.delete(&DRAFTS, key);
        }
    }
    let look_ups_from = now - chrono::TimeDelta::hours(LOOK_UP_HOURS);
    for (key, look_ups) in LOOK_UPS.list(store, "").await? {
        if look_ups.value.counted.iter().all(|look_up| look_up.at <= look_ups_from) {
            commit.expect(&LOOK_UPS, key.clone(), Some(look_ups.version));
            commit.delete(&LOOK_UPS, key);
        }
    }
    match store.commit(commit).await? {
        Outcome::Stored | Outcome::Conflict | Outcome::Repeated(_) => Ok(()),
    }
}
