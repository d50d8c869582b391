//! What a filter names that does not exist, or that the reader cannot see: it does no harm, and is
//! said (Q3, P2).

use leptos::prelude::*;
use rules::customers::{Column, DevicesDue, InCharge, Query};
use rules::people::PartnerRole;
use rules::region::Region;
use rules::service::Service;
use rules::trial::Status;
use words::list_tools;

use super::Desk;
use crate::route::decode;
use crate::session::who;
use crate::ui::{Button, Notice, Shape, Tone};

/// The parts of a filter, as it stands in an address, that nothing is known by.
pub(super) fn left_out(filter: &str) -> Vec<String> {
    let pairs = filter.split('&').filter(|pair| !pair.is_empty());
    pairs.filter_map(|pair| unknown(pair.split_once('=').unwrap_or((pair, "")))).collect()
}

fn unknown((name, value): (&str, &str)) -> Option<String> {
    let value = decode(&value.replace('+', " ")).unwrap_or_else(|| value.to_owned());
    let but = |known: &dyn Fn(&str) -> bool| {
        let rest: Vec<&str> = value.split(',').filter(|each| !each.is_empty() && !known(each)).collect();
        (!rest.is_empty()).then(|| format!("{name}={}", rest.join(",")))
    };
    match name {
        "q" | "in_charge" => None,
        "status" => but(&|each| Status::from_name(each).is_some()),
        "service" => but(&|each| Service::from_name(each).is_some()),
        "region" => but(&|each| Region::from_name(each).is_some()),
        "devices_due" => but(&|each| DevicesDue::from_name(each).is_some()),
        "ends_within" | "answer_within" => but(&|each| each.parse::<u32>().is_ok()),
        "interested" | "failed_mails" => but(&|each| each == "true" || each == "false"),
        "sort" => but(&|each| Column::from_name(each.strip_prefix('-').unwrap_or(each)).is_some()),
        _ => Some(format!("{name}={value}")),
    }
}

/// What is to be said about the present filter.
#[component]
pub(super) fn Notes(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let query = desk.list.query;
    let gone = move || {
        desk.gone.get().filter(|(of, _)| query.with(|query| query == of)).map(|(_, gone)| {
            view! {
                <Notice tone=Tone::Warn announced=true>
                    <p>{list_tools::left_out(language)}" "<bdi>{gone.join(", ")}</bdi></p>
                </Notice>
            }
        })
    };
    let stranger = move || {
        let InCharge::Person(person) = query.with(|query| query.in_charge.clone())? else { return None };
        let known =
            desk.people.with(|people| people.as_ref().map(|people| people.iter().any(|each| each.id == person)))?;
        (!known).then(|| {
            view! {
                <Notice tone=Tone::Warn announced=true>
                    <p>{list_tools::nobody_of_yours(language)}</p>
                    <Button on_click=move |_| desk.change(|query| query.in_charge = None)>
                        {list_tools::without_it(language)}
                    </Button>
                </Notice>
            }
        })
    };
    let role = who().and_then(|who| who.person.of_partner().map(|(_, role)| role));
    let nothing =
        Memo::new(move |_| desk.list.found.with(|found| found.as_ref().is_some_and(|found| found.found == 0)));
    let only_mine = move || {
        let asked = role == Some(PartnerRole::SalesAdministrator) && query.with(|query| *query != Query::default());
        (asked && nothing.get()).then(|| {
            view! {
                <Notice tone=Tone::Wait shape=Shape::Info announced=true>
                    <p>{list_tools::only_mine(language)}</p>
                </Notice>
            }
        })
    };
    view! { <div class="below stack-tight">{gone} {stranger} {only_mine}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_is_named_and_what_exists_is_not_q3() {
        let rows: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("q=a%26b&status=expired,active&sort=-company&in_charge=nobody&interested=true", &[]),
            ("status=expired,nonsense&page=7", &["status=nonsense", "page=7"]),
            ("service=fax,calling,telex&region=moon,EU", &["service=fax,telex", "region=moon"]),
            ("ends_within=soon&sort=-telex&devices_due=x", &["ends_within=soon", "sort=-telex", "devices_due=x"]),
            ("ends_within=7&answer_within=7&failed_mails=true&region=EU,US", &[]),
        ];
        for (filter, gone) in rows {
            assert_eq!(left_out(filter), gone, "{filter}");
        }
    }
}
