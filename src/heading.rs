//! A page's title: in the page, in the browser's tab, and as the place where the
//! focus arrives.

use leptos::prelude::*;

use crate::navigation::navigator;
use crate::reader::language;

/// The one `h1` of a page. It names the browser's tab, and after a navigation it
/// takes the focus, so that screen readers say where one is (G4).
#[component]
pub fn PageHeading(
    /// The page's title.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let element = NodeRef::new();
    // The direction follows the text: a company's name may be the title.
    let heading = view! {
        <h1 tabindex="-1" dir="auto" node_ref=element>
            {title}
        </h1>
    };
    Effect::new(move |_| document().set_title(&words::frame::page_title(language, title.get())));
    Effect::new(move |_| {
        if let Some(heading) = element.get().filter(|_| navigator.take_arrival()) {
            // A heading that left the page already needs no focus.
            let _ = heading.focus();
        }
    });
    heading
}
