//! The customer's organisation.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::ids::{OrganisationId, PartnerId, PersonId};
use crate::named::named;
use crate::people::{Assignment, Language};
use crate::region::{CountryCode, Region};

/// The customer's line of business (N3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the labels of N3")]
pub enum Vertical {
    Education,
    EnergyAndUtilities,
    FinancialServices,
    Government,
    Healthcare,
    Hospitality,
    Legal,
    LifeSciences,
    Manufacturing,
    MediaAndEntertainment,
    NonProfit,
    ProfessionalServices,
    RealEstate,
    Retail,
    Technology,
    Telecommunications,
    TransportationAndLogistics,
    Other,
}

named!(Vertical {
    Education = "education",
    EnergyAndUtilities = "energy-and-utilities",
    FinancialServices = "financial-services",
    Government = "government",
    Healthcare = "healthcare",
    Hospitality = "hospitality",
    Legal = "legal",
    LifeSciences = "life-sciences",
    Manufacturing = "manufacturing",
    MediaAndEntertainment = "media-and-entertainment",
    NonProfit = "non-profit",
    ProfessionalServices = "professional-services",
    RealEstate = "real-estate",
    Retail = "retail",
    Technology = "technology",
    Telecommunications = "telecommunications",
    TransportationAndLogistics = "transportation-and-logistics",
    Other = "other",
});

impl Vertical {
    /// Every line of business, in the order of N3.
    pub const ALL: [Vertical; 18] = [
        Vertical::Education,
        Vertical::EnergyAndUtilities,
        Vertical::FinancialServices,
        Vertical::Government,
        Vertical::Healthcare,
        Vertical::Hospitality,
        Vertical::Legal,
        Vertical::LifeSciences,
        Vertical::Manufacturing,
        Vertical::MediaAndEntertainment,
        Vertical::NonProfit,
        Vertical::ProfessionalServices,
        Vertical::RealEstate,
        Vertical::Retail,
        Vertical::Technology,
        Vertical::Telecommunications,
        Vertical::TransportationAndLogistics,
        Vertical::Other,
    ];
}

/// That the customer is in a supported location: who ticked it, when, and the
/// sentence that was shown (N6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Attestation {
    /// Who ticked it.
    pub by: PersonId,
    /// When it was ticked, by the backend's clock.
    pub at: Instant,
    /// The language of the sentence.
    pub language: Language,
    /// The sentence as it was shown.
    pub sentence: String,
}

/// What a partner's access to an organisation reaches (W1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessLevel {
    /// Everything.
    FullAdministrator,
    /// Only its own trial.
    Provisioning,
}

named!(AccessLevel {
    FullAdministrator = "full-administrator",
    Provisioning = "provisioning",
});

/// A customer's organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name (N1).
    pub name: String,
    /// The address of its first full administrator (N2, N17).
    pub administrator_email: String,
    /// Its line of business (N3).
    pub vertical: Vertical,
    /// Its country (N4).
    pub country: CountryCode,
    /// Where its data lives; it never changes (N4).
    pub region: Region,
    /// The language of its mails.
    pub language: Language,
    /// The attestation of N6.
    pub attestation: Attestation,
    /// The partner that manages it, with its access and its people (N17, P9).
    pub managed_by: Management,
    /// When it was made.
    pub created: Instant,
}

/// How a partner manages an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Management {
    /// The partner.
    pub partner: PartnerId,
    /// What its access reaches.
    pub access: AccessLevel,
    /// Who looks after the customer.
    pub assignment: Assignment,
}
