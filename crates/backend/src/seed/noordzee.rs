//! Customers of Noordzee Telecom whose trials run or are about to.

use rules::organisation::Vertical::{
    Education, EnergyAndUtilities, FinancialServices, Government, Healthcare, Hospitality, Legal, LifeSciences,
    Manufacturing, MediaAndEntertainment, NonProfit, ProfessionalServices, RealEstate, Retail, Technology,
    TransportationAndLogistics,
};
use rules::service::Duration::{Days30, Days60, Days90};

use super::bundles::{
    CALLING, DEVICES, EVERYTHING, MESSAGING, MESSAGING_CALLING, MESSAGING_DEVICES, MESSAGING_MEETINGS,
    MESSAGING_MEETINGS_CALLING,
};
use super::customer::When::{Awaiting, Pending, Runs, SettingUp};
use super::customer::{Customer, customer};
use super::people::{ANNA, MEHMET, REDERIJ_STORM};

/// The customers, in the order of their numbers.
pub(super) const CUSTOMERS: [Customer; 32] = [
    customer("Brouwerij de Zon", "beheer@brouwerijdezon.example", "NL", Hospitality, ANNA).trial(
        Runs(24, Days30),
        MESSAGING_MEETINGS,
        40,
    ),
    customer("Van den Berg & Zonen", "ict@vandenbergzonen.example", "NL", Retail, MEHMET).trial(
        Runs(19, Days30),
        MESSAGING,
        15,
    ),
    customer("Amstel Notarissen", "kantoor@amstelnotarissen.example", "NL", Legal, ANNA)
        .trial(Runs(52, Days60), MESSAGING_MEETINGS, 60)
        .site("amstel-notarissen"),
    customer("Hafen Hamburg Logistik", "it@hafenhamburg.example", "DE", TransportationAndLogistics, MEHMET)
        .trial(Runs(88, Days90), EVERYTHING, 200)
        .site("hafen-hamburg"),
    customer("Lumière Médicale", "informatique@lumieremedicale.example", "FR", Healthcare, ANNA).trial(
        Runs(12, Days30),
        MESSAGING_MEETINGS_CALLING,
        120,
    ),
    customer("Cobalt Analytics", "admin@cobaltanalytics.example", "US", Technology, ANNA)
        .trial(Runs(30, Days30), MESSAGING_MEETINGS_CALLING, 75)
        .site("cobalt"),
    customer("Universiteit Waddenzee", "ict@waddenzee.example", "NL", Education, MEHMET)
        .trial(Runs(71, Days90), MESSAGING_MEETINGS, 1000)
        .site("waddenzee"),
    customer("Północ Energia", "it@polnocenergia.example", "PL", EnergyAndUtilities, ANNA).trial(
        Runs(15, Days30),
        MESSAGING,
        25,
    ),
    customer("<b>Harbour</b> & Sons", "office@harbourandsons.example", "GB", ProfessionalServices, ANNA).trial(
        Runs(9, Days30),
        MESSAGING_MEETINGS,
        12,
    ),
    customer("Fox 🦊 Media 🎬", "studio@foxmedia.example", "IE", MediaAndEntertainment, MEHMET).trial(
        Runs(17, Days30),
        MESSAGING_DEVICES,
        8,
    ),
    customer("شركة النخيل للتجارة", "it@alnakheel.example", "AE", Retail, ANNA).trial(
        Runs(41, Days60),
        MESSAGING_MEETINGS,
        30,
    ),
    customer("מעבדות הגליל", "admin@galil-labs.example", "IL", LifeSciences, ANNA).trial(
        Runs(22, Days30),
        MESSAGING,
        18,
    ),
    customer(
        "Internationale Vereniging voor Duurzame Binnenvaart en Kustlogistiek van de Noordelijke Zeeprovincie",
        "post@binnenvaart.example",
        "NL",
        NonProfit,
        MEHMET,
    )
    .trial(Runs(33, Days60), CALLING, 20),
    customer("Cafe\u{301} Zoe\u{308} & Nin\u{303}o", "hola@cafezoe.example", "ES", Hospitality, ANNA).trial(
        Runs(8, Days30),
        MESSAGING,
        5,
    ),
    customer("Sakura Robotics", "it@sakurarobotics.example", "JP", Manufacturing, MEHMET).trial(
        Runs(64, Days90),
        MESSAGING_MEETINGS_CALLING,
        350,
    ),
    customer("Maple Ridge Credit Union", "it@mapleridge.example", "CA", FinancialServices, ANNA).trial(
        Runs(27, Days30),
        MESSAGING_MEETINGS,
        90,
    ),
    customer("Atelier Dubois", "bonjour@atelierdubois.example", "BE", ProfessionalServices, ANNA).trial(
        Runs(7, Days30),
        MESSAGING,
        10,
    ),
    customer("Gemeente Lage Dijk", "servicedesk@lagedijk.example", "NL", Government, MEHMET)
        .trial(Runs(5, Days60), MESSAGING_MEETINGS_CALLING, 400)
        .site("gemeente-lage-dijk"),
    customer("Kiwi Dairy Cooperative", "it@kiwidairy.example", "NZ", Manufacturing, ANNA).trial(
        Runs(3, Days30),
        MESSAGING_MEETINGS,
        45,
    ),
    customer("Sterrenwacht Academie", "beheer@sterrenwacht.example", "NL", Education, ANNA).trial(
        Runs(1, Days30),
        MESSAGING_MEETINGS,
        22,
    ),
    customer("Andes Minería", "sistemas@andesmineria.example", "CL", EnergyAndUtilities, MEHMET).trial(
        Runs(6, Days90),
        MESSAGING_CALLING,
        60,
    ),
    customer("Studio Nul Een", "hallo@studionuleen.example", "NL", MediaAndEntertainment, ANNA).trial(
        Runs(2, Days30),
        DEVICES,
        0,
    ),
    customer("Baltic Timber", "office@baltictimber.example", "EE", Manufacturing, MEHMET).trial(
        SettingUp,
        MESSAGING_MEETINGS_CALLING,
        55,
    ),
    customer("Clinique du Lac", "it@cliniquedulac.example", "CH", Healthcare, ANNA)
        .trial(SettingUp, MESSAGING_MEETINGS, 130)
        .site("clinique-du-lac"),
    customer("Rederij Storm", "ict@rederijstorm.example", "NL", TransportationAndLogistics, ANNA)
        .trial(Pending(29), MESSAGING_MEETINGS, 80)
        .people(REDERIJ_STORM),
    customer("Singapore Harbour Trust", "admin@harbourtrust.example", "SG", RealEstate, MEHMET).trial(
        Pending(21),
        MESSAGING_MEETINGS_CALLING,
        150,
    ),
    customer("Oakfield Hotels", "it@oakfieldhotels.example", "GB", Hospitality, ANNA).trial(Pending(6), MESSAGING, 35),
    customer("Nordlicht Versicherung", "it@nordlicht.example", "DE", FinancialServices, MEHMET).trial(
        Pending(0),
        MESSAGING_MEETINGS,
        500,
    ),
    customer("Tulip Genomics", "lab@tulipgenomics.example", "NL", LifeSciences, ANNA).trial(
        Awaiting(1),
        MESSAGING_MEETINGS,
        70,
    ),
    customer("Sydney Surf Schools", "admin@surfschools.example", "AU", Education, ANNA).trial(
        Awaiting(6),
        MESSAGING,
        14,
    ),
    customer("Praha Filharmonie", "it@prahafilharmonie.example", "CZ", MediaAndEntertainment, MEHMET).trial(
        Awaiting(12),
        MESSAGING_CALLING,
        40,
    ),
    customer("Delta Waterworks", "noc@deltawaterworks.example", "NL", EnergyAndUtilities, ANNA).trial(
        Awaiting(33),
        MESSAGING_MEETINGS_CALLING,
        210,
    ),
];
