//! The offer of a newer version that took over under the open page.

use leptos::prelude::*;
use words::{frame, ui};

use crate::api;
use crate::reader::language;
use crate::ui::{Button, ButtonKind, Icon, Shape};

/// Whether a newer version took over; it outlives the drawing of the tree.
#[derive(Clone, Copy)]
pub struct Replaced(RwSignal<bool>);

impl Replaced {
    /// Listens for newer versions for as long as the page lives.
    pub fn follow() -> Replaced {
        let replaced = RwSignal::new(false);
        api::when_replaced(move || replaced.set(true));
        Replaced(replaced)
    }
}

/// Offers to load the newer version. Nobody is hurried: the page goes on working.
#[component]
pub fn UpdateOffer() -> impl IntoView {
    let language = language();
    let Replaced(replaced) = expect_context();
    let reload = move |_| {
        // Refused only where the page may not navigate at all.
        let _ = window().location().reload();
    };
    view! {
        <div class="update" role="status">
            {move || {
                replaced
                    .get()
                    .then(|| {
                        view! {
                            <div class="update-offer">
                                <Icon shape=Shape::Info />
                                <span>{frame::update_ready(language)}</span>
                                <Button kind=ButtonKind::Quiet on_click=reload>
                                    {frame::reload(language)}
                                </Button>
                                <button
                                    type="button"
                                    class="icon-button"
                                    aria-label=ui::dismiss(language)
                                    on:click=move |_| replaced.set(false)
                                >
                                    <Icon shape=Shape::Cross />
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
