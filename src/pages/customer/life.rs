//! The life of a trial, drawn large, and its dates as a table (N15).

use leptos::prelude::*;
use rules::clock::Day;
use rules::trial::{DateKind, Phase, Trial, dates_of};
use words::{Language, customer, date_short, label};

use crate::ui::{Mark, Span, SpanKind, Timeline};

/// The band with its marks; nothing for a trial that has not started.
#[component]
pub fn TrialTimeline(
    /// The trial.
    trial: Trial,
    /// The backend's day (L1).
    today: Day,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Phase::Started { start, end } = trial.phase else { return ().into_any() };
    let dates = dates_of(&trial);
    let at = |day: Day| start.days_until(day);
    let day_of = |wanted: DateKind| dates.iter().find(|(_, kind)| *kind == wanted).map(|(day, _)| *day);
    let closed = day_of(DateKind::GraceEnd).unwrap_or(end);
    let mut spans = vec![
        Span { kind: SpanKind::Trial, from: 0, to: at(end) },
        Span { kind: SpanKind::Grace, from: at(end), to: at(closed) },
    ];
    let mut marks = vec![
        Mark { at: 0, label: customer::band_start(language, date_short(language, start)) },
        Mark { at: at(end), label: customer::band_end(language, date_short(language, end)) },
        Mark { at: at(closed), label: customer::band_closed(language, date_short(language, closed)) },
    ];
    if let Some(release) = day_of(DateKind::NumberRelease) {
        spans.push(Span { kind: SpanKind::After, from: at(closed), to: at(release) });
        marks.push(Mark { at: at(release), label: customer::band_numbers(language, date_short(language, release)) });
    }
    for shipment in &trial.shipments {
        spans.push(Span { kind: SpanKind::Beside, from: at(shipment.start), to: at(shipment.end) });
        spans.push(Span { kind: SpanKind::BesideAfter, from: at(shipment.end), to: at(shipment.return_due()) });
    }
    let last = spans.iter().map(|span| span.to).max().unwrap_or(0);
    let now = Some(at(today)).filter(|day| (0..=last).contains(day));
    let now = now.map(|at| Mark { at, label: customer::band_today(language).to_owned() });
    let described = customer::band_label(
        language,
        date_short(language, end),
        date_short(language, closed),
        date_short(language, start),
    );
    view! { <Timeline spans=spans marks=marks today=now label=described /> }.into_any()
}

/// The same dates as a table, for those who do not see the band; past ones are told apart.
#[component]
pub fn DateTable(
    /// The trial.
    trial: Trial,
    /// The backend's day (L1).
    today: Day,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let rows = dates_of(&trial)
        .into_iter()
        .map(|(day, kind)| {
            let past = day < today;
            view! {
                <tr class=past.then_some("muted")>
                    <td class="numbers nowrap">{words::date(language, day)}</td>
                    <td>
                        {label::date_kind(language, kind)}
                        {(day == today).then(|| view! { " " <span class="aside">{words::wizard::today(language)}</span> })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table table-plain">
            <caption class="unseen">{words::wizard::dates(language)}</caption>
            <thead>
                <tr>
                    <th scope="col">{customer::day_utc(language)}</th>
                    <th scope="col">{words::wizard::dates_what(language)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
