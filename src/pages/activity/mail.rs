//! A mail of the ledger as it was written (L8, G7).

use contract::mails::MailDetail;
use leptos::prelude::*;
use words::{Language, activity, journal, label, mailbox, moment};

use super::mails::stands;
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::letter::{Letter, language_name};
use crate::reader::language;
use crate::route::{ActivityPart, Route};
use crate::ui::{ButtonKind, ButtonLink, EmptyState};
use crate::waiting::loaded;

/// The page of a mail.
#[component]
pub(super) fn MailOfLedger(id: String) -> impl IntoView {
    let language = language();
    let ask = move || {
        let id = id.clone();
        async move { api::mail_view(&id).await }
    };
    let gone =
        move |failure: &Failure| failure.is_not_found().then(|| view! { <NoMail language=language /> }.into_any());
    let shown = move |mail, _| view! { <Shown mail=mail language=language /> }.into_any();
    loaded(activity::mail_loading(language), ask, gone, shown)
}

/// There is no such mail, or none that the reader may see.
#[component]
fn NoMail(language: Language) -> impl IntoView {
    let path = Route::Activity(ActivityPart::Mails.whole()).path();
    view! {
        <div class="page-head"><PageHeading title=mailbox::gone_title(language) /></div>
        <EmptyState title=mailbox::gone_title(language) text=activity::mail_gone(language)>
            <ButtonLink kind=ButtonKind::Primary href=path>{activity::mails_title(language)}</ButtonLink>
        </EmptyState>
    }
}

#[component]
fn Shown(mail: MailDetail, language: Language) -> impl IntoView {
    let MailDetail { line, text, html } = mail;
    let stands = stands(language, &line);
    let customer = line.company.map(|company| {
        let path = Route::Customer(line.organisation).path();
        view! {
            <dt>{journal::customer(language)}</dt>
            <dd><a href=path><bdi>{company}</bdi></a></dd>
        }
    });
    view! {
        <div class="page-head">
            <PageHeading title=Signal::stored(line.subject) />
            <div class="page-actions">
                <ButtonLink href=Route::Activity(ActivityPart::Mails.whole()).path()>{activity::mails_title(language)}</ButtonLink>
            </div>
        </div>
        <div class="stack mailbox">
            <section class="panel card" aria-label=activity::about(language)>
                <dl class="facts">
                    <dt>{activity::about(language)}</dt>
                    <dd>{label::mail_kind(language, line.kind)}</dd>
                    {customer}
                    <dt>{mailbox::to(language)}</dt>
                    <dd>
                        <bdi>{line.addresses.join(", ")}</bdi>
                        <span class="under">{label::recipients(language, line.to)}</span>
                    </dd>
                    <dt>{activity::state(language)}</dt>
                    <dd>{stands}</dd>
                    <dt>{journal::at(language)}</dt>
                    <dd>{moment(language, line.at)}</dd>
                    <dt>{mailbox::language(language)}</dt>
                    <dd>{language_name(language, line.language)}</dd>
                </dl>
            </section>
            <Letter text=text html=html written_in=line.language language=language />
        </div>
    }
}
