//! The step *Review*: everything typed, what will follow, and *Save* (N15, N16).

use contract::error::ApiError;
use contract::trials::{SaveTrial, StartPreview};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::{Field, Step, TrialDraft};
use rules::notice::{Due, PlannedMail, Recipients};
use rules::trial::{Plan, dates};
use rules::verdict::Problem;
use words::{Language, adding, asking, date, label, ui, wizard};

use super::next::look_up;
use super::typed::{Section, typed};
use super::ways::{Hurdle, SavedAs, Ways};
use super::{OpenDraft, asked};
use crate::api::{self, Failure};
use crate::forms::DraftForm;
use crate::previewed::both_versions;
use crate::ui::{Button, ButtonKind, ButtonLink, Toasts};
use crate::waiting::{NotArrived, OnItsWay};

/// What is shown at the moment.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Loading,
    /// It was saved, and only the question that follows is open.
    Saved,
    /// What will follow; and what was shown before, when that is not so any more (E6).
    Plan(Box<StartPreview>, Option<Box<StartPreview>>),
    Failed(Failure),
}

/// The step, with the buttons that end the wizard.
#[component]
pub fn ReviewStep(
    /// The draft that is open.
    open: OpenDraft,
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
    /// The platform's site domain.
    domain: String,
    /// Where the wizard leads.
    ways: Ways,
) -> impl IntoView {
    let shown = RwSignal::new(Shown::Loading);
    let outdated = StoredValue::new(None::<Box<StartPreview>>);
    let load = {
        let open = open.clone();
        move || {
            shown.set(Shown::Loading);
            let (id, (draft, target)) = (open.id.clone(), open.order());
            spawn_local(async move {
                let next = match api::trial_preview(&id, draft, target).await {
                    Ok(preview) => {
                        let Some(before) = outdated.try_get_value() else { return };
                        if let Some(before) = &before {
                            let day_turned = before.plan.start != preview.plan.start;
                            ways.hurdle.set(Some(Hurdle::OutOfDate { asks: preview.request.is_some(), day_turned }));
                        }
                        Shown::Plan(Box::new(preview), before)
                    }
                    Err(Failure::Api(ApiError::Invalid { problems })) => {
                        // Whoever left in the meantime is not called back.
                        if shown.try_get_untracked().is_some() {
                            mend(problems, form, ways);
                        }
                        return;
                    }
                    Err(failure) => match led(failure, form, ways).await {
                        Some(failure) => Shown::Failed(failure),
                        None => return,
                    },
                };
                let _ = shown.try_set(next);
            });
        }
    };
    if open.started.with_untracked(Option::is_some) {
        shown.set(Shown::Saved);
    } else {
        load();
    }
    let retry = Callback::new(move |()| load());
    let out_of_date = Callback::new(move |before: StartPreview| {
        outdated.set_value(Some(Box::new(before)));
        retry.run(());
    });
    move || match shown.get() {
        Shown::Loading => view! {
            <OnItsWay on_retry=retry />
        }
        .into_any(),
        Shown::Saved => ().into_any(),
        Shown::Failed(failure) => view! {
            <NotArrived failure=failure on_retry=retry />
            <div role="alert">{move || ways.hurdle.get().map(|hurdle| hurdle.view(language))}</div>
            <div class="wizard-foot">{ways.back_button(language)}</div>
        }
        .into_any(),
        Shown::Plan(preview, before) => view! {
            <Reviewed
                open=open.clone()
                form=form
                language=language
                domain=domain.clone()
                ways=ways
                preview=*preview
                before=before
                out_of_date=out_of_date
            />
        }
        .into_any(),
    }
}

