//! The step *Meetings site*: its name and its time zone (N12, N13).

use leptos::prelude::*;
use rules::draft::Field;
use rules::region::CountryCode;
use rules::site::SiteName;
use rules::time_zone::time_zone;
use words::{Language, label, wizard};

use crate::api;
use crate::forms::{DraftForm, ZoneField};
use crate::site_name::{SiteNameField, site_is_taken};
use crate::ui::{Notice, Tone};

/// The fields of the step.
#[component]
pub fn SiteStep(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
    /// The platform's site domain.
    domain: String,
) -> impl IntoView {
    // An emptied zone is kept as empty text: no choice would read as the default again.
    let choose = move |zone: Option<String>| form.change(|draft| draft.time_zone = Some(zone.unwrap_or_default()));
    view! {
        <SiteNameField
            value=form.read(|draft| draft.site_name.clone())
            on_input=move |typed: String| form.change(|draft| draft.site_name = typed)
            problem=form.problem(language, Field::SiteName)
            known=Signal::derive(move || form.known.with(|known| known.site.clone()))
            on_known=move |found| form.known.update(|known| known.site = Some(found))
            domain=domain
            language=language
        />
        <ZoneField
            home=form.draft.with_untracked(|draft| draft.place())
            value=form.read(|draft| draft.time_zone_name().filter(|name| !name.is_empty()).map(str::to_owned))
            on_choose=choose
            problem=form.problem(language, Field::TimeZone)
            language=language
        />
        <div role="status">{move || elsewhere(form, language)}</div>
    }
}

/// Asks the backend whether a name is free, and keeps the answer with the form.
pub async fn ask(form: DraftForm, name: &SiteName) -> Result<(), api::Failure> {
    let found = Some((name.as_str().to_owned(), site_is_taken(name).await?));
    // The page may have been left while the answer was on its way.
    let _ = form.known.try_update(|known| known.site = found);
    Ok(())
}

/// A warning where the zone lies in another region than the data (N13).
fn elsewhere(form: DraftForm, language: Language) -> Option<impl IntoView> {
    let (zone, region) = form.draft.with(|draft| {
        let zone = draft.time_zone_is_elsewhere().then(|| draft.time_zone_name().and_then(time_zone)).flatten();
        (zone, draft.country.map(CountryCode::region))
    });
    let (zone, region) = (zone?, region?);
    let text = wizard::time_zone_elsewhere(
        language,
        label::region(language, region),
        label::region(language, zone.country.region()),
    );
    Some(view! { <Notice tone=Tone::Warn>{text}</Notice> })
}
