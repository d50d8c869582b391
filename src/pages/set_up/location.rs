//! A location of Cloud calling: its address, PSTN provider and numbers, or nothing yet (U2).

use leptos::prelude::*;
use rules::draft::Field;
use rules::set_up::{LocationDraft, LocationField, SetUpField, SetUpStep};
use words::{label, setting_up};

use super::step::Walk;
use crate::forms::{CountryField, country_name, field_id, no_postal_codes};
use crate::ui::{Button, ButtonKind, Icon, Shape, TextArea, TextField, move_focus};

/// A location, folded until it is opened: there are up to 50.
#[component]
pub fn Location(
    /// What the step is drawn from.
    walk: Walk,
    /// Its place, counted from 0.
    at: u16,
) -> impl IntoView {
    let (language, form) = (walk.language, walk.form);
    let place = usize::from(at);
    let number = u32::from(at) + 1;
    let name =
        form.read(move |draft| draft.locations.get(place).map(|each| each.name.trim().to_owned()).unwrap_or_default());
    let blank = form.read(move |draft| draft.locations.get(place).is_none_or(LocationDraft::is_blank));
    let of_this = move |field: Field| matches!(field, Field::SetUp(SetUpField::Location(of, _)) if of == at);
    let wrong =
        Memo::new(move |_| form.check(SetUpStep::Calling).into_iter().filter(|problem| of_this(problem.field)).count());
    let asked = Memo::new(move |_| form.asked.with(|asked| asked.iter().any(|field| of_this(*field))));
    // The first one shows what is asked; one with a problem shows it.
    let open = RwSignal::new(at == 0 || (wrong.get_untracked() > 0 && asked.get_untracked()));
    Effect::new(move |_| {
        if wrong.get() > 0 && asked.get() {
            open.set(true);
        }
    });
    let title = move || match name.get() {
        name if name.is_empty() => setting_up::location(language, number),
        name => setting_up::location_named(language, name, number),
    };
    let standing = move || match (blank.get(), wrong.get()) {
        (true, _) => setting_up::location_later(language).to_owned(),
        (false, 0) => setting_up::location_whole(language).to_owned(),
        (false, count) => setting_up::location_part(language, count),
    };
    let fields_id = format!("location-{at}");
    let controls = fields_id.clone();
    view! {
        <section class="panel card location">
            <h3>
                <button
                    type="button"
                    class="location-fold"
                    id=format!("{fields_id}-fold")
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=controls
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <span>{title}</span>
                    <span class="muted">{standing} <Icon shape=Shape::Down /></span>
                </button>
            </h3>
            <div id=fields_id hidden=move || !open.get()>
                {move || open.get().then(|| match walk.may_change {
                    true => view! { <Fields walk=walk at=at blank=blank /> }.into_any(),
                    false => told(walk, place).into_any(),
                })}
            </div>
        </section>
    }
}

#[component]
fn Fields(walk: Walk, at: u16, blank: Signal<bool>) -> impl IntoView {
    let (language, form) = (walk.language, walk.form);
    let place = usize::from(at);
    let fields = LocationField::ALL.map(|part| field(walk, at, part));
    let empty = move |_| {
        form.asked.update(|asked| {
            asked.retain(|field| !matches!(field, Field::SetUp(SetUpField::Location(of, _)) if *of == at))
        });
        form.change(|draft| *draft.location_mut(place) = LocationDraft::default());
        move_focus(field_id(Field::SetUp(SetUpField::Location(at, LocationField::Name))));
    };
    view! {
        <div class="stack location-fields">
            <div class="pair">{fields.into_iter().collect_view()}</div>
            {move || (!blank.get()).then(|| view! {
                <div>
                    <Button kind=ButtonKind::Quiet on_click=empty>
                        {setting_up::empty_location(language, u32::from(at) + 1)}
                    </Button>
                </div>
            })}
        </div>
    }
}

/// A field of it.
fn field(walk: Walk, at: u16, part: LocationField) -> AnyView {
    let (language, form) = (walk.language, walk.form);
    let place = usize::from(at);
    let field = Field::SetUp(SetUpField::Location(at, part));
    let country = form.read(move |draft| draft.locations.get(place).and_then(|each| each.country));
    // Lines are called as the chosen country calls them (D5).
    let name = Signal::derive(move || label::location_field(language, part, country.get()).to_owned());
    let problem = form.problem(language, field);
    let value =
        form.read(move |draft| draft.locations.get(place).map(|each| each.text(part).to_owned()).unwrap_or_default());
    let put = move |text: String| form.change(|draft| draft.location_mut(place).put(part, text));
    match part {
        LocationField::Country => view! {
            <CountryField
                id=field_id(field)
                label=name.get_untracked()
                language=language
                value=country
                on_choose=move |country| form.change(|draft| draft.location_mut(place).country = country)
                problem=problem
            />
        }
        .into_any(),
        LocationField::Numbers => view! {
            <TextArea
                id=field_id(field)
                label=name
                value=value
                on_input=put
                hint=setting_up::numbers_hint(language)
                problem=problem
            />
        }
        .into_any(),
        _ => {
            let hint = move || match part {
                LocationField::Provider => Some(setting_up::provider_hint(language).to_owned()),
                LocationField::PostalCode => no_postal_codes(language, country.get()),
                _ => None,
            };
            view! {
                <TextField
                    id=field_id(field)
                    label=name
                    value=value
                    on_input=put
                    hint=MaybeProp::derive(hint)
                    problem=problem
                />
            }
            .into_any()
        }
    }
}

/// What is there, for whoever changes nothing.
fn told(walk: Walk, place: usize) -> impl IntoView {
    let language = walk.language;
    let location = walk.form.draft.with(|draft| draft.locations.get(place).cloned()).unwrap_or_default();
    let rows = LocationField::ALL.map(|part| {
        let value = match part {
            LocationField::Country => location.country.map(|code| country_name(language, code)).unwrap_or_default(),
            text => location.text(text).to_owned(),
        };
        let value = if value.is_empty() { setting_up::nothing_typed(language).to_owned() } else { value };
        view! {
            <dt>{label::location_field(language, part, location.country)}</dt>
            <dd><bdi class="own-words">{value}</bdi></dd>
        }
    });
    view! { <dl class="facts">{rows.into_iter().collect_view()}</dl> }
}
