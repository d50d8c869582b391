//! Signing in with the identity provider of a deployment: the page leads there, and tells why it did not
//! go well the last time.

use contract::sign_in::Because;
use leptos::prelude::*;
use words::{Language, sign_in};

use crate::api;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::ui::{ButtonKind, ButtonLink, Notice, Shape, Tone};

/// The way there, and why one is here again.
#[component]
pub fn Provider() -> impl IntoView {
    let language = language();
    let (then, because) = match navigator().route().get_untracked() {
        Route::SignIn { then, because } => (then, because),
        _ => (None, None),
    };
    let to = then.map_or_else(|| "/".to_owned(), |route| route.path());
    let told = because.map(|because| {
        view! {
            <div role="alert">
                <Notice tone=Tone::Warn shape=Shape::Triangle>{why(language, because)}</Notice>
            </div>
        }
    });
    view! {
        <div class="sign-in">
            <PageHeading title=Signal::stored(sign_in::title(language).to_owned()) />
            {told}
            <p class="sign-in-explanation">{sign_in::provider_text(language)}</p>
            <div>
                <ButtonLink kind=ButtonKind::Primary href=api::sign_in_address(&to) external=true>
                    {sign_in::with_account(language)}
                </ButtonLink>
            </div>
        </div>
    }
}

fn why(language: Language, because: Because) -> &'static str {
    match because {
        Because::ProviderUnavailable => sign_in::provider_unavailable(language),
        Because::Denied => sign_in::denied(language),
        Because::Expired => sign_in::expired(language),
        Because::Unknown => sign_in::unknown(language),
        Because::EmailNotVerified => sign_in::email_not_verified(language),
        Because::Failed => sign_in::failed(language),
        Because::Unavailable => sign_in::unavailable(language),
        Because::TooMany => sign_in::too_many(language),
        Because::NotSetUp => sign_in::not_set_up(language),
    }
}
