//! Search and the totals as filters, both in the address (Q2 to Q4).

use std::time::Duration;

use leptos::prelude::*;
use rules::customers::Query;
use rules::trial::Status;
use words::customers;

use crate::navigation::{Navigator, navigator};
use crate::reader::language;
use crate::route::Route;

/// The pause in typing after which the backend is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// Goes to the list with another search text. A search that is typed on takes the
/// place of the one before, so that Back leads out of it and not letter by letter.
fn search(navigator: Navigator, query: Signal<Query>, text: &str) {
    let before = query.get_untracked();
    let text = text.trim();
    if text == before.search {
        return;
    }
    let typed_on = !before.search.is_empty() && !text.is_empty();
    let route = Route::Customers(Query { search: text.to_owned(), ..before });
    if typed_on { navigator.go_instead(route) } else { navigator.go(route) }
}

/// The field to search with.
#[component]
pub fn SearchField(query: Signal<Query>) -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let typed = RwSignal::new(query.get_untracked().search);
    // What was typed here and is in the address by now. Another text there came by Back or a
    // link, and is shown; this one must not overwrite what was typed since.
    let sent = StoredValue::new(query.get_untracked().search);
    Effect::new(move |_| {
        let search = query.with(|query| query.search.clone());
        if sent.with_value(|sent| *sent != search) {
            sent.set_value(search.clone());
            typed.set(search);
        }
    });
    let send = move |text: String| {
        sent.set_value(text.trim().to_owned());
        search(navigator, query, &text);
    };
    let mut send_later = leptos::leptos_dom::helpers::debounce(PAUSE, send);
    let take = move |event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        send_later(text);
    };
    view! {
        <input
            class="input customers-search"
            type="search"
            aria-label=customers::search(language)
            placeholder=customers::search_placeholder(language)
            autocomplete="off"
            spellcheck="false"
            maxlength="200"
            prop:value=typed
            on:input=take
        />
    }
}

/// The list with only this status, or with all when it is the only one already.
pub fn only(query: &Query, status: Status) -> Route {
    let alone = query.statuses.len() == 1 && query.statuses.contains(&status);
    let statuses = if alone { Default::default() } else { [status].into_iter().collect() };
    Route::Customers(Query { statuses, ..query.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(statuses: &[Status]) -> Query {
        Query { search: "x".to_owned(), statuses: statuses.iter().copied().collect(), ..Query::default() }
    }

    #[test]
    fn a_total_filters_by_its_status_alone_and_pressed_again_shows_all_q4() {
        let (active, closed) = (Status::Active, Status::Closed);
        assert_eq!(only(&of(&[]), active), Route::Customers(of(&[active])));
        assert_eq!(only(&of(&[active]), active), Route::Customers(of(&[])));
        assert_eq!(only(&of(&[active, closed]), active), Route::Customers(of(&[active])));
    }
}
