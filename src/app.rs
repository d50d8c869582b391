//! The application: what lasts as long as the page is open, and what is drawn.

use contract::session::Session;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Route as RouterRoute, Router};
use rules::ids::PersonId;
use words::sign_in;

use crate::api::{self, Failure};
use crate::frame::{Frame, Replaced, WaitingFrame};
use crate::later::LaterPage;
use crate::navigation::Navigator;
use crate::pages::customers::Customers;
use crate::pages::message::{BackendFailed, NotCertified, NotFound};
use crate::pages::trial::OpenDraft;
use crate::reader::Reader;
use crate::route::Route;
use crate::session::{self, Side, State, Visit};
use crate::ui::{Toasts, keep_second_clicks};

/// The application. It begins with the first answer of the backend, or with why
/// there is none.
#[component]
pub fn App(
    /// The session as first loaded.
    first: Result<Session, Failure>,
) -> impl IntoView {
    let again = first.clone();
    view! {
        <Router>
            // One route for every address: which page one means is for `Route` to say.
            <FlatRoutes fallback=move || view! { <Console first=again.clone() /> }>
                <RouterRoute path=WildcardSegment("address") view=move || view! { <Console first=first.clone() /> } />
            </FlatRoutes>
        </Router>
    }
}

/// What lasts as long as the page is open.
#[component]
fn Console(first: Result<Session, Failure>) -> impl IntoView {
    keep_second_clicks();
    let reader = Reader::of_page();
    let toasts = Toasts::default();
    let visit = Visit::new(first);
    let navigator = Navigator::start();
    provide_context(reader);
    provide_context(toasts);
    provide_context(visit);
    provide_context(navigator);
    provide_context(Replaced::follow());
    follow_sign_out(reader, toasts, visit);
    send_on(visit, navigator);
    let draft = RwSignal::new(None::<OpenDraft>);
    provide_context(draft);
    close_draft(visit, draft);

    let language = reader.language();
    let state = visit.state();
    move || {
        provide_context(language.get());
        match state.get() {
            State::Loading => view! { <WaitingFrame /> }.into_any(),
            State::Failed(failure) => view! { <BackendFailed failure=failure /> }.into_any(),
            State::Open(session) => {
                provide_context(session);
                view! {
                    <Frame>
                        <Page />
                    </Frame>
                }
                .into_any()
            }
        }
    }
}

/// The page of the present address. It is drawn anew when the reader goes
/// elsewhere, not when the address changes within a page.
#[component]
fn Page() -> impl IntoView {
    let navigator = expect_context::<Navigator>();
    let route = navigator.route();
    let page = Memo::new(move |_| route.get().page());
    let side = session::side();
    move || match page.get() {
        open @ (Route::SignIn { .. } | Route::Mailbox | Route::Mail(_)) => {
            view! { <LaterPage route=open /> }.into_any()
        }
        // Nothing is gained by signing in first.
        Route::NotFound if side == Side::Nobody => view! { <NotFound /> }.into_any(),
        // On the way to the sign-in page, or to where the reader's own pages begin.
        _ if side == Side::Nobody => ().into_any(),
        Route::Customers(_) if side.home() != Route::customers() => ().into_any(),
        _ if side == Side::Uncertified => view! { <NotCertified /> }.into_any(),
        Route::Customers(_) => view! { <Customers /> }.into_any(),
        later if side.has(&later) => view! { <LaterPage route=later /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

/// Takes up that nobody is signed in any more, whichever call found out, and
/// looks again when the page comes back into sight: another tab may have signed
/// out or in, and the day may have turned. Whoever did not sign out here is told.
fn follow_sign_out(reader: Reader, toasts: Toasts, visit: Visit) {
    api::when_signed_out(move || visit.over());
    let state = visit.state();
    Effect::new(move |before: Option<bool>| {
        let signed_in = state.with(|state| matches!(state, State::Open(Session { who: Some(_), .. })));
        let nobody = state.with(|state| matches!(state, State::Open(Session { who: None, .. })));
        if before == Some(true) && nobody && !visit.has_signed_out() {
            toasts.bad(sign_in::session_over(reader.language().get_untracked()));
        }
        signed_in
    });
    let _ = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() {
            visit.look();
        }
    });
}

/// Sends whoever is not signed in to the sign-in page, and remembers where they
/// wanted to go; and whoever comes to the start to where their own pages begin.
fn send_on(visit: Visit, navigator: Navigator) {
    let (state, route) = (visit.state(), navigator.route());
    Effect::new(move |_| {
        let route = route.get();
        let side = state.with(|state| match state {
            State::Open(session) => Some(Side::of(session)),
            State::Loading | State::Failed(_) => None,
        });
        match side {
            Some(side @ Side::Nobody) if !side.has(&route) && route != Route::NotFound => {
                let then = Some(route).filter(|route| *route != Route::customers());
                navigator.go_instead(Route::SignIn { then: then.map(Box::new), because: None });
            }
            Some(side) if matches!(route, Route::Customers(_)) && side.home() != Route::customers() => {
                navigator.go_instead(side.home());
            }
            _ => {}
        }
    });
}

/// Closes the draft that is open when somebody else is signed in: it is the other
/// one's (N18).
fn close_draft(visit: Visit, draft: RwSignal<Option<OpenDraft>>) {
    let state = visit.state();
    let person = Memo::new(move |_| {
        state.with(|state| match state {
            State::Open(session) => session.who.as_ref().map(|who| who.person.id.clone()),
            State::Loading | State::Failed(_) => None,
        })
    });
    Effect::new(move |before: Option<Option<PersonId>>| {
        let person = person.get();
        if before.is_some_and(|before| before != person) {
            draft.set(None);
        }
        person
    });
}
