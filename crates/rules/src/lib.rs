//! The law of trials.
//!
//! Everything that the specification rules about a trial is decided here, by pure
//! functions that are told the instant, the ids and the facts, and that read
//! nothing themselves. The form in the browser and every backend call the same
//! functions, so a field is judged alike while it is typed and when it is saved.
//!
//! Rule numbers in brackets, such as (N9), are those of the specification.

pub mod act;
pub mod change;
pub mod clock;
pub mod consent;
pub mod consequences;
pub mod customers;
pub mod device;
pub mod draft;
pub mod eligibility;
pub mod ids;
mod named;
pub mod notice;
pub mod offer;
pub mod organisation;
pub mod people;
pub mod postal;
pub mod region;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
#[cfg(feature = "schema")]
mod schema;
pub mod service;
pub mod set_up;
pub mod site;
pub mod text;
pub mod time;
pub mod time_zone;
pub mod trial;
pub mod verdict;
