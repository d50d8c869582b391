//! The secret of a consent mail's link (X7). The page's first script takes it out of the address
//! before anything else runs, and keeps it for this tab alone, so that it outlives the sign-in and a
//! reload.

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// Under which name the first script keeps it.
const NAME: &str = "link-secret";
/// Where it is when the browser keeps nothing for the tab.
const PROPERTY: &str = "linkSecret";

/// The secret with which this tab was opened, where there is one.
pub fn link_secret() -> Option<String> {
    let kept = window().session_storage().ok().flatten().and_then(|kept| kept.get_item(NAME).ok().flatten());
    kept.or_else(|| Reflect::get(&window(), &JsValue::from_str(PROPERTY)).ok()?.as_string())
}

/// Keeps the secret of a link that was opened within the console.
pub fn keep_link(secret: &str) {
    if let Ok(Some(kept)) = window().session_storage() {
        // Where the browser keeps nothing it lives as long as the page.
        let _ = kept.set_item(NAME, secret);
    }
    let _ = Reflect::set(&window(), &JsValue::from_str(PROPERTY), &JsValue::from_str(secret));
}

/// Forgets the secret: it has done what it is for.
pub fn forget_link() {
    if let Ok(Some(kept)) = window().session_storage() {
        // Where nothing is kept there is nothing to forget.
        let _ = kept.remove_item(NAME);
    }
    let _ = Reflect::delete_property(&window(), &JsValue::from_str(PROPERTY));
}
