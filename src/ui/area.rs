//! Several lines to type into.

use super::field::{FieldFrame, description, invalid};
use leptos::prelude::*;

/// Several lines of text, with how much of the room is used. What is too long stays there to be
/// shortened: nothing that is typed or pasted is cut off (`G3`).
#[component]
pub fn TextArea(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The field's name.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed so far.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is typed, at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// How much of the room is used, in words.
    #[prop(into)]
    count: Signal<String>,
) -> impl IntoView {
    view! {
        <FieldFrame id=id.clone() label=label hint=hint problem=problem>
            <textarea
                class="input input-area"
                id=id.clone()
                rows="4"
                spellcheck="true"
                autocomplete="off"
                aria-invalid=invalid(problem)
                aria-describedby=description(&id, hint, problem)
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            ></textarea>
            <p class="hint input-count">{count}</p>
        </FieldFrame>
    }
}
