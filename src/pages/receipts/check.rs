//! Checking the file of a receipt (X16).

use contract::error::ApiError;
use contract::receipts::{CheckedReceipt, RECEIPT_FILE_MAX, ReceiptVerdict};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::{Language, number, receipts};

use super::Told;
use crate::api::{self, Failure};
use crate::failure::failed;
use crate::heading::PageHeading;
use crate::reader::language;
use crate::ui::{Button, ButtonKind, ChosenFile, FileField, NoText, Notice, Shape, TextArea, Tone, move_focus};

const FILE: &str = "receipt-file";
const TEXT: &str = "receipt-text";

/// What is to be checked: a file or a pasted text, and never both.
#[derive(Clone, Debug, PartialEq)]
enum Given {
    Nothing,
    /// A file by its name, with its text, or why it has none.
    File(ChosenFile),
    Text(String),
}

impl Given {
    /// What was pasted.
    fn pasted(&self) -> String {
        match self {
            Given::Text(text) => text.clone(),
            Given::Nothing | Given::File(_) => String::new(),
        }
    }

    /// The text to be checked, or why there is none: the field with what is wrong there.
    fn text(&self, language: Language) -> Result<&str, (&'static str, String)> {
        match self {
            Given::File(ChosenFile { text: Ok(text), .. }) => Ok(text),
            Given::File(ChosenFile { name, text: Err(why) }) => Err((FILE, no_text(language, name, *why))),
            Given::Text(text) if text.len() > RECEIPT_FILE_MAX => {
                let (has, at_most) = (kilobytes(language, text.len() as u64), most(language));
                Err((TEXT, receipts::text_too_long(language, at_most, has)))
            }
            Given::Text(text) if !text.trim().is_empty() => Ok(text),
            Given::Nothing | Given::Text(_) => Err((FILE, receipts::empty(language).to_owned())),
        }
    }

    /// What it is called beside its verdict.
    fn name(&self, language: Language) -> String {
        match self {
            Given::File(file) => receipts::of_file(language, &file.name),
            Given::Nothing | Given::Text(_) => receipts::of_text(language).to_owned(),
        }
    }
}

fn no_text(language: Language, name: &str, why: NoText) -> String {
    match why {
        NoText::TooLarge(bytes) => receipts::file_too_large(language, most(language), name, kilobytes(language, bytes)),
        NoText::Unreadable => receipts::unreadable(language, name),
    }
}

/// Kilobytes, those begun counted in full.
fn kilobytes(language: Language, bytes: u64) -> String {
    number(language, bytes.div_ceil(1_000))
}

fn most(language: Language) -> String {
    kilobytes(language, RECEIPT_FILE_MAX as u64)
}

/// A verdict, and of what it is.
type Checked = (String, Result<CheckedReceipt, Failure>);

/// Takes a file, or its text, and says what it is.
#[component]
pub fn CheckReceiptPage() -> impl IntoView {
    let language = language();
    let given = RwSignal::new(Given::Nothing);
    let problem = RwSignal::new(None::<(&'static str, String)>);
    let told = RwSignal::new(None::<Checked>);
    let busy = RwSignal::new(false);
    let control = NodeRef::<html::Input>::new();
    // The verdict on what was given before does not come to stand beside what is given now.
    let latest = StoredValue::new(0_u32);
    let give = move |next: Given| {
        latest.update_value(|number| *number += 1);
        given.set(next);
        problem.set(None);
        told.set(None);
        busy.set(false);
    };
    let check = move || {
        let now = given.get_untracked();
        let text = match now.text(language) {
            Ok(text) => text.to_owned(),
            Err(wrong) => {
                move_focus(wrong.0);
                return problem.set(Some(wrong));
            }
        };
        let (asked, name) = (latest.get_value(), now.name(language));
        busy.set(true);
        spawn_local(async move {
            let answer = api::receipt_check(text).await;
            if latest.try_get_value() != Some(asked) {
                return;
            }
            busy.set(false);
            told.set(Some((name, answer)));
        });
    };
    let chosen = move |file: Option<ChosenFile>| match file {
        Some(file) => {
            give(Given::File(file));
            check();
        }
        // Whoever chose none after all keeps what was pasted.
        None => {
            if matches!(given.get_untracked(), Given::File(_)) {
                give(Given::Nothing);
            }
        }
    };
    let pasted = move |text: String| {
        if let Some(control) = control.get_untracked() {
            control.set_value("");
        }
        give(Given::Text(text));
    };
    let wrong = move |field: &'static str| {
        Signal::derive(move || problem.get().filter(|(at, _)| *at == field).map(|(_, text)| text))
    };
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(receipts::check_title(language).to_owned()) /></div>
        <div class="stack receipt">
            <p class="muted">{receipts::check_text(language)}</p>
            <FileField
                id=FILE
                label=Signal::stored(receipts::check_file(language).to_owned())
                accept=".json,application/json"
                max_bytes=RECEIPT_FILE_MAX
                on_file=chosen
                problem=wrong(FILE)
                node_ref=control
            />
            <TextArea
                id=TEXT
                label=Signal::stored(receipts::check_paste(language).to_owned())
                value=Signal::derive(move || given.with(Given::pasted))
                on_input=pasted
                problem=wrong(TEXT)
                verbatim=true
            />
            <div>
                <Button kind=ButtonKind::Primary busy=busy on_click=move |_| check()>
                    {receipts::check(language)}
                </Button>
            </div>
            {move || {
                told.get().map(|(of, answer)| view! { <Verdict of=of answer=answer language=language /> })
            }}
        </div>
    }
}

#[component]
fn Verdict(of: String, answer: Result<CheckedReceipt, Failure>, language: Language) -> impl IntoView {
    let CheckedReceipt { verdict, receipt, fingerprint } = match answer {
        Ok(answer) => answer,
        Err(failure) => {
            let text = match failure {
                // On its way it takes more room than by itself, so one that is no receipt may be refused.
                Failure::Api(ApiError::TooLarge) => receipts::not_a_receipt(language).to_owned(),
                failure => failed(language, &failure),
            };
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
        <Notice tone=tone shape=shape announced=true>
            <p>
                <bdi>{of}</bdi>
            </p>
            <p>{text}</p>
            {shown_key}
        </Notice>
        {receipt}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: Result<String, NoText>) -> Given {
        Given::File(ChosenFile { name: "big.json".to_owned(), text })
    }

    #[test]
    fn what_is_given_is_one_text_or_says_in_its_own_words_why_there_is_none_x16_g3() {
        let wrong = |given: Given| given.text(Language::En).map(str::to_owned);
        let is = |field, text: &str| Err((field, text.to_owned()));
        assert_eq!(wrong(file(Ok("{}".to_owned()))), Ok("{}".to_owned()));
        assert_eq!(wrong(Given::Text(" {}".to_owned())), Ok(" {}".to_owned()), "every character counts");
        let large = "big.json has 31,458 kB, and a receipt has at most 30 kB. It was not read.";
        assert_eq!(wrong(file(Err(NoText::TooLarge(31_457_280)))), is(FILE, large));
        assert_eq!(wrong(file(Err(NoText::Unreadable))), is(FILE, "big.json could not be read as text."));
        let long = Given::Text("x".repeat(RECEIPT_FILE_MAX + 1));
        assert_eq!(wrong(long), is(TEXT, "The text has 31 kB, and a receipt has at most 30 kB."));
        for nothing in [Given::Nothing, Given::Text(" \n".to_owned())] {
            assert_eq!(wrong(nothing), is(FILE, "Choose a file or paste its text first."));
        }
    }
}
