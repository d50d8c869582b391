//! One mail, in both of its parts, and what its recipient does with it (G6, G7).

use contract::mails::MailDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::{Language, frame, mailbox, moment};

use crate::api::{self, Failure};
use crate::failure::failed_in_full;
use crate::heading::PageHeading;
use crate::letter::{Letter, language_name};
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::visit;
use crate::ui::{Button, ButtonKind, ButtonLink, EmptyState, Toasts};
use crate::waiting::loaded;

/// The page of a mail.
#[component]
pub fn MailPage(
    /// Its id.
    id: String,
) -> impl IntoView {
    let language = language();
    let ask = move || {
        let id = id.clone();
        async move { api::mailbox_mail(&id).await }
    };
    let gone =
        move |failure: &Failure| failure.is_not_found().then(|| view! { <NoMail language=language /> }.into_any());
    let mail = move |mail, _| view! { <Mail mail=mail language=language /> }.into_any();
    loaded(mailbox::loading(language), ask, gone, mail)
}

/// There is no such mail.
#[component]
fn NoMail(language: Language) -> impl IntoView {
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(frame::mailbox(language).to_owned()) /></div>
        <EmptyState title=mailbox::gone_title(language) text=mailbox::gone(language)>
            <ButtonLink kind=ButtonKind::Primary href=Route::Mailbox.path()>{mailbox::to_mails(language)}</ButtonLink>
        </EmptyState>
    }
}

#[component]
fn Mail(mail: MailDetail, language: Language) -> impl IntoView {
    let MailDetail { line, text, html } = mail;
    let busy = RwSignal::new(false);
    let (visit, navigator) = (visit(), navigator());
    let toasts = expect_context::<Toasts>();
    let name = line.recipient.clone().unwrap_or_else(|| line.addresses.join(", "));
    let id = line.id.clone();
    let open = move |_| {
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            match visit.open_mail(&id).await {
                Ok((route, is_there)) => {
                    navigator.go(route);
                    if !is_there {
                        toasts.bad(mailbox::leads_nowhere(language).to_owned());
                    }
                }
                Err(failure) => toasts.bad(failed_in_full(language, &failure)),
            }
            let _ = busy.try_set(false);
        });
    };
    let written_in = language_name(language, line.language);
    let to = line.recipient.map(|name| format!("{name}, ")).unwrap_or_default() + &line.addresses.join(", ");
    view! {
        <div class="page-head">
            <PageHeading title=Signal::stored(line.subject) />
            <div class="page-actions">
                <ButtonLink href=Route::Mailbox.path()>{mailbox::to_mails(language)}</ButtonLink>
            </div>
        </div>
        <div class="stack mailbox">
            <section class="panel card stack" aria-label=mailbox::subject(language)>
                <dl class="facts">
                    <dt>{mailbox::to(language)}</dt>
                    <dd><bdi>{to}</bdi></dd>
                    <dt>{mailbox::sent(language)}</dt>
                    <dd>{moment(language, line.at)}</dd>
                    <dt>{mailbox::language(language)}</dt>
                    <dd>{written_in}</dd>
                </dl>
                <div class="side-by-side">
                    <Button kind=ButtonKind::Primary busy=busy on_click=open>
                        {mailbox::open_as(language, name)}
                    </Button>
                    <span class="hint">{mailbox::open_hint(language)}</span>
                </div>
            </section>
            <Letter text=text html=html written_in=line.language language=language />
        </div>
    }
}
