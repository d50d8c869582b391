//! The 5 minutes in which a cancelling can be undone, on both sides of a trial (K2).

use leptos::prelude::*;
use rules::clock::Instant;
use words::{Language, acting, deeds, moment, refusals};

use crate::ui::{Button, Notice, Shape, Tone, clock_text, count_down};

/// Says until when it can be undone, counts down to that from the backend's instant, and has the
/// button that does it. The reader's time of day plays no part (L1).
#[component]
pub fn Undoing(
    /// Until when it can be undone.
    until: Instant,
    /// The backend's instant.
    now: Instant,
    /// Why the reader may not (P7).
    because: Option<String>,
    /// Asks about it.
    #[prop(into)]
    on_undo: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let left = count_down(Signal::stored(seconds_between(now, until)));
    let because = Signal::derive(move || match left.get() {
        0 => Some(refusals::undo_over(language).to_owned()),
        _ => because.clone(),
    });
    view! {
        <Notice tone=Tone::Warn shape=Shape::Clock>
            <div class="stack-tight">
                <p>{acting::undo_until(language, moment(language, until))}</p>
                <p aria-hidden="true">
                    {acting::undo_left(language)} ": " <strong class="numbers">{move || clock_text(left.get())}</strong>
                </p>
                <div class="request-actions">
                    <Button disabled_because=because on_click=move |_| on_undo.run(())>
                        {deeds::undo(language)}
                    </Button>
                </div>
            </div>
        </Notice>
    }
}

/// Whole seconds, the last one begun counted as one.
fn seconds_between(now: Instant, until: Instant) -> u32 {
    u32::try_from((until - now).num_milliseconds().max(0)).unwrap_or(u32::MAX).div_ceil(1_000)
}
