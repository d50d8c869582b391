//! Which page is shown, kept in step with the browser's address and history.
//! Links are ordinary links: a click on one that leads to a page of the console
//! is taken up here, everything else is left to the browser.

use leptos::{ev, prelude::*};
use rules::draft::Step;
use rules::ids::{DraftId, OrganisationId};
use wasm_bindgen::{JsCast, JsValue};

use crate::route::Route;

/// What stays the same while a page is open: the search of the Customers tab may
/// change under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Who one wants to be.
    SignIn,
    /// The Customers tab.
    Customers,
    /// A customer's page.
    Customer(OrganisationId),
    /// The beginning of the wizard.
    StartTrial,
    /// A step of the wizard for a draft.
    Wizard(DraftId, Step),
    /// No page has this address.
    NotFound,
}

impl Place {
    /// Where a route lies.
    pub fn of(route: &Route) -> Place {
        match route {
            Route::SignIn { .. } => Place::SignIn,
            Route::Customers(_) => Place::Customers,
            Route::Customer(id) => Place::Customer(id.clone()),
            Route::StartTrial => Place::StartTrial,
            Route::Wizard { draft, step } => Place::Wizard(draft.clone(), *step),
            Route::NotFound => Place::NotFound,
        }
    }

    /// Whether another place has the same title: the steps for one draft do.
    fn has_title_of(&self, other: &Place) -> bool {
        match (self, other) {
            (Place::Wizard(draft, _), Place::Wizard(of, _)) => draft == of,
            _ => self == other,
        }
    }
}

/// Goes to pages; in a context of the whole application.
#[derive(Clone, Copy)]
pub struct Navigator {
    route: RwSignal<Route>,
    arriving: StoredValue<bool>,
}

/// The navigator of the application.
pub fn navigator() -> Navigator {
    expect_context()
}

impl Navigator {
    /// Begins with the page of the browser's address and follows it from then on.
    pub fn start() -> Navigator {
        let navigator = Navigator { route: RwSignal::new(shown()), arriving: StoredValue::new(false) };
        let route = navigator.route.get_untracked();
        // The address is written as the console writes it; an unknown one stays as it was typed.
        if route != Route::NotFound {
            navigator.write(&route, true);
        }
        let _ = window_event_listener(ev::popstate, move |_| navigator.show(shown()));
        let _ = window_event_listener(ev::click, move |event| {
            if let Some(route) = followed(&event) {
                event.prevent_default();
                navigator.go(route);
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
        self.write(&route, again);
        self.arrive(route);
    }

    /// Goes to a page in place of the present one, to which Back does not lead.
    pub fn go_instead(self, route: Route) {
        self.write(&route, true);
        self.arrive(route);
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

    fn arrive(self, route: Route) {
        let elsewhere = Place::of(&route) != Place::of(&self.route.get_untracked());
        self.show(route);
        if elsewhere {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn show(self, route: Route) {
        if !Place::of(&route).has_title_of(&Place::of(&self.route.get_untracked())) {
            self.arriving.set_value(true);
        }
        self.route.set(route);
    }

    fn write(self, route: &Route, instead: bool) {
        let Ok(history) = window().history() else { return };
        let path = route.path();
        // Browsers refuse only another origin, and hundreds of changes within seconds; the page
        // is shown then all the same.
        let _ = match instead {
            true => history.replace_state_with_url(&JsValue::NULL, "", Some(&path)),
            false => history.push_state_with_url(&JsValue::NULL, "", Some(&path)),
        };
    }
}

/// The page of the browser's address.
fn shown() -> Route {
    let location = window().location();
    let (path, search) = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    Route::parse(&path, search.trim_start_matches('?'))
}

/// The page that a click leads to, when it is an ordinary click on a link to one.
fn followed(event: &ev::MouseEvent) -> Option<Route> {
    let plain = event.button() == 0
        && !(event.default_prevented() || event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
    let target = event.target()?.dyn_into::<web_sys::Element>().ok().filter(|_| plain)?;
    let link = target.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    let ours = link.origin() == window().location().origin().ok()?
        && link.target().is_empty()
        && !link.has_attribute("download")
        && !link.get_attribute("href")?.starts_with('#');
    let route = ours.then(|| Route::parse(&link.pathname(), link.search().trim_start_matches('?')))?;
    (route != Route::NotFound).then_some(route)
}
