//! A step of the wizard: its draft, the list of steps, the form, the summary.

use contract::session::Settings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::clock::Day;
use rules::draft::{Facts, Step};
use rules::ids::DraftId;
use rules::people::Right;
use rules::verdict::{Problem, Verdict};
use words::{Language, adding, asking, label, ui, wizard};

use super::OpenDraft;
use super::add::AddingTo;
use super::confirm::{ConfirmStep, look_up_again};
use super::customer::CustomerStep;
use super::devices::DevicesStep;
use super::hand_over::{HandOver, NoRight};
use super::next::{look_up, next};
use super::open::Keeping;
use super::review::ReviewStep;
use super::services::ServicesStep;
use super::site::SiteStep;
use super::summary::Summary;
use super::ways::{Hurdle, SavedAs, Ways};
use crate::api::{self, Failure};
use crate::failure::failed_in_full;
use crate::forms::{DraftForm, focus_id};
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::{may, session};
use crate::ui::{
    Button, ButtonKind, ButtonLink, EmptyState, Form, Notice, Shape, StepItem, StepList, StepState, Tone, move_focus,
};
use crate::waiting::{NotArrived, OnItsWay};

/// The id of a step's heading, which takes the focus when one walks to the step.
const HEADING: &str = "step-heading";

/// How the draft of the address was found.
#[derive(Clone)]
enum Found {
    Loading,
    Open(OpenDraft),
    Gone,
    SavedAlready(SavedAs),
    Failed(Failure),
}

/// A step for a draft: the one that is open, else the kept one of this id.
#[component]
pub fn TrialStep(
    /// The draft's id.
    draft: DraftId,
    /// The step.
    step: Step,
) -> impl IntoView {
    let language = language();
    if let Verdict::Blocked(refusal) = may(Right::StartTrial) {
        return view! { <NoRight refusal=refusal /> }.into_any();
    }
    let slot = expect_context::<RwSignal<Option<OpenDraft>>>();
    let opened = slot.with_untracked(|slot| slot.clone().filter(|open| open.id == draft));
    let found = RwSignal::new(opened.map_or(Found::Loading, Found::Open));
    let load = {
        let draft = draft.clone();
        move || {
            found.set(Found::Loading);
            let id = draft.clone();
            spawn_local(async move {
                let next = match api::draft_view(&id).await {
                    Ok(kept) => Found::Open(OpenDraft::kept(kept)),
                    // Nothing was typed before the page was loaded again: the first step begins anew.
                    Err(failure) if failure.is_not_found() && step == Step::Customer => {
                        Found::Open(OpenDraft::fresh(id))
                    }
                    Err(failure) if failure.is_not_found() => Found::Gone,
                    Err(failure) => match SavedAs::told_by(&failure) {
                        Some(saved) => Found::SavedAlready(saved),
                        None => Found::Failed(failure),
                    },
                };
                if let Found::Open(open) = &next {
                    slot.set(Some(open.clone()));
                }
                let _ = found.try_set(next);
            });
        }
    };
    if matches!(found.get_untracked(), Found::Loading) {
        load();
    }
    let retry = Callback::new(move |()| load());
    let shown = move || {
        match found.get() {
        Found::Loading => view! {
            <OnItsWay on_retry=retry />
        }
        .into_any(),
        Found::Failed(failure) => view! {
            <NotArrived failure=failure on_retry=retry />
        }
        .into_any(),
        Found::Gone => view! {
            <div class="page-head"><PageHeading title=wizard::title(language) /></div>
            <EmptyState title=wizard::draft_gone_title(language) text=wizard::draft_gone(language)>
                <ButtonLink kind=ButtonKind::Primary href=Route::StartTrial.path()>{wizard::new_draft(language)}</ButtonLink>
                <ButtonLink href=Route::customers().path()>{wizard::to_customers(language)}</ButtonLink>
            </EmptyState>
        }
        .into_any(),
        Found::SavedAlready(saved) => view! {
            <div class="page-head"><PageHeading title=wizard::title(language) /></div>
            {Hurdle::SavedAlready(saved).view(language)}
        }
        .into_any(),
        Found::Open(open) => view! { <Wizard open=open step=step language=language reload=retry /> }.into_any(),
    }
    };
    shown.into_any()
}

