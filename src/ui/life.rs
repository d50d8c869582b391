//! The life of a trial as numbers on a line: what was lived, what is left, grace, and today.

/// A trial's days: how many it has, how much grace follows, how many have passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Days from start to end.
    pub total: u32,
    /// Days of grace after the end.
    pub grace: u32,
    /// Days since the start: 0 on the first day, negative before it.
    pub elapsed: i64,
}

/// Width of the whole drawing.
pub(super) const WIDTH: f64 = 124.0;
/// Width of the trial's part.
pub(super) const TRIAL: f64 = 84.0;
/// Where grace begins, after a gap.
pub(super) const GRACE: f64 = 88.0;

/// Where things lie in the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Places {
    /// Width of the lived part of the trial.
    pub lived: f64,
    /// Width of the lived part of grace.
    pub grace_lived: f64,
    /// Where today is; `None` before the start and after grace.
    pub today: Option<f64>,
}

impl Life {
    /// The places for this life. On the first day nothing is lived; on the day of the end the whole
    /// trial is lived and today stands at the beginning of grace; when grace is over today has left
    /// the drawing.
    pub(super) fn places(self) -> Places {
        let (total, grace) = (i64::from(self.total), i64::from(self.grace));
        let share = |part: i64, whole: i64| if whole > 0 { part.clamp(0, whole) as f64 / whole as f64 } else { 1.0 };
        let lived = TRIAL * if self.elapsed < 0 { 0.0 } else { share(self.elapsed, total) };
        let grace_share = if self.elapsed < total { 0.0 } else { share(self.elapsed - total, grace) };
        let grace_lived = (WIDTH - GRACE) * grace_share;
        let today = match self.elapsed {
            before if before < 0 => None,
            running if running < total => Some(lived),
            in_grace if in_grace < total + grace => Some(GRACE + grace_lived),
            _ => None,
        };
        Places { lived, grace_lived, today }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(elapsed: i64) -> Places {
        Life { total: 30, grace: 30, elapsed }.places()
    }

    #[test]
    fn before_the_start_nothing_is_lived_and_today_is_elsewhere() {
        assert_eq!(at(-1), Places { lived: 0.0, grace_lived: 0.0, today: None });
    }

    #[test]
    fn on_the_first_day_nothing_is_lived_and_today_is_at_the_beginning() {
        assert_eq!(at(0), Places { lived: 0.0, grace_lived: 0.0, today: Some(0.0) });
    }

    #[test]
    fn halfway_and_on_the_last_day_today_stands_where_the_lived_part_ends() {
        assert_eq!(at(15), Places { lived: 42.0, grace_lived: 0.0, today: Some(42.0) });
        let last = at(29);
        assert!(last.lived < TRIAL && last.today == Some(last.lived));
    }

    #[test]
    fn on_the_day_of_the_end_grace_begins_l2() {
        assert_eq!(at(30), Places { lived: TRIAL, grace_lived: 0.0, today: Some(GRACE) });
    }

    #[test]
    fn in_grace_today_stands_in_grace_and_after_it_nowhere_l3() {
        assert_eq!(at(45), Places { lived: TRIAL, grace_lived: 18.0, today: Some(106.0) });
        assert!(at(59).today.is_some_and(|today| today < WIDTH));
        assert_eq!(at(60), Places { lived: TRIAL, grace_lived: 36.0, today: None });
        assert_eq!(at(1000), at(60));
    }

    #[test]
    fn a_life_without_days_does_not_divide_by_them() {
        let none = Life { total: 0, grace: 0, elapsed: 0 }.places();
        assert_eq!((none.lived, none.today), (TRIAL, None));
    }
}
