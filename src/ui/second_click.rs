//! The second click of two, when the first one took away what it fell on.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MouseEvent};

/// Keeps the second click of two from falling on what lies below a dialog that the first one closed,
/// or on what took the place of the button that was pressed. It lasts as long as the page.
///
/// A backend that answers within milliseconds closes a dialog between the two: the second click would
/// take the focus from where it was put, or press something that nobody had seen yet.
pub fn keep_second_clicks() {
    let pressed = StoredValue::new_local(None::<Element>);
    let listener = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if event.detail() > 1 {
            if pressed.with_value(|first| first.as_ref().is_some_and(|first| !stands_in_a_dialog(first))) {
                event.prevent_default();
                event.stop_propagation();
            }
        } else if event.type_() == "mousedown" {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            pressed.set_value(target.filter(stands_in_a_dialog));
        }
    });
    for kind in ["mousedown", "click"] {
        let heard = listener.as_ref().unchecked_ref();
        // Before anybody else hears of it. Were it refused, clicks would do what they do without it.
        let _ = document().add_event_listener_with_callback_and_bool(kind, heard, true);
    }
    listener.forget();
}

fn stands_in_a_dialog(element: &Element) -> bool {
    element.is_connected() && element.closest("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}
