//! The ledger of mails: each is written once, with the change that orders it, and handed
//! over apart from it (L8).

mod handing_over;

use std::collections::BTreeSet;

use rules::change::{Change, Deed, MailKey, MailOrder};
use rules::clock::Day;
use rules::ids::{OrganisationId, TrialId};
use rules::notice::{MailKind, MailState};
use rules::organisation::Organisation;
use rules::trial::Trial;
use words::letter::{Letter, write as write_letter};

use crate::environment::random_secret;
use crate::organisations::{By, Signed, Writing};
use crate::receipts::digest;
use crate::records::{LINKS, LinkTo, MAILS, Mail, OUTBOX, Waits};
use crate::router::Backend;
use crate::store::{Commit, Fault, Store, json};

pub(crate) use self::handing_over::hand_over;

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
