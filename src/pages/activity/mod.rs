//! *Activity*: what was done, what was mailed, and what time will bring, over all customers of a
//! partner; a customer's administrators read the first two of their own organisation (L8, L10, L14).

mod customer_filter;
mod finding;
mod finding_customers;
mod journal;
mod mail;
mod mails;
mod outcome;
mod rehearsal;

use leptos::prelude::*;
use words::{Language, activity, customer_page, frame};

use self::journal::JournalPart;
use self::mail::MailOfLedger;
use self::mails::MailsPart;
use self::rehearsal::RehearsalPart;
use crate::api::Failure;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::{ActivityPart, Route};
use crate::session::side;
use crate::ui::{ButtonKind, ButtonLink, EmptyState};

/// A part of *Activity*.
#[component]
pub fn ActivityPage(
    /// Which one; what is asked of it stands in the address.
    part: ActivityPart,
) -> impl IntoView {
    match part {
        ActivityPart::Journal => view! { <JournalPart /> }.into_any(),
        ActivityPart::Mails => view! { <MailsPart /> }.into_any(),
        ActivityPart::Mail(id) => view! { <MailOfLedger id=id /> }.into_any(),
        ActivityPart::Rehearsal => view! { <RehearsalPart /> }.into_any(),
    }
}

/// What the address asks of a part. What it says and nothing understands is taken out of it (Q3).
fn asked<F: Clone + PartialEq + Send + Sync + 'static>(
    part: ActivityPart,
    read: fn(&str) -> F,
    route_of: fn(&F) -> Route,
) -> Memo<F> {
    let navigator = navigator();
    let route = navigator.route();
    let asked = Memo::new(move |before: Option<&F>| match (route.get(), before) {
        (Route::Activity(activity), _) if activity.part == part => read(&activity.asked),
        // On the way to another page it stays, so that nothing is asked in vain.
        (_, Some(before)) => before.clone(),
        (_, None) => read(""),
    });
    Effect::new(move |_| {
        let understood = asked.with(route_of);
        let shown = route.get_untracked();
        if shown.page() == understood.page() && shown != understood {
            navigator.go_instead(understood);
        }
    });
    asked
}

/// The title of a part, and the way to the others that the reader has.
#[component]
fn Head(title: &'static str, language: Language) -> impl IntoView {
    let route = navigator().route();
    let parts = [
        (ActivityPart::Journal, customer_page::journal(language)),
        (ActivityPart::Mails, activity::mails_title(language)),
        (ActivityPart::Rehearsal, activity::rehearsal_title(language)),
    ];
    let own = side();
    let ways =
        parts.map(|(part, name)| (Route::Activity(part.whole()), name)).into_iter().filter(|(to, _)| own.has(to));
    let ways = ways.map(|(to, name)| {
        let path = to.path();
        let current = move || (route.get().page() == to).then_some("page");
        view! { <a href=path aria-current=current>{name}</a> }
    });
    view! {
        <div class="page-head"><PageHeading title=title /></div>
        <nav class="parts" aria-label=frame::activity(language)>{ways.collect_view()}</nav>
    }
}

/// The filter names a customer that is not there for the reader: the way out is to ask for all (G1).
fn no_customer(failure: &Failure, all: ActivityPart) -> Option<AnyView> {
    let language = language();
    failure.is_not_found().then(|| {
        let path = Route::Activity(all.whole()).path();
        view! {
            <EmptyState title=activity::gone_title(language) text=activity::gone(language)>
                <ButtonLink kind=ButtonKind::Primary href=path>{activity::show_all(language)}</ButtonLink>
            </EmptyState>
        }
        .into_any()
    })
}

/// Nothing is found; while something is filtered the way out is to ask for all (G1).
fn nothing(title: &'static str, text: &'static str, all: Option<ActivityPart>) -> AnyView {
    let language = language();
    let way = all.map(|all| {
        let path = Route::Activity(all.whole()).path();
        view! { <ButtonLink kind=ButtonKind::Primary href=path>{activity::show_all(language)}</ButtonLink> }
    });
    view! { <EmptyState title=title text=text>{way}</EmptyState> }.into_any()
}
