//! Boxes to tick.

use super::field::{Hint, Problem, description, invalid};
use leptos::{ev, prelude::*};

/// Runs the change, or puts the box back when it may not be changed.
fn changed(blocked: Signal<bool>, checked: Signal<bool>, on_change: Callback<bool>) -> impl Fn(ev::Event) + Copy {
    move |event| {
        if blocked.get_untracked() {
            // The box stays as it was; its reason stands beside it.
            event_target::<web_sys::HtmlInputElement>(&event).set_checked(checked.get_untracked());
        } else {
            on_change.run(event_target_checked(&event));
        }
    }
}

/// A box to tick, with its label behind it.
#[component]
pub fn CheckboxField(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The field's name.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Takes the new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// What helps to decide.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Whether it must be ticked.
    #[prop(optional)]
    required: bool,
    /// Why it cannot be changed; it stays focusable and says so (`P7`).
    #[prop(optional_no_strip, into)]
    disabled_because: Option<String>,
    /// What stands under it, such as a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let blocked = disabled_because.is_some();
    let hint = match disabled_because {
        Some(reason) => MaybeProp::from(reason),
        None => hint,
    };
    view! {
        <div class="choice">
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=checked
                aria-required=required.then_some("true")
                aria-disabled=blocked.then_some("true")
                aria-invalid=invalid(problem)
                aria-describedby=description(&id, hint, problem)
                on:change=changed(Signal::stored(blocked), checked, on_change)
            />
            <label for=id.clone()>{label}</label>
            <div class="beside stack-tight">
                <Problem id=format!("{id}-problem") problem=problem />
                <Hint id=format!("{id}-hint") hint=hint />
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// A larger thing to choose: a box in a frame, one sentence on what it is, and, once it is ticked,
/// what else it asks.
#[component]
pub fn ChoiceCard(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The name of what is chosen.
    #[prop(into)]
    label: String,
    /// One sentence on it; it is read with the box.
    #[prop(into)]
    sentence: String,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Takes the new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Why it cannot be chosen; shown in place of the sentence (`P7`).
    #[prop(optional, into)]
    disabled_because: Signal<Option<String>>,
    /// What else it asks once it is ticked.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let blocked = Signal::derive(move || disabled_because.with(Option::is_some));
    let hint = MaybeProp::derive(move || disabled_because.get().or_else(|| Some(sentence.clone())));
    let more = move || {
        checked.get().then(|| children.as_ref().map(|children| view! { <div class="choice-more">{children()}</div> }))
    };
    view! {
        <div
            class="choice choice-card"
            data-on=move || checked.get().then_some("true")
            data-off=move || blocked.get().then_some("true")
        >
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=checked
                aria-disabled=move || blocked.get().then_some("true")
                aria-invalid=invalid(problem)
                aria-describedby=description(&id, hint, problem)
                on:change=changed(blocked, checked, on_change)
            />
            <label for=id.clone()>{label}</label>
            <div class="beside">
                <Problem id=format!("{id}-problem") problem=problem />
                <Hint id=format!("{id}-hint") hint=hint />
            </div>
            {more}
        </div>
    }
}