/// The frame of every step.
#[component]
fn Wizard(open: OpenDraft, step: Step, language: Language, reload: Callback<()>) -> impl IntoView {
    let session = session();
    let (settings, today) = (session.settings.clone(), session.today);
    let form = open.form();
    let applies = form.draft.with_untracked(|draft| draft.steps().any(|each| each == step));
    let ways = Ways::new(open.clone(), form, step);
    let missing: Vec<Problem> = form.draft.with_untracked(|draft| {
        let facts = Facts::default();
        draft.steps().flat_map(|each| draft.check_step(each, &facts)).collect()
    });
    if !applies || (step == Step::Review && !missing.is_empty()) {
        // An address from before a change: what is missing is shown instead.
        form.learn(&missing);
        let first = missing.first().map_or(Step::Review, |problem| rules::draft::TrialDraft::step_of(problem.field));
        if let Some(problem) = missing.first() {
            open.focus_next(problem.field, missing.len());
        }
        let target = match step {
            Step::ConfirmOrganisation => Step::Customer,
            _ if missing.is_empty() => Step::Services,
            _ => first,
        };
        navigator().go_instead(Route::Wizard { draft: open.id.clone(), step: target });
        return ().into_any();
    }
    if step != Step::Customer && (step == Step::Services || ways.found.with_untracked(Option::is_none)) {
        // After the page was loaded again nothing is known of the address, and which services
        // can be offered may have changed; this very question within the hour does not count
        // as another look-up (X1).
        let asks = form.draft.with_untracked(|draft| draft.asked().is_some());
        spawn_local(async move {
            match asks {
                true => look_up_again(form, ways).await,
                false => drop(look_up(form, ways).await),
            }
        });
    }
    match open.take_focus() {
        Some((field, problems)) => {
            ways.announce(problems);
            move_focus(focus_id(field));
        }
        None if open.walks_to(step) => move_focus(HEADING),
        None => {}
    }
    let heading = match step {
        Step::Services => wizard::services_title(language),
        Step::Devices => wizard::ship_title(language),
        Step::Customer | Step::ConfirmOrganisation | Step::MeetingsSite | Step::Review => label::step(language, step),
    };
    let asking = open.clone();
    let adding = form.draft.with_untracked(|draft| draft.adding.clone());
    let title = if adding.is_some() { adding::title(language) } else { wizard::title(language) };
    let adding = adding
        .filter(|_| step == Step::Services)
        .map(|adding| view! { <AddingTo customer=adding.customer language=language /> });
    view! {
        <HandOver open=asking />
        <div class="page-head">
            <PageHeading title=title />
            <div class="page-actions">{kept_so_far(open.clone(), language)}</div>
        </div>
        <div class="wizard">
            <StepList
                steps=Signal::derive(move || step_items(form, step, ways, language))
                label=wizard::steps(language)
                done_label=ui::step_done(language)
            />
            <section class="wizard-form" aria-labelledby=HEADING>
                <h2 id=HEADING tabindex="-1">{heading}</h2>
                {changed_elsewhere(open.clone(), language, reload)}
                {adding}
                <div class="unseen" role="status">
                    {move || ways.announcement(language)}
                </div>
                {if step == Step::Review {
                    view! { <ReviewStep open=open form=form language=language domain=settings.site_domain ways=ways /> }.into_any()
                } else {
                    fields(form, step, language, today, settings, ways).into_any()
                }}
            </section>
            <Summary form=form language=language today=today ways=ways />
        </div>
    }
    .into_any()
}

