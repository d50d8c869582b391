//! The reader's own choices: language and theme. They are kept in the browser,
//! and `public/theme.js` puts them on the page before the first paint.

use leptos::prelude::*;
use words::Language;

/// The language in which the tree around the caller is drawn. It is a plain
/// value: choosing another one draws the whole tree again.
pub fn language() -> Language {
    expect_context()
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the device has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    fn name(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

/// Under these names the browser keeps the choices; `public/theme.js` reads them.
const LANGUAGE_KEY: &str = "proef.language";
const THEME_KEY: &str = "proef.theme";
/// The attribute of the page that holds the theme; without it the device decides.
const THEME_ATTRIBUTE: &str = "data-theme";

/// The reader's choices, in a context of the whole application.
#[derive(Clone, Copy)]
pub struct Reader {
    language: RwSignal<Language>,
    theme: RwSignal<Theme>,
}

impl Reader {
    /// The choices as they stand on the page.
    pub fn of_page() -> Reader {
        let page = document().document_element();
        let attribute = |name| page.as_ref().and_then(|page| page.get_attribute(name));
        let theme = attribute(THEME_ATTRIBUTE);
        let theme = Theme::ALL.into_iter().find(|each| each.name() == theme.as_deref()).unwrap_or(Theme::System);
        let language = Language::guess(&attribute("lang").unwrap_or_default());
        Reader { language: RwSignal::new(language), theme: RwSignal::new(theme) }
    }

    /// The chosen language.
    pub fn language(self) -> Signal<Language> {
        self.language.into()
    }

    /// The chosen theme.
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// Chooses a language (W1).
    pub fn choose_language(self, language: Language) {
        put_attribute("lang", Some(language.tag()));
        keep(LANGUAGE_KEY, Some(language.tag()));
        self.language.set(language);
    }

    /// Chooses a theme (G4).
    pub fn choose_theme(self, theme: Theme) {
        put_attribute(THEME_ATTRIBUTE, theme.name());
        keep(THEME_KEY, theme.name());
        self.theme.set(theme);
    }
}

fn put_attribute(name: &str, value: Option<&str>) {
    let Some(page) = document().document_element() else { return };
    // Both fail only for names that are no names.
    let _ = match value {
        Some(value) => page.set_attribute(name, value),
        None => page.remove_attribute(name),
    };
}

/// A choice that the browser kept.
pub fn kept(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a choice; where the browser keeps nothing it holds until the page is left.
pub fn keep(key: &str, value: Option<&str>) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}
