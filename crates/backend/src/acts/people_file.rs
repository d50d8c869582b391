//! People taken from a file or as they were typed, in a set-up (U2) and in the hub (H5).
//!
//! Adding overwrites nothing, so it carries no version and no digest: what became of each line is
//! the answer, also where it is no longer what the preview said.

use contract::error::ApiError;
use contract::set_up::{PeopleTaken, TakePeople};
use rules::act::{Act, Taking, addresses_to_ask_for, may_take_people, outcomes};
use rules::ids::{PartnerId, PersonId, TrialId};
use rules::set_up::check_people;
use rules::set_up::file::{self, Line, LineReport, TAKEN_MAX};

use super::acting::{Present, decided, partner_of, refused, store};
use super::hub;
use super::set_up;
use crate::call::{Answer, Call, Failure};
use crate::environment::random_id;
use crate::records::ADDRESSES;
use crate::store::Commit;

/// What each line would bring in the hub.
pub(crate) async fn hub_preview(call: Call, asked: TakePeople) -> Result<Answer<PeopleTaken>, Failure> {
    previewed(&call, hub::own(&call).await?, None, &asked).await
}

/// Takes people in the hub.
pub(crate) async fn hub_take(call: Call, asked: TakePeople) -> Result<Answer<PeopleTaken>, Failure> {
    call.until_stored(async || taken(&call, hub::own(&call).await?, None, &asked).await).await
}

/// What each line would bring in a set-up.
pub(crate) async fn set_up_preview(call: Call, asked: TakePeople) -> Result<Answer<PeopleTaken>, Failure> {
    let trial = TrialId(call.parameter.clone());
    previewed(&call, set_up::present(&call).await?, Some(trial), &asked).await
}

/// Takes people in a set-up.
pub(crate) async fn set_up_take(call: Call, asked: TakePeople) -> Result<Answer<PeopleTaken>, Failure> {
    let trial = TrialId(call.parameter.clone());
    call.until_stored(async || taken(&call, set_up::present(&call).await?, Some(trial.clone()), &asked).await).await
}

async fn previewed(
    call: &Call,
    mut present: Present,
    trial: Option<TrialId>,
    asked: &TakePeople,
) -> Result<Answer<PeopleTaken>, Failure> {
    let taking = taking(call, &mut present, trial, asked).await?;
    let (members, lines) = outcomes(&present.organisation, &taking, &present.facts, call.now);
    Ok(Answer::of(&answered(members.len(), lines, present.version())))
}

async fn taken(
    call: &Call,
    mut present: Present,
    trial: Option<TrialId>,
    asked: &TakePeople,
) -> Result<Option<Answer<PeopleTaken>>, Failure> {
    let taking = taking(call, &mut present, trial, asked).await?;
    let (members, lines) = outcomes(&present.organisation, &taking, &present.facts, call.now);
    let answer = |version| Answer::with_version(&answered(members.len(), lines, version), version);
    if members.is_empty() {
        // There is nothing to write in the journal.
        return call.act(Commit::default(), answer(present.version())).await;
    }
    let trial = taking.trial.as_ref().and_then(|id| present.organisation.trial(id));
    let partner: Option<PartnerId> = trial.map(|trial| trial.partner.clone());
    let partner = partner_of(call, partner.as_ref())?;
    let decided = decided(call, &present, Act::TakePeople(Box::new(taking)), &partner)?;
    store(call, &present, decided.change, Commit::default(), answer).await
}

fn answered(taken: usize, lines: Vec<LineReport>, version: u64) -> PeopleTaken {
    PeopleTaken { taken: u32::try_from(taken).unwrap_or(u32::MAX), lines, version }
}

/// What is to be taken, with what has to be known of its addresses. Who may take nobody is told
/// that first (P7).
async fn taking(
    call: &Call,
    present: &mut Present,
    trial: Option<TrialId>,
    asked: &TakePeople,
) -> Result<Taking, Failure> {
    may_take_people(&present.organisation, trial.as_ref(), present.context(call)).map_err(refused)?;
    let lines = lines(asked)?;
    let mut free = 0;
    for address in addresses_to_ask_for(&present.organisation, &lines) {
        if free == TAKEN_MAX {
            break;
        }
        match ADDRESSES.get(call.store(), address).await? {
            Some(_) => drop(present.facts.addresses_elsewhere.insert(address.to_owned())),
            None => free += 1,
        }
    }
    let ids = (0..free).map(|_| PersonId(random_id(call.backend.environment.as_ref()))).collect();
    Ok(Taking { lines, ids, given: hub::told(call, &present.organisation)?, trial })
}

fn lines(asked: &TakePeople) -> Result<Vec<Line>, Failure> {
    match asked {
        TakePeople::File(text) => file::read(text.as_bytes()).map_err(refused),
        TakePeople::ByHand(people) => {
            check_people(people).map_err(|problems| Failure::Api(ApiError::Invalid { problems }))
        }
    }
}
