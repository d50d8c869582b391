//! The field for the name of a Meetings site, which is asked about while it is typed (N12): in the
//! wizard of a trial and in its set-up.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::Field;
use rules::site::SiteName;
use words::{Language, setting_up, wizard};

use crate::api::{self, Failure};
use crate::forms::field_id;
use crate::ui::TextField;

/// How long typing has to pause before the name is asked about.
const PAUSE: Duration = Duration::from_millis(400);

/// A name, and whether it was given out before.
pub type KnownSite = (String, bool);

/// The field, and below it whether the name is free.
#[component]
pub fn SiteNameField(
    /// What is typed.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is wrong with it, once it was asked for a judgement.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// What was found of a name last.
    #[prop(into)]
    known: Signal<Option<KnownSite>>,
    /// Takes what is found of a name.
    #[prop(into)]
    on_known: Callback<KnownSite>,
    /// The name that the trial has already: nobody else can have it.
    #[prop(optional_no_strip)]
    own: Option<SiteName>,
    /// The platform's site domain.
    domain: String,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let name = Memo::new(move |_| value.with(|typed| SiteName::parse(typed).ok()));
    let unanswered = RwSignal::new(false);
    let own = StoredValue::new(own);
    let is_own = move |name: &SiteName| own.with_value(|own| own.as_ref() == Some(name));
    let found = move |name: &SiteName| {
        known.with(|known| known.as_ref().filter(|(of, _)| of == name.as_str()).map(|(_, taken)| *taken))
    };
    Effect::new(move |_| {
        let Some(name) = name.get() else { return };
        if is_own(&name) || untrack(|| found(&name)).is_some() {
            return;
        }
        let later = move || {
            if name_is(value, &name) {
                spawn_local(async move {
                    let answer = site_is_taken(&name).await;
                    let _ = unanswered.try_set(answer.is_err());
                    // The page may have been left while the answer was on its way.
                    if let Ok(taken) = answer {
                        let _ = on_known.try_run((name.as_str().to_owned(), taken));
                    }
                });
            }
        };
        set_timeout(later, PAUSE);
    });
    let standing = {
        let domain = domain.clone();
        move || {
            let name = name.get()?;
            if is_own(&name) {
                return Some(setting_up::site_own(language, name.host(&domain)));
            }
            match found(&name) {
                None if unanswered.get() => Some(wizard::site_unchecked(language).to_owned()),
                None => Some(wizard::site_checking(language).to_owned()),
                Some(false) => Some(wizard::site_free(language, name.host(&domain))),
                // That it is taken stands under the field once it was asked, and here until then.
                Some(true) => problem.with(Option::is_none).then(|| words::problems::site_taken(language).to_owned()),
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
        <TextField
            id=field_id(Field::SiteName)
            label=Signal::stored(wizard::site_url(language).to_owned())
            value=value
            on_input=on_input
            hint=hint
            problem=problem
            suffix=format!(".{domain}")
            required=true
        />
        <p class="hint" role="status">{standing}</p>
    }
}

/// Whether a name is still what is typed; nothing is typed any more once the page was left.
fn name_is(value: Signal<String>, name: &SiteName) -> bool {
    let current = value.try_with_untracked(|typed| SiteName::parse(typed).ok());
    current.flatten().as_ref() == Some(name)
}

/// Asks the backend whether a name was given out before.
///
/// # Errors
/// As any reading.
pub async fn site_is_taken(name: &SiteName) -> Result<bool, Failure> {
    Ok(!api::site_name_check(name.as_str()).await?.free)
}
