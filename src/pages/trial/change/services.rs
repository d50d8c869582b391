//! *Edit*: services, options, licences, locations and devices of a running trial (E4, E5, X10).

use contract::error::ApiError;
use contract::trials::TrialAct;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::act::ActName;
use rules::consequences::Consequences;
use rules::device::DeviceType;
use rules::draft::{Step, TrialDraft};
use rules::eligibility::Eligibility;
use rules::ids::{OrganisationId, TrialId};
use rules::offer::Offer;
use rules::organisation::AccessLevel;
use rules::service::{MeetingsOption, Service};
use rules::trial::Trial;
use rules::verdict::{Because, Problem, Refusal, Remedy, RuleId, Verdict};
use serde::{Deserialize, Serialize};
use words::{Language, acting, editing, label, wizard};

use super::super::devices::{address, ship_count};
use super::super::services::{ServiceFields, service_id};
use super::super::site::SiteStep;
use super::head;
use crate::act_dialog::{ActDialog, Asked};
use crate::api::{self, Failure};
use crate::before_after::{Differences, differences, told};
use crate::forms::{DraftForm, focus_id};
use crate::kept::Place;
use crate::navigation::navigator;
use crate::one_trial::{OneTrial, one_trial, refused};
use crate::reader::language;
use crate::route::Route;
use crate::session::session;
use crate::ui::{Button, ButtonKind, ButtonLink, Form, Notice, Shape, Tone, move_focus};

/// The page on which it is changed what a trial gives.
#[component]
pub fn EditTrial(
    /// The customer.
    customer: OrganisationId,
    /// The trial.
    trial: TrialId,
) -> impl IntoView {
    let language = language();
    one_trial(language, customer, trial, move |one, again| {
        view! { <Edit one=one again=again language=language /> }.into_any()
    })
}

/// What is typed, and what the trial gave when the typing began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Typed {
    draft: TrialDraft,
    base: Offer,
}

