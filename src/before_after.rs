//! A trial before and after an act: its status, its end, what it gives, and every date (E6, E1, N15).

use std::collections::BTreeSet;

use leptos::prelude::*;
use rules::clock::Day;
use rules::consequences::{Consequences, TrialView};
use rules::offer::Offer;
use rules::service::{Calling, CallingKind, Service};
use rules::trial::DateKind;
use words::{Language, acting, customer, date, date_short, label};

use crate::consequences::Brings;

/// What an act brings, whole: the dated before and after, then access, losses and mails.
pub fn told(language: Language, domain: &str, brings: &Consequences) -> AnyView {
    view! {
        <BeforeAfter brings=brings.clone() domain=domain.to_owned() language=language />
        <Brings consequences=brings.clone() domain=domain.to_owned() language=language />
    }
    .into_any()
}

/// Status, end, offer and dates; nothing of what does not change but the dates, which stand
/// together.
#[component]
fn BeforeAfter(brings: Consequences, domain: String, language: Language) -> impl IntoView {
    let (Some(before), Some(after)) = (brings.before, brings.after) else { return ().into_any() };
    let state = (before.state != after.state).then(|| {
        let (was, will) = (label::state(language, before.state), label::state(language, after.state));
        view! { <p>{acting::state_from(language, will, was)}</p> }
    });
    let end = end_line(language, &before, &after).map(|line| view! { <p class="act-end"><strong>{line}</strong></p> });
    let Differences { gone, changed, new } = differences(language, &domain, &before.offer, &after.offer);
    let rows = rows(&before, &after);
    let changes = rows.iter().any(|(_, was, will)| was != will);
    let dates = changes.then(|| dates(language, rows));
    view! {
        <div class="stack-tight">
            {state} {end} {list(acting::gone(language), gone)} {list(acting::changed(language), changed)}
            {list(acting::new(language), new)} {dates}
        </div>
    }
    .into_any()
}

fn list(title: &'static str, lines: Vec<String>) -> Option<impl IntoView> {
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
    (!lines.is_empty()).then(|| view! { <div class="brings"><h3>{title}</h3> <ul>{lines}</ul></div> })
}

/// Old end, new end, and the days between them (E1).
fn end_line(language: Language, before: &TrialView, after: &TrialView) -> Option<String> {
    let end = |view: &TrialView| view.dates.iter().find(|(_, kind)| *kind == DateKind::End).map(|(day, _)| *day);
    moved(language, end(before)?, end(after)?)
}

/// An end that moves, in words; nothing where it stays (E1).
pub fn moved(language: Language, old: Day, new: Day) -> Option<String> {
    let days = old.days_until(new);
    let (was, will) = (date(language, old), date(language, new));
    match days {
        0 => None,
        1.. => Some(acting::end_later(language, will, was, days)),
        _ => Some(acting::end_earlier(language, will, was, -days)),
    }
}

/// How what a trial gives differs from what it gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// What is not given any more.
    pub gone: Vec<String>,
    /// What is given in another way, before and after.
    pub changed: Vec<String>,
    /// What was not given before.
    pub new: Vec<String>,
}

/// What is compared with its like. Calling by another kind is another thing (E4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    Service(Service),
    Calling(CallingKind),
    Site,
    Numbers,
}

fn given(language: Language, domain: &str, offer: &Offer) -> Vec<(Given, String)> {
    let kind = |service| match (service, offer.calling) {
        (Service::Calling, Some(calling)) => Given::Calling(calling.kind()),
        _ => Given::Service(service),
    };
    let services = offer.services().into_iter().map(kind);
    let mut given: Vec<(Given, String)> = services.zip(label::offered(language, offer)).collect();
    if let Some(site) = offer.meetings.as_ref().and_then(|meetings| meetings.site.as_ref()) {
        let site = format!("{}, {}", site.name.host(domain), site.time_zone);
        given.push((Given::Site, format!("{}: {site}", customer::site(language))));
    }
    if let Some(Calling::Cloud { locations, numbered_users }) = offer.calling {
        let numbers = offer.calling.map_or(0, |calling| calling.phone_numbers());
        given.push((Given::Numbers, words::wizard::number_plan(language, locations, numbers, numbered_users)));
    }
    given
}

/// What goes, what becomes another, and what comes (E4).
pub fn differences(language: Language, domain: &str, before: &Offer, after: &Offer) -> Differences {
    let (was, will) = (given(language, domain, before), given(language, domain, after));
    let mut differences = Differences::default();
    for (what, line) in &was {
        match will.iter().find(|(each, _)| each == what) {
            None => differences.gone.push(line.clone()),
            Some((_, now)) if now != line => differences.changed.push(acting::becomes(language, line, now)),
            Some(_) => {}
        }
    }
    let came = will.into_iter().filter(|(what, _)| !was.iter().any(|(each, _)| each == what));
    differences.new = came.map(|(_, line)| line).collect();
    differences
}

