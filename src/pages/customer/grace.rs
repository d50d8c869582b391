//! What a trial in grace will lose, and when, with counts (L9, L3).

use contract::trials::TrialInventory;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::clock::{Day, days_left};
use rules::ids::TrialId;
use words::{Language, customer_page, date_utc};

use crate::api::{self, Failure};
use crate::consequences::losses;
use crate::ui::{Notice, Shape, Tone};
use crate::waiting::{NotArrived, OnItsWay};

/// The list, for a trial whose grace period runs.
#[component]
pub fn GraceLosses(
    /// The trial.
    trial: TrialId,
    /// The backend's day (L1).
    today: Day,
    /// The platform's site domain.
    domain: String,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let found = RwSignal::new(None::<Result<TrialInventory, Failure>>);
    let load = Callback::new(move |()| {
        found.set(None);
        let trial = trial.clone();
        spawn_local(async move {
            let answer = api::trial_inventory(&trial).await;
            let _ = found.try_set(Some(answer));
        });
    });
    load.run(());
    move || match found.get() {
        None => view! { <OnItsWay on_retry=load /> }.into_any(),
        Some(Err(failure)) => view! { <NotArrived failure=failure on_retry=load /> }.into_any(),
        Some(Ok(told)) => {
            let Some(closes) = told.closes else { return ().into_any() };
            let lead = customer_page::will_be_lost(language, date_utc(language, closes), days_left(today, closes));
            let lines = losses(language, &told.inventory, &domain);
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! {
                <Notice tone=Tone::Bad shape=Shape::Triangle>
                    <div class="stack-tight">
                        <p>{lead}</p>
                        <ul class="effects">{lines}</ul>
                        <p>{customer_page::convert_before(language)}</p>
                    </div>
                </Notice>
            }
            .into_any()
        }
    }
}
