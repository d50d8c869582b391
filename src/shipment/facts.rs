//! What is known of a shipment: both ends side by side (D6), what was asked and answered (D7, D8),
//! where it went, and each device.

use contract::shipments::ShipmentDetail;
use leptos::prelude::*;
use rules::device::{DeviceAnswer, DeviceOutcome, DeviceRequest, Returned, Shipment, ShipmentState};
use rules::postal::town_line;
use rules::trial::DateKind;
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

/// Dates, numbers, what was asked, and the address.
#[component]
pub fn ShipmentFacts(
    /// The shipment.
    detail: ShipmentDetail,
    /// Whether the partner is named: for readers of more than one.
    #[prop(optional)]
    names_partner: bool,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let ShipmentDetail { partner, shipment, ship_to, trial_end, trial_end_is, return_due, .. } = detail;
    let trial_end_is = match trial_end_is {
        DateKind::Cancelled => shipments::trial_cancelled(language),
        DateKind::Converted => shipments::trial_converted(language),
        _ => shipments::trial_end(language),
    };
    let day = |day| date(language, day);
    let end = trial_end.map_or_else(|| shipments::no_end(language).to_owned(), day);
    let number = shipment.demo_order_number.clone().unwrap_or_else(|| shipments::not_sent(language).to_owned());
    let out = shipment.state.is_out();
    let back = (!shipment.serials.is_empty())
        .then(|| (shipments::came_back(language), shipments::back(language, shipment.returned.len(), shipment.count)));
    let asked = shipment.extension.as_ref().map(|request| open(language, request));
    let answered = shipment.answered.as_ref().filter(|_| asked.is_none()).map(|answer| closed(language, answer));
    let label_asked = shipment.label_asked.map(|asked| shipments::label_waits(language, day(asked)));
    let more = [
        back,
        asked.or(answered).map(|text| (shipments::extension_row(language), text)),
        label_asked.map(|text| (shipments::label_row(language), text)),
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
            let town = town_line(to.country, &to.postal_code, &to.city);
            let lines = [to.contact_name, to.company, to.street, town, country, to.phone];
            let lines = lines.into_iter().map(|line| view! { <li><bdi>{line}</bdi></li> }).collect_view();
            view! { <ul>{lines}</ul> }.into_any()
        }
    };
    view! {
        <dl class="facts">
            {names_partner.then(|| view! { <dt>{shipments::partner(language)}</dt> <dd><bdi>{partner}</bdi></dd> })}
            <dt>{shipments::device_start(language)}</dt>
            <dd>{day(shipment.start)}</dd>
            <dt>{wizard::device_end(language)}</dt>
            <dd>{day(shipment.end)}</dd>
            <dt>{trial_end_is}</dt>
            <dd>{end}</dd>
            {out.then(|| view! { <dt>{shipments::due(language)}</dt> <dd>{day(return_due)}</dd> })}
            <dt>{terms::demo_order_number(language)}</dt>
            <dd><bdi>{number}</bdi></dd>
            {more}
            <dt>{wizard::ship_to(language)}</dt>
            <dd>{address}</dd>
        </dl>
    }
}

/// A request to keep devices longer that waits (D7).
fn open(language: Language, request: &DeviceRequest) -> String {
    shipments::extension_waits(language, date(language, request.on), request.days, &request.reason)
}

/// What became of one, with the trials team's words (D7).
fn closed(language: Language, answer: &DeviceAnswer) -> String {
    let (days, on) = (answer.days, date(language, answer.on));
    let told = match answer.outcome {
        DeviceOutcome::Approved => shipments::extension_approved(language, on, days),
        DeviceOutcome::Refused => shipments::extension_refused(language, on, days),
        DeviceOutcome::Closed => shipments::extension_closed(language, on, days),
    };
    match &answer.reason {
        Some(reason) => format!("{told} {}", shipments::in_their_words(language, reason)),
        None => told,
    }
}

/// Each device by its serial number, with when it came back, and what came beside them (D9).
#[component]
pub fn ShipmentSerials(
    /// The shipment.
    shipment: Shipment,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    if shipment.serials.is_empty() {
        return view! { <p class="muted">{shipments::no_serials(language)}</p> }.into_any();
    }
    let rows = shipment
        .serials
        .iter()
        .map(|serial| {
            let back = shipment.returned.iter().find(|returned| returned.serial == *serial);
            let back = match back {
                Some(returned) => moment(language, returned.at),
                None if shipment.state == ShipmentState::WrittenOff => shipments::given_up(language).to_owned(),
                None => shipments::still_out(language).to_owned(),
            };
            view! { <tr><th scope="row"><bdi>{serial.clone()}</bdi></th><td class="numbers">{back}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="stack">
            <table class="table table-plain">
                <thead>
                    <tr>
                        <th scope="col">{shipments::serial(language)}</th>
                        <th scope="col">{shipments::came_back(language)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {beside(language, shipments::came_extra(language), &shipment.extra)}
            {beside(language, shipments::came_wrong(language), &shipment.wrong)}
        </div>
    }
    .into_any()
}

/// What came with a shipment and is not of it.
fn beside(language: Language, title: &'static str, serials: &[Returned]) -> Option<impl IntoView + use<>> {
    let lines: Vec<_> = serials
        .iter()
        .map(|each| {
            let line = shipments::before_line(language, moment(language, each.at), &each.serial);
            view! { <li><bdi>{line}</bdi></li> }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <div class="brings"><p><strong>{title}</strong></p> <ul>{lines}</ul></div> })
}
