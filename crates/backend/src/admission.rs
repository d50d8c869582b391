//! Who comes in from outside: a person whom an identity provider vouches for.
//!
//! People of partners and of the trials team are what the provider claims of them, at each sign-in anew. A
//! customer's people are what the backend knows of them already: the address to which a welcome mail or a
//! consent mail went, and whoever was added since (N17, X5, H5). So neither a claim makes somebody a person
//! of a customer, nor does an address alone make somebody a person of a partner (P5).

use rules::ids::{PartnerId, PersonId};
use rules::people::{PartnerRole, Person, Role};
use rules::text::{LINE_MAX, is_forbidden};
use sha2::{Digest, Sha256};

use crate::receipts::hex;
use crate::records::{ADDRESSES, HOMES, Holder, Home, PARTNERS, PEOPLE, SESSIONS, SignedIn};
use crate::router::Backend;
use crate::store::{Commit, Fault, Outcome};
use crate::visitors::{owner, person};

/// How often an admission is decided anew because something came in between.
const ATTEMPTS: usize = 8;

/// Longest address, in characters (N2).
const EMAIL_MAX: usize = 254;

/// What an identity provider says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider (OpenID Connect's `iss`).
    pub issuer: String,
    /// Who it is there: never given to anybody else (`sub`).
    pub subject: String,
    /// The address.
    pub email: String,
    /// Whether the provider vouches for the address being theirs.
    pub email_verified: bool,
    /// The name; may be empty.
    pub name: String,
    /// What they are claimed to be; `None` for people of customers.
    pub standing: Option<Standing>,
}

/// What a person is claimed to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One of a partner's people (P2).
    Partner {
        /// The partner, by its id here.
        partner: PartnerId,
        /// What they are there.
        role: PartnerRole,
    },
    /// One of the vendor's staff (P6).
    TrialsTeam,
}

/// Whether somebody was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// They are signed in, as this person.
    Admitted(PersonId),
    /// The provider does not vouch for the address, by which people are found.
    EmailNotVerified,
    /// They are nobody here.
    Unknown,
}

/// A person as they are to be stored, with where they belong.
struct Claimed {
    home: Home,
    holder: Holder,
    role: Role,
}

