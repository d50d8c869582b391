//! Sendings that follow one another: one at a time, so that an older state never overtakes a newer
//! one, and the newest state waits for the end of the one that is under way.

/// Whose turn it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    under_way: bool,
    again: bool,
}

impl Turns {
    /// Whether a sending begins now. While one is under way it takes the newest state when it ends.
    #[must_use]
    pub fn begin(&mut self) -> bool {
        if self.under_way {
            self.again = true;
            return false;
        }
        self.under_way = true;
        true
    }

    /// Everything that was typed until now is being sent.
    pub fn take(&mut self) {
        self.again = false;
    }

    /// Whether something was typed since.
    pub fn waits(&self) -> bool {
        self.again
    }

    /// Notes that something was typed that nobody sends for now.
    pub fn wait(&mut self) {
        self.again = true;
    }

    /// The sending has ended.
    pub fn end(&mut self) {
        self.under_way = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_under_way_at_a_time_and_what_came_meanwhile_is_sent_after_it_n18_u3() {
        let mut turns = Turns::default();
        assert!(turns.begin());
        turns.take();
        assert!(!turns.begin(), "one is under way");
        assert!(turns.waits());
        turns.take();
        assert!(!turns.waits(), "the newest state is being sent");
        turns.end();
        assert!(turns.begin());
    }
}
