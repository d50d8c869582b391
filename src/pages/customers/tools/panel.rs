//! The filters, each at once in the address (Q3).

use std::collections::BTreeSet;

use contract::customers::NOBODY;
use leptos::prelude::*;
use rules::customers::{Column, DevicesDue, InCharge, Query};
use rules::region::Region;
use rules::service::Service;
use rules::text::whole_number;
use rules::trial::Status;
use words::{customers, label, list_tools, problems, terms};

use super::super::table::name;
use super::{Desk, Panel};
use crate::route::Route;
use crate::ui::{CheckboxField, NumberField, SelectField};

/// Most days that can be asked for.
const DAYS_MAX: u32 = 9999;

/// Every filter.
#[component]
pub(super) fn FilterPanel(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let statuses = Status::ALL.map(|each| (each, each.name(), label::status(language, each)));
    let services = Service::ALL.map(|each| (each, each.name(), label::service(language, each)));
    let regions = Region::ALL.map(|each| (each, each.name(), label::region(language, each)));
    let devices = [DevicesDue::Due, DevicesDue::Overdue]
        .map(|due| (due.name().to_owned(), label::devices_due(language, due).to_owned()));
    let flag = |id: &'static str, text: &'static str, of: fn(&mut Query) -> &mut bool| {
        view! {
            <CheckboxField
                id=id
                label=Signal::stored(text.to_owned())
                checked=Signal::derive(move || *of(&mut desk.list.query.get()))
                on_change=move |on: bool| desk.change(|query| *of(query) = on)
            />
        }
    };
    view! {
        <div
            class="filters below"
            id="filters"
            role="group"
            aria-label=list_tools::filters(language)
            hidden=move || desk.panel.get() != Some(Panel::Filters)
        >
            {boxes(desk, customers::status(language), "status", &statuses, |query| &mut query.statuses)}
            {boxes(desk, customers::services(language), "service", &services, |query| &mut query.services)}
            {boxes(desk, terms::data_residency_region(language), "region", &regions, |query| &mut query.regions)}
            <fieldset class="filter-fields">
                <legend class="unseen">{list_tools::more(language)}</legend>
                <EndsWithin desk=desk />
                <WhoseCustomers desk=desk />
                <SelectField
                    id="filter-devices"
                    label=Signal::stored(list_tools::devices(language).to_owned())
                    options=devices.to_vec()
                    placeholder=list_tools::any(language)
                    value=Signal::derive(move || {
                        desk.list.query.with(|query| query.devices_due.map(DevicesDue::name).unwrap_or_default().to_owned())
                    })
                    on_change=move |due: String| desk.change(|query| query.devices_due = DevicesDue::from_name(&due))
                />
                <SortField desk=desk />
                {flag("filter-interested", label::attention(language, rules::customers::Attention::Interested), |query| &mut query.interested)}
                {flag("filter-failed", label::attention(language, rules::customers::Attention::FailedMails), |query| &mut query.failed_mails)}
            </fieldset>
        </div>
    }
}

/// A box for each value of a filter that takes several.
fn boxes<T: Copy + Ord + Send + Sync + 'static>(
    desk: Desk,
    legend: &'static str,
    group: &'static str,
    values: &[(T, &'static str, &'static str)],
    of: fn(&mut Query) -> &mut BTreeSet<T>,
) -> impl IntoView + use<T> {
    let boxes = values.iter().map(|(value, name, text)| {
        let value = *value;
        let change = move |on: bool| {
            desk.change(|query| {
                let chosen = of(query);
                let _ = if on { chosen.insert(value) } else { chosen.remove(&value) };
            });
        };
        view! {
            <CheckboxField
                id=format!("{group}-{name}")
                label=Signal::stored((*text).to_owned())
                checked=Signal::derive(move || of(&mut desk.list.query.get()).contains(&value))
                on_change=change
            />
        }
    });
    view! {
        <fieldset class="boxes">
            <legend class="label">{legend}</legend>
            {boxes.collect_view()}
        </fieldset>
    }
}

