//! The frame of every step: on whose behalf, the list of steps, whether what was typed is kept, and
//! the way on (U1, U3).

use contract::set_up::SetUpDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::act::ActName;
use rules::set_up::SetUpStep;
use rules::trial::{SetUpLine, SetUpTask};
use rules::verdict::Problem;
use words::{Language, label, setting_up, ui, viewing, wizard};

use super::calling::CallingStep;
use super::finish::FinishStep;
use super::form::{SetUpForm, step_of};
use super::open::{Keeping, OpenSetUp};
use super::people::PeopleStep;
use super::plan::PlanStep;
use super::site::SiteStep;
use super::stand::Stand;
use super::summary::Summary;
use crate::forms::focus_id;
use crate::heading::PageHeading;
use crate::navigation::{Navigator, navigator};
use crate::route::Route;
use crate::ui::{Button, ButtonKind, ButtonLink, Form, Notice, Shape, StepItem, StepList, StepState, Tone, move_focus};

/// The id of a step's heading, which takes the focus when one walks to the step.
const HEADING: &str = "step-heading";

/// What every step is drawn from.
#[derive(Clone, Copy)]
pub struct Walk {
    /// What was loaded.
    pub detail: StoredValue<SetUpDetail>,
    /// What is typed.
    pub form: SetUpForm,
    /// The open set-up.
    pub open: StoredValue<OpenSetUp>,
    /// The step that is shown.
    pub step: SetUpStep,
    /// Whether the reader may change it.
    pub may_change: bool,
    /// Loads it again.
    pub again: Callback<()>,
    /// The reader's language.
    pub language: Language,
    /// How many problems the step has, and how often that was announced.
    problems: RwSignal<(usize, usize)>,
    navigator: Navigator,
}

impl Walk {
    /// The address of a step.
    pub fn route(self, step: SetUpStep) -> Route {
        Route::SetUp { trial: self.detail.with_value(|detail| detail.trial.trial.id.clone()), step }
    }

    /// What is done and what comes next, as it is typed by now.
    pub fn lines(self) -> Vec<SetUpLine> {
        self.detail.with_value(|detail| {
            self.form.draft.with(|draft| draft.lines(&detail.trial.trial, detail.trial.set_up.clone()))
        })
    }

    fn steps(self) -> Vec<SetUpStep> {
        self.detail.with_value(|detail| SetUpStep::of(&detail.trial.trial).collect())
    }

    /// The step so many places further.
    fn beside(self, places: isize) -> Option<SetUpStep> {
        let steps = self.steps();
        let at = steps.iter().position(|step| *step == self.step)?;
        at.checked_add_signed(places).and_then(|at| steps.get(at)).copied()
    }

    fn go(self, step: SetUpStep) {
        self.navigator.go(self.route(step));
    }

    fn announce(self, count: usize) {
        self.problems.update(|(problems, times)| {
            *problems = count;
            *times += 1;
        });
    }

    /// Puts the focus on the first problem, on whichever step it stands, and says how many there are
    /// (N7).
    pub fn mend(self, problems: &[Problem]) {
        let Some(first) = problems.first() else { return };
        self.form.learn(problems);
        let step = step_of(first.field);
        if step == self.step {
            self.announce(problems.len());
            move_focus(focus_id(first.field));
        } else {
            self.open.with_value(|open| open.focus_next(first.field, problems.len()));
            self.go(step);
        }
    }

    /// Loads it again after something was done; the heading takes the focus then.
    pub fn arrive_again(self) {
        self.navigator.arrive_again();
        self.again.run(());
    }
}

/// The page.
#[component]
pub fn Wizard(
    /// What was loaded.
    detail: SetUpDetail,
    /// The step.
    step: SetUpStep,
    /// Loads it again.
    again: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let open = OpenSetUp::of(&detail);
    let form = open.form(&detail);
    let may_change = detail.trial.verdict(ActName::FinishSetUp).is_allowed();
    let company = detail.company.clone();
    let walk = Walk {
        form,
        step,
        may_change,
        again,
        language,
        detail: StoredValue::new(detail),
        open: StoredValue::new(open.clone()),
        problems: RwSignal::new((0, 0)),
        navigator: navigator(),
    };
    if !walk.steps().contains(&step) {
        // An address from before a change: what the trial has no more is not set up.
        navigator().go_instead(walk.route(SetUpStep::PlanReview));
        return ().into_any();
    }
    let sent_back = open.take_focus();
    match sent_back {
        Some((field, problems)) => {
            open.walks_to(step);
            form.ask(step);
            walk.announce(problems);
            move_focus(focus_id(field));
        }
        None if open.walks_to(step) => move_focus(HEADING),
        None => {}
    }
    // Whoever wanted to finish and is led here is told why, until it is put right.
    let wrong = Memo::new(move |_| !form.check(step).is_empty());
    let to_mend = move || {
        let led = sent_back.filter(|_| wrong.get());
        led.map(|(_, problems)| {
            view! {
                <Notice tone=Tone::Warn shape=Shape::Triangle>{setting_up::to_mend(language, problems)}</Notice>
            }
        })
    };
    let asked = match step {
        SetUpStep::PlanReview => view! { <PlanStep walk=walk /> }.into_any(),
        SetUpStep::MeetingsSite => view! { <SiteStep walk=walk /> }.into_any(),
        SetUpStep::Calling => view! { <CallingStep walk=walk /> }.into_any(),
        SetUpStep::People => view! { <PeopleStep walk=walk /> }.into_any(),
        SetUpStep::Finish => view! { <FinishStep walk=walk /> }.into_any(),
    };
    // The rows of people are a form of their own, with an act of its own.
    let body = match step {
        SetUpStep::MeetingsSite | SetUpStep::Calling => view! {
            <Form class="stack" on_submit=move |()| go_on(walk)>
                {asked}
                {foot(walk)}
            </Form>
        }
        .into_any(),
        SetUpStep::PlanReview | SetUpStep::People | SetUpStep::Finish => view! {
            <div class="stack">{asked} {foot(walk)}</div>
        }
        .into_any(),
    };
    let announcement = move || {
        let (count, times) = walk.problems.get();
        // The same text twice would be read once.
        let end = if times % 2 == 0 { "\u{200B}" } else { "" };
        (count > 0).then(|| format!("{}{end}", wizard::problems_announced(language, count)))
    };
    view! {
        {banner(walk)}
        <div class="page-head">
            <PageHeading title=setting_up::title(language, company) />
            <div class="page-actions">{kept_so_far(open.clone(), language)}</div>
        </div>
        <div class="wizard">
            <StepList
                steps=Signal::derive(move || step_items(walk))
                label=setting_up::steps(language)
                done_label=ui::step_done(language)
            />
            <section class="wizard-form" aria-labelledby=HEADING>
                <h2 id=HEADING tabindex="-1">{label::set_up_step(language, step)}</h2>
                {read_only(walk)}
                {to_mend}
                <div class="unseen" role="status">{announcement}</div>
                {body}
                <Stand open=open language=language />
            </section>
            <Summary walk=walk />
        </div>
    }
    .into_any()
}

