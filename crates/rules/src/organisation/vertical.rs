//! Lines of business (N3).

use crate::named::named;

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
