//! Customers of Fjord Communications.

use rules::organisation::Vertical::{
    Education, EnergyAndUtilities, Government, Healthcare, Hospitality, Manufacturing, Other,
};
use rules::service::Duration::{Days30, Days60};

use super::bundles::{MESSAGING, MESSAGING_MEETINGS, MESSAGING_MEETINGS_CALLING};
use super::customer::When::{Awaiting, Converted, Ended, Pending, Runs};
use super::customer::{Customer, customer};
use super::people::INGRID;

/// The customers, in the order of their numbers.
pub(super) const CUSTOMERS: [Customer; 8] = [
    customer("Tromsø Fiskeri", "ikt@tromsofiskeri.example", "NO", Manufacturing, INGRID).trial(
        Runs(23, Days30),
        MESSAGING_MEETINGS,
        45,
    ),
    customer("Gotland Hotell", "it@gotlandhotell.example", "SE", Hospitality, INGRID).trial(
        Runs(4, Days30),
        MESSAGING,
        18,
    ),
    customer("Reykjavik Geothermal", "admin@rvkgeo.example", "IS", EnergyAndUtilities, INGRID)
        .trial(Runs(57, Days60), MESSAGING_MEETINGS_CALLING, 130)
        .site("rvk-geo"),
    customer("Aarhus Universitet Presse", "it@aarhuspresse.example", "DK", Education, INGRID).trial(
        Ended(6, Days30),
        MESSAGING_MEETINGS,
        27,
    ),
    customer("Lofoten Adventures", "post@lofotenadventures.example", "NO", Other, INGRID).trial(
        Pending(14),
        MESSAGING,
        9,
    ),
    customer("Turku Shipyard", "it@turkushipyard.example", "FI", Manufacturing, INGRID).trial(
        Awaiting(3),
        MESSAGING_MEETINGS_CALLING,
        240,
    ),
    customer("Malmö Dental", "reception@malmodental.example", "SE", Healthcare, INGRID)
        .trial(Converted(30), MESSAGING_MEETINGS, 16)
        .owns(MESSAGING_MEETINGS),
    customer("Fjordland Kommune", "servicedesk@fjordland.example", "NO", Government, INGRID)
        .owns(MESSAGING_MEETINGS_CALLING),
];
