//! Who is signed in.

use rules::people::{Actor, Partner};

use crate::records::{PARTNERS, PEOPLE, SESSIONS};
use crate::router::Backend;
use crate::store::Fault;

/// A person who is signed in, with their partner as it is now.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) actor: Actor,
    pub(crate) partner: Partner,
}

/// Who is signed in in a visit. Role and certification are read anew for every
/// request, so losing one takes effect at once.
pub(crate) async fn signed_in(backend: &Backend, visit: &str) -> Result<Option<Signed>, Fault> {
    let store = backend.store.as_ref();
    let Some(session) = SESSIONS.get(store, visit).await? else { return Ok(None) };
    let Some(person) = PEOPLE.get(store, session.value.person.as_str()).await? else { return Ok(None) };
    let Some(partner) = PARTNERS.get(store, person.value.partner.as_str()).await? else { return Ok(None) };
    let actor = Actor { person: person.value, certified: partner.value.certified };
    Ok(Some(Signed { actor, partner: partner.value }))
}
