//! Where the wizard leads, and what stands in the way.

use leptos::prelude::*;
use rules::draft::{Step, TrialDraft};
use rules::ids::OrganisationId;
use rules::verdict::Problem;
use words::{Language, ui, wizard};

use super::OpenDraft;
use crate::api::Failure;
use crate::failure::failed_in_full;
use crate::forms::{DraftForm, focus_id};
use crate::navigation::{Navigator, navigator};
use crate::route::Route;
use crate::ui::{Button, ButtonLink, Notice, Shape, Tone, move_focus};

/// What stands between the person and the next step.
#[derive(Clone, Debug, PartialEq)]
pub enum Hurdle {
    /// A call failed; it can be tried again by the same button.
    Failed(Failure),
    /// The plan is another one than was shown; the new one is shown now.
    OutOfDate,
    /// The draft was saved before, as this customer (N18).
    SavedAlready(OrganisationId),
}

impl Hurdle {
    /// The hurdle in words, with a way out.
    pub fn view(self, language: Language) -> AnyView {
        match self {
            Hurdle::Failed(failure) => view! {
                <Notice tone=Tone::Bad shape=Shape::Triangle>{failed_in_full(language, &failure)}</Notice>
            }
            .into_any(),
            Hurdle::OutOfDate => {
                view! { <Notice tone=Tone::Warn shape=Shape::Triangle>{wizard::out_of_date(language)}</Notice> }
                    .into_any()
            }
            Hurdle::SavedAlready(see) => {
                let route = Route::Customer(see);
                view! {
                    <Notice tone=Tone::Warn shape=Shape::Triangle>
                        <p>{wizard::saved_already(language)}</p>
                        <ButtonLink href=route.path()>{wizard::see_customer(language)}</ButtonLink>
                    </Notice>
                }
                .into_any()
            }
        }
    }
}

/// Where the wizard leads from a step.
#[derive(Clone, Copy)]
pub struct Ways {
    open: StoredValue<OpenDraft>,
    form: DraftForm,
    step: Step,
    navigator: Navigator,
    /// What stands in the way at the moment.
    pub hurdle: RwSignal<Option<Hurdle>>,
    /// How many problems the step has, and how often that was announced.
    problems: RwSignal<(usize, usize)>,
}

impl Ways {
    /// The ways from a step of an open draft.
    pub fn new(open: OpenDraft, form: DraftForm, step: Step) -> Ways {
        Ways {
            open: StoredValue::new(open),
            form,
            step,
            navigator: navigator(),
            hurdle: RwSignal::new(None),
            problems: RwSignal::new((0, 0)),
        }
    }

    fn route(self, step: Step) -> Route {
        Route::Wizard { draft: self.open.with_value(|open| open.id.clone()), step }
    }

    /// The address of a step.
    pub fn address(self, step: Step) -> String {
        self.route(step).path()
    }

    /// Goes to the step after this one, as things stand.
    pub fn next(self) {
        if let Some(step) = self.form.draft.with_untracked(|draft| draft.step_after(self.step)) {
            self.navigator.go(self.route(step));
        }
    }

    /// The button that goes back, where there is a step before this one.
    pub fn back_button(self, language: Language) -> Option<impl IntoView + use<>> {
        let before = move |draft: &TrialDraft| draft.step_before(self.step);
        self.form.draft.with_untracked(before).is_some().then(|| {
            let back = move |_| {
                if let Some(step) = self.form.draft.with_untracked(before) {
                    self.navigator.go(self.route(step));
                }
            };
            view! { <Button on_click=back>{ui::back(language)}</Button> }
        })
    }

    /// Announces how many problems the step has.
    pub fn announce(self, count: usize) {
        self.problems.update(|(problems, times)| {
            *problems = count;
            *times += 1;
        });
    }

    /// The announcement. Every second one ends with a character of no width, for
    /// the same text twice would be read once.
    pub fn announcement(self, language: Language) -> Option<String> {
        let (count, times) = self.problems.get();
        let end = if times % 2 == 0 { "\u{200B}" } else { "" };
        (count > 0).then(|| format!("{}{end}", wizard::problems_announced(language, count)))
    }

    /// Puts the focus on the first problem, on whichever step it stands, and says
    /// how many there are (N7).
    pub fn mend(self, problems: &[Problem]) {
        let Some(first) = problems.first() else { return };
        let step = TrialDraft::step_of(first.field);
        if step == self.step {
            self.announce(problems.len());
            move_focus(focus_id(first.field));
        } else {
            self.open.with_value(|open| open.focus_next(first.field, problems.len()));
            self.navigator.go(self.route(step));
        }
    }
}
