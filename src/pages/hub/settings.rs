//! The settings of the organisation: its name, the language of its mails, and its region, which stays
//! (H7).

use contract::error::ApiError;
use contract::hub::{Hub, HubSettings};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::text::is_line;
use rules::verdict::Verdict;
use words::{Language, frame, label, organisation, people, terms, ui};

use super::whose::Of;
use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::session::visit;
use crate::ui::{Button, ButtonKind, CountryNames, Notice, SelectField, Shape, TextField, Toasts, Tone, move_focus};

const NAME: &str = "organisation-name";
/// How often the settings are saved from a newer version by themselves, where only other things
/// changed there.
const ATTEMPTS: usize = 4;

/// The page.
#[component]
pub fn Settings(
    /// The hub.
    hub: Hub,
    /// Whose it is.
    of: Of,
    /// Loads it again.
    again: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let code = hub.country.as_str().to_owned();
    let country = CountryNames::new(language.tag()).of(&code).unwrap_or(code);
    let region = label::region(language, hub.region);
    let form = match hub.may_manage {
        Verdict::Allowed => view! { <Form hub=hub of=of again=again language=language /> }.into_any(),
        Verdict::Blocked(refusal) => {
            let because = label::refusal(language, &refusal);
            view! {
                <dl class="facts">
                    <dt>{organisation::name(language)}</dt>
                    <dd>
                        <bdi>{hub.name}</bdi>
                    </dd>
                    <dt>{organisation::language(language)}</dt>
                    <dd>{language_name(language, hub.language)}</dd>
                </dl>
                <div>
                    <Button
                        kind=ButtonKind::Primary
                        disabled_because=Signal::stored(Some(because))
                        on_click=|_| {}
                    >
                        {ui::save(language)}
                    </Button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <div class="page-head"><PageHeading title=organisation::title(language).to_owned() /></div>
        <div class="stack hub">
            <section class="panel card stack" aria-label=organisation::title(language)>
                {form}
            </section>
            <section class="panel card" aria-label=terms::data_residency_region(language)>
                <dl class="facts">
                    <dt>{organisation::country(language)}</dt>
                    <dd>{country}</dd>
                    <dt>{terms::data_residency_region(language)}</dt>
                    <dd>{region} <span class="under">{organisation::region_fixed(language)}</span></dd>
                </dl>
            </section>
        </div>
    }
}

/// Each language is named in itself, as in the menu of the frame.
fn language_name(reader: Language, language: Language) -> &'static str {
    match language {
        Language::En => frame::english(reader),
        Language::Nl => frame::dutch(reader),
    }
}

#[component]
fn Form(hub: Hub, of: Of, again: Callback<()>, language: Language) -> impl IntoView {
    let (toasts, visit, navigator) = (expect_context::<Toasts>(), visit(), navigator());
    let own = of.is_none();
    let of = StoredValue::new(of);
    let known = RwSignal::new((HubSettings { name: hub.name.clone(), language: hub.language }, hub.version));
    let (name, chosen) = (RwSignal::new(hub.name), RwSignal::new(hub.language));
    let problem = RwSignal::new(None::<String>);
    let meanwhile = RwSignal::new(None::<String>);
    let failed = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let key = StoredValue::new(Key::new());
    let save = move |_| {
        failed.set(None);
        let wanted = HubSettings { name: name.get_untracked(), language: chosen.get_untracked() };
        if !is_line(&wanted.name) {
            problem.set(Some(people::name_bad(language).to_owned()));
            move_focus(NAME);
            return;
        }
        problem.set(None);
        busy.set(true);
        spawn_local(async move {
            let before = known.get_untracked();
            let renamed = wanted.name.trim() != before.0.name;
            let outcome = save(&of.get_value(), &wanted, before, key).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(hub) => {
                    toasts.good(organisation::saved(language));
                    meanwhile.set(None);
                    key.set_value(Key::new());
                    name.set(hub.name.clone());
                    known.set((HubSettings { name: hub.name, language: hub.language }, hub.version));
                    if renamed {
                        // The name stands around the page as well, which is drawn anew.
                        navigator.arrive_again();
                        if own { visit.look() } else { again.run(()) }
                    }
                }
                Err(Trouble::Meanwhile(now, version)) => {
                    let spoken = language_name(language, now.language);
                    meanwhile.set(Some(organisation::meanwhile(language, &now.name, spoken)));
                    known.set((now, version));
                }
                Err(Trouble::Failed(failure)) => {
                    if matches!(failure, Failure::Api(_)) {
                        key.set_value(Key::new());
                    }
                    failed.set(Some(failed_in_full(language, &failure)));
                }
            }
        });
    };
    let languages = Language::ALL.map(|each| (each.name().to_owned(), language_name(language, each).to_owned()));
    view! {
        <div role="status">
            {move || {
                meanwhile.get().map(|text| view! { <Notice tone=Tone::Warn shape=Shape::Triangle>{text}</Notice> })
            }}
        </div>
        <TextField
            id=NAME
            label=organisation::name(language).to_owned()
            value=name
            on_input=move |text| name.set(text)
            problem=problem
            required=true
        />
        <SelectField
            id="organisation-language"
            label=organisation::language(language).to_owned()
            hint=organisation::language_hint(language).to_owned()
            options=languages.to_vec()
            value=Signal::derive(move || chosen.get().name().to_owned())
            on_change=move |name: String| {
                if let Some(language) = Language::from_name(&name) {
                    chosen.set(language);
                }
            }
        />
        <div role="alert">
            {move || failed.get().map(|text| view! { <Notice tone=Tone::Bad shape=Shape::Triangle>{text}</Notice> })}
        </div>
        <div>
            <Button kind=ButtonKind::Primary busy=busy on_click=save>
                {ui::save(language)}
            </Button>
        </div>
    }
}

/// Why the settings were not saved.
enum Trouble {
    /// Somebody else changed them meanwhile: as they are now, and from which version.
    Meanwhile(HubSettings, u64),
    Failed(Failure),
}

/// Saves the settings. Where only other things of the organisation changed since, they are saved from
/// the newer version by themselves; where somebody else changed them, it is asked again (G2).
async fn save(
    of: &Of,
    wanted: &HubSettings,
    (before, from): (HubSettings, u64),
    key: StoredValue<Key>,
) -> Result<Hub, Trouble> {
    let mut version = from;
    for _ in 0..ATTEMPTS {
        match api::settings_set(of.as_ref(), wanted, version, &key.get_value()).await {
            Ok(hub) => return Ok(hub),
            Err(failure) if !failure.is_out_of_date() => return Err(Trouble::Failed(failure)),
            Err(_) => {}
        }
        key.try_update_value(|key| *key = Key::new());
        let hub = api::hub_of(of.as_ref()).await.map_err(Trouble::Failed)?;
        let now = HubSettings { name: hub.name, language: hub.language };
        if now != before {
            return Err(Trouble::Meanwhile(now, hub.version));
        }
        version = hub.version;
    }
    Err(Trouble::Failed(Failure::Api(ApiError::Stale { version })))
}
