//! Mails as they are written (G7).

use rules::clock::{Day, Instant, days_left};
use rules::notice::{GRACE_DAYS, MailKind, PlannedMail, Recipients};
use rules::organisation::Organisation;
use rules::people::Partner;
use rules::trial::{Phase, Provisioning, Trial};
use words::{date, label, mail};

use crate::records::Mail;

/// The one welcome mail to the first full administrator, with sign-in directions
/// (N17), in the organisation's language (G7).
pub(crate) fn welcome(
    organisation: &Organisation,
    trial: &Trial,
    partner: &Partner,
    address: &str,
    now: Instant,
) -> Mail {
    let language = organisation.language;
    let done = trial.provisioning.iter().filter(|step| matches!(step.state, Provisioning::Done(_)));
    let ready = label::services(language, done.map(|step| step.service));
    let mut paragraphs = vec![
        mail::greeting(language).to_owned(),
        mail::welcome_intro(language, &organisation.name, &partner.name),
        mail::welcome_services(language, &ready),
    ];
    if let Phase::Started { end, .. } = trial.phase {
        paragraphs.push(mail::welcome_dates(language, date(language, end), date(language, end.plus(GRACE_DAYS))));
    }
    paragraphs.push(mail::welcome_sign_in(language, address, &organisation.administrator_email));
    paragraphs.push(mail::welcome_help(language, &partner.name));
    paragraphs.push(mail::closing(language, &partner.name));
    Mail {
        partner: partner.id.clone(),
        kind: MailKind::Welcome,
        to: Recipients::FirstAdministrator,
        addresses: vec![organisation.administrator_email.clone()],
        language,
        subject: mail::welcome_subject(language, label::services(language, trial.offer.services())),
        text: paragraphs.join("\n\n"),
        sent: now,
    }
}

/// A notice of a trial's end, as the demonstration data have sent it (L4, L5, L7).
/// `None` for a mail that is no notice.
pub(crate) fn notice(
    organisation: &Organisation,
    trial: &Trial,
    partner: &Partner,
    planned: &PlannedMail,
    address: &str,
    sent: Instant,
) -> Option<Mail> {
    let Phase::Started { end, .. } = trial.phase else { return None };
    let language = organisation.language;
    let subject = match planned.kind {
        MailKind::EndsSoon => mail::ends_soon_subject(language, days_left(Day::of(sent), end), date(language, end)),
        MailKind::Ended => mail::ended_subject(language, date(language, end)),
        MailKind::AccessOver => mail::access_over_subject(language, date(language, end)),
        MailKind::Welcome | MailKind::LicenceAgreement => return None,
    };
    let text = [mail::greeting(language).to_owned(), format!("{subject}."), mail::closing(language, &partner.name)];
    Some(Mail {
        partner: partner.id.clone(),
        kind: planned.kind,
        to: planned.to,
        addresses: vec![address.to_owned()],
        language,
        subject,
        text: text.join("\n\n"),
        sent,
    })
}
