//! What a trial in grace will lose, and when, with counts (L9, L3).

use contract::trials::TrialInventory;
use leptos::prelude::*;
use rules::clock::{Day, days_left};
use rules::ids::TrialId;
use words::{Language, customer_page, date_utc, ui};

use crate::api;
use crate::consequences::losses;
use crate::ui::{Notice, Shape, Tone};
use crate::waiting::loaded;

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
    let ask = move || {
        let trial = trial.clone();
        async move { api::trial_inventory(&trial).await }
    };
    loaded(
        ui::loading(language),
        ask,
        |_| None,
        move |told: TrialInventory, _| {
            let Some(closes) = told.closes else { return ().into_any() };
            let lead = customer_page::will_be_lost(language, date_utc(language, closes), days_left(today, closes));
            let then = match told.partner_acts {
                true => customer_page::convert_before(language),
                // The customer removed the partner: nobody can convert it (H3).
                false => customer_page::not_converted(language),
            };
            let lines = losses(language, &told.inventory, &domain);
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! {
                <Notice tone=Tone::Bad shape=Shape::Triangle>
                    <div class="stack-tight">
                        <p>{lead}</p>
                        <ul class="effects">{lines}</ul>
                        <p>{then}</p>
                    </div>
                </Notice>
            }
            .into_any()
        },
    )
}
