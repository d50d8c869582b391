//! Mails as lists name them, and what mails and pages both say: what an offer holds, what access
//! means, how devices go back.

use crate::{Language, activity, mails, number, returns, terms};
use rules::{
    device::DeviceType,
    notice::{MailKind, MailState, Recipients},
    offer::Offer,
    organisation::AccessLevel,
    region::Returns,
    service::Service,
};

/// What a mail is about (`N15`, `E6`, `L8`).
pub fn mail_kind(language: Language, kind: MailKind) -> &'static str {
    match kind {
        MailKind::Welcome => mails::welcome(language),
        MailKind::Started => mails::started(language),
        MailKind::Consent => mails::consent(language),
        MailKind::Accepted => mails::accepted(language),
        MailKind::Declined => mails::declined(language),
        MailKind::LeftOut => mails::left_out(language),
        MailKind::SetUpReminder => mails::set_up_reminder(language),
        MailKind::SetUpOver => mails::set_up_over(language),
        MailKind::EndsSoon => mails::ends_soon(language),
        MailKind::Ended => mails::ended(language),
        MailKind::AccessOver => mails::access_over(language),
        MailKind::Reduced => mails::reduced(language),
        MailKind::EndMoved => mails::end_moved(language),
        MailKind::Interest => mails::interest(language),
        MailKind::HandedOver => mails::handed_over(language),
        MailKind::SetUpService => mails::set_up_service(language),
        MailKind::Cancelled => mails::cancelled(language),
        MailKind::LicenceAgreement => mails::licence_agreement(language),
        MailKind::DeviceExtension => mails::device_extension(language),
        MailKind::DeviceExtensionDecided => mails::device_extension_decided(language),
        MailKind::DeviceExtensionClosed => mails::device_extension_closed(language),
        MailKind::ReturnOverdue => mails::return_overdue(language),
    }
}

/// Why a mail failed, came back or was dropped (`L8`): what the backend drops by a rule has a
/// name, what a mail server said stands as it said it. Nothing for a mail with no reason.
pub fn mail_why(language: Language, why: &str) -> Option<String> {
    match why.trim() {
        "" => None,
        "away" => Some(activity::why_away(language).to_owned()),
        "unaddressable" => Some(activity::why_unaddressable(language).to_owned()),
        "late" => Some(activity::why_late(language).to_owned()),
        "over" => Some(activity::why_over(language).to_owned()),
        "moved" => Some(activity::why_moved(language).to_owned()),
        "undone" => Some(activity::why_undone(language).to_owned()),
        told => Some(told.to_owned()),
    }
}

/// To whom a mail goes (`N15`, `E6`).
pub fn recipients(language: Language, recipients: Recipients) -> &'static str {
    match recipients {
        Recipients::FirstAdministrator => mails::to_first_administrator(language),
        Recipients::CustomerAdministrators => mails::to_customer_administrators(language),
        Recipients::FullAdministrators => mails::to_full_administrators(language),
        Recipients::PartnerAdministrators => mails::to_partner_administrators(language),
        Recipients::Users => mails::to_users(language),
        Recipients::Asked => mails::to_asked(language),
        Recipients::Distributor => mails::to_distributor(language),
        Recipients::Contact => mails::to_contact(language),
        Recipients::TrialsTeam => mails::to_trials_team(language),
    }
}

/// Where a mail of the ledger stands (`L8`).
pub fn mail_state(language: Language, state: MailState) -> &'static str {
    match state {
        MailState::Planned => mails::planned(language),
        MailState::Held => mails::held(language),
        MailState::Sent => mails::sent(language),
        MailState::Failed => mails::failed(language),
        MailState::Bounced => mails::bounced(language),
        MailState::Dropped => mails::dropped(language),
    }
}

/// What each kind of access lets a partner do, for those who grant it (`X6`, `X10`).
pub fn access_sentence(language: Language, level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::FullAdministrator => mails::full_access_means(language),
        AccessLevel::Provisioning => mails::provisioning_access_means(language),
    }
}

/// What an offer holds, a line for each service with its options and licences: `Meetings (Enterprise
/// edition), 200 licences` (`X6`, `N9`).
pub fn offered(language: Language, offer: &Offer) -> Vec<String> {
    offer.services().into_iter().map(|service| line(language, offer, service)).collect()
}

fn line(language: Language, offer: &Offer, service: Service) -> String {
    let options: Vec<String> = match service {
        Service::Messaging => Vec::new(),
        Service::Meetings => {
            let options = offer.meetings.iter().flat_map(|meetings| &meetings.options);
            options.map(|option| super::option(language, *option).to_owned()).collect()
        }
        Service::Calling => offer.calling.iter().map(|each| super::calling(language, each.kind()).to_owned()).collect(),
        Service::Devices => {
            let count = |device| offer.devices.as_ref().map_or(0, |devices| *devices.get(device));
            let some = DeviceType::ALL.into_iter().filter(|device| count(*device) > 0);
            some.map(|device| super::devices(language, device, count(device))).collect()
        }
    };
    let mut line = super::service(language, service).to_owned();
    if !options.is_empty() {
        line.push_str(" (");
        line.push_str(&options.join(", "));
        line.push(')');
    }
    if let Some(licences) = offer.licences.filter(|_| service.has_licences()) {
        line.push_str(", ");
        line.push_str(&match licences {
            1 => mails::one_licence(language).to_owned(),
            _ => [&number(language, u64::from(licences)), " ", &terms::licences(language).to_lowercase()].concat(),
        });
    }
    line
}

/// How devices go back from the country that they were shipped to, step by step (`D8`). A mailbox
/// that is not set is not named (`G8`).
pub fn return_steps(language: Language, way: Returns, mailbox: &str) -> Vec<String> {
    let steps: &[&str] = match way {
        Returns::Ups => &[
            returns::ups_label(language),
            returns::ups_call(language),
            returns::ups_authorisation(language),
            returns::ups_lost(language),
        ],
        Returns::Dhl => &[returns::pack(language), returns::dhl_call(language)],
        Returns::Expeditors => &[returns::pack(language), returns::expeditors_call(language)],
        Returns::Guidelines => &[returns::guidelines(language)],
    };
    let mut steps: Vec<String> = steps.iter().map(|step| (*step).to_owned()).collect();
    if way == Returns::Guidelines && !mailbox.is_empty() {
        steps.push(returns::guidelines_mailbox(language, mailbox));
    }
    steps
}

/// Whom to ask about a return; nobody where no mailbox is set (`G8`).
pub fn return_questions(language: Language, mailbox: &str) -> Option<String> {
    (!mailbox.is_empty()).then(|| returns::questions(language, mailbox))
}
