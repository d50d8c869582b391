//! Mails about a request, its answer, and the set-up after it.

use super::body::Fact;
use super::facts;
use super::sheet::Sheet;
use crate::{label, mail, mail_request, terms};
use rules::clock::Day;
use rules::consent::{Answer, Answered, DeclineReason, SET_UP_DAYS};
use rules::organisation::AccessLevel;
use rules::service::Service;
use rules::trial::Phase;

/// A partner asks for a trial: who asks and why, for what and for which access, until when, and how
/// it can be checked and answered (`X6`).
pub(super) fn consent(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    let trial = sheet.trial();
    let request = trial.request.as_ref();
    let person = request.map(|request| request.by_name.as_str()).filter(|name| !name.is_empty());
    let who = sheet.who_is(person.or(sheet.letter.sender));
    sheet.say(mail_request::consent_intro(language, company, &who));

    match request.map(|request| request.words.trim()).filter(|words| !words.is_empty()) {
        Some(words) => {
            sheet.say(mail_request::consent_why(language));
            sheet.quote(words);
        }
        None => sheet.say(mail_request::consent_no_words(language)),
    }

    sheet.say(mail_request::consent_asked(language));
    let until = answer_by(sheet).map(|day| sheet.day(day));
    let asked = request.map_or(&trial.offer, |request| &request.asked);
    let mut facts = vec![Fact::one(mail::asks(language), who)];
    facts.extend(facts::offer(sheet, asked));
    facts.push(facts::duration(sheet));
    facts.push(Fact::one(
        terms::data_residency_region(language),
        label::region(language, sheet.letter.organisation.region),
    ));
    facts.extend(until.iter().map(|day| Fact::one(mail::answer_until(language), day.as_str())));
    facts.extend(facts::phrase(sheet));
    sheet.facts(facts);

    match request.is_some_and(|request| request.asks_full_access) {
        true => sheet.say(mail_request::consent_full(language, partner)),
        false => sheet.say(mail_request::consent_provisioning(language, partner)),
    }
    let means = [AccessLevel::FullAdministrator, AccessLevel::Provisioning]
        .map(|level| [label::access(language, level), ": ", label::access_sentence(language, level)].concat());
    sheet.list(mail_request::consent_access(language), means.to_vec());

    if let Some(request) = request {
        sheet.say(mail_request::consent_check(language, partner, &request.phrase));
    }
    if let Some(link) = sheet.letter.link {
        sheet.link(mail::to_request(language), link.to_owned());
    }
    if let Some(day) = until {
        sheet.say(mail_request::consent_until(language, day));
    }
    let pending = terms::trial_request_pending(language);
    sheet.say(mail_request::consent_other(language, sheet.letter.address, company, pending));
    match sheet.to_customer() {
        true => mail_request::consent_subject(language, company, partner),
        false => mail_request::consent_partner_subject(language, company),
    }
}

fn answer_by(sheet: &Sheet<'_>) -> Option<Day> {
    match sheet.trial().phase {
        Phase::Pending { answer_by } => Some(answer_by),
        _ => sheet.trial().first_sent().map(rules::consent::answer_by),
    }
}

fn answer<'a>(sheet: &Sheet<'a>) -> Option<&'a Answer> {
    sheet.letter.trial.request.as_ref()?.answer.as_ref()
}

/// The request was accepted: by whom, what of it, and with which access (`X9`).
pub(super) fn accepted(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    if let Some(answer) = answer(sheet) {
        let day = sheet.day(Day::of(answer.at));
        sheet.say(mail_request::accepted_intro(language, company, day, partner, &answer.by_name));
    }
    let mut facts = facts::offer(sheet, &sheet.trial().offer);
    facts.push(facts::duration(sheet));
    facts.extend(facts::phrase(sheet));
    sheet.facts(facts);
    if let Some((not, access)) = answer(sheet).and_then(|answer| given(sheet, answer)) {
        if !not.is_empty() {
            sheet.say(mail_request::accepted_not(language, sheet.list_of(&not)));
        }
        sheet.say(mail_request::accepted_access(language, label::access(language, access), partner));
    }
    if let Some(day) = set_up_until(sheet) {
        let day = sheet.day(day);
        match sheet.to_customer() {
            true => sheet.say(mail_request::accepted_next(language, company, day, partner)),
            false => sheet.say(mail_request::accepted_partner_next(language, day)),
        }
    }
    sheet.link_set_up();
    match sheet.to_customer() {
        true => mail_request::accepted_subject(language, company, partner),
        false => mail_request::accepted_partner_subject(language, company),
    }
}

/// The services that were asked for and not accepted, and the access that the partner has by now.
fn given(sheet: &Sheet<'_>, answer: &Answer) -> Option<(Vec<Service>, AccessLevel)> {
    let asked = &sheet.letter.trial.request.as_ref()?.asked;
    match &answer.what {
        Answered::Accepted { full_access, services } => {
            let not = asked.services().into_iter().filter(|service| !services.contains(service)).collect();
            // Accepting one request takes away nothing that another one gave.
            let had = sheet.letter.organisation.access(&sheet.letter.partner.id);
            let full = *full_access || had.is_some_and(|access| access.level == AccessLevel::FullAdministrator);
            Some((not, if full { AccessLevel::FullAdministrator } else { AccessLevel::Provisioning }))
        }
        Answered::Declined { .. } => None,
    }
}

