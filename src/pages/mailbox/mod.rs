//! The Mailbox of a demonstration: every mail, and what its recipient does with it (G6).

mod mail;

use contract::mails::{MailLine, MailsPage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::{Language, frame, mailbox, moment};

pub use self::mail::MailPage;
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::reader::language;
use crate::route::Route;
use crate::ui::{Button, EmptyState, TextField};
use crate::waiting::{NotArrived, OnItsWay};

/// The list of all mails, with a search.
#[component]
pub fn MailboxPage() -> impl IntoView {
    let language = language();
    let search = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Result<MailsPage, Failure>>);
    // An answer to an older search does not take the place of a newer one.
    let latest = StoredValue::new(0_u32);
    let load = Callback::new(move |cursor: Option<String>| {
        latest.update_value(|number| *number += 1);
        let (asked, text) = (latest.get_value(), search.get_untracked());
        spawn_local(async move {
            let told = api::mailbox_list(&text, cursor.as_deref()).await;
            if latest.try_get_value() != Some(asked) {
                return;
            }
            found.update(|found| match (found, told) {
                (Some(Ok(before)), Ok(next)) if cursor.is_some() => {
                    before.mails.extend(next.mails);
                    before.next = next.next;
                }
                (found, told) => *found = Some(told),
            });
        });
    });
    load.run(None);
    let again = Callback::new(move |()| {
        found.set(None);
        load.run(None);
    });
    let type_search = move |text| {
        search.set(text);
        load.run(None);
    };
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(frame::mailbox(language).to_owned()) /></div>
        <div class="stack mailbox">
            <p class="muted">{mailbox::explanation(language)}</p>
            <TextField
                id="mailbox-search"
                kind="search"
                label=Signal::stored(mailbox::search(language).to_owned())
                value=search
                on_input=type_search
            />
            {move || match found.get() {
                None => view! { <OnItsWay label=mailbox::loading(language) on_retry=again /> }.into_any(),
                Some(Err(failure)) => view! { <NotArrived failure=failure on_retry=again /> }.into_any(),
                Some(Ok(page)) => view! { <Mails page=page more=load language=language /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Mails(page: MailsPage, more: Callback<Option<String>>, language: Language) -> impl IntoView {
    let MailsPage { mails, next } = page;
    if mails.is_empty() {
        return view! { <EmptyState title=mailbox::none_title(language) text=mailbox::none(language) /> }.into_any();
    }
    let lines = mails.into_iter().map(|mail| line(language, mail)).collect_view();
    let next = next.map(|cursor| {
        view! { <div><Button on_click=move |_| more.run(Some(cursor.clone()))>{mailbox::more(language)}</Button></div> }
    });
    view! {
        <ul class="panel mailbox-mails">{lines}</ul>
        {next}
    }
    .into_any()
}

fn line(language: Language, mail: MailLine) -> impl IntoView {
    view! {
        <li>
            <a href=Route::Mail(mail.id).path() lang=mail.language.tag()>{mail.subject}</a>
            <span class="under">
                <bdi>{mail.recipient.map(|name| format!("{name}, "))}</bdi>
                {mail.addresses.join(", ")}
            </span>
            <span class="muted aside numbers">{moment(language, mail.at)}</span>
        </li>
    }
}
