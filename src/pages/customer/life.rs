//! The life of a trial, drawn large with the mails on it, and the same as a table (Q8, N15).

use contract::mails::MailLine;
use leptos::prelude::*;
use rules::clock::Day;
use rules::device::ShipmentState;
use rules::notice::{Due, MailKind, Recipients};
use rules::trial::{DateKind, Phase, Trial, dates_of, dates_past};
use words::{Language, customer, customer_page, date_short, label};

use crate::ui::{Beside, Mark, Span, SpanKind, Timeline};

/// The band with its marks; nothing for a trial that never started.
#[component]
pub fn TrialTimeline(
    /// The trial.
    trial: Trial,
    /// The mails about it that were sent, or tried.
    mails: Vec<MailLine>,
    /// The backend's day (L1).
    today: Day,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Some(drawn) = drawn(language, &trial) else { return ().into_any() };
    let Drawn { start, mut spans, mut marks, described } = drawn;
    let at = |day: Day| start.days_until(day);
    let dates = dates_of(&trial);
    if let Some((release, _)) = dates.iter().find(|(_, kind)| *kind == DateKind::NumberRelease) {
        let from = spans.iter().map(|span| span.to).max().unwrap_or(0);
        spans.push(Span { kind: SpanKind::After, from, to: at(*release) });
        marks.push(Mark { at: at(*release), label: customer::band_numbers(language, date_short(language, *release)) });
    }
    // A cancelled shipment has no end and brings no return (D11).
    let lent = trial.shipments.iter().filter(|shipment| shipment.state != ShipmentState::Cancelled);
    let beside: Vec<Beside> = lent
        .map(|shipment| Beside {
            label: label::devices(language, shipment.device, shipment.count),
            from: at(shipment.start),
            to: at(shipment.end),
            back: at(shipment.return_due()),
        })
        .collect();
    let days = spans.iter().map(|span| span.to).chain(beside.iter().map(|each| each.back));
    let last = days.max().unwrap_or(0);
    let now = Some(at(today)).filter(|day| (0..=last).contains(day));
    let now = now.map(|at| Mark { at, label: customer::band_today(language).to_owned() });
    let mut ticks: Vec<i64> = mail_days(&trial, &mails).into_iter().map(|(day, ..)| at(day)).collect();
    ticks.retain(|day| (0..=last).contains(day));
    ticks.sort_unstable();
    ticks.dedup();
    view! { <Timeline spans=spans beside=beside marks=marks ticks=ticks today=now label=described /> }.into_any()
}

/// What of a trial is drawn, whatever else comes on it.
struct Drawn {
    start: Day,
    spans: Vec<Span>,
    marks: Vec<Mark>,
    described: String,
}

fn drawn(language: Language, trial: &Trial) -> Option<Drawn> {
    let short = |day| date_short(language, day);
    let begun = |start: Day| Mark { at: 0, label: customer::band_start(language, short(start)) };
    match trial.phase {
        Phase::Started { start, end } => {
            let at = |day: Day| start.days_until(day);
            let grace = dates_of(trial).into_iter().find(|(_, kind)| *kind == DateKind::GraceEnd);
            let closed = grace.map_or(end, |(day, _)| day);
            Some(Drawn {
                start,
                spans: vec![
                    Span { kind: SpanKind::Trial, from: 0, to: at(end) },
                    Span { kind: SpanKind::Grace, from: at(end), to: at(closed) },
                ],
                marks: vec![
                    begun(start),
                    Mark { at: at(end), label: customer::band_end(language, short(end)) },
                    Mark { at: at(closed), label: customer::band_closed(language, short(closed)) },
                ],
                described: customer::band_label(language, short(end), short(closed), short(start)),
            })
        }
        // What is over was lived until that day, whichever end it would have had.
        Phase::Converted { on } | Phase::Cancelled { on, started: true } => {
            let start = Day::of(trial.started?);
            let ended = match trial.phase {
                Phase::Converted { .. } => customer_page::band_ended_converted(language, short(on)),
                _ => customer_page::band_ended_cancelled(language, short(on)),
            };
            let at = start.days_until(on);
            Some(Drawn {
                start,
                spans: vec![Span { kind: SpanKind::Trial, from: 0, to: at.max(1) }],
                marks: vec![begun(start), Mark { at, label: ended }],
                described: customer_page::band_over_label(language, short(on), short(start)),
            })
        }
        _ => None,
    }
}

