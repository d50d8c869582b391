//! The requests in the overview: those that wait first, then what was asked before (X8, H4).

use contract::requests::RequestDetail;
use leptos::prelude::*;
use rules::clock::{Day, days_left};
use rules::trial::State;
use words::consent::until_others;
use words::{Language, date, date_utc, hub, request, request_text, terms};

use crate::route::Route;
use crate::status::StatusPill;
use crate::ui::{ButtonKind, ButtonLink};

/// What waits for an answer, whatever stands between, and the earlier requests.
#[component]
pub fn Requests(
    /// The requests, the latest in front.
    requests: Vec<RequestDetail>,
    /// The backend's day (L1).
    today: Day,
    /// The reader's language.
    language: Language,
    /// What stands between what waits and what is over.
    children: Children,
) -> impl IntoView {
    let (waiting, earlier): (Vec<_>, Vec<_>) =
        requests.into_iter().partition(|request| request.state == State::Pending);
    let none_waits = waiting.is_empty().then(|| view! { <p class="muted">{hub::nothing_pending(language)}</p> });
    let none_before = earlier.is_empty().then(|| view! { <p class="muted">{hub::no_requests(language)}</p> });
    let waiting = waiting
        .into_iter()
        .map(|detail| view! { <Waiting detail=detail today=today language=language /> })
        .collect_view();
    let earlier =
        earlier.into_iter().map(|detail| view! { <Earlier detail=detail language=language /> }).collect_view();
    view! {
        {none_waits}
        {waiting}
        {children()}
        <section class="panel card" aria-labelledby="earlier">
            <h2 id="earlier">{hub::requests(language)}</h2>
            {none_before}
            <ul class="events">{earlier}</ul>
        </section>
    }
}

/// **Trial request pending**: who asks, until when, and the way to its page.
#[component]
fn Waiting(detail: RequestDetail, today: Day, language: Language) -> impl IntoView {
    let left = match u32::try_from(days_left(today, detail.answer_by)) {
        Ok(days) if days > 0 => hub::days_left(language, days),
        _ => hub::last_day(language).to_owned(),
    };
    let sent = date(language, Day::of(detail.sent));
    // Who cannot answer is told who can (X7).
    let (see, kind, until) = match detail.may_answer.is_allowed() {
        true => {
            let until = request_text::until(language, date_utc(language, detail.answer_by));
            (hub::see_request(language), ButtonKind::Primary, until)
        }
        false => {
            let until = until_others(language, &detail.organisation_name, detail.answer_by, &detail.can_answer);
            (hub::see_request_only(language), ButtonKind::Secondary, until)
        }
    };
    let id = format!("request-{}", detail.id);
    view! {
        <section class="panel card hub-waiting" aria-labelledby=id.clone()>
            <p class="hub-kind">{terms::trial_request_pending(language)}</p>
            <h2 id=id.clone()>{request_text::title(language, &detail.organisation_name, &detail.partner)}</h2>
            <p class="muted">
                {request_text::asked_by(language, sent, &detail.partner, &detail.person)} " "
                {until} " " <b class="nowrap">{left} "."</b>
            </p>
            <div>
                <ButtonLink kind=kind href=Route::Request(detail.id).path()>
                    {see}
                </ButtonLink>
            </div>
        </section>
    }
}

/// A request that was answered, withdrawn or not answered in time, with its receipt.
#[component]
fn Earlier(detail: RequestDetail, language: Language) -> impl IntoView {
    let asked = hub::asked_on(language, date(language, Day::of(detail.sent)));
    let receipt = detail.answer.is_some().then(|| {
        view! { " · " <a href=Route::Receipt(detail.id.clone()).path()>{request::receipt(language)}</a> }
    });
    view! {
        <li>
            <StatusPill status=detail.status />
            <span>
                <a href=Route::Request(detail.id).path()><bdi>{detail.partner}</bdi></a>
                <span class="under">{asked} {receipt}</span>
            </span>
        </li>
    }
}
