//! What is known of a shipment: both ends side by side (D6), where it went, and each device.

use contract::shipments::ShipmentDetail;
use leptos::prelude::*;
use rules::device::{Shipment, ShipmentState};
use words::{Language, date, label, moment, shipments, terms, wizard};

use crate::forms::country_name;
use crate::ui::{Shape, Status, Tone};

/// Where a shipment stands, as colour, shape and words.
#[component]
pub fn ShipmentPill(
    /// The shipment, as it is shown.
    detail: ShipmentDetail,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    if detail.overdue {
        return view! { <Status tone=Tone::Bad shape=Shape::Triangle label=shipments::overdue(language) /> }.into_any();
    }
    let (tone, shape) = match detail.shipment.state {
        ShipmentState::Ordered => (Tone::Wait, Shape::Ring),
        ShipmentState::Sent => (Tone::Good, Shape::Dot),
        ShipmentState::ReturnedInPart => (Tone::Warn, Shape::Half),
        ShipmentState::Returned => (Tone::Done, Shape::Check),
        ShipmentState::Cancelled | ShipmentState::WrittenOff => (Tone::Off, Shape::Cross),
    };
    view! { <Status tone=tone shape=shape label=label::shipment_state(language, detail.shipment.state) /> }.into_any()
}

/// Dates, numbers and address.
#[component]
pub fn Facts(
    /// The shipment.
    detail: ShipmentDetail,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let ShipmentDetail { partner, shipment, ship_to, trial_end, return_due, .. } = detail;
    let day = |day| date(language, day);
    let end = trial_end.map_or_else(|| shipments::no_end(language).to_owned(), day);
    let number = shipment.demo_order_number.clone().unwrap_or_else(|| shipments::not_sent(language).to_owned());
    let out = shipment.state.is_out();
    let more = [
        shipment.decision.clone().map(|text| (shipments::decision(language), text)),
        shipment.written_off.clone().map(|text| (shipments::written_off(language), text)),
    ];
    let more = more
        .into_iter()
        .flatten()
        .map(|(name, text)| view! { <dt>{name}</dt> <dd><bdi>{text}</bdi></dd> })
        .collect_view();
    let address = match ship_to {
        None => shipments::no_address(language).into_any(),
        Some(to) => {
            let country = country_name(language, to.country);
            let town = format!("{} {}", to.postal_code, to.city);
            let lines = [to.contact_name, to.company, to.street, town, country, to.phone];
            let lines = lines.into_iter().map(|line| view! { <li><bdi>{line}</bdi></li> }).collect_view();
            view! { <ul>{lines}</ul> }.into_any()
        }
    };
    view! {
        <section class="panel card" aria-labelledby="shipment-facts">
            <h2 id="shipment-facts">{shipments::facts(language)}</h2>
            <dl class="facts">
                <dt>{shipments::partner(language)}</dt>
                <dd><bdi>{partner}</bdi></dd>
                <dt>{shipments::device_start(language)}</dt>
                <dd>{day(shipment.start)}</dd>
                <dt>{wizard::device_end(language)}</dt>
                <dd>{day(shipment.end)}</dd>
                <dt>{shipments::trial_end(language)}</dt>
                <dd>{end}</dd>
                {out.then(|| view! { <dt>{shipments::due(language)}</dt> <dd>{day(return_due)}</dd> })}
                <dt>{terms::demo_order_number(language)}</dt>
                <dd><bdi>{number}</bdi></dd>
                {more}
                <dt>{wizard::ship_to(language)}</dt>
                <dd>{address}</dd>
            </dl>
        </section>
        <Serials shipment=shipment language=language />
    }
}

/// Each device by its serial number, with when it came back (D9).
#[component]
fn Serials(shipment: Shipment, language: Language) -> impl IntoView {
    let rows = shipment
        .serials
        .iter()
        .map(|serial| {
            let back = shipment.returned.iter().find(|returned| returned.serial == *serial);
            let back = match back {
                Some(returned) => moment(language, returned.at),
                None => shipments::still_out(language).to_owned(),
            };
            view! { <tr><th scope="row"><bdi>{serial.clone()}</bdi></th><td class="numbers">{back}</td></tr> }
        })
        .collect_view();
    let content = match shipment.serials.is_empty() {
        true => view! { <p class="muted">{shipments::no_serials(language)}</p> }.into_any(),
        false => view! {
            <table class="table table-plain">
                <thead>
                    <tr>
                        <th scope="col">{shipments::serial(language)}</th>
                        <th scope="col">{shipments::came_back(language)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    };
    view! {
        <section class="panel card" aria-labelledby="shipment-serials">
            <h2 id="shipment-serials">{shipments::serials(language)}</h2>
            {content}
        </section>
    }
}