/// The fields of a step, and the buttons under them.
fn fields(
    form: DraftForm,
    step: Step,
    language: Language,
    today: Day,
    settings: Settings,
    ways: Ways,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let asked = match step {
        Step::Customer => {
            view! { <CustomerStep form=form language=language locations_url=settings.supported_locations_url /> }
                .into_any()
        }
        Step::ConfirmOrganisation => {
            view! { <ConfirmStep form=form language=language locations_url=settings.supported_locations_url ways=ways /> }
                .into_any()
        }
        Step::Services => view! { <ServicesStep form=form language=language today=today ways=ways /> }.into_any(),
        Step::MeetingsSite => view! { <SiteStep form=form language=language domain=settings.site_domain /> }.into_any(),
        Step::Devices => {
            view! { <DevicesStep form=form language=language today=today team=settings.trials_team_email /> }.into_any()
        }
        Step::Review => ().into_any(),
    };
    // A disabled button keeps its place and says why; the reason in full stands above it (P7).
    let because = Signal::derive(move || {
        let blocked = step == Step::ConfirmOrganisation && ways.is_blocked(step);
        blocked.then(|| asking::cannot_ask(language).to_owned())
    });
    let go_on = move || next(form, step, ways, busy);
    view! {
        <Form class="stack" on_submit=move |()| go_on()>
            {asked}
            <div role="alert">{move || ways.hurdle.get().map(|hurdle| hurdle.view(language))}</div>
            <div class="wizard-foot">
                {ways.back_button(language)}
                <Button kind=ButtonKind::Primary busy=busy disabled_because=because on_click=move |_| go_on()>
                    {ui::next(language)}
                </Button>
            </div>
        </Form>
    }
}

/// The list of steps. One may go to any step that is not behind a problem.
fn step_items(form: DraftForm, step: Step, ways: Ways, language: Language) -> Vec<StepItem> {
    form.draft.with(|draft| {
        let mut reachable = true;
        let steps: Vec<Step> = draft.steps().collect();
        steps
            .into_iter()
            .map(|each| {
                let href = (reachable && each != step).then(|| ways.address(each));
                let right = draft.check_step(each, &form.facts()).is_empty();
                let state = match each {
                    current if current == step => StepState::Current,
                    before if before < step && right => StepState::Done,
                    _ => StepState::Ahead,
                };
                reachable &= right && !ways.is_blocked(each);
                StepItem { label: label::step(language, each).to_owned(), state, href }
            })
            .collect()
    })
}

/// Whether what was typed is kept (N18), said without taking the focus.
fn kept_so_far(open: OpenDraft, language: Language) -> impl IntoView {
    let keeping = open.keeping.clone();
    view! {
        <span class="muted" role="status">
            {move || match keeping.get() {
                Keeping::Untouched => "",
                Keeping::Saving => wizard::draft_saving(language),
                Keeping::Saved => wizard::draft_saved(language),
                Keeping::Failed(_) | Keeping::Elsewhere(_) | Keeping::SavedAlready(_) => {
                    wizard::draft_not_saved(language)
                }
            }}
        </span>
    }
}

/// What to do when the draft could not be kept, or is another one elsewhere.
fn changed_elsewhere(open: OpenDraft, language: Language, reload: Callback<()>) -> impl IntoView {
    move || {
        let (this, again) = (open.clone(), open.clone());
        match open.keeping.get() {
            Keeping::Untouched | Keeping::Saving | Keeping::Saved => None,
            Keeping::Failed(failure) => Some(
                view! {
                    <Notice tone=Tone::Warn shape=Shape::Triangle announced=true>
                        <p>{failed_in_full(language, &failure)}</p>
                        <Button on_click=move |_| again.keep()>{ui::retry(language)}</Button>
                    </Notice>
                }
                .into_any(),
            ),
            Keeping::SavedAlready(saved) => Some(Hurdle::SavedAlready(saved).view(language)),
            Keeping::Elsewhere(version) => Some(
                view! {
                    <Notice tone=Tone::Warn shape=Shape::Triangle announced=true>
                        <p>
                            {if version == 0 { wizard::elsewhere_gone(language) } else { wizard::elsewhere(language) }}
                        </p>
                        <Button on_click=move |_| reload.run(())>{wizard::take_theirs(language)}</Button>
                        <Button on_click=move |_| this.keep_this()>{wizard::keep_this(language)}</Button>
                    </Notice>
                }
                .into_any(),
            ),
        }
    }
}
