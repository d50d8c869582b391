//! Steps that say what they do and how long they took.

use anyhow::Result;
use std::time::{Duration, Instant};

/// Runs one named step: prints its name, then how it ended and the time it took.
///
/// # Errors
/// Those of the step, after they were printed as failed.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {name}");
    let started = Instant::now();
    let outcome = work();
    let took = seconds(started.elapsed());
    match &outcome {
        Ok(_) => println!("  done: {name} ({took})"),
        Err(_) => println!("  FAILED: {name} ({took})"),
    }
    outcome
}

/// Says that a step had nothing to do.
pub fn nothing_to_do(name: &str, why: &str) {
    println!("▸ {name}: {why}");
}

/// A duration for people: `0.4 s`, `12.0 s`, `3 min 05 s`.
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 { format!("{:.1} s", time.as_secs_f64()) } else { format!("{} min {:02} s", whole / 60, whole % 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_printed_in_seconds_or_minutes() {
        assert_eq!(seconds(Duration::from_millis(412)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(185)), "3 min 05 s");
    }
}
