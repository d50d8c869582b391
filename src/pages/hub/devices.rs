//! The devices on loan: what was shipped, both ends, what goes back by when and how, what was checked
//! in, and what can be asked (H6, D6 to D10).

use contract::hub::{Hub, HubTrial};
use contract::shipments::ShipmentDetail;
use leptos::prelude::*;
use words::{Language, date, devices, frame, label, subscriptions};

use super::unknown_number::UnknownNumber;
use super::whose::{Of, part_path};
use crate::heading::PageHeading;
use crate::route::{HubPart, Route};
use crate::shipment::{Reader, ShipmentCard, by_urgency};
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Notice, Shape, Tone};

/// The page.
#[component]
pub fn Devices(
    /// The hub.
    hub: Hub,
    /// Whose it is.
    of: Of,
    /// Loads it again.
    again: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Hub { name, organisation, trials, .. } = hub;
    let title = view! { <div class="page-head"><PageHeading title=frame::devices(language).to_owned() /></div> };
    let with_devices: Vec<HubTrial> = trials.into_iter().filter(|line| !line.detail.shipments.is_empty()).collect();
    if with_devices.is_empty() {
        let text = match &of {
            Some(_) => devices::none_of_partner(language, &name),
            None => devices::none(language, &name),
        };
        let way = part_path(&of, HubPart::Subscriptions);
        return view! {
            {title}
            <EmptyState title=devices::none_title(language) text=text>
                <ButtonLink kind=ButtonKind::Primary href=way>{devices::overview(language)}</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let all: Vec<&ShipmentDetail> = with_devices.iter().flat_map(|line| &line.detail.shipments).collect();
    let first = first(language, &all);
    let mut serials: Vec<String> = all.iter().flat_map(|detail| detail.shipment.serials.clone()).collect();
    serials.sort();
    let reader = if of.is_some() { Reader::LooksAlong } else { Reader::Acts };
    let elsewhere = of.as_ref().map(|customer| {
        let page = Route::Customer(customer.clone()).path();
        view! {
            <p>
                {devices::acts_elsewhere(language)} " "
                <a href=page>{subscriptions::to_customer(language)}</a>
            </p>
        }
    });
    let cards = with_devices
        .into_iter()
        .map(|line| view! { <TrialDevices line=line reader=reader again=again language=language /> })
        .collect_view();
    view! {
        {title}
        <div class="stack hub">
            <p class="muted">{devices::text(language, &name)}</p>
            {first}
            {elsewhere}
            {cards}
            <UnknownNumber
                organisation=organisation
                name=name
                own=of.is_none()
                serials=serials
                language=language
            />
        </div>
    }
    .into_any()
}

/// What goes back first, or that something is overdue; nothing where nothing is out (D8).
pub fn first(language: Language, all: &[&ShipmentDetail]) -> Option<AnyView> {
    let late = all.iter().filter(|detail| detail.overdue).count();
    if late > 0 {
        let text = devices::late(language, late);
        return Some(view! { <Notice tone=Tone::Bad shape=Shape::Triangle>{text}</Notice> }.into_any());
    }
    let out = all.iter().filter(|detail| detail.shipment.state.is_out());
    let (count, first) = (out.clone().count(), out.map(|detail| detail.return_due).min()?);
    let text = devices::to_return(language, count, date(language, first));
    Some(view! { <Notice tone=Tone::Wait>{text}</Notice> }.into_any())
}

/// The shipments of a trial.
#[component]
fn TrialDevices(line: HubTrial, reader: Reader, again: Callback<()>, language: Language) -> impl IntoView {
    let HubTrial { detail, partner, .. } = line;
    let services = label::services(language, detail.trial.offer.services());
    let heading = format!("devices-{}", detail.trial.id);
    let cards = by_urgency(detail.shipments)
        .into_iter()
        .map(|each| view! { <ShipmentCard detail=each reader=reader reload=again language=language /> })
        .collect_view();
    view! {
        <section class="panel card stack" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{devices::by_partner(language, partner, services)}</h2>
            {cards}
        </section>
    }
}
