//! The beginning of the wizard: a new draft, or one of the open ones (N18).

use contract::drafts::{DraftLine, DraftList};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::clock::Day;
use rules::draft::Step;
use rules::ids::DraftId;
use rules::people::Right;
use rules::verdict::Verdict;
use words::{Language, date_short, wizard};

use super::OpenDraft;
use super::hand_over::NoRight;
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::may;
use crate::ui::{Button, ButtonKind, ButtonLink};
use crate::waiting::{NotArrived, OnItsWay};

/// Offers the open drafts; without any it begins a new one at once.
#[component]
pub fn StartTrial() -> impl IntoView {
    let language = language();
    if let Verdict::Blocked(refusal) = may(Right::StartTrial) {
        return view! { <NoRight refusal=refusal /> }.into_any();
    }
    let found = RwSignal::new(None::<Result<DraftList, Failure>>);
    let navigator = navigator();
    let slot = expect_context::<RwSignal<Option<OpenDraft>>>();
    let load = move || {
        found.set(None);
        spawn_local(async move {
            let answer = api::drafts_list().await;
            if matches!(&answer, Ok(list) if list.drafts.is_empty()) {
                // In place of this page, so that Back leads out of the wizard.
                return navigator.go_instead(new_draft(slot));
            }
            let _ = found.try_set(Some(answer));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    view! {
        <div class="page-head">
            <PageHeading title=wizard::title(language) />
        </div>
        {move || match found.get() {
            None => view! {
                <OnItsWay on_retry=retry />
            }
            .into_any(),
            Some(Err(failure)) => view! {
                <NotArrived failure=failure on_retry=retry />
            }
            .into_any(),
            Some(Ok(list)) => view! { <Drafts list=list found=found language=language /> }.into_any(),
        }}
    }
    .into_any()
}

/// A step of a new draft. The client makes the id, so that keeping it twice makes
/// one draft.
fn new_draft(slot: RwSignal<Option<OpenDraft>>) -> Route {
    let id = DraftId(api::random_name());
    slot.set(Some(OpenDraft::fresh(id.clone())));
    Route::Wizard { draft: id, step: Step::Customer }
}

#[component]
fn Drafts(list: DraftList, found: RwSignal<Option<Result<DraftList, Failure>>>, language: Language) -> impl IntoView {
    let navigator = navigator();
    let slot = expect_context::<RwSignal<Option<OpenDraft>>>();
    let lines = list.drafts.into_iter().map(|line| draft_line(line, found, language)).collect_view();
    view! {
        <section class="panel card stack" aria-labelledby="drafts">
            <h2 id="drafts">{wizard::drafts_title(language)}</h2>
            <p class="hint">{wizard::drafts_hint(language)}</p>
            <ul class="drafts">{lines}</ul>
            <Button kind=ButtonKind::Primary on_click=move |_| navigator.go(new_draft(slot))>{wizard::new_draft(language)}</Button>
        </section>
    }
}

fn draft_line(
    line: DraftLine,
    found: RwSignal<Option<Result<DraftList, Failure>>>,
    language: Language,
) -> impl IntoView {
    let named = Some(line.company_name.trim()).filter(|name| !name.is_empty());
    let name = named.unwrap_or(wizard::draft_unnamed(language)).to_owned();
    let about = wizard::draft_changed(
        language,
        date_short(language, Day::of(line.changed)),
        date_short(language, line.kept_until),
    );
    let href = Route::Wizard { draft: line.id.clone(), step: Step::Customer }.path();
    let discard = move |_| {
        let id = line.id.clone();
        spawn_local(async move {
            let answer = api::draft_discard(&id).await;
            let _ = found.try_set(Some(answer));
        });
    };
    let (go_on, throw_away) = (wizard::continue_draft(language, &name), wizard::delete_draft(language, &name));
    view! {
        <li class="draft">
            <div>
                <bdi>{name}</bdi>
                <span class="aside">{about}</span>
            </div>
            <ButtonLink href=href>{go_on}</ButtonLink>
            <Button kind=ButtonKind::Quiet on_click=discard>{throw_away}</Button>
        </li>
    }
}