type Row = (DateKind, Option<Day>, Option<Day>);

/// Every date of either, in the order of what follows.
fn rows(before: &TrialView, after: &TrialView) -> Vec<Row> {
    let of = |view: &TrialView, kind| view.dates.iter().find(|(_, each)| *each == kind).map(|(day, _)| *day);
    let kinds: BTreeSet<DateKind> = before.dates.iter().chain(&after.dates).map(|(_, kind)| *kind).collect();
    let mut rows: Vec<Row> = kinds.into_iter().map(|kind| (kind, of(before, kind), of(after, kind))).collect();
    rows.sort_by_key(|(kind, was, will)| (will.or(*was), *kind));
    rows
}

fn dates(language: Language, rows: Vec<Row>) -> impl IntoView {
    let day = move |day: Option<Day>| day.map_or(acting::no_date(language).to_owned(), |day| date_short(language, day));
    let rows = rows
        .into_iter()
        .map(|(kind, was, will)| {
            let class = (was == will).then_some("muted");
            view! {
                <tr class=class>
                    <th scope="row">{label::date_kind(language, kind)}</th>
                    <td class="numbers nowrap">{day(was)}</td>
                    <td class="numbers nowrap">
                        {match was == will {
                            true => view! { {day(will)} }.into_any(),
                            false => view! { <strong>{day(will)}</strong> }.into_any(),
                        }}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table table-plain before-after">
            <caption>{acting::dates(language)}</caption>
            <thead>
                <tr>
                    <th scope="col">{words::wizard::dates_what(language)}</th>
                    <th scope="col">{acting::before(language)}</th>
                    <th scope="col">{acting::after(language)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use rules::samples::{self, day};

    use super::*;

    #[test]
    fn an_end_that_moves_names_both_days_and_the_difference_e1() {
        let (old, new) = (day(2026, 3, 31), day(2026, 4, 24));
        assert_eq!(
            moved(Language::En, old, new).as_deref(),
            Some("The end moves from 31 March 2026 to 24 April 2026 (UTC): 24 days later.")
        );
        assert_eq!(
            moved(Language::Nl, new, old.plus(23)).as_deref(),
            Some("Het einde gaat van 24 april 2026 naar 23 april 2026 (UTC): 1 dag eerder.")
        );
        assert_eq!(moved(Language::En, old, old), None);
    }

    #[test]
    fn what_goes_and_what_comes_are_told_apart_e4() {
        let before = samples::trial(samples::full_draft()).offer;
        let mut after = before.clone();
        after.calling = None;
        let Differences { gone, changed, new } = differences(Language::En, "webex.com", &before, &after);
        assert!(gone.iter().any(|line| line.starts_with("Calling")), "{gone:?}");
        assert_eq!((changed, new), (vec![], vec![]));
    }

    #[test]
    fn what_only_becomes_another_is_no_loss_and_calling_by_another_kind_is_e4() {
        let before = samples::trial(samples::full_draft()).offer;
        let more = Offer { licences: before.licences.map(|count| count + 1), ..before.clone() };
        let Differences { gone, changed, new } = differences(Language::En, "webex.com", &before, &more);
        assert_eq!((gone, new), (vec![], vec![]));
        let (was, will) = (label::offered(Language::En, &before), label::offered(Language::En, &more));
        assert_eq!(changed[0], format!("{} becomes {}", was[0], will[0]));
        let hybrid = Offer { calling: Some(Calling::Hybrid), ..before.clone() };
        let told = differences(Language::En, "webex.com", &before, &hybrid);
        assert!(told.gone.iter().any(|line| line.starts_with("Calling")), "{told:?}");
        assert!(told.new.iter().any(|line| line.starts_with("Calling")), "{told:?}");
    }

    #[test]
    fn a_date_of_only_one_side_has_a_row_as_well_e6() {
        let (start, end) = ((day(2026, 3, 1), DateKind::Start), (day(2026, 3, 31), DateKind::End));
        let view = |dates: Vec<_>| TrialView { state: rules::trial::State::Running, offer: Offer::default(), dates };
        let release = (day(2026, 5, 15), DateKind::NumberRelease);
        let rows = rows(&view(vec![start, end]), &view(vec![start, release]));
        assert_eq!(
            rows,
            [
                (DateKind::Start, Some(start.0), Some(start.0)),
                (DateKind::End, Some(end.0), None),
                (DateKind::NumberRelease, None, Some(release.0)),
            ]
        );
    }
}
