//! A text that is saved as a file.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Saves a text as a file of the reader's downloads; nothing happens in a browser that refuses it.
pub fn save_file(name: &str, media: &str, text: &str) {
    let _ = try_save(name, media, text);
}

fn try_save(name: &str, media: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media);
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}
