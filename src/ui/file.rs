//! A file whose text is read.

use super::field::{FieldFrame, description, invalid};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Chooses a file and hands over its text. Choosing the same file again reads it again.
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
    /// Takes the text; `None` for a file that could not be read.
    #[prop(into)]
    on_text: Callback<Option<String>>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let choose = move |event: ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        spawn_local(async move {
            let blob: &web_sys::Blob = file.unchecked_ref();
            let text = JsFuture::from(blob.text()).await.ok().and_then(|text| text.as_string());
            on_text.run(text);
        });
    };
    view! {
        <FieldFrame id=id.clone() label=label problem=problem>
            <input
                type="file"
                class="input"
                id=id.clone()
                accept=accept
                aria-invalid=invalid(problem)
                aria-describedby=description(&id, MaybeProp::default(), problem)
                on:change=choose
            />
        </FieldFrame>
    }
}
