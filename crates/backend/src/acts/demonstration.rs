//! What only a demonstration offers: personas instead of passwords, and its data
//! made anew (G6).

use contract::error::ApiError;
use contract::session::{Session, SignIn};
use rules::people::Actor;

use super::session;
use crate::call::{Answer, Call, Failure};
use crate::records::{DEPLOYMENT, PARTNERS, PEOPLE, SESSIONS, SignedIn};
use crate::router::DATA;
use crate::seed;
use crate::store::{Commit, Outcome};
use crate::visitors::Signed;

/// Signs a persona in.
pub(crate) async fn sign_in(call: Call, sign_in: SignIn) -> Result<Answer<Session>, Failure> {
    let person = PEOPLE.get(call.store(), sign_in.person.as_str()).await?.ok_or(ApiError::NotFound)?.value;
    let partner = PARTNERS.get(call.store(), person.partner.as_str()).await?.ok_or(ApiError::NotFound)?.value;
    let mut commit = Commit::default();
    commit.put(&SESSIONS, &*call.visit, &SignedIn { person: person.id.clone() });
    // It needs no receipt: doing it twice is the same as doing it once.
    match call.store().commit(commit).await? {
        Outcome::Stored | Outcome::Conflict | Outcome::Repeated(_) => {}
    }
    let signed = Signed { actor: Actor { person, certified: partner.certified }, partner };
    Ok(Answer::of(&session::of(&call, Some(&signed)).await?))
}

/// Makes the demonstration data anew. Whoever is signed in stays so.
pub(crate) async fn reset(call: Call, (): ()) -> Result<Answer<Session>, Failure> {
    let answer = Answer::of(&session::of(&call, call.signed_in.as_ref()).await?);
    let (body, version) = (answer.body, answer.version);
    let answer = call
        .until_stored(async || {
            let mut commit = seed::commit(call.now, &call.backend.deployment.address);
            let found = DEPLOYMENT.get(call.store(), DATA).await?;
            commit.expect(&DEPLOYMENT, DATA, found.map(|data| data.version));
            if let Some(signed) = &call.signed_in {
                commit.put(&SESSIONS, &*call.visit, &SignedIn { person: signed.actor.person.id.clone() });
            }
            call.act(commit, Answer::written(body.clone(), version)).await
        })
        .await?;
    call.backend.outages.end();
    Ok(answer)
}
