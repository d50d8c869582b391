//! A file whose text is read.

use super::field::{FieldFrame, description, invalid};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenFile {
    /// Its name.
    pub name: String,
    /// Its text, byte by byte as it stands in the file, or why there is none.
    pub text: Result<String, NoText>,
}

/// Why a file has no text to hand over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// It has so many bytes, which are too many: it was not read.
    TooLarge(u64),
    /// It could not be read, or is no text in UTF-8.
    Unreadable,
}

/// Chooses a file and hands over its text; the control names the file that is chosen. Choosing the
/// same file again reads it again.
#[component]
pub fn FileField(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The field's name.
    #[prop(into)]
    label: Signal<String>,
    /// Which files are offered, as the attribute of HTML says it.
    accept: &'static str,
    /// How many bytes it may have; a larger one is not read.
    max_bytes: usize,
    /// Takes the file; `None` when none is chosen any more.
    #[prop(into)]
    on_file: Callback<Option<ChosenFile>>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// The control itself, for those who empty it.
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let choose = move |event: ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return on_file.run(None) };
        spawn_local(async move {
            let chosen = ChosenFile { name: file.name(), text: text_of(&file, max_bytes).await };
            let _ = on_file.try_run(Some(chosen));
        });
    };
    // An emptied control tells of the same file as of another one.
    let empty = move |event: ev::MouseEvent| event_target::<web_sys::HtmlInputElement>(&event).set_value("");
    view! {
        <FieldFrame id=id.clone() label=label problem=problem>
            <input
                type="file"
                class="input"
                id=id.clone()
                accept=accept
                aria-invalid=invalid(problem)
                aria-describedby=description(&id, MaybeProp::default(), problem)
                on:click=empty
                on:change=choose
                on:cancel=move |_: ev::Event| on_file.run(None)
                node_ref=node_ref
            />
        </FieldFrame>
    }
}

async fn text_of(blob: &web_sys::Blob, max_bytes: usize) -> Result<String, NoText> {
    // JavaScript counts bytes in a number that holds every whole one up to 2^53.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number that is not negative")]
    let bytes = blob.size() as u64;
    if bytes > max_bytes as u64 {
        return Err(NoText::TooLarge(bytes));
    }
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| NoText::Unreadable)?;
    // The browser's own reading as text would leave out a mark at the beginning and mend bad bytes.
    String::from_utf8(js_sys::Uint8Array::new(buffer.unchecked_ref()).to_vec()).map_err(|_| NoText::Unreadable)
}
