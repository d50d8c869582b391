//! What was typed on a page that has no draft in the backend. The browser keeps it for the tab: it
//! outlives a reload, and the drawing of the page, which begins anew when the day turns or the
//! language changes, so that nothing typed is lost (G3).

use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::session::who;

/// With what the name of everything that is kept begins.
const TYPED: &str = "typed ";

/// Where something typed is kept: by who typed it, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// The place of whoever is signed in, for something by its name.
    pub fn of(about: &str) -> Place {
        let person = who().map(|who| who.person.id.to_string()).unwrap_or_default();
        Place(format!("{TYPED}{person} {about}"))
    }

    /// Keeps something there. Where the browser keeps nothing it lives as long as its fields.
    pub fn keep<T: Serialize>(&self, typed: &T) {
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(typed)) {
            let _ = storage.set_item(&self.0, &text);
        }
    }

    /// What is kept there; nothing of a form that has other fields by now.
    pub fn kept<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&storage()?.get_item(&self.0).ok()??).ok()
    }

    /// Forgets it: it was done, or is not meant any more.
    pub fn forget(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.0);
        }
    }
}

/// Forgets everything that is kept in this tab: whoever typed it has signed out.
pub fn forget_all() {
    let Some(storage) = storage() else { return };
    let names = (0..storage.length().unwrap_or_default()).filter_map(|place| storage.key(place).ok()?);
    let typed: Vec<String> = names.filter(|name| name.starts_with(TYPED)).collect();
    for name in typed {
        let _ = storage.remove_item(&name);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok()?
}