#[component]
fn Reviewed(
    open: OpenDraft,
    form: DraftForm,
    language: Language,
    domain: String,
    ways: Ways,
    preview: StartPreview,
    before: Option<Box<StartPreview>>,
    out_of_date: Callback<StartPreview>,
) -> impl IntoView {
    let draft = open.typed();
    // Both live with the draft, for the page may be drawn anew while it is being saved.
    let saving = RwSignal::from(open.saving.clone());
    let started = RwSignal::from(open.started.clone());
    let asks = draft.asked().is_some();
    let adds = draft.adding.is_some();
    let found = Memo::new(move |_| ways.organisation());
    let sections = {
        let draft = draft.clone();
        move || {
            let sections = found.with(|found| typed(language, &draft, &domain, found.as_ref()));
            sections.into_iter().map(|section| section_view(language, section, ways)).collect_view()
        }
    };
    let toasts = expect_context::<Toasts>();
    let slot = expect_context::<RwSignal<Option<OpenDraft>>>();
    let recipients = preview.request.as_ref().map_or(0, |request| request.recipients);
    let save = {
        let (sent, target) = open.order();
        let save =
            SaveTrial { draft_id: open.id.clone(), draft: sent, target, digest: preview.digest.clone(), language };
        let shown = preview.clone();
        move |_| {
            if saving.get_untracked() || started.with_untracked(Option::is_some) {
                return;
            }
            saving.set(true);
            ways.hurdle.set(None);
            let (open, save, shown) = (open.clone(), save.clone(), shown.clone());
            spawn_local(async move {
                // What is kept from now on would come after the saving.
                open.stop();
                let answer = api::trial_start(&save, &open.save_key(&save)).await;
                open.saving.set(false);
                match answer {
                    Ok(answer) if asks => {
                        toasts.good(asking::sent(language, recipients));
                        if ways.hurdle.try_get_untracked().is_some() {
                            // The draft is no more: Back leads to what the backend says of it.
                            slot.set(None);
                            ways.leave_for(answer.customer);
                        }
                    }
                    Ok(answer) => open.started.set(Some(answer)),
                    Err(failure) => {
                        open.resume();
                        if failure.is_out_of_date() {
                            let _ = out_of_date.try_run(shown);
                        } else {
                            met(failure, form, ways).await;
                        }
                    }
                }
            });
        }
    };
    view! {
        <div class="review">
            {sections}
            {match &before {
                Some(before) => {
                    let version = |of: &StartPreview| (of.plan.start, will_follow(language, &draft, of));
                    both_versions(language, version(&preview), version(before))
                }
                None => will_follow(language, &draft, &preview),
            }}
        </div>
        <div role="alert">{move || ways.hurdle.get().map(|hurdle| hurdle.view(language))}</div>
        <p class="hint">
            {match (asks, adds) {
                (true, _) => asking::send_hint(language),
                (false, true) => adding::hint(language),
                (false, false) => wizard::save_hint(language),
            }}
        </p>
        <div class="wizard-foot">
            {ways.back_button(language)}
            <Button kind=ButtonKind::Primary busy=saving on_click=save>
                {move || match (asks, adds, saving.get()) {
                    (true, _, false) => words::terms::send_trial_request(language),
                    (true, _, true) => asking::sending(language),
                    (false, true, false) => words::terms::start_trial(language),
                    (false, true, true) => adding::starting(language),
                    (false, false, false) => ui::save(language),
                    (false, false, true) => wizard::saving(language),
                }}
            </Button>
        </div>
    }
}

/// Everything that a preview tells (N15).
fn will_follow(language: Language, draft: &TrialDraft, preview: &StartPreview) -> AnyView {
    match &preview.request {
        Some(request) => view! {
            {asked::request(language, preview.plan.start, draft, request)}
            {asked::follows(language, &preview.plan, request.recipients)}
        }
        .into_any(),
        None => follows(language, &preview.plan).into_any(),
    }
}

/// What a failed saving leads to. Nothing typed is lost by any of it.
async fn met(failure: Failure, form: DraftForm, ways: Ways) {
    if ways.hurdle.try_get_untracked().is_none() {
        // The page was left or drawn anew; what failed can be saved again from there.
        return;
    }
    match failure {
        Failure::Api(ApiError::Invalid { problems }) => {
            mend(problems, form, ways);
        }
        failure => {
            if let Some(saved) = SavedAs::told_by(&failure) {
                ways.hurdle.set(Some(Hurdle::SavedAlready(saved)));
            } else if let Some(failure) = led(failure, form, ways).await {
                let _ = ways.hurdle.try_set(Some(Hurdle::Failed(failure)));
            }
        }
    }
}

/// Shows problems that the backend found under their fields. The attestation of a request
/// stands on a step of its own (X2).
fn mend(mut problems: Vec<Problem>, form: DraftForm, ways: Ways) {
    if form.draft.with_untracked(|draft| draft.asked().is_some()) {
        for problem in &mut problems {
            if matches!(problem.field, Field::Country | Field::SupportedLocation) {
                problem.field = Field::AskedLocation;
            }
        }
    }
    form.learn(&problems);
    ways.mend(&problems);
}

