//! Facts that several mails hold.

use super::body::Fact;
use super::sheet::{Sheet, run};
use crate::{label, mail, terms};
use rules::device::{ShipTo, Shipment};
use rules::offer::Offer;
use rules::postal::town_line;
use rules::trial::closes_on;

/// What an offer holds, a value for each service, and the Meetings site with its whole name.
pub(super) fn offer(sheet: &Sheet<'_>, offer: &Offer) -> Vec<Fact> {
    let language = sheet.language;
    let site = offer.meetings.as_ref().and_then(|meetings| meetings.site.as_ref());
    let site = site.map(|site| Fact::one(mail::site(language), site.name.host(sheet.letter.site_domain)));
    std::iter::once(Fact(mail::services(language), label::offered(language, offer))).chain(site).collect()
}

/// The days on which the trial starts and ends, and until when its grace period goes.
pub(super) fn days(sheet: &Sheet<'_>) -> Vec<Fact> {
    let language = sheet.language;
    let Some((start, end)) = run(sheet.trial()) else { return Vec::new() };
    vec![
        Fact::one(mail::starts(language), sheet.day(start)),
        Fact::one(mail::ends(language), sheet.day(end)),
        Fact::one(mail::grace_until(language), sheet.day(closes_on(end))),
    ]
}

/// The matching phrase of the request that the trial came from (`X6`).
pub(super) fn phrase(sheet: &Sheet<'_>) -> Option<Fact> {
    let request = sheet.trial().request.as_ref()?;
    Some(Fact::one(mail::phrase(sheet.language), request.phrase.as_str()))
}

/// How long a trial that has not started will run.
pub(super) fn duration(sheet: &Sheet<'_>) -> Fact {
    let days = sheet.trial().duration.days();
    Fact::one(mail::duration(sheet.language), mail::duration_from_set_up(sheet.language, days))
}

/// What the trial gives, its days, and the matching phrase where there is one.
pub(super) fn trial(sheet: &Sheet<'_>) -> Vec<Fact> {
    let mut facts = offer(sheet, &sheet.trial().offer);
    facts.extend(days(sheet));
    facts.extend(phrase(sheet));
    facts
}

/// So many devices of the shipment's type.
pub(super) fn counted(sheet: &Sheet<'_>, shipment: &Shipment) -> String {
    label::devices(sheet.language, shipment.device, shipment.count)
}

/// A shipment: what it is, its numbers once it was sent, and its own end beside the trial's (`D6`).
pub(super) fn shipment(sheet: &Sheet<'_>, shipment: &Shipment) -> Vec<Fact> {
    let language = sheet.language;
    let mut facts = vec![Fact::one(mail::devices(language), counted(sheet, shipment))];
    facts.extend(
        shipment.demo_order_number.iter().map(|number| Fact::one(terms::demo_order_number(language), number.as_str())),
    );
    if !shipment.serials.is_empty() {
        facts.push(Fact(mail::serials(language), shipment.serials.clone()));
    }
    facts.push(Fact::one(mail::device_end(language), sheet.day(shipment.end)));
    facts.extend(run(sheet.trial()).map(|(_, end)| Fact::one(mail::ends(language), sheet.day(end))));
    facts.push(Fact::one(mail::back_by(language), sheet.day(shipment.return_due())));
    facts
}

/// Where devices were shipped to, on one line.
pub(super) fn ships_to(sheet: &Sheet<'_>, to: &ShipTo) -> Fact {
    let place = town_line(to.country, &to.postal_code, &to.city);
    let lines = [&to.contact_name, &to.company, &to.street, &place, to.country.country().english];
    Fact::one(mail::ships_to(sheet.language), lines.join(", "))
}
