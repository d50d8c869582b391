//! The conformance suite: what any backend must do, told over HTTP alone.
//!
//! A case is a plain function over a [`Client`]. It knows statuses, headers and the
//! contract's types, and nothing of how a backend is made. It ends with `Ok`, or with a
//! [`Failure`] that says what was asked, what was wanted and what came. Before each case
//! the demonstration data are made anew, so no case depends on another one.
//!
//! Cases are not `async`: the suite is a client of its own, its transports block by nature,
//! and *at once* means threads, which is what a backend meets in earnest.
//!
//! The backend has to be a demonstration (G6): personas that sign in without a password,
//! a clock that can be set forward, and [`VISIT_HEADER`](crate::VISIT_HEADER).

mod cast;
mod check;
mod client;
mod doing;
mod reading;
mod run;
mod transport;

mod cases;

pub use self::cases::THEMES;
pub use self::check::{Failure, Outcome};
pub use self::client::Client;
pub use self::run::{Case, Report, Theme, Verdict, run};
pub use self::transport::{Reply, Request, Transport};

pub(crate) use self::run::cases;
