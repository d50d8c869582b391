//! The step *Customer*: who it is for, and where the data will live (N1 to N6).

use leptos::prelude::*;
use rules::draft::Field;
use rules::organisation::Vertical;
use rules::region::{Availability, Country, Source};
use words::{Language, label, wizard};

use super::map::CountryMap;
use crate::forms::{BoundText, CountryField, DraftForm, field_id};
use crate::ui::{CheckboxField, SelectField};

/// The fields of the step.
#[component]
pub fn CustomerStep(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
    /// The vendor's list of supported locations; empty when there is none (G8).
    locations_url: String,
) -> impl IntoView {
    let verticals =
        Vertical::ALL.map(|vertical| (vertical_value(vertical), label::vertical(language, vertical).to_owned()));
    let vertical = form.read(|draft| draft.vertical.map(vertical_value).unwrap_or_default());
    let choose_vertical = move |value: String| {
        let chosen = Vertical::ALL.into_iter().find(|vertical| vertical_value(*vertical) == value);
        form.change(|draft| draft.vertical = chosen);
    };
    let country = form.read(|draft| draft.country);
    let locations = StoredValue::new(locations_url);
    let offered = move || country.get().is_none_or(|country| country.country().available != Availability::No);
    view! {
        <BoundText form=form field=Field::CompanyName language=language label=wizard::company_name(language) />
        <BoundText
            form=form
            field=Field::AdministratorEmail
            language=language
            label=wizard::administrator_email(language)
            hint=wizard::administrator_email_hint(language)
            inputmode="email"
        />
        <SelectField
            id=field_id(Field::Vertical)
            label=wizard::vertical(language)
            options=verticals.to_vec()
            value=vertical
            on_change=choose_vertical
            placeholder=words::ui::choose(language)
            hint=wizard::vertical_hint(language)
            problem=form.problem(language, Field::Vertical)
            required=true
        />
        <div class="field-with-more">
            <CountryField
                id=field_id(Field::Country)
                label=wizard::country(language)
                language=language
                value=country
                on_choose=move |country| form.change(|draft| draft.choose_country(country))
                hint=wizard::country_hint(language)
                problem=form.problem(language, Field::Country)
            />
            <div aria-live="polite">{move || country.get().map(|country| follows(language, country.country()))}</div>
            <CountryMap language=language />
        </div>
        <Show when=offered>
            <CheckboxField
                id=field_id(Field::SupportedLocation)
                label=wizard::attest(language)
                checked=form.read(|draft| draft.supported_location)
                on_change=move |ticked: bool| form.change(|draft| draft.attest(ticked.then_some(language)))
                hint=wizard::attest_hint(language)
                problem=form.problem(language, Field::SupportedLocation)
                required=true
            >
                <Link url=locations.get_value() text=wizard::attest_list(language) language=language />
            </CheckboxField>
        </Show>
    }
}

/// The region that follows from the country, that it is fixed, and how sure it is (N4, N5).
fn follows(language: Language, country: &'static Country) -> impl IntoView {
    let offered = country.available != Availability::No;
    let inferred = country.source == Source::Inferred;
    offered.then(|| {
        view! {
            <p class="region-follows">
                <strong>{wizard::region_follows(language, label::region(language, country.code.region()))}</strong>
                " "
                {wizard::region_fixed(language)}
                {inferred.then(|| format!(" {}", wizard::region_inferred(language)))}
            </p>
        }
    })
}

/// A link that leaves the console, or nothing where the setting is empty (G8).
#[component]
pub fn Link(
    /// Where it leads.
    url: String,
    /// What it says.
    text: &'static str,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    (!url.is_empty()).then(|| {
        view! {
            <p>
                <a href=url target="_blank" rel="noreferrer">
                    {text} " (" {words::ui::opens_new_tab(language)} ")"
                </a>
            </p>
        }
    })
}

fn vertical_value(vertical: Vertical) -> String {
    let place = Vertical::ALL.into_iter().position(|each| each == vertical);
    place.map(|place| place.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vertical_has_a_value_of_its_own_n3() {
        let mut values: Vec<String> = Vertical::ALL.map(vertical_value).to_vec();
        values.sort();
        values.dedup();
        assert_eq!(values.len(), Vertical::ALL.len());
    }
}
