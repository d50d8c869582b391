//! The way to the receipt of the answer from which a trial came (X16).

use leptos::prelude::*;
use rules::people::Right;
use rules::trial::Trial;
use rules::verdict::Verdict;
use words::{Language, label, request};

use crate::route::Route;
use crate::session::may;
use crate::ui::{Button, ButtonLink};

/// A link for whoever may download (P2), else why not; nothing for a trial that came from no
/// answer.
pub fn receipt(language: Language, trial: &Trial) -> Option<AnyView> {
    trial.request.as_ref()?.answer.as_ref()?;
    let link = match may(Right::Download) {
        Verdict::Allowed => {
            let href = Route::Receipt(trial.id.clone()).path();
            view! { <ButtonLink href=href>{request::receipt(language)}</ButtonLink> }.into_any()
        }
        Verdict::Blocked(refusal) => {
            let because = Some(label::refusal(language, &refusal));
            view! {
                <Button disabled_because=Signal::stored(because) on_click=|_| {}>
                    {request::receipt(language)}
                </Button>
            }
            .into_any()
        }
    };
    Some(view! { <div>{link}</div> }.into_any())
}
