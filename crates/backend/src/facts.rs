//! The facts that the law is told: gathered anew for every decision.

use std::collections::BTreeSet;

use rules::act::{Facts, PartnerFacts};
use rules::ids::PartnerId;
use rules::organisation::Organisation;
use rules::people::{Person, Tier};

use crate::records::{PARTNERS, PEOPLE};
use crate::router::Backend;
use crate::store::{Fault, Store};

/// The people of a partner.
pub(crate) async fn people_of(store: &dyn Store, partner: &PartnerId) -> Result<Vec<Person>, Fault> {
    let people = PEOPLE.list(store, &format!("{partner}/")).await?;
    Ok(people.into_iter().map(|(_, person)| person.value).collect())
}

/// The facts about the partners of an organisation, about further ones, and about the
/// distributors of those of tier 2.
pub(crate) async fn gather(
    backend: &Backend,
    organisation: Option<&Organisation>,
    further: impl IntoIterator<Item = PartnerId>,
) -> Result<Facts, Fault> {
    let store = backend.store.as_ref();
    let own = organisation.into_iter().flat_map(|organisation| &organisation.partners);
    let mut wanted: Vec<PartnerId> = own.map(|management| management.partner.clone()).chain(further).collect();
    let mut seen = BTreeSet::new();
    let mut facts =
        Facts { extension_address: backend.deployment.settings.device_extension_email.clone(), ..Facts::default() };
    while let Some(id) = wanted.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        if let Some(partner) = PARTNERS.get(store, id.as_str()).await? {
            if let Tier::Two { distributor } = &partner.value.tier {
                wanted.push(distributor.clone());
            }
            let people = people_of(store, &id).await?;
            facts.partners.insert(id, PartnerFacts { partner: partner.value, people });
        }
    }
    Ok(facts)
}
