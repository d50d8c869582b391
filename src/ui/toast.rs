//! Short messages in the corner of the page, read aloud when they appear.

use super::{Icon, Shape, Tone};
use leptos::prelude::*;
use std::time::Duration;

/// How long good news stays; what went wrong stays until it is dismissed.
const GOOD_NEWS: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
struct Toast {
    number: u32,
    tone: Tone,
    text: String,
}

/// The messages of the page; kept in a context of the whole application.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

impl Default for Toasts {
    fn default() -> Self {
        Toasts { shown: RwSignal::new(Vec::new()), last: StoredValue::new(0) }
    }
}

impl Toasts {
    /// Says that something went well; it goes by itself after 10 seconds.
    pub fn good(self, text: impl Into<String>) {
        let number = self.push(Tone::Good, text.into());
        set_timeout(move || self.dismiss(number), GOOD_NEWS);
    }

    /// Says that something went wrong; it stays until it is dismissed.
    pub fn bad(self, text: impl Into<String>) {
        self.push(Tone::Bad, text.into());
    }

    fn push(self, tone: Tone, text: String) -> u32 {
        self.last.update_value(|last| *last = last.wrapping_add(1));
        let number = self.last.get_value();
        self.shown.update(|shown| {
            shown.retain(|each| each.text != text);
            shown.push(Toast { number, tone, text });
        });
        number
    }

    fn dismiss(self, number: u32) {
        self.shown.try_update(|shown| shown.retain(|each| each.number != number));
    }
}

/// Where the messages appear; once on a page.
#[component]
pub fn ToastRegion(
    /// The messages.
    toasts: Toasts,
    /// Name of the button that takes one away.
    #[prop(into)]
    dismiss_label: String,
) -> impl IntoView {
    view! {
        <div class="toasts" role="status">
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <div class=format!("toast {}", toast.tone.class())>
                    <Icon shape=if toast.tone == Tone::Good { Shape::Check } else { Shape::Triangle } />
                    <span>{toast.text}</span>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=dismiss_label.clone()
                        on:click=move |_| toasts.dismiss(toast.number)
                    >
                        <Icon shape=Shape::Cross />
                    </button>
                </div>
            </For>
        </div>
    }
}