impl Backend {
    /// Signs somebody in in a visit, if they are anybody here. People of partners and of the trials team are
    /// made, changed, or taken away where they are no longer claimed to be that; the latter ends their other
    /// visits with the next request.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    pub async fn admit(&self, visit: &str, identity: &Identity) -> Result<Admission, Fault> {
        self.prepare().await?;
        let email = identity.email.trim().to_ascii_lowercase();
        let is_address = email.contains('@') && email.chars().count() <= EMAIL_MAX && !email.chars().any(is_forbidden);
        if !identity.email_verified || !is_address {
            return Ok(Admission::EmailNotVerified);
        }
        for _ in 0..ATTEMPTS {
            let mut commit = Commit::default();
            let admitted = match &identity.standing {
                Some(standing) => self.claimed(&mut commit, identity, &email, standing).await?,
                None => self.known(&mut commit, identity, &email).await?,
            };
            if let Some(person) = &admitted {
                commit.put(&SESSIONS, visit, &SignedIn { person: person.clone() });
            }
            match self.store.commit(commit).await? {
                Outcome::Stored | Outcome::Repeated(_) => {
                    return Ok(admitted.map_or(Admission::Unknown, Admission::Admitted));
                }
                Outcome::Conflict => {}
            }
        }
        Err(Fault::Failed("an admission met others again and again".to_owned()))
    }

    /// A person of a partner or of the trials team, made or changed as the provider claims.
    async fn claimed(
        &self,
        commit: &mut Commit,
        identity: &Identity,
        email: &str,
        standing: &Standing,
    ) -> Result<Option<PersonId>, Fault> {
        let store = self.store.as_ref();
        let Some(Claimed { home, holder, role }) = self.standing(standing).await? else { return Ok(None) };
        let by_address = owner(store, email).await?;
        let by_subject = person(store, &person_id(identity)).await?;
        let before = match (by_subject, by_address) {
            // An address that somebody else has: a customer's person is no person of a partner (P5), and two
            // people are not joined to one.
            (_, Some(other)) if other.of_customer().is_some() => return Ok(None),
            (Some(own), Some(other)) if own.id != other.id => return Ok(None),
            (own, other) => own.or(other),
        };
        let id = before.as_ref().map_or_else(|| person_id(identity), |before| before.id.clone());
        let line: String = identity.name.trim().chars().filter(|each| !is_forbidden(*each)).take(LINE_MAX).collect();
        let name = match &before {
            Some(before) if line.is_empty() => before.name.clone(),
            _ => line,
        };
        let language = before.as_ref().and_then(|before| before.language);
        let now = Person { id: id.clone(), name, email: email.to_owned(), role, language };
        if before.as_ref() != Some(&now) {
            self.take_away(commit, before.as_ref()).await?;
            let address = ADDRESSES.get(store, email).await?;
            commit.expect(&ADDRESSES, email, address.map(|address| address.version));
            commit.put(&ADDRESSES, email, &holder);
            commit.put(&HOMES, id.as_str(), &home);
            if let Some(key) = home.key(&id) {
                commit.put(&PEOPLE, key, &now);
            }
        }
        Ok(Some(id))
    }

    /// Somebody of whom nothing is claimed: a person of a customer, or nobody. Whoever was of a partner or of
    /// the trials team is that no longer.
    async fn known(&self, commit: &mut Commit, identity: &Identity, email: &str) -> Result<Option<PersonId>, Fault> {
        let store = self.store.as_ref();
        let gone = person(store, &person_id(identity)).await?;
        self.take_away(commit, gone.as_ref()).await?;
        let Some(found) = owner(store, email).await? else { return Ok(None) };
        if found.of_customer().is_some() {
            return Ok(Some(found.id));
        }
        if gone.is_none_or(|gone| gone.id != found.id) {
            self.take_away(commit, Some(&found)).await?;
        }
        Ok(None)
    }

    /// What a claim comes to here; `None` for a partner that is not known.
    async fn standing(&self, standing: &Standing) -> Result<Option<Claimed>, Fault> {
        Ok(match standing {
            Standing::TrialsTeam => {
                Some(Claimed { home: Home::TrialsTeam, holder: Holder::TrialsTeam, role: Role::TrialsTeam })
            }
            Standing::Partner { partner, role } => {
                let known = PARTNERS.get(self.store.as_ref(), partner.as_str()).await?;
                known.map(|_| Claimed {
                    home: Home::Partner(partner.clone()),
                    holder: Holder::Partner(partner.clone()),
                    role: Role::Partner { partner: partner.clone(), role: *role },
                })
            }
        })
    }

    /// Takes a person of a partner or of the trials team out of its people. A customer's people are its own
    /// affair (H5).
    async fn take_away(&self, commit: &mut Commit, gone: Option<&Person>) -> Result<(), Fault> {
        let Some(gone) = gone.filter(|gone| gone.of_customer().is_none()) else { return Ok(()) };
        let store = self.store.as_ref();
        let home = HOMES.get(store, gone.id.as_str()).await?;
        if let Some(key) = home.and_then(|home| home.value.key(&gone.id)) {
            let version = PEOPLE.get(store, &key).await?.map(|person| person.version);
            commit.expect(&PEOPLE, &*key, version);
            commit.delete(&PEOPLE, key);
        }
        commit.delete(&HOMES, gone.id.as_str());
        commit.delete(&ADDRESSES, gone.email.to_ascii_lowercase());
        Ok(())
    }
}

/// The id of a person who comes from outside. It follows from who they are there, so whoever comes back after
/// their role was taken from them is in charge of the same customers again.
fn person_id(identity: &Identity) -> PersonId {
    let mut hash = Sha256::new();
    // The length keeps two pairs apart that only join to the same text.
    hash.update((identity.issuer.len() as u64).to_be_bytes());
    hash.update(&identity.issuer);
    hash.update(&identity.subject);
    let bytes = hash.finalize();
    PersonId(format!("p-{}", hex(&bytes[..16])))
}
