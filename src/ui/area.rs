//! Several lines to type into.

use super::field::{FieldFrame, description, invalid};
use leptos::prelude::*;

/// Several lines of text. What is too long stays there to be shortened: nothing that is typed or
/// pasted is cut off (`G3`).
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
    #[prop(optional, into)]
    count: MaybeProp<String>,
    /// Whether it is the text of a file, whose every character counts, and no prose.
    #[prop(optional)]
    verbatim: bool,
) -> impl IntoView {
    view! {
        <FieldFrame id=id.clone() label=label hint=hint problem=problem>
            <textarea
                class=if verbatim { "input input-area verbatim" } else { "input input-area" }
                id=id.clone()
                rows=if verbatim { "6" } else { "4" }
                spellcheck=if verbatim { "false" } else { "true" }
                autocomplete="off"
                aria-invalid=invalid(problem)
                aria-describedby=description(&id, hint, problem)
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            ></textarea>
            {move || count.get().map(|count| view! { <p class="hint input-count">{count}</p> })}
        </FieldFrame>
    }
}
