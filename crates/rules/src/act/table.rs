//! What may be done in which state: the table of L12 and nothing else.

use crate::trial::State;
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// The consent mail is sent again.
    Resend,
    /// The partner cancels.
    CancelByPartner,
    /// The customer cancels.
    CancelByCustomer,
    /// The end is moved.
    Extend,
    /// Services and licences are changed.
    Edit,
    /// Devices are to be kept longer.
    ExtendDevices,
    /// It becomes a paid order.
    Convert,
    /// Another trial is added beside it.
    AddAnother,
    /// It is set up.
    SetUp,
    /// The customer removes the partner.
    RemovePartner,
    /// The request is accepted or declined.
    Answer,
    /// Cancelling is undone.
    Undo,
}

impl Row {
    /// Every row, in the order of the table.
    pub const ALL: [Row; 12] = [
        Row::Resend,
        Row::CancelByPartner,
        Row::CancelByCustomer,
        Row::Extend,
        Row::Edit,
        Row::ExtendDevices,
        Row::Convert,
        Row::AddAnother,
        Row::SetUp,
        Row::RemovePartner,
        Row::Answer,
        Row::Undo,
    ];
}

/// A cell: whether a row's act may be done in a state. A refusal names the state, the
/// rule and what to do instead.
///
/// # Errors
/// The refusal of the cell.
pub fn cell(row: Row, state: State) -> Result<(), Refusal> {
    use Row::{
        AddAnother, Answer, CancelByCustomer, CancelByPartner, Convert, Edit, Extend, ExtendDevices, RemovePartner,
        Resend, SetUp, Undo,
    };
    use State::{Awaiting, Cancelled, Closed, Converted, Declined, Expired, Lapsed, Pending, Running};
    let no = |rule, remedy| Err(Refusal::new(rule, Because::WrongState, remedy).state(state));
    match (row, state) {
        (Resend, Pending) => Ok(()),
        (Resend, Declined | Lapsed) => no(RuleId::X14, Remedy::SendRequest),
        (Resend, _) => no(RuleId::L12, Remedy::Nothing),

        (CancelByPartner, Pending | Awaiting | Running | Expired) => Ok(()),
        (CancelByPartner, Cancelled) => no(RuleId::K2, Remedy::Undo),
        (CancelByPartner, Closed | Converted | Declined | Lapsed) => no(RuleId::L12, Remedy::Nothing),

        (CancelByCustomer, Awaiting | Running | Expired) => Ok(()),
        (CancelByCustomer, Pending) => no(RuleId::K1, Remedy::Decline),
        (CancelByCustomer, _) => no(RuleId::L12, Remedy::Nothing),

        (Extend | Edit, Running) => Ok(()),
        (Extend | Edit, Expired) => no(RuleId::E2, Remedy::Convert),
        (Edit, Pending) => no(RuleId::X14, Remedy::SendRequest),
        (Extend | Edit, _) => no(RuleId::L12, Remedy::Nothing),

        (ExtendDevices, Running | Expired) => Ok(()),
        (ExtendDevices, _) => no(RuleId::L12, Remedy::Nothing),

        (Convert, Running | Expired) => Ok(()),
        (Convert, Closed) => no(RuleId::C5, Remedy::StartNewTrial),
        (Convert, _) => no(RuleId::L12, Remedy::Nothing),

        (AddAnother, Awaiting | Running | Expired | Closed | Converted | Cancelled) => Ok(()),
        (AddAnother, Pending) => no(RuleId::X14, Remedy::SeeRequest),
        (AddAnother, Declined | Lapsed) => no(RuleId::X14, Remedy::SendRequest),

        (SetUp, Awaiting | Running) => Ok(()),
        (SetUp, Expired) => no(RuleId::U3, Remedy::Convert),
        (SetUp, Converted) => no(RuleId::H5, Remedy::UseHub),
        (SetUp, _) => no(RuleId::L12, Remedy::Nothing),

        (RemovePartner, Pending) => no(RuleId::H3, Remedy::Decline),
        (RemovePartner, _) => Ok(()),

        (Answer, Pending) => Ok(()),
        (Answer, _) => Err(Refusal::new(RuleId::X15, Because::RequestOver, Remedy::Nothing).state(state)),

        (Undo, Cancelled) => Ok(()),
        (Undo, _) => no(RuleId::L12, Remedy::Nothing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as the specification prints it: `+` for what may be done.
    const TABLE: [(Row, &str); 12] = [
        (Row::Resend, "+--------"),
        (Row::CancelByPartner, "++++-----"),
        (Row::CancelByCustomer, "-+++-----"),
        (Row::Extend, "--+------"),
        (Row::Edit, "--+------"),
        (Row::ExtendDevices, "--++-----"),
        (Row::Convert, "--++-----"),
        (Row::AddAnother, "-++++++--"),
        (Row::SetUp, "-++------"),
        (Row::RemovePartner, "-++++++++"),
        (Row::Answer, "+--------"),
        (Row::Undo, "------+--"),
    ];

    #[test]
    fn every_cell_of_the_table_is_as_it_is_printed_l12() {
        assert_eq!(TABLE.map(|(row, _)| row), Row::ALL);
        for (row, cells) in TABLE {
            for (state, expected) in State::ALL.into_iter().zip(cells.chars()) {
                assert_eq!(cell(row, state).is_ok(), expected == '+', "{row:?} in {state:?}");
            }
        }
    }

    #[test]
    fn a_refusal_names_the_state_the_rule_and_what_to_do_instead_l12() {
        let rows = [
            (Row::Resend, State::Lapsed, RuleId::X14, Remedy::SendRequest),
            (Row::CancelByCustomer, State::Pending, RuleId::K1, Remedy::Decline),
            (Row::CancelByPartner, State::Cancelled, RuleId::K2, Remedy::Undo),
            (Row::Extend, State::Expired, RuleId::E2, Remedy::Convert),
            (Row::Edit, State::Expired, RuleId::E2, Remedy::Convert),
            (Row::Edit, State::Pending, RuleId::X14, Remedy::SendRequest),
            (Row::Convert, State::Closed, RuleId::C5, Remedy::StartNewTrial),
            (Row::AddAnother, State::Pending, RuleId::X14, Remedy::SeeRequest),
            (Row::AddAnother, State::Declined, RuleId::X14, Remedy::SendRequest),
            (Row::SetUp, State::Converted, RuleId::H5, Remedy::UseHub),
            (Row::RemovePartner, State::Pending, RuleId::H3, Remedy::Decline),
            (Row::Answer, State::Cancelled, RuleId::X15, Remedy::Nothing),
        ];
        for (row, state, rule, remedy) in rows {
            let refusal = cell(row, state).expect_err("refused");
            assert_eq!((refusal.rule, refusal.remedy, refusal.state), (rule, remedy, Some(state)), "{row:?} {state:?}");
        }
    }
}
