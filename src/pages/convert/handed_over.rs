//! *Handed over*: the trials that partners of tier 2 handed over to their distributor, and nothing
//! else of those customers (C2).

use contract::customers::{HandedOver, HandedOverList};
use leptos::prelude::*;
use rules::act::ActName;
use rules::ids::TrialId;
use rules::verdict::Verdict;
use words::{Language, converting, date_short, deeds, label};

use super::form::{Convert, Of};
use crate::api::{self, Failure};
use crate::failure::failed_in_full;
use crate::heading::PageHeading;
use crate::reader::language;
use crate::route::Route;
use crate::status::StatusPill;
use crate::ui::{Button, ButtonKind, ButtonLink, EmptyState};
use crate::waiting::loaded;

/// Loads the list and draws from it.
fn list(
    language: Language,
    draw: impl Fn(HandedOverList, Callback<()>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    // Only sales people convert, so nobody else is shown what waits for that (C2, P2).
    let refused = move |failure: &Failure| {
        let told = matches!(failure, Failure::Api(_)) && failure.is_final();
        told.then(|| {
            view! {
                <div class="page-head"><PageHeading title=words::frame::handed_over(language) /></div>
                <EmptyState title=converting::not_yours(language) text=failed_in_full(language, failure)>
                    <ButtonLink href=Route::customers().path()>{words::customer::to_customers(language)}</ButtonLink>
                </EmptyState>
            }
            .into_any()
        })
    };
    loaded(converting::loading(language), api::handed_over_list, refused, draw)
}

/// The list of them.
#[component]
pub fn HandedOverTrials() -> impl IntoView {
    let language = language();
    list(language, move |list, _| {
        let head = view! { <div class="page-head"><PageHeading title=words::frame::handed_over(language) /></div> };
        if list.trials.is_empty() {
            return view! {
                {head}
                <EmptyState title=converting::none_title(language) text=converting::none(language)>
                    <ButtonLink href=Route::customers().path()>{words::customer::to_customers(language)}</ButtonLink>
                </EmptyState>
            }
            .into_any();
        }
        let rows = list.trials.into_iter().map(|each| row(language, each)).collect_view();
        view! {
            {head}
            <p class="muted">{converting::handed_over_text(language)}</p>
            <section class="panel card scrolls" aria-label=words::frame::handed_over(language) tabindex="0">
                <table class="table table-plain">
                    <caption class="unseen">{words::frame::handed_over(language)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{converting::company(language)}</th>
                            <th scope="col">{converting::partner(language)}</th>
                            <th scope="col">{converting::status(language)}</th>
                            <th scope="col">{converting::services(language)}</th>
                            <th scope="col">{converting::ends(language)}</th>
                            <th scope="col">{converting::since(language)}</th>
                            <th scope="col"><span class="unseen">{deeds::convert(language)}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any()
    })
}

fn row(language: Language, each: HandedOver) -> impl IntoView {
    let trial = &each.detail.trial;
    let day = |day: Option<rules::clock::Day>| day.map(|day| date_short(language, day)).unwrap_or_default();
    let name = converting::convert_one(language, &each.company);
    let convert = match each.detail.verdict(ActName::Convert) {
        Verdict::Allowed => {
            let href = Route::ConvertHandedOver(each.trial.clone()).path();
            view! { <ButtonLink href=href>{name}</ButtonLink> }.into_any()
        }
        Verdict::Blocked(refusal) => {
            let because = Some(label::refusal(language, &refusal));
            view! { <Button disabled_because=Signal::stored(because) on_click=|_| {}>{name}</Button> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row"><bdi>{each.company.clone()}</bdi></th>
            <td><bdi>{each.partner.clone()}</bdi></td>
            <td><StatusPill status=each.detail.status /></td>
            <td>{label::services(language, trial.offer.services())}</td>
            <td class="numbers nowrap">{day(trial.end())}</td>
            <td class="numbers nowrap">{day(trial.handed_over.as_ref().map(|hand_over| hand_over.on))}</td>
            <td>{convert}</td>
        </tr>
    }
}

/// One of them, to be converted.
#[component]
pub fn ConvertHandedOver(
    /// The trial.
    trial: TrialId,
) -> impl IntoView {
    let language = language();
    list(language, move |list, again| {
        match list.trials.into_iter().find(|each| each.trial == trial) {
        Some(each) => {
            let of = Of {
                company: each.company,
                facts: vec![(converting::partner(language).to_owned(), each.partner)],
                detail: each.detail,
                back: Route::HandedOver,
            };
            view! { <Convert of=of again=again language=language /> }.into_any()
        }
        None => view! {
            <div class="page-head"><PageHeading title=words::acting::trial_gone_title(language) /></div>
            <EmptyState title=words::acting::trial_gone_title(language) text=words::acting::trial_gone(language)>
                <ButtonLink kind=ButtonKind::Primary href=Route::HandedOver.path()>{words::frame::handed_over(language)}</ButtonLink>
            </EmptyState>
        }
        .into_any(),
    }
    })
}
