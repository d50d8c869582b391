//! The step *Services*: what is tried, by how many, for how long (N8 to N10).

use leptos::prelude::*;
use rules::clock::Day;
use rules::device::DeviceType;
use rules::draft::{Field, Step};
use rules::service::{CallingKind, Duration, LICENCES_MAX, MeetingsOption, Service};
use rules::text::whole_number;
use rules::trial::ends_on;
use rules::verdict::Refusal;
use words::{Language, asking, label, wizard};

use super::request::RequestFields;
use super::ways::Ways;
use crate::forms::{BoundNumber, DraftForm, field_id};
use crate::ui::{CheckboxField, ChoiceCard, Icon, RadioGroup, RadioOption, SelectField, Shape};

/// The fields of the step.
#[component]
pub fn ServicesStep(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
    /// The backend's day (L1).
    today: Day,
    /// Where the wizard leads, and what was found of the address.
    ways: Ways,
) -> impl IntoView {
    let customer_step = ways.address(Step::Customer);
    let asks = form.draft.with_untracked(|draft| draft.asked().is_some());
    let is_new = move || form.draft.with(|draft| form.known.with(|known| known.is_new(draft)));
    view! {
        <Show when=is_new>
            <p>
                {wizard::new_organisation(language)}
                " "
                <a href=customer_step.clone()>{wizard::change_address(language)}</a>
            </p>
        </Show>
        <ServiceFields form=form language=language refused=move |service| ways.refused(service)>
            {duration(form, language, today, asks)}
        </ServiceFields>
        {asks.then(|| view! { <RequestFields form=form language=language /> })}
    }
}

/// The choice of services with their options and licences (N8, N9).
#[component]
pub fn ServiceFields(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
    /// Why a service cannot be offered, where it cannot (N11, X4).
    #[prop(into)]
    refused: Callback<Service, Option<Refusal>>,
    /// What stands beside the licences.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let cards = Service::ALL.into_iter().map(|service| service_card(form, language, service, refused)).collect_view();
    let problem = form.problem(language, Field::Services);
    let asks_licences = form.read(|draft| draft.asks_licences());
    view! {
        <fieldset
            class="field"
            id=field_id(Field::Services)
            aria-describedby=move || problem.with(Option::is_some).then_some("services-problem")
        >
            <legend class="unseen">{wizard::services_title(language)}</legend>
            {move || problem.get().map(|text| view! { <p class="problem" id="services-problem"><Icon shape=Shape::Triangle /><span>{text}</span></p> })}
            <div class="choice-group">{cards}</div>
        </fieldset>
        <div class="pair">
            <Show when=move || asks_licences.get()>
                <div>
                    <BoundNumber
                        form=form
                        field=Field::Licences
                        language=language
                        label=words::terms::licences(language)
                        hint=wizard::licences_hint(language)
                        required=true
                    />
                    {move || resulting(form, language)}
                </div>
            </Show>
            {children.map(|children| children())}
        </div>
    }
}

/// The id of a service's box.
pub fn service_id(service: Service) -> String {
    let place = Service::ALL.into_iter().position(|each| each == service);
    format!("service-{}", place.unwrap_or_default())
}

fn service_card(
    form: DraftForm,
    language: Language,
    service: Service,
    refused: Callback<Service, Option<Refusal>>,
) -> impl IntoView {
    let checked = form.read(move |draft| draft.has(service));
    let choose = move |ticked: bool| {
        form.change(|draft| {
            if ticked {
                draft.services.insert(service)
            } else {
                draft.services.remove(&service)
            };
        });
    };
    // What was chosen and cannot be offered any more can still be taken out (N11, X4).
    let refused = Memo::new(move |_| refused.run(service).map(|refusal| label::refusal(language, &refusal)));
    view! {
        <ChoiceCard
            id=service_id(service)
            problem=Signal::derive(move || refused.get().filter(|_| checked.get()))
            disabled_because=Signal::derive(move || refused.get().filter(|_| !checked.get()))
            label=label::service(language, service)
            sentence=label::service_sentence(language, service)
            checked=checked
            on_change=choose
        >
            {match service {
                Service::Messaging => ().into_any(),
                Service::Meetings => meetings(form, language).into_any(),
                Service::Calling => calling(form, language).into_any(),
                Service::Devices => devices(form, language).into_any(),
            }}
        </ChoiceCard>
    }
}

fn meetings(form: DraftForm, language: Language) -> impl IntoView {
    MeetingsOption::ALL
        .into_iter()
        .map(|option| {
            let field = Field::MeetingsOption(option);
            let choose = move |ticked: bool| {
                form.change(|draft| {
                    if ticked {
                        draft.meetings_options.insert(option)
                    } else {
                        draft.meetings_options.remove(&option)
                    };
                });
            };
            view! {
                <CheckboxField
                    id=field_id(field)
                    label=label::option(language, option)
                    checked=form.read(move |draft| draft.meetings_options.contains(&option))
                    on_change=choose
                    hint=label::option_sentence(language, option)
                    problem=form.problem(language, field)
                />
            }
        })
        .collect_view()
}

