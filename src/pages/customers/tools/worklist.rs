//! The worklist above the list: what wants doing, each a count and a filter (Q12).

use contract::customers::{COUNT_MAX, Worklist};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use rules::customers::{Attention, Query};
use words::{Language, label, list_tools};

use super::Desk;
use crate::api;
use crate::route::Route;

/// Counts anew whenever the totals are: with every list that is loaded. Where that fails the
/// counts are left out; the list itself says what is wrong.
pub(super) fn follow(desk: Desk) -> RwSignal<Option<Worklist>> {
    let counts = RwSignal::new(None);
    Effect::new(move |_| {
        desk.list.totals.track();
        spawn_local_scoped(async move {
            if let Ok(told) = api::attention_count().await {
                let _ = counts.try_set(Some(told));
            }
        });
    });
    counts
}

/// One button for each; pressed again it shows all customers.
#[component]
pub(super) fn WorklistStrip(desk: Desk, counts: RwSignal<Option<Worklist>>) -> impl IntoView {
    let language = desk.language;
    let items = Attention::ALL.map(|each| {
        let count = move || counts.with(|told| told.as_ref().map(|told| count(told, each)));
        let pressed = Memo::new(move |_| desk.list.query.with(|query| is_shown(query, each)));
        let press = move |_| {
            let before = desk.list.query.get_untracked();
            let shown = if pressed.get_untracked() { Query::default() } else { each.query() };
            let order = Query { sort: before.sort, reversed: before.reversed, ..shown };
            desk.navigator.go(Route::Customers(order));
        };
        view! {
            <button
                type="button"
                class="total"
                class:none=move || count().unwrap_or_default() == 0
                aria-pressed=move || if pressed.get() { "true" } else { "false" }
                on:click=press
            >
                <span class="total-count numbers">{move || count().map(|count| count_text(language, count))}</span>
                " "
                <span class="total-name">{label::attention(language, each)}</span>
            </button>
        }
    });
    view! {
        <div class="sideways worklist-items" role="group" aria-label=list_tools::worklist(language)>
            {items}
        </div>
    }
}

fn count(told: &Worklist, wanted: Attention) -> u32 {
    told.counts.iter().find(|(each, _)| *each == wanted).map_or(0, |(_, count)| *count)
}

/// A count in figures; one that is more than the backend counts says so (Q7).
fn count_text(language: Language, count: u32) -> String {
    match count > COUNT_MAX {
        true => list_tools::more_than(language, COUNT_MAX),
        false => words::number(language, count.into()),
    }
}

/// Whether the list shows exactly what is counted, in whatever order.
fn is_shown(query: &Query, each: Attention) -> bool {
    Query { sort: query.sort, reversed: query.reversed, ..each.query() } == *query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_pressed_while_the_list_shows_it_in_whatever_order_q12() {
        for each in Attention::ALL {
            let mut query = each.query();
            assert!(is_shown(&query, each), "{each:?}");
            query.reversed = true;
            assert!(is_shown(&query, each), "{each:?}");
            query.search = "x".to_owned();
            assert!(!is_shown(&query, each), "{each:?}");
        }
    }
}