/// On whose behalf a partner does it (U1).
fn banner(walk: Walk) -> Option<impl IntoView> {
    let language = walk.language;
    let on_behalf = walk.detail.with_value(|detail| detail.on_behalf.clone().map(|of| (of, detail.company.clone())));
    on_behalf.map(|(of, company)| {
        // Who changes nothing is not told what becomes of it (P2).
        let noted = walk.may_change.then(|| setting_up::noted(language));
        view! {
            <div class="viewing">
                <Notice tone=Tone::Wait>
                    <strong>{setting_up::banner(language, company, of.partner)}</strong>
                    " "
                    {viewing::access(language, label::access(language, of.access))}
                    " "
                    {noted}
                </Notice>
            </div>
        }
    })
}

/// Why nothing here may be changed, where that is so (P7, L12).
fn read_only(walk: Walk) -> Option<impl IntoView> {
    let language = walk.language;
    let verdict = walk.detail.with_value(|detail| detail.trial.verdict(ActName::FinishSetUp));
    label::because(language, verdict).map(|because| {
        view! {
            <Notice tone=Tone::Warn shape=Shape::Triangle>
                {because} " " {setting_up::read_only(language)}
            </Notice>
        }
    })
}

/// The list of steps. Every one can be gone to, for any may be left for later; what is done of each is
/// what either side did.
fn step_items(walk: Walk) -> Vec<StepItem> {
    let lines = walk.lines();
    let done = |step| {
        walk.detail.with_value(|detail| {
            let of = |task: &SetUpTask| match task {
                SetUpTask::AcceptTerms => SetUpStep::PlanReview,
                SetUpTask::MeetingsSite(_) => SetUpStep::MeetingsSite,
                SetUpTask::PhoneNumbers(_) | SetUpTask::OwnCallControl => SetUpStep::Calling,
                SetUpTask::People => SetUpStep::People,
            };
            match step {
                SetUpStep::Finish => detail.trial.trial.set_up.finished.is_some(),
                step => lines.iter().any(|line| line.done && of(&line.task) == step),
            }
        })
    };
    let item = |step: SetUpStep| StepItem {
        label: label::set_up_step(walk.language, step).to_owned(),
        state: match step {
            current if current == walk.step => StepState::Current,
            other if done(other) => StepState::Done,
            _ => StepState::Ahead,
        },
        href: (step != walk.step).then(|| walk.route(step).path()),
    };
    walk.steps().into_iter().map(item).collect()
}

/// Whether what was typed is kept, said without taking the focus.
fn kept_so_far(open: OpenSetUp, language: Language) -> impl IntoView {
    view! {
        <span class="muted" role="status">
            {move || open.keeping.with(|keeping| match keeping {
                Keeping::Untouched => "",
                Keeping::Saving => setting_up::saving(language),
                Keeping::Saved => setting_up::saved(language),
                Keeping::Failed(_) | Keeping::Clash(_) => setting_up::not_saved(language),
            })}
        </span>
    }
}

/// The ways to the steps beside this one.
fn foot(walk: Walk) -> impl IntoView {
    let language = walk.language;
    let back = walk
        .beside(-1)
        .map(|step| view! { <ButtonLink href=walk.route(step).path()>{ui::back(language)}</ButtonLink> });
    let next = match walk.beside(1) {
        Some(_) => {
            let next = move |_| go_on(walk);
            view! { <Button kind=ButtonKind::Primary on_click=next>{ui::next(language)}</Button> }.into_any()
        }
        // It keeps *Back* in its place.
        None => view! { <span></span> }.into_any(),
    };
    view! { <div class="wizard-foot">{back} {next}</div> }
}

/// Goes on once nothing is wrong with what was typed on the step; what was left empty for later is not
/// wrong (U2).
fn go_on(walk: Walk) {
    let Some(next) = walk.beside(1) else { return };
    if !walk.may_change || walk.step == SetUpStep::People {
        return walk.go(next);
    }
    spawn_local(async move {
        if walk.step == SetUpStep::MeetingsSite {
            walk.form.ask_site().await;
        }
        if walk.problems.try_get_untracked().is_none() {
            // The page was left meanwhile.
            return;
        }
        let problems = walk.form.ask(walk.step);
        walk.announce(problems.len());
        match problems.is_empty() {
            true => walk.go(next),
            false => walk.mend(&problems),
        }
    });
}
