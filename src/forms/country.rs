//! The choice of a country, by typing in the reader's language (N4).

use leptos::prelude::*;
use rules::postal::{PostalName, postal_name};
use rules::region::{Availability, CountryCode, countries};
use words::{Language, label, ui, wizard};

use crate::ui::{ComboOption, Combobox, ComboboxTexts, CountryNames, order_by_name};

/// The name of a country in the reader's language; the English one where the
/// browser knows none.
pub fn country_name(language: Language, country: CountryCode) -> String {
    CountryNames::new(language.tag()).of(country.as_str()).unwrap_or_else(|| country.country().english.to_owned())
}

/// What to type for a postal code where a country has none (D5).
pub fn no_postal_codes(language: Language, country: Option<CountryCode>) -> Option<String> {
    let none = country.filter(|country| postal_name(*country) == PostalName::Nothing);
    none.map(|country| wizard::no_postal_codes(language, country_name(language, country)))
}

/// What a searchable list says beside its options.
pub fn list_texts(language: Language) -> ComboboxTexts {
    ComboboxTexts {
        open: ui::show_options(language).to_owned(),
        none: ui::no_options(language).to_owned(),
        count: Callback::new(move |count: usize| ui::options(language, count)),
    }
}

/// Every country with its region; those where the services are not offered say
/// so and cannot be chosen (N6).
fn options(language: Language) -> Vec<ComboOption> {
    let names = CountryNames::new(language.tag());
    let mut options: Vec<ComboOption> = countries()
        .iter()
        .map(|country| {
            let offered = country.available != Availability::No;
            let detail =
                if offered { label::region(language, country.region) } else { wizard::country_not_offered(language) };
            ComboOption {
                value: country.code.to_string(),
                label: names.of(country.code.as_str()).unwrap_or_else(|| country.english.to_owned()),
                detail: detail.to_owned(),
                refused: (!offered).then(|| words::problems::not_offered_there(language).to_owned()),
            }
        })
        .collect();
    order_by_name(language.tag(), &mut options, |option| &option.label);
    options
}

/// A field to choose a country in.
#[component]
pub fn CountryField(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The field's name.
    #[prop(into)]
    label: String,
    /// The reader's language.
    language: Language,
    /// The chosen country.
    #[prop(into)]
    value: Signal<Option<CountryCode>>,
    /// Takes the chosen country.
    #[prop(into)]
    on_choose: Callback<Option<CountryCode>>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let options = options(language);
    let choose = move |code: Option<String>| on_choose.run(code.as_deref().and_then(CountryCode::new));
    view! {
        <Combobox
            id=id
            label=label
            options=Signal::stored(options)
            value=Signal::derive(move || value.get().map(|country| country.to_string()))
            on_change=choose
            texts=list_texts(language)
            hint=hint
            problem=problem
            required=true
        />
    }
}
