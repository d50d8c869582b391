//! The way into the set-up of a trial, from wherever a trial is shown, on both sides (U1).

use contract::customers::TrialDetail;
use leptos::prelude::*;
use rules::act::ActName;
use rules::clock::Day;
use rules::set_up::SetUpStep;
use rules::trial::State;
use words::{Language, label, setting_up};

use crate::route::Route;
use crate::ui::{Button, ButtonKind, ButtonLink};

/// The link, named as its side names it; disabled with the reason for who may not (P7). What has
/// expired is read there and not changed (L12); of what is over there is no set-up.
pub fn set_up_way(
    language: Language,
    detail: &TrialDetail,
    today: Day,
    text: &'static str,
    kind: ButtonKind,
) -> Option<AnyView> {
    let trial = &detail.trial;
    let href = Route::SetUp { trial: trial.id.clone(), step: SetUpStep::PlanReview }.path();
    let because = label::because(language, detail.verdict(ActName::FinishSetUp));
    let way = match (trial.state(today), because) {
        (State::Awaiting | State::Running, None) => {
            view! { <ButtonLink kind=kind href=href>{text}</ButtonLink> }.into_any()
        }
        (State::Awaiting | State::Running, because) => {
            view! { <Button disabled_because=Signal::stored(because) on_click=|_| {}>{text}</Button> }.into_any()
        }
        (State::Expired, _) => view! { <ButtonLink href=href>{setting_up::see(language)}</ButtonLink> }.into_any(),
        _ => return None,
    };
    Some(way)
}
