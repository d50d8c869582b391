//! What every field has around its control: label, hint, problem.

use super::{Icon, Shape, focus::described_by};
use leptos::prelude::*;

/// Label above, problem and hint below a control. The control itself carries `id` and the
/// `aria-describedby` that [`description`] gives.
#[component]
pub fn FieldFrame(
    /// The id of the control; the problem is `{id}-problem`, the hint `{id}-hint`.
    #[prop(into)]
    id: String,
    /// The field's name.
    #[prop(into)]
    label: Signal<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// The control, with whatever stands under it.
    children: Children,
) -> impl IntoView {
    let (problem_id, hint_id) = (format!("{id}-problem"), format!("{id}-hint"));
    view! {
        <div class="field">
            <label class="label" for=id>
                {label}
            </label>
            {children()}
            <Problem id=problem_id problem=problem />
            <Hint id=hint_id hint=hint />
        </div>
    }
}

/// The sentence that says what is wrong, with a mark, so that colour is not all there is.
#[component]
pub(super) fn Problem(id: String, problem: Signal<Option<String>>) -> impl IntoView {
    move || {
        let id = id.clone();
        problem.get().map(|text| {
            view! {
                <p class="problem" id=id>
                    <Icon shape=Shape::Triangle />
                    <span>{text}</span>
                </p>
            }
        })
    }
}

/// The sentence that helps.
#[component]
pub(super) fn Hint(id: String, hint: MaybeProp<String>) -> impl IntoView {
    move || {
        let id = id.clone();
        hint.get().filter(|text| !text.is_empty()).map(|text| view! { <p class="hint" id=id>{text}</p> })
    }
}

/// The `aria-describedby` of a control, following its hint and problem.
pub(super) fn description(
    id: &str,
    hint: MaybeProp<String>,
    problem: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Send + Clone + use<> {
    let id = id.to_owned();
    move || {
        described_by(
            &id,
            hint.with(|hint| hint.as_ref().is_some_and(|text| !text.is_empty())),
            problem.with(Option::is_some),
        )
    }
}

/// The `aria-invalid` of a control.
pub(super) fn invalid(problem: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Send + Clone + use<> {
    move || problem.with(Option::is_some).then_some("true")
}

/// A native choice from a short list.
#[component]
pub fn SelectField(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The field's name.
    #[prop(into)]
    label: Signal<String>,
    /// Value and label of each option, in the order of the list.
    options: Vec<(String, String)>,
    /// The chosen value; empty when nothing is chosen yet.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the new value.
    #[prop(into)]
    on_change: Callback<String>,
    /// Shown while nothing is chosen; without it the first option stands for itself.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let placeholder = placeholder
        .map(|text| view! { <option value="" selected=move || value.with(String::is_empty)>{text}</option> });
    let options = options
        .into_iter()
        .map(|(option, label)| {
            let selected = {
                let option = option.clone();
                move || value.with(|value| *value == option)
            };
            view! { <option value=option selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <FieldFrame id=id.clone() label=label hint=hint problem=problem>
            <select
                class="input"
                id=id.clone()
                aria-required=required.then_some("true")
                aria-invalid=invalid(problem)
                aria-describedby=description(&id, hint, problem)
                prop:value=value
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {placeholder}
                {options}
            </select>
        </FieldFrame>
    }
}
