//! That this is a demonstration, and making its data anew (G6).

use leptos::prelude::*;
use leptos::task::spawn_local;
use words::{frame, ui};

use crate::failure;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::{today, visit};
use crate::ui::{Button, ButtonKind, Dialog, Icon, Menu, MenuItem, Shape, Toasts};

/// Says that this is a demonstration, with the backend's day, and offers to make
/// its data anew after a question.
#[component]
pub fn Demonstration() -> impl IntoView {
    let language = language();
    let asking = RwSignal::new(false);
    let text = frame::demonstration(language, words::date_short(language, today()));
    let shown = text.clone();
    view! {
        <Menu
            label=text
            button=move || {
                view! {
                    <span class="demonstration">
                        <Icon shape=Shape::Info />
                        <span class="demonstration-text numbers" aria-hidden="true">
                            {shown.clone()}
                        </span>
                    </span>
                }
                .into_any()
            }
        >
            <div class="menu-group">
                <p class="menu-head aside muted demonstration-hint">{frame::demonstration_hint(language)}</p>
            </div>
            <div class="menu-group">
                <MenuItem on_click=move |()| asking.set(true)>{frame::reset(language)}</MenuItem>
            </div>
        </Menu>
        <ResetDialog asking=asking />
    }
}

#[component]
fn ResetDialog(asking: RwSignal<bool>) -> impl IntoView {
    let language = language();
    let (visit, navigator) = (visit(), navigator());
    let toasts = expect_context::<Toasts>();
    let close = move |()| asking.set(false);
    let reset = move |_| {
        asking.set(false);
        spawn_local(async move {
            match visit.reset().await {
                Ok(()) => {
                    // What was open may be gone with the old data.
                    navigator.go(Route::customers());
                    toasts.good(frame::reset_done(language));
                }
                Err(failure) => toasts.bad(failure::failed(language, &failure)),
            }
        });
    };
    view! {
        <Dialog
            open=asking
            on_close=close
            title=Signal::stored(frame::reset_question(language).to_owned())
            close_label=ui::close(language)
            actions=move || {
                view! {
                    <Button on_click=move |_| close(())>{ui::cancel(language)}</Button>
                    <Button kind=ButtonKind::Danger on_click=reset>
                        {frame::reset_confirm(language)}
                    </Button>
                }
            }
        >
            <p>{frame::reset_effect(language)}</p>
        </Dialog>
    }
}
