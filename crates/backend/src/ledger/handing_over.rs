//! Mails on their way out: claimed, handed over, and noted, whatever comes in between (L8).

use rules::change::MailKey;
use rules::clock::{Day, Instant};
use rules::ids::OrganisationId;
use rules::notice::{MailKind, MailState};
use rules::organisation::Organisation;
use rules::people::PartnerRole;
use rules::trial::State;

use super::wipe;
use crate::acts::mails::is_for_partner;
use crate::environment::{NotHandedOver, Outgoing};
use crate::facts::people_of;
use crate::organisations::{Loaded, put};
use crate::records::{MAILS, Mail, OUTBOX, Waits};
use crate::router::{Backend, Moment};
use crate::store::{Commit, Fault, Outcome};

/// Minutes after which a mail is tried again: growing, then every 6 hours (L8).
const RETRY_MINUTES: [i64; 5] = [1, 5, 30, 2 * 60, 6 * 60];

/// Most mails that are claimed at once: so many are in doubt when an instance stops in
/// the middle of handing them over.
const TOGETHER: usize = 20;

/// Minutes after which a claim runs out. An environment may take at most so long for [`TOGETHER`] mails,
/// else another instance would hand the last of them over as well.
const CLAIM_MINUTES: i64 = 15;

/// How often it is tried to note what became of mails that were handed over.
const ATTEMPTS: usize = 8;

/// Asked before each mail: whether another one may be handed over. An instance that is to stop says no.
type GoesOn<'a> = &'a (dyn Fn() -> bool + Send + Sync);

/// Hands over every mail that waits for it at a moment, the earliest first. A mail that
/// was written for an earlier instant is tried as of that one, so that a jump of the clock
/// gives the same as single steps (L13).
pub(crate) async fn hand_over(
    backend: &Backend,
    moment: Moment,
    goes_on: &(dyn Fn() -> bool + Send + Sync),
) -> Result<(), Fault> {
    let waiting = OUTBOX.list(backend.store.as_ref(), "").await?;
    let waiting = waiting.into_iter().filter(|(_, waits)| waits.value.is_ripe(moment.now));
    let mut waiting: Vec<Waiting> =
        waiting.map(|(key, waits)| Waiting { key, from: waits.value.from, version: waits.version }).collect();
    waiting.sort_by(|one, other| (one.from, &one.key).cmp(&(other.from, &other.key)));
    let mut trouble = None;
    let mut round = Round { moment, goes_on, away: None };
    for of_one in waiting.chunk_by(|one, other| one.organisation() == other.organisation()) {
        for together in of_one.chunks(TOGETHER) {
            if !goes_on() {
                return trouble.map_or(Ok(()), Err);
            }
            if let Err(fault) = hand_over_together(backend, together, &mut round).await {
                trouble.get_or_insert(fault);
            }
        }
    }
    trouble.map_or(Ok(()), Err)
}

/// Once through the outbox.
struct Round<'a> {
    moment: Moment,
    goes_on: GoesOn<'a>,
    /// Why nobody takes mails at present. It is found out once for all that wait: each for itself would wait
    /// as long as a connection may take, and hold up whatever comes after it.
    away: Option<String>,
}

/// An entry of the outbox.
struct Waiting {
    key: String,
    from: Instant,
    version: u64,
}

impl Waiting {
    fn organisation(&self) -> &str {
        self.key.split_once('/').map_or(self.key.as_str(), |(organisation, _)| organisation)
    }
}

/// A mail on its way out: as it was, and as it becomes.
struct Passing<'a> {
    waiting: &'a Waiting,
    version: u64,
    before: Mail,
    after: Mail,
    reply_to: Option<String>,
}

impl Passing<'_> {
    fn was_tried(&self) -> bool {
        self.after.attempts > self.before.attempts
    }
}

