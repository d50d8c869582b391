//! Text fields that are bound to a line of the draft.

use leptos::prelude::*;
use rules::draft::{Field, ShipToField, TrialDraft};
use words::Language;

use super::{DraftForm, field_id};
use crate::ui::{NumberField, TextArea, TextField};

/// The typed text of a field; `None` for fields that are chosen, not typed.
fn text(draft: &mut TrialDraft, field: Field) -> Option<&mut String> {
    match field {
        Field::CompanyName => Some(&mut draft.company_name),
        Field::AdministratorEmail => Some(&mut draft.administrator_email),
        Field::Locations => Some(&mut draft.locations),
        Field::NumberedUsers => Some(&mut draft.numbered_users),
        Field::DeviceLicences(device) => Some(draft.device_licences.get_mut(device)),
        Field::Licences => Some(&mut draft.licences),
        Field::Words => Some(&mut draft.words),
        Field::SiteName => Some(&mut draft.site_name),
        Field::Ship(device) => Some(draft.ship.get_mut(device)),
        Field::ShipTo(ShipToField::ContactName) => Some(&mut draft.ship_to.contact_name),
        Field::ShipTo(ShipToField::Company) => Some(&mut draft.ship_to.company),
        Field::ShipTo(ShipToField::Street) => Some(&mut draft.ship_to.street),
        Field::ShipTo(ShipToField::PostalCode) => Some(&mut draft.ship_to.postal_code),
        Field::ShipTo(ShipToField::City) => Some(&mut draft.ship_to.city),
        Field::ShipTo(ShipToField::Phone) => Some(&mut draft.ship_to.phone),
        Field::Vertical
        | Field::Country
        | Field::SupportedLocation
        | Field::AskedLocation
        | Field::Services
        | Field::MeetingsOption(_)
        | Field::Calling
        | Field::Devices
        | Field::TimeZone
        | Field::ShipTo(ShipToField::Country)
        // A set-up is a form of its own.
        | Field::SetUp(_) => None,
    }
}

fn value(form: DraftForm, field: Field) -> Signal<String> {
    form.read(move |draft| text(&mut draft.clone(), field).map(|text| text.clone()).unwrap_or_default())
}

fn put(form: DraftForm, field: Field, typed: String) {
    form.change(|draft| {
        if let Some(text) = text(draft, field) {
            *text = typed;
        }
    });
}

/// A line of text of the draft.
#[component]
pub fn BoundText(
    /// The form.
    form: DraftForm,
    /// Which field.
    field: Field,
    /// The reader's language.
    language: Language,
    /// The field's name.
    #[prop(into)]
    label: Signal<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Which keyboard a phone shows.
    #[prop(default = "text")]
    inputmode: &'static str,
) -> impl IntoView {
    view! {
        <TextField
            id=field_id(field)
            label=label
            value=value(form, field)
            on_input=move |typed| put(form, field, typed)
            hint=hint
            problem=form.problem(language, field)
            inputmode=Some(inputmode)
            required=true
        />
    }
}

/// A number of the draft, kept as it was typed.
#[component]
pub fn BoundNumber(
    /// The form.
    form: DraftForm,
    /// Which field.
    field: Field,
    /// The reader's language.
    language: Language,
    /// The field's name.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What stands behind the control.
    #[prop(optional, into)]
    suffix: MaybeProp<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    view! {
        <NumberField
            id=field_id(field)
            label=label
            value=value(form, field)
            on_input=move |typed| put(form, field, typed)
            hint=hint
            problem=form.problem(language, field)
            suffix=suffix
            required=required
        />
    }
}

/// Several lines of text of the draft; they may be empty.
#[component]
pub fn BoundArea(
    /// The form.
    form: DraftForm,
    /// Which field.
    field: Field,
    /// The reader's language.
    language: Language,
    /// The field's name.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// How much of the room is used.
    #[prop(into)]
    count: Signal<String>,
) -> impl IntoView {
    view! {
        <TextArea
            id=field_id(field)
            label=label
            value=value(form, field)
            on_input=move |typed| put(form, field, typed)
            hint=hint
            problem=form.problem(language, field)
            count=count
        />
    }
}
