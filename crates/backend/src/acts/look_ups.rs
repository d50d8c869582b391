//! What is known of an address or a site name before a trial is started.

use contract::error::ApiError;
use contract::trials::{LookUp, LookUpAnswer, SiteNameAnswer};
use rules::clock::Instant;
use rules::draft::{Facts, Field, email};
use rules::ids::PartnerId;
use rules::site::SiteName;
use rules::verdict::Problem;

use crate::call::{Answer, Call, Failure};
use crate::records::{ADDRESSES, CountedLookUp, Holder, LOOK_UPS, LookUps, SITE_NAMES};
use crate::store::{Commit, Fault, Outcome, Store};
use crate::upkeep::LOOK_UP_HOURS;

/// Look-ups that one person may do within an hour (X1).
const LOOK_UPS_MAX: usize = 20;

/// Whether an address belongs to an existing organisation (X1). Nothing more is
/// said of that organisation.
pub(crate) async fn look_up(call: Call, look_up: LookUp) -> Result<Answer<LookUpAnswer>, Failure> {
    let address = email(&look_up.administrator_email)
        .map_err(|kind| ApiError::Invalid { problems: vec![Problem { field: Field::AdministratorEmail, kind }] })?;
    call.until_stored(async || {
        let commit = count(&call, &address).await?;
        let facts = facts_of_address(call.store(), &call.signed()?.partner.id, &address).await?;
        let answer = if facts.own_organisation {
            LookUpAnswer::OwnOrganisation
        } else if facts.organisation_exists {
            LookUpAnswer::Exists
        } else {
            LookUpAnswer::New
        };
        call.act(commit, Answer::of(&answer)).await
    })
    .await
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

/// What the backend knows of an address, for a partner (N2, P4).
pub(crate) async fn facts_of_address(store: &dyn Store, partner: &PartnerId, address: &str) -> Result<Facts, Fault> {
    let holder = ADDRESSES.get(store, address).await?.map(|holder| holder.value);
    let own_organisation = matches!(&holder, Some(Holder::Partner(id)) if id == partner);
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
