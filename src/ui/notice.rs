//! A box that says something worth standing out.

use super::{Icon, Shape, Tone};
use leptos::prelude::*;

/// A notice in a tone, with a mark.
#[component]
pub fn Notice(
    /// Its colour.
    tone: Tone,
    /// Its mark.
    #[prop(default = Shape::Info)]
    shape: Shape,
    /// Whether it is read aloud when it appears.
    #[prop(optional)]
    announced: bool,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("notice {}", tone.class()) role=announced.then_some("status")>
            <Icon shape=shape />
            <div>{children()}</div>
        </div>
    }
}
