//! How a field of the wizard is written: as text. A derived reader of its variants weighs
//! several times as much in the browser.

use super::{Field, ShipToField};
use crate::device::DeviceType;
use crate::service::MeetingsOption;
use crate::set_up::SetUpField;

/// The fields that are no part of anything, by name.
const PLAIN: [(Field, &str); 15] = [
    (Field::CompanyName, "company-name"),
    (Field::AdministratorEmail, "administrator-email"),
    (Field::Vertical, "vertical"),
    (Field::Country, "country"),
    (Field::SupportedLocation, "supported-location"),
    (Field::AskedLocation, "asked-location"),
    (Field::Services, "services"),
    (Field::Calling, "calling"),
    (Field::Locations, "locations"),
    (Field::NumberedUsers, "numbered-users"),
    (Field::Devices, "devices"),
    (Field::Licences, "licences"),
    (Field::Words, "words"),
    (Field::SiteName, "site-name"),
    (Field::TimeZone, "time-zone"),
];

const MEETINGS_OPTION: &str = "meetings-option";
const DEVICE_LICENCES: &str = "device-licences";
const SHIP: &str = "ship";
const SHIP_TO: &str = "ship-to";

impl From<Field> for String {
    fn from(field: Field) -> String {
        let (whole, part) = match field {
            Field::MeetingsOption(option) => (MEETINGS_OPTION, option.name()),
            Field::DeviceLicences(device) => (DEVICE_LICENCES, device.name()),
            Field::Ship(device) => (SHIP, device.name()),
            Field::ShipTo(line) => (SHIP_TO, line.name()),
            Field::SetUp(field) => return field.into(),
            plain => {
                let found = PLAIN.iter().find(|(each, _)| *each == plain);
                return found.map_or_else(String::new, |(_, name)| (*name).to_owned());
            }
        };
        [whole, ".", part].concat()
    }
}

impl TryFrom<String> for Field {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Field, Self::Error> {
        let field = match text.split_once('.') {
            None => PLAIN.iter().find(|(_, name)| *name == text).map(|(field, _)| *field),
            Some((MEETINGS_OPTION, part)) => MeetingsOption::from_name(part).map(Field::MeetingsOption),
            Some((DEVICE_LICENCES, part)) => DeviceType::from_name(part).map(Field::DeviceLicences),
            Some((SHIP, part)) => DeviceType::from_name(part).map(Field::Ship),
            Some((SHIP_TO, part)) => ShipToField::from_name(part).map(Field::ShipTo),
            Some(_) => None,
        };
        let field = field.or_else(|| SetUpField::from_name(&text).map(Field::SetUp));
        field.ok_or("no field of the wizard")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Step, TrialDraft};
    use crate::samples;

    #[test]
    fn every_field_is_read_back_as_it_was_written_n7() {
        let mut draft: TrialDraft = samples::full_draft();
        draft.calling = Some(crate::service::CallingKind::Cloud);
        draft.ask("org-1".into(), draft.country.expect("one was chosen"));
        let mut seen = 0;
        for field in Step::ALL.into_iter().flat_map(|step| draft.fields(step)) {
            let text = String::from(field);
            assert_eq!(Field::try_from(text.clone()).ok(), Some(field), "{text}");
            seen += 1;
        }
        assert!(seen > PLAIN.len(), "{seen}");
        for (field, name) in PLAIN {
            assert_eq!(String::from(field), name);
        }
        for field in [
            SetUpField::CallControl,
            SetUpField::Location(49, crate::set_up::LocationField::PostalCode),
            SetUpField::Person(0, crate::set_up::PersonField::FirstName),
        ] {
            let text = String::from(Field::SetUp(field));
            assert_eq!(Field::try_from(text.clone()).ok(), Some(Field::SetUp(field)), "{text}");
        }
        for text in ["", "fax", "ship-to.", "ship-to.planet", "licences.one", "location.name", "person.x.email"] {
            assert!(Field::try_from(text.to_owned()).is_err(), "{text:?}");
        }
    }
}
