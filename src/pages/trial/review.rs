//! The step *Review*: everything typed, what will follow, and *Save* (N15, N16).

use contract::error::ApiError;
use contract::trials::{SaveTrial, StartPreview, Target};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::notice::{Due, PlannedMail, Recipients};
use rules::trial::{Plan, dates};
use words::{Language, date, label, ui, wizard};

use super::OpenDraft;
use super::typed::{Section, typed};
use super::ways::{Hurdle, Ways};
use crate::api::{self, Failure};
use crate::forms::DraftForm;
use crate::ui::{Button, ButtonKind, ButtonLink};
use crate::waiting::{NotArrived, OnItsWay};

/// What is shown at the moment.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Loading,
    /// It was saved, and only the question that follows is open.
    Saved,
    Plan(Box<StartPreview>),
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
    let load = {
        let open = open.clone();
        move || {
            shown.set(Shown::Loading);
            let draft = open.typed();
            spawn_local(async move {
                let next = match api::trial_preview(&draft).await {
                    Ok(preview) => Shown::Plan(Box::new(preview)),
                    Err(Failure::Api(ApiError::Invalid { problems })) => {
                        // Whoever left in the meantime is not called back.
                        if shown.try_get_untracked().is_some() {
                            form.learn(&problems);
                            ways.mend(&problems);
                        }
                        return;
                    }
                    Err(failure) => Shown::Failed(failure),
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
    move || {
        match shown.get() {
        Shown::Loading => view! {
            <OnItsWay on_retry=retry />
        }
        .into_any(),
        Shown::Saved => ().into_any(),
        Shown::Failed(failure) => view! {
            <NotArrived failure=failure on_retry=retry />
            <div class="wizard-foot">{ways.back_button(language)}</div>
        }
        .into_any(),
        Shown::Plan(preview) => {
            view! { <Reviewed open=open.clone() form=form language=language domain=domain.clone() ways=ways preview=*preview reload=retry /> }
                .into_any()
        }
    }
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
    reload: Callback<()>,
) -> impl IntoView {
    let draft = open.typed();
    // Both live with the draft, for the page may be drawn anew while it is being saved.
    let saving = RwSignal::from(open.saving.clone());
    let started = RwSignal::from(open.started.clone());
    let sections = typed(language, &draft, &domain);
    let save = {
        let save = SaveTrial {
            draft_id: open.id.clone(),
            draft: draft.clone(),
            target: Target::New,
            digest: preview.digest.clone(),
            language,
        };
        move |_| {
            if saving.get_untracked() || started.with_untracked(Option::is_some) {
                return;
            }
            saving.set(true);
            ways.hurdle.set(None);
            let (open, save) = (open.clone(), save.clone());
            spawn_local(async move {
                // What is kept from now on would come after the saving.
                open.stop();
                let answer = api::trial_start(&save, &open.save_key(&save)).await;
                open.saving.set(false);
                match answer {
                    Ok(answer) => open.started.set(Some(answer)),
                    Err(failure) => {
                        open.resume();
                        met(failure, form, ways, reload);
                    }
                }
            });
        }
    };
    view! {
        <div class="review">
            {sections.into_iter().map(|section| section_view(language, section, ways)).collect_view()}
            {follows(language, &preview.plan)}
        </div>
        <div role="alert">{move || ways.hurdle.get().map(|hurdle| hurdle.view(language))}</div>
        <p class="hint">{wizard::save_hint(language)}</p>
        <div class="wizard-foot">
            {ways.back_button(language)}
            <Button kind=ButtonKind::Primary busy=saving on_click=save>
                {move || if saving.get() { wizard::saving(language) } else { ui::save(language) }}
            </Button>
        </div>
    }
}

/// What a failed saving leads to. Nothing typed is lost by any of it.
fn met(failure: Failure, form: DraftForm, ways: Ways, reload: Callback<()>) {
    if ways.hurdle.try_get_untracked().is_none() {
        // The page was left or drawn anew; what failed can be saved again from there.
        return;
    }
    match failure {
        Failure::Api(ApiError::Invalid { problems }) => {
            form.learn(&problems);
            ways.mend(&problems);
        }
        Failure::Api(ApiError::OutOfDate) => {
            reload.run(());
            ways.hurdle.set(Some(Hurdle::OutOfDate));
        }
        Failure::Api(ApiError::Refused { see: Some(customer), .. }) => {
            ways.hurdle.set(Some(Hurdle::SavedAlready(customer)));
        }
        failure => ways.hurdle.set(Some(Hurdle::Failed(failure))),
    }
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
fn mails(plan: &Plan) -> Vec<(PlannedMail, Vec<Recipients>)> {
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