/// A day on which a mail goes or went, about what, to whom, and where it stands.
type MailDay = (Day, MailKind, Recipients, Option<String>);

/// The mails of a trial by day, each once: those that were written, and those that are planned.
fn mail_days(trial: &Trial, mails: &[MailLine]) -> Vec<MailDay> {
    let mut days: Vec<MailDay> = Vec::new();
    let own = mails.iter().filter(|mail| mail.trial.as_ref() == Some(&trial.id));
    let sent = own.map(|mail| (Day::of(mail.at), mail.kind, mail.to, Some(mail.state.name().to_owned())));
    let planned = trial.mails.iter().filter_map(|mail| match mail.due {
        Due::On(day) => Some((day, mail.kind, mail.to, None)),
        Due::WhenProvisioned | Due::WhenShipped => None,
    });
    for mail in sent.chain(planned) {
        if !days.iter().any(|known| (known.0, known.1, known.2, &known.3) == (mail.0, mail.1, mail.2, &mail.3)) {
            days.push(mail);
        }
    }
    days
}

/// The same dates and mails as a table, for those who do not see the band; past ones are told apart.
#[component]
pub fn DateTable(
    /// The trial.
    trial: Trial,
    /// The mails about it that were sent, or tried.
    mails: Vec<MailLine>,
    /// The backend's day (L1).
    today: Day,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let dates = dates_of(&trial).into_iter().chain(dates_past(&trial));
    let dates = dates.map(|(day, kind)| (day, 0, label::date_kind(language, kind)));
    let mails = mail_days(&trial, &mails).into_iter().map(|(day, kind, group, state)| {
        let mail =
            customer_page::mail_row(language, label::recipients(language, group), label::mail_kind(language, kind));
        let state = state.as_deref().and_then(rules::notice::MailState::from_name);
        let state = label::mail_state(language, state.unwrap_or(rules::notice::MailState::Planned));
        (day, 1, customer_page::mail_with_state(language, mail, state))
    });
    let mut rows: Vec<(Day, u8, String)> = dates.chain(mails).collect();
    rows.sort_by_key(|(day, order, _)| (*day, *order));
    let rows = rows
        .into_iter()
        .map(|(day, _, what)| {
            let past = day < today;
            view! {
                <tr class=past.then_some("muted")>
                    <td class="numbers nowrap">{words::date(language, day)}</td>
                    <td>
                        {what}
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

#[cfg(test)]
mod tests {
    use rules::samples;

    use super::*;

    #[test]
    fn the_band_of_a_running_trial_reaches_to_its_closing_q8_l3() {
        let trial = samples::trial(samples::shortest_draft());
        let drawn = drawn(Language::En, &trial).expect("it runs");
        assert_eq!(drawn.spans.iter().map(|span| span.to).max(), Some(60));
        assert_eq!(drawn.marks.len(), 3);
    }

    #[test]
    fn a_trial_that_was_cancelled_was_lived_until_that_day_q8_k2() {
        let mut trial = samples::trial(samples::shortest_draft());
        let start = Day::of(trial.started.expect("it runs"));
        trial.phase = Phase::Cancelled { on: start.plus(12), started: true };
        let drawn = drawn(Language::En, &trial).expect("it ran");
        assert_eq!(drawn.spans.iter().map(|span| span.to).max(), Some(12));
        assert!(drawn.marks[1].label.ends_with("cancelled"), "{}", drawn.marks[1].label);
    }

    #[test]
    fn planned_mails_have_their_days_q8_l8() {
        let trial = samples::trial(samples::shortest_draft());
        let kinds: Vec<MailKind> = mail_days(&trial, &[]).into_iter().map(|(_, kind, ..)| kind).collect();
        assert!(kinds.contains(&MailKind::EndsSoon) && kinds.contains(&MailKind::AccessOver), "{kinds:?}");
    }
}
