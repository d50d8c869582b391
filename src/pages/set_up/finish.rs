//! The step *Finish*: what is done and what comes next, how far the services are, and finishing it as it
//! was previewed (U3, X12, N17).

use contract::error::ApiError;
use contract::trials::{ActDone, ActPreview};
use leptos::prelude::*;
use rules::act::ActName;
use rules::change::Deed;
use rules::ids::TrialId;
use rules::set_up::SetUpStep;
use rules::trial::{Phase, SetUpLine};
use words::{Language, customer, deeds, label, moment, setting_up};

use super::step::Walk;
use crate::act_dialog::{ActDialog, Asked, Previewable};
use crate::api::{self, Failure, Key};
use crate::before_after::told;
use crate::route::Route;
use crate::session::{Side, session, side};
use crate::status::ProvisioningState;
use crate::ui::{Button, ButtonKind, ButtonLink, Notice, Toasts, Tone};

/// Finishing the set-up of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Finishing;

impl Previewable for Finishing {
    type On = TrialId;
    type Done = ActDone;

    async fn preview(self, on: TrialId) -> Result<ActPreview, Failure> {
        api::set_up_finish_preview(&on).await
    }

    async fn act(self, on: TrialId, shown: &ActPreview, key: &Key) -> Result<ActDone, Failure> {
        api::set_up_finish(&on, shown, key).await
    }
}

/// What it shows, with the button that finishes.
#[component]
pub fn FinishStep(
    /// What the step is drawn from.
    walk: Walk,
) -> impl IntoView {
    let language = walk.language;
    let detail = walk.detail.get_value();
    let trial = detail.trial.trial.clone();
    let domain = session().settings.site_domain;
    // Once it was finished there are other things to go on to.
    let kind = if trial.set_up.finished.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    let awaits = matches!(trial.phase, Phase::Awaiting { .. });
    let finished = trial.set_up.finished.as_ref().map(|(_, at)| setting_up::finished(language, moment(language, *at)));
    let brings = if awaits { setting_up::finish_starts(language) } else { setting_up::finish_keeps(language) };
    let asked = RwSignal::new(None::<Asked<Finishing>>);
    let question = setting_up::finish_title(language, &detail.company);
    // What is said follows from what it has brought.
    let lead = vec![brings.to_owned()];
    let ask = Asked { lead, ..Asked::new(Finishing, question, deeds::finish_set_up(language), String::new()) };
    let toasts = expect_context::<Toasts>();
    let company = detail.company.clone();
    let done = move |done: ActDone| {
        toasts.good(match (done.consequences.deed, awaits) {
            // No service was left that could start (X4).
            (Deed::SetUpLapsed, _) => setting_up::done_lapsed(language, &company),
            (_, true) => setting_up::done_started(language, &company),
            (_, false) => setting_up::done_kept(language, &company),
        });
        walk.arrive_again();
    };
    let refused = label::because(language, detail.trial.verdict(ActName::FinishSetUp));
    // What the backend has not cannot be finished; it is on its way, or stands above to be decided.
    let open = walk.open.get_value();
    let settled = Memo::new(move |_| open.is_settled());
    let because = Signal::derive(move || {
        refused.clone().or_else(|| (!settled.get()).then(|| setting_up::left_open(language).to_owned()))
    });
    let failed = move |failure: Failure| match failure {
        Failure::Api(ApiError::Invalid { problems }) => {
            asked.set(None);
            walk.mend(&problems);
            true
        }
        _ => false,
    };
    let steps = trial.provisioning.iter().map(|step| {
        view! {
            <dt>{label::service(language, step.service)}</dt>
            <dd>
                <ProvisioningState state=step.state />
                {(!step.why.is_empty()).then(|| view! { <span class="under">{customer::platform_says(language, &step.why)}</span> })}
            </dd>
        }
    });
    let steps = match trial.provisioning.is_empty() {
        true => view! { <p class="muted">{setting_up::not_started(language)}</p> }.into_any(),
        false => view! { <dl class="facts">{steps.collect_view()}</dl> }.into_any(),
    };
    let (is_done, is_next): (Vec<SetUpLine>, Vec<SetUpLine>) = walk.lines().into_iter().partition(|line| line.done);
    // Who is typed and not added yet is no part of finishing (U1), so it is said.
    let waiting = walk.form.read(|draft| draft.people.iter().filter(|person| !person.is_blank()).count());
    let people = walk.route(SetUpStep::People).path();
    let waiting = move || {
        let people = people.clone();
        Some(waiting.get()).filter(|count| *count > 0).map(|count| {
            view! {
                <Notice tone=Tone::Wait>
                    {setting_up::people_waiting(language, count)} " "
                    <a href=people>{setting_up::people_waiting_way(language)}</a>
                </Notice>
            }
        })
    };
    let way = match side() {
        Side::Administrator => (Route::Hub, setting_up::to_hub(language)),
        _ => (Route::Customer(detail.organisation), setting_up::to_customer(language)),
    };
    let told_domain = domain.clone();
    view! {
        {finished.map(|finished| view! { <p><strong>{finished}</strong></p> })}
        <section class="panel card stack" aria-labelledby="set-up-lines">
            <h3 id="set-up-lines">{setting_up::done(language)}</h3>
            {lines(language, is_done, &domain, setting_up::nothing_done(language))}
        </section>
        <section class="panel card stack" aria-labelledby="set-up-next">
            <h3 id="set-up-next">{setting_up::comes_next(language)}</h3>
            {lines(language, is_next, &domain, setting_up::all_done(language))}
        </section>
        <section class="panel card" aria-labelledby="set-up-services">
            <h3 id="set-up-services">{setting_up::services(language)}</h3>
            {steps}
        </section>
        {waiting}
        {walk.may_change.then(|| view! { <p>{brings}</p> })}
        <div class="request-actions">
            <Button
                kind=kind
                disabled_because=because
                on_click=move |_| asked.set(Some(ask.clone()))
            >
                {deeds::finish_set_up(language)}
            </Button>
            <ButtonLink href=way.0.path()>{way.1}</ButtonLink>
        </div>
        <ActDialog
            on=trial.id
            asked=asked
            tell=move |brings| told(language, &told_domain, &brings)
            on_done=done
            on_failed=failed
            on_over=Callback::new(move |()| walk.arrive_again())
            language=language
        />
    }
}

fn lines(language: Language, lines: Vec<SetUpLine>, domain: &str, none: &'static str) -> AnyView {
    let lines: Vec<_> = lines
        .iter()
        .map(|line| {
            let text = label::set_up_line(language, line, domain);
            view! { <li>{text}</li> }
        })
        .collect();
    match lines.is_empty() {
        true => view! { <p class="muted">{none}</p> }.into_any(),
        false => view! { <ul class="effects">{lines}</ul> }.into_any(),
    }
}