#[component]
fn Edit(one: OneTrial, again: Callback<()>, language: Language) -> impl IntoView {
    let (company, customer) = (one.customer.company.clone(), one.customer.id.clone());
    let trial = one.detail.trial.clone();
    let head = head(language, editing::edit_title(language, &company), &one);
    if let Verdict::Blocked(refusal) = one.verdict(ActName::Edit) {
        return view! { {head} <div class="stack narrow">{refused(language, &refusal, &customer, &trial.id)}</div> }
            .into_any();
    }
    let organisation = one.customer.organisation.clone();
    let country = organisation.as_ref().map(|organisation| organisation.country);
    let place = StoredValue::new(Place::of(&format!("edit {}", trial.id)));
    let fresh = Typed { draft: TrialDraft::of_trial(&trial, country), base: trial.offer.clone() };
    let typed = place.with_value(Place::kept).unwrap_or(fresh);
    let base = StoredValue::new(typed.base);
    let draft = RwSignal::new(typed.draft);
    let form = DraftForm {
        draft,
        known: RwSignal::default(),
        asked: RwSignal::default(),
        changed: Callback::new(move |()| {
            let typed = Typed { draft: draft.get_untracked(), base: base.get_value() };
            place.with_value(|place| place.keep(&typed));
        }),
    };
    let offered = eligibility(&customer);
    let granted = organisation
        .and_then(|organisation| organisation.access)
        .filter(|level| *level == AccessLevel::Provisioning)
        .and_then(|_| trial.granted());
    let limits = trial.clone();
    let refused_service = Callback::new(move |service| why_not(service, &limits, granted.as_ref(), &offered.get()));
    let session = session();
    let domain = session.settings.site_domain.clone();
    let asked = RwSignal::new(None::<Asked>);
    let announced = RwSignal::new(0_usize);
    let name = company.clone();
    let has_site = site_of(&trial.offer).is_some();
    let ask = move || {
        announced.set(0);
        let problems = problems(form, has_site);
        if let Some(first) = problems.first() {
            announced.set(problems.len());
            return move_focus(focus_id(first.field));
        }
        let refused = Service::ALL.into_iter().find(|service| {
            draft.with_untracked(|draft| draft.has(*service)) && untrack(|| refused_service.run(*service)).is_some()
        });
        if let Some(service) = refused {
            announced.set(1);
            return move_focus(service_id(service));
        }
        let act = TrialAct::Edit { draft: Box::new(draft.get_untracked()), confirmed: false };
        let (title, done) = (editing::edit_question(language, &name), editing::edited(language, &name));
        let confirm = editing::edit_confirm(language);
        asked.set(Some(Asked { confirm, ..Asked::new(act, title, editing::edit_yes(language), done) }));
    };
    let failed = move |failure: Failure| match failure {
        Failure::Api(ApiError::Invalid { problems }) if !problems.is_empty() => {
            form.learn(&problems);
            announced.set(problems.len());
            move_focus(focus_id(problems[0].field));
            true
        }
        _ => false,
    };
    let navigator = navigator();
    let page = Route::Customer(customer.clone()).path();
    let done = move |_| {
        place.with_value(Place::forget);
        navigator.go(Route::Customer(customer.clone()));
    };
    let reset = move |_| {
        place.with_value(Place::forget);
        again.run(());
    };
    let tell = {
        let domain = domain.clone();
        move |brings: Consequences| {
            let elsewhere = base.with_value(|base| changed_elsewhere(language, &domain, base, &brings));
            view! { {elsewhere} {told(language, &domain, &brings)} }.into_any()
        }
    };
    let submit = ask.clone();
    let id = trial.id.clone();
    view! {
        {head}
        <Form class="stack edit-form" on_submit=move |()| submit()>
            <p class="muted">{editing::edit_lead(language)}</p>
            <div class="unseen" role="status">
                {move || Some(announced.get()).filter(|count| *count > 0).map(|count| wizard::problems_announced(language, count))}
            </div>
            <ServiceFields form=form language=language refused=refused_service />
            {move || {
                // The last service is taken out by cancelling the trial (E4).
                let none = draft.with(|draft| draft.services.is_empty());
                let page = page.clone();
                none.then(|| {
                    view! {
                        <Notice tone=Tone::Warn shape=Shape::Triangle announced=true>
                            <p>{editing::none_left(language)}</p>
                            <ButtonLink href=page>{editing::to_cancel(language)}</ButtonLink>
                        </Notice>
                    }
                })
            }}
            {site(form, &trial, language, domain)}
            {shipping(form, &trial, one.customer.today, language, session.settings.trials_team_email.clone())}
            <div class="wizard-foot">
                <Button on_click=reset>{editing::start_over(language)}</Button>
                <Button kind=ButtonKind::Primary on_click=move |_| ask()>{acting::see(language)}</Button>
            </div>
        </Form>
        <ActDialog
            on=id
            asked=asked
            tell=tell
            on_done=done
            on_failed=failed
            on_over=again
            language=language
        />
    }
    .into_any()
}

/// Whether each service can be offered; nothing while that is not known, for the backend says it
/// again with the preview.
fn eligibility(customer: &OrganisationId) -> RwSignal<Vec<Eligibility>> {
    let offered = RwSignal::new(Vec::new());
    let customer = customer.clone();
    spawn_local(async move {
        if let Ok(list) = api::eligibility_list(&customer).await {
            let _ = offered.try_set(list.services);
        }
    });
    offered
}

/// Why a service cannot be added: it goes beyond what was accepted, or is not free (X10, X4). What
/// the trial gives already stays.
fn why_not(service: Service, trial: &Trial, granted: Option<&Offer>, offered: &[Eligibility]) -> Option<Refusal> {
    if trial.offer.has(service) {
        return None;
    }
    if granted.is_some_and(|granted| !granted.has(service)) {
        let refusal = Refusal::new(RuleId::X10, Because::MoreThanAccepted, Remedy::RequestOrRaise);
        return Some(refusal.service(service));
    }
    offered.iter().find(|each| each.service == service).and_then(|each| each.verdict.require().err())
}

