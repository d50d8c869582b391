//! What stands around every page: top bar, rail, and the messages in the corner.

mod demonstration;
mod menus;
mod update;

use contract::session::Who;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::people::Right;
use words::{frame, ui};

use self::demonstration::{ClockBanner, Demonstration};
use self::menus::{LanguageMenu, PersonMenu, ThemeMenu};
pub use self::update::Replaced;
use self::update::UpdateOffer;
use crate::api;
use crate::navigation::{Place, navigator};
use crate::reader::language;
use crate::route::Route;
use crate::session::{self, Listed, session};
use crate::ui::{Icon, Shape, ToastRegion, Toasts};

/// Where the page begins, for the skip link.
const CONTENT: &str = "content";

/// The frame around a page.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let language = language();
    let session = session();
    let listed = Listed::new();
    provide_context(listed);
    let sees_customers =
        session.who.as_ref().is_some_and(|who| who.partner.is_some()) && session::may(Right::SeeCustomers).is_allowed();
    if sees_customers {
        count_customers(listed);
    }
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        crate::ui::move_focus(CONTENT);
    };
    view! {
        <a class="skip-link" href=format!("#{CONTENT}") on:click=skip>
            {frame::skip_to_content(language)}
        </a>
        <div class="frame">
            <TopBar who=session.who.clone() />
            {sees_customers.then(|| view! { <Rail listed=listed /> })}
            <main id=CONTENT class="page" tabindex="-1">
                {(session.days_ahead > 0).then(|| view! { <ClockBanner days=session.days_ahead /> })}
                {children()}
            </main>
        </div>
        <Corner />
    }
}

/// The frame while nothing is known yet.
#[component]
pub fn WaitingFrame() -> impl IntoView {
    let language = language();
    view! {
        <div class="frame" aria-busy="true">
            <header class="top-bar">
                <Brand />
            </header>
            <main class="page">
                <div class="state" role="status">
                    <span class="spinner"></span>
                    <p>{ui::loading(language)}</p>
                </div>
            </main>
        </div>
        <Corner />
    }
}

/// The bar over a page that has no session, for language and theme.
#[component]
pub fn PlainBar() -> impl IntoView {
    view! {
        <header class="top-bar">
            <Brand />
            <div class="top-bar-end">
                <LanguageMenu />
                <ThemeMenu />
            </div>
        </header>
    }
}

#[component]
fn TopBar(who: Option<Who>) -> impl IntoView {
    let demonstration = session().personas.is_some().then(|| view! { <Demonstration /> });
    let organisation = who.as_ref().map(|who| who.organisation.clone());
    view! {
        <header class="top-bar">
            <Brand />
            {organisation.map(|name| view! { <bdi class="top-bar-organisation">{name}</bdi> })}
            <div class="top-bar-end">
                {demonstration} <LanguageMenu /> <ThemeMenu />
                {who.map(|who| view! { <PersonMenu who=who /> })}
            </div>
        </header>
    }
}

#[component]
fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href=Route::customers().path()>
            <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <circle class="brand-ring" cx="12" cy="12" r="9" />
                <path class="brand-arc" d="M12 3a9 9 0 0 1 7.8 13.5" />
            </svg>
            {frame::product(language())}
        </a>
    }
}

#[component]
fn Rail(listed: Listed) -> impl IntoView {
    let language = language();
    let route = navigator().route();
    let current = move || matches!(Place::of(&route.get()), Place::Customers).then_some("page");
    let within = move || matches!(Place::of(&route.get()), Place::Customer(_) | Place::StartTrial | Place::Wizard(..));
    view! {
        <nav class="rail" aria-label=frame::main_navigation(language)>
            <a href=Route::customers().path() aria-current=current data-within=move || within().then_some("true")>
                <Icon shape=Shape::People />
                <span>{frame::customers(language)}</span>
                <span class="rail-count numbers">
                    {move || listed.count().map(|count| words::number(language, count.into()))}
                </span>
            </a>
        </nav>
    }
}

/// What appears in the corner: messages, and the offer of a newer version.
#[component]
fn Corner() -> impl IntoView {
    let language = language();
    let toasts = expect_context::<Toasts>();
    view! {
        <UpdateOffer />
        <ToastRegion toasts=toasts dismiss_label=ui::dismiss(language) />
    }
}

/// Counts the customers when a page is opened that does not count them itself.
/// Where that fails no number is shown: the list itself says what is wrong.
fn count_customers(listed: Listed) {
    let route = navigator().route();
    let place = Memo::new(move |_| Place::of(&route.get()));
    Effect::new(move |_| {
        if place.get() != Place::Customers {
            spawn_local(async move {
                if let Ok(totals) = api::customers_totals().await {
                    listed.tell(totals.listed);
                }
            });
        }
    });
}
