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
///
/// Drawing may take its time on a busy machine. What was asked for last holds, and whoever went on to
/// another field in the meantime keeps the focus there: it would leave them in the middle of a word, and
/// close the list they choose from.
pub fn move_focus(id: impl Into<String>) {
    static MOVES: AtomicU32 = AtomicU32::new(0);
    let id = id.into();
    let mine = MOVES.fetch_add(1, Ordering::Relaxed) + 1;
    let before = document().active_element();
    request_animation_frame(move || {
        let now = document().active_element();
        let went_on = now != before && now.is_some_and(|now| now.matches("input, select, textarea") == Ok(true));
        if went_on || MOVES.load(Ordering::Relaxed) != mine {
            return;
        }
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
