//! A trial's life in a row of a table.

use super::{
    Tone,
    life::{GRACE, Life, TRIAL, WIDTH},
};
use leptos::prelude::*;

/// The life of a trial as a small band: lived, left, grace, today's mark.
#[component]
pub fn LifeBand(
    /// Its days.
    life: Life,
    /// Its colour, which is that of the status beside it.
    tone: Tone,
    /// What it shows, in words, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let places = life.places();
    let today = places.today.map(|x| {
        // Half the stroke stays inside the drawing at both ends.
        let x = x.clamp(1.0, WIDTH - 1.0);
        view! { <path class="band-today" d=format!("M{x:.1} 5v12") /> }
    });
    view! {
        <svg
            class=format!("band {}", tone.class())
            viewBox=format!("0 0 {WIDTH} 22")
            role="img"
            aria-label=label
            preserveAspectRatio="none"
        >
            <rect class="band-left" x="0" y="9" width=TRIAL height="4" rx="2" />
            <rect class="band-grace" x=GRACE y="9" width=WIDTH - GRACE height="4" rx="2" />
            <rect class="band-lived" x="0" y="9" width=format!("{:.1}", places.lived) height="4" rx="2" />
            <rect class="band-lived" x=GRACE y="9" width=format!("{:.1}", places.grace_lived) height="4" rx="2" />
            {today}
        </svg>
    }
}
