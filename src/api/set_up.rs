//! What is asked of the backend about the set-up of a trial, and about people who are taken from a
//! file or from rows (U, H5).

use contract::endpoints::{self, Endpoint};
use contract::set_up::{PeopleTaken, SetUpDetail, SetUpKept, TakePeople};
use contract::trials::{ActDone, ActPreview, Order};
use rules::ids::{OrganisationId, TrialId};
use rules::people::Language;
use rules::set_up::SetUpDraft;

use super::hub::act_in;
use super::send::{Call, send};
use super::{Failure, Key, act_from, parsed, read, written};

/// The set-up of a trial, with its terms in a language.
///
/// # Errors
/// `NotFound` when there is none for the reader, `Refused` where it is not theirs to see.
pub async fn set_up_view(trial: &TrialId, language: Language) -> Result<SetUpDetail, Failure> {
    let path = format!("{}?language={}", endpoints::SET_UP.with(trial.as_str()), language.name());
    read(&endpoints::SET_UP, path).await
}

/// Keeps what was typed in a set-up, made from a version; 0 while nothing is kept (U3).
///
/// # Errors
/// `Stale` when the other side, or another tab, typed in it since (G2).
pub async fn set_up_keep(trial: &TrialId, typed: &SetUpDraft, version: u64) -> Result<SetUpKept, Failure> {
    act_from(&endpoints::SET_UP_KEEP, trial.as_str(), typed, version, &Key::new()).await
}

/// What finishing a set-up would bring (X12, U3).
///
/// # Errors
/// `Invalid` with what cannot be taken of what was typed, `Refused` where it may not be finished.
pub async fn set_up_finish_preview(trial: &TrialId) -> Result<ActPreview, Failure> {
    let endpoint = endpoints::SET_UP_PREVIEW;
    parsed(&send(Call::act(endpoint.method, endpoint.with(trial.as_str()), None, &Key::new())).await?)
}

/// Finishes a set-up as it was previewed. The caller keeps the key for as long as the same is
/// meant (G2).
///
/// # Errors
/// `Stale` or `OutOfDate` when it would bring something else by now.
pub async fn set_up_finish(trial: &TrialId, of: &ActPreview, key: &Key) -> Result<ActDone, Failure> {
    let order = Order { act: (), digest: of.digest.clone() };
    act_from(&endpoints::SET_UP_FINISH, trial.as_str(), &order, of.version, key).await
}

/// Into what people are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakenInto {
    /// Into the organisation, in the set-up of a trial (U2).
    SetUp(TrialId),
    /// Into the own organisation, or that of a customer (H5).
    Hub(Option<OrganisationId>),
}

/// What each line of a file, or each row, would bring; nothing is stored.
///
/// # Errors
/// `Invalid` with what is wrong with the rows, `Refused` with what is wrong with the file, or why the
/// reader may take nobody.
pub async fn people_check(into: &TakenInto, people: &TakePeople) -> Result<PeopleTaken, Failure> {
    match into {
        TakenInto::SetUp(trial) => take_in(&endpoints::SET_UP_PEOPLE_PREVIEW, trial, people, &Key::new()).await,
        TakenInto::Hub(of) => {
            act_in(&endpoints::HUB_PEOPLE_FILE_PREVIEW, "", of.as_ref(), people, None, &Key::new()).await
        }
    }
}

/// Takes the people of the good lines, and names the others. The caller keeps the key for as long as
/// the same is meant (G2).
///
/// # Errors
/// As [`people_check`].
pub async fn people_take(into: &TakenInto, people: &TakePeople, key: &Key) -> Result<PeopleTaken, Failure> {
    match into {
        TakenInto::SetUp(trial) => take_in(&endpoints::SET_UP_PEOPLE, trial, people, key).await,
        TakenInto::Hub(of) => act_in(&endpoints::HUB_PEOPLE_FILE, "", of.as_ref(), people, None, key).await,
    }
}

async fn take_in(
    endpoint: &Endpoint<TakePeople, PeopleTaken>,
    trial: &TrialId,
    people: &TakePeople,
    key: &Key,
) -> Result<PeopleTaken, Failure> {
    let call = Call::act(endpoint.method, endpoint.with(trial.as_str()), written(people)?, key);
    parsed(&send(call).await?)
}
