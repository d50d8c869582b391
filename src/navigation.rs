//! Which page is shown. The router keeps the browser's address, history and links;
//! which page an address means is said by [`Route`] alone.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::Location;

use crate::route::Route;

/// Goes to pages; in a context of the whole application.
#[derive(Clone, Copy)]
pub struct Navigator {
    route: Memo<Route>,
    navigate: Callback<(Route, bool)>,
    arriving: StoredValue<bool>,
    first: StoredValue<String>,
}

/// The navigator of the application.
pub fn navigator() -> Navigator {
    expect_context()
}

impl Navigator {
    /// Follows the browser's address, as the router knows it.
    pub fn start() -> Navigator {
        let Location { pathname, search, .. } = use_location();
        let arriving = StoredValue::new(false);
        let first = StoredValue::new(search.get_untracked());
        let route = Memo::new(move |before: Option<&Route>| {
            let route = Route::parse(&pathname.get(), &search.get());
            // Known before anything of the new page is drawn, whose heading will ask.
            if before.is_some_and(|before| !route.has_title_of(before)) {
                arriving.set_value(true);
            }
            route
        });
        let go = use_navigate();
        let navigate = Callback::new(move |(to, replace): (Route, bool)| {
            let scroll = to.page() != route.get_untracked().page();
            go(&to.path(), NavigateOptions { resolve: false, replace, scroll, ..NavigateOptions::default() });
        });
        let navigator = Navigator { route, navigate, arriving, first };
        Effect::new(move |_| {
            // The address is written as the console writes it; an unknown one stays as it was typed.
            let (shown, written) = (route.get_untracked(), address(&pathname.get_untracked(), &search.get_untracked()));
            if shown != Route::NotFound && shown.path() != written {
                navigator.go_instead(shown);
            }
        });
        navigator
    }

    /// The page that is shown.
    pub fn route(self) -> Signal<Route> {
        self.route.into()
    }

    /// Goes to a page; Back leads to the present one.
    pub fn go(self, route: Route) {
        let again = route == self.route.get_untracked();
        self.navigate.run((route, again));
    }

    /// Goes to a page in place of the present one, to which Back does not lead.
    pub fn go_instead(self, route: Route) {
        self.navigate.run((route, true));
    }

    /// What stood behind the question mark of the address with which the console was opened; told
    /// once, to whoever says what of it no page understood (Q3).
    pub fn take_first_search(self) -> String {
        self.first.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Whether a page was gone to whose heading has not taken the focus yet; the
    /// question is answered once.
    pub fn take_arrival(self) -> bool {
        self.arriving.try_update_value(std::mem::take).unwrap_or(false)
    }

    /// Lets the heading of the present page take the focus once it is drawn again.
    pub fn arrive_again(self) {
        self.arriving.set_value(true);
    }
}

/// Path and search of an address in one piece.
fn address(path: &str, search: &str) -> String {
    if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") }
}
