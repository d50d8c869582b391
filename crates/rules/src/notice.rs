//! Mails that follow from a trial's dates (L4 to L8) and from its provisioning (N17).

use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::named::named;
use crate::trial::closes_on;

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailKind {
    /// Sign-in directions, when every service is provisioned (N17).
    Welcome,
    /// A trial has started for an organisation that was there before (A3, X12).
    Started,
    /// A partner asks for a trial (X6).
    Consent,
    /// The request was accepted (X9).
    Accepted,
    /// The request was declined (X9).
    Declined,
    /// A service could no longer be offered when the trial was set up (X4).
    LeftOut,
    /// The accepted trial has not been set up (X18).
    SetUpReminder,
    /// The accepted trial was not set up in 90 days, or nothing was left of it (X18, X4).
    SetUpOver,
    /// The trial ends in 7 days (L4).
    EndsSoon,
    /// The trial has ended and grace begins (L5).
    Ended,
    /// The trial's users no longer have access (L7).
    AccessOver,
    /// Something was removed, lowered or shortened (E4).
    Reduced,
    /// A trial that came from a request was extended or shortened (X10).
    EndMoved,
    /// The customer is interested in purchasing (C1).
    Interest,
    /// A trial was handed over to the distributor (C2).
    HandedOver,
    /// The provisioning contact can set up what was ordered (C3).
    SetUpService,
    /// The trial was cancelled (K2).
    Cancelled,
    /// A shipment is on its way: serials, device end and return duty (D6).
    LicenceAgreement,
    /// A partner asks to keep devices longer (D7).
    DeviceExtension,
    /// Whether devices may be kept longer (D7).
    DeviceExtensionDecided,
    /// A request to keep devices longer closed with the trial (D7).
    DeviceExtensionClosed,
    /// Devices are overdue (D8).
    ReturnOverdue,
}

named!(MailKind {
    Welcome = "welcome",
    Started = "started",
    Consent = "consent",
    Accepted = "accepted",
    Declined = "declined",
    LeftOut = "left-out",
    SetUpReminder = "set-up-reminder",
    SetUpOver = "set-up-over",
    EndsSoon = "ends-soon",
    Ended = "ended",
    AccessOver = "access-over",
    Reduced = "reduced",
    EndMoved = "end-moved",
    Interest = "interest",
    HandedOver = "handed-over",
    SetUpService = "set-up-service",
    Cancelled = "cancelled",
    LicenceAgreement = "licence-agreement",
    DeviceExtension = "device-extension",
    DeviceExtensionDecided = "device-extension-decided",
    DeviceExtensionClosed = "device-extension-closed",
    ReturnOverdue = "return-overdue",
});

impl MailKind {
    /// Every kind.
    pub const ALL: [MailKind; 22] = [
        MailKind::Welcome,
        MailKind::Started,
        MailKind::Consent,
        MailKind::Accepted,
        MailKind::Declined,
        MailKind::LeftOut,
        MailKind::SetUpReminder,
        MailKind::SetUpOver,
        MailKind::EndsSoon,
        MailKind::Ended,
        MailKind::AccessOver,
        MailKind::Reduced,
        MailKind::EndMoved,
        MailKind::Interest,
        MailKind::HandedOver,
        MailKind::SetUpService,
        MailKind::Cancelled,
        MailKind::LicenceAgreement,
        MailKind::DeviceExtension,
        MailKind::DeviceExtensionDecided,
        MailKind::DeviceExtensionClosed,
        MailKind::ReturnOverdue,
    ];

    /// Whether it is one of the *notices*, of which a person gets one for each end
    /// of a trial, and none once the trial is converted or cancelled (L8).
    pub fn is_notice(self) -> bool {
        matches!(self, MailKind::EndsSoon | MailKind::Ended | MailKind::AccessOver)
    }

    /// Whether it is about devices, which have to come back whatever becomes of the trial (D8).
    pub fn is_about_devices(self) -> bool {
        matches!(
            self,
            MailKind::LicenceAgreement
                | MailKind::DeviceExtension
                | MailKind::DeviceExtensionDecided
                | MailKind::DeviceExtensionClosed
                | MailKind::ReturnOverdue
        )
    }
}

/// To whom a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipients {
    /// The organisation's first full administrator (N17).
    FirstAdministrator,
    /// Every full administrator and administrator of the customer (P5).
    CustomerAdministrators,
    /// Every full administrator of the customer.
    FullAdministrators,
    /// The partner's administrators who may manage the customer (L4).
    PartnerAdministrators,
    /// Every user of the trial (L7).
    Users,
    /// The addresses that a request goes to (X5).
    Asked,
    /// The sales people of the distributor (C2).
    Distributor,
    /// The provisioning contact (C3).
    Contact,
    /// The trials team's address for device extensions (D7).
    TrialsTeam,
}

