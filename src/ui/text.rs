//! Fields to type into.

use super::field::{FieldFrame, description, invalid};
use leptos::{html, prelude::*};

/// One line of text.
#[component]
pub fn TextField(
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
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// `text`, `email`, `tel` or `search`. An address is typed into `text` with `inputmode` email,
    /// because browsers trim and rewrite what is typed into `email`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional_no_strip, into)]
    inputmode: Option<&'static str>,
    /// What the browser may fill in; `off` where it would be about the wrong person.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether spelling is checked.
    #[prop(optional)]
    spellcheck: bool,
    /// Whether it holds a number.
    #[prop(optional)]
    number: bool,
    /// What stands behind the control on the same line, such as a domain.
    #[prop(optional, into)]
    suffix: MaybeProp<String>,
    /// The control itself, for those who must reach it.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let blurred = move |_| {
        if let Some(on_blur) = on_blur {
            on_blur.run(());
        }
    };
    view! {
        <FieldFrame id=id.clone() label=label hint=hint problem=problem>
            <div class="input-with-end">
                <input
                    class=if number { "input input-number" } else { "input" }
                    type=kind
                    id=id.clone()
                    inputmode=inputmode
                    autocomplete=autocomplete
                    spellcheck=if spellcheck { "true" } else { "false" }
                    aria-required=required.then_some("true")
                    aria-invalid=invalid(problem)
                    aria-describedby=description(&id, hint, problem)
                    prop:value=value
                    on:input=move |event| on_input.run(event_target_value(&event))
                    on:blur=blurred
                    node_ref=node_ref
                />
                {move || suffix.get().map(|text| view! { <span class="muted nowrap">{text}</span> })}
            </div>
        </FieldFrame>
    }
}

/// A number, kept as it was typed: what is not a number can be told so in words, where a native
/// number field would show it and hand over nothing (`G3`).
#[component]
pub fn NumberField(
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
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// What stands behind the control, such as `of 3 licences`.
    #[prop(optional, into)]
    suffix: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <TextField
            id=id
            label=label
            value=value
            on_input=on_input
            hint=hint
            problem=problem
            required=required
            suffix=suffix
            inputmode="numeric"
            number=true
        />
    }
}
