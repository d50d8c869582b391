//! Two sides that type in one set-up at once (U3): what only one of them changed is kept of both,
//! and only where both changed the same field does a person decide.

use super::{LocationDraft, LocationField, PersonDraft, SetUpDraft, SetUpField};
use crate::draft::Field;

impl SetUpDraft {
    /// What a field holds, as text; a country by its code. Empty for what is no single field of it.
    pub fn value(&self, field: Field) -> String {
        match field {
            Field::SiteName => self.site_name.clone(),
            Field::TimeZone => self.time_zone.clone(),
            Field::SetUp(SetUpField::CallControl) => self.call_control.clone(),
            Field::SetUp(SetUpField::Location(at, part)) => {
                let Some(location) = self.locations.get(usize::from(at)) else { return String::new() };
                match part {
                    LocationField::Country => location.country.map(|code| code.to_string()).unwrap_or_default(),
                    text => location.text(text).to_owned(),
                }
            }
            _ => String::new(),
        }
    }

    /// What is typed here, with what was typed there since `base`, from which both began; and the
    /// fields that both changed, each in another way: there what is typed here still stands.
    pub fn merged(&self, base: &SetUpDraft, there: &SetUpDraft) -> (SetUpDraft, Vec<Field>) {
        let (mut both, mut clashes) = (self.clone(), Vec::new());
        let locations = [self, base, there].map(|draft| draft.locations.len()).into_iter().max().unwrap_or_default();
        let of_location = |at| LocationField::ALL.map(|part| Field::SetUp(SetUpField::Location(at, part)));
        let single = [Field::SiteName, Field::TimeZone, Field::SetUp(SetUpField::CallControl)];
        let fields = single.into_iter().chain((0..).take(locations).flat_map(of_location));
        for field in fields {
            let (mine, was, other) = (self.value(field), base.value(field), there.value(field));
            if other == was || other == mine {
                continue;
            }
            if mine == was { both.take(field, there) } else { clashes.push(field) }
        }
        both.people = people(&self.people, &base.people, &there.people);
        (both, clashes)
    }

    /// Takes a field over from another draft.
    pub fn take(&mut self, field: Field, from: &SetUpDraft) {
        match field {
            Field::SiteName => self.site_name.clone_from(&from.site_name),
            Field::TimeZone => self.time_zone.clone_from(&from.time_zone),
            Field::SetUp(SetUpField::CallControl) => self.call_control.clone_from(&from.call_control),
            Field::SetUp(SetUpField::Location(at, part)) => {
                let at = usize::from(at);
                let other = from.locations.get(at).cloned().unwrap_or_default();
                let location = self.location_mut(at);
                match part {
                    LocationField::Country => location.country = other.country,
                    text => location.put(text, other.text(text).to_owned()),
                }
            }
            _ => {}
        }
    }

    /// A location to type in; those before it are there then as well.
    pub fn location_mut(&mut self, at: usize) -> &mut LocationDraft {
        if self.locations.len() <= at {
            self.locations.resize_with(at + 1, LocationDraft::default);
        }
        &mut self.locations[at]
    }
}

impl LocationDraft {
    /// Puts a text into a line of it; the country is no text.
    pub fn put(&mut self, field: LocationField, text: String) {
        match field {
            LocationField::Name => self.name = text,
            LocationField::Street => self.street = text,
            LocationField::PostalCode => self.postal_code = text,
            LocationField::City => self.city = text,
            LocationField::Country => {}
            LocationField::Provider => self.provider = text,
            LocationField::Numbers => self.numbers = text,
        }
    }
}

/// The rows of both: those here keep their places, without what was taken out there, and what came
/// there stands below. A row that both changed is one row again where they changed other parts of it,
/// and stands there twice where they changed the same, for neither may be lost.
fn people(here: &[PersonDraft], base: &[PersonDraft], there: &[PersonDraft]) -> Vec<PersonDraft> {
    let known = |rows: &[PersonDraft], row: &PersonDraft| rows.iter().find(|other| same_person(other, row)).cloned();
    let (mut both, mut joined) = (Vec::new(), Vec::new());
    for row in here {
        let was = known(base, row);
        match (was, known(there, row)) {
            // It was taken out there, and not changed here.
            (Some(was), None) if was == *row && !there.contains(row) => {}
            (Some(was), Some(other)) if other != *row => match join(row, &was, &other) {
                Some(row) => {
                    joined.push(other);
                    both.push(row);
                }
                None => both.push(row.clone()),
            },
            _ if base.contains(row) && !there.contains(row) => {}
            _ => both.push(row.clone()),
        }
    }
    let new =
        |row: &&PersonDraft| !row.is_blank() && !base.contains(row) && !here.contains(row) && !joined.contains(row);
    both.extend(there.iter().filter(new).cloned());
    both
}

