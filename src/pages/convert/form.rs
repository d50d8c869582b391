//! The order: its number and contact, the customer's administrator, and the services in it (C3).

use std::collections::BTreeSet;

use contract::customers::TrialDetail;
use contract::error::ApiError;
use contract::trials::TrialAct;
use leptos::prelude::*;
use rules::act::{ActName, Conversion, ill_formed};
use rules::service::Service;
use rules::verdict::{Because, Refusal, Verdict};
use words::{Language, acting, converting, deeds, label, terms};

use crate::act_dialog::{ActDialog, Asked};
use crate::api::Failure;
use crate::before_after::told;
use crate::heading::PageHeading;
use crate::kept::Place;
use crate::navigation::navigator;
use crate::route::Route;
use crate::session::{session, who};
use crate::status::StatusPill;
use crate::ui::{
    Button, ButtonKind, ButtonLink, CheckboxField, Form, Icon, Notice, Shape, TextField, Tone, move_focus,
};

const NUMBER: &str = "order-number";
const CONTACT: &str = "contact-email";
const ADMINISTRATOR: &str = "trial-administrator";

/// What is converted.
#[derive(Clone, Debug, PartialEq)]
pub struct Of {
    /// The customer's name.
    pub company: String,
    /// What else is known of the customer.
    pub facts: Vec<(String, String)>,
    /// The trial with its verdicts.
    pub detail: TrialDetail,
    /// Where the page leads afterwards.
    pub back: Route,
}

/// What is wrong with the order, and the addresses that may have been meant.
#[derive(Clone, Debug, Default, PartialEq)]
struct Wrong {
    refusals: Vec<Refusal>,
    near: Vec<String>,
}

/// The field under which a refusal stands.
fn field_of(refusal: &Refusal) -> Option<&'static str> {
    match refusal.because {
        Because::NotAnOrderNumber | Because::OrderUsed => Some(NUMBER),
        Because::NotAContact => Some(CONTACT),
        Because::NotItsAdministrator => Some(ADMINISTRATOR),
        Because::NotInTrial => Some("order-service-0"),
        _ => None,
    }
}

/// The form.
#[component]
pub fn Convert(
    /// What is converted.
    of: Of,
    /// Loads the page again.
    again: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Of { company, facts, detail, back } = of;
    let trial = detail.trial.clone();
    let head = view! {
        <div class="page-head">
            <div class="customer-title">
                <PageHeading title=converting::title(language, &company) />
                <StatusPill status=detail.status />
            </div>
            <div class="page-actions">
                <ButtonLink href=back.path()>{converting::back(language)}</ButtonLink>
            </div>
        </div>
    };
    if let Verdict::Blocked(refusal) = detail.verdict(ActName::Convert) {
        return view! {
            {head}
            <div class="stack narrow">
                <Notice tone=Tone::Warn shape=Shape::Triangle announced=true>{label::refusal(language, &refusal)}</Notice>
            </div>
        }
        .into_any();
    }
    let services: Vec<Service> = trial.offer.services();
    let place = StoredValue::new(Place::of(&format!("convert {}", trial.id)));
    let own = who().map(|who| who.person.email).unwrap_or_default();
    let fresh = Conversion {
        order_number: String::new(),
        // One's own address is the advice (C3).
        contact_email: own,
        administrator_email: String::new(),
        services: services.iter().copied().collect(),
        confirmed: false,
    };
    let order = RwSignal::new(place.with_value(Place::kept).unwrap_or(fresh));
    let wrong = RwSignal::new(Wrong::default());
    let change = Callback::new(move |next: Conversion| {
        place.with_value(|place| place.keep(&next));
        order.set(next);
    });
    let asked = RwSignal::new(None::<Asked>);
    let name = company.clone();
    let ask = move || {
        let refusals = order.with_untracked(ill_formed);
        let first = refusals.iter().find_map(field_of);
        wrong.set(Wrong { refusals, near: Vec::new() });
        if let Some(field) = first {
            return move_focus(field);
        }
        let (title, done) = (converting::question(language, &name), converting::converted(language, &name));
        asked.set(Some(Asked {
            lead: vec![converting::devices_stay(language).to_owned()],
            confirm: converting::confirm(language),
            ..Asked::new(TrialAct::Convert(order.get_untracked()), title, deeds::convert(language), done)
        }));
    };
    // What is wrong with the order stands under its field, with all that was typed still there (G3).
    let failed = move |failure: Failure| {
        let Failure::Api(ApiError::Refused { refusal, near, .. }) = failure else { return false };
        let Some(field) = field_of(&refusal) else { return false };
        wrong.set(Wrong { refusals: vec![refusal], near });
        move_focus(field);
        true
    };
    let (navigator, domain) = (navigator(), session().settings.site_domain);
    let done = move |_| {
        place.with_value(Place::forget);
        navigator.go(back.clone());
    };
    let facts =
        facts.into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd><bdi>{value}</bdi></dd> }).collect_view();
    let submit = ask.clone();
    view! {
        {head}
        <Form class="stack edit-form" on_submit=move |()| submit()>
            <section class="panel card stack" aria-labelledby="convert-order">
                <h2 id="convert-order">{converting::step_order(language)}</h2>
                <TextField
                    id=NUMBER
                    label=terms::order_number(language)
                    value=Signal::derive(move || order.with(|order| order.order_number.clone()))
                    on_input=move |order_number| change.run(Conversion { order_number, ..order.get_untracked() })
                    hint=converting::number_hint(language)
                    problem=problem(language, wrong, NUMBER)
                    required=true
                />
                <TextField
                    id=CONTACT
                    label=converting::contact(language)
                    value=Signal::derive(move || order.with(|order| order.contact_email.clone()))
                    on_input=move |contact_email| change.run(Conversion { contact_email, ..order.get_untracked() })
                    hint=converting::contact_hint(language)
                    problem=problem(language, wrong, CONTACT)
                    inputmode=Some("email")
                    required=true
                />
            </section>
            <section class="panel card stack" aria-labelledby="convert-customer">
                <h2 id="convert-customer">{converting::step_customer(language)}</h2>
                <dl class="facts">
                    <dt>{converting::company(language)}</dt>
                    <dd><bdi>{company}</bdi></dd>
                    {facts}
                </dl>
                <TextField
                    id=ADMINISTRATOR
                    label=converting::administrator(language)
                    value=Signal::derive(move || order.with(|order| order.administrator_email.clone()))
                    on_input=move |administrator_email| change.run(Conversion { administrator_email, ..order.get_untracked() })
                    hint=converting::administrator_hint(language)
                    problem=problem(language, wrong, ADMINISTRATOR)
                    inputmode=Some("email")
                    required=true
                />
                {move || near(language, wrong, order, change)}
            </section>
            <section class="panel card stack" aria-labelledby="convert-services">
                <h2 id="convert-services">{converting::step_services(language)}</h2>
                {boxes(language, services, wrong, order, change)}
            </section>
            <div class="wizard-foot">
                <Button kind=ButtonKind::Primary on_click=move |_| ask()>{acting::see(language)}</Button>
            </div>
        </Form>
        <ActDialog
            on=trial.id
            asked=asked
            tell=move |brings| told(language, &domain, &brings)
            on_done=done
            on_failed=failed
            on_over=again
            language=language
        />
    }
    .into_any()
}

