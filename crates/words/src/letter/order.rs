//! Mails on the way to a paid order.

use super::body::Fact;
use super::facts;
use super::sheet::Sheet;
use crate::{label, mail, mail_order, number, terms};
use rules::act::ActName;
use rules::device::{Shipment, ShipmentState};
use rules::service::Calling;

/// The customer is interested in purchasing: who said so, and when (`C1`).
pub(super) fn interest(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    let interest = sheet.trial().interest.as_ref();
    let day = sheet.day(interest.map_or(sheet.letter.today, |interest| interest.on));
    let person = interest.map_or_else(|| company.to_owned(), |interest| sheet.member(&interest.by));
    match sheet.to_customer() {
        true => sheet.say(mail_order::interest_customer_intro(language, company, day, partner)),
        false => sheet.say(mail_order::interest_intro(language, company, day, person)),
    }
    let facts = facts::trial(sheet);
    sheet.facts(facts);
    if sheet.to_customer() {
        sheet.link_home();
        return mail_order::interest_customer_subject(language).to_owned();
    }
    sheet.say(mail_order::interest_next(language, label::act(language, ActName::AnswerInterest)));
    sheet.link_home();
    mail_order::interest_subject(language, company)
}

/// The distributor gets the trial's data, and with them nothing else of the customer (`C2`).
pub(super) fn handed_over(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    let organisation = sheet.letter.organisation;
    sheet.say(mail_order::handed_over_intro(language, company, sheet.who()));
    sheet.say(mail_order::handed_over_sheet(language));
    let mut facts = vec![
        Fact::one(mail::customer(language), company),
        Fact::one(mail::organisation_id(language), organisation.id.as_str()),
        Fact::one(mail::administrator(language), organisation.administrator_email.as_str()),
        Fact::one(mail::country(language), organisation.country.country().english),
        Fact::one(terms::data_residency_region(language), label::region(language, organisation.region)),
        Fact::one(mail::partner(language), partner),
        Fact::one(mail::trial_id(language), sheet.trial().id.as_str()),
    ];
    facts.extend(facts::offer(sheet, &sheet.trial().offer));
    facts.extend(facts::days(sheet));
    let numbers = sheet.trial().offer.calling.map_or(0, Calling::phone_numbers);
    if numbers > 0 {
        facts.push(Fact::one(mail::phone_numbers(language), number(language, u64::from(numbers))));
    }
    let users = organisation.users(sheet.trial()).count();
    facts.push(Fact::one(mail::user_count(language), number(language, users as u64)));
    sheet.facts(facts);
    let theirs = |shipment: &&Shipment| shipment.state == ShipmentState::Ordered || shipment.state.is_out();
    for shipment in sheet.trial().shipments.iter().filter(theirs) {
        let facts = facts::shipment(sheet, shipment);
        sheet.facts(facts);
    }
    sheet.say(mail_order::handed_over_next(language));
    sheet.link_proef();
    mail_order::handed_over_subject(language, company, partner)
}

/// The provisioning contact can set up what was ordered (`C3`). Trial devices go back (`C4`).
pub(super) fn set_up_service(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    let conversion = sheet.trial().conversion.as_ref();
    let order_number = conversion.map_or("", |conversion| conversion.order_number.as_str());
    let who = match conversion {
        Some(conversion) if conversion.by_partner != sheet.letter.partner.id => sheet.who_of_distributor(),
        _ => sheet.who(),
    };
    sheet.say(mail_order::set_up_intro(language, company, who));
    let ordered = conversion.map(|conversion| sheet.trial().offer.only(&conversion.services)).unwrap_or_default();
    let mut facts =
        vec![Fact::one(terms::order_number(language), order_number), Fact::one(mail::customer(language), company)];
    facts.extend(facts::offer(sheet, &ordered));
    sheet.facts(facts);
    sheet.link_set_up();
    sheet.say(mail_order::set_up_next(language));
    let out: Vec<_> = sheet.trial().shipments.iter().filter(|shipment| shipment.state.is_out()).collect();
    if !out.is_empty() {
        sheet.say(mail_order::set_up_devices(language));
        for shipment in out {
            let facts = facts::shipment(sheet, shipment);
            sheet.facts(facts);
        }
    }
    mail_order::set_up_subject(language, order_number)
}
