//! The days that a service has left in its trial.

use crate::{Language, customers};
use rules::notice::GRACE_DAYS;

/// The days that are left of the trial that a service is in, counted from the days to its end: from
/// that day on it is the grace period of which something is left (`L1`, `L2`).
pub fn service_left(language: Language, days_left: i64) -> String {
    match days_left {
        1.. => customers::days_left_value(language, days_left),
        _ => customers::grace_left(language, i64::from(GRACE_DAYS) + days_left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_end_on_the_days_of_grace_are_said_l1_l2() {
        let rows = [
            (30, "30 days left"),
            (1, "1 day left"),
            (0, "30 days of grace left"),
            (-12, "18 days of grace left"),
            (-29, "1 day of grace left"),
        ];
        for (days, text) in rows {
            assert_eq!(service_left(Language::En, days), text);
        }
        assert_eq!(service_left(Language::Nl, -12), customers::grace_left(Language::Nl, 18));
    }
}
