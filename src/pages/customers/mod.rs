//! The Customers tab (Q).
use leptos::prelude::*;
/// The Customers tab.
#[component]
pub fn Customers() -> impl IntoView {}
