//! How a problem is written: flat, with the numbers that it has. A derived reader of its
//! variants weighs several times as much in the browser.

use serde::{Deserialize, Serialize};

use super::ProblemKind;
use crate::named::named;
use crate::site::SiteNameFault;

/// Which problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Required,
    TooLong,
    ForbiddenCharacter,
    NotAnEmail,
    OrganisationExists,
    OwnOrganisation,
    NotOfferedThere,
    NotAttested,
    NoService,
    NeedsEnterprise,
    NotANumber,
    OutOfRange,
    MoreThanLicences,
    NoDevice,
    MoreThanDevices,
    SiteName,
    SiteNameTaken,
    NotATimeZone,
    NotAPhone,
    NumberLine,
    NumberTwice,
    AddressTwice,
    Formula,
    TooManyByHand,
}

named!(Kind {
    Required = "required",
    TooLong = "too-long",
    ForbiddenCharacter = "forbidden-character",
    NotAnEmail = "not-an-email",
    OrganisationExists = "organisation-exists",
    OwnOrganisation = "own-organisation",
    NotOfferedThere = "not-offered-there",
    NotAttested = "not-attested",
    NoService = "no-service",
    NeedsEnterprise = "needs-enterprise",
    NotANumber = "not-a-number",
    OutOfRange = "out-of-range",
    MoreThanLicences = "more-than-licences",
    NoDevice = "no-device",
    MoreThanDevices = "more-than-devices",
    SiteName = "site-name",
    SiteNameTaken = "site-name-taken",
    NotATimeZone = "not-a-time-zone",
    NotAPhone = "not-a-phone",
    NumberLine = "number-line",
    NumberTwice = "number-twice",
    AddressTwice = "address-twice",
    Formula = "formula",
    TooManyByHand = "too-many-by-hand",
});

/// A problem as it is written.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) struct ProblemRecord {
    /// Which one.
    name: Kind,
    /// The lowest number that is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    low: Option<u32>,
    /// The highest number, the most characters, licences or devices, or the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    high: Option<u32>,
    /// What is wrong with a site's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<SiteNameFault>,
}

impl From<ProblemKind> for ProblemRecord {
    fn from(kind: ProblemKind) -> ProblemRecord {
        let of = |name| ProblemRecord { name, low: None, high: None, fault: None };
        let most = |name, high| ProblemRecord { high: Some(high), ..of(name) };
        match kind {
            ProblemKind::Required => of(Kind::Required),
            ProblemKind::TooLong { max } => most(Kind::TooLong, max),
            ProblemKind::ForbiddenCharacter => of(Kind::ForbiddenCharacter),
            ProblemKind::NotAnEmail => of(Kind::NotAnEmail),
            ProblemKind::OrganisationExists => of(Kind::OrganisationExists),
            ProblemKind::OwnOrganisation => of(Kind::OwnOrganisation),
            ProblemKind::NotOfferedThere => of(Kind::NotOfferedThere),
            ProblemKind::NotAttested => of(Kind::NotAttested),
            ProblemKind::NoService => of(Kind::NoService),
            ProblemKind::NeedsEnterprise => of(Kind::NeedsEnterprise),
            ProblemKind::NotANumber => of(Kind::NotANumber),
            ProblemKind::OutOfRange { low, high } => ProblemRecord { low: Some(low), ..most(Kind::OutOfRange, high) },
            ProblemKind::MoreThanLicences { licences } => most(Kind::MoreThanLicences, licences),
            ProblemKind::NoDevice => of(Kind::NoDevice),
            ProblemKind::MoreThanDevices { licences } => most(Kind::MoreThanDevices, licences),
            ProblemKind::SiteName(fault) => ProblemRecord { fault: Some(fault), ..of(Kind::SiteName) },
            ProblemKind::SiteNameTaken => of(Kind::SiteNameTaken),
            ProblemKind::NotATimeZone => of(Kind::NotATimeZone),
            ProblemKind::NotAPhone => of(Kind::NotAPhone),
            ProblemKind::NumberLine { line } => most(Kind::NumberLine, line),
            ProblemKind::NumberTwice => of(Kind::NumberTwice),
            ProblemKind::AddressTwice => of(Kind::AddressTwice),
            ProblemKind::Formula => of(Kind::Formula),
            ProblemKind::TooManyByHand { max } => most(Kind::TooManyByHand, max),
        }
    }
}