/// What is wrong with a field, in words.
fn problem(language: Language, wrong: RwSignal<Wrong>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        wrong.with(|wrong| {
            let refusal = wrong.refusals.iter().find(|refusal| field_of(refusal) == Some(field));
            refusal.map(|refusal| label::refusal(language, refusal))
        })
    })
}

/// The administrators whose addresses are nearest to the typed one; pressing one takes it (C3).
fn near(
    language: Language,
    wrong: RwSignal<Wrong>,
    order: RwSignal<Conversion>,
    change: Callback<Conversion>,
) -> Option<impl IntoView + use<>> {
    let near = Some(wrong.with(|wrong| wrong.near.clone())).filter(|near| !near.is_empty())?;
    let buttons = near
        .into_iter()
        .map(|address| {
            let taken = address.clone();
            let take = move |_| {
                change.run(Conversion { administrator_email: taken.clone(), ..order.get_untracked() });
                wrong.set(Wrong::default());
                move_focus(ADMINISTRATOR);
            };
            view! { <Button on_click=take><bdi>{address}</bdi></Button> }
        })
        .collect_view();
    Some(view! {
        <div class="stack-tight" role="group" aria-label=converting::meant(language)>
            <p>{converting::meant(language)}</p>
            <div class="request-actions">{buttons}</div>
        </div>
    })
}

/// A box for each service of the trial; what is not in the order will be lost.
fn boxes(
    language: Language,
    services: Vec<Service>,
    wrong: RwSignal<Wrong>,
    order: RwSignal<Conversion>,
    change: Callback<Conversion>,
) -> impl IntoView {
    let all: BTreeSet<Service> = services.iter().copied().collect();
    let lost = move || {
        let lost: Vec<Service> = order.with(|order| all.difference(&order.services).copied().collect());
        (!lost.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warn shape=Shape::Triangle>
                    {converting::will_be_lost(language, label::services(language, lost))}
                </Notice>
            }
        })
    };
    let problem = problem(language, wrong, "order-service-0");
    let boxes = services
        .into_iter()
        .enumerate()
        .map(|(place, service)| {
            let tick = move |on: bool| {
                let mut next = order.get_untracked();
                if on {
                    next.services.insert(service);
                } else {
                    next.services.remove(&service);
                }
                change.run(next);
            };
            view! {
                <CheckboxField
                    id=format!("order-service-{place}")
                    label=label::service(language, service)
                    checked=Signal::derive(move || order.with(|order| order.services.contains(&service)))
                    on_change=tick
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby=move || problem.with(Option::is_some).then_some("order-services-problem")>
            <legend class="label">{converting::in_order(language)}</legend>
            {move || problem.get().map(|text| view! { <p class="problem" id="order-services-problem"><Icon shape=Shape::Triangle /><span>{text}</span></p> })}
            <div class="choice-group">{boxes}</div>
        </fieldset>
        <div role="status">{lost}</div>
    }
}
