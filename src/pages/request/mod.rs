//! A request to the reader's organisation: who asks for what, and the answer (X6, X9).

mod accept;
mod answering;
mod decline;
mod link;
mod outcome;
mod text;

use contract::error::ApiError;
use contract::requests::RequestDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::ids::TrialId;
use rules::trial::State;
use rules::verdict::Verdict;
use words::consent::{Asking, read_by_others, statement, was_asked};
use words::{Language, label, request, request_text};

use self::accept::{AcceptDialog, Choice, Services};
use self::answering::Answering;
use self::decline::DeclineDialog;
pub use self::link::OpenedByLink;
use self::outcome::{MayNow, Outcome, WasAskedFor};
use self::text::{WhatTheyMayDo, WhoAnswers, Why};
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::{visit, who};
use crate::status::StatusPill;
use crate::ui::{Button, ButtonKind, ButtonLink, EmptyState, Notice, Shape, Toasts, Tone};
use crate::waiting::loaded;

/// The page of a request.
#[component]
pub fn RequestPage(
    /// The trial that it asks for.
    id: TrialId,
) -> impl IntoView {
    let language = language();
    // What is said above the request when it was loaded again, because it is another one by now.
    let news = RwSignal::new(None::<String>);
    let ask = move || {
        let id = id.clone();
        async move { api::request_view(&id).await }
    };
    let instead = |failure: &Failure| match failure {
        failure if is_not_for_them(failure) => Some(view! { <NotForThem /> }.into_any()),
        failure if failure.is_not_found() => Some(view! { <Gone /> }.into_any()),
        _ => None,
    };
    let shown =
        move |detail, reload| view! { <Request detail=detail news=news reload=reload language=language /> }.into_any();
    loaded(request::loading(language), ask, instead, shown)
}

/// Whether the backend says that a request is for somebody else: of another organisation, or of
/// none that is asked (X7). It refuses to show one for no other reason.
fn is_not_for_them(failure: &Failure) -> bool {
    matches!(failure, Failure::Api(ApiError::Refused { .. }))
}

/// A request as it stands.
#[component]
fn Request(
    detail: RequestDetail,
    news: RwSignal<Option<String>>,
    reload: Callback<()>,
    language: Language,
) -> impl IntoView {
    let pending = detail.state == State::Pending;
    let title = match pending {
        true => request_text::title(language, &detail.organisation_name, &detail.partner),
        false => request::title_over(language, &detail.organisation_name, &detail.partner),
    };
    let status = detail.status;
    let body = match pending {
        true => view! { <Waiting detail=detail news=news reload=reload language=language /> }.into_any(),
        false => view! { <Over detail=detail language=language /> }.into_any(),
    };
    view! {
        <article class="request">
            {move || {
                news.get().map(|news| {
                    view! { <Notice tone=Tone::Warn shape=Shape::Info announced=true><p>{news}</p></Notice> }
                })
            }}
            <StatusPill status=status />
            <PageHeading title=Signal::stored(title) />
            {body}
        </article>
    }
}

/// A request that waits for its answer. Who cannot give it reads who can, and sees the answers
/// disabled with the reason (X7, P7).
#[component]
fn Waiting(
    detail: RequestDetail,
    news: RwSignal<Option<String>>,
    reload: Callback<()>,
    language: Language,
) -> impl IntoView {
    let asks = detail.may_answer.is_allowed();
    let text = match asks {
        true => statement(language, &asking(&detail)),
        false => read_by_others(language, &asking(&detail), &detail.can_answer),
    };
    let choice = Choice::of(&detail);
    view! {
        <p class="request-lead">
            {text.asked_by.clone()} " " <b>{text.until.clone()}</b> " " {text.nothing.clone()}
        </p>
        <Why why=text.why.clone() words=text.words.clone() check=Some(text.check.clone()) language=language />
        <section class="panel card stack" aria-labelledby="what-you-get">
            <h2 id="what-you-get">{text.get.clone()}</h2>
            <Services detail=detail.clone() text=text.clone() choice=choice asks=asks language=language />
            <div class="stack-tight">
                <p>{text.duration.clone()}</p>
                <p>{text.region.clone()}</p>
            </div>
        </section>
        <WhatTheyMayDo text=text choice=asks.then_some(choice) />
        <Answers detail=detail.clone() choice=choice news=news reload=reload language=language />
        <WhoAnswers detail=detail language=language />
    }
}

/// A request that was answered, or is over: what became of it, what had been asked, and what the
/// partner may do by now. Nothing of it speaks of what would be (X15).
#[component]
fn Over(detail: RequestDetail, language: Language) -> impl IntoView {
    let asked_by = statement(language, &asking(&detail)).asked_by;
    let asked = was_asked(language, &asking(&detail));
    view! {
        <p class="request-lead">{asked_by}</p>
        <Outcome detail=detail.clone() language=language />
        <Why why=asked.why.clone() words=asked.words.clone() check=None language=language />
        <WasAskedFor asked=asked language=language />
        <MayNow detail=detail language=language />
    }
}