/// Where a refused request leads: to the service that cannot be asked for any more, or to
/// whatever the address has become. A failure that leads nowhere is given back.
async fn led(failure: Failure, form: DraftForm, ways: Ways) -> Option<Failure> {
    let gone = failure.is_not_found();
    let service = match &failure {
        Failure::Api(ApiError::Refused { refusal, .. }) => refusal.service,
        _ if gone => None,
        _ => return Some(failure),
    };
    if !form.draft.try_with_untracked(|draft| draft.asked().is_some()).unwrap_or_default() {
        return Some(failure);
    }
    // What was found of the address is not so any more.
    let again = look_up(form, ways).await.is_ok();
    ways.hurdle.try_get_untracked()?;
    let leads = untrack(|| ways.leads_away()).filter(|_| again);
    match (leads, service) {
        (Some(leads), _) => ways.meet(Step::Customer, leads),
        (None, Some(_)) => ways.meet(Step::Services, Hurdle::Changed(failure)),
        (None, None) if gone && again => ways.meet(Step::Customer, Hurdle::Changed(failure)),
        (None, None) => return Some(failure),
    }
    None
}

fn section_view(language: Language, section: Section, ways: Ways) -> impl IntoView {
    let name = label::step(language, section.step);
    let rows = section
        .rows
        .into_iter()
        .map(|(what, value)| view! { <dt>{what}</dt> <dd><bdi>{value}</bdi></dd> })
        .collect_view();
    view! {
        <section class="panel card review-part">
            <header>
                <h3>{name}</h3>
                <ButtonLink kind=ButtonKind::Quiet href=ways.address(section.step)>{wizard::edit_step(language, name)}</ButtonLink>
            </header>
            <dl class="facts">{rows}</dl>
        </section>
    }
}

/// Every date and every mail that will follow (N15).
fn follows(language: Language, plan: &Plan) -> impl IntoView + use<> {
    let days = dates(plan)
        .into_iter()
        .map(|(day, kind)| {
            let today = (day == plan.start).then(|| view! { <span class="aside">{wizard::today(language)}</span> });
            view! {
                <tr>
                    <td class="numbers nowrap">{date(language, day)} " " {today}</td>
                    <td>{label::date_kind(language, kind)}</td>
                </tr>
            }
        })
        .collect_view();
    let mails = mails(plan).into_iter().map(|(mail, to)| mail_view(language, mail, &to)).collect_view();
    view! {
        <section class="panel card review-part">
            <h3>{wizard::dates(language)}</h3>
            <table class="table table-plain">
                <caption class="unseen">{wizard::dates(language)}</caption>
                <thead class="unseen">
                    <tr>
                        <th scope="col">{wizard::dates_day(language)}</th>
                        <th scope="col">{wizard::dates_what(language)}</th>
                    </tr>
                </thead>
                <tbody>{days}</tbody>
            </table>
        </section>
        <section class="panel card review-part">
            <h3>{wizard::mails(language)}</h3>
            <ul class="events">{mails}</ul>
        </section>
    }
}

/// The mails with all groups that get them, in the order in which they go.
pub fn mails(plan: &Plan) -> Vec<(PlannedMail, Vec<Recipients>)> {
    let mut mails: Vec<(PlannedMail, Vec<Recipients>)> = Vec::new();
    for mail in &plan.mails {
        match mails.iter_mut().find(|(known, _)| known.due == mail.due && known.kind == mail.kind) {
            Some((_, to)) => to.push(mail.to),
            None => mails.push((*mail, vec![mail.to])),
        }
    }
    mails
}

fn mail_view(language: Language, mail: PlannedMail, to: &[Recipients]) -> impl IntoView + use<> {
    let when = match mail.due {
        Due::On(day) => date(language, day),
        Due::WhenProvisioned => words::labels::when_provisioned(language).to_owned(),
        Due::WhenShipped => words::labels::when_shipped(language).to_owned(),
    };
    let groups: Vec<&str> = to.iter().map(|group| label::recipients(language, *group)).collect();
    view! {
        <li>
            <span class="numbers">{when}</span>
            <span>
                {label::mail_kind(language, mail.kind)}
                <span class="under">{groups.join(", ")}</span>
            </span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use rules::samples;

    use super::*;

    #[test]
    fn each_mail_is_listed_once_with_all_who_get_it_n15() {
        let plan = samples::plan(samples::full_draft(), samples::day(2026, 3, 1));
        let listed = mails(&plan);
        assert_eq!(listed.iter().map(|(_, to)| to.len()).sum::<usize>(), plan.mails.len());
        let kinds: Vec<_> = listed.iter().map(|(mail, to)| (mail.kind, to.len())).collect();
        use rules::notice::MailKind::{AccessOver, Ended, EndsSoon, LicenceAgreement, Welcome};
        assert_eq!(kinds, [(Welcome, 1), (LicenceAgreement, 2), (EndsSoon, 2), (Ended, 2), (AccessOver, 1)]);
    }
}