/// Whether two rows are about one person: by the address, once one is typed.
fn same_person(one: &PersonDraft, other: &PersonDraft) -> bool {
    !one.email.trim().is_empty() && one.email.trim().eq_ignore_ascii_case(other.email.trim())
}

/// A row that both sides changed; `None` where they changed the same part, each in another way.
fn join(here: &PersonDraft, was: &PersonDraft, there: &PersonDraft) -> Option<PersonDraft> {
    fn part<T: PartialEq + Clone>(here: &T, was: &T, there: &T) -> Option<T> {
        match (here == was, there == was || there == here) {
            (_, true) => Some(here.clone()),
            (true, false) => Some(there.clone()),
            (false, false) => None,
        }
    }
    Some(PersonDraft {
        email: here.email.clone(),
        first_name: part(&here.first_name, &was.first_name, &there.first_name)?,
        last_name: part(&here.last_name, &was.last_name, &there.last_name)?,
        services: part(&here.services, &was.services, &there.services)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(email: &str) -> PersonDraft {
        PersonDraft { email: email.to_owned(), ..PersonDraft::default() }
    }

    fn typed(site_name: &str, call_control: &str, people: &[&str]) -> SetUpDraft {
        SetUpDraft {
            site_name: site_name.to_owned(),
            call_control: call_control.to_owned(),
            people: people.iter().map(|email| row(email)).collect(),
            ..SetUpDraft::default()
        }
    }

    #[test]
    fn what_only_one_side_changed_is_kept_of_both_u3() {
        let base = typed("site", "", &["a@x.example"]);
        let here = typed("mine", "", &["a@x.example", "here@x.example"]);
        let there = typed("site", "Theirs 8", &["a@x.example", "there@x.example"]);
        let (both, clashes) = here.merged(&base, &there);
        assert_eq!(clashes, []);
        assert_eq!(both, typed("mine", "Theirs 8", &["a@x.example", "here@x.example", "there@x.example"]));
    }

    #[test]
    fn a_field_that_both_changed_is_for_a_person_to_decide_and_stays_until_then_u3_g2() {
        let (base, here, there) = (typed("site", "", &[]), typed("mine", "", &[]), typed("theirs", "", &[]));
        let (mut both, clashes) = here.merged(&base, &there);
        assert_eq!((both.site_name.as_str(), &clashes[..]), ("mine", &[Field::SiteName][..]));
        both.take(Field::SiteName, &there);
        assert_eq!(both, there);
        // Both typed the same: nothing is to be decided.
        assert_eq!(here.merged(&base, &here), (here, vec![]));
    }

    #[test]
    fn each_line_of_a_location_is_a_field_of_its_own_u3() {
        let mut base = SetUpDraft::default();
        base.location_mut(0).put(LocationField::Name, "Head office".to_owned());
        let (mut here, mut there) = (base.clone(), base.clone());
        here.location_mut(0).put(LocationField::City, "Delft".to_owned());
        there.location_mut(0).country = crate::region::CountryCode::new("NL");
        there.location_mut(2).put(LocationField::Name, "Depot".to_owned());
        let (both, clashes) = here.merged(&base, &there);
        assert_eq!(clashes, []);
        assert_eq!((both.locations[0].city.as_str(), both.locations[2].name.as_str()), ("Delft", "Depot"));
        assert_eq!(both.value(Field::SetUp(SetUpField::Location(0, LocationField::Country))), "NL");
    }

    #[test]
    fn a_row_that_both_changed_is_one_row_unless_they_changed_the_same_part_u3() {
        let base = [row("a@x.example")];
        let named = |first: &str, last: &str| PersonDraft {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            ..row("a@x.example")
        };
        assert_eq!(people(&[named("Ann", "")], &base, &[named("", "Smit")]), [named("Ann", "Smit")]);
        assert_eq!(people(&[named("Ann", "")], &base, &base), [named("Ann", "")]);
        assert_eq!(people(&base, &base, &[named("Ann", "")]), [named("Ann", "")]);
        let twice = people(&[named("Ann", "")], &base, &[named("Anna", "")]);
        assert_eq!(twice, [named("Ann", ""), named("Anna", "")], "neither is lost");
        assert_eq!(people(&base, &base, &[]), []);
    }

    #[test]
    fn rows_that_were_taken_there_go_and_what_was_changed_here_stays_u3() {
        let base = typed("", "", &["a@x.example", "b@x.example"]);
        let here = typed("", "", &["a@x.example", "changed@x.example"]);
        let (both, _) = here.merged(&base, &typed("", "", &[]));
        assert_eq!(both, typed("", "", &["changed@x.example"]));
    }
}
