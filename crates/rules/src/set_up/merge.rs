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
/// there stands below. A row that both changed stands there twice, for neither may be lost.
fn people(here: &[PersonDraft], base: &[PersonDraft], there: &[PersonDraft]) -> Vec<PersonDraft> {
    let gone = |row: &PersonDraft| base.contains(row) && !there.contains(row);
    let new = |row: &&PersonDraft| !row.is_blank() && !base.contains(row) && !here.contains(row);
    here.iter().filter(|row| !gone(row)).chain(there.iter().filter(new)).cloned().collect()
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
    fn rows_that_were_taken_there_go_and_what_was_changed_here_stays_u3() {
        let base = typed("", "", &["a@x.example", "b@x.example"]);
        let here = typed("", "", &["a@x.example", "changed@x.example"]);
        let (both, _) = here.merged(&base, &typed("", "", &[]));
        assert_eq!(both, typed("", "", &["changed@x.example"]));
    }
}
