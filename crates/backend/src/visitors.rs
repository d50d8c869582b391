//! Who is signed in.

use rules::ids::PersonId;
use rules::people::{Actor, Partner, Person, Role};

use crate::organisations::Loaded;
use crate::records::{ADDRESSES, HOMES, Holder, Home, PARTNERS, PEOPLE, SESSIONS, TRIALS_TEAM};
use crate::router::Backend;
use crate::store::{Fault, Store};

/// A person who is signed in, with their partner as it is now.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) actor: Actor,
    /// Their partner; `None` for people of a customer and of the trials team.
    pub(crate) partner: Option<Partner>,
    /// The name of their organisation.
    pub(crate) organisation: String,
}

/// Who is signed in in a visit. Role and certification are read anew for every
/// request, so losing one takes effect at once.
pub(crate) async fn signed_in(backend: &Backend, visit: &str) -> Result<Option<Signed>, Fault> {
    let store = backend.store.as_ref();
    let Some(session) = SESSIONS.get(store, visit).await? else { return Ok(None) };
    signed(store, &session.value.person).await
}

/// A person who can sign in, as they are now.
pub(crate) async fn signed(store: &dyn Store, id: &PersonId) -> Result<Option<Signed>, Fault> {
    let Some(person) = person(store, id).await? else { return Ok(None) };
    let (partner, organisation) = match &person.role {
        Role::Partner { partner, .. } => {
            let Some(partner) = PARTNERS.get(store, partner.as_str()).await? else { return Ok(None) };
            let name = partner.value.name.clone();
            (Some(partner.value), name)
        }
        Role::Customer { organisation, .. } => {
            let Some(loaded) = Loaded::of(store, organisation).await? else { return Ok(None) };
            (None, loaded.organisation().map(|organisation| organisation.name.clone()).unwrap_or_default())
        }
        Role::TrialsTeam => (None, String::new()),
    };
    let certified = partner.as_ref().is_none_or(|partner| partner.certified);
    Ok(Some(Signed { actor: Actor { person, certified }, partner, organisation }))
}

/// A person, wherever they belong.
pub(crate) async fn person(store: &dyn Store, id: &PersonId) -> Result<Option<Person>, Fault> {
    let Some(home) = HOMES.get(store, id.as_str()).await? else { return Ok(None) };
    match &home.value {
        Home::Customer(organisation) => {
            let loaded = Loaded::of(store, organisation).await?;
            let member = loaded.as_ref().and_then(Loaded::organisation).and_then(|found| found.member(id));
            Ok(member.map(|member| member.person(organisation)))
        }
        home => match home.key(id) {
            Some(key) => Ok(PEOPLE.get(store, &key).await?.map(|person| person.value)),
            None => Ok(None),
        },
    }
}

/// The person whose address it is by now.
pub(crate) async fn owner(store: &dyn Store, email: &str) -> Result<Option<Person>, Fault> {
    let email = email.to_ascii_lowercase();
    let Some(holder) = ADDRESSES.get(store, &email).await? else { return Ok(None) };
    let prefix = match &holder.value {
        Holder::Organisation(id) => {
            let loaded = Loaded::of(store, id).await?;
            let organisation = loaded.as_ref().and_then(Loaded::organisation);
            let member = organisation.and_then(|found| found.people.iter().find(|member| member.email == email));
            return Ok(member.map(|member| member.person(id)));
        }
        Holder::Partner(partner) => format!("{partner}/"),
        Holder::TrialsTeam => format!("{TRIALS_TEAM}/"),
    };
    let people = PEOPLE.list(store, &prefix).await?.into_iter().map(|(_, person)| person.value);
    Ok(people.into_iter().find(|person| person.email.eq_ignore_ascii_case(&email)))
}
