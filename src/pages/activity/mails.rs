//! The ledger of mails over all customers (L8).

use contract::mails::MailLine;
use leptos::prelude::*;
use rules::ids::OrganisationId;
use rules::notice::MailState;
use words::{Language, activity, label, moment, moment_from};

use super::customer_filter::CustomerFilter;
use super::{Head, asked, no_customer, nothing};
use crate::api;
use crate::navigation::navigator;
use crate::paged::{Page, Paged};
use crate::reader::language;
use crate::route::{ActivityPart, MailsFilter, Route};
use crate::session::{Side, side};
use crate::ui::{SelectField, Shape, Status, Tone};

/// How many mails are shown before more are asked for.
const AT_FIRST: usize = 50;

/// The ledger, with the filter that stands in the address.
#[component]
pub(super) fn MailsPart() -> impl IntoView {
    let (language, navigator) = (language(), navigator());
    let filter = asked(ActivityPart::Mails, MailsFilter::read, MailsFilter::route);
    let go = move |filter: MailsFilter| navigator.go(filter.route());
    let by_state = move |name: String| go(MailsFilter { state: MailState::from_name(&name), ..filter.get_untracked() });
    let by_customer = move |customer: Option<OrganisationId>| go(MailsFilter { customer, ..filter.get_untracked() });
    let of_customer = (side() == Side::Partner).then(|| {
        let chosen = Signal::derive(move || filter.with(|filter| filter.customer.clone()));
        view! { <CustomerFilter chosen=chosen on_choose=by_customer language=language /> }
    });
    let paged = Paged::follow(filter.into(), AT_FIRST, "ledger-mail", |filter, cursor| async move {
        let page = api::mails_list(&filter, cursor.as_deref()).await?;
        Ok(Page { lines: page.mails, next: page.next })
    });
    let none = move || {
        let filtered = filter.with(|filter| *filter != MailsFilter::default());
        let all = filtered.then_some(ActivityPart::Mails);
        nothing(words::mailbox::none_title(language), activity::no_mail(language), all)
    };
    let lines = move |mails: Vec<MailLine>| {
        let mails = mails.into_iter().enumerate();
        let lines = mails.map(|(place, mail)| line(language, mail, paged.line_id(place))).collect_view();
        view! { <ul class="ledger">{lines}</ul> }.into_any()
    };
    let states = MailState::ALL.map(|state| (state.name().to_owned(), label::mail_state(language, state).to_owned()));
    let any = (String::new(), activity::any_state(language).to_owned());
    let explanation = match side() {
        Side::Administrator => activity::mails_text_own(language),
        _ => activity::mails_text(language),
    };
    view! {
        <Head title=activity::mails_title(language) language=language />
        <div class="stack activity">
            <p class="muted">{explanation}</p>
            <section class="panel card stack-tight" aria-label=activity::mails_title(language)>
                <div class="filter-bar">
                    {of_customer}
                    <SelectField
                        id="mail-state"
                        label=activity::state(language)
                        options=std::iter::once(any).chain(states).collect()
                        value=Signal::derive(move || {
                            filter.with(|filter| filter.state.map(|state| state.name().to_owned()).unwrap_or_default())
                        })
                        on_change=by_state
                    />
                </div>
                {paged.view(
                    activity::mails_loading(language),
                    |failure| no_customer(failure, ActivityPart::Mails),
                    none,
                    lines,
                )}
            </section>
        </div>
    }
}

/// One mail: when, about what, about whom and to whom, and where it stands.
fn line(language: Language, mail: MailLine, id: String) -> impl IntoView {
    let stands = stands(language, &mail);
    let path = Route::Activity(ActivityPart::Mail(mail.id).whole()).path();
    let customer = mail.company.map(|company| {
        let path = Route::Customer(mail.organisation).path();
        view! { <a href=path><bdi>{company}</bdi></a> }
    });
    view! {
        <li id=id tabindex="-1">
            <span class="numbers">{moment(language, mail.at)}</span>
            <span>
                <a href=path lang=mail.language.tag()>{mail.subject}</a>
                <span class="under">{label::mail_kind(language, mail.kind)}</span>
            </span>
            <span>
                {customer}
                <span class="under"><bdi>{mail.addresses.join(", ")}</bdi></span>
            </span>
            <span>{stands}</span>
        </li>
    }
}

/// Where a mail stands, why, and when it goes or is tried again.
pub(super) fn stands(language: Language, mail: &MailLine) -> impl IntoView + use<> {
    let (tone, shape) = look(mail.state);
    let why = label::mail_why(language, &mail.why).map(|why| view! { <span class="under">{why}</span> });
    let next = mail.next_try.map(|instant| {
        let instant = moment_from(language, instant);
        let text = match mail.state {
            MailState::Failed => activity::tried_again(language, instant),
            _ => activity::goes(language, instant),
        };
        view! { <span class="under">{text}</span> }
    });
    view! {
        <Status tone=tone shape=shape label=label::mail_state(language, mail.state) />
        {why}
        {next}
    }
}

/// The colour and shape of a state; the words stand beside them (G4).
fn look(state: MailState) -> (Tone, Shape) {
    match state {
        MailState::Planned => (Tone::Wait, Shape::Ring),
        MailState::Held => (Tone::Wait, Shape::Clock),
        MailState::Sent => (Tone::Good, Shape::Check),
        MailState::Failed | MailState::Bounced => (Tone::Bad, Shape::Triangle),
        MailState::Dropped => (Tone::Off, Shape::Cross),
    }
}
