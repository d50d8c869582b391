//! The step *Calling*: the own call control, or each location with its numbers (U2, N8).

use leptos::prelude::*;
use rules::draft::Field;
use rules::service::Calling;
use rules::set_up::SetUpField;
use words::{number, setting_up, wizard};

use super::location::Location;
use super::step::Walk;
use crate::forms::field_id;
use crate::ui::TextField;

/// What it asks.
#[component]
pub fn CallingStep(
    /// What the step is drawn from.
    walk: Walk,
) -> impl IntoView {
    match walk.form.trial.with_value(|trial| trial.offer.calling) {
        Some(Calling::Cloud { locations, numbered_users }) => {
            view! { <Cloud walk=walk locations=locations numbered_users=numbered_users /> }.into_any()
        }
        Some(Calling::Hybrid) => view! { <Hybrid walk=walk /> }.into_any(),
        None => ().into_any(),
    }
}

/// The customer's own call control.
#[component]
fn Hybrid(walk: Walk) -> impl IntoView {
    let (language, form) = (walk.language, walk.form);
    let field = Field::SetUp(SetUpField::CallControl);
    let typed = form.read(|draft| draft.call_control.clone());
    let asked = match walk.may_change {
        true => view! {
            <TextField
                id=field_id(field)
                label=Signal::stored(setting_up::call_control(language).to_owned())
                value=typed
                on_input=move |text: String| form.change(|draft| draft.call_control = text)
                hint=setting_up::call_control_hint(language)
                problem=form.problem(language, field)
            />
        }
        .into_any(),
        false => view! {
            <dl class="facts">
                <dt>{setting_up::call_control(language)}</dt>
                <dd>{move || Some(typed.get()).filter(|text| !text.is_empty()).unwrap_or_else(|| setting_up::nothing_typed(language).to_owned())}</dd>
            </dl>
        }
        .into_any(),
    };
    view! {
        <p>{setting_up::hybrid_text(language)}</p>
        {asked}
    }
}

/// The number plan, and the locations.
#[component]
fn Cloud(walk: Walk, locations: u32, numbered_users: u32) -> impl IntoView {
    let (language, form) = (walk.language, walk.form);
    let plan = Memo::new(move |_| form.trial.with_value(|trial| form.draft.with(|draft| draft.number_plan(trial))));
    let plan_line = move || {
        plan.get().map(|plan| {
            let row = |name: &'static str, count: u32| {
                view! {
                    <dt>{name}</dt>
                    <dd class="numbers">{number(language, u64::from(count))}</dd>
                }
            };
            view! {
                <dl class="facts">
                    {row(setting_up::numbers_needed(language), plan.needed)}
                    {row(setting_up::numbers_given(language), plan.given)}
                    {row(setting_up::numbers_missing(language), plan.missing)}
                </dl>
            }
        })
    };
    let needed =
        wizard::number_plan(language, locations, plan.get_untracked().map_or(0, |plan| plan.needed), numbered_users);
    let each = (0..u16::try_from(locations).unwrap_or(u16::MAX)).map(|at| view! { <Location walk=walk at=at /> });
    view! {
        <p>{setting_up::cloud_text(language)}</p>
        <section class="panel card stack-tight" aria-labelledby="number-plan">
            <h3 id="number-plan">{setting_up::number_plan(language)}</h3>
            <p class="hint">{needed} ". " {wizard::phone_numbers_hint(language)}</p>
            {plan_line}
        </section>
        <div class="stack">{each.collect_view()}</div>
    }
}
