//! Buttons, and links that look like them.

use super::fresh_id;
use leptos::{ev, prelude::*};

/// How much a button weighs. A page has one primary button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// What the page is for.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// Beside text.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            ButtonKind::Primary => "button button-primary",
            ButtonKind::Secondary => "button",
            ButtonKind::Quiet => "button button-quiet",
            ButtonKind::Danger => "button button-danger",
        }
    }
}

/// A button. While it has a reason for being disabled it keeps its place in the tab order and says
/// the reason beneath itself and to screen readers (`P7`); while it is busy it takes no click.
#[component]
pub fn Button(
    /// How much it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// Why it may not be pressed; `None` when it may.
    #[prop(optional, into)]
    disabled_because: Signal<Option<String>>,
    /// Whether its act is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Its id, where something else must name it.
    #[prop(optional, into)]
    id: Option<String>,
    /// What it does.
    #[prop(into)]
    on_click: Callback<ev::MouseEvent>,
    /// Its name.
    children: Children,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| fresh_id("button"));
    let reason_id = format!("{id}-reason");
    let described = {
        let reason_id = reason_id.clone();
        move || disabled_because.with(Option::is_some).then(|| reason_id.clone())
    };
    let press = move |event: ev::MouseEvent| {
        if disabled_because.with_untracked(Option::is_none) && !busy.get_untracked() {
            on_click.run(event);
        }
    };
    view! {
        <span class=move || if disabled_because.with(Option::is_some) { "with-reason" } else { "without-reason" }>
            <button
                type="button"
                id=id
                class=kind.class()
                aria-disabled=move || (disabled_because.with(Option::is_some) || busy.get()).then_some("true")
                aria-busy=move || busy.get().then_some("true")
                aria-describedby=described
                on:click=press
            >
                {children()}
            </button>
            {move || {
                let reason_id = reason_id.clone();
                disabled_because.get().map(|reason| view! { <span class="reason" id=reason_id>{reason}</span> })
            }}
        </span>
    }
}

/// A link that weighs as much as a button.
#[component]
pub fn ButtonLink(
    /// How much it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Whether it leads out of the console, so that the browser goes there itself.
    #[prop(optional)]
    external: bool,
    /// Its name.
    children: Children,
) -> impl IntoView {
    view! { <a class=kind.class() href=href rel=external.then_some("external")>{children()}</a> }
}
