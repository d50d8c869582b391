//! The worklist above the customers list (Q12).

use super::{DevicesDue, InCharge, Query};
use crate::named::named;
use crate::trial::Status;

/// What wants doing (Q12); each is a filter too, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attention {
    /// Trials that end within 7 days.
    EndsSoon,
    /// Trials in grace.
    InGrace,
    /// Customers who are interested in purchasing.
    Interested,
    /// Requests with 7 days or fewer to answer.
    AnswerSoon,
    /// Overdue devices.
    OverdueDevices,
    /// Failed mails.
    FailedMails,
    /// Customers without anybody in charge. They head the list.
    Unassigned,
}

named!(Attention {
    EndsSoon = "ends-soon",
    InGrace = "in-grace",
    Interested = "interested",
    AnswerSoon = "answer-soon",
    OverdueDevices = "overdue-devices",
    FailedMails = "failed-mails",
    Unassigned = "unassigned",
});

impl Attention {
    /// All of it; unassigned customers and overdue returns head the list (P9, D8).
    pub const ALL: [Attention; 7] = [
        Attention::Unassigned,
        Attention::OverdueDevices,
        Attention::EndsSoon,
        Attention::InGrace,
        Attention::Interested,
        Attention::AnswerSoon,
        Attention::FailedMails,
    ];

    /// The filter that shows it.
    pub fn query(self) -> Query {
        const DAYS: u32 = 7;
        let query = Query::default();
        match self {
            Attention::EndsSoon => Query { ends_within: Some(DAYS), ..query },
            Attention::InGrace => Query { statuses: [Status::Expired].into(), ..query },
            Attention::Interested => Query { interested: true, ..query },
            Attention::AnswerSoon => Query { answer_within: Some(DAYS), ..query },
            Attention::OverdueDevices => Query { devices_due: Some(DevicesDue::Overdue), ..query },
            Attention::FailedMails => Query { failed_mails: true, ..query },
            Attention::Unassigned => Query { in_charge: Some(InCharge::Nobody), ..query },
        }
    }
}
