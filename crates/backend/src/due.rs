//! What time alone brings, for every organisation that it is due to: played in order,
//! each as of its own day (L13). Whoever runs the backend calls it: a server by a timer,
//! the embedded backend before it answers.

use std::collections::BTreeSet;

use rules::act::{Act, Context, Facts, TrialAct, decide};
use rules::change::{Change, evolve};
use rules::clock::{Day, Instant};
use rules::ids::{OrganisationId, TrialId};
use rules::organisation::Organisation;
use rules::service::Service;
use rules::trial::{Provisioning, State};

use crate::consent::Signer;
use crate::facts::gather;
use crate::ledger;
use crate::organisations::{By, Loaded, Signed, Writing, write};
use crate::records::{DEPLOYMENT, DUE, ORGANISATIONS};
use crate::router::{Backend, Moment};
use crate::store::{Commit, Fault, Outcome};

/// Under which key the day up to which everything was played is noted, in days since 1970.
const PLAYED: &str = "played";

/// Notes that everything up to a day was played.
pub(crate) fn note_played(commit: &mut Commit, day: Day) {
    commit.put(&DEPLOYMENT, PLAYED, &day_number(day));
}

/// How often one organisation is tried anew because an act came in between.
const ATTEMPTS: usize = 8;

/// The number of a day, counted from 1970.
fn day_number(day: Day) -> u64 {
    u64::try_from(Day::of(Instant::default()).days_until(day)).unwrap_or_default()
}

/// Plays what time has brought up to a moment and hands over the mails that wait.
///
/// # Errors
/// A fault when the store cannot answer; what was not played is played the next time.
pub(crate) async fn play(backend: &Backend, moment: Moment) -> Result<(), Fault> {
    let passed = pass(backend, moment).await;
    // Whatever holds up one organisation holds up no mail.
    ledger::hand_over(backend, moment, &|| true).await?;
    passed
}

/// Plays what time has brought up to a moment. It may be called as often as one likes, by several at once, in small steps or one
/// large one: the result is the same. An organisation that cannot be played holds up
/// no other one.
///
/// # Errors
/// A fault when the store cannot answer; what was not played is played the next time.
pub(crate) async fn pass(backend: &Backend, moment: Moment) -> Result<(), Fault> {
    let store = backend.store.as_ref();
    let now = moment.now;
    let today = day_number(Day::of(now));
    let played = DEPLOYMENT.get(store, PLAYED).await?;
    // An act that began before midnight may have been stored after that day was played, so
    // the day before is looked at as well.
    let first = played.as_ref().map_or(today, |played| played.value.min(today)).saturating_sub(1);
    let mut trouble = None;
    for number in first..=today {
        let day = Day::of(Instant::default()).plus(u32::try_from(number).unwrap_or(u32::MAX));
        let last = day.plus(1).begin() - chrono::TimeDelta::milliseconds(1);
        let mut left = BTreeSet::new();
        // What one act of time plans for later the same day is found by looking again.
        loop {
            let due = DUE.list(store, &format!("{day}/")).await?;
            let until = last.min(now);
            let ripe = due.into_iter().filter(|(key, id)| is_ripe(key, until) && !left.contains(&id.value));
            let ripe: Vec<OrganisationId> = ripe.map(|(_, id)| id.value).collect();
            if ripe.is_empty() {
                break;
            }
            for id in ripe {
                match play_one(backend, &id, moment.at(until)).await {
                    Ok(true) => {}
                    Ok(false) => return Ok(()),
                    Err(fault) => {
                        trouble.get_or_insert(fault);
                        left.insert(id);
                    }
                }
            }
        }
    }
    if trouble.is_none() && played.as_ref().is_none_or(|played| played.value != today) {
        let mut commit = Commit::default();
        moment.hold(&mut commit);
        commit.expect(&DEPLOYMENT, PLAYED, played.map(|played| played.version));
        commit.put(&DEPLOYMENT, PLAYED, &today);
        // On a conflict somebody else has noted it.
        store.commit(commit).await?;
    }
    if let Some(customers) = store.customers() {
        // What would have held at the end of a clock that was set back is not to stand for today (G6).
        let mut held = Commit::default();
        moment.hold(&mut held);
        customers.turn(now, &held.expect).await?;
    }
    trouble.map_or(Ok(()), Err)
}

/// Whether a key of the table of due organisations names an instant that has come.
fn is_ripe(key: &str, until: Instant) -> bool {
    let millis = key.split('/').nth(1).and_then(|millis| millis.parse::<i64>().ok());
    millis.is_none_or(|millis| millis <= until.timestamp_millis())
}

