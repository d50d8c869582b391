//! Mails about the end of a trial, and about changes of what it gives.

use super::facts;
use super::sheet::{Sheet, run};
use crate::{label, mail_life};
use rules::clock::{Day, days_left};
use rules::consequences::inventory;
use rules::device::DeviceType;
use rules::notice::Recipients;
use rules::service::{Calling, Service};
use rules::trial::{DateKind, Phase, Trial, closes_on, dates_of, numbers_released_on};

/// The day on which the trial ends, and the day on which its grace period does.
fn ends(sheet: &Sheet<'_>) -> (Day, Day) {
    let end = run(sheet.trial()).map_or(sheet.letter.today, |(_, end)| end);
    (end, closes_on(end))
}

/// The trial ends soon: in how many days, and on which date (`L4`, `L6`, `L13`).
pub(super) fn ends_soon(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner, services) = (sheet.company(), sheet.partner(), sheet.services());
    let (end, grace) = ends(sheet);
    let days = days_left(sheet.letter.today, end).max(0);
    let (end, grace) = (sheet.day(end), sheet.day(grace));
    match sheet.to_customer() {
        true => sheet.say(mail_life::ends_soon_intro(language, company, days, &end, partner, services)),
        false => sheet.say(mail_life::ends_soon_partner_intro(language, company, days, &end, services)),
    }
    sheet.say(mail_life::ends_soon_after(language, grace));
    if sheet.to_customer() {
        let keep = mail_life::ends_soon_keep(language, partner);
        purchase(sheet, keep);
        return mail_life::ends_soon_subject(language, days, end);
    }
    sheet.say(mail_life::ends_soon_advice(language));
    sheet.link_home();
    mail_life::ends_soon_partner_subject(language, company, days, end)
}

/// The trial has ended: until when the grace period goes, and what is lost then (`L5`, `L3`).
pub(super) fn ended(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner, services) = (sheet.company(), sheet.partner(), sheet.services());
    let (end, grace) = ends(sheet);
    let (end, grace_day) = (sheet.day(end), sheet.day(grace));
    match sheet.to_customer() {
        true => sheet.say(mail_life::ended_intro(language, company, &end, partner, services)),
        false => sheet.say(mail_life::ended_partner_intro(language, company, &end, services)),
    }
    let lost = lost(sheet, grace);
    sheet.list(mail_life::ended_grace(language, &grace_day), lost);
    if sheet.to_customer() {
        let keep = mail_life::ended_keep(language, grace_day, partner);
        purchase(sheet, keep);
        return mail_life::ended_subject(language, end);
    }
    sheet.say(mail_life::ended_partner_advice(language));
    sheet.link_home();
    mail_life::ended_partner_subject(language, company, end)
}

/// How the services can be kept. Once the customer has removed the partner, nobody can convert the
/// trial, and what is left is to free its services for another partner (`H3`).
fn purchase(sheet: &mut Sheet<'_>, keep: String) {
    let management = sheet.letter.organisation.management(&sheet.letter.partner.id);
    let removed = management.is_some_and(|each| each.access.is_none() && each.ended.is_some_and(|ended| ended.removed));
    if removed {
        sheet.say(mail_life::keep_removed(sheet.language, sheet.company(), sheet.partner()));
        sheet.link_home();
    } else {
        sheet.say(keep);
        sheet.link_purchase();
    }
}

/// What is lost when the trial closes on a day, with counts (`L3`, `L9`).
fn lost(sheet: &Sheet<'_>, closing: Day) -> Vec<String> {
    let language = sheet.language;
    let offer = &sheet.trial().offer;
    let inventory = inventory(sheet.letter.organisation, sheet.trial(), sheet.letter.today);
    let mut lost = label::offered(language, offer);
    if inventory.users > 0 {
        lost.push(mail_life::lost_users(language, inventory.users));
    }
    if let Some(site) = offer.meetings.as_ref().and_then(|meetings| meetings.site.as_ref()) {
        lost.push(mail_life::lost_site(language, site.name.host(sheet.letter.site_domain)));
    }
    if inventory.phone_numbers > 0 {
        let released = sheet.day(numbers_released_on(closing));
        lost.push(mail_life::lost_numbers(language, inventory.phone_numbers, released));
    }
    if inventory.administrators > 0 {
        lost.push(mail_life::lost_administrators(language, inventory.administrators));
    }
    lost
}

/// The trial has closed: its users have no access any more (`L7`).
pub(super) fn access_over(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, services) = (sheet.company(), sheet.services());
    let (end, grace) = ends(sheet);
    let (end, grace) = (sheet.day(end), sheet.day(grace));
    if !sheet.to_customer() {
        sheet.say(mail_life::access_over_partner_intro(language, company, end, grace, services));
        sheet.link_home();
        return mail_life::access_over_partner_subject(language, company);
    }
    sheet.say(mail_life::access_over_intro(language, company, end, grace, &services));
    match sheet.letter.organisation.closed {
        Some(_) => sheet.say(mail_life::access_over_closed(language, company)),
        None => sheet.say(mail_life::access_over_ask(language, company)),
    }
    mail_life::access_over_subject(language, services)
}

