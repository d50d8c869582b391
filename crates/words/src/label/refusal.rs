//! Refusals as sentences: the fact and the rule behind it, what to do instead, and from when it
//! may be done (`P7`, `N11`).

use crate::{Language, date, date_utc, label, moment_from, refusals, remedies, terms, verdicts};
use rules::{
    device::{SERIAL_MAX, WRONG_MAX},
    people::PartnerRole,
    trial::State,
    verdict::{Because, Refusal, Remedy, RuleId, Verdict},
};

/// Why something is disabled; `None` when it may be done (`P7`).
pub fn because(language: Language, verdict: Verdict) -> Option<String> {
    match verdict {
        Verdict::Allowed => None,
        Verdict::Blocked(blocked) => Some(refusal(language, &blocked)),
    }
}

/// Why something may not be done, what to do instead, and from when it may (`P7`).
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    if let Some(text) = right_refusal(language, refusal) {
        return text;
    }
    let parts = [Some(fact(language, refusal)), remedy(language, refusal), from(language, refusal)];
    sentences(parts.into_iter().flatten())
}

/// A refusal that people meet while they sign in or look at the customers list (`P1` to `P3`,
/// `P9`, `N18`); `None` for every other one.
///
/// It stands apart because the first part of the browser's program has a tight budget of bytes: a
/// page that can meet only these calls this function, which refers to no other sentence, and so
/// the other sixty facts come with the parts of the program that can meet them. What is not listed
/// here falls to [`refusal`], whose matches name every value.
pub fn right_refusal(language: Language, refusal: &Refusal) -> Option<String> {
    let fact = right_fact(language, refusal.because, refusal.role)?;
    let remedy = match refusal.remedy {
        Remedy::Nothing => None,
        remedy => Some(right_remedy(language, remedy, refusal.because)?.to_owned()),
    };
    let from = refusal.from.map(|day| verdicts::from(language, date_utc(language, day)));
    Some(sentences([Some(fact), remedy, from].into_iter().flatten()))
}

fn right_fact(language: Language, because: Because, role: Option<PartnerRole>) -> Option<String> {
    let role = role.map(|role| label::role(language, role));
    Some(match (because, role) {
        (Because::PartnerNotCertified, _) => verdicts::partner_not_certified(language).to_owned(),
        (Because::RoleCannotStart, Some(role)) => verdicts::role_cannot_start(language, role),
        (Because::RoleChangesNothing, Some(role)) => verdicts::role_changes_nothing(language, role),
        // Without a role it is not the role that stands in the way, but that the person does not
        // look after the customer (P2).
        (Because::RoleChangesNothing, None) => verdicts::not_your_customer(language).to_owned(),
        (Because::RoleCannotDownload, Some(role)) => verdicts::role_cannot_download(language, role),
        (Because::OnlySalesFullAdministrators, _) => verdicts::only_sales_full_administrators(language).to_owned(),
        (Because::OnlyForPartners, _) => verdicts::only_for_partners(language).to_owned(),
        (Because::DraftSaved, _) => verdicts::draft_saved(language).to_owned(),
        _ => return None,
    })
}

fn right_remedy(language: Language, remedy: Remedy, because: Because) -> Option<&'static str> {
    Some(match (remedy, because) {
        (Remedy::GetCertified, _) => verdicts::get_certified(language),
        // Who is of no partner has no sales administrator of their own to ask.
        (Remedy::AskSalesAdministrator, Because::OnlyForPartners) => {
            verdicts::ask_sales_administrator_of_partner(language)
        }
        (Remedy::AskSalesAdministrator, _) => verdicts::ask_sales_administrator(language),
        (Remedy::AskSalesFullAdministrator, _) => verdicts::ask_sales_full_administrator(language),
        (Remedy::SeeCustomers, _) => verdicts::see_customers(language),
        _ => return None,
    })
}

/// The state that a refusal names, as a sentence (`L12`, `X15`).
pub fn state_sentence(language: Language, state: State) -> &'static str {
    match state {
        State::Pending => remedies::pending(language),
        State::Awaiting => remedies::awaiting(language),
        State::Running => remedies::running(language),
        State::Expired => remedies::expired(language),
        State::Closed => remedies::closed(language),
        State::Converted => remedies::converted(language),
        State::Cancelled => remedies::cancelled(language),
        State::Declined => remedies::declined(language),
        State::Lapsed => remedies::lapsed(language),
    }
}