/// The request was declined, and why (`X9`).
pub(super) fn declined(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    let mut blocks = false;
    if let Some(answer) = answer(sheet) {
        let day = sheet.day(Day::of(answer.at));
        sheet.say(mail_request::declined_intro(language, company, day, partner, &answer.by_name));
        if let Answered::Declined { reason, note } = &answer.what {
            blocks = *reason == DeclineReason::UnknownPartner;
            let mut facts = vec![Fact::one(mail::reason(language), label::decline_reason(language, *reason))];
            facts.extend(facts::phrase(sheet));
            sheet.facts(facts);
            if !note.trim().is_empty() {
                sheet.say(mail_request::declined_note(language));
                sheet.quote(note.trim());
            }
        }
    }
    sheet.say(mail_request::declined_nothing(language, company, partner));
    match (blocks, sheet.to_customer()) {
        (true, _) => sheet.say(mail_request::declined_blocked(language, company, partner)),
        (false, false) => sheet.say(mail_request::declined_partner_again(language)),
        (false, true) => {}
    }
    sheet.link_home();
    match sheet.to_customer() {
        true => mail_request::declined_subject(language, company, partner),
        false => mail_request::declined_partner_subject(language, company),
    }
}

/// Services could no longer be offered when the trial was set up. Whose trial they are in by then
/// is not said (`X4`, `P8`).
pub(super) fn left_out(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    let granted = sheet.trial().granted().unwrap_or_default();
    let missing = granted.services().into_iter().filter(|service| !sheet.trial().offer.has(*service));
    let missing = sheet.list_of(&missing.collect::<Vec<_>>());
    sheet.say(mail_request::left_out_intro(language, company, &missing));
    sheet.say(mail_request::left_out_rest(language));
    let facts = facts::trial(sheet);
    sheet.facts(facts);
    sheet.link_home();
    match sheet.to_customer() {
        true => mail_request::left_out_subject(language, missing),
        false => mail_request::left_out_partner_subject(language, company, missing),
    }
}

/// The day of the accepting.
fn accepted_on(sheet: &Sheet<'_>) -> Option<Day> {
    let trial = sheet.trial();
    let before = trial.cancellation.as_ref().map(|cancellation| cancellation.before);
    match (trial.phase, before) {
        (Phase::Awaiting { since }, _) | (_, Some(Phase::Awaiting { since })) => Some(since),
        _ => answer(sheet).map(|answer| Day::of(answer.at)),
    }
}

/// The last day on which the set-up can be finished (`X18`).
fn set_up_until(sheet: &Sheet<'_>) -> Option<Day> {
    accepted_on(sheet).map(|since| since.plus(SET_UP_DAYS))
}

/// The accepted trial is not set up yet (`X18`).
pub(super) fn reminder(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let company = sheet.company();
    if let Some(since) = accepted_on(sheet) {
        let until = sheet.day(since.plus(SET_UP_DAYS));
        sheet.say(mail_request::reminder_intro(language, company, sheet.day(since)));
        sheet.say(mail_request::reminder_until(language, until));
    }
    let mut facts = facts::offer(sheet, &sheet.trial().offer);
    facts.push(facts::duration(sheet));
    facts.extend(facts::phrase(sheet));
    sheet.facts(facts);
    sheet.link_set_up();
    match sheet.to_customer() {
        true => mail_request::reminder_subject(language).to_owned(),
        false => mail_request::reminder_partner_subject(language, company),
    }
}

/// The accepted trial is cancelled: nobody set it up in time (`X18`), or nothing was left of it
/// when somebody did (`X4`).
pub(super) fn over(sheet: &mut Sheet<'_>) -> String {
    let language = sheet.language;
    let (company, partner) = (sheet.company(), sheet.partner());
    let on = match sheet.trial().phase {
        Phase::Cancelled { on, .. } => on,
        _ => sheet.letter.today,
    };
    if let Some(since) = accepted_on(sheet) {
        let (day, since_day) = (sheet.day(on), sheet.day(since));
        match since.plus(SET_UP_DAYS) < on {
            true => sheet.say(mail_request::over_late(language, company, day, since_day)),
            false => sheet.say(mail_request::over_nothing_left(language, company, day, since_day)),
        }
    }
    let facts: Vec<Fact> = facts::offer(sheet, &sheet.trial().offer).into_iter().chain(facts::phrase(sheet)).collect();
    sheet.facts(facts);
    if sheet.letter.organisation.access(&sheet.letter.partner.id).is_none() {
        sheet.say(mail_request::over_access(language, company, partner));
    }
    if sheet.to_customer() {
        sheet.link_home();
        return mail_request::over_subject(language).to_owned();
    }
    // With another trial of the partner's the customer stays on its list (Q11).
    let own = |trial: &&rules::trial::Trial| trial.partner == sheet.letter.partner.id && trial.id != sheet.trial().id;
    if !sheet.letter.organisation.trials.iter().any(|trial| own(&trial)) {
        sheet.say(mail_request::over_list(language, company));
    }
    sheet.link_home();
    mail_request::over_partner_subject(language, company)
}
