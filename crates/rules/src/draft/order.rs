//! A checked draft: what was meant.

use crate::device::{DeviceType, ShipTo};
use crate::offer::Offer;
use crate::organisation::Vertical;
use crate::region::{CountryCode, Region};
use crate::service::Duration;

/// Proof that a check made it: only this room can make one, so an order that
/// nobody checked does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked(pub(super) ());

/// What is ordered of a trial, whoever it is for: every field checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// For how long (N10).
    pub duration: Duration,
    /// What is ordered: services, options, licences (N8, N9).
    pub offer: Offer,
    /// How many of each type to ship (N14).
    pub ship: Vec<(DeviceType, u32)>,
    /// Where to; there is one exactly when something is shipped (D5).
    pub ship_to: Option<ShipTo>,
    /// That it was checked.
    pub checked: Checked,
}

/// A trial as it is ordered for a new organisation: every field checked, the
/// attestation among them (N6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialOrder {
    /// Company name, trimmed (N1).
    pub company_name: String,
    /// Administrator email, trimmed, in lower case of ASCII (N2).
    pub administrator_email: String,
    /// Business vertical (N3).
    pub vertical: Vertical,
    /// The country that decides the region (N4).
    pub country: CountryCode,
    /// What is ordered.
    pub ordered: Ordered,
}

impl TrialOrder {
    /// The region that the country decides (N5).
    pub fn region(&self) -> Region {
        self.country.region()
    }
}
