//! A small panel under a button, on the native popover: Escape and a click elsewhere close it and
//! the focus goes back to its button.

use super::{Icon, Shape, fresh_id};
use leptos::{html, prelude::*};

/// The panel, for the items in it.
#[derive(Clone, Copy)]
struct Panel(NodeRef<html::Div>);

/// A button that opens a panel.
#[component]
pub fn Menu(
    /// The button's name.
    #[prop(into)]
    label: String,
    /// What the button shows.
    #[prop(into)]
    button: ViewFn,
    /// The panel's groups.
    children: Children,
) -> impl IntoView {
    let id = fresh_id("menu");
    let panel = NodeRef::new();
    provide_context(Panel(panel));
    view! {
        <button type="button" class="menu-button" aria-label=label.clone() popovertarget=id.clone()>
            {button.run()}
        </button>
        <div class="menu" id=id popover="auto" role="group" aria-label=label node_ref=panel>
            {children()}
        </div>
    }
}

/// Items that belong together.
#[component]
pub fn MenuGroup(
    /// The group's name.
    #[prop(into)]
    label: String,
    /// Its items.
    children: Children,
) -> impl IntoView {
    let id = fresh_id("group");
    view! {
        <div class="menu-group" role="group" aria-labelledby=id.clone()>
            <p class="menu-head aside muted" id=id.clone()>{label}</p>
            {children()}
        </div>
    }
}

/// Something to press in a panel; the panel closes.
#[component]
pub fn MenuItem(
    /// Whether it is the present one of its group; `None` when it is an act.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// The language of its name, when that is not the page's.
    #[prop(optional)]
    lang: Option<&'static str>,
    /// What it does.
    #[prop(into)]
    on_click: Callback<()>,
    /// Its name.
    children: Children,
) -> impl IntoView {
    let panel = use_context::<Panel>();
    let press = move |_| {
        if let Some(panel) = panel.and_then(|panel| panel.0.get_untracked()) {
            // Fails only for a panel that is closed already.
            let _ = panel.hide_popover();
        }
        on_click.run(());
    };
    let state = move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" });
    view! {
        <button type="button" class="menu-item" lang=lang aria-pressed=state on:click=press>
            {pressed.is_some().then(|| view! { <Icon shape=Shape::Check /> })}
            {children()}
        </button>
    }
}
