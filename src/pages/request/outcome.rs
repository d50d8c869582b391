//! How a request stands that is over, or answered: in words, with what comes next (X15).

use contract::requests::RequestDetail;
use leptos::prelude::*;
use rules::clock::Day;
use rules::consent::{Answer, Answered, DeclineReason, SET_UP_DAYS};
use rules::people::Right;
use rules::service::Service;
use rules::trial::State;
use words::consent::WasAsked;
use words::{Language, date_utc, label, moment, request, request_read};

use crate::route::Route;
use crate::session::{Side, may, side};
use crate::ui::{ButtonLink, Notice, Shape, Tone};

/// What became of a request.
#[component]
pub fn Outcome(
    /// The request.
    detail: RequestDetail,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let (tone, shape, lines) = told(&detail, language);
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let by = detail.answer.as_ref().map(|answer| answer.by_name.clone()).unwrap_or_default();
    let note = detail.answer.as_ref().and_then(note).map(|note| {
        view! {
            <p>{request::declined_note(language, by)}</p>
            <blockquote class="request-words" dir="auto">{note}</blockquote>
        }
    });
    let administrator = side() == Side::Administrator;
    let receipt = (administrator && detail.answer.is_some()).then(|| {
        view! { <ButtonLink href=Route::Receipt(detail.id.clone()).path()>{request::receipt(language)}</ButtonLink> }
    });
    let blocks = detail.answer.as_ref().is_some_and(|answer| reason(answer) == Some(DeclineReason::UnknownPartner));
    let blocked = (administrator && blocks).then(|| {
        view! { <ButtonLink href=Route::HubPartners.path()>{request::to_blocked(language)}</ButtonLink> }
    });
    view! {
        <Notice tone=tone shape=shape>
            <div class="stack-tight">
                {lines} {note} <div class="side-by-side">{receipt} {blocked}</div>
            </div>
        </Notice>
    }
}

/// What had been asked for.
#[component]
pub fn WasAskedFor(
    /// What it was, in words.
    asked: WasAsked,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let WasAsked { heading, services, duration, access, .. } = asked;
    let services = services.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="panel card stack" aria-labelledby="was-asked-for">
            <h2 id="was-asked-for">{heading}</h2>
            <ul class="request-services" aria-label=request::services(language)>{services}</ul>
            <div class="stack-tight">
                <p>{duration}</p>
                <p>{access}</p>
            </div>
        </section>
    }
}

/// What the partner may do by now, where the request gave it access and that was not taken away
/// or over since (H3, X17); and who can change it.
#[component]
pub fn MayNow(
    /// The request.
    detail: RequestDetail,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let accepted = matches!(detail.answer.as_ref().map(|answer| &answer.what), Some(Answered::Accepted { .. }));
    let change = match may(Right::DecideForCustomer).is_allowed() {
        true => request::may_change(language).to_owned(),
        false => request_read::later(language, &detail.organisation_name),
    };
    let partners = (side() == Side::Administrator).then(|| {
        view! { <div><ButtonLink href=Route::HubPartners.path()>{request::to_partners(language)}</ButtonLink></div> }
    });
    detail.access.filter(|_| accepted).map(|level| {
        view! {
            <section class="panel card stack" aria-labelledby="may-now">
                <h2 id="may-now">{request::may_now(language, &detail.partner)}</h2>
                <p>{label::access_sentence(language, level)}</p>
                <p class="muted">{change}</p>
                {partners}
            </section>
        }
    })
}

fn told(detail: &RequestDetail, language: Language) -> (Tone, Shape, Vec<String>) {
    let partner = &detail.partner;
    let Some(answer) = &detail.answer else {
        let line = match detail.state {
            State::Cancelled => request::withdrawn(language, partner),
            _ => request::lapsed(language, date_utc(language, detail.answer_by)),
        };
        return (Tone::Off, Shape::Cross, vec![line]);
    };
    let at = moment(language, answer.at);
    match &answer.what {
        Answered::Accepted { services, .. } => {
            let asked = detail.asked.services();
            let not: Vec<Service> = asked.into_iter().filter(|service| !services.contains(service)).collect();
            let mut lines = vec![request::accepted_by(language, at, &answer.by_name)];
            lines.push(request::accept_services(language, label::services(language, services.iter().copied())));
            if !not.is_empty() {
                lines.push(request::accept_not(language, label::services(language, not)));
            }
            lines.push(match detail.access {
                Some(level) => request::access_now(language, label::access(language, level), partner),
                None => request::access_none(language, partner),
            });
            lines.push(match detail.state {
                State::Awaiting => {
                    let until = Day::of(answer.at).plus(SET_UP_DAYS);
                    request::next_awaiting(language, date_utc(language, until), partner)
                }
                State::Running | State::Expired => request::next_running(language).to_owned(),
                _ => request::next_over(language).to_owned(),
            });
            (Tone::Good, Shape::Check, lines)
        }
        Answered::Declined { reason, .. } => {
            let after = match reason {
                DeclineReason::UnknownPartner => request::declined_blocked(language, partner),
                _ => request::declined_again(language, partner),
            };
            let because = request::declined_because(language, label::decline_reason(language, *reason));
            (Tone::Off, Shape::Cross, vec![request::declined_by(language, at, &answer.by_name), because, after])
        }
    }
}

fn reason(answer: &Answer) -> Option<DeclineReason> {
    match &answer.what {
        Answered::Declined { reason, .. } => Some(*reason),
        Answered::Accepted { .. } => None,
    }
}

fn note(answer: &Answer) -> Option<String> {
    match &answer.what {
        Answered::Declined { note, .. } => Some(note.trim().to_owned()).filter(|note| !note.is_empty()),
        Answered::Accepted { .. } => None,
    }
}