/// The fact behind a refusal, with what the refusal carries of it.
fn fact(language: Language, refusal: &Refusal) -> String {
    let service = refusal.service.map_or(refusals::a_service(language), |service| label::service(language, service));
    let count = refusal.count.unwrap_or_default();
    let plain = match refusal.because {
        Because::AlreadyPurchased => return refusals::already_purchased(language, service),
        Because::InOwnTrial => return refusals::in_own_trial(language, service),
        Because::InTrialWithAnotherPartner => return refusals::in_another_trial(language, service),
        Because::JustCancelled => return refusals::just_cancelled(language, service),
        Because::NoFreeLicence => return refusals::no_free_licence(language, service),
        Because::OrderLacksServices => return refusals::order_lacks_services(language, count),
        Because::BelowAssigned => return refusals::below_assigned(language, count),
        Because::AlreadyShipped => return refusals::already_shipped(language, count),
        Because::SerialsUnfit => return refusals::serials_unfit(language, SERIAL_MAX, WRONG_MAX),
        Because::SerialsWrong => return refusals::serials_wrong(language, count),
        Because::Shortens => match refusal.from {
            Some(day) => return refusals::shortens(language, date(language, day)),
            None => refusals::shortens_undated(language),
        },
        Because::DeviceLimit => match (refusal.count, refusal.from) {
            (Some(days), _) => return refusals::device_limit_days(language, days),
            (None, Some(day)) => return refusals::device_limit_date(language, date(language, day)),
            (None, None) => refusals::device_limit(language),
        },
        Because::WrongState => return in_state(language, refusals::wrong_state(language), refusal.state),
        Because::RequestOver => return in_state(language, refusals::request_over(language), refusal.state),
        // The first part's own; reached only with a remedy that is not of it.
        Because::PartnerNotCertified
        | Because::RoleCannotStart
        | Because::RoleChangesNothing
        | Because::RoleCannotDownload
        | Because::OnlySalesFullAdministrators
        | Because::OnlyForPartners
        | Because::DraftSaved => {
            let said = right_fact(language, refusal.because, refusal.role);
            return said.unwrap_or_else(|| refusals::wrong_state(language).to_owned());
        }
        Because::NotASalesAdministrator => refusals::not_a_sales_administrator(language),
        Because::OnlyForCustomerAdministrators => refusals::only_for_customer_administrators(language),
        Because::OnlyForFullAdministrators => refusals::only_for_full_administrators(language),
        Because::OnlyForTrialsTeam => refusals::only_for_trials_team(language),
        Because::StartedByAnotherPartner => refusals::started_by_another_partner(language),
        Because::OrganisationExists => refusals::organisation_exists(language),
        Because::NotOfferedInCountry => refusals::not_offered_in_country(language),
        Because::NobodyToAsk => refusals::nobody_to_ask(language),
        Because::OrganisationClosed => refusals::organisation_closed(language),
        Because::NoServiceLeft => refusals::no_service_left(language),
        Because::RequestOpen => refusals::request_open(language),
        Because::AskedRecently => refusals::asked_recently(language),
        Because::AskedOften => refusals::asked_often(language),
        Because::PartnerBlocked => refusals::partner_blocked(language),
        Because::SentRecently => refusals::sent_recently(language),
        Because::NotForThem => refusals::not_for_them(language),
        Because::NotAsked => refusals::not_asked(language),
        Because::AskingPartnerNotCertified => refusals::asking_partner_not_certified(language),
        Because::MoreThanAccepted => refusals::more_than_accepted(language),
        Because::ProvisioningAccessOnly => refusals::provisioning_access_only(language),
        Because::NoAccess => refusals::no_access(language),
        Because::NothingChanges => refusals::nothing_changes(language),
        Because::LastService => refusals::last_service(language),
        Because::InterestKnown => refusals::interest_known(language),
        Because::NoInterest => refusals::no_interest(language),
        Because::DistributorConverts => refusals::distributor_converts(language),
        Because::OwnConversion => refusals::own_conversion(language),
        Because::HandedOver => refusals::handed_over(language),
        // The same characters make both numbers, which are two things (W1).
        Because::NotAnOrderNumber if refusal.rule == RuleId::D6 => refusals::not_a_demo_order_number(language),
        Because::NotAnOrderNumber => refusals::not_an_order_number(language),
        Because::OrderUsed => refusals::order_used(language),
        Because::NotAContact => refusals::not_a_contact(language),
        Because::NotItsAdministrator => refusals::not_its_administrator(language),
        Because::NotInTrial => refusals::not_in_trial(language),
        Because::UndoOver => refusals::undo_over(language),
        Because::CancelledByAnother => refusals::cancelled_by_another(language),
        Because::NoShipment => refusals::no_shipment(language),
        Because::NoReturnLabel => refusals::no_return_label(language),
        Because::ShipmentState => refusals::shipment_state(language),
        Because::DeviceEndPassed => refusals::device_end_passed(language),
        Because::DeviceRequestOpen => refusals::device_request_open(language),
        Because::NoDeviceRequest => refusals::no_device_request(language),
        Because::ReasonMissing => refusals::reason_missing(language),
        Because::LastFullAdministrator => refusals::last_full_administrator(language),
        Because::NoSuchPerson => refusals::no_such_person(language),
        Because::AddressElsewhere => refusals::address_elsewhere(language),
        Because::NotBlocked => refusals::not_blocked(language),
        // Asking where a trial could be added (X1), or setting the level that is set (H3).
        Because::HasThatAccess if refusal.remedy == Remedy::Add => refusals::has_full_access(language),
        Because::HasThatAccess => refusals::has_that_access(language),
        Because::TermsAccepted => refusals::terms_accepted(language),
        Because::AlreadyThere => refusals::already_there(language),
        Because::SiteProvisioned => refusals::site_provisioned(language),
        Because::NothingToRetry => refusals::nothing_to_retry(language),
        Because::BadText => match (refusal.count, refusal.rule) {
            (Some(max), _) => return refusals::text_too_long(language, max),
            // What several lines may hold may be missing, or is missing by another fact (X1, X9, D7, D8).
            (None, RuleId::X1 | RuleId::X9 | RuleId::D7 | RuleId::D8) => refusals::text_unseen(language),
            (None, _) => refusals::bad_text(language),
        },
        Because::NobodysAddress => refusals::nobodys_address(language),
        Because::FileEmpty => refusals::file_empty(language),
        Because::FileTooLarge => return refusals::file_too_large(language, count),
        Because::FileNotUtf8 => refusals::file_not_utf8(language),
        Because::FileNotText => refusals::file_not_text(language),
        Because::TermsChanged => refusals::terms_changed(language),
    };
    plain.to_owned()
}

