//! The trials team's pages: the shipments, requests and returns of all partners, and nothing else
//! of them (P6).

mod acts;
mod send;
mod serials;
mod shipment;

use contract::shipments::{DevicesQueue, ShipmentDetail};
use leptos::prelude::*;
use words::{Language, date_short, label, shipments, wizard};

use crate::api;
use crate::forms::country_name;
use crate::heading::PageHeading;
use crate::reader::language;
use crate::route::Route;
use crate::ui::{Shape, Status, Tone};
use crate::waiting::loaded;

pub use self::shipment::ShipmentPage;

/// What the trials team has to do.
#[component]
pub fn Shipments() -> impl IntoView {
    let language = language();
    let shown = move |queue: DevicesQueue, _| view! { <Queue queue=queue language=language /> }.into_any();
    loaded(shipments::loading(language), api::devices_queue, |_| None, shown)
}

/// A cell of a table.
type Cell = AnyView;

#[component]
fn Queue(queue: DevicesQueue, language: Language) -> impl IntoView {
    let DevicesQueue { to_send, extensions, labels, returns } = queue;
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(shipments::title(language).to_owned()) /></div>
        <div class="stack">
            <p class="muted">{shipments::text(language)}</p>
            {part(
                language,
                "to-send",
                shipments::to_send(language),
                shipments::to_send_none(language),
                [shipments::ordered_on(language), wizard::ship_to(language)],
                to_send,
                move |line| [day(language, Some(line.shipment.start)), text(place(language, line))],
            )}
            {part(
                language,
                "extensions",
                shipments::extensions(language),
                shipments::extensions_none(language),
                [shipments::asked_on(language), wizard::device_end(language)],
                extensions,
                move |line| {
                    let asked = line.shipment.extension.as_ref();
                    let more = asked.map(|asked| {
                        let end = date_short(language, line.shipment.end.plus(asked.days));
                        shipments::days_more(language, end, asked.days)
                    });
                    [day(language, asked.map(|asked| asked.on)), text(more.unwrap_or_default())]
                },
            )}
            {part(
                language,
                "labels",
                shipments::labels(language),
                shipments::labels_none(language),
                [shipments::asked_on(language), wizard::ship_to(language)],
                labels,
                move |line| [day(language, line.shipment.label_asked), text(place(language, line))],
            )}
            {part(
                language,
                "returns",
                shipments::returns(language),
                shipments::returns_none(language),
                [shipments::due(language), shipments::came_back(language)],
                returns,
                move |line| {
                    let overdue = line.overdue.then(|| {
                        view! { " " <Status tone=Tone::Bad shape=Shape::Triangle label=shipments::overdue(language) /> }
                    });
                    let due = date_short(language, line.return_due);
                    let back = line.shipment.returned.len();
                    [
                        view! { <span class="numbers nowrap">{due}</span> {overdue} }.into_any(),
                        text(shipments::back(language, back, line.shipment.count)),
                    ]
                },
            )}
        </div>
    }
}

/// A kind of work: how much of it there is, and each shipment with the way to its page. Each value has its
/// name beside it, so that a narrow window can put one below the other.
fn part(
    language: Language,
    id: &'static str,
    title: &'static str,
    none: &'static str,
    heads: [&'static str; 2],
    lines: Vec<ShipmentDetail>,
    cells: impl Fn(&ShipmentDetail) -> [Cell; 2],
) -> impl IntoView {
    let count = lines.len();
    let rows = lines
        .into_iter()
        .map(|line| {
            let mut named = heads.into_iter().zip(cells(&line)).map(|(head, cell)| {
                view! { <span><span class="under">{head}</span> {cell}</span> }
            });
            let (first, last) = (named.next(), named.next());
            let devices = label::devices(language, line.shipment.device, line.shipment.count);
            view! {
                <li>
                    {first}
                    <span>
                        <a href=Route::Shipment(line.id).path()><bdi>{line.company}</bdi></a>
                        <span class="under"><bdi>{line.partner}</bdi></span>
                    </span>
                    <span>{devices}</span>
                    {last}
                </li>
            }
        })
        .collect_view();
    let list = match count {
        0 => view! { <p class="muted">{none}</p> }.into_any(),
        _ => view! { <ul class="ledger">{rows}</ul> }.into_any(),
    };
    view! {
        <section class="panel card" aria-labelledby=id>
            <h2 id=id>{title} " " <span class="muted numbers">{count}</span></h2>
            {list}
        </section>
    }
}

fn text(text: String) -> Cell {
    view! { <bdi>{text}</bdi> }.into_any()
}

fn day(language: Language, day: Option<rules::clock::Day>) -> Cell {
    view! { <span class="numbers nowrap">{day.map(|day| date_short(language, day))}</span> }.into_any()
}

/// City and country to which a shipment goes.
fn place(language: Language, line: &ShipmentDetail) -> String {
    let to = line.ship_to.as_ref();
    to.map(|to| format!("{}, {}", to.city, country_name(language, to.country))).unwrap_or_default()
}
