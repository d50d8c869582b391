//! Who is signed in.

use rules::ids::PersonId;
use rules::people::{Actor, Partner, Person, Role};

use crate::organisations::Loaded;
use crate::records::{HOMES, Home, PARTNERS, PEOPLE, SESSIONS};
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
