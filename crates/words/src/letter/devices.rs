//! Mails about devices on loan. Each is about one shipment, which the order names by its type.

use super::body::Fact;
use super::facts;
use super::sheet::Sheet;
use crate::{label, mail, mail_devices};
use rules::clock::days_left;
use rules::device::{Shipment, ShipmentState};

fn shipment<'a>(sheet: &Sheet<'a>) -> Option<&'a Shipment> {
    sheet.letter.trial.shipment(sheet.letter.order.device?)
}

/// What the mail is about, in its subject.
fn devices(sheet: &Sheet<'_>) -> String {
    match shipment(sheet) {
        Some(shipment) => facts::counted(sheet, shipment),
        None => mail::devices(sheet.language).to_owned(),
    }
}

fn shipment_facts(sheet: &mut Sheet<'_>) {
    if let Some(shipment) = shipment(sheet) {
        let mut facts = facts::shipment(sheet, shipment);
        facts.extend(sheet.trial().ships_to(shipment).map(|to| facts::ships_to(sheet, to)));
        sheet.facts(facts);
    }
}

/// How the devices go back from the country that they were shipped to (`D8`).
fn return_steps(sheet: &mut Sheet<'_>) {
    if let Some(to) = shipment(sheet).and_then(|shipment| sheet.letter.trial.ships_to(shipment)) {
        let steps = label::return_steps(sheet.language, to.country.country().returns, sheet.letter.mailbox);
        sheet.steps(mail_devices::agreement_steps(sheet.language), steps);
        if let Some(questions) = label::return_questions(sheet.language, sheet.letter.mailbox) {
            sheet.say(questions);
        }
    }
}

/// A shipment is on its way: serial numbers, demo order number, device end and return duty, beside
/// the trial's end (`D6`).
pub(super) fn licence_agreement(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    let devices = devices(sheet);
    sheet.say(mail_devices::agreement_intro(language, company));
    shipment_facts(sheet);
    if let Some(shipment) = shipment(sheet) {
        let due = sheet.day(shipment.return_due());
        sheet.say(mail_devices::agreement_duty(language, due));
    }
    sheet.say(mail_devices::agreement_two_ends(language));
    return_steps(sheet);
    sheet.link_devices();
    match sheet.to_customer() {
        true => mail_devices::agreement_subject(language, devices),
        false => mail_devices::agreement_partner_subject(language, company, devices),
    }
}

/// A partner asks to keep devices longer; the trials team decides (`D7`).
pub(super) fn extension(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    let open = shipment(sheet).and_then(|shipment| Some((shipment, shipment.extension.as_ref()?)));
    if let Some((shipment, request)) = open {
        sheet.say(mail_devices::extension_intro(language, company, request.days, sheet.who()));
        let mut facts = vec![
            Fact::one(mail::customer(language), company),
            Fact::one(mail::organisation_id(language), sheet.letter.organisation.id.as_str()),
            Fact::one(mail::partner(language), partner),
        ];
        facts.extend(facts::shipment(sheet, shipment));
        facts.extend([
            Fact::one(mail::device_start(language), sheet.day(shipment.start)),
            Fact::one(mail_devices::extension_new_end(language), sheet.day(shipment.end.plus(request.days))),
            Fact::one(mail_devices::extension_latest(language), sheet.day(shipment.latest_end())),
        ]);
        sheet.facts(facts);
        sheet.say(mail_devices::extension_why(language));
        sheet.quote(&request.reason);
    }
    sheet.say(mail_devices::extension_next(language));
    sheet.link_devices();
    mail_devices::extension_subject(language, company, devices(sheet))
}

/// Whether devices may be kept longer: it was approved when the device end moved (`D7`).
pub(super) fn decided(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    sheet.say(mail_devices::decided_intro(language, company));
    let before = sheet.letter.before.zip(sheet.letter.order.device).and_then(|(trial, device)| trial.shipment(device));
    if let (Some(now), Some(before)) = (shipment(sheet), before) {
        match now.end > before.end {
            true => sheet.say(mail_devices::decided_approved(language)),
            false => sheet.say(mail_devices::decided_refused(language)),
        }
    }
    if let Some(reason) = sheet.letter.reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        sheet.say(mail_devices::decided_why(language));
        sheet.quote(reason);
    }
    shipment_facts(sheet);
    sheet.link_devices();
    mail_devices::decided_subject(language, company, devices(sheet))
}

/// A request to keep devices longer closed by itself (`D7`).
pub(super) fn closed(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    sheet.say(mail_devices::closed_intro(language, company));
    shipment_facts(sheet);
    sheet.link_devices();
    mail_devices::closed_subject(language, company, devices(sheet))
}

/// Devices are overdue: since when, which of them, and how they go back (`D8`).
pub(super) fn overdue(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    if let Some(shipment) = shipment(sheet) {
        let due = shipment.return_due();
        let days = days_left(due, sheet.letter.today).max(0);
        let due = sheet.day(due);
        sheet.say(mail_devices::overdue_intro(language, company, days, due));
        shipment_facts(sheet);
        let back = |serial: &&String| shipment.returned.iter().any(|returned| returned.serial == **serial);
        let missing: Vec<String> = shipment.serials.iter().filter(|serial| !back(serial)).cloned().collect();
        if shipment.state == ShipmentState::ReturnedInPart {
            sheet.facts([Fact(mail_devices::overdue_missing(language), missing)]);
        }
    }
    return_steps(sheet);
    if !sheet.to_customer() {
        sheet.say(mail_devices::overdue_partner_advice(language));
    }
    sheet.say(mail_devices::overdue_weekly(language));
    // Nobody can sign in for a closed organisation (L3); the steps above are all there is to know.
    if !sheet.to_customer() || sheet.letter.organisation.closed.is_none() {
        sheet.link_devices();
    }
    match sheet.to_customer() {
        true => mail_devices::overdue_subject(language, devices(sheet)),
        false => mail_devices::overdue_partner_subject(language, company, devices(sheet)),
    }
}
