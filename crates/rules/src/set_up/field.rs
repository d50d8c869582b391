//! The fields of the set-up, by name, as those of a trial are (N7).

use crate::named::named;

/// A field of the set-up that is none of the wizard of a trial. Locations and people are
/// counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SetUpField {
    /// What the own call control is.
    CallControl,
    /// A line of a location.
    Location(u16, LocationField),
    /// A cell of a person.
    Person(u16, PersonField),
}

/// A line of a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the labels of the page")]
pub enum LocationField {
    Name,
    Street,
    PostalCode,
    City,
    Country,
    Provider,
    Numbers,
}

named!(LocationField {
    Name = "name",
    Street = "street",
    PostalCode = "postal-code",
    City = "city",
    Country = "country",
    Provider = "provider",
    Numbers = "numbers",
});

impl LocationField {
    /// Every line, in the order in which it is asked.
    pub const ALL: [LocationField; 7] = [
        LocationField::Name,
        LocationField::Street,
        LocationField::PostalCode,
        LocationField::City,
        LocationField::Country,
        LocationField::Provider,
        LocationField::Numbers,
    ];

    /// Those that are typed as text.
    pub(super) const TEXTS: [LocationField; 6] = [
        LocationField::Name,
        LocationField::Street,
        LocationField::PostalCode,
        LocationField::City,
        LocationField::Provider,
        LocationField::Numbers,
    ];
}

/// What is typed of a person (U2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the columns of U2")]
pub enum PersonField {
    Email,
    FirstName,
    LastName,
}

named!(PersonField {
    Email = "email",
    FirstName = "first-name",
    LastName = "last-name",
});

impl PersonField {
    /// Every one, in the order in which it is asked.
    pub const ALL: [PersonField; 3] = [PersonField::Email, PersonField::FirstName, PersonField::LastName];
}

const CALL_CONTROL: &str = "call-control";
const LOCATION: &str = "location";
const PERSON: &str = "person";

impl From<SetUpField> for String {
    fn from(field: SetUpField) -> String {
        let (whole, at, part) = match field {
            SetUpField::CallControl => return CALL_CONTROL.to_owned(),
            SetUpField::Location(at, part) => (LOCATION, at, part.name()),
            SetUpField::Person(at, part) => (PERSON, at, part.name()),
        };
        [whole, ".", &at.to_string(), ".", part].concat()
    }
}

impl SetUpField {
    /// The field of a name; `None` when it names none of the set-up.
    pub(crate) fn from_name(name: &str) -> Option<SetUpField> {
        if name == CALL_CONTROL {
            return Some(SetUpField::CallControl);
        }
        let (whole, rest) = name.split_once('.')?;
        let (at, part) = rest.split_once('.')?;
        let at = at.parse().ok()?;
        match whole {
            LOCATION => LocationField::from_name(part).map(|part| SetUpField::Location(at, part)),
            PERSON => PersonField::from_name(part).map(|part| SetUpField::Person(at, part)),
            _ => None,
        }
    }
}
