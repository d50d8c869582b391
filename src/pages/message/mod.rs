//! Pages that only say something: no such page, no certification, no backend.

use leptos::prelude::*;
use words::{frame, ui};

use crate::api::Failure;
use crate::failure;
use crate::frame::PlainBar;
use crate::heading::PageHeading;
use crate::reader::language;
use crate::session::{side, visit, who};
use crate::ui::{Button, ButtonKind, ButtonLink, Icon, Notice, Shape, Tone};

/// A page of one message.
#[component]
fn Message(
    /// Its title.
    #[prop(into)]
    title: String,
    /// Its mark.
    shape: Shape,
    /// What it says, and what to do.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="message panel">
            <Icon shape=shape />
            <PageHeading title=Signal::stored(title) />
            {children()}
        </section>
    }
}

/// No page has this address.
#[component]
pub fn NotFound() -> impl IntoView {
    let language = language();
    view! {
        <Message title=frame::not_found_title(language) shape=Shape::Tray>
            <p>{frame::not_found(language)}</p>
            <ToStart />
        </Message>
    }
}

/// The reader's organisation is not certified: the one page that its people see (P1).
#[component]
pub fn NotCertified() -> impl IntoView {
    let language = language();
    let organisation = who().map(|who| who.organisation).unwrap_or_default();
    view! {
        <Message title=frame::uncertified_title(language) shape=Shape::Triangle>
            <p>{frame::uncertified(language, organisation)}</p>
            <p>{frame::uncertified_running(language)}</p>
            <p>{frame::uncertified_next(language)}</p>
        </Message>
    }
}

/// The console cannot be used: the backend did not start here, or did not answer.
#[component]
pub fn BackendFailed(
    /// Why.
    failure: Failure,
) -> impl IntoView {
    let language = language();
    let visit = visit();
    let title = match failure {
        Failure::NoBackend(_) => frame::backend_failed_title(language),
        Failure::Api(_) | Failure::Unreachable | Failure::Garbled => ui::error_title(language),
    };
    view! {
        <div class="frame">
            <PlainBar />
            <main class="page">
                <Message title=title shape=Shape::Triangle>
                    <Notice tone=Tone::Bad shape=Shape::Info announced=true>
                        <p>{failure::failed(language, &failure)}</p>
                    </Notice>
                    <Button kind=ButtonKind::Primary on_click=move |_| visit.retry()>
                        {ui::retry(language)}
                    </Button>
                </Message>
            </main>
        </div>
    }
}

#[component]
fn ToStart() -> impl IntoView {
    view! {
        <ButtonLink kind=ButtonKind::Primary href=side().home().path()>
            {frame::to_start(language())}
        </ButtonLink>
    }
}
