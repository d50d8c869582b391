//! Customers are searched and ticked (L14).

use contract::customers::CustomersPage;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::{Language, activity, customers};

use super::finding::{Named, found_by, listed};
use crate::api::{self, Failure};
use crate::ui::{CheckboxField, Icon, SearchField, Searched, Shape, move_focus};
use crate::waiting::{NotArrived, OnItsWay};

/// How many of those that are found can be ticked; the others are searched for.
const SHOWN: usize = 20;
const TICKED: &str = "rehearsal-ticked";

/// The search, those that it finds, and those that are ticked.
#[component]
pub(super) fn FindCustomers(ticked: RwSignal<Vec<Named>>, language: Language) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Result<CustomersPage, Failure>>);
    let load = Callback::new(move |()| {
        let asked = text.get_untracked();
        spawn_local(async move {
            let answer = api::customers_list(&listed(&asked), None).await;
            if text.try_get_untracked() == Some(asked) {
                found.set(Some(answer));
            }
        });
    });
    Effect::new(move |_| {
        text.track();
        load.run(());
    });
    let again = Callback::new(move |()| {
        found.set(None);
        load.run(());
    });
    let rows = move || match found.get() {
        None => view! { <OnItsWay on_retry=again /> }.into_any(),
        Some(Err(failure)) => view! { <NotArrived failure=failure on_retry=again /> }.into_any(),
        Some(Ok(page)) => view! { <FoundRows page=page ticked=ticked language=language /> }.into_any(),
    };
    view! {
        <div class="stack-tight">
            <SearchField
                text=text
                on_search=move |searched: Searched| text.set(searched.text)
                label=activity::search(language)
                placeholder=activity::search_placeholder(language)
                class="people-search"
            />
            {rows}
            <Ticked ticked=ticked language=language />
        </div>
    }
}

#[component]
fn FoundRows(page: CustomersPage, ticked: RwSignal<Vec<Named>>, language: Language) -> impl IntoView {
    let count = page.found as usize;
    let told = match count {
        0 => activity::none_found(language).to_owned(),
        count if page.more_found => activity::found_part_more(language, count, SHOWN),
        count if count > SHOWN => activity::found_part(language, count, SHOWN),
        count => activity::found(language, count),
    };
    let boxes = found_by(&page.rows).into_iter().take(SHOWN).map(|customer| {
        let (id, label) = (format!("tick-{}", customer.id), customer.company.clone());
        let hint = customer.address.clone().unwrap_or_default();
        let mine = customer.id.clone();
        let is_ticked = Signal::derive(move || ticked.with(|ticked| ticked.iter().any(|each| each.id == mine)));
        let tick = move |on: bool| {
            ticked.update(|ticked| {
                ticked.retain(|each| each.id != customer.id);
                if on {
                    ticked.push(customer.clone());
                }
            });
        };
        view! { <CheckboxField id=id label=label checked=is_ticked on_change=tick hint=hint /> }
    });
    view! {
        <p class="muted" role="status">{told}</p>
        <div class="boxes" role="group" aria-label=customers::title(language)>{boxes.collect_view()}</div>
    }
}

/// Those that are ticked, each to take away, also when the search finds others.
#[component]
fn Ticked(ticked: RwSignal<Vec<Named>>, language: Language) -> impl IntoView {
    let any = Memo::new(move |_| ticked.with(|ticked| !ticked.is_empty()));
    move || {
        any.get().then(|| {
            let chips = move || {
                let chip = |customer: Named| {
                    let take = move |_| {
                        ticked.update(|ticked| ticked.retain(|each| each.id != customer.id));
                        move_focus(TICKED);
                    };
                    view! {
                        <button
                            type="button"
                            class="chip held"
                            aria-label=activity::take_away(language, &customer.company)
                            on:click=take
                        >
                            <bdi>{customer.company.clone()}</bdi>
                            <Icon shape=Shape::Cross />
                        </button>
                    }
                };
                ticked.get().into_iter().map(chip).collect_view()
            };
            view! {
                <div id=TICKED tabindex="-1" class="held-filters" role="group" aria-label=activity::ticked(language)>
                    <span class="muted" aria-hidden="true">{activity::ticked(language)}</span>
                    {chips}
                </div>
            }
        })
    }
}
