//! Checking the file of a receipt (X16).

use contract::receipts::{CheckedReceipt, ReceiptVerdict};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::{Language, receipts};

use super::Told;
use crate::api::{self, Failure};
use crate::failure::failed;
use crate::heading::PageHeading;
use crate::reader::language;
use crate::ui::{Button, ButtonKind, FileField, Notice, Shape, Tone};

/// Takes a file, or its text, and says what it is.
#[component]
pub fn CheckReceiptPage() -> impl IntoView {
    let language = language();
    let text = NodeRef::<html::Textarea>::new();
    let problem = RwSignal::new(None::<String>);
    let told = RwSignal::new(None::<Result<CheckedReceipt, Failure>>);
    let busy = RwSignal::new(false);
    let check = Callback::new(move |file: String| {
        if file.trim().is_empty() {
            problem.set(Some(receipts::empty(language).to_owned()));
            return;
        }
        problem.set(None);
        told.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = api::receipt_check(file).await;
            let _ = told.try_set(Some(answer));
            let _ = busy.try_set(false);
        });
    });
    let chosen = move |file: Option<String>| match file {
        Some(file) => check.run(file),
        None => problem.set(Some(receipts::unreadable(language).to_owned())),
    };
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(receipts::check_title(language).to_owned()) /></div>
        <div class="stack receipt">
            <p class="muted">{receipts::check_text(language)}</p>
            <FileField
                id="receipt-file"
                label=Signal::stored(receipts::check_file(language).to_owned())
                accept=".json,application/json"
                on_text=chosen
                problem=problem
            />
            <div class="field">
                <label class="label" for="receipt-text">{receipts::check_paste(language)}</label>
                <textarea class="input receipt-text" id="receipt-text" rows="6" spellcheck="false" node_ref=text></textarea>
            </div>
            <div>
                <Button
                    kind=ButtonKind::Primary
                    busy=busy
                    on_click=move |_| check.run(text.get_untracked().map(|text| text.value()).unwrap_or_default())
                >
                    {receipts::check(language)}
                </Button>
            </div>
            {move || {
                told.get().map(|answer| view! { <Verdict answer=answer language=language /> })
            }}
        </div>
    }
}

#[component]
fn Verdict(answer: Result<CheckedReceipt, Failure>, language: Language) -> impl IntoView {
    let CheckedReceipt { verdict, receipt, fingerprint } = match answer {
        Ok(answer) => answer,
        Err(failure) => {
            let text = failed(language, &failure);
            return view! { <Notice tone=Tone::Bad shape=Shape::Triangle announced=true><p>{text}</p></Notice> }
                .into_any();
        }
    };
    let (tone, shape, text) = match verdict {
        ReceiptVerdict::Genuine => (Tone::Good, Shape::Check, receipts::genuine(language)),
        ReceiptVerdict::Changed => (Tone::Bad, Shape::Triangle, receipts::changed(language)),
        ReceiptVerdict::NotAReceipt => (Tone::Bad, Shape::Triangle, receipts::not_a_receipt(language)),
        ReceiptVerdict::AnotherKey => (Tone::Warn, Shape::Info, receipts::another_key(language)),
    };
    let key = fingerprint.unwrap_or_default();
    let shown_key = (receipt.is_none() && !key.is_empty())
        .then(|| view! { <p>{receipts::fingerprint(language)} ": " {key.clone()}</p> });
    let receipt = receipt.map(|receipt| view! { <Told receipt=receipt fingerprint=key.clone() language=language /> });
    view! {
        <Notice tone=tone shape=shape announced=true><p>{text}</p> {shown_key}</Notice>
        {receipt}
    }
    .into_any()
}