named!(Recipients {
    FirstAdministrator = "first-administrator",
    CustomerAdministrators = "customer-administrators",
    FullAdministrators = "full-administrators",
    PartnerAdministrators = "partner-administrators",
    Users = "users",
    Asked = "asked",
    Distributor = "distributor",
    Contact = "contact",
    TrialsTeam = "trials-team",
});

/// Where a mail of the ledger stands (L8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailState {
    /// It is written, and waits to be handed over.
    Planned,
    /// It waits for the 5 minutes of an undo (K2).
    Held,
    /// It was handed over.
    Sent,
    /// It could not be handed over, and is tried again.
    Failed,
    /// It came back.
    Bounced,
    /// It will not go.
    Dropped,
}

named!(MailState {
    Planned = "planned",
    Held = "held",
    Sent = "sent",
    Failed = "failed",
    Bounced = "bounced",
    Dropped = "dropped",
});

impl MailState {
    /// Every state, as a filter names them.
    pub const ALL: [MailState; 6] = [
        MailState::Planned,
        MailState::Held,
        MailState::Sent,
        MailState::Failed,
        MailState::Bounced,
        MailState::Dropped,
    ];
}

/// When a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// On a day.
    On(Day),
    /// When every service is provisioned (N17).
    WhenProvisioned,
    /// When the trials team sends the shipment (D6).
    WhenShipped,
}

/// A mail that will be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PlannedMail {
    /// When.
    pub due: Due,
    /// About what.
    pub kind: MailKind,
    /// To whom.
    pub to: Recipients,
}

/// How many days before the end the first notice goes (L4).
pub const FIRST_NOTICE_DAYS: u32 = 7;
/// Days of grace after the end (L2).
pub const GRACE_DAYS: u32 = 30;
/// Days after closing for which phone numbers are kept (L3).
pub const NUMBERS_KEPT_DAYS: u32 = 15;

/// The notices of a trial that ends on a day: both groups at E-7 (L4) and at E
/// (L5), the users at E+30 (L7). On a day from which less than 7 are left, the
/// first notice goes at once, or not at all when the trial ends today (L6).
pub fn notices(today: Day, end: Day) -> Vec<PlannedMail> {
    let first = end.minus(FIRST_NOTICE_DAYS).max(today);
    let both = [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators];
    let ends_soon = both.map(|to| PlannedMail { due: Due::On(first), kind: MailKind::EndsSoon, to });
    let ended = both.map(|to| PlannedMail { due: Due::On(end), kind: MailKind::Ended, to });
    let over = PlannedMail { due: Due::On(closes_on(end)), kind: MailKind::AccessOver, to: Recipients::Users };
    ends_soon.into_iter().filter(|_| today < end).chain(ended).chain([over]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd(year, month, day).expect("a date")
    }

    #[test]
    fn the_notices_of_a_trial_fall_on_these_days_l4_l5_l7() {
        let rows = [
            (day(2026, 3, 1), 30, [day(2026, 3, 24), day(2026, 3, 31), day(2026, 4, 30)]),
            (day(2028, 1, 30), 30, [day(2028, 2, 22), day(2028, 2, 29), day(2028, 3, 30)]),
            (day(2027, 12, 2), 30, [day(2027, 12, 25), day(2028, 1, 1), day(2028, 1, 31)]),
        ];
        for (start, days, [first, end, closing]) in rows {
            let mails = notices(start, start.plus(days));
            let found: Vec<_> = mails.iter().map(|mail| (mail.due, mail.kind)).collect();
            let expected = [
                (Due::On(first), MailKind::EndsSoon),
                (Due::On(first), MailKind::EndsSoon),
                (Due::On(end), MailKind::Ended),
                (Due::On(end), MailKind::Ended),
                (Due::On(closing), MailKind::AccessOver),
            ];
            assert_eq!(found, expected, "from {start}");
        }
    }

    #[test]
    fn a_trial_with_less_than_seven_days_is_announced_at_once_or_not_at_all_l6() {
        let today = day(2026, 3, 1);
        let first = |left| notices(today, today.plus(left)).into_iter().find(|mail| mail.kind == MailKind::EndsSoon);
        assert_eq!(first(8).map(|mail| mail.due), Some(Due::On(day(2026, 3, 2))));
        assert_eq!(first(3).map(|mail| mail.due), Some(Due::On(today)));
        assert_eq!(first(0), None);
    }
}
