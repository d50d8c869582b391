//! Verdicts: what is wrong with what was typed, and why an act is refused.

mod because;
mod problem;
mod rule_id;

use serde::{Deserialize, Serialize};

pub use self::because::{Because, Remedy};
use self::problem::ProblemRecord;
pub use self::rule_id::RuleId;

use crate::clock::{Day, Instant};
use crate::draft::Field;
use crate::people::PartnerRole;
use crate::service::Service;
use crate::site::SiteNameFault;
use crate::trial::State;

/// Why an act may not be done: rule, fact, remedy, and the day from which it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Refusal {
    /// The rule.
    pub rule: RuleId,
    /// The fact.
    pub because: Because,
    /// What to do instead.
    pub remedy: Remedy,
    /// The day from which it is allowed, as things stand; `None` when no day changes it.
    pub from: Option<Day>,
    /// The moment from which it is allowed, where that is a matter of minutes or hours.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::clock::instant::optional")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Instant>"))]
    pub from_instant: Option<Instant>,
    /// The person's role, where it is the fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<PartnerRole>,
    /// The trial's state, where it is the fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The service that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// How many: too many, or too few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

impl Refusal {
    /// A refusal that no day changes.
    pub const fn new(rule: RuleId, because: Because, remedy: Remedy) -> Refusal {
        Refusal {
            rule,
            because,
            remedy,
            from: None,
            from_instant: None,
            role: None,
            state: None,
            service: None,
            count: None,
        }
    }

    /// With the day from which it is allowed.
    pub const fn from(self, day: Day) -> Refusal {
        Refusal { from: Some(day), ..self }
    }

    /// With the moment from which it is allowed.
    pub fn from_instant(self, instant: Instant) -> Refusal {
        Refusal { from: Some(Day::of(instant)), from_instant: Some(instant), ..self }
    }

    /// With the person's role.
    pub const fn role(self, role: PartnerRole) -> Refusal {
        Refusal { role: Some(role), ..self }
    }

    /// With the trial's state.
    pub const fn state(self, state: State) -> Refusal {
        Refusal { state: Some(state), ..self }
    }

    /// With the service that it is about.
    pub const fn service(self, service: Service) -> Refusal {
        Refusal { service: Some(service), ..self }
    }

    /// With a count.
    pub const fn count(self, count: u32) -> Refusal {
        Refusal { count: Some(count), ..self }
    }
}

/// Whether something may be done, and if not, why (P7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It may be done.
    Allowed,
    /// It may not.
    Blocked(Refusal),
}

impl Verdict {
    /// Whether it may be done.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Verdict::Allowed)
    }

    /// `Ok` when it may be done.
    ///
    /// # Errors
    /// The refusal when it may not.
    pub fn require(self) -> Result<(), Refusal> {
        match self {
            Verdict::Allowed => Ok(()),
            Verdict::Blocked(refusal) => Err(refusal),
        }
    }
}

/// What is wrong with one field (N7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The field under which it is shown.
    pub field: Field,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "ProblemRecord", into = "ProblemRecord")]
pub enum ProblemKind {
    /// Nothing was typed or chosen.
    Required,
    /// More Unicode scalar values than allowed.
    TooLong {
        /// How many are allowed.
        max: u32,
    },
    /// A control character or a bidirectional control (N1).
    ForbiddenCharacter,
    /// Not one syntactically valid address (N2).
    NotAnEmail,
    /// The address belongs to an existing organisation, whose consent is needed (N2, X1).
    OrganisationExists,
    /// The address is a person's of the own partner (P4).
    OwnOrganisation,
    /// The services are not offered in the country (N6).
    NotOfferedThere,
    /// That the customer is in a supported location was not ticked (N6).
    NotAttested,
    /// No service is chosen (N8).
    NoService,
    /// Assistant for meetings needs Enterprise edition (N8).
    NeedsEnterprise,
    /// Not a whole number.
    NotANumber,
    /// A whole number outside the range.
    OutOfRange {
        /// The lowest that is allowed.
        low: u32,
        /// The highest that is allowed.
        high: u32,
    },
    /// More users to be numbered than licences (N8).
    MoreThanLicences {
        /// The licences.
        licences: u32,
    },
    /// No device type has licences (N8).
    NoDevice,
    /// More to ship than licences of the type (N14).
    MoreThanDevices {
        /// The licences of the type.
        licences: u32,
    },
    /// Not a name for a site (N12).
    SiteName(SiteNameFault),
    /// The site name was given out before (N12).
    SiteNameTaken,
    /// Not a zone that tzdata ties to a country (N13).
    NotATimeZone,
    /// A phone number without at least 5 digits (D5).
    NotAPhone,
    /// A line of a number plan is no number with its country's code, and no range of at most
    /// 10,000 (U2).
    NumberLine {
        /// The line, counted from 1.
        line: u32,
    },
    /// A phone number that stands in the number plan already (U2).
    NumberTwice,
    /// An address that stands in an earlier row (U2).
    AddressTwice,
    /// A name that begins like a formula, which a spreadsheet would run (U2).
    Formula,
    /// More people than are added by hand (U2).
    TooManyByHand {
        /// How many are.
        max: u32,
    },
}