fn calling(form: DraftForm, language: Language) -> impl IntoView {
    let kinds = CallingKind::ALL.map(|kind| RadioOption {
        value: kind_value(kind).to_owned(),
        label: label::calling(language, kind).to_owned(),
        hint: label::calling_sentence(language, kind).to_owned(),
    });
    let choose = move |value: String| {
        let kind = CallingKind::ALL.into_iter().find(|kind| kind_value(*kind) == value);
        form.change(|draft| draft.calling = kind);
    };
    let cloud = form.read(|draft| draft.calling == Some(CallingKind::Cloud));
    let numbers = form.read(|draft| draft.phone_numbers());
    view! {
        <RadioGroup
            id=field_id(Field::Calling)
            legend=wizard::calling_kind(language)
            options=kinds.to_vec()
            value=form.read(|draft| draft.calling.map(kind_value).unwrap_or_default().to_owned())
            on_change=choose
            problem=form.problem(language, Field::Calling)
            required=true
        />
        <Show when=move || cloud.get()>
            <div class="pair">
                <BoundNumber form=form field=Field::Locations language=language label=wizard::locations(language) required=true />
                <BoundNumber form=form field=Field::NumberedUsers language=language label=wizard::numbered_users(language) required=true />
            </div>
            <p class="hint" aria-live="polite">
                {move || numbers.get().map(|count| view! { <strong>{wizard::phone_numbers(language, count)}</strong> " " })}
                {wizard::phone_numbers_hint(language)}
            </p>
        </Show>
    }
}

fn kind_value(kind: CallingKind) -> &'static str {
    match kind {
        CallingKind::Cloud => "cloud",
        CallingKind::Hybrid => "hybrid",
    }
}

fn devices(form: DraftForm, language: Language) -> impl IntoView {
    let problem = form.problem(language, Field::Devices);
    let fields = DeviceType::ALL
        .into_iter()
        .map(|device| {
            let hint = if device.is_shippable() {
                wizard::device_hint(language, device.licences_max())
            } else {
                wizard::board_hint(language).to_owned()
            };
            view! {
                <BoundNumber
                    form=form
                    field=Field::DeviceLicences(device)
                    language=language
                    label=label::device(language, device)
                    hint=hint
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby=move || problem.with(Option::is_some).then_some("devices-problem")>
            <legend class="label">{wizard::device_licences(language)}</legend>
            {move || problem.get().map(|text| view! { <p class="problem" id="devices-problem"><Icon shape=Shape::Triangle /><span>{text}</span></p> })}
            <div class="quartet">{fields}</div>
        </fieldset>
    }
}

/// What the one number gives: so many of each service (N9).
fn resulting(form: DraftForm, language: Language) -> impl IntoView {
    let (services, licences) = form.draft.with(|draft| {
        let services: Vec<Service> = draft.services.iter().copied().filter(|service| service.has_licences()).collect();
        (services, whole_number(&draft.licences).filter(|count| (1..=i64::from(LICENCES_MAX)).contains(count)))
    });
    licences.filter(|_| !services.is_empty()).map(|licences| {
        let list: Vec<String> = services
            .into_iter()
            .map(|service| {
                wizard::licences_each(
                    language,
                    words::number(language, licences as u64),
                    label::service(language, service),
                )
            })
            .collect();
        view! { <p class="hint">{wizard::licences_resulting(language)} " " <strong>{list.join(", ")}</strong></p> }
    })
}

/// The duration, with the end date that follows from it (N10).
fn duration(form: DraftForm, language: Language, today: Day, asks: bool) -> impl IntoView {
    let options = Duration::ALL.map(|duration| {
        let days = duration.days();
        (days.to_string(), wizard::duration_days(language, days))
    });
    let chosen = form.read(|draft| draft.duration);
    let choose = move |value: String| {
        if let Some(duration) = value.parse().ok().and_then(Duration::from_days) {
            form.change(|draft| draft.duration = duration);
        }
    };
    let ends = Signal::derive(move || {
        if asks {
            return Some(asking::from_set_up(language, chosen.get().days()));
        }
        let end = ends_on(today, chosen.get());
        Some(wizard::duration_ends(language, words::date(language, end)))
    });
    view! {
        <SelectField
            id="duration"
            label=wizard::duration(language)
            options=options.to_vec()
            value=Signal::derive(move || chosen.get().days().to_string())
            on_change=choose
            hint=ends
        />
    }
}
