//! When time alone makes another row of a customer.

use super::{CustomerRow, RowTrial};
use crate::clock::Instant;
use crate::notice::FIRST_NOTICE_DAYS;
use crate::trial::{Phase, closes_on};

impl CustomerRow {
    /// The instants at which time alone changes what the list finds, counts or sorts of the row, earliest
    /// first. Between two of them status, services and every sort key stay as they are, so that an index
    /// may hold them; only the number of days that are left goes down (Q1, L1).
    pub fn turns(&self) -> Vec<Instant> {
        let mut turns: Vec<Instant> = self.trials.iter().flat_map(turns_of).collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    }
}

fn turns_of(trial: &RowTrial) -> Vec<Instant> {
    match trial.phase {
        Phase::Started { end, .. } => {
            let days = [end.minus(FIRST_NOTICE_DAYS), end, closes_on(end)];
            days.into_iter().map(|day| day.begin()).chain(trial.setting_up_until).collect()
        }
        // Its last day to answer is looked for until it is over.
        Phase::Pending { answer_by } => vec![answer_by.plus(1).begin()],
        Phase::Awaiting { .. }
        | Phase::Converted { .. }
        | Phase::Cancelled { .. }
        | Phase::Declined { .. }
        | Phase::Lapsed { .. } => Vec::new(),
    }
}
