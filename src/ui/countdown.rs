//! Waits that are counted down before the reader.

use leptos::prelude::*;
use std::time::Duration;

/// Counts seconds down to none from whenever `from` is set. It goes by the time that passes, not by
/// its own ticks, which a tab in the background gets late; which time of day it is plays no part.
pub fn count_down(from: Signal<u32>) -> Signal<u32> {
    let left = RwSignal::new(from.get_untracked());
    Effect::new(move |_| {
        let (seconds, begun) = (from.get(), js_sys::Date::now());
        left.set(seconds);
        let tick = move || {
            let passed = ((js_sys::Date::now() - begun) / 1_000.0).max(0.0) as u32;
            let _ = left.try_set(seconds.saturating_sub(passed));
        };
        if seconds > 0
            && let Ok(ticking) = set_interval_with_handle(tick, Duration::from_secs(1))
        {
            on_cleanup(move || ticking.clear());
        }
    });
    Memo::new(move |_| left.get()).into()
}

/// Seconds as a clock shows them: `4:59`, and `23:59:59` from an hour on.
pub fn clock_text(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{rest:02}"),
        _ => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::clock_text;

    #[test]
    fn seconds_read_as_on_a_clock() {
        let texts = [(0, "0:00"), (59, "0:59"), (300, "5:00"), (3_599, "59:59"), (86_400, "24:00:00")];
        for (seconds, text) in texts {
            assert_eq!(clock_text(seconds), text);
        }
    }
}
