//! Mails as they are written (`G7`): each kind in the recipient's language, to the customer's side
//! as to a customer and to the partner's side as to a partner. A mail is written once as blocks and
//! rendered twice, so that the plain part is complete by itself and both parts hold the same facts.
//! No mail names any partner but the trial's own (`P8`).

mod body;
mod devices;
mod facts;
mod life;
mod order;
mod places;
mod request;
mod sheet;
mod start;

#[cfg(test)]
mod tests;

pub(crate) use body::escape;
use rules::change::{Change, MailOrder, Part};
use rules::clock::Day;
use rules::notice::{MailKind, Recipients};
use rules::organisation::Organisation;
use rules::people::Partner;
use rules::trial::Trial;
use sheet::Sheet;

/// All that a mail is written from.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// What is to be written, to whom, and in which language.
    pub order: &'a MailOrder,
    /// The customer's organisation.
    pub organisation: &'a Organisation,
    /// The trial that it is about, as it is after the act.
    pub trial: &'a Trial,
    /// The trial as it was before the act, where the act changed it: without it a mail says how
    /// things are, and with it also what they were (`E4`, `X10`, `D7`).
    pub before: Option<&'a Trial>,
    /// The partner that started the trial.
    pub partner: &'a Partner,
    /// The name of the person of the partner who acted, where one did.
    pub sender: Option<&'a str>,
    /// The reason that the trials team gave for its decision, where it gave one (`D7`).
    pub reason: Option<&'a str>,
    /// The origin of the console, without a slash at the end.
    pub address: &'a str,
    /// The recipient's own link to the request; only with a consent mail (`X7`).
    pub link: Option<&'a str>,
    /// The day on which the mail is written.
    pub today: Day,
    /// The platform's site domain (`N12`).
    pub site_domain: &'a str,
    /// The trials mailbox; empty where none is set (`G8`).
    pub mailbox: &'a str,
}

/// A mail as it is handed over (`G7`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its subject, on one line.
    pub subject: String,
    /// The part of plain text, complete by itself.
    pub text: String,
    /// The part of HTML, a whole document.
    pub html: String,
    /// Where its first link leads. Both parts hold it too, but beside it whatever people typed.
    pub link: Option<String>,
}

/// To whom a mail speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// People of the customer's organisation.
    Customer,
    /// People of the partner, or of its distributor.
    Partner,
    /// The trials team.
    TrialsTeam,
}

impl Side {
    fn of(letter: &Letter<'_>) -> Side {
        match letter.order.group {
            Recipients::FirstAdministrator
            | Recipients::CustomerAdministrators
            | Recipients::FullAdministrators
            | Recipients::Users
            | Recipients::Asked => Side::Customer,
            Recipients::PartnerAdministrators | Recipients::Distributor => Side::Partner,
            // The provisioning contact is of the partner or of the customer (C3).
            Recipients::Contact => match letter.organisation.member_of_address(&letter.order.email) {
                Some(_) => Side::Customer,
                None => Side::Partner,
            },
            Recipients::TrialsTeam => Side::TrialsTeam,
        }
    }
}

/// The trial as it was before a change that is about it.
pub fn before(change: &Change) -> Option<&Trial> {
    change.parts.iter().find_map(|part| match part {
        Part::Trial(Some(before), _) if change.trial.as_ref() == Some(&before.id) => Some(before.as_ref()),
        _ => None,
    })
}

/// Writes a mail.
pub fn write(letter: &Letter<'_>) -> Written {
    let mut sheet = Sheet::new(letter, Side::of(letter));
    let subject = match letter.order.kind {
        MailKind::Welcome => start::welcome(&mut sheet),
        MailKind::Started => start::started(&mut sheet),
        MailKind::Consent => request::consent(&mut sheet),
        MailKind::Accepted => request::accepted(&mut sheet),
        MailKind::Declined => request::declined(&mut sheet),
        MailKind::LeftOut => request::left_out(&mut sheet),
        MailKind::SetUpReminder => request::reminder(&mut sheet),
        MailKind::SetUpOver => request::over(&mut sheet),
        MailKind::EndsSoon => life::ends_soon(&mut sheet),
        MailKind::Ended => life::ended(&mut sheet),
        MailKind::AccessOver => life::access_over(&mut sheet),
        MailKind::Reduced => life::reduced(&mut sheet),
        MailKind::EndMoved => life::end_moved(&mut sheet),
        MailKind::Cancelled => life::cancelled(&mut sheet),
        MailKind::Interest => order::interest(&mut sheet),
        MailKind::HandedOver => order::handed_over(&mut sheet),
        MailKind::SetUpService => order::set_up_service(&mut sheet),
        MailKind::LicenceAgreement => devices::licence_agreement(&mut sheet),
        MailKind::DeviceExtension => devices::extension(&mut sheet),
        MailKind::DeviceExtensionDecided => devices::decided(&mut sheet),
        MailKind::DeviceExtensionClosed => devices::closed(&mut sheet),
        MailKind::ReturnOverdue => devices::overdue(&mut sheet),
    };
    sheet.close(&subject)
}
