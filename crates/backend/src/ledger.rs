//! The ledger of mails: each is written once, with the change that orders it, and handed
//! over apart from it (L8).

use std::collections::BTreeSet;

use rules::change::{Change, Deed, MailKey, MailOrder};
use rules::clock::{Day, Instant};
use rules::ids::{OrganisationId, TrialId};
use rules::notice::{MailKind, MailState};
use rules::organisation::Organisation;
use rules::trial::{State, Trial};
use words::letter::{Letter, write as write_letter};

use crate::environment::{Outgoing, random_secret};
use crate::organisations::{By, Loaded, Signed, Writing, put};
use crate::receipts::digest;
use crate::records::{LINKS, LinkTo, MAILS, Mail, OUTBOX, Waits};
use crate::router::{Backend, Moment};
use crate::store::{Commit, Fault, Outcome, Store, json};

/// Minutes after which a mail is tried again: growing, then every 6 hours (L8).
const RETRY_MINUTES: [i64; 5] = [1, 5, 30, 2 * 60, 6 * 60];

/// Most mails that are claimed at once: so many are in doubt when an instance stops in
/// the middle of handing them over.
const TOGETHER: usize = 20;

/// Minutes after which a claim runs out.
const CLAIM_MINUTES: i64 = 15;

/// How often it is tried to note what became of mails that were handed over.
const ATTEMPTS: usize = 8;

/// Hexadecimal digits of a link's secret (X7).
pub(crate) const SECRET_DIGITS: usize = 64;

/// The key of a mail in the ledger: what makes it the one that it is. `entry` tells
/// mails of acts apart.
fn key(organisation: &OrganisationId, trial: Option<&TrialId>, order: &MailOrder, entry: u64) -> String {
    let which = match &order.key {
        MailKey::Act => format!("act {entry}"),
        other => json(other),
    };
    let trial = trial.map(TrialId::as_str).unwrap_or_default();
    let device = order.device.map(rules::device::DeviceType::name).unwrap_or_default();
    let parts = [trial, order.kind.name(), &which, device, &order.email];
    format!("{organisation}/{}", &digest(&parts.join("\n"))[..32])
}

/// The keys of mails that changes order and that are in the ledger already. Mails of
/// acts cannot be: each act is another one.
pub(crate) async fn known(
    store: &dyn Store,
    organisation: &OrganisationId,
    changes: &[Signed],
) -> Result<BTreeSet<String>, Fault> {
    let mut known = BTreeSet::new();
    for (change, _) in changes {
        for order in change.mails.iter().filter(|order| order.key != MailKey::Act) {
            let key = key(organisation, change.trial.as_ref(), order, 0);
            if MAILS.get(store, &key).await?.is_some() {
                known.insert(key);
            }
        }
    }
    Ok(known)
}

/// Adds the mails of a change to a commit.
pub(crate) fn write(
    commit: &mut Commit,
    organisation: &Organisation,
    change: &Change,
    by: &By,
    entry: u64,
    writing: Writing<'_>,
) {
    let Some(trial) = change.trial.as_ref().and_then(|id| organisation.trial(id)) else { return };
    let Some(partner) = writing.facts.partners.get(&trial.partner) else { return };
    for order in &change.mails {
        let key = key(&organisation.id, Some(&trial.id), order, entry);
        if writing.known_mails.contains(&key) {
            continue;
        }
        let secret = (order.kind == MailKind::Consent).then(|| random_secret(writing.environment));
        if let Some(secret) = &secret {
            let to = LinkTo { organisation: organisation.id.clone(), trial: trial.id.clone() };
            commit.put(&LINKS, digest(secret), &to);
        }
        let deployment = writing.deployment;
        // The secret stands in the fragment, which no browser sends anywhere (X7).
        let link = secret.map(|secret| format!("{}/request#{secret}", deployment.address));
        let written = write_letter(&Letter {
            order,
            organisation,
            trial,
            before: words::letter::before(change),
            partner: &partner.partner,
            reason: said(order, trial),
            sender: by.partner.is_some().then_some(by.name.as_str()),
            address: &deployment.address,
            link: link.as_deref(),
            today: Day::of(change.at),
            site_domain: &deployment.settings.site_domain,
            mailbox: &deployment.settings.trials_team_email,
        });
        let from = order.held_until.unwrap_or(change.at);
        let handed_over = writing.handed_over_until.is_some_and(|until| from <= until);
        let state = match (handed_over, order.held_until) {
            (true, _) => MailState::Sent,
            (false, Some(_)) => MailState::Held,
            (false, None) => MailState::Planned,
        };
        let mail = Mail {
            order: order.clone(),
            organisation: organisation.id.clone(),
            trial: Some(trial.id.clone()),
            partner: Some(trial.partner.clone()),
            subject: written.subject,
            text: written.text,
            html: written.html,
            link: written.link,
            written: change.at,
            state,
            at: if handed_over { from } else { change.at },
            attempts: u32::from(handed_over),
            why: String::new(),
        };
        if !handed_over {
            commit.put(&OUTBOX, &*key, &Waits::from(from));
        }
        commit.put(&MAILS, key, &mail);
    }
}

