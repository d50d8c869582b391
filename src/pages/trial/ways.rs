//! Where the wizard leads, and what stands in the way.

use contract::error::ApiError;
use contract::trials::{ExistingOrganisation, LookUpAnswer};
use leptos::prelude::*;
use rules::draft::email;
use rules::draft::{Step, TrialDraft};
use rules::ids::OrganisationId;
use rules::region::Availability;
use rules::service::Service;
use rules::verdict::{Problem, Refusal, Remedy};
use words::{Language, asking, label, ui, wizard};

use super::OpenDraft;
use super::open::Found;
use crate::api::Failure;
use crate::failure::failed_in_full;
use crate::forms::{DraftForm, focus_id};
use crate::navigation::{Navigator, navigator};
use crate::previewed::reason;
use crate::route::Route;
use crate::ui::{Button, ButtonLink, Notice, Shape, Tone, move_focus};

/// What stands between the person and the next step.
#[derive(Clone, Debug, PartialEq)]
pub enum Hurdle {
    /// A call failed; it can be tried again by the same button.
    Failed(Failure),
    /// The plan is another one than was shown; both are shown now (E6).
    OutOfDate {
        /// Whether it is a request.
        asks: bool,
        /// Whether the day turned, or else a fact is another one.
        day_turned: bool,
    },
    /// The draft was saved before (N18).
    SavedAlready(SavedAs),
    /// Something changed since the organisation was looked up; the call that met it failed so.
    Changed(Failure),
    /// The address leads elsewhere (X1).
    Leads(Box<LookUpAnswer>),
}

/// What became of a draft that was saved before, by another tab or click (N18).
#[derive(Clone, Debug, PartialEq)]
pub struct SavedAs {
    customer: OrganisationId,
    /// Whether it was sent as a request (X3).
    request: bool,
}

impl SavedAs {
    /// What a refusal says of it; `None` for every other failure.
    pub fn told_by(failure: &Failure) -> Option<SavedAs> {
        match failure {
            Failure::Api(ApiError::Refused { refusal, see: Some(customer), .. }) => {
                Some(SavedAs { customer: customer.clone(), request: refusal.remedy == Remedy::SeeRequest })
            }
            _ => None,
        }
    }
}

impl Hurdle {
    /// The hurdle in words, with a way out.
    pub fn view(self, language: Language) -> AnyView {
        match self {
            Hurdle::Failed(failure) => view! {
                <Notice tone=Tone::Bad shape=Shape::Triangle>{failed_in_full(language, &failure)}</Notice>
            }
            .into_any(),
            Hurdle::OutOfDate { asks, day_turned } => {
                let why = reason(language, day_turned, false);
                let text = if asks { asking::out_of_date(language) } else { wizard::out_of_date(language) };
                view! {
                    <Notice tone=Tone::Warn shape=Shape::Triangle>
                        {why} " " {text}
                    </Notice>
                }
                .into_any()
            }
            Hurdle::Changed(failure) => {
                // A service that cannot be asked for any more says so itself.
                let because = match &failure {
                    Failure::Api(ApiError::Refused { refusal, .. }) => refusal.service.map_or_else(
                        || failed_in_full(language, &failure),
                        |service| asking::left_out(language, label::service(language, service)),
                    ),
                    _ => String::new(),
                };
                view! {
                    <Notice tone=Tone::Warn shape=Shape::Triangle>
                        {asking::changed(language)} " " {because}
                    </Notice>
                }
                .into_any()
            }
            Hurdle::Leads(answer) => leads(language, *answer),
            Hurdle::SavedAlready(SavedAs { customer, request }) => {
                let route = Route::Customer(customer);
                let text = if request { asking::sent_already(language) } else { wizard::saved_already(language) };
                view! {
                    <Notice tone=Tone::Warn shape=Shape::Triangle>
                        <p>{text}</p>
                        <ButtonLink href=route.path()>{wizard::see_customer(language)}</ButtonLink>
                    </Notice>
                }
                .into_any()
            }
        }
    }
}

