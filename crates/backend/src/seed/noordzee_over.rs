//! Customers of Noordzee Telecom whose trials are over, who own services, or who have
//! several trials.

use rules::organisation::Vertical::{
    Education, EnergyAndUtilities, FinancialServices, Healthcare, Hospitality, Legal, Manufacturing,
    MediaAndEntertainment, NonProfit, Other, ProfessionalServices, RealEstate, Retail, Technology,
    TransportationAndLogistics,
};
use rules::service::Duration::{Days30, Days60, Days90};

use super::bundles::{
    CALLING, EVERYTHING, MESSAGING, MESSAGING_CALLING, MESSAGING_MEETINGS, MESSAGING_MEETINGS_CALLING,
};
use super::customer::When::{Cancelled, Converted, Declined, Ended, Lapsed, Runs, Withdrawn};
use super::customer::{Customer, customer};
use super::people::{ANNA, MEHMET};

/// The customers, in the order of their numbers.
pub(super) const CUSTOMERS: [Customer; 32] = [
    customer("Molen & Meel", "info@molenenmeel.example", "NL", Manufacturing, ANNA).trial(
        Ended(0, Days30),
        MESSAGING,
        12,
    ),
    customer("Porto Vinho", "it@portovinho.example", "PT", Hospitality, MEHMET).trial(
        Ended(4, Days30),
        MESSAGING_MEETINGS,
        28,
    ),
    customer("Helsinki Game Works", "admin@helsinkigames.example", "FI", Technology, ANNA)
        .trial(Ended(9, Days60), MESSAGING_MEETINGS_CALLING, 95)
        .site("helsinki-games"),
    customer("Stichting Oude Haven", "bestuur@oudehaven.example", "NL", NonProfit, ANNA).trial(
        Ended(15, Days30),
        MESSAGING,
        9,
    ),
    customer("Toscana Ceramica", "it@toscanaceramica.example", "IT", Manufacturing, MEHMET).trial(
        Ended(21, Days30),
        MESSAGING_CALLING,
        33,
    ),
    customer("Bergen Seafood", "ikt@bergenseafood.example", "NO", Retail, ANNA).trial(
        Ended(28, Days90),
        MESSAGING_MEETINGS_CALLING,
        140,
    ),
    customer("Apotheek de Linde", "balie@apotheekdelinde.example", "NL", Healthcare, MEHMET).trial(
        Ended(29, Days30),
        MESSAGING,
        6,
    ),
    customer("Kasteel Vastgoed", "kantoor@kasteelvastgoed.example", "NL", RealEstate, ANNA).trial(
        Ended(30, Days30),
        MESSAGING_MEETINGS,
        16,
    ),
    customer("Rhône Transports", "it@rhonetransports.example", "FR", TransportationAndLogistics, ANNA).trial(
        Ended(31, Days60),
        CALLING,
        48,
    ),
    customer("Lisbon Language School", "it@lisbonlanguage.example", "PT", Education, MEHMET).trial(
        Ended(58, Days30),
        MESSAGING,
        20,
    ),
    customer("Aurora Telehealth", "it@auroratelehealth.example", "US", Healthcare, ANNA).trial(
        Ended(120, Days90),
        EVERYTHING,
        85,
    ),
    customer("Zeeland Robotica", "it@zeelandrobotica.example", "NL", Technology, ANNA)
        .trial(Converted(3), MESSAGING_MEETINGS_CALLING, 110)
        .owns(MESSAGING_MEETINGS_CALLING)
        .site("zeeland-robotica"),
    customer("Groene Hart Zorg", "ict@groenehartzorg.example", "NL", Healthcare, MEHMET)
        .trial(Converted(17), MESSAGING_MEETINGS, 260)
        .owns(MESSAGING_MEETINGS),
    customer("Wien Kaffeehaus", "office@wienkaffeehaus.example", "AT", Hospitality, ANNA)
        .trial(Converted(44), MESSAGING, 11)
        .owns(MESSAGING),
    customer("Adriatic Ferries", "it@adriaticferries.example", "HR", TransportationAndLogistics, ANNA)
        .trial(Converted(90), MESSAGING_CALLING, 65)
        .owns(MESSAGING_CALLING),
    customer("Notting Press", "desk@nottingpress.example", "GB", MediaAndEntertainment, MEHMET)
        .trial(Converted(12), MESSAGING_MEETINGS, 37)
        .owns(MESSAGING_MEETINGS)
        .trial(Runs(20, Days30), CALLING, 37),
    customer("Polder Drones", "hello@polderdrones.example", "NL", Technology, ANNA).trial(Cancelled(2), MESSAGING, 7),
    customer("Alpine Insurance", "it@alpineinsurance.example", "CH", FinancialServices, ANNA).trial(
        Cancelled(25),
        MESSAGING_MEETINGS,
        190,
    ),
    customer("Oresund Architects", "it@oresundarchitects.example", "DK", ProfessionalServices, MEHMET).trial(
        Cancelled(70),
        MESSAGING_MEETINGS_CALLING,
        42,
    ),
    customer("Vesting Advocaten", "kantoor@vestingadvocaten.example", "NL", Legal, ANNA).trial(
        Withdrawn(8),
        MESSAGING_MEETINGS,
        24,
    ),
    customer("Black Forest Clinics", "it@blackforestclinics.example", "DE", Healthcare, ANNA).trial(
        Declined(5),
        MESSAGING_MEETINGS,
        300,
    ),
    customer("Cape Winelands Co-op", "admin@winelands.example", "ZA", Hospitality, MEHMET).trial(
        Declined(40),
        MESSAGING,
        26,
    ),
    customer("Nile Textiles", "it@niletextiles.example", "EG", Manufacturing, ANNA).trial(
        Lapsed(11),
        MESSAGING_MEETINGS,
        50,
    ),
    customer("Iberia Solar", "sistemas@iberiasolar.example", "ES", EnergyAndUtilities, MEHMET).trial(
        Lapsed(35),
        MESSAGING_MEETINGS_CALLING,
        75,
    ),
    customer("Havenbedrijf Eems", "ict@havenbedrijfeems.example", "NL", TransportationAndLogistics, ANNA)
        .owns(MESSAGING_MEETINGS_CALLING),
    customer("De Gouden Pen", "redactie@degoudenpen.example", "NL", MediaAndEntertainment, MEHMET).owns(MESSAGING),
    customer("Limburg Staal", "it@limburgstaal.example", "NL", Manufacturing, ANNA)
        .owns(MESSAGING_CALLING)
        .unassigned(),
    customer("Zürich Quant", "it@zurichquant.example", "CH", FinancialServices, ANNA).owns(MESSAGING_MEETINGS),
    customer("Kanaal Coöperatie", "bestuur@kanaalcooperatie.example", "NL", Other, ANNA),
    customer("Twin Peaks Outdoors", "it@twinpeaks.example", "US", Retail, ANNA)
        .trial(Runs(45, Days60), MESSAGING_MEETINGS, 52)
        .trial(Ended(12, Days30), CALLING, 52),
    customer("Dutch Orchard Export", "kantoor@dutchorchard.example", "NL", Retail, ANNA)
        .trial(Runs(26, Days30), MESSAGING_MEETINGS, 31)
        .assigned(&[MEHMET]),
    customer("Seoul Display Labs", "it@seouldisplay.example", "KR", Technology, ANNA)
        .trial(Runs(90, Days90), MESSAGING_MEETINGS, 64)
        .unassigned(),
];
