//! What will be lost with a trial, and when, with counts and as files to keep (L3, L9).

use contract::hub::{Hub, HubTrial};
use contract::trials::TrialInventory;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::clock::Day;
use rules::ids::TrialId;
use rules::people::Right;
use rules::trial::{State, numbers_released_on};
use rules::verdict::Verdict;
use words::{Language, date, inventory, label};

use super::subscriptions::TrialActs;
use super::whose::{Of, part_path};
use crate::api::{self, Failure, InventoryFiles};
use crate::heading::PageHeading;
use crate::route::HubPart;
use crate::session::{may, session};
use crate::ui::{Button, ButtonKind, ButtonLink, EmptyState};
use crate::waiting::{NotArrived, OnItsWay};

/// The page of a trial.
#[component]
pub fn Lost(
    /// The hub.
    hub: Hub,
    /// Whose it is.
    of: Of,
    /// The trial.
    trial: TrialId,
    /// Loads the hub again.
    again: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Hub { today, now, mut trials, .. } = hub;
    let back = part_path(&of, HubPart::Subscriptions);
    let Some(place) = trials.iter().position(|line| line.detail.trial.id == trial) else {
        return view! {
            <div class="page-head"><PageHeading title=inventory::gone_title(language).to_owned() /></div>
            <EmptyState title=inventory::gone_title(language) text=inventory::gone(language)>
                <ButtonLink kind=ButtonKind::Primary href=back>
                    {inventory::back(language)}
                </ButtonLink>
            </EmptyState>
        }
        .into_any();
    };
    let HubTrial { detail, partner, partner_acts, .. } = trials.swap_remove(place);
    // In the own organisation a download needs no right but to see the hub (P2).
    let download = match of {
        Some(_) => may(Right::Download),
        None => Verdict::Allowed,
    };
    let found = RwSignal::new(None::<Result<InventoryFiles, Failure>>);
    let load = Callback::new(move |()| {
        found.set(None);
        let trial = trial.clone();
        spawn_local(async move {
            let told = api::inventory_view(&trial, language, download.is_allowed()).await;
            let _ = found.try_set(Some(told));
        });
    });
    load.run(());
    let (state, end, id) = (detail.trial.state(today), detail.trial.end(), detail.trial.id.clone());
    let name = partner.clone();
    let told = move || match found.get() {
        None => view! { <OnItsWay label=inventory::loading(language) on_retry=load /> }.into_any(),
        Some(Err(failure)) => view! { <NotArrived failure=failure on_retry=load /> }.into_any(),
        Some(Ok(files)) => {
            let lead = lead(language, &name, partner_acts, state, end.zip(files.told.closes));
            let lines =
                (files.told.closes.is_some()).then(|| view! { <Lines told=files.told.clone() language=language /> });
            view! {
                <p>{lead}</p>
                {lines}
                <Files files=files trial=id.clone() download=download language=language />
            }
            .into_any()
        }
    };
    view! {
        <div class="page-head">
            <PageHeading title=inventory::title(language).to_owned() />
            <div class="page-actions">
                <ButtonLink href=back>{inventory::back(language)}</ButtonLink>
            </div>
        </div>
        <div class="stack hub">
            <section class="panel card stack" aria-label=inventory::title(language)>
                {told}
            </section>
            <TrialActs
                detail=detail
                partner=partner
                partner_acts=partner_acts
                of=of
                today=today
                now=now
                again=again
                language=language
            >
                {().into_any()}
            </TrialActs>
        </div>
    }
    .into_any()
}

/// What becomes of it on the days of its end and its closing; that it can be purchased before only
/// where its partner can still convert it (H3).
fn lead(language: Language, partner: &str, partner_acts: bool, state: State, days: Option<(Day, Day)>) -> String {
    let Some((end, closes)) = days else { return inventory::lead_over(language).to_owned() };
    let (closes, end) = (date(language, closes), date(language, end));
    match (state, partner_acts) {
        (State::Expired, true) => inventory::lead_grace(language, closes, end, partner),
        (State::Expired, false) => inventory::lead_grace_alone(language, closes, end, partner),
        (_, true) => inventory::lead_running(language, closes, end, partner),
        (_, false) => inventory::lead_running_alone(language, closes, end, partner),
    }
}

