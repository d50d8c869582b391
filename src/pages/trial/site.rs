//! The step *Meetings site*: its name and its time zone (N12, N13).

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::Field;
use rules::region::CountryCode;
use rules::site::SiteName;
use rules::time_zone::time_zone;
use words::{Language, label, wizard};

use crate::api;
use crate::forms::{BoundText, DraftForm, ZoneField};
use crate::ui::{Notice, Tone};

/// How long typing has to pause before the name is asked about.
const PAUSE: Duration = Duration::from_millis(400);

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
    let name = form.read(|draft| SiteName::parse(&draft.site_name).ok());
    let unanswered = RwSignal::new(false);
    ask_while_typing(form, name, unanswered);
    let known = move |name: &SiteName| {
        form.known.with(|known| known.site.as_ref().filter(|(of, _)| of == name.as_str()).map(|(_, taken)| *taken))
    };
    let standing = {
        let domain = domain.clone();
        move || {
            let name = name.get()?;
            match known(&name) {
                None if unanswered.get() => Some(wizard::site_unchecked(language).to_owned()),
                None => Some(wizard::site_checking(language).to_owned()),
                Some(false) => Some(wizard::site_free(language, name.host(&domain))),
                // That it is taken stands under the field once it was asked, and here until then.
                Some(true) => {
                    let shown = form.asked.with(|asked| asked.contains(&Field::SiteName));
                    (!shown).then(|| words::problems::site_taken(language).to_owned())
                }
            }
        }
    };
    let hint = {
        let domain = domain.clone();
        Signal::derive(move || {
            let host = name.get().map_or_else(|| format!("NAME.{domain}"), |name| name.host(&domain));
            Some(wizard::site_hint(language, host))
        })
    };
    view! {
        <BoundText
            form=form
            field=Field::SiteName
            language=language
            label=wizard::site_url(language)
            hint=hint
            suffix=format!(".{domain}")
        />
        <p class="hint" role="status">{standing}</p>
        <ZoneField form=form language=language />
        <div role="status">{move || elsewhere(form, language)}</div>
    }
}

/// Asks the backend about the name once typing pauses (N12). An answer about an
/// older name is kept with that name and says nothing about the present one.
fn ask_while_typing(form: DraftForm, name: Signal<Option<SiteName>>, unanswered: RwSignal<bool>) {
    Effect::new(move |_| {
        let Some(name) = name.get() else { return };
        let asked = form.known.with_untracked(|known| known.site.as_ref().is_some_and(|(of, _)| of == name.as_str()));
        if asked {
            return;
        }
        let later = move || {
            let current = form.draft.try_with_untracked(|draft| SiteName::parse(&draft.site_name).ok());
            if current.flatten().as_ref() == Some(&name) {
                spawn_local(async move {
                    let answer = ask(form, &name).await;
                    let _ = unanswered.try_set(answer.is_err());
                });
            }
        };
        set_timeout(later, PAUSE);
    });
}

/// Asks the backend whether a name is free, and keeps the answer with the form.
pub async fn ask(form: DraftForm, name: &SiteName) -> Result<(), api::Failure> {
    let answer = api::site_name_check(name.as_str()).await?;
    let found = Some((name.as_str().to_owned(), !answer.free));
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
