//! Mails that follow from a trial's dates (L4 to L8) and from its provisioning (N17).

use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::named::named;

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailKind {
    /// Sign-in directions, when every service is provisioned (N17).
    Welcome,
    /// The trial ends in 7 days (L4).
    EndsSoon,
    /// The trial has ended and grace begins (L5).
    Ended,
    /// The trial's users no longer have access (L7).
    AccessOver,
    /// A shipment is on its way: serials, device end and return duty (D6).
    LicenceAgreement,
}

named!(MailKind {
    Welcome = "welcome",
    EndsSoon = "ends-soon",
    Ended = "ended",
    AccessOver = "access-over",
    LicenceAgreement = "licence-agreement",
});

/// To whom a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipients {
    /// The organisation's first full administrator (N17).
    FirstAdministrator,
    /// Every full administrator and administrator of the customer.
    CustomerAdministrators,
    /// The partner's administrators who may manage the customer (L4).
    PartnerAdministrators,
    /// Every user of the trial (L7).
    Users,
}

named!(Recipients {
    FirstAdministrator = "first-administrator",
    CustomerAdministrators = "customer-administrators",
    PartnerAdministrators = "partner-administrators",
    Users = "users",
});

/// When a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    let over = PlannedMail { due: Due::On(end.plus(GRACE_DAYS)), kind: MailKind::AccessOver, to: Recipients::Users };
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
