//! The progress list of a wizard.

use super::{Icon, Shape};
use leptos::prelude::*;

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Gone through.
    Done,
    /// On the page.
    Current,
    /// Still to come.
    Ahead,
}

impl StepState {
    fn name(self) -> &'static str {
        match self {
            StepState::Done => "done",
            StepState::Current => "current",
            StepState::Ahead => "ahead",
        }
    }
}

/// A step of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepItem {
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub state: StepState,
    /// Where it leads; `None` while it cannot be gone to.
    pub href: Option<String>,
}

/// The steps, with the one on the page marked. On a narrow page they become numbers and only the
/// present one keeps its name in view.
#[component]
pub fn StepList(
    /// The steps, in order.
    #[prop(into)]
    steps: Signal<Vec<StepItem>>,
    /// Name of the list.
    #[prop(into)]
    label: String,
    /// Read aloud behind a step that is done.
    #[prop(into)]
    done_label: String,
) -> impl IntoView {
    let items = move || {
        steps
            .get()
            .into_iter()
            .enumerate()
            .map(|(place, step)| {
                let StepItem { label, state, href } = step;
                let disc = match state {
                    StepState::Done => view! { <Icon shape=Shape::Check /> }.into_any(),
                    StepState::Current | StepState::Ahead => (place + 1).to_string().into_any(),
                };
                let done = (state == StepState::Done).then(|| format!(", {done_label}"));
                let inside = view! {
                    <span class="step-disc" aria-hidden="true">{disc}</span>
                    <span class="step-name">{label}<span class="unseen">{done}</span></span>
                };
                let inside = match href {
                    Some(href) => view! { <a class="step-link" href=href>{inside}</a> }.into_any(),
                    None => inside.into_any(),
                };
                view! {
                    <li
                        class="step"
                        data-state=state.name()
                        aria-current=(state == StepState::Current).then_some("step")
                    >
                        {inside}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <nav class="steps" aria-label=label>
            <ol>{items}</ol>
        </nav>
    }
}