/// Plays what is due to one organisation up to a moment. `false` when the clock was set
/// meanwhile: then nothing of that moment counts any more.
async fn play_one(backend: &Backend, id: &OrganisationId, moment: Moment) -> Result<bool, Fault> {
    let store = backend.store.as_ref();
    for _ in 0..ATTEMPTS {
        let mut commit = Commit::default();
        moment.hold(&mut commit);
        let loaded = Loaded::of(store, id).await?.unwrap_or(Loaded::NEW);
        let facts = gather(backend, loaded.organisation(), []).await?;
        let changes = match loaded.organisation() {
            Some(organisation) => bring(backend, organisation.clone(), moment.now, &facts).await,
            None => Vec::new(),
        };
        if changes.is_empty() {
            forget(backend, &mut commit, id, &loaded, moment.now).await?;
        } else {
            let known_mails = ledger::known(store, id, &changes).await?;
            let signer = Signer::for_changes(store, backend.environment.as_ref(), &changes).await?;
            let writing = Writing {
                facts: &facts,
                deployment: &backend.deployment,
                environment: backend.environment.as_ref(),
                known_mails: &known_mails,
                handed_over_until: None,
                signer: signer.as_ref(),
            };
            write(&mut commit, &loaded, &changes, writing);
        }
        match store.commit(commit).await? {
            Outcome::Stored | Outcome::Repeated(_) => return Ok(true),
            Outcome::Conflict if moment.holds(backend).await? => {}
            Outcome::Conflict => return Ok(false),
        }
    }
    Err(Fault::Failed(format!("{id} is changed too often to play what is due to it")))
}

/// Takes away the entries that say an organisation is due up to an instant, though
/// nothing is.
async fn forget(
    backend: &Backend,
    commit: &mut Commit,
    id: &OrganisationId,
    loaded: &Loaded,
    now: Instant,
) -> Result<(), Fault> {
    // What is due may be known to somebody who stores it at this moment.
    commit.expect(&ORGANISATIONS, id.as_str(), loaded.version);
    if loaded.stored.as_ref().and_then(|stored| stored.due).is_some_and(|due| due <= now) {
        backend.environment.report(&format!("{id} was due, and the law had nothing to bring"));
    }
    for (key, found) in DUE.list(backend.store.as_ref(), &format!("{}/", Day::of(now))).await? {
        if found.value == *id && is_ripe(&key, now) {
            commit.delete(&DUE, key);
        }
    }
    Ok(())
}

/// What time and provisioning bring at once after changes of an organisation.
pub(crate) async fn after(
    backend: &Backend,
    before: &Organisation,
    changes: &[Signed],
    now: Instant,
    facts: &Facts,
) -> Vec<Signed> {
    // Changes that were played before the act have been applied already.
    let last = changes.last().and_then(|(change, _)| evolve(Some(before.clone()), change));
    match last {
        Some(after) => bring(backend, after, now, facts).await,
        None => Vec::new(),
    }
}

/// What time and provisioning bring up to an instant, in order: each try of provisioning
/// as of the instant for which it was planned, so that a jump brings the same as single
/// steps (L13).
async fn bring(backend: &Backend, mut organisation: Organisation, now: Instant, facts: &Facts) -> Vec<Signed> {
    let mut changes: Vec<Signed> = Vec::new();
    loop {
        let tried = next_try(&organisation).filter(|(at, ..)| *at <= now);
        let until = tried.as_ref().map_or(now, |(at, ..)| *at);
        let passed = rules::time::pass(&organisation, until, facts);
        // What time brought may have ended the trial: then its services are tried no more.
        let more: Vec<Change> = match (passed.is_empty(), tried) {
            (true, Some((at, trial, service))) => {
                provisioned(backend, &organisation, &trial, service, at, facts).await.into_iter().collect()
            }
            _ => passed,
        };
        if more.is_empty() {
            return changes;
        }
        for change in more {
            organisation = evolve(Some(organisation.clone()), &change).unwrap_or(organisation);
            changes.push((change, By::default()));
        }
    }
}

/// The next try of provisioning: of a trial that holds its services, or that was
/// converted, for what was bought is provisioned as well (N17, C4).
pub(crate) fn next_try(organisation: &Organisation) -> Option<(Instant, TrialId, Service)> {
    let tries = organisation.trials.iter().flat_map(|trial| {
        trial.provisioning.iter().filter_map(move |step| {
            let at = match step.state {
                Provisioning::Waiting => organisation.changed,
                Provisioning::Failed { retry_at, .. } => retry_at.max(organisation.changed),
                Provisioning::Done(_) | Provisioning::Stopped => return None,
            };
            let state = trial.state(Day::of(at));
            (state.holds() || state == State::Converted).then_some((at, &trial.id, step.service))
        })
    });
    // Of several at once the first in the order of the trials and their services.
    tries.min_by_key(|(at, ..)| *at).map(|(at, trial, service)| (at, trial.clone(), service))
}

/// Has a service provisioned and says how it went.
async fn provisioned(
    backend: &Backend,
    organisation: &Organisation,
    trial: &TrialId,
    service: Service,
    now: Instant,
    facts: &Facts,
) -> Option<Change> {
    let outcome = backend.environment.provision(trial, service).await;
    let act = Act::Trial(trial.clone(), TrialAct::Provisioned(service, outcome));
    decide(Some(organisation), act, Context { actor: None, now, facts }).ok()
}
