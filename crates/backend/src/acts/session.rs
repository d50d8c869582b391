//! Who is signed in.

use contract::error::ApiError;
use contract::session::{Persona, Session, Who};
use rules::people::{Person, Right, may};

use crate::call::{Answer, Call, Failure};
use crate::records::SESSIONS;
use crate::seed;
use crate::store::{Commit, Fault, Outcome, Store};
use crate::visitors::{Signed, signed};

/// Who is signed in, and what the deployment is like.
pub(crate) async fn session(call: Call, (): ()) -> Result<Answer<Session>, Failure> {
    Ok(Answer::of(&of(&call, call.signed_in.as_ref()).await?))
}

/// Signs out. Who is signed out already stays so.
pub(crate) async fn sign_out(call: Call, (): ()) -> Result<Answer<Session>, Failure> {
    let mut commit = Commit::default();
    commit.delete(&SESSIONS, &*call.visit);
    store(&call, commit).await
}

/// Signs out in every visit of the same person: also at the machine that was left behind.
pub(crate) async fn sign_out_everywhere(call: Call, (): ()) -> Result<Answer<Session>, Failure> {
    let Some(signed) = &call.signed_in else { return Ok(Answer::of(&of(&call, None).await?)) };
    let mut commit = Commit::default();
    // Visits are kept by themselves and not by person, because every request asks for one of them and hardly
    // anybody asks for this.
    for (visit, session) in SESSIONS.list(call.store(), "").await? {
        if session.value.person == signed.actor.person.id {
            commit.delete(&SESSIONS, visit);
        }
    }
    store(&call, commit).await
}

/// Stores that somebody signed out.
async fn store(call: &Call, commit: Commit) -> Result<Answer<Session>, Failure> {
    // It needs no receipt: doing it twice is the same as doing it once.
    match call.store().commit(commit).await? {
        Outcome::Stored | Outcome::Repeated(_) => {}
        Outcome::Conflict => return Err(Failure::Api(ApiError::Unavailable)),
    }
    Ok(Answer::of(&of(call, None).await?))
}

/// The session of a visit in which somebody or nobody is signed in.
pub(crate) async fn of(call: &Call, signed_in: Option<&Signed>) -> Result<Session, Fault> {
    let who = signed_in.map(|Signed { actor, partner, organisation }| Who {
        // Whom only an address is known of goes by that.
        person: Person { name: actor.person.called().to_owned(), ..actor.person.clone() },
        partner: partner.clone(),
        organisation: organisation.clone(),
        rights: Right::ALL.into_iter().map(|right| (right, may(right, actor))).collect(),
    });
    let personas = match call.backend.deployment.demonstration {
        true => Some(personas(call.store()).await?),
        false => None,
    };
    let days_ahead = call.backend.days_ahead().await?;
    let settings = call.backend.deployment.settings.clone();
    Ok(Session { today: call.today(), days_ahead, settings, who, personas })
}

/// The personas of a demonstration, in the order in which they are introduced (G6).
pub(super) async fn personas(store: &dyn Store) -> Result<Vec<Persona>, Fault> {
    let mut personas = Vec::new();
    for id in seed::introduced() {
        if let Some(Signed { actor, partner, organisation }) = signed(store, &id).await? {
            personas.push(Persona { person: actor.person, partner, organisation });
        }
    }
    Ok(personas)
}
