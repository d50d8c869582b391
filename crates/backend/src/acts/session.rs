//! Who is signed in.

use contract::session::{Persona, Session, Who};
use rules::people::{Right, may};

use crate::call::{Answer, Call, Failure};
use crate::records::{PARTNERS, PEOPLE, SESSIONS};
use crate::seed;
use crate::store::{Commit, Fault, Outcome};
use crate::visitors::Signed;

/// Who is signed in, and what the deployment is like.
pub(crate) async fn session(call: Call, (): ()) -> Result<Answer<Session>, Failure> {
    Ok(Answer::of(&of(&call, call.signed_in.as_ref()).await?))
}

/// Signs out. Who is signed out already stays so.
pub(crate) async fn sign_out(call: Call, (): ()) -> Result<Answer<Session>, Failure> {
    let mut commit = Commit::default();
    commit.delete(&SESSIONS, &*call.visit);
    // It needs no receipt: doing it twice is the same as doing it once.
    match call.store().commit(commit).await? {
        Outcome::Stored | Outcome::Conflict | Outcome::Repeated(_) => {}
    }
    Ok(Answer::of(&of(&call, None).await?))
}

/// The session of a visit in which somebody or nobody is signed in.
pub(crate) async fn of(call: &Call, signed_in: Option<&Signed>) -> Result<Session, Fault> {
    let who = signed_in.map(|Signed { actor, partner }| Who {
        person: actor.person.clone(),
        partner: partner.clone(),
        rights: Right::ALL.into_iter().map(|right| (right, may(right, actor))).collect(),
    });
    let personas = match call.backend.deployment.demonstration {
        true => Some(personas(call).await?),
        false => None,
    };
    Ok(Session { today: call.today(), settings: call.backend.deployment.settings.clone(), who, personas })
}

/// The personas of a demonstration, in the order in which they are introduced (G6).
async fn personas(call: &Call) -> Result<Vec<Persona>, Fault> {
    let partners = PARTNERS.list(call.store(), "").await?;
    let mut personas: Vec<Persona> = Vec::new();
    for (_, person) in PEOPLE.list(call.store(), "").await? {
        let person = person.value;
        let partner = partners.iter().find(|(id, _)| id == person.partner.as_str());
        if let Some((_, partner)) = partner {
            let place = |persona: &Persona| seed::introduced(&persona.person.id) < seed::introduced(&person.id);
            let at = personas.partition_point(place);
            personas.insert(at, Persona { person, partner: partner.value.clone() });
        }
    }
    Ok(personas)
}
