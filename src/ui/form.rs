//! A form that is sent by Enter in a field as well as by its button.

use leptos::{ev, prelude::*};

/// A form. The page says what is wrong with its fields, so the browser's own checks are off.
#[component]
pub fn Form(
    /// Its class.
    class: &'static str,
    /// Told when it is sent: by Enter, for its buttons have acts of their own.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The fields and buttons.
    children: Children,
) -> impl IntoView {
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <form class=class novalidate on:submit=submit>
            {children()}
            // Enter in a field submits a form only where it has a button of that type.
            <button type="submit" hidden=true></button>
        </form>
    }
}