/// Trials that end within so many days. What is typed on takes the place of what was typed before,
/// so that Back leads out of it and not digit by digit.
#[component]
fn EndsWithin(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let text = |days: Option<u32>| days.map(|days| days.to_string()).unwrap_or_default();
    let typed = RwSignal::new(text(desk.list.query.get_untracked().ends_within));
    Effect::new(move |_| {
        let days = desk.list.query.with(|query| query.ends_within);
        if read(&typed.get_untracked()).ok().flatten() != days {
            typed.set(text(days));
        }
    });
    let take = move |text: String| {
        typed.set(text.clone());
        let Ok(days) = read(&text) else { return };
        let before = desk.list.query.get_untracked();
        if days != before.ends_within {
            let typed_on = days.is_some() && before.ends_within.is_some();
            let route = Route::Customers(Query { ends_within: days, ..before });
            if typed_on { desk.navigator.go_instead(route) } else { desk.navigator.go(route) }
        }
    };
    let problem = Signal::derive(move || {
        let wrong = typed.with(|typed| read(typed).is_err());
        wrong.then(|| problems::out_of_range(language, DAYS_MAX, 0))
    });
    view! {
        <NumberField
            id="filter-ends-within"
            label=Signal::stored(list_tools::ends_within(language).to_owned())
            value=typed
            on_input=take
            suffix=list_tools::days(language)
            problem=problem
        />
    }
}

/// Days as they were typed; nothing typed is no filter.
fn read(typed: &str) -> Result<Option<u32>, ()> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let days = whole_number(typed).and_then(|days| u32::try_from(days).ok()).filter(|days| *days <= DAYS_MAX);
    days.map(Some).ok_or(())
}

/// Whose customers: anybody's, nobody's, or one person's. A person whom the filter names and who
/// is none of the partner's any more stands in the list as long as they are chosen.
#[component]
fn WhoseCustomers(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let value = Signal::derive(move || {
        desk.list.query.with(|query| match &query.in_charge {
            None => String::new(),
            Some(InCharge::Nobody) => NOBODY.to_owned(),
            Some(InCharge::Person(person)) => person.to_string(),
        })
    });
    let choose = move |chosen: String| {
        desk.change(|query| {
            query.in_charge = match chosen.as_str() {
                "" => None,
                NOBODY => Some(InCharge::Nobody),
                person => Some(InCharge::Person(person.into())),
            };
        });
    };
    let stranger = Memo::new(move |_| {
        let person = value.get();
        let known = desk.people.with(|people| people.iter().flatten().any(|each| each.id.as_str() == person));
        (!known && !person.is_empty() && person != NOBODY).then_some(person)
    });
    move || {
        let mut options = vec![(NOBODY.to_owned(), customers::unassigned(language).to_owned())];
        let people = desk.people.get().unwrap_or_default();
        options.extend(people.into_iter().map(|person| (person.id.to_string(), person.name)));
        options.extend(stranger.get().map(|person| (person.clone(), person)));
        view! {
            <SelectField
                id="filter-in-charge"
                label=Signal::stored(customers::in_charge(language).to_owned())
                options=options
                placeholder=list_tools::anyone(language)
                value=value
                on_change=choose
            />
        }
    }
}

/// The order of the list, also for windows in which no column has a head to press.
#[component]
fn SortField(desk: Desk) -> impl IntoView {
    let language = desk.language;
    // Each column by itself, and turned round.
    let option = |column: Column, reversed: bool| {
        let text = match reversed {
            false => name(language, column).to_owned(),
            true => list_tools::turned(language, name(language, column)),
        };
        (written(column, reversed), text)
    };
    let options = Column::ALL.into_iter().flat_map(|column| [option(column, false), option(column, true)]).collect();
    let value = Signal::derive(move || desk.list.query.with(|query| written(query.sort, query.reversed)));
    let choose = move |chosen: String| {
        desk.change(|query| {
            query.reversed = chosen.starts_with('-');
            query.sort = Column::from_name(chosen.trim_start_matches('-')).unwrap_or_default();
        });
    };
    view! {
        <SelectField
            id="filter-sort"
            label=Signal::stored(list_tools::sort(language).to_owned())
            options=options
            value=value
            on_change=choose
        />
    }
}

/// An order as the address has it.
fn written(column: Column, reversed: bool) -> String {
    [if reversed { "-" } else { "" }, column.name()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_a_whole_number_or_nothing_q3() {
        let rows = [
            ("", Ok(None)),
            (" 7 ", Ok(Some(7))),
            ("0", Ok(Some(0))),
            ("-1", Err(())),
            ("x", Err(())),
            ("99999", Err(())),
        ];
        for (typed, days) in rows {
            assert_eq!(read(typed), days, "{typed:?}");
        }
    }
}