/// A line for each thing, with how many of it and the day; what is not there has none.
#[component]
fn Lines(told: TrialInventory, language: Language) -> impl IntoView {
    let TrialInventory { closes, inventory: lost, .. } = told;
    let domain = session().settings.site_domain;
    let day = move |day: Option<Day>| day.map(|day| date(language, day));
    let mut lines: Vec<(&'static str, String, String, Option<String>)> = Vec::new();
    for service in &lost.services {
        let count = lost.licences.filter(|_| service.has_licences()).map(|count| count.to_string());
        let name = label::service(language, *service).to_owned();
        lines.push((inventory::service(language), name, count.unwrap_or_default(), day(closes)));
    }
    if let Some(site) = &lost.site {
        lines.push((inventory::site(language), format!("{site}.{domain}"), String::new(), day(closes)));
    }
    let released = closes.map(numbers_released_on);
    let counted = [
        (inventory::users(language), lost.users, closes),
        (inventory::phone_numbers(language), lost.phone_numbers, released),
        (inventory::device_licences(language), lost.device_licences, closes),
        (inventory::administrators(language), lost.administrators, closes),
    ];
    for (thing, count, on) in counted.into_iter().filter(|(_, count, _)| *count > 0) {
        lines.push((thing, String::new(), count.to_string(), day(on)));
    }
    let rows = lines.into_iter().map(|(thing, name, count, on)| {
        let name = (!name.is_empty()).then(|| view! { " " <bdi class="under">{name}</bdi> });
        view! {
            <tr>
                <th scope="row">{thing} {name}</th>
                <td class="number">{count}</td>
                <td class="numbers">{on}</td>
            </tr>
        }
    });
    let numbers = (lost.phone_numbers > 0).then(|| view! { <p class="muted">{inventory::numbers_kept(language)}</p> });
    let closing = (lost.administrators > 0).then(|| view! { <p>{inventory::organisation_closes(language)}</p> });
    view! {
        <table class="table table-plain">
            <caption class="unseen">{inventory::title(language)}</caption>
            <thead>
                <tr>
                    <th scope="col">{inventory::thing(language)}</th>
                    <th scope="col" class="number">
                        {inventory::count(language)}
                    </th>
                    <th scope="col">{inventory::lost_on(language)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {numbers}
        {closing}
        <p>{inventory::for_good(language)}</p>
    }
}

/// The same as files; who may not download is told why (P2, P7).
#[component]
fn Files(files: InventoryFiles, trial: TrialId, download: Verdict, language: Language) -> impl IntoView {
    let InventoryFiles { json, csv, .. } = files;
    let because = label::because(language, download);
    let kinds = [
        (inventory::download_csv(language), csv, "text/csv", "csv"),
        (inventory::download_json(language), Some(json), "application/json", "json"),
    ];
    let ways = kinds.map(|(name, text, media, ending)| match (&because, text) {
        (None, Some(text)) => {
            // The link holds the whole file, so that it is what stands above.
            let address = format!("data:{media};charset=utf-8,{}", contract::endpoints::encode(&text));
            let file = format!("inventory-{trial}.{ending}");
            view! {
                <a class="button" href=address download=file>
                    {name}
                </a>
            }
            .into_any()
        }
        (because, _) => {
            let because = Signal::stored(because.clone());
            view! {
                <Button disabled_because=because on_click=|_| {}>
                    {name}
                </Button>
            }
            .into_any()
        }
    });
    view! {
        <div class="side-by-side not-printed" role="group" aria-label=inventory::file(language)>
            {ways.collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use rules::samples::day;

    use super::*;

    #[test]
    fn nothing_is_said_of_a_purchase_that_nobody_could_make_h3_l9() {
        let days = Some((day(2026, 3, 31), day(2026, 4, 30)));
        for state in [State::Running, State::Expired] {
            let told = |acts| lead(Language::En, "Noordzee", acts, state, days);
            assert!(told(true).contains("unless it is purchased"), "{state:?}");
            assert!(!told(false).contains("purchase"), "{state:?}");
            for text in [told(true), told(false)] {
                assert!(text.contains("31 March 2026") && text.contains("30 April 2026"), "{text}");
            }
        }
    }
}
