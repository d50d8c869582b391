//! The parts of a request that are read and not answered.

use contract::requests::RequestDetail;
use leptos::prelude::*;
use rules::verdict::Verdict;
use words::consent::Statement;
use words::{Language, request};

use super::accept::Choice;
use crate::session::who;
use crate::ui::CheckboxField;

/// The partner's own words, and how to check that it is really them.
#[component]
pub fn Why(
    /// Whose words follow, or that there are none.
    why: String,
    /// The words.
    words: String,
    /// How to check that the request is real; `None` when there is nothing left to answer.
    check: Option<String>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let quote =
        (!words.is_empty()).then(|| view! { <blockquote class="request-words" dir="auto">{words}</blockquote> });
    view! {
        <section class="panel card stack-tight" aria-label=request::reason_asked(language)>
            <p class="muted">{why}</p>
            {quote}
            {check.map(|check| view! { <p class="aside muted">{check}</p> })}
        </section>
    }
}

/// What each kind of access means, with the box while there is a choice.
#[component]
pub fn WhatTheyMayDo(
    /// The text of the request.
    text: Statement,
    /// What is chosen so far; `None` where the reader does not answer.
    choice: Option<Choice>,
) -> impl IntoView {
    let Statement { may, accepting, provisioning, full_access, with_box, full, asks, later, .. } = text;
    let box_ = match choice {
        Some(choice) => view! {
            <CheckboxField
                id="full-access"
                label=Signal::stored(full_access.to_owned())
                checked=choice.full_access
                on_change=move |on| choice.full_access.set(on)
                hint=format!("{with_box} {full} {asks}")
            />
        }
        .into_any(),
        None => view! { <p><b>{full_access}</b> " " {with_box} " " {full} " " {asks}</p> }.into_any(),
    };
    view! {
        <section class="panel card stack" aria-labelledby="what-they-may">
            <h2 id="what-they-may">{may}</h2>
            <div class="stack-tight">
                <p>{accepting}</p>
                <p>{provisioning}</p>
            </div>
            {box_}
            <p class="muted">{later}</p>
        </section>
    }
}

/// Who can answer the request (X7).
#[component]
pub fn WhoAnswers(
    /// The request.
    detail: RequestDetail,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let organisation = &detail.organisation_name;
    let own = who().map(|who| who.person.name).unwrap_or_default();
    let lead = match &detail.may_answer {
        Verdict::Allowed => request::who_answers_you(language, organisation),
        Verdict::Blocked(_) if detail.can_answer.is_empty() => request::who_answers_nobody(language, organisation),
        Verdict::Blocked(_) => request::who_answers_others(language, organisation),
    };
    let names = detail.can_answer.into_iter().filter(|name| *name != own);
    let names = names.map(|name| view! { <li><bdi>{name}</bdi></li> }).collect_view();
    view! {
        <section class="request-who stack-tight" aria-labelledby="who-answers">
            <h2 id="who-answers">{request::who_answers(language)}</h2>
            <p>{lead}</p>
            <ul>{names}</ul>
        </section>
    }
}