/// The trial gives less, or ends earlier: what changed, where it is known what was before, and how
/// the trial is now (`E4`, `E5`).
pub(super) fn reduced(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    sheet.say(mail_life::reduced_intro(language, company, sheet.who()));
    let changes = sheet.letter.before.map_or_else(Vec::new, |before| less(sheet, before));
    sheet.list(mail_life::reduced_changes(language), changes);
    sheet.say(mail_life::reduced_now(language));
    let facts = facts::trial(sheet);
    sheet.facts(facts);
    if let Some(licences) = sheet.trial().offer.licences {
        let counted = sheet.trial().offer.services().into_iter().filter(|service| service.has_licences());
        let over = counted.filter(|service| sheet.letter.organisation.assigned(*service) > licences).count();
        if over > 0 {
            sheet.say(mail_life::reduced_keep(language));
        }
    }
    if let Some(released) = sheet.trial().numbers_until {
        sheet.say(mail_life::cancelled_numbers(language, sheet.day(released)));
    }
    if !sheet.trial().offer.has(Service::Devices) {
        give_back(sheet);
    }
    sheet.link_home();
    match sheet.to_customer() {
        true => mail_life::reduced_subject(language).to_owned(),
        false => mail_life::reduced_partner_subject(language, company),
    }
}

/// In what the trial is less than it was.
fn less(sheet: &Sheet<'_>, before: &Trial) -> Vec<String> {
    let language = sheet.language;
    let (old, new) = (&before.offer, &sheet.trial().offer);
    let mut less = Vec::new();
    let gone = old.services().into_iter().filter(|service| !new.has(*service));
    less.extend(gone.map(|service| mail_life::reduced_service(language, label::service(language, service))));
    if let (Some(was), Some(is)) = (old.calling.map(Calling::kind), new.calling.map(Calling::kind))
        && was != is
    {
        less.push(mail_life::reduced_service(language, label::calling(language, was)));
    }
    if let (Some(was), Some(is)) = (&old.meetings, &new.meetings) {
        let gone = was.options.iter().filter(|option| !is.options.contains(option));
        less.extend(gone.map(|option| mail_life::reduced_service(language, label::option(language, *option))));
    }
    if let (Some(was), Some(is)) = (old.licences, new.licences)
        && is < was
    {
        less.push(mail_life::reduced_licences(language, is, was));
    }
    if let (Some(was), Some(is)) = (&old.devices, &new.devices) {
        for device in DeviceType::ALL.into_iter().filter(|device| is.get(*device) < was.get(*device)) {
            let name = label::device(language, device);
            less.push(mail_life::reduced_devices(language, name, is.get(device), was.get(device)));
        }
    }
    if let (Some((_, was)), Some((_, is))) = (run(before), run(sheet.trial()))
        && is < was
    {
        less.push(mail_life::reduced_end(language, sheet.day(is), sheet.day(was)));
    }
    less
}

/// The end of a trial that came from a request was moved (`X10`).
pub(super) fn end_moved(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    let end = sheet.day(ends(sheet).0);
    sheet.say(mail_life::end_moved_intro(language, company, &end, sheet.who()));
    if let Some((_, old)) = sheet.letter.before.and_then(run) {
        sheet.say(mail_life::end_moved_from(language, sheet.day(old)));
    }
    let facts = facts::trial(sheet);
    sheet.facts(facts);
    if sheet.trial().shipments.iter().any(|shipment| shipment.state.is_out()) {
        sheet.say(mail_life::end_moved_devices(language));
    }
    sheet.link_home();
    match sheet.to_customer() {
        true => mail_life::end_moved_subject(language, end),
        false => mail_life::end_moved_partner_subject(language, company, end),
    }
}

/// The trial was cancelled: when, by whom, and what follows (`K2`, `X13`). Its effects are as of
/// that day also while they can still be undone, because the mail waits for as long.
pub(super) fn cancelled(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, services, trial) = (sheet.company(), sheet.services(), sheet.trial());
    let (on, started) = match trial.phase {
        Phase::Cancelled { on, started } => (on, started),
        _ => (sheet.letter.today, trial.started.is_some()),
    };
    let by = trial.cancellation.as_ref().and_then(|cancellation| cancellation.by.as_ref());
    let by = by.and_then(|by| match (sheet.letter.organisation.member(by), sheet.letter.sender) {
        (Some(_), _) => Some(sheet.member(by)),
        (None, Some(_)) => Some(sheet.who()),
        (None, None) => None,
    });
    let day = sheet.day(on);
    match by {
        Some(who) => sheet.say(mail_life::cancelled_by(language, company, day, &services, who)),
        None => sheet.say(mail_life::cancelled_intro(language, company, day, &services)),
    }
    if sheet.letter.order.group == Recipients::Users {
        sheet.say(mail_life::cancelled_user(language));
        return mail_life::cancelled_subject(language, services);
    }
    match started {
        true => sheet.say(mail_life::cancelled_stopped(language)),
        false => sheet.say(mail_life::cancelled_before(language)),
    }
    let released = day_of(sheet, DateKind::NumberRelease);
    if let Some(released) = released {
        sheet.say(mail_life::cancelled_numbers(language, released));
    }
    give_back(sheet);
    sheet.link_home();
    match sheet.to_customer() {
        true => mail_life::cancelled_subject(language, services),
        false => mail_life::cancelled_partner_subject(language, company),
    }
}

/// A day that follows from the trial as it is.
fn day_of(sheet: &Sheet<'_>, wanted: DateKind) -> Option<String> {
    let dates = dates_of(sheet.trial());
    dates.iter().find(|(_, kind)| *kind == wanted).map(|(day, _)| sheet.day(*day))
}

/// Devices that are out and have to come back, each with its own days (`D8`).
fn give_back(sheet: &mut Sheet<'_>) {
    let language = sheet.language;
    let mut back = Vec::new();
    for shipment in sheet.trial().shipments.iter().filter(|shipment| shipment.state.is_out()) {
        let end = day_of(sheet, DateKind::DeviceEnd(shipment.device));
        let due = day_of(sheet, DateKind::DeviceReturn(shipment.device));
        if let (Some(end), Some(due)) = (end, due) {
            back.push(mail_life::cancelled_device(language, facts::counted(sheet, shipment), due, end));
        }
    }
    sheet.list(mail_life::cancelled_devices(language), back);
}
