//! The choice of the Meetings site's time zone (N13).

use leptos::prelude::*;
use rules::draft::Field;
use rules::time_zone::time_zones;
use words::{Language, wizard};

use super::country::list_texts;
use super::{DraftForm, field_id};
use crate::ui::{ComboOption, Combobox, CountryNames};

/// Every zone with its country. The zones of the chosen country come first, for
/// most sites lie where the customer is.
fn options(language: Language, form: DraftForm) -> Vec<ComboOption> {
    let names = CountryNames::new(language.tag());
    let home = form.draft.with_untracked(|draft| draft.place());
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

/// A field to choose the time zone in. It shows the default zone of the country
/// until another one is chosen.
#[component]
pub fn ZoneField(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let value = form.read(|draft| draft.time_zone_name().filter(|name| !name.is_empty()).map(str::to_owned));
    // An emptied field is kept as empty text: no choice would read as the default again.
    let choose = move |zone: Option<String>| form.change(|draft| draft.time_zone = Some(zone.unwrap_or_default()));
    view! {
        <Combobox
            id=field_id(Field::TimeZone)
            label=wizard::time_zone(language)
            options=Signal::stored(options(language, form))
            value=value
            on_change=choose
            texts=list_texts(language)
            hint=wizard::time_zone_hint(language)
            problem=form.problem(language, Field::TimeZone)
            required=true
        />
    }
}
