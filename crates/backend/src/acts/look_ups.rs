//! What is known of an address or a site name before a trial is started.

use contract::error::ApiError;
use contract::trials::{EligibilityList, ExistingOrganisation, LookUp, LookUpAnswer, SiteNameAnswer};
use rules::clock::Instant;
use rules::consent::may_send;
use rules::draft::{Facts, Field, email};
use rules::eligibility::eligibility;
use rules::ids::OrganisationId;
use rules::organisation::{AccessLevel, Organisation};
use rules::people::{in_charge, may_see};
use rules::site::SiteName;
use rules::trial::{State, Trial};
use rules::verdict::Problem;

use super::acting::{Present, partner_of};
use super::seeing::require_customer;
use crate::call::{Answer, Call, Failure};
use crate::organisations::Loaded;
use crate::records::{ADDRESSES, CountedLookUp, Holder, LOOK_UPS, LookUps, SITE_NAMES};
use crate::store::{Commit, Fault, Outcome, Store};
use crate::upkeep::LOOK_UP_HOURS;

/// Look-ups that one person may do within an hour (X1).
const LOOK_UPS_MAX: usize = 20;

/// What an address is, and what the partner may know of the organisation that it
/// belongs to (X1, P8).
pub(crate) async fn look_up(call: Call, look_up: LookUp) -> Result<Answer<LookUpAnswer>, Failure> {
    let address = email(&look_up.administrator_email)
        .map_err(|kind| ApiError::Invalid { problems: vec![Problem { field: Field::AdministratorEmail, kind }] })?;
    call.until_stored(async || {
        let commit = count(&call, &address).await?;
        let answer = found(&call, &address).await?;
        call.act(commit, Answer::of(&answer)).await
    })
    .await
}

async fn found(call: &Call, address: &str) -> Result<LookUpAnswer, Failure> {
    let partner = partner_of(call, None)?;
    let organisation = match ADDRESSES.get(call.store(), address).await?.map(|holder| holder.value) {
        None => return Ok(LookUpAnswer::New),
        Some(Holder::Partner(holder)) if holder == partner => return Ok(LookUpAnswer::OwnOrganisation),
        Some(Holder::Partner(_) | Holder::TrialsTeam) => return Ok(LookUpAnswer::NotACustomer),
        Some(Holder::Organisation(id)) => id,
    };
    let present = Present::of(call, Loaded::of(call.store(), &organisation).await?).await?;
    let organisation = &present.organisation;
    if let Some(management) = organisation.management(&partner) {
        // A colleague's customer is one also when it was only asked, and refused (X1, P2).
        if !may_see(&call.signed()?.actor, &partner, &management.assignment) {
            let people = present.facts.people(&partner);
            let in_charge = in_charge(people, &management.assignment).map(|person| person.name.clone());
            return Ok(LookUpAnswer::NotYours { in_charge });
        }
        let customer = organisation.id.clone();
        let own = |trial: &&Trial| trial.partner == partner;
        if organisation.trials.iter().filter(own).any(|trial| trial.state(call.today()) == State::Pending) {
            return Ok(LookUpAnswer::RequestOpen { customer });
        }
        if management.access.as_ref().is_some_and(|access| access.level == AccessLevel::FullAdministrator) {
            return Ok(LookUpAnswer::Managed { customer });
        }
    }
    Ok(LookUpAnswer::Existing(Box::new(ExistingOrganisation {
        organisation: organisation.id.clone(),
        name: organisation.name.clone(),
        country: organisation.country,
        region: organisation.region,
        administrator: organisation.masked_administrator(),
        may_ask: may_send(organisation, &partner, call.now),
        services: eligibility(organisation, &partner, call.now),
    })))
}

/// Whether each service can be offered to a customer that the reader's partner has access
/// to, or to an organisation that they have looked up within the hour. Having asked there
/// once, or having had access, lets nobody look on for ever without being counted (N11,
/// X1, X4, P8).
pub(crate) async fn eligible(call: Call, (): ()) -> Result<Answer<EligibilityList>, Failure> {
    let partner = partner_of(&call, None)?;
    let id = OrganisationId(call.parameter.clone());
    let present = Present::of(&call, Loaded::of(call.store(), &id).await?).await?;
    let organisation = &present.organisation;
    let manages = organisation.access(&partner).is_some() && require_customer(&call, organisation).is_ok();
    if !manages && !looked_up(&call, organisation).await? {
        return Err(Failure::Api(ApiError::NotFound));
    }
    Ok(Answer::of(&EligibilityList { services: eligibility(organisation, &partner, call.now) }))
}

