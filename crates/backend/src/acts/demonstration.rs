//! What only a demonstration offers: personas instead of passwords, a clock that can be
//! set forward, and its data made anew (G6).

use contract::error::ApiError;
use contract::session::{ClockAnswer, Session, SetClock, SignIn};
use rules::clock::Day;
use rules::ids::PersonId;

use super::session;
use crate::call::{Answer, Call, Failure};
use crate::consent::Signer;
use crate::due;
use crate::records::{DEPLOYMENT, SESSIONS, SignedIn};
use crate::router::{DATA, DAYS_AHEAD};
use crate::seed;
use crate::store::{Commit, MemoryStore, Outcome, Store};
use crate::visitors::{Signed, signed};

/// Most days by which the clock is set forward at once.
const DAYS_MAX: u32 = 400;

/// Most days by which it is set forward in all. Days are written with four digits of the year, and
/// nothing is left to be seen after ten of them.
const AHEAD_MAX: u64 = 3650;

/// Signs a persona in.
pub(crate) async fn sign_in(call: Call, sign_in: SignIn) -> Result<Answer<Session>, Failure> {
    let signed = sign_in_as(&call, &sign_in.person).await?;
    Ok(Answer::of(&session::of(&call, Some(&signed)).await?))
}

/// Signs somebody in in the visit of a request.
pub(super) async fn sign_in_as(call: &Call, person: &PersonId) -> Result<Signed, Failure> {
    let signed = signed(call.store(), person).await?.ok_or(ApiError::NotFound)?;
    let mut commit = Commit::default();
    commit.put(&SESSIONS, &*call.visit, &SignedIn { person: person.clone() });
    // It needs no receipt: doing it twice is the same as doing it once.
    match call.store().commit(commit).await? {
        Outcome::Stored | Outcome::Repeated(_) => Ok(signed),
        Outcome::Conflict => Err(Failure::Api(ApiError::Unavailable)),
    }
}

/// The clock.
pub(crate) async fn clock(call: Call, (): ()) -> Result<Answer<ClockAnswer>, Failure> {
    let days_ahead = call.backend.days_ahead().await?;
    Ok(Answer::of(&ClockAnswer { today: call.today(), days_ahead }))
}

/// Sets the clock forward, and plays every day that passes with it, one after the
/// other (L13).
pub(crate) async fn set_clock(call: Call, asked: SetClock) -> Result<Answer<ClockAnswer>, Failure> {
    if !(1..=DAYS_MAX).contains(&asked.days) {
        return Err(Failure::Api(ApiError::Malformed));
    }
    let answer = call
        .until_stored(async || {
            let found = DEPLOYMENT.get(call.store(), DAYS_AHEAD).await?;
            let version = found.as_ref().map(|found| found.version);
            let ahead = found.map_or(0, |found| found.value) + u64::from(asked.days);
            if ahead > AHEAD_MAX {
                return Err(Failure::Api(ApiError::Malformed));
            }
            let mut commit = Commit::default();
            commit.expect(&DEPLOYMENT, DAYS_AHEAD, version);
            commit.put(&DEPLOYMENT, DAYS_AHEAD, &ahead);
            let today = Day::of(call.now).plus(asked.days);
            let days_ahead = u32::try_from(ahead).unwrap_or(u32::MAX);
            call.act(commit, Answer::of(&ClockAnswer { today, days_ahead })).await
        })
        .await?;
    let moment = call.backend.moment().await?;
    // What is interrupted here is played by whoever runs the backend.
    for day in 1..=asked.days {
        let then = call.now + chrono::TimeDelta::days(i64::from(day));
        if moment.now < then {
            // Somebody has set it back meanwhile.
            break;
        }
        due::play(&call.backend, moment.at(then)).await?;
    }
    // Others may have set it at the same time: whoever comes last plays the days of all.
    due::play(&call.backend, call.backend.moment().await?).await?;
    Ok(answer)
}

/// Makes the demonstration data anew, on the day that it really is. Whoever is signed
/// in stays so.
pub(crate) async fn reset(call: Call, (): ()) -> Result<Answer<Session>, Failure> {
    let real = call.backend.environment.now();
    let backend = &call.backend;
    let environment = backend.environment.as_ref();
    let signer = Signer::of(call.store(), environment).await?;
    // The answer is kept with the data, and so it has to be known before they are stored.
    let fresh = MemoryStore::default();
    fresh.commit(seed::commit(real, &backend.deployment, environment, &signer)).await?;
    let signed_in = match &call.signed_in {
        Some(signed_in) => signed(&fresh, &signed_in.actor.person.id).await?,
        None => None,
    };
    let mut of_today = session::of(&call, signed_in.as_ref()).await?;
    of_today.personas = Some(session::personas(&fresh).await?);
    of_today.today = Day::of(real);
    of_today.days_ahead = 0;
    let Answer { body, version, .. } = Answer::of(&of_today);
    let answer = call
        .until_stored(async || {
            let backend = &call.backend;
            // Receipts that were downloaded before can still be checked afterwards (X16).
            let signer = Signer::of(call.store(), environment).await?;
            let mut commit = seed::commit(real, &backend.deployment, environment, &signer);
            signer.expect(&mut commit);
            let found = DEPLOYMENT.get(call.store(), DATA).await?;
            commit.expect(&DEPLOYMENT, DATA, found.map(|data| data.version));
            // The versions of the clock go on where they were: whatever is still played for the data of before
            // expects one of those, and must not meet it again once the clock is set forward anew.
            let ahead = DEPLOYMENT.get(call.store(), DAYS_AHEAD).await?.map(|ahead| ahead.version);
            commit.expect(&DEPLOYMENT, DAYS_AHEAD, ahead);
            for _ in 0..=ahead.unwrap_or_default() {
                commit.put(&DEPLOYMENT, DAYS_AHEAD, &0);
            }
            if let Some(signed) = &signed_in {
                commit.put(&SESSIONS, &*call.visit, &SignedIn { person: signed.actor.person.id.clone() });
            }
            call.act(commit, Answer::written(body.clone(), version)).await
        })
        .await?;
    call.backend.outages.end();
    Ok(answer)
}
