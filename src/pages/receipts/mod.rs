//! Receipts of answers: to read, to keep and to print, and to check (X16).

mod check;

use contract::receipts::{Receipt, ReceiptAnswer};
use leptos::prelude::*;
use rules::ids::TrialId;
use words::{Language, frame, moment, receipts};

pub use self::check::CheckReceiptPage;
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::reader::language;
use crate::route::Route;
use crate::session::side;
use crate::ui::{Button, ButtonKind, ButtonLink, EmptyState};
use crate::waiting::loaded;

/// The page of a receipt.
#[component]
pub fn ReceiptPage(
    /// The request that was answered, by the id of its trial.
    request: TrialId,
) -> impl IntoView {
    let language = language();
    let ask = move || {
        let request = request.clone();
        async move { api::receipt_view(&request).await }
    };
    let gone =
        move |failure: &Failure| failure.is_not_found().then(|| view! { <NoReceipt language=language /> }.into_any());
    let kept = move |answer, _| view! { <Kept answer=answer language=language /> }.into_any();
    loaded(receipts::loading(language), ask, gone, kept)
}

/// There is no such receipt, or none for the reader.
#[component]
fn NoReceipt(language: Language) -> impl IntoView {
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(receipts::title(language).to_owned()) /></div>
        <EmptyState title=receipts::gone_title(language) text=receipts::gone(language)>
            <ButtonLink kind=ButtonKind::Primary href=side().home().path()>{frame::to_start(language)}</ButtonLink>
        </EmptyState>
    }
}

/// A receipt with its file.
#[component]
fn Kept(answer: ReceiptAnswer, language: Language) -> impl IntoView {
    let ReceiptAnswer { name, file, receipt, fingerprint } = answer;
    // The link holds the whole file: it is saved byte by byte as it was signed.
    let address = format!("data:application/json;charset=utf-8,{}", contract::endpoints::encode(&file));
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(receipts::title(language).to_owned()) /></div>
        <div class="stack receipt">
            <Told receipt=receipt fingerprint=fingerprint language=language />
            <p class="muted not-printed">{receipts::explanation(language)}</p>
            <div class="side-by-side not-printed">
                <a class="button button-primary" href=address download=name>
                    {receipts::download(language)}
                </a>
                <Button on_click=|_| drop(window().print())>{receipts::print(language)}</Button>
                <ButtonLink href=Route::CheckReceipt.path()>{receipts::check_this(language)}</ButtonLink>
            </div>
        </div>
    }
}

/// What a receipt says.
#[component]
fn Told(receipt: Receipt, fingerprint: String, language: Language) -> impl IntoView {
    let who = match receipt.answered_by.name.is_empty() {
        true => receipt.answered_by.email.clone(),
        false => receipt.answered_by.name.clone(),
    };
    let lead = receipts::lead(language, moment(language, receipt.answered), &receipt.organisation_name, &who);
    let answer = receipt.answer_in_words.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let shown = receipt.shown.sentences.into_iter().map(|line| view! { <p dir="auto">{line}</p> }).collect_view();
    let tag = receipt.shown.language.tag();
    let read_in = match receipt.shown.language {
        Language::En => frame::english(language),
        Language::Nl => frame::dutch(language),
    };
    let facts = [
        (receipts::request(language), receipt.request.to_string()),
        (receipts::asked(language), format!("{}, {}", receipt.asked_by, receipt.partner_name)),
        (receipts::answered(language), format!("{who}, {}", receipt.answered_by.email)),
        (receipts::phrase(language), receipt.phrase),
        (receipts::text_version(language), receipts::version(language, read_in, receipt.shown.version)),
        (receipts::issued_by(language), receipt.issued_by),
        (receipts::fingerprint(language), fingerprint),
    ];
    let facts = facts.map(|(name, value)| view! { <dt>{name}</dt> <dd><bdi>{value}</bdi></dd> });
    view! {
        <p class="request-lead">{lead}</p>
        <section class="panel card stack-tight" aria-labelledby="receipt-answer" lang=tag>
            <h2 id="receipt-answer" lang=language.tag()>{receipts::answer(language)}</h2>
            {answer}
        </section>
        <section class="panel card stack-tight" aria-labelledby="receipt-shown" lang=tag>
            <h2 id="receipt-shown" lang=language.tag()>{receipts::shown(language)}</h2>
            {shown}
        </section>
        <section class="panel card" aria-labelledby="receipt-facts">
            <h2 id="receipt-facts">{receipts::facts(language)}</h2>
            <dl class="facts">{facts}</dl>
        </section>
    }
}
