//! Partners as whoever runs the backend adds them: they come from outside, and no page makes one (P1).

use std::fmt;

use rules::draft::email;
use rules::ids::{PartnerId, PersonId};
use rules::people::{Partner, PartnerRole, Person, Role, Tier};
use rules::text::{LINE_MAX, is_line};

use crate::environment::random_id;
use crate::records::{ADDRESSES, HOMES, Holder, Home, PARTNERS, PEOPLE};
use crate::router::Backend;
use crate::store::{Commit, Fault, Outcome};

/// How often an addition is decided anew because something came in between.
const ATTEMPTS: usize = 8;

/// Longest id, in characters. It stands in addresses and keys.
const ID_MAX: usize = 40;

/// A partner to add, with a first person who may do everything there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPartner {
    /// The partner.
    pub partner: Partner,
    /// Address and name of its first sales full administrator. The name may be empty.
    pub person: Option<(String, String)>,
    /// Whether a partner that is there and differs becomes this one.
    pub replace: bool,
}

/// What came of adding a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// Something is new or other than before.
    Stored,
    /// All of it was there already.
    Unchanged,
}

/// Why a partner cannot be added. Nothing was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// The id is none: letters a to z, digits and hyphens, up to 40.
    Id,
    /// The name is empty, too long or holds invisible characters (N1).
    Name,
    /// There is a partner with this id, and it is another one.
    Differs(Box<Partner>),
    /// The distributor is not there, or is no tier 1 partner (P1).
    Distributor(PartnerId),
    /// The person's name is too long or holds invisible characters.
    PersonName,
    /// The address is none (N2).
    Email,
    /// Somebody else has the address: of a customer, of another partner, or of the trials team.
    EmailTaken,
    /// The store cannot answer.
    Store(Fault),
}

impl fmt::Display for NotAdded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAdded::Id => write!(f, "the id has to be of 1 to {ID_MAX} letters a to z, digits and hyphens"),
            NotAdded::Name => write!(f, "the name has to be of 1 to {LINE_MAX} visible characters"),
            NotAdded::Differs(there) => {
                let tier = match &there.tier {
                    Tier::One => "tier 1".to_owned(),
                    Tier::Two { distributor } => format!("tier 2 of {distributor}"),
                };
                let certified = if there.certified { "certified" } else { "not certified" };
                let name = &there.name;
                write!(f, "there is `{}` already: \"{name}\", {tier}, {certified}; --replace changes it", there.id)
            }
            NotAdded::Distributor(id) => write!(f, "the distributor `{id}` is no tier 1 partner that is there"),
            NotAdded::PersonName => write!(f, "the person's name has to be of at most {LINE_MAX} visible characters"),
            NotAdded::Email => f.write_str("the address is none"),
            NotAdded::EmailTaken => f.write_str("the address is that of a person of somebody else"),
            NotAdded::Store(fault) => write!(f, "the store cannot answer: {fault:?}"),
        }
    }
}

impl std::error::Error for NotAdded {}

impl From<Fault> for NotAdded {
    fn from(fault: Fault) -> NotAdded {
        NotAdded::Store(fault)
    }
}

impl Backend {
    /// Adds a partner and its first person. Doing it twice is the same as doing it once.
    ///
    /// # Errors
    /// Why it cannot be added.
    pub async fn add_partner(&self, new: &NewPartner) -> Result<Added, NotAdded> {
        let store = self.store.as_ref();
        check(new)?;
        for _ in 0..ATTEMPTS {
            let mut commit = Commit::default();
            self.put_partner(&mut commit, new).await?;
            if let Some((email, name)) = &new.person {
                self.put_person(&mut commit, &new.partner.id, email, name).await?;
            }
            if commit.put.is_empty() {
                return Ok(Added::Unchanged);
            }
            match store.commit(commit).await? {
                Outcome::Stored | Outcome::Repeated(_) => return Ok(Added::Stored),
                Outcome::Conflict => {}
            }
        }
        Err(NotAdded::Store(Fault::Failed("others changed the same again and again".to_owned())))
    }

    async fn put_partner(&self, commit: &mut Commit, new: &NewPartner) -> Result<(), NotAdded> {
        let (store, partner) = (self.store.as_ref(), &new.partner);
        if let Tier::Two { distributor } = &partner.tier {
            let found = PARTNERS.get(store, distributor.as_str()).await?;
            // A distributor that became one of tier 2 meanwhile would be a ring.
            commit.expect(&PARTNERS, distributor.as_str(), found.as_ref().map(|found| found.version));
            if found.is_none_or(|found| found.value.tier != Tier::One || found.value.id == partner.id) {
                return Err(NotAdded::Distributor(distributor.clone()));
            }
        }
        match PARTNERS.get(store, partner.id.as_str()).await? {
            Some(found) if found.value == *partner => {}
            Some(found) if !new.replace => return Err(NotAdded::Differs(Box::new(found.value))),
            found => {
                commit.expect(&PARTNERS, partner.id.as_str(), found.map(|found| found.version));
                commit.put(&PARTNERS, partner.id.as_str(), partner);
            }
        }
        Ok(())
    }

    async fn put_person(
        &self,
        commit: &mut Commit,
        partner: &PartnerId,
        address: &str,
        name: &str,
    ) -> Result<(), NotAdded> {
        let email = email(address).map_err(|_| NotAdded::Email)?;
        match ADDRESSES.get(self.store.as_ref(), &email).await? {
            Some(found) if found.value == Holder::Partner(partner.clone()) => return Ok(()),
            Some(_) => return Err(NotAdded::EmailTaken),
            None => {}
        }
        let (id, home) = (PersonId(random_id(self.environment.as_ref())), Home::Partner(partner.clone()));
        let role = Role::Partner { partner: partner.clone(), role: PartnerRole::SalesFullAdministrator };
        let person =
            Person { id: id.clone(), name: name.trim().to_owned(), email: email.clone(), role, language: None };
        commit.expect(&ADDRESSES, &*email, None);
        commit.put(&ADDRESSES, email, &Holder::Partner(partner.clone()));
        commit.put(&HOMES, id.as_str(), &home);
        commit.put(&PEOPLE, format!("{partner}/{id}"), &person);
        Ok(())
    }
}

/// What is right or wrong whatever is stored.
fn check(new: &NewPartner) -> Result<(), NotAdded> {
    let NewPartner { partner, person, .. } = new;
    let id = partner.id.as_str();
    let right = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || id.len() > ID_MAX || !id.bytes().all(right) {
        return Err(NotAdded::Id);
    }
    if !is_line(&partner.name) {
        return Err(NotAdded::Name);
    }
    match person {
        Some((_, name)) if !name.trim().is_empty() && !is_line(name) => Err(NotAdded::PersonName),
        Some((address, _)) if email(address).is_err() => Err(NotAdded::Email),
        _ => Ok(()),
    }
}