impl TryFrom<ProblemRecord> for ProblemKind {
    type Error = &'static str;

    fn try_from(record: ProblemRecord) -> Result<ProblemKind, Self::Error> {
        let ProblemRecord { name, low, high, fault } = record;
        let high = high.ok_or("a limit is missing");
        Ok(match name {
            Kind::Required => ProblemKind::Required,
            Kind::TooLong => ProblemKind::TooLong { max: high? },
            Kind::ForbiddenCharacter => ProblemKind::ForbiddenCharacter,
            Kind::NotAnEmail => ProblemKind::NotAnEmail,
            Kind::OrganisationExists => ProblemKind::OrganisationExists,
            Kind::OwnOrganisation => ProblemKind::OwnOrganisation,
            Kind::NotOfferedThere => ProblemKind::NotOfferedThere,
            Kind::NotAttested => ProblemKind::NotAttested,
            Kind::NoService => ProblemKind::NoService,
            Kind::NeedsEnterprise => ProblemKind::NeedsEnterprise,
            Kind::NotANumber => ProblemKind::NotANumber,
            Kind::OutOfRange => ProblemKind::OutOfRange { low: low.unwrap_or_default(), high: high? },
            Kind::MoreThanLicences => ProblemKind::MoreThanLicences { licences: high? },
            Kind::NoDevice => ProblemKind::NoDevice,
            Kind::MoreThanDevices => ProblemKind::MoreThanDevices { licences: high? },
            Kind::SiteName => ProblemKind::SiteName(fault.ok_or("the fault of the name is missing")?),
            Kind::SiteNameTaken => ProblemKind::SiteNameTaken,
            Kind::NotATimeZone => ProblemKind::NotATimeZone,
            Kind::NotAPhone => ProblemKind::NotAPhone,
            Kind::NumberLine => ProblemKind::NumberLine { line: high? },
            Kind::NumberTwice => ProblemKind::NumberTwice,
            Kind::AddressTwice => ProblemKind::AddressTwice,
            Kind::Formula => ProblemKind::Formula,
            Kind::TooManyByHand => ProblemKind::TooManyByHand { max: high? },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_read_back_as_it_was_written_n7() {
        for kind in [
            ProblemKind::Required,
            ProblemKind::TooLong { max: 100 },
            ProblemKind::ForbiddenCharacter,
            ProblemKind::NotAnEmail,
            ProblemKind::OrganisationExists,
            ProblemKind::OwnOrganisation,
            ProblemKind::NotOfferedThere,
            ProblemKind::NotAttested,
            ProblemKind::NoService,
            ProblemKind::NeedsEnterprise,
            ProblemKind::NotANumber,
            ProblemKind::OutOfRange { low: 1, high: 50 },
            ProblemKind::MoreThanLicences { licences: 10 },
            ProblemKind::NoDevice,
            ProblemKind::MoreThanDevices { licences: 4 },
            ProblemKind::SiteName(SiteNameFault::Reserved),
            ProblemKind::SiteNameTaken,
            ProblemKind::NotATimeZone,
            ProblemKind::NotAPhone,
            ProblemKind::NumberLine { line: 3 },
            ProblemKind::NumberTwice,
            ProblemKind::AddressTwice,
            ProblemKind::Formula,
            ProblemKind::TooManyByHand { max: 25 },
        ] {
            let text = serde_json::to_string(&kind).expect("it can be written");
            assert_eq!(serde_json::from_str::<ProblemKind>(&text).ok(), Some(kind), "{text}");
        }
        assert!(serde_json::from_str::<ProblemKind>(r#"{"name":"too-long"}"#).is_err(), "without its limit");
    }
}