/// Whether the reader has looked up an address of an organisation within the hour.
async fn looked_up(call: &Call, organisation: &Organisation) -> Result<bool, Failure> {
    let found = LOOK_UPS.get(call.store(), call.signed()?.actor.person.id.as_str()).await?;
    let hour = chrono::TimeDelta::hours(LOOK_UP_HOURS);
    let counted = found.into_iter().flat_map(|found| found.value.counted);
    let mut recent = counted.filter(|look_up| call.now < look_up.at + hour);
    Ok(recent.any(|look_up| organisation.member_of_address(&look_up.address).is_some()))
}

/// The organisation that an address belongs to.
pub(crate) async fn organisation_of(store: &dyn Store, address: &str) -> Result<Option<OrganisationId>, Fault> {
    match ADDRESSES.get(store, address).await?.map(|holder| holder.value) {
        Some(Holder::Organisation(id)) => Ok(Some(id)),
        Some(Holder::Partner(_) | Holder::TrialsTeam) | None => Ok(None),
    }
}

/// Whether a site name is free (N12).
pub(crate) async fn site_name(call: Call, (): ()) -> Result<Answer<SiteNameAnswer>, Failure> {
    let free = match SiteName::parse(&call.parameter) {
        Ok(name) => !is_taken(call.store(), &name).await?,
        Err(_) => false,
    };
    Ok(Answer::of(&SiteNameAnswer { free }))
}

/// Whether a site name was given out before, to anyone (N12).
pub(crate) async fn is_taken(store: &dyn Store, name: &SiteName) -> Result<bool, Fault> {
    Ok(SITE_NAMES.get(store, name.as_str()).await?.is_some())
}

/// What the backend knows of an address, for the reader's partner (N2, P4).
pub(crate) async fn facts_of_address(call: &Call, address: &str) -> Result<Facts, Failure> {
    let partner = partner_of(call, None)?;
    let holder = ADDRESSES.get(call.store(), address).await?.map(|holder| holder.value);
    let own_organisation = matches!(&holder, Some(Holder::Partner(id)) if *id == partner);
    Ok(Facts { own_organisation, organisation_exists: holder.is_some() && !own_organisation, ..Facts::default() })
}

/// Counts a look-up of an address without an answer of its own. A preview and a
/// save tell as much of an address as a look-up does, so they count as one (X1).
pub(crate) async fn counted(call: &Call, address: &str) -> Result<(), Failure> {
    call.until_stored(async || {
        let commit = count(call, address).await?;
        if commit == Commit::default() {
            return Ok(Some(Answer::of(&())));
        }
        match call.store().commit(commit).await? {
            Outcome::Stored | Outcome::Repeated(_) => Ok(Some(Answer::of(&()))),
            Outcome::Conflict => Ok(None),
        }
    })
    .await?;
    Ok(())
}

/// What counting a look-up has to store: nothing when the same address was
/// looked up within the hour.
async fn count(call: &Call, address: &str) -> Result<Commit, Failure> {
    let person = call.signed()?.actor.person.id.as_str();
    let found = LOOK_UPS.get(call.store(), person).await?;
    let version = found.as_ref().map(|found| found.version);
    let look_ups = found.map(|found| found.value).unwrap_or_default();
    let mut commit = Commit::default();
    if let Some(look_ups) = look_ups.with(address, call.now)? {
        commit.expect(&LOOK_UPS, person, version);
        commit.put(&LOOK_UPS, person, &look_ups);
    }
    Ok(commit)
}

impl LookUps {
    /// The look-ups after one more; `None` when it does not count.
    ///
    /// # Errors
    /// With the time to wait, when there were too many within the hour (X1).
    fn with(mut self, address: &str, now: Instant) -> Result<Option<LookUps>, ApiError> {
        let hour = chrono::TimeDelta::hours(LOOK_UP_HOURS);
        self.counted.retain(|look_up| now < look_up.at + hour);
        if self.counted.iter().any(|look_up| look_up.address == address) {
            return Ok(None);
        }
        if let Some(earliest) = self.counted.first()
            && self.counted.len() >= LOOK_UPS_MAX
        {
            // Rounded up, so that who waits as told is not told to wait again.
            let wait = (earliest.at + hour - now).num_seconds() + 1;
            let wait_seconds = u32::try_from(wait).unwrap_or(u32::MAX);
            return Err(ApiError::TooMany { wait_seconds });
        }
        self.counted.push(CountedLookUp { address: address.to_owned(), at: now });
        Ok(Some(self))
    }
}
