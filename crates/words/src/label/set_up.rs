//! What a set-up calls its steps, its fields, and what is done and left to do (`U2`, `U3`).

use super::{service, ship_to};
use crate::{Language, customer, people, setting_up, wizard};
use rules::{
    draft::{Field, ShipToField},
    region::CountryCode,
    service::Service,
    set_up::{LocationField, SetUpField, SetUpStep},
    trial::{SetUpLine, SetUpTask},
};

/// A step of the set-up.
pub fn set_up_step(language: Language, step: SetUpStep) -> &'static str {
    match step {
        SetUpStep::PlanReview => setting_up::step_plan(language),
        SetUpStep::MeetingsSite => wizard::step_meetings_site(language),
        SetUpStep::Calling => service(language, Service::Calling),
        SetUpStep::People => people::title(language),
        SetUpStep::Finish => setting_up::step_finish(language),
    }
}

/// A line of a location, as its country calls it (`D5`).
pub fn location_field(language: Language, field: LocationField, country: Option<CountryCode>) -> &'static str {
    match field {
        LocationField::Name => setting_up::location_name(language),
        LocationField::Street => wizard::street(language),
        LocationField::PostalCode => ship_to(language, ShipToField::PostalCode, country),
        LocationField::City => ship_to(language, ShipToField::City, country),
        LocationField::Country => wizard::ship_country(language),
        LocationField::Provider => setting_up::provider(language),
        LocationField::Numbers => setting_up::numbers(language),
    }
}

/// A field of the set-up by its whole name, as where it stands apart from its place.
pub fn set_up_field(language: Language, field: Field) -> String {
    match field {
        Field::SiteName => wizard::site_url(language).to_owned(),
        Field::TimeZone => wizard::time_zone(language).to_owned(),
        Field::SetUp(SetUpField::Location(at, part)) => {
            setting_up::location_named(language, location_field(language, part, None), u32::from(at) + 1)
        }
        _ => setting_up::call_control(language).to_owned(),
    }
}

/// Something that is left to do.
pub fn set_up_task(language: Language, task: &SetUpTask, domain: &str) -> String {
    match task {
        SetUpTask::AcceptTerms => customer::todo_terms(language).to_owned(),
        SetUpTask::MeetingsSite(site) => customer::todo_site(language, site.name.host(domain)),
        SetUpTask::PhoneNumbers(count) => customer::todo_numbers(language, *count),
        SetUpTask::OwnCallControl => customer::todo_call_control(language).to_owned(),
        SetUpTask::People => customer::todo_people(language).to_owned(),
    }
}

/// A line of what is done and what comes next.
pub fn set_up_line(language: Language, line: &SetUpLine, domain: &str) -> String {
    if !line.done {
        return set_up_task(language, &line.task, domain);
    }
    match &line.task {
        SetUpTask::AcceptTerms => setting_up::done_terms(language).to_owned(),
        SetUpTask::MeetingsSite(site) => setting_up::done_site(language, site.name.host(domain)),
        SetUpTask::PhoneNumbers(_) => setting_up::done_numbers(language).to_owned(),
        SetUpTask::OwnCallControl => setting_up::done_call_control(language).to_owned(),
        SetUpTask::People => setting_up::done_people(language).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_done_is_told_apart_from_what_comes_next_u3() {
        for language in Language::ALL {
            let tasks =
                [SetUpTask::AcceptTerms, SetUpTask::PhoneNumbers(3), SetUpTask::OwnCallControl, SetUpTask::People];
            let said: BTreeSet<String> = tasks
                .into_iter()
                .flat_map(|task| [true, false].map(|done| SetUpLine { task: task.clone(), done }))
                .map(|line| set_up_line(language, &line, "webex.com"))
                .collect();
            assert_eq!(said.len(), 8, "{said:?}");
        }
    }

    #[test]
    fn every_step_and_every_line_of_a_location_has_a_name_of_its_own_u2() {
        for language in Language::ALL {
            let steps: BTreeSet<&str> = SetUpStep::ALL.map(|step| set_up_step(language, step)).into();
            assert_eq!(steps.len(), SetUpStep::ALL.len());
            let fields: BTreeSet<&str> = LocationField::ALL.map(|field| location_field(language, field, None)).into();
            assert_eq!(fields.len(), LocationField::ALL.len());
        }
        let of_the_third = Field::SetUp(SetUpField::Location(2, LocationField::City));
        assert_eq!(set_up_field(Language::En, of_the_third), "Location 3: City");
    }
}
