//! What is asked of a hub, the own organisation's or that of a customer (H, Q10).

use contract::endpoints::{self, Endpoint, encode};
use contract::hub::{AddPerson, ChangePerson, Hub, HubSettings, PeopleList, PersonDone};
use contract::trials::TrialInventory;
use rules::ids::{OrganisationId, PersonId, TrialId};
use rules::people::Language;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::send::{Call, MadeFrom, send};
use super::{Failure, Key, parsed, read, written};

/// The hub of the own organisation, or of a customer for a partner with access (H1, Q10).
///
/// # Errors
/// `Refused` for those who may not see it (P5, H3).
pub async fn hub_of(of: Option<&OrganisationId>) -> Result<Hub, Failure> {
    read(&endpoints::HUB, address(endpoints::HUB.path, of, &[])).await
}

/// A page of the people whom a search finds (H5).
///
/// # Errors
/// `Refused` for a partner without full administrator access (X10).
pub async fn people_list(
    of: Option<&OrganisationId>,
    search: &str,
    cursor: Option<&str>,
) -> Result<PeopleList, Failure> {
    let parts = [("q", search), ("cursor", cursor.unwrap_or_default())];
    read(&endpoints::HUB_PEOPLE, address(endpoints::HUB_PEOPLE.path, of, &parts)).await
}

/// Adds a person (H5). The caller keeps the key for as long as the same person is meant.
///
/// # Errors
/// `Invalid` for what is no address, `Refused` with the reason.
pub async fn person_add(of: Option<&OrganisationId>, person: &AddPerson, key: &Key) -> Result<PersonDone, Failure> {
    act_in(&endpoints::HUB_PERSON_ADD, "", of, person, None, key).await
}

/// Changes a person's role and services, made from a version (H5).
///
/// # Errors
/// `Stale` when something there was changed since, `Refused` with the reason.
pub async fn person_change(
    of: Option<&OrganisationId>,
    person: &PersonId,
    change: &ChangePerson,
    version: u64,
    key: &Key,
) -> Result<PersonDone, Failure> {
    act_in(&endpoints::HUB_PERSON_CHANGE, person.as_str(), of, change, Some(version), key).await
}

/// Removes a person, made from a version (H5).
///
/// # Errors
/// As [`person_change`].
pub async fn person_remove(
    of: Option<&OrganisationId>,
    person: &PersonId,
    version: u64,
    key: &Key,
) -> Result<PersonDone, Failure> {
    act_in(&endpoints::HUB_PERSON_REMOVE, person.as_str(), of, &(), Some(version), key).await
}

/// Sets the organisation's name and the language of its mails, made from a version (H7).
///
/// # Errors
/// As [`person_change`].
pub async fn settings_set(
    of: Option<&OrganisationId>,
    settings: &HubSettings,
    version: u64,
    key: &Key,
) -> Result<Hub, Failure> {
    act_in(&endpoints::HUB_SETTINGS, "", of, settings, Some(version), key).await
}

/// What will be lost with a trial, as it is read and as it is kept (L9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryFiles {
    /// What is lost, and when.
    pub told: TrialInventory,
    /// The same as a file of JSON.
    pub json: String,
    /// The same as a file of CSV; `None` where it was not asked for.
    pub csv: Option<String>,
}

/// What will be lost with a trial; the table for spreadsheets comes with it where the reader may
/// download it.
///
/// # Errors
/// `NotFound` where there is no such trial for the reader.
pub async fn inventory_view(trial: &TrialId, language: Language, with_csv: bool) -> Result<InventoryFiles, Failure> {
    let json = send(Call::read(endpoints::INVENTORY.method, endpoints::INVENTORY.with(trial.as_str()))).await?;
    let csv = match with_csv {
        true => {
            let path = format!("{}?language={}", endpoints::INVENTORY_CSV.with(trial.as_str()), language.name());
            // The mark by which spreadsheets know UTF-8 is taken off on the way.
            Some(format!("\u{feff}{}", send(Call::read(endpoints::INVENTORY_CSV.method, path)).await?))
        }
        false => None,
    };
    Ok(InventoryFiles { told: parsed(&json)?, json, csv })
}

/// An act in a hub.
pub(super) async fn act_in<Q: Serialize, A: DeserializeOwned>(
    endpoint: &Endpoint<Q, A>,
    id: &str,
    of: Option<&OrganisationId>,
    body: &Q,
    version: Option<u64>,
    key: &Key,
) -> Result<A, Failure> {
    let call = Call::act(endpoint.method, address(&endpoint.with(id), of, &[]), written(body)?, key);
    let call = match version {
        Some(version) => call.made_from(MadeFrom::Version(version)),
        None => call,
    };
    parsed(&send(call).await?)
}

/// The address of something in a hub; an empty part says nothing and is left out.
fn address(path: &str, of: Option<&OrganisationId>, parts: &[(&str, &str)]) -> String {
    let of = of.map(|id| ("organisation", id.as_str()));
    let all = of.into_iter().chain(parts.iter().copied()).filter(|(_, value)| !value.is_empty());
    let written: Vec<String> = all.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if written.is_empty() { path.to_owned() } else { format!("{path}?{}", written.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn whose_hub_it_is_and_what_is_searched_stand_in_the_address_q10_h5() {
        let parts = [("q", "a&b"), ("cursor", "")];
        assert_eq!(address("/hub", None, &[]), "/hub");
        assert_eq!(address("/hub", Some(&"o/1".into()), &parts), "/hub?organisation=o%2F1&q=a%26b");
    }
}
