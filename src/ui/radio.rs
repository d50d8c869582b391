//! One of a few, all in view.

use super::field::{Hint, Problem, description, invalid};
use leptos::prelude::*;

/// One answer of a radio group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioOption {
    /// What is handed over when it is chosen.
    pub value: String,
    /// Its name.
    pub label: String,
    /// One sentence on it; empty when its name says all.
    pub hint: String,
}

/// A question with a few answers, of which one is chosen.
#[component]
pub fn RadioGroup(
    /// The id of the group; its first answer has `{id}-0`, which takes the focus for a problem.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The answers, in the order in which they are shown.
    options: Vec<RadioOption>,
    /// The chosen value; empty when nothing is chosen yet.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the new value.
    #[prop(into)]
    on_change: Callback<String>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Whether one must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let name = id.clone();
    let answers = options
        .into_iter()
        .enumerate()
        .map(|(place, option)| {
            let answer_id = format!("{name}-{place}");
            let hint_id = format!("{answer_id}-hint");
            let (mine, given) = (option.value.clone(), option.value);
            let described = (!option.hint.is_empty()).then(|| hint_id.clone());
            view! {
                <div class="choice">
                    <input
                        type="radio"
                        id=answer_id.clone()
                        name=name.clone()
                        value=given.clone()
                        aria-describedby=described
                        prop:checked=move || value.with(|value| *value == mine)
                        on:change=move |_| on_change.run(given.clone())
                    />
                    <label for=answer_id>{option.label}</label>
                    <div class="beside">
                        <Hint id=hint_id hint=MaybeProp::from(option.hint) />
                    </div>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset
            class="field"
            id=id.clone()
            role="radiogroup"
            aria-required=required.then_some("true")
            aria-invalid=invalid(problem)
            aria-describedby=description(&id, hint, problem)
        >
            <legend class="label">{legend}</legend>
            <div class="choice-group">{answers}</div>
            <Problem id=format!("{id}-problem") problem=problem />
            <Hint id=format!("{id}-hint") hint=hint />
        </fieldset>
    }
}
