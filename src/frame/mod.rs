//! What stands around every page: top bar, rail, and the messages in the corner.

mod demonstration;
mod menus;
mod update;

use contract::session::Who;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::people::{Right, Tier};
use web_sys::HtmlAnchorElement;
use words::{frame, ui};

use self::demonstration::{ClockBanner, Demonstration};
use self::menus::{LanguageMenu, PersonMenu, ThemeMenu};
pub use self::update::Replaced;
use self::update::UpdateOffer;
use crate::api;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::{HubPart, Route};
use crate::session::{Listed, Side, may, session};
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
    let side = Side::of(&session);
    if side == Side::Partner {
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
            {matches!(side, Side::Partner | Side::Administrator | Side::TrialsTeam).then(|| view! { <Rail side=side listed=listed /> })}
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
    let organisation = who.as_ref().map(|who| who.organisation.clone()).filter(|name| !name.is_empty());
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
fn Rail(side: Side, listed: Listed) -> impl IntoView {
    let language = language();
    let count = move || listed.count().map(|count| words::number(language, count.into()));
    let first = if side == Side::Partner {
        // Only a distributor is handed anything over, and it is a partner of tier 1 (P1, C2).
        // There sales people convert it.
        let distributes = may(Right::ManageTrials).is_allowed()
            && session().who.and_then(|who| who.partner).is_some_and(|partner| partner.tier == Tier::One);
        view! {
            <Way to=Route::customers() name=frame::customers(language) shape=Shape::People count=count />
            {distributes.then(|| view! { <Way to=Route::HandedOver name=frame::handed_over(language) shape=Shape::Tray /> })}
        }
        .into_any()
    } else if side == Side::TrialsTeam {
        view! { <Way to=Route::Shipments name=frame::shipments(language) shape=Shape::Tray /> }.into_any()
    } else {
        view! {
            <Way to=Route::Hub name=frame::hub(language) shape=Shape::Tray />
            <Way
                to=Route::HubIn(HubPart::Subscriptions)
                name=frame::subscriptions(language)
                shape=Shape::Card
            />
            <Way to=Route::HubIn(HubPart::Devices) name=frame::devices(language) shape=Shape::Device />
            <Way to=Route::HubPartners name=frame::partners(language) shape=Shape::Squares />
            <Way to=Route::HubIn(HubPart::People(String::new())) name=frame::people(language) shape=Shape::People />
            <Way to=Route::HubIn(HubPart::Settings) name=frame::settings(language) shape=Shape::Sliders />
        }
        .into_any()
    };
    let activity = side.has(&Route::activity()).then(|| {
        view! { <Way to=Route::activity() name=frame::activity(language) shape=Shape::Pulse /> }
    });
    let mailbox = session().personas.is_some().then(|| {
        view! { <Way to=Route::Mailbox name=frame::mailbox(language) shape=Shape::Letter /> }
    });
    view! { <nav class="rail" aria-label=frame::main_navigation(language)>{first} {activity} {mailbox}</nav> }
}

/// A place in the rail. It is marked while its page is shown, and more weakly while a page is that
/// lies behind it.
#[component]
fn Way(to: Route, name: &'static str, shape: Shape, #[prop(optional, into)] count: Option<ViewFn>) -> impl IntoView {
    let route = navigator().route();
    let (here, behind) = (to.clone(), to.clone());
    let is_here = Memo::new(move |_| route.get().page() == here);
    let current = move || is_here.get().then_some("page");
    let within = move || route.get().lies_behind(&behind).then_some("true");
    let place = NodeRef::<html::A>::new();
    Effect::new(move |_| {
        if let (true, Some(place)) = (is_here.get(), place.get()) {
            show_in_bar(&place);
        }
    });
    view! {
        <a node_ref=place href=to.path() aria-current=current data-within=within>
            <Icon shape=shape />
            <span>{name}</span>
            {count.map(|count| view! { <span class="rail-count numbers">{move || count.run()}</span> })}
        </a>
    }
}

/// On a narrow screen the rail is a bar that scrolls sideways: the place of the present page is brought
/// to its middle. Where the bar does not scroll this does nothing.
fn show_in_bar(place: &HtmlAnchorElement) {
    if let Some(bar) = place.parent_element() {
        bar.set_scroll_left(place.offset_left() + (place.offset_width() - bar.client_width()) / 2);
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
    let page = Memo::new(move |_| route.get().page());
    Effect::new(move |_| {
        if page.get() != Route::customers() {
            spawn_local(async move {
                if let Ok(totals) = api::customers_totals().await {
                    listed.tell(totals.listed);
                }
            });
        }
    });
}
