//! How a phase is written: flat, with the days that it has. A derived reader of its
//! variants weighs four times as much in the browser.

use serde::{Deserialize, Serialize};

use super::Phase;
use crate::clock::Day;
use crate::named::named;

/// Which phase it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Pending,
    Awaiting,
    Started,
    Converted,
    Cancelled,
    Declined,
    Lapsed,
}

named!(Kind {
    Pending = "pending",
    Awaiting = "awaiting",
    Started = "started",
    Converted = "converted",
    Cancelled = "cancelled",
    Declined = "declined",
    Lapsed = "lapsed",
});

/// A phase as it is written.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) struct PhaseRecord {
    /// Which one.
    kind: Kind,
    /// The last day to answer, the day of the accepting, the day S, or the day on which
    /// it came to this.
    on: Day,
    /// The day E of a started one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<Day>,
    /// Whether a cancelled one had started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    started: Option<bool>,
}

impl From<Phase> for PhaseRecord {
    fn from(phase: Phase) -> PhaseRecord {
        let of = |kind, on| PhaseRecord { kind, on, end: None, started: None };
        match phase {
            Phase::Pending { answer_by } => of(Kind::Pending, answer_by),
            Phase::Awaiting { since } => of(Kind::Awaiting, since),
            Phase::Started { start, end } => PhaseRecord { end: Some(end), ..of(Kind::Started, start) },
            Phase::Converted { on } => of(Kind::Converted, on),
            Phase::Cancelled { on, started } => PhaseRecord { started: Some(started), ..of(Kind::Cancelled, on) },
            Phase::Declined { on } => of(Kind::Declined, on),
            Phase::Lapsed { on } => of(Kind::Lapsed, on),
        }
    }
}

impl TryFrom<PhaseRecord> for Phase {
    type Error = &'static str;

    fn try_from(record: PhaseRecord) -> Result<Phase, Self::Error> {
        let PhaseRecord { kind, on, end, started } = record;
        Ok(match kind {
            Kind::Pending => Phase::Pending { answer_by: on },
            Kind::Awaiting => Phase::Awaiting { since: on },
            Kind::Started => Phase::Started { start: on, end: end.ok_or("a started trial has an end")? },
            Kind::Converted => Phase::Converted { on },
            Kind::Cancelled => Phase::Cancelled { on, started: started.unwrap_or_default() },
            Kind::Declined => Phase::Declined { on },
            Kind::Lapsed => Phase::Lapsed { on },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn every_phase_is_read_back_as_it_was_written() {
        let on = samples::day(2026, 3, 1);
        for phase in [
            Phase::Pending { answer_by: on },
            Phase::Awaiting { since: on },
            Phase::Started { start: on, end: on.plus(30) },
            Phase::Converted { on },
            Phase::Cancelled { on, started: true },
            Phase::Cancelled { on, started: false },
            Phase::Declined { on },
            Phase::Lapsed { on },
        ] {
            let text = serde_json::to_string(&phase).expect("it can be written");
            assert_eq!(serde_json::from_str::<Phase>(&text).ok(), Some(phase), "{text}");
        }
        assert!(serde_json::from_str::<Phase>(r#"{"kind":"started","on":"2026-03-01"}"#).is_err(), "without its end");
    }
}
