//! A modal dialog on the native element, which keeps the focus inside and gives it back.

use super::{Icon, Shape, fresh_id};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev, html, prelude::*};

/// How often it is looked whether a dialog is still open, in milliseconds.
const LOOK_AGAIN: u32 = 100;

/// Waits until no dialog is open. What a dialog stands in is drawn anew only then, for the dialog would
/// go with it before it was answered.
///
/// It is looked at from time to time, because a dialog that goes with its page tells nobody.
pub async fn no_dialog_is_open() {
    while matches!(document().query_selector("dialog[open]"), Ok(Some(_))) {
        TimeoutFuture::new(LOOK_AGAIN).await;
    }
}

/// A dialog that stands before the page while `open` is true. Escape and its closing button ask
/// to close it; the focus goes back to where it was.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Asked to close; the caller sets `open` to false.
    #[prop(into)]
    on_close: Callback<()>,
    /// Its title, which is also its name.
    #[prop(into)]
    title: Signal<String>,
    /// Name of the closing button; without it the dialog can only be answered.
    #[prop(optional, into)]
    close_label: Option<String>,
    /// Whether it holds a table.
    #[prop(optional)]
    wide: bool,
    /// What it says; drawn when it opens.
    children: ChildrenFn,
    /// Its buttons.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
) -> impl IntoView {
    let title_id = fresh_id("dialog");
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (Some(dialog), open) = (element.get(), open.get()) else { return };
        if open && !dialog.open() {
            // Fails only for an element that left the page, which has nothing to show.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    let closing = close_label.map(|label| {
        view! {
            <button type="button" class="icon-button" aria-label=label on:click=move |_| on_close.run(())>
                <Icon shape=Shape::Cross />
            </button>
        }
    });
    view! {
        <dialog
            class=if wide { "dialog dialog-wide" } else { "dialog" }
            aria-labelledby=title_id.clone()
            node_ref=element
            on:cancel=cancel
        >
            <div class="dialog-head">
                <h2 id=title_id.clone()>{title}</h2>
                {closing}
            </div>
            <div class="dialog-body">{move || open.get().then(|| children())}</div>
            {actions.map(|actions| view! { <div class="dialog-actions">{move || open.get().then(|| actions.run())}</div> })}
        </dialog>
    }
}
