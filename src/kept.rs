//! What was typed on a page that has no draft in the backend. The browser keeps it for the tab: it
//! outlives a reload, and the drawing of the page, which begins anew when the day turns or the
//! language changes, so that nothing typed is lost (G3).

use std::cell::Cell;

use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::session::who;

/// With what the name of everything that is kept begins.
const TYPED: &str = "typed ";

thread_local! {
    static FORGOTTEN: Cell<u32> = const { Cell::new(0) };
}

/// Where something typed is kept: by who typed it, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    name: String,
    /// How often everything was forgotten before: a place of then is not the one of now.
    forgotten: u32,
}

impl Place {
    /// The place of whoever is signed in, for something by its name.
    pub fn of(about: &str) -> Place {
        let person = who().map(|who| who.person.id.to_string()).unwrap_or_default();
        Place { name: format!("{TYPED}{person} {about}"), forgotten: FORGOTTEN.get() }
    }

    /// Keeps something there. Where the browser keeps nothing it lives as long as its fields.
    pub fn keep<T: Serialize>(&self, typed: &T) {
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(typed)) {
            let _ = storage.set_item(&self.name, &text);
        }
    }

    /// What is kept there; nothing of a form that has other fields by now.
    pub fn kept<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&storage()?.get_item(&self.name).ok()??).ok()
    }

    /// Forgets it: it was done, or is not meant any more.
    pub fn forget(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.name);
        }
    }
}

/// Forgets everything that is kept in this tab: whoever typed it has signed out, or what it was about
/// is made anew (G6).
pub fn forget_all() {
    FORGOTTEN.set(FORGOTTEN.get() + 1);
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
