//! Search and the totals as filters, both in the address (Q2 to Q4).

use leptos::prelude::*;
use rules::customers::Query;
use rules::trial::Status;
use words::customers;

use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::ui::{SearchField, Searched};

/// The id of the search.
pub const SEARCH: &str = "customers-search";

/// The field to search with.
#[component]
pub fn SearchCustomers(query: Signal<Query>) -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let search = move |Searched { text, typed_on }| {
        let route = Route::Customers(Query { search: text, ..query.get_untracked() });
        if typed_on { navigator.go_instead(route) } else { navigator.go(route) }
    };
    view! {
        <SearchField
            text=Signal::derive(move || query.with(|query| query.search.clone()))
            on_search=search
            label=customers::search(language)
            placeholder=customers::search_placeholder(language)
            id=SEARCH
            class="customers-search"
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
