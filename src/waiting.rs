//! What stands in place of something that is on its way, or that did not come:
//! the same words everywhere, with a way out (G1).

use leptos::prelude::*;
use leptos::task::spawn_local;
use words::ui;

use crate::api::Failure;
use crate::failure::failed;
use crate::reader::language;
use crate::ui::{ErrorState, Loading, no_dialog_is_open};

/// Something is being loaded; after 10 seconds it can be asked for again (G1).
#[component]
pub fn OnItsWay(
    /// What is being loaded, in words; a plain *Loading* without it.
    #[prop(optional, into)]
    label: Option<String>,
    /// Asks again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let language = language();
    view! {
        <Loading
            label=label.unwrap_or_else(|| ui::loading(language).to_owned())
            slow_title=ui::slow_title(language)
            slow=ui::slow(language)
            retry_label=ui::retry(language)
            on_retry=on_retry
        />
    }
}

/// Something could not be loaded; the failure says why, and it can be asked for again.
#[component]
pub fn NotArrived(
    /// Why not.
    failure: Failure,
    /// What could not be loaded; plain words without it.
    #[prop(optional, into)]
    title: Option<String>,
    /// Asks again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let language = language();
    view! {
        <ErrorState
            title=title.unwrap_or_else(|| ui::error_title(language).to_owned())
            text=failed(language, &failure)
            retry_label=ui::retry(language)
            on_retry=on_retry
        />
    }
}

/// Loads what a page shows, and shows it; what is shown can ask to load it again, and stays until
/// the answer is there and no question is open on it. A failure for which the page has words of its own
/// is shown as `instead` says.
pub fn loaded<T, A>(
    label: &'static str,
    ask: impl Fn() -> A + Send + Sync + 'static,
    instead: impl Fn(&Failure) -> Option<AnyView> + Send + 'static,
    shown: impl Fn(T, Callback<()>) -> AnyView + Send + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    A: Future<Output = Result<T, Failure>> + 'static,
{
    let found = RwSignal::new(None::<Result<T, Failure>>);
    let loads = StoredValue::new(0_u32);
    let load = Callback::new(move |()| {
        let answer = ask();
        loads.update_value(|loads| *loads += 1);
        let mine = loads.get_value();
        spawn_local(async move {
            let answer = answer.await;
            if found.try_with_untracked(Option::is_some) == Some(true) {
                no_dialog_is_open().await;
            }
            // The page may have been left, or loaded once more, in the meantime.
            if loads.try_get_value() == Some(mine) {
                found.set(Some(answer));
            }
        });
    });
    load.run(());
    let retry = Callback::new(move |()| {
        found.set(None);
        load.run(());
    });
    move || match found.get() {
        None => view! { <OnItsWay label=label on_retry=retry /> }.into_any(),
        Some(Err(failure)) => instead(&failure)
            .unwrap_or_else(|| view! { <NotArrived failure=failure.clone() on_retry=retry /> }.into_any()),
        Some(Ok(answer)) => shown(answer, load),
    }
}
