//! The filters that hold, each to take away; statuses stand pressed among the totals (Q3).

use leptos::prelude::*;
use rules::customers::{Attention, InCharge, Query};
use rules::region::Region;
use rules::service::Service;
use words::{Language, customers, label, list_tools};

use super::Desk;
use crate::route::Route;
use crate::ui::{Icon, Shape, move_focus};

/// A part of the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Service(Service),
    Region(Region),
    EndsWithin,
    AnswerWithin,
    InCharge,
    DevicesDue,
    Interested,
    FailedMails,
}

/// The parts that hold.
fn parts(query: &Query) -> Vec<Part> {
    let services = query.services.iter().map(|service| Part::Service(*service));
    let regions = query.regions.iter().map(|region| Part::Region(*region));
    let others = [
        (query.ends_within.is_some(), Part::EndsWithin),
        (query.answer_within.is_some(), Part::AnswerWithin),
        (query.in_charge.is_some(), Part::InCharge),
        (query.devices_due.is_some(), Part::DevicesDue),
        (query.interested, Part::Interested),
        (query.failed_mails, Part::FailedMails),
    ];
    let others = others.into_iter().filter(|(holds, _)| *holds).map(|(_, part)| part);
    services.chain(regions).chain(others).collect()
}

/// How many filters hold, the statuses counted as one.
pub(super) fn count(query: &Query) -> usize {
    parts(query).len() + usize::from(!query.statuses.is_empty())
}

fn without(query: &mut Query, part: Part) {
    match part {
        Part::Service(service) => query.services.retain(|each| *each != service),
        Part::Region(region) => query.regions.retain(|each| *each != region),
        Part::EndsWithin => query.ends_within = None,
        Part::AnswerWithin => query.answer_within = None,
        Part::InCharge => query.in_charge = None,
        Part::DevicesDue => query.devices_due = None,
        Part::Interested => query.interested = false,
        Part::FailedMails => query.failed_mails = false,
    }
}

fn text(desk: Desk, query: &Query, part: Part) -> String {
    let language: Language = desk.language;
    match part {
        Part::Service(service) => label::service(language, service).to_owned(),
        Part::Region(region) => label::region(language, region).to_owned(),
        Part::EndsWithin => list_tools::part_ends(language, query.ends_within.unwrap_or_default()),
        Part::AnswerWithin => list_tools::part_answer(language, query.answer_within.unwrap_or_default()),
        Part::InCharge => match &query.in_charge {
            Some(InCharge::Person(id)) => {
                let name = desk
                    .people
                    .with(|people| people.iter().flatten().find(|each| each.id == *id).map(|each| each.name.clone()));
                list_tools::part_in_charge(language, name.unwrap_or_else(|| id.to_string()))
            }
            Some(InCharge::Nobody) | None => customers::unassigned(language).to_owned(),
        },
        Part::DevicesDue => {
            query.devices_due.map(|due| label::devices_due(language, due)).unwrap_or_default().to_owned()
        }
        Part::Interested => label::attention(language, Attention::Interested).to_owned(),
        Part::FailedMails => label::attention(language, Attention::FailedMails).to_owned(),
    }
}

/// A button for each part, which takes it away, and one that takes all away.
#[component]
pub(super) fn Active(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let query = desk.list.query;
    move || {
        let held = query.with(parts);
        (!held.is_empty()).then(|| {
            let chips = held.into_iter().map(|part| {
                let text = query.with(|query| text(desk, query, part));
                let take = move |_| {
                    // The button is gone afterwards.
                    move_focus("open-filters");
                    desk.change(|query| without(query, part));
                };
                view! {
                    <button type="button" class="chip held" aria-label=list_tools::without(language, &text) on:click=take>
                        <bdi>{text.clone()}</bdi>
                        <Icon shape=Shape::Cross />
                    </button>
                }
            });
            let clear = move |_| {
                move_focus("open-filters");
                let before = query.get_untracked();
                let route = Query { search: before.search, sort: before.sort, reversed: before.reversed, ..Query::default() };
                desk.navigator.go(Route::Customers(route));
            };
            view! {
                <div class="held-filters below" role="group" aria-label=list_tools::held(language)>
                    {chips.collect_view()}
                    <button type="button" class="button button-quiet" on:click=clear>
                        {list_tools::clear(language)}
                    </button>
                </div>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_that_holds_can_be_taken_away_q3() {
        let mut query = Query {
            services: [Service::Calling].into(),
            regions: [Region::Eu, Region::Us].into(),
            ends_within: Some(7),
            answer_within: Some(7),
            in_charge: Some(InCharge::Nobody),
            devices_due: Some(rules::customers::DevicesDue::Due),
            interested: true,
            failed_mails: true,
            ..Query::default()
        };
        let held = parts(&query);
        assert_eq!(held.len(), 9);
        for part in held {
            without(&mut query, part);
            assert!(!parts(&query).contains(&part), "{part:?}");
        }
        assert_eq!(query, Query::default());
    }
}
