//! Ids and focus.

use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::JsCast;

/// An id that no other element of the page has, for parts that nobody outside needs to name.
pub fn fresh_id(kind: &str) -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let number = LAST.fetch_add(1, Ordering::Relaxed);
    format!("{kind}-{number}")
}

/// Moves the focus to the element with this id once the page is drawn; nothing happens when there
/// is none.
pub fn move_focus(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = element {
            // An element that cannot take the focus simply leaves it where it is.
            let _ = element.focus();
        }
    });
}

/// The ids of a field's hint and problem, as `aria-describedby` wants them; `None` when it has neither.
pub(super) fn described_by(id: &str, hint: bool, problem: bool) -> Option<String> {
    match (hint, problem) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-problem")),
        (true, true) => Some(format!("{id}-problem {id}-hint")),
    }
}

#[cfg(test)]
mod tests {
    use super::{described_by, fresh_id};

    #[test]
    fn fresh_ids_differ() {
        assert_ne!(fresh_id("a"), fresh_id("a"));
    }

    #[test]
    fn a_problem_is_read_before_the_hint() {
        assert_eq!(described_by("x", false, false), None);
        assert_eq!(described_by("x", true, true).as_deref(), Some("x-problem x-hint"));
    }
}