/// What the trials team said with the decision that a mail tells (D7).
fn said<'a>(order: &MailOrder, trial: &'a Trial) -> Option<&'a str> {
    let shipment = trial.shipment(order.device?)?;
    let answered = shipment.answered.as_ref().filter(|_| order.kind == MailKind::DeviceExtensionDecided)?;
    answered.reason.as_deref()
}

/// Drops the mails of a cancelling that was undone; they were held until now (K2).
pub(crate) async fn drop_held(
    store: &dyn Store,
    commit: &mut Commit,
    organisation: &OrganisationId,
    change: &Change,
) -> Result<(), Fault> {
    if change.deed != Deed::Undone {
        return Ok(());
    }
    for (key, found) in MAILS.list(store, &format!("{organisation}/")).await? {
        let mail = found.value;
        if mail.state == MailState::Held && mail.trial == change.trial {
            commit.expect(&MAILS, &*key, Some(found.version));
            commit.delete(&OUTBOX, &*key);
            let why = "undone".to_owned();
            commit.put(&MAILS, key, &Mail { state: MailState::Dropped, at: change.at, why, ..mail });
        }
    }
    Ok(())
}

/// Hands over every mail that waits for it at a moment, the earliest first. A mail that
/// was written for an earlier instant is tried as of that one, so that a jump of the clock
/// gives the same as single steps (L13).
pub(crate) async fn hand_over(backend: &Backend, moment: Moment) -> Result<(), Fault> {
    let waiting = OUTBOX.list(backend.store.as_ref(), "").await?;
    let waiting = waiting.into_iter().filter(|(_, waits)| waits.value.is_ripe(moment.now));
    let mut waiting: Vec<Waiting> =
        waiting.map(|(key, waits)| Waiting { key, from: waits.value.from, version: waits.version }).collect();
    waiting.sort_by(|one, other| (one.from, &one.key).cmp(&(other.from, &other.key)));
    let mut trouble = None;
    for of_one in waiting.chunk_by(|one, other| one.organisation() == other.organisation()) {
        for together in of_one.chunks(TOGETHER) {
            if let Err(fault) = hand_over_together(backend, together, moment).await {
                trouble.get_or_insert(fault);
            }
        }
    }
    trouble.map_or(Ok(()), Err)
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
}

/// Hands over some mails about one organisation. They are claimed first, so that of
/// several instances one alone hands a mail over, and nothing is lost when an instance
/// stops in between: a claim runs out.
async fn hand_over_together(backend: &Backend, waiting: &[Waiting], moment: Moment) -> Result<(), Fault> {
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
        passing.push(Passing { waiting: each, version: found.version, before, after });
    }
    count_failed(&mut claim, &loaded, &dropped);
    match store.commit(claim).await? {
        Outcome::Stored | Outcome::Repeated(_) => {}
        // Another instance hands them over, or the organisation changed: what still waits
        // is looked at again the next time.
        Outcome::Conflict => return Ok(()),
    }
    for Passing { waiting, after, .. } in &mut going {
        let outgoing = Outgoing {
            id: &waiting.key,
            to: &after.order.email,
            subject: &after.subject,
            text: &after.text,
            html: &after.html,
        };
        let outcome = backend.environment.hand_over(&outgoing).await;
        after.attempts += 1;
        match outcome {
            Ok(()) => {
                after.state = MailState::Sent;
                after.why.clear();
                wipe(after, backend);
            }
            Err(why) => {
                after.state = MailState::Failed;
                after.why = why;
            }
        }
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

/// Notes what became of mails that were claimed and tried.
async fn note(backend: &Backend, loaded: &Loaded, going: &[Passing<'_>], moment: Moment) -> Result<Outcome, Fault> {
    if going.is_empty() {
        return Ok(Outcome::Stored);
    }
    let mut commit = Commit::default();
    moment.hold(&mut commit);
    for Passing { waiting, version, after, .. } in going {
        let key = &*waiting.key;
        commit.expect(&OUTBOX, key, Some(waiting.version + 1));
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

/// Blanks the secret of a consent mail that went out, or will not: from then on it is the
/// recipient's alone (X7). The Mailbox of a demonstration stands for the recipient's own.
fn wipe(mail: &mut Mail, backend: &Backend) {
    if mail.order.kind == MailKind::Consent && !backend.deployment.demonstration {
        mail.text = without_secret(&mail.text);
        mail.html = without_secret(&mail.html);
        mail.link = None;
    }
}

/// A text without secrets of links: no other text has so many hexadecimal digits in a row.
pub(crate) fn without_secret(text: &str) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(|character: char| character.is_ascii_hexdigit()) {
        let digits = rest[begin..].bytes().take_while(u8::is_ascii_hexdigit).count();
        blanked.push_str(&rest[..begin]);
        if digits < SECRET_DIGITS {
            blanked.push_str(&rest[begin..begin + digits]);
        } else {
            blanked.push_str("•••");
        }
        rest = &rest[begin + digits..];
    }
    blanked.push_str(rest);
    blanked
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
