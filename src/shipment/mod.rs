//! Shipments of trial devices, as the trials team, the partner and the customer are shown them (D):
//! what is known, how the devices go back, and how something is done with them.

mod acting;
mod card;
mod facts;
mod wishes;

pub use self::acting::{Acting, Cancel, Reason, Shipped, reason_line};
pub use self::card::{Reader, ShipmentCard, by_urgency};
pub use self::facts::{ShipmentFacts, ShipmentPill, ShipmentSerials};
