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

/// By how many days the clock can be set forward at once.
const FORWARD_DAYS: [u32; 4] = [1, 7, 30, 90];

/// Says that this is a demonstration, with the backend's day, and offers to make
/// its data anew after a question.
#[component]
pub fn Demonstration() -> impl IntoView {
    let language = language();
    let asking = RwSignal::new(false);
    let moving = RwSignal::new(false);
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
                <p class="menu-head aside muted">{frame::clock_forward(language)}</p>
                {FORWARD_DAYS.map(|days| view! { <Forward days=days moving=moving /> })}
            </div>
            <div class="menu-group">
                <MenuItem on_click=move |()| asking.set(true)>{frame::reset(language)}</MenuItem>
            </div>
        </Menu>
        <ResetDialog asking=asking />
    }
}

/// Sets the clock forward by so many days; a second press while it moves does nothing.
#[component]
fn Forward(days: u32, moving: RwSignal<bool>) -> impl IntoView {
    let language = language();
    let visit = visit();
    let toasts = expect_context::<Toasts>();
    let forward = move |()| {
        if moving.get_untracked() {
            return;
        }
        moving.set(true);
        spawn_local(async move {
            match visit.set_clock(days).await {
                Ok(()) => toasts.good(frame::clock_set(language, days)),
                Err(failure) => toasts.bad(failure::failed(language, &failure)),
            }
            let _ = moving.try_set(false);
        });
    };
    view! { <MenuItem on_click=forward>{frame::clock_days(language, days)}</MenuItem> }
}

/// Says on every page that the clock was set forward, and leads back to today (G6).
#[component]
pub fn ClockBanner(
    /// By how many days.
    days: u32,
) -> impl IntoView {
    let language = language();
    let asking = RwSignal::new(false);
    let text = frame::clock_banner(language, words::date(language, today()), days);
    view! {
        <div class="clock-banner" role="status">
            <Icon shape=Shape::Info />
            <span>{text}</span>
            <Button on_click=move |_| asking.set(true)>{frame::back_to_today(language)}</Button>
        </div>
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
