//! The demonstration data (G6): partners, their people, and customers in every
//! state that a list can show.
//!
//! Every date is counted from the day on which the data are made, so the states
//! are the same on any day. What the acts of this build can make is made through
//! them; what they cannot make yet is written into the trial they made.

mod bundles;
mod customer;
mod fjord;
mod noordzee;
mod noordzee_over;
mod people;

use rules::clock::Instant;
use rules::people::Actor;

use self::customer::{Customer, Making};
pub(crate) use self::people::introduced;
use crate::records::{ADDRESSES, DEPLOYMENT, Holder, PARTNERS, PEOPLE};
use crate::router::DATA;
use crate::store::Commit;

/// Raised when records of an older build can no longer be read, or the data
/// become other ones: a demonstration then makes older data anew. Newer data are
/// left alone, so that an old worker that still runs does not wipe them.
pub(crate) const FORMAT: u64 = 1;

/// Throws everything away and stores the demonstration data, as of an instant,
/// with the address of the console for the mails.
///
/// # Panics
/// When a customer below breaks a rule; a test makes them all.
pub(crate) fn commit(now: Instant, address: &str) -> Commit {
    let mut commit = Commit { clear: true, ..Commit::default() };
    let partners = people::partners();
    let people = people::people();
    for partner in &partners {
        commit.put(&PARTNERS, partner.id.as_str(), partner);
    }
    for person in &people {
        commit.put(&PEOPLE, person.id.as_str(), person);
        commit.put(&ADDRESSES, &*person.email, &Holder::Partner(person.partner.clone()));
    }
    let lists: [(&str, &[&[Customer]]); 2] =
        [(people::NOORDZEE, &[&noordzee::CUSTOMERS, &noordzee_over::CUSTOMERS]), (people::FJORD, &[&fjord::CUSTOMERS])];
    for (partner, lists) in lists {
        let Some(partner) = partners.iter().find(|each| each.id.as_str() == partner) else { continue };
        for (number, customer) in lists.iter().copied().flatten().enumerate() {
            let founder = people.iter().find(|person| person.id.as_str() == customer.founder());
            let founder = founder.expect("a persona is in charge").clone();
            let actor = Actor { person: founder, certified: true };
            let made = Making { partner, actor: &actor, now, address };
            customer.store(&mut commit, &made, number + 1);
        }
    }
    // Everything was thrown away first, so nothing can be in the way.
    commit.expect.clear();
    commit.put(&DEPLOYMENT, DATA, &FORMAT);
    commit
}