fn site_of(offer: &Offer) -> Option<&rules::offer::Site> {
    offer.meetings.as_ref()?.site.as_ref()
}

/// What is wrong with what is typed. The site that the trial has is its own, and is not judged.
fn problems(form: DraftForm, has_site: bool) -> Vec<Problem> {
    let steps = [Step::Services, Step::MeetingsSite, Step::Devices];
    let applies = form.draft.with_untracked(|draft| draft.steps().collect::<Vec<_>>());
    let steps = steps.into_iter().filter(|step| applies.contains(step) && (*step != Step::MeetingsSite || !has_site));
    steps.flat_map(|step| form.ask(step)).collect()
}

/// The Meetings site: asked with Enterprise edition, and shown where there is one (N12, U2).
fn site(form: DraftForm, trial: &Trial, language: Language, domain: String) -> impl IntoView + use<> {
    let enterprise = form.read(|draft| draft.has_option(MeetingsOption::Enterprise));
    let known = site_of(&trial.offer).map(|site| format!("{}, {}", site.name.host(&domain), site.time_zone));
    move || {
        enterprise.get().then(|| {
            let fields = match known.clone() {
                Some(site) => view! { <p>{site}</p> <p class="hint">{editing::site_stays(language)}</p> }.into_any(),
                None => view! { <SiteStep form=form language=language domain=domain.clone() /> }.into_any(),
            };
            view! {
                <section class="panel card stack" aria-labelledby="edit-site">
                    <h2 id="edit-site">{label::step(language, Step::MeetingsSite)}</h2>
                    {fields}
                </section>
            }
        })
    }
}

/// What is shipped of the types of which nothing was ordered yet (D4, N14).
fn shipping(
    form: DraftForm,
    trial: &Trial,
    today: rules::clock::Day,
    language: Language,
    team: String,
) -> impl IntoView + use<> {
    let end = Signal::stored(trial.end().unwrap_or(today));
    let ordered: Vec<DeviceType> = trial.shipments.iter().map(|shipment| shipment.device).collect();
    let before: Vec<String> =
        trial.shipments.iter().map(|shipment| label::devices(language, shipment.device, shipment.count)).collect();
    let shippable = form.read(|draft| draft.shippable().collect::<Vec<_>>());
    let ships = form.read(|draft| draft.ships());
    move || {
        let types: Vec<DeviceType> = shippable.get().into_iter().filter(|device| !ordered.contains(device)).collect();
        let known = (!before.is_empty() && !shippable.get().is_empty())
            .then(|| view! { <p>{editing::ordered_before(language, before.join(", "))}</p> });
        let asked = (!types.is_empty()).then(|| {
            let team = team.clone();
            view! {
                <p class="hint">{wizard::one_shipment(language)}</p>
                {types.into_iter().map(|device| ship_count(form, language, device)).collect_view()}
                <Show when=move || ships.get()>{address(form, language, today, end, team.clone())}</Show>
            }
        });
        (known.is_some() || asked.is_some()).then(|| {
            view! {
                <section class="panel card stack" aria-labelledby="edit-devices">
                    <h2 id="edit-devices">{wizard::ship_title(language)}</h2>
                    {known}
                    {asked}
                </section>
            }
        })
    }
}

/// That somebody changed the trial since the typing began: saving puts what is typed in place of it.
fn changed_elsewhere(
    language: Language,
    domain: &str,
    base: &Offer,
    brings: &Consequences,
) -> Option<impl IntoView + use<>> {
    let now = &brings.before.as_ref()?.offer;
    let Differences { gone, changed, new } = differences(language, domain, base, now);
    let lines = |title: &'static str, lines: Vec<String>| {
        (!lines.is_empty()).then(|| view! { <p>{title} ": " {lines.join("; ")}</p> })
    };
    (now != base).then(|| {
        view! {
            <Notice tone=Tone::Warn shape=Shape::Triangle announced=true>
                <p>{editing::elsewhere(language)}</p>
                {lines(acting::gone(language), gone)}
                {lines(acting::changed(language), changed)}
                {lines(acting::new(language), new)}
            </Notice>
        }
    })
}
