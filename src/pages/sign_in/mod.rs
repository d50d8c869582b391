//! The sign-in page: who one wants to be in a demonstration (G6), or the way to the identity provider.

mod personas;
mod provider;

use leptos::prelude::*;

use self::personas::Personas;
use self::provider::Provider;
use crate::session::session;

/// What the backend offers.
#[component]
pub fn SignIn() -> impl IntoView {
    match session().personas {
        Some(personas) => view! { <Personas personas=personas /> }.into_any(),
        None => view! { <Provider /> }.into_any(),
    }
}
