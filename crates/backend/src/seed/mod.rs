//! The demonstration data (G6): partners, their people, and customers in every
//! state that a list can show.
//!
//! Every date is counted from the day on which the data are made, so the states
//! are the same on any day. All of it is made by the law's own acts, each as of its
//! own day, so that every customer has the journal and the mails that it would have.

mod bundles;
mod customer;
mod fjord;
mod life;
mod noordzee;
mod noordzee_over;
mod people;

use std::collections::BTreeMap;

use rules::act::{Facts, PartnerFacts};
use rules::clock::{Day, Instant};
use rules::ids::PartnerId;
use rules::people::{Actor, PartnerRole, Role};

#[cfg(not(test))]
use self::customer::Customer;
use self::customer::Making;
#[cfg(test)]
pub(crate) use self::customer::{Customer, When, customer};
pub(crate) use self::people::introduced;
use crate::consent::Signer;
use crate::due::note_played;
use crate::environment::{Deployment, Environment};
use crate::records::{ADDRESSES, DEPLOYMENT, HOMES, Holder, Home, PARTNERS, PEOPLE};
use crate::router::DATA;
use crate::store::Commit;

/// Raised when records of an older build can no longer be read, or the data
/// become other ones: a demonstration then makes older data anew. Newer data are
/// left alone, so that an old worker that still runs does not wipe them.
pub(crate) const FORMAT: u64 = 5;

/// Throws everything away but the key of receipts, and stores the demonstration data, as of an
/// instant.
///
/// # Panics
/// When a customer below breaks a rule; a test makes them all.
pub(crate) fn commit(now: Instant, deployment: &Deployment, environment: &dyn Environment, signer: &Signer) -> Commit {
    let mut commit = Commit { clear: true, ..Commit::default() };
    signer.put(&mut commit);
    let partners = people::partners();
    let people = people::people();
    for partner in &partners {
        commit.put(&PARTNERS, partner.id.as_str(), partner);
    }
    let facts = facts(deployment);
    for person in &people {
        let (home, holder) = match &person.role {
            Role::Partner { partner, .. } => (Home::Partner(partner.clone()), Holder::Partner(partner.clone())),
            Role::TrialsTeam => (Home::TrialsTeam, Holder::TrialsTeam),
            // A customer's people are made with their organisation.
            Role::Customer { .. } => continue,
        };
        if let Some(key) = home.key(&person.id) {
            commit.put(&PEOPLE, key, person);
        }
        commit.put(&HOMES, person.id.as_str(), &home);
        commit.put(&ADDRESSES, &*person.email, &holder);
    }
    let mut number = 0;
    let lists: [(&str, &[&[Customer]]); 2] =
        [(people::NOORDZEE, &[&noordzee::CUSTOMERS, &noordzee_over::CUSTOMERS]), (people::FJORD, &[&fjord::CUSTOMERS])];
    for (partner, lists) in lists {
        let Some(partner) = partners.iter().find(|each| each.id.as_str() == partner) else { continue };
        let making = Making { partner, facts: &facts, now, deployment, environment, signer };
        for customer in lists.iter().copied().flatten() {
            number += 1;
            customer.store(&mut commit, &making, number);
        }
    }
    // Everything was thrown away first, so nothing can be in the way.
    commit.expect.clear();
    commit.put(&DEPLOYMENT, DATA, &FORMAT);
    note_played(&mut commit, Day::of(now));
    commit
}

/// What the law is told of the partners and their people.
fn facts(deployment: &Deployment) -> Facts {
    let people = people::people();
    let of = |partner: &PartnerId| {
        people.iter().filter(|person| person.of_partner().is_some_and(|(own, _)| own == partner)).cloned().collect()
    };
    let partners = people::partners()
        .into_iter()
        .map(|partner| (partner.id.clone(), PartnerFacts { people: of(&partner.id), partner }))
        .collect::<BTreeMap<_, _>>();
    let extension_address = deployment.settings.device_extension_email.clone();
    Facts { partners, extension_address, ..Facts::default() }
}

/// Further customers of Noordzee Telecom, for tests that need many: made in the same way, with
/// the numbers from 1001 on.
#[cfg(test)]
pub(crate) fn more(
    commit: &mut Commit,
    customers: &[Customer],
    now: Instant,
    deployment: &Deployment,
    environment: &dyn Environment,
    signer: &Signer,
) {
    let facts = facts(deployment);
    let partners = people::partners();
    let partner = partners.iter().find(|each| each.id.as_str() == people::NOORDZEE).expect("the partner");
    let making = Making { partner, facts: &facts, now, deployment, environment, signer };
    for (place, customer) in customers.iter().enumerate() {
        customer.store(commit, &making, 1001 + place);
    }
}

impl Making<'_> {
    /// A person of a partner.
    ///
    /// # Panics
    /// When there is no such person.
    fn person(&self, id: &str) -> Actor {
        let mut all = self.facts.partners.values().flat_map(|facts| &facts.people);
        let person = all.find(|person| person.id.as_str() == id).expect("a persona");
        Actor { person: person.clone(), certified: true }
    }

    /// A sales full administrator of a partner.
    ///
    /// # Panics
    /// When the partner has none.
    fn full_administrator(&self, partner: &PartnerId) -> Actor {
        let full = |role| role == PartnerRole::SalesFullAdministrator;
        let mut people = self.facts.people(partner).iter();
        let person = people.find(|person| person.of_partner().is_some_and(|(_, role)| full(role)));
        Actor { person: person.expect("a sales full administrator").clone(), certified: true }
    }
}
