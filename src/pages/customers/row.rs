//! One customer in the list (Q1, Q9).

use contract::customers::{CustomerLine, NamedPerson, ServiceLine};
use leptos::prelude::*;
use rules::clock::{Day, days_left};
use rules::notice::GRACE_DAYS;
use rules::trial::{Phase, State, Status};
use words::{Language, customers, date_short, label};

use super::list::row_id;
use super::slots::{Slot, Slots};
use crate::reader::language;
use crate::route::Route;
use crate::status::{StatusPill, TrialLife};
use crate::ui::Face;

/// A customer. Two columns stand under others where there is no room for them:
/// the administrator under the company, the days left under the end.
#[component]
pub fn Row(
    /// The customer.
    line: CustomerLine,
    /// The backend's day (L1).
    today: Day,
    /// The places for what comes later.
    slots: Slots,
) -> impl IntoView {
    let language = language();
    let ends = line.phase.and_then(Phase::last_day).map(|day| date_short(language, day));
    let left = left(language, line.phase, today);
    let administrator = line.administrator_email.clone();
    let licences = line.licences.map(|licences| words::number(language, licences.into()));
    let more = (line.more_trials > 0).then(|| more_trials(language, line.more_trials));
    // Of a request the list says what was asked and until when, and nothing else (Q11).
    let pending = line.status == Status::TrialPending;
    let changed = (!pending).then(|| date_short(language, Day::of(line.last_change)));
    let href = Route::Customer(line.id.clone()).path();
    let company = line.company.clone();
    let differ = line.days_differ();
    let select = Box::new(line.clone());
    view! {
        <tr role="row">
            <td class="c-select" role="cell">
                {move || slots.fill(Slot::Select(select.clone()))}
            </td>
            <td class="c-company" role="cell">
                <a id=row_id(line.id.as_str()) class="customer-link" href=href title=company>
                    <bdi>{line.company}</bdi>
                </a>
                {administrator.clone().map(|email| view! { <span class="under fold-administrator"><bdi>{email}</bdi></span> })}
            </td>
            <td class="c-status" role="cell">
                <StatusPill status=line.status />
                {more}
            </td>
            <td class="c-services" role="cell">
                {service_tags(language, &line.services, differ)}
            </td>
            <td class="c-life" role="cell">
                <TrialLife phase=line.phase status=line.status today=today />
            </td>
            <td class="c-ends numbers" role="cell">
                {or_none(language, ends)}
                {left.clone().map(|left| view! { <span class="under fold-days">{left}</span> })}
            </td>
            <td class="c-days numbers" role="cell">
                {or_none(language, left)}
            </td>
            <td class="c-licences numbers" role="cell">
                {or_none(language, licences)}
            </td>
            <td class="c-region" role="cell">
                {or_none(language, line.region.map(|region| label::region(language, region).to_owned()))}
            </td>
            <td class="c-administrator" role="cell">
                {match administrator {
                    Some(email) => view! { <bdi>{email}</bdi> }.into_any(),
                    None => or_none(language, None),
                }}
            </td>
            <td class="c-in-charge" role="cell">
                {if pending { or_none(language, None) } else { in_charge(language, line.in_charge) }}
            </td>
            <td class="c-change numbers" role="cell">
                {or_none(language, changed)}
            </td>
        </tr>
    }
}

/// A text, or a dash that is read as *None*.
fn or_none(language: Language, text: Option<String>) -> AnyView {
    match text {
        Some(text) => text.into_any(),
        None => view! {
            <span class="muted" aria-hidden="true">
                "–"
            </span>
            <span class="unseen">{customers::none(language)}</span>
        }
        .into_any(),
    }
}

/// How many more trials the customer has (Q9).
fn more_trials(language: Language, count: u32) -> impl IntoView {
    let text = customers::more_trials(language, count);
    view! {
        <span class="tag more-trials" title=text.clone() aria-hidden="true">
            {format!("+{count}")}
        </span>
        <span class="unseen">{text}</span>
    }
}

/// The services, each with its days left when these differ (Q1).
fn service_tags(language: Language, services: &[ServiceLine], differ: bool) -> AnyView {
    if services.is_empty() {
        return or_none(language, None);
    }
    let tags = services.iter().map(|line| {
        let days = line.days_left.filter(|_| differ).map(|days| {
            let days = days.max(0);
            view! {
                <span aria-hidden="true">{format!(" · {days}")}</span>
                <span class="unseen">", "{customers::days_left_value(language, days)}</span>
            }
        });
        view! { <li class="tag">{label::service(language, line.service)}{days}</li> }
    });
    view! { <ul class="tags">{tags.collect_view()}</ul> }.into_any()
}

/// The days that are left of the trial, or of its grace (L1, L2), or to answer a
/// request (X11).
fn left(language: Language, phase: Option<Phase>, today: Day) -> Option<String> {
    let phase = phase?;
    match (phase.state(today), phase) {
        (State::Running, Phase::Started { end, .. }) => {
            Some(customers::days_left_value(language, days_left(today, end)))
        }
        (State::Expired, Phase::Started { end, .. }) => {
            Some(customers::grace_left(language, days_left(today, end.plus(GRACE_DAYS))))
        }
        (State::Pending, Phase::Pending { answer_by }) => {
            Some(customers::answer_left(language, days_left(today, answer_by)))
        }
        _ => None,
    }
}

/// The person in charge (P9), as initials; who nobody is in charge of is said in words.
fn in_charge(language: Language, person: Option<NamedPerson>) -> AnyView {
    match person {
        Some(person) => view! { <Face name=person.name /> }.into_any(),
        None => view! { <span class="muted aside">{customers::unassigned(language)}</span> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> Day {
        Day::from_ymd(2026, 3, 1).expect("a date of the calendar").plus(number)
    }

    #[test]
    fn a_row_says_how_many_days_are_left_of_the_trial_or_its_grace_l1_l2() {
        let phase = Some(Phase::Started { start: day(0), end: day(30) });
        let rows = [
            (0, Some("30 days left")),
            (29, Some("1 day left")),
            (30, Some("30 days of grace left")),
            (59, Some("1 day of grace left")),
            (60, None),
        ];
        for (today, text) in rows {
            assert_eq!(left(Language::En, phase, day(today)).as_deref(), text, "day {today}");
        }
        let pending = |answer_by| left(Language::En, Some(Phase::Pending { answer_by }), day(0));
        assert_eq!(pending(day(30)).as_deref(), Some("30 days to answer"));
        assert_eq!(pending(day(0)).as_deref(), Some("0 days to answer"));
        assert_eq!(left(Language::En, Some(Phase::Awaiting { since: day(0) }), day(0)), None);
    }
}
