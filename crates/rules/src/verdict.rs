//! Verdicts: what is wrong with what was typed, and why an act is refused.

use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::draft::Field;
use crate::named::named;
use crate::people::PartnerRole;
use crate::site::SiteNameFault;

/// The number of a rule, as refusals name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleId {
    /// Certification.
    P1,
    /// Who may start a trial.
    P3,
    /// A draft can be saved once and is kept for 30 days.
    N18,
}

named!(RuleId {
    P1 = "P1",
    P3 = "P3",
    N18 = "N18",
});

/// The fact behind a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The person's partner is not certified (P1).
    PartnerNotCertified,
    /// The person's role may not start a trial (P3).
    RoleCannotStart(PartnerRole),
    /// The draft was saved already, by another tab or click (N18).
    DraftSaved,
}

/// What to do about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Have the partner certified.
    GetCertified,
    /// Ask a sales administrator or sales full administrator of the partner.
    AskSalesAdministrator,
    /// Look at the customer that was made.
    SeeCustomers,
}

named!(Remedy {
    GetCertified = "get-certified",
    AskSalesAdministrator = "ask-sales-administrator",
    SeeCustomers = "see-customers",
});

/// Why an act may not be done: rule, fact, remedy, and the day from which it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Refusal {
    /// The rule.
    pub rule: RuleId,
    /// The fact.
    pub because: Because,
    /// What to do instead.
    pub remedy: Remedy,
    /// The day from which it is allowed; `None` when no day changes it.
    pub from: Option<Day>,
}

impl Refusal {
    /// A refusal that no day changes.
    pub fn new(rule: RuleId, because: Because, remedy: Remedy) -> Refusal {
        Refusal { rule, because, remedy, from: None }
    }
}

/// Whether something may be done, and if not, why (P7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct Problem {
    /// The field under which it is shown.
    pub field: Field,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
}