/// The two answers.
#[component]
fn Answers(
    detail: RequestDetail,
    choice: Choice,
    news: RwSignal<Option<String>>,
    reload: Callback<()>,
    language: Language,
) -> impl IntoView {
    let declining = RwSignal::new(false);
    let accepting = RwSignal::new(false);
    let navigator = navigator();
    let toasts = expect_context::<Toasts>();
    let partner = detail.partner.clone();
    // Once it is answered, or turns out to be another one by now, it is shown as it stands (X15).
    let done = Callback::new(move |refused: Option<String>| {
        match refused {
            None => {
                news.set(None);
                toasts.good(request::answered(language, &partner));
            }
            Some(why) => news.set(Some(format!("{why} {}", request::stands_now(language)))),
        }
        navigator.arrive_again();
        reload.run(());
    });
    // Who may not answer sees both answers, disabled with the reason (P7).
    let not_theirs = detail.may_answer.require().err().map(|refusal| label::refusal(language, &refusal));
    let blocked = not_theirs.clone().or_else(|| cannot_accept(&detail, language));
    let accept = move |_| {
        if choice.any() {
            accepting.set(true);
        } else {
            choice.complain();
        }
    };
    let answering = Answering::of(detail.id.clone(), language, done);
    let of_accept = detail.clone();
    view! {
        <div class="request-answers">
            <Button kind=ButtonKind::Primary disabled_because=Signal::stored(blocked) on_click=accept>
                {request::accept(language)}
            </Button>
            <Button disabled_because=Signal::stored(not_theirs) on_click=move |_| declining.set(true)>
                {request::decline(language)}
            </Button>
        </div>
        <AcceptDialog open=accepting detail=of_accept choice=choice answering=answering language=language />
        <DeclineDialog open=declining detail=detail answering=answering language=language />
    }
}

/// Why the request cannot be accepted at all: the partner is not certified (X20), or none of the
/// services can be had any more (X4).
fn cannot_accept(detail: &RequestDetail, language: Language) -> Option<String> {
    match &detail.may_accept {
        Verdict::Blocked(refusal) => Some(label::refusal(language, refusal)),
        Verdict::Allowed if detail.services.iter().all(|each| !each.verdict.is_allowed()) => {
            Some(request::none_left(language).to_owned())
        }
        Verdict::Allowed => None,
    }
}

/// What the text of a request is written from.
fn asking(detail: &RequestDetail) -> Asking<'_> {
    Asking {
        organisation: &detail.organisation_name,
        partner: &detail.partner,
        person: &detail.person,
        sent: rules::clock::Day::of(detail.sent),
        answer_by: detail.answer_by,
        words: &detail.words,
        phrase: &detail.phrase,
        asks_full_access: detail.asks_full_access,
        asked: &detail.asked,
        duration: detail.duration,
        region: detail.region,
    }
}

/// It is somebody else's; who is signed in may be the wrong person (X7).
#[component]
fn NotForThem() -> impl IntoView {
    let language = language();
    let text = who().map(|who| request::not_yours(language, who.person.name, who.organisation)).unwrap_or_default();
    // The link is kept: the right person comes back to it.
    let back = navigator().route().get_untracked();
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(request::page_title(language).to_owned()) /></div>
        <EmptyState title=request::not_yours_title(language) text=format!("{text} {}", request::not_yours_next(language))>
            <SignInOther then=Some(back) />
        </EmptyState>
    }
}

/// Signs out, and leads to where somebody else signs in.
#[component]
fn SignInOther(
    /// Where they go afterwards; `None` for where their own pages begin.
    then: Option<Route>,
) -> impl IntoView {
    let language = language();
    let (visit, navigator) = (visit(), navigator());
    let toasts = expect_context::<Toasts>();
    let other = move |_| {
        let then = then.clone().map(Box::new);
        spawn_local(async move {
            match visit.sign_out(false).await {
                Ok(()) => navigator.go(Route::SignIn { then, because: None }),
                Err(failure) => toasts.bad(crate::failure::failed(language, &failure)),
            }
        });
    };
    view! { <Button kind=ButtonKind::Primary on_click=other>{request::sign_in_other(language)}</Button> }
}

/// There is no such request.
#[component]
fn Gone() -> impl IntoView {
    let language = language();
    let home = crate::session::side().home().path();
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(request::page_title(language).to_owned()) /></div>
        <EmptyState title=request::gone_title(language) text=request::gone(language)>
            <ButtonLink kind=ButtonKind::Primary href=home>{words::frame::to_start(language)}</ButtonLink>
        </EmptyState>
    }
}
