//! The choice of the Meetings site's time zone (N13).

use leptos::prelude::*;
use rules::draft::Field;
use rules::region::CountryCode;
use rules::time_zone::time_zones;
use words::{Language, wizard};

use super::country::list_texts;
use super::field_id;
use crate::ui::{ComboOption, Combobox, CountryNames};

/// Every zone with its country. The zones of the chosen country come first, for
/// most sites lie where the customer is.
fn options(language: Language, home: Option<CountryCode>) -> Vec<ComboOption> {
    let names = CountryNames::new(language.tag());
    let mut zones: Vec<_> = time_zones().iter().collect();
    zones.sort_by_key(|zone| (Some(zone.country) != home, zone.name));
    zones
        .into_iter()
        .map(|zone| ComboOption {
            value: zone.name.to_owned(),
            label: zone.name.to_owned(),
            detail: names.of(zone.country.as_str()).unwrap_or_else(|| zone.country.country().english.to_owned()),
            refused: None,
        })
        .collect()
}

/// A field to choose the time zone in.
#[component]
pub fn ZoneField(
    /// The country whose zones come first.
    home: Option<CountryCode>,
    /// The zone that is chosen.
    #[prop(into)]
    value: Signal<Option<String>>,
    /// Takes the zone; `None` for a field that was emptied.
    #[prop(into)]
    on_choose: Callback<Option<String>>,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    view! {
        <Combobox
            id=field_id(Field::TimeZone)
            label=wizard::time_zone(language)
            options=Signal::stored(options(language, home))
            value=value
            on_change=on_choose
            texts=list_texts(language)
            hint=wizard::time_zone_hint(language)
            problem=problem
            required=true
        />
    }
}
