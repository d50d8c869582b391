//! A field to search with, whose text stands in the address.

use std::time::Duration;

use leptos::prelude::*;

/// The pause in typing after which is searched.
const PAUSE: Duration = Duration::from_millis(250);

/// A text that is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// The text, without blanks around it.
    pub text: String,
    /// Whether it was typed on from another one: then it takes the place of that in the history, so
    /// that Back leads out of the search and not letter by letter.
    pub typed_on: bool,
}

/// The field. It tells what is searched after a pause in typing.
#[component]
pub fn SearchField(
    /// What is searched now, by the address.
    #[prop(into)]
    text: Signal<String>,
    /// Told of another text.
    #[prop(into)]
    on_search: Callback<Searched>,
    /// Its name.
    label: &'static str,
    /// What can be searched.
    placeholder: &'static str,
    /// Its id, where something else must name it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Its class beside that of every field.
    class: &'static str,
) -> impl IntoView {
    let typed = RwSignal::new(text.get_untracked());
    // What was typed here and is in the address by now. Another text there came by Back or a
    // link, and is shown; this one must not overwrite what was typed since.
    let sent = StoredValue::new(text.get_untracked());
    Effect::new(move |_| {
        let text = text.get();
        if sent.with_value(|sent| *sent != text) {
            sent.set_value(text.clone());
            typed.set(text);
        }
    });
    let send = move |now: String| {
        let now = now.trim().to_owned();
        sent.set_value(now.clone());
        let before = text.get_untracked();
        if now != before {
            let typed_on = !before.is_empty() && !now.is_empty();
            on_search.run(Searched { text: now, typed_on });
        }
    };
    let mut send_later = leptos::leptos_dom::helpers::debounce(PAUSE, send);
    let take = move |event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        send_later(text);
    };
    view! {
        <input
            id=id
            class=format!("input {class}")
            type="search"
            aria-label=label
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            maxlength="200"
            prop:value=typed
            on:input=take
        />
    }
}