/// What cannot be done, and the state that rules it out.
fn in_state(language: Language, fact: &str, state: Option<State>) -> String {
    let state = state.map(|state| state_sentence(language, state));
    sentences([Some(fact), state].into_iter().flatten())
}

/// What to do about a refusal; nothing where nothing needs to be done, or where only the day that
/// is named has to come.
fn remedy(language: Language, refusal: &Refusal) -> Option<String> {
    let plain = match refusal.remedy {
        Remedy::GetCertified
        | Remedy::AskSalesAdministrator
        | Remedy::AskSalesFullAdministrator
        | Remedy::SeeCustomers => right_remedy(language, refusal.remedy, refusal.because).unwrap_or_default(),
        Remedy::AskFullAdministrator => remedies::ask_full_administrator(language),
        Remedy::ChooseOther if refusal.service.is_some() => remedies::leave_out(language),
        Remedy::ChooseOther => remedies::choose_other(language),
        Remedy::Wait if refusal.from.is_some() => return None,
        Remedy::Wait if refusal.because == Because::DeviceRequestOpen => remedies::wait_for_trials_team(language),
        Remedy::Wait => remedies::wait(language),
        Remedy::RequestOrRaise => remedies::request_or_raise(language),
        Remedy::SendRequest => remedies::send_request(language),
        Remedy::SeeRequest => remedies::see_request(language),
        Remedy::Decline => remedies::decline(language),
        Remedy::Convert => remedies::convert(language),
        Remedy::CancelTrial => return Some(remedies::cancel_trial(language, terms::cancel_trial(language))),
        Remedy::Undo => remedies::undo(language),
        Remedy::StartNewTrial => remedies::start_new_trial(language),
        Remedy::Add => remedies::add(language),
        Remedy::Confirm => remedies::confirm(language),
        Remedy::Correct => remedies::correct(language),
        Remedy::HandOver => remedies::hand_over(language),
        Remedy::AskTrialsTeam => remedies::ask_trials_team(language),
        Remedy::NameAnother => remedies::name_another(language),
        Remedy::FreeLicence => remedies::free_licence(language),
        Remedy::UseHub => remedies::use_hub(language),
        Remedy::Nothing => return None,
    };
    Some(plain.to_owned())
}

/// From when it may be done. With a shortened end and a device end the day is part of the fact,
/// and of another partner's trial it is said that the day may move (`P8`).
fn from(language: Language, refusal: &Refusal) -> Option<String> {
    if matches!(refusal.because, Because::Shortens | Because::DeviceLimit) {
        return None;
    }
    let when = match (refusal.from_instant, refusal.from) {
        (Some(instant), _) => moment_from(language, instant),
        (None, Some(day)) => date_utc(language, day),
        (None, None) => return None,
    };
    Some(match refusal.because {
        Because::InTrialWithAnotherPartner | Because::InOwnTrial => remedies::may_move(language, when),
        _ => verdicts::from(language, when),
    })
}

/// Sentences with a space between them.
fn sentences(parts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part.as_ref());
    }
    text
}

#[cfg(test)]
mod tests;