/// Hands over some mails about one organisation. They are claimed first, so that of
/// several instances one alone hands a mail over, and nothing is lost when an instance
/// stops in between: a claim runs out.
async fn hand_over_together(backend: &Backend, waiting: &[Waiting], round: &mut Round<'_>) -> Result<(), Fault> {
    let moment = round.moment;
    let (store, now) = (backend.store.as_ref(), moment.now);
    let Some(first) = waiting.first() else { return Ok(()) };
    let organisation = OrganisationId(first.organisation().to_owned());
    let mut loaded = Loaded::of(store, &organisation).await?.unwrap_or(Loaded::NEW);
    let mut claim = Commit::default();
    moment.hold(&mut claim);
    let (mut going, mut dropped) = (Vec::new(), Vec::new());
    for each in waiting {
        claim.expect(&OUTBOX, &*each.key, Some(each.version));
        let Some(found) = MAILS.get(store, &each.key).await? else {
            claim.delete(&OUTBOX, &*each.key);
            continue;
        };
        let before = found.value;
        let as_of = if before.attempts == 0 { each.from } else { now };
        let mut after = Mail { at: as_of, ..before.clone() };
        let passing = match no_longer(&before, loaded.organisation(), Day::of(as_of)) {
            Some(why) => {
                claim.expect(&MAILS, &*each.key, Some(found.version));
                claim.delete(&OUTBOX, &*each.key);
                after.state = MailState::Dropped;
                after.why = why.to_owned();
                wipe(&mut after, backend);
                claim.put(&MAILS, &*each.key, &after);
                &mut dropped
            }
            None => {
                let claimed_until = Some(now + chrono::TimeDelta::minutes(CLAIM_MINUTES));
                claim.put(&OUTBOX, &*each.key, &Waits { from: each.from, claimed_until });
                &mut going
            }
        };
        let reply_to = reply_to(backend, loaded.organisation(), &before).await?;
        passing.push(Passing { waiting: each, version: found.version, before, after, reply_to });
    }
    count_failed(&mut claim, &loaded, &dropped);
    match store.commit(claim).await? {
        Outcome::Stored | Outcome::Repeated(_) => {}
        // Another instance hands them over, or the organisation changed: what still waits
        // is looked at again the next time.
        Outcome::Conflict => return Ok(()),
    }
    for passing in &mut going {
        // One that is not tried any more is given back as it was.
        if !(round.goes_on)() {
            break;
        }
        try_one(backend, passing, &mut round.away).await;
    }
    // What was handed over is noted, whatever comes in between: else it would go twice.
    let mut outcome = Ok(Outcome::Conflict);
    for _ in 0..ATTEMPTS {
        outcome = note(backend, &loaded, &going, moment).await;
        if matches!(outcome, Ok(Outcome::Stored | Outcome::Repeated(_))) {
            return Ok(());
        }
        if !moment.holds(backend).await.unwrap_or(true) {
            return Ok(());
        }
        if let Ok(Some(anew)) = Loaded::of(store, &organisation).await {
            loaded = anew;
        }
    }
    outcome.map(drop)
}

/// Where an answer to a mail goes: to whoever looks after the customer at the partner (P9), or to another one
/// who may start trials there. A mail of the partner's own people is answered by nobody.
async fn reply_to(
    backend: &Backend,
    organisation: Option<&Organisation>,
    mail: &Mail,
) -> Result<Option<String>, Fault> {
    let (Some(organisation), Some(partner)) = (organisation, &mail.partner) else { return Ok(None) };
    if is_for_partner(mail.order.group) {
        return Ok(None);
    }
    let people = people_of(backend.store.as_ref(), partner).await?;
    let in_charge = organisation.management(partner).and_then(|management| management.assignment.in_charge.as_ref());
    let in_charge = people.iter().find(|person| Some(&person.id) == in_charge);
    let full = || {
        let full = |role| role == PartnerRole::SalesFullAdministrator;
        people.iter().find(|person| person.of_partner().is_some_and(|(_, role)| full(role)))
    };
    Ok(in_charge.or_else(full).map(|person| person.email.clone()))
}

