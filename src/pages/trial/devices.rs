//! The step *Devices*: what is shipped, and where to (N14, D4 to D6).

use leptos::prelude::*;
use rules::clock::Day;
use rules::device::{DeviceType, Shipment};
use rules::draft::{Field, ShipToField};
use rules::text::whole_number;
use rules::trial::ends_on;
use words::{Language, label, wizard};

use super::asked::after_set_up;
use crate::forms::{BoundNumber, BoundText, CountryField, DraftForm, field_id, no_postal_codes};
use crate::ui::{Button, Notice, Tone};

/// The fields of the step.
#[component]
pub fn DevicesStep(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
    /// The backend's day (L1).
    today: Day,
    /// The trials team's address; empty when there is none (G8).
    team: String,
) -> impl IntoView {
    let shippable = form.draft.with_untracked(|draft| draft.shippable().collect::<Vec<_>>());
    let counts = shippable.into_iter().map(|device| ship_count(form, language, device)).collect_view();
    let ships = form.read(|draft| draft.ships());
    let trial_end = form.read(move |draft| ends_on(today, draft.duration));
    let skipped = form.read(|draft| draft.shippable().all(|device| whole_number(draft.ship.get(device)) == Some(0)));
    view! {
        <fieldset class="field">
            <legend class="unseen">{wizard::ship_title(language)}</legend>
            <p class="hint">{wizard::one_shipment(language)}</p>
            <div class="stack">{counts}</div>
        </fieldset>
        <div class="field">
            <Button on_click=move |_| form.change(|draft| draft.skip_shipping())>{wizard::skip_shipping(language)}</Button>
            <p class="hint">{wizard::skip_hint(language)}</p>
            <p role="status">{move || skipped.get().then(|| wizard::skipped(language))}</p>
        </div>
        <Show when=move || ships.get()>{address(form, language, today, trial_end, team.clone())}</Show>
    }
}

pub(super) fn ship_count(form: DraftForm, language: Language, device: DeviceType) -> impl IntoView {
    let licences = form.read(move |draft| whole_number(draft.device_licences.get(device)).unwrap_or(0));
    view! {
        <BoundNumber
            form=form
            field=Field::Ship(device)
            language=language
            label=wizard::ship_count(language, label::device(language, device))
            suffix=Signal::derive(move || Some(wizard::ship_of(language, licences.get())))
            required=true
        />
    }
}

/// The ship-to address, the day the devices stay until, and what is good to know (D5, D6).
pub(super) fn address(
    form: DraftForm,
    language: Language,
    today: Day,
    trial_end: Signal<Day>,
    team: String,
) -> impl IntoView {
    // Lines are called as the chosen country calls them (D5).
    let country = form.read(|draft| draft.ship_to.country);
    let lines = ShipToField::ALL
        .into_iter()
        .map(|line| {
            let field = Field::ShipTo(line);
            let label = Signal::derive(move || label::ship_to(language, line, country.get()).to_owned());
            match line {
                ShipToField::Country => view! {
                    <CountryField
                        id=field_id(field)
                        label=wizard::ship_country(language)
                        language=language
                        value=country
                        on_choose=move |country| form.change(|draft| draft.ship_to.country = country)
                        problem=form.problem(language, field)
                    />
                }
                .into_any(),
                ShipToField::Phone => {
                    view! { <BoundText form=form field=field language=language label=label inputmode="tel" /> }
                        .into_any()
                }
                ShipToField::PostalCode => {
                    let hint = Signal::derive(move || no_postal_codes(language, country.get()));
                    view! { <BoundText form=form field=field language=language label=label hint=hint /> }.into_any()
                }
                ShipToField::ContactName | ShipToField::Company | ShipToField::Street | ShipToField::City => {
                    view! { <BoundText form=form field=field language=language label=label /> }.into_any()
                }
            }
        })
        .collect_view();
    let elsewhere = form.read(|draft| draft.ships_elsewhere());
    // Whoever is asked starts with a set-up that has no day yet (N15).
    let asked = form.read(|draft| draft.asked().is_some());
    let told = move |day: Day| match asked.get() {
        true => after_set_up(language, today, day),
        false => words::date(language, day),
    };
    let end = Signal::derive(move || {
        let trial_end = trial_end.get();
        (trial_end, Shipment::order(DeviceType::DeskPhone, 1, today, trial_end).end)
    });
    view! {
        <fieldset class="field">
            <legend class="label">{wizard::ship_to(language)}</legend>
            <div class="stack">{lines}</div>
            <div role="status">
                {move || elsewhere.get().then(|| view! { <Notice tone=Tone::Warn>{wizard::ship_elsewhere(language)}</Notice> })}
            </div>
        </fieldset>
        <dl class="facts">
            <dt>{wizard::date_end(language)}</dt>
            <dd>{move || told(end.get().0)}</dd>
            <dt>{wizard::device_end(language)}</dt>
            <dd>{move || told(end.get().1)}</dd>
        </dl>
        <p class="hint">
            {wizard::power_none(language)} {(!team.is_empty()).then(|| format!(" {}", wizard::power_hint(language, team)))}
        </p>
    }
}