/// What an address leads to that is neither nobody's nor to be asked (X1, P2, P4).
fn leads(language: Language, answer: LookUpAnswer) -> AnyView {
    let (text, way) = match answer {
        LookUpAnswer::Managed { customer } => {
            let text = asking::managed(language).to_owned();
            let add = view! { <ButtonLink href=Route::AddTrial(customer.clone()).path()>{words::terms::add(language)}</ButtonLink> };
            let see = view! { <ButtonLink href=Route::Customer(customer).path()>{wizard::see_customer(language)}</ButtonLink> };
            return view! {
                <Notice tone=Tone::Warn shape=Shape::Triangle>
                    <p>{text}</p>
                    {add} " " {see}
                </Notice>
            }
            .into_any();
        }
        LookUpAnswer::RequestOpen { customer } => {
            (asking::request_open(language).to_owned(), Some((customer, asking::see_request(language))))
        }
        LookUpAnswer::NotYours { in_charge: Some(name) } => (asking::not_yours(language, name), None),
        LookUpAnswer::NotYours { in_charge: None } => (asking::not_yours_unassigned(language).to_owned(), None),
        LookUpAnswer::NotACustomer => (asking::not_a_customer(language).to_owned(), None),
        LookUpAnswer::New | LookUpAnswer::OwnOrganisation | LookUpAnswer::Existing(_) => return ().into_any(),
    };
    let way = way.map(|(customer, name)| {
        let route = Route::Customer(customer);
        view! { <ButtonLink href=route.path()>{name}</ButtonLink> }
    });
    view! {
        <Notice tone=Tone::Warn shape=Shape::Triangle>
            <p>{text}</p>
            {way}
        </Notice>
    }
    .into_any()
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
    /// What the address was found to be, as it was told last.
    pub found: RwSignal<Found>,
    /// How many problems the step has, and how often that was announced.
    problems: RwSignal<(usize, usize)>,
}

impl Ways {
    /// The ways from a step of an open draft.
    pub fn new(open: OpenDraft, form: DraftForm, step: Step) -> Ways {
        Ways {
            form,
            step,
            navigator: navigator(),
            hurdle: RwSignal::new(open.take_hurdle()),
            found: open.found.clone().into(),
            open: StoredValue::new(open),
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

    /// What was found of the address that is typed now.
    fn answer<T>(self, read: impl FnOnce(&LookUpAnswer) -> Option<T>) -> Option<T> {
        let address = self.form.draft.with(|draft| email(&draft.administrator_email)).ok()?;
        self.found.with(|found| found.as_ref().filter(|(of, _)| *of == address).and_then(|(_, answer)| read(answer)))
    }

    /// The organisation that is asked, once it was looked up.
    pub fn organisation(self) -> Option<ExistingOrganisation> {
        self.answer(|answer| match answer {
            LookUpAnswer::Existing(organisation) => Some((**organisation).clone()),
            _ => None,
        })
    }

    /// What leads away from the wizard, where the address does.
    pub fn leads_away(self) -> Option<Hurdle> {
        self.answer(|answer| match answer {
            LookUpAnswer::New | LookUpAnswer::OwnOrganisation | LookUpAnswer::Existing(_) => None,
            other => Some(Hurdle::Leads(Box::new(other.clone()))),
        })
    }

    /// Why the organisation cannot be asked, in full; nothing where it can, or where that
    /// is not known yet (X2, X14).
    pub fn cannot_ask(self, language: Language) -> Option<String> {
        let organisation = self.organisation()?;
        if organisation.country.country().available == Availability::No {
            return Some(asking::not_offered(language, crate::forms::country_name(language, organisation.country)));
        }
        label::because(language, organisation.may_ask)
    }

    /// Why a service cannot be offered to the organisation that is asked (N11, X4).
    pub fn refused(self, service: Service) -> Option<Refusal> {
        self.answer(|answer| match answer {
            LookUpAnswer::Existing(organisation) => organisation
                .services
                .iter()
                .find(|each| each.service == service)
                .and_then(|each| each.verdict.require().err()),
            _ => None,
        })
    }

    /// The first chosen service that cannot be offered.
    pub fn chosen_and_refused(self) -> Option<Service> {
        let chosen = self.form.draft.with(|draft| draft.services.clone());
        chosen.into_iter().find(|service| self.refused(*service).is_some())
    }

    /// Whether something beside its fields is in the way on a step: no step behind it is
    /// reached then.
    pub fn is_blocked(self, step: Step) -> bool {
        match step {
            Step::Customer => self.leads_away().is_some(),
            Step::ConfirmOrganisation => self.cannot_ask(Language::default()).is_some(),
            Step::Services => self.chosen_and_refused().is_some(),
            Step::MeetingsSite | Step::Devices | Step::Review => false,
        }
    }

    /// Goes to another step, where something stands in the way.
    pub fn meet(self, step: Step, hurdle: Hurdle) {
        self.open.with_value(|open| open.hurdle_next(hurdle));
        self.navigator.go(self.route(step));
    }

    /// Leaves the wizard for a customer's page: the request was sent.
    pub fn leave_for(self, customer: OrganisationId) {
        self.navigator.go(Route::Customer(customer));
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
