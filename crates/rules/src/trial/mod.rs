//! Trials: what one is, how it is started, and in which state it is on a day.

mod dates;
mod set_up;
mod start;
mod state;

use serde::{Deserialize, Serialize};

pub use self::dates::{DateKind, dates, dates_of};
pub use self::set_up::{SetUpTask, left_to_do};
pub use self::start::{Act, Change, Context, Plan, Start, decide, evolve, plan};
pub use self::state::{State, Status};

use crate::clock::{Day, Instant};
use crate::device::{ShipTo, Shipment};
use crate::ids::{OrganisationId, PartnerId, TrialId};
use crate::notice::PlannedMail;
use crate::offer::Offer;
use crate::service::{Duration, Service};

/// How far the provisioning of a service is (N17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provisioning {
    /// Not done yet.
    Waiting,
    /// Done at an instant.
    Done(Instant),
}

/// A service of a trial with its provisioning step (N17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProvisioningStep {
    /// The service.
    pub service: Service,
    /// How far it is.
    pub state: Provisioning,
}

/// Where a trial stands by what was done with it; the date alone decides the
/// rest (L11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// A request waits for its answer until the end of a day (X11).
    Pending {
        /// The last day on which it can be answered.
        answer_by: Day,
    },
    /// Accepted, not yet set up (X12).
    Awaiting,
    /// Started: it runs in [start, end) and is in grace for 30 days after (L1, L2).
    Started {
        /// The day S.
        start: Day,
        /// The day E = S + d.
        end: Day,
    },
    /// Turned into a paid order on a day (C4).
    Converted {
        /// That day.
        on: Day,
    },
    /// Cancelled on a day (K2).
    Cancelled {
        /// That day.
        on: Day,
        /// Whether it had started; one that had not leaves the list (Q11).
        started: bool,
    },
    /// The request was refused on a day (X9).
    Declined {
        /// That day.
        on: Day,
    },
    /// The request was not answered; this is the day after the last one for it (X11).
    Lapsed {
        /// That day.
        on: Day,
    },
}

/// A trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Trial {
    /// Its id.
    pub id: TrialId,
    /// The customer's organisation.
    pub organisation: OrganisationId,
    /// The partner that started it (P8).
    pub partner: PartnerId,
    /// What it gives.
    pub offer: Offer,
    /// The duration as chosen (N10).
    pub duration: Duration,
    /// Where it stands.
    pub phase: Phase,
    /// The instant from which it runs; `None` until it has started. Setting up is
    /// shown for at most 24 hours from it (L11).
    pub started: Option<Instant>,
    /// One step for each service (N17).
    pub provisioning: Vec<ProvisioningStep>,
    /// Shipments, at most one for each type (D4).
    pub shipments: Vec<Shipment>,
    /// Where they go (D5).
    pub ship_to: Option<ShipTo>,
    /// The mails that will follow (L8).
    pub mails: Vec<PlannedMail>,
}
