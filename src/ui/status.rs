//! A status as a pill: colour, wash, shape and words, so that none of them is alone.

use super::{Icon, Shape};
use leptos::prelude::*;

/// A colour with its wash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Someone must act.
    Wait,
    /// Soon.
    Warn,
    /// Now.
    Bad,
    /// Brought to an end well.
    Done,
    /// Over, or nothing there.
    #[default]
    Off,
}

impl Tone {
    /// The class that sets the tone.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Good => "tone-good",
            Tone::Wait => "tone-wait",
            Tone::Warn => "tone-warn",
            Tone::Bad => "tone-bad",
            Tone::Done => "tone-done",
            Tone::Off => "tone-off",
        }
    }
}

/// A status.
#[component]
pub fn Status(
    /// Its colour.
    tone: Tone,
    /// Its shape.
    shape: Shape,
    /// Its name.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class=format!("status {}", tone.class())>
            <Icon shape=shape />
            <span>{label}</span>
        </span>
    }
}
