//! Mails when a trial starts.

use super::facts;
use super::sheet::{Sheet, run};
use crate::{mail, mail_start};
use rules::service::Service;
use rules::trial::{Provisioning, closes_on};

/// Sign-in directions for the first full administrator. What has failed or still waits is named,
/// because the mail goes without it after 24 hours (`N17`).
pub(super) fn welcome(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    let (address, email) = (sheet.letter.address, sheet.letter.organisation.administrator_email.as_str());
    let named = |sheet: &Sheet<'_>, wanted: fn(Provisioning) -> bool| {
        let steps = sheet.trial().provisioning.iter().filter(|step| wanted(step.state));
        let services: Vec<Service> = steps.map(|step| step.service).collect();
        (!services.is_empty()).then(|| sheet.list_of(&services))
    };
    let ready = named(sheet, |state| matches!(state, Provisioning::Done(_)));
    let failed = named(sheet, |state| matches!(state, Provisioning::Failed { .. }));
    let waiting = named(sheet, |state| matches!(state, Provisioning::Waiting));

    let subject = match (sheet.to_customer(), &ready) {
        (true, Some(ready)) => mail_start::welcome_subject(language, ready),
        (true, None) => mail_start::welcome_subject_none(language, sheet.services()),
        (false, _) => mail_start::welcome_partner_subject(language, company),
    };
    match sheet.to_customer() {
        true => sheet.say(mail_start::welcome_intro(language, company, partner)),
        false => sheet.say(mail_start::welcome_partner_intro(language, address, company, email)),
    }
    if let Some(ready) = ready {
        sheet.say(mail_start::welcome_services(language, ready));
    }
    if let Some(failed) = failed {
        sheet.say(mail_start::welcome_failed(language, failed));
    }
    if let Some(waiting) = waiting {
        sheet.say(mail_start::welcome_waiting(language, waiting));
    }
    if let Some((_, end)) = run(sheet.trial()) {
        let grace = sheet.day(closes_on(end));
        sheet.say(mail_start::welcome_dates(language, sheet.day(end), grace));
    }
    if sheet.to_customer() {
        sheet.say(mail_start::welcome_sign_in(language, address, email));
        sheet.link_proef();
        sheet.say(mail::help(language, partner));
    } else {
        sheet.link_home();
    }
    subject
}

/// A trial has started for an organisation that was there before: added (`A3`), or set up after
/// it was accepted (`X12`).
pub(super) fn started(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    match sheet.trial().request {
        Some(_) => sheet.say(mail_start::started_accepted(language, company, partner)),
        None => sheet.say(mail_start::started_intro(language, company, sheet.who())),
    }
    if !sheet.letter.organisation.purchased.is_empty() {
        sheet.say(mail_start::started_beside(language, company));
    }
    let facts = facts::trial(sheet);
    sheet.facts(facts);
    sheet.say(mail_start::started_provisioned(language));
    sheet.link_home();
    if sheet.to_customer() {
        sheet.say(mail::help(language, partner));
        return mail_start::started_subject(language, sheet.services());
    }
    mail_start::started_partner_subject(language, company)
}
