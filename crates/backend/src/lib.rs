//! The backend: one axum router over any [`Store`].
//!
//! A request comes in through [`router`]; `access` says who may send it; an act
//! gathers facts, lets `rules` decide, and stores what was decided together with
//! its receipt in one [`store::Commit`]. It compiles for a server and for a
//! service worker alike, and reads neither clock nor dice: the shell around it
//! brings both by its [`Environment`].

mod access;
mod acts;
mod admission;
mod asked;
mod call;
pub mod consent;
mod due;
mod environment;
mod facts;
mod ledger;
mod organisations;
mod outage;
pub mod partners;
mod receipts;
mod records;
mod router;
mod seed;
mod serving;
pub mod store;
mod upkeep;
mod visitors;

pub use self::admission::{Admission, Identity, Standing};
pub use self::environment::{Deployment, Environment, NotHandedOver, Outgoing};
pub use self::router::{Backend, router};
pub use self::store::Store;

#[cfg(test)]
mod tests;
