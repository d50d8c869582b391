//! What stands where a list or page would be: nothing yet, not yet, not possible (`G1`).

use super::{Button, ButtonKind, Icon, Shape};
use leptos::prelude::*;
use std::time::Duration;

/// How long loading may take before it says so and offers to try again (`G1`).
const PATIENCE: Duration = Duration::from_secs(10);

/// Something is being loaded. After 10 seconds it says that it takes too long and offers a retry,
/// so that no spinner turns for ever (`G1`).
#[component]
pub fn Loading(
    /// What is being loaded, in words.
    #[prop(into)]
    label: String,
    /// Title after 10 seconds.
    #[prop(into)]
    slow_title: String,
    /// Explanation after 10 seconds.
    #[prop(into)]
    slow: String,
    /// Name of the button that tries again.
    #[prop(into)]
    retry_label: String,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let late = RwSignal::new(false);
    if let Ok(timer) = set_timeout_with_handle(move || late.set(true), PATIENCE) {
        on_cleanup(move || timer.clear());
    }
    move || {
        if late.get() {
            view! {
                <ErrorState
                    title=slow_title.clone()
                    text=slow.clone()
                    retry_label=retry_label.clone()
                    on_retry=on_retry
                />
            }
            .into_any()
        } else {
            view! {
                <div class="state" role="status">
                    <span class="spinner"></span>
                    <p>{label.clone()}</p>
                </div>
            }
            .into_any()
        }
    }
}

/// Something went wrong, and can be tried again.
#[component]
pub fn ErrorState(
    /// What went wrong, in short.
    #[prop(into)]
    title: String,
    /// What it means and what to do.
    #[prop(into)]
    text: String,
    /// Name of the button that tries again.
    #[prop(into)]
    retry_label: String,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="state" role="alert">
            <Icon shape=Shape::Triangle />
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="state-actions">
                <Button kind=ButtonKind::Secondary on_click=move |_| on_retry.run(())>
                    {retry_label}
                </Button>
            </div>
        </div>
    }
}

/// Nothing is there, and what to do next.
#[component]
pub fn EmptyState(
    /// What is not there.
    #[prop(into)]
    title: String,
    /// What to do next.
    #[prop(into)]
    text: String,
    /// Its mark.
    #[prop(default = Shape::Tray)]
    shape: Shape,
    /// Buttons and links that do it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <Icon shape=shape />
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="state-actions">{children()}</div> })}
        </div>
    }
}
