//! What an act on a trial brings, as the hub tells it: the state and the dates before and after, the
//! mails, and what is lost (E6).

use std::collections::BTreeMap;

use leptos::prelude::*;
use rules::clock::Day;
use rules::consequences::{Consequences, TrialView};
use rules::trial::DateKind;
use words::{Language, date, label, subscriptions};

use crate::consequences::Brings;

/// The whole of it.
pub fn brings(language: Language, told: &Consequences, domain: &str) -> AnyView {
    let state = match (&told.before, &told.after) {
        (Some(before), Some(after)) if before.state != after.state => {
            let (before, after) = (label::state(language, before.state), label::state(language, after.state));
            Some(view! { <p>{subscriptions::becomes(language, after, before)}</p> })
        }
        _ => None,
    };
    let dates = moved(told.before.as_ref(), told.after.as_ref());
    let dates = (!dates.is_empty()).then(|| table(language, dates));
    view! {
        <div class="stack-tight">
            {state}
            {dates}
            <Brings consequences=told.clone() domain=domain.to_owned() language=language />
        </div>
    }
    .into_any()
}

type Moved = (DateKind, Option<Day>, Option<Day>);

/// The dates that are other ones afterwards, or that come or go.
fn moved(before: Option<&TrialView>, after: Option<&TrialView>) -> Vec<Moved> {
    let of = |view: Option<&TrialView>| -> BTreeMap<DateKind, Day> {
        view.into_iter().flat_map(|view| &view.dates).map(|(day, kind)| (*kind, *day)).collect()
    };
    let (was, will) = (of(before), of(after));
    let mut kinds: Vec<DateKind> = was.keys().chain(will.keys()).copied().collect();
    kinds.sort();
    kinds.dedup();
    let each = kinds.into_iter().map(|kind| (kind, was.get(&kind).copied(), will.get(&kind).copied()));
    each.filter(|(_, was, will)| was != will).collect()
}

fn table(language: Language, dates: Vec<Moved>) -> impl IntoView {
    let day =
        move |day: Option<Day>| day.map_or(subscriptions::date_none(language).to_owned(), |day| date(language, day));
    let rows = dates.into_iter().map(|(kind, was, will)| {
        view! {
            <tr>
                <th scope="row">{label::date_kind(language, kind)}</th>
                <td class="numbers">{day(was)}</td>
                <td class="numbers">{day(will)}</td>
            </tr>
        }
    });
    view! {
        <table class="table table-plain dates-moved">
            <caption>{subscriptions::dates(language)}</caption>
            <thead>
                <tr>
                    <th scope="col">{subscriptions::date_what(language)}</th>
                    <th scope="col">{subscriptions::date_now(language)}</th>
                    <th scope="col">{subscriptions::date_then(language)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use rules::offer::Offer;
    use rules::samples;
    use rules::trial::State;

    use super::*;

    #[test]
    fn only_dates_that_move_come_or_go_are_told_e6() {
        let (one, other) = (samples::day(2026, 5, 1), samples::day(2026, 5, 31));
        let view = |dates: &[(Day, DateKind)]| TrialView {
            state: State::Running,
            offer: Offer::default(),
            dates: dates.to_vec(),
        };
        let before = view(&[(one, DateKind::Start), (one, DateKind::End)]);
        let after = view(&[(one, DateKind::Start), (other, DateKind::End), (other, DateKind::NumberRelease)]);
        assert_eq!(
            moved(Some(&before), Some(&after)),
            [(DateKind::End, Some(one), Some(other)), (DateKind::NumberRelease, None, Some(other))]
        );
        assert_eq!(moved(Some(&before), None).len(), 2);
    }
}