/// Tries to hand a mail over, and says what became of it.
async fn try_one(backend: &Backend, passing: &mut Passing<'_>, away: &mut Option<String>) {
    let after = &mut passing.after;
    let outgoing = Outgoing {
        id: &passing.waiting.key,
        to: &after.order.email,
        reply_to: passing.reply_to.as_deref(),
        subject: &after.subject,
        text: &after.text,
        html: &after.html,
    };
    let outcome = match away {
        Some(why) => Err(NotHandedOver::Away(why.clone())),
        None => backend.environment.hand_over(&outgoing).await,
    };
    after.attempts += 1;
    match outcome {
        Ok(()) => {
            after.state = MailState::Sent;
            after.why.clear();
            wipe(after, backend);
        }
        Err(NotHandedOver::Refused(why)) => {
            after.state = MailState::Bounced;
            after.why = why;
            wipe(after, backend);
        }
        Err(NotHandedOver::Later(why)) => {
            after.state = MailState::Failed;
            after.why = why;
        }
        Err(NotHandedOver::Away(why)) => {
            after.state = MailState::Failed;
            away.get_or_insert_with(|| why.clone());
            after.why = why;
        }
    }
}

/// Notes what became of mails that were claimed and tried.
async fn note(backend: &Backend, loaded: &Loaded, going: &[Passing<'_>], moment: Moment) -> Result<Outcome, Fault> {
    if going.is_empty() {
        return Ok(Outcome::Stored);
    }
    let mut commit = Commit::default();
    moment.hold(&mut commit);
    for passing in going {
        let Passing { waiting, version, after, .. } = passing;
        let key = &*waiting.key;
        commit.expect(&OUTBOX, key, Some(waiting.version + 1));
        if !passing.was_tried() {
            commit.put(&OUTBOX, key, &Waits::from(waiting.from));
            continue;
        }
        commit.expect(&MAILS, key, Some(*version));
        commit.put(&MAILS, key, after);
        if after.state == MailState::Failed {
            let tried = usize::try_from(after.attempts).unwrap_or(usize::MAX);
            let wait = RETRY_MINUTES[tried.saturating_sub(1).min(RETRY_MINUTES.len() - 1)];
            commit.put(&OUTBOX, key, &Waits::from(moment.now + chrono::TimeDelta::minutes(wait)));
        } else {
            commit.delete(&OUTBOX, key);
        }
    }
    count_failed(&mut commit, loaded, going);
    backend.store.commit(commit).await
}

/// Why a mail will not go any more: a first notice that could not be handed over
/// before the end is late (L13), no notice goes once the trial is converted or
/// cancelled (L8), and none is tried again that names an end which was moved since (E3).
fn no_longer(mail: &Mail, organisation: Option<&Organisation>, today: Day) -> Option<&'static str> {
    let MailKey::Notice { end } = mail.order.key else { return None };
    let trial = organisation?.trial(mail.trial.as_ref()?)?;
    if matches!(trial.state(today), State::Converted | State::Cancelled) {
        Some("over")
    } else if mail.attempts > 0 && trial.end() != Some(end) {
        Some("moved")
    } else if mail.order.kind == MailKind::EndsSoon && today >= end {
        Some("late")
    } else {
        None
    }
}

/// Counts failed mails in the rows of their partner (Q12).
fn count_failed(commit: &mut Commit, loaded: &Loaded, passing: &[Passing<'_>]) {
    let Some(mut stored) = loaded.stored.clone() else { return };
    let mut changed = false;
    for Passing { before, after, .. } in passing {
        let (was, is) = (before.state == MailState::Failed, after.state == MailState::Failed);
        if let Some(partner) = before.partner.as_ref().filter(|_| was != is) {
            let count = stored.failed.entry(partner.clone()).or_default();
            *count = if is { *count + 1 } else { count.saturating_sub(1) };
            changed = true;
        }
    }
    if changed {
        put(commit, &stored, loaded.version);
    }
}
