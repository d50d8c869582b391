//! Trials: what one is, and in which state it is on a day.

mod dates;
mod phase;
mod plan;
mod set_up;
mod state;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub(crate) use self::dates::lived;
pub use self::dates::{DateKind, closes_on, dates, dates_between, dates_of, dates_past, ends_on, numbers_released_on};
pub(crate) use self::plan::agreement_mails;
pub use self::plan::{Plan, plan};
pub use self::set_up::{AcceptedTerms, SetUp, SetUpLine, SetUpTask, set_up_lines};
pub(crate) use self::state::SETTING_UP_HOURS;
pub use self::state::{Counted, State, Status};

use self::phase::PhaseRecord;
use crate::clock::{Day, Instant};
use crate::consent::{Answered, Request};
use crate::device::{ShipTo, Shipment};
use crate::ids::{OrganisationId, PartnerId, PersonId, TrialId};
use crate::notice::{MailKind, PlannedMail};
use crate::offer::{Offer, Site};
use crate::service::{Duration, Service};

/// How far the provisioning of a service is (N17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Provisioning {
    /// Not tried yet, or to be tried again by hand.
    Waiting,
    /// Done at an instant.
    Done(Instant),
    /// It failed; it is tried again by itself.
    Failed {
        /// How often it was tried.
        attempts: u32,
        /// When it is tried again.
        retry_at: Instant,
    },
    /// The trial ended before it was done (K1).
    Stopped,
}

/// A service of a trial with its provisioning step (N17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProvisioningStep {
    /// The service.
    pub service: Service,
    /// How far it is.
    pub state: Provisioning,
    /// Why it failed last, in the platform's words; empty while it has not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// Where a trial stands by what was done with it; the date alone decides the
/// rest (L11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "PhaseRecord", into = "PhaseRecord")]
pub enum Phase {
    /// A request waits for its answer until the end of a day (X11).
    Pending {
        /// The last day on which it can be answered.
        answer_by: Day,
    },
    /// Accepted, not yet set up (X12).
    Awaiting {
        /// The day of the accepting.
        since: Day,
    },
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

/// That a trial was cancelled (K2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Cancellation {
    /// Who cancelled it; `None` when the backend did (X4, X18).
    pub by: Option<PersonId>,
    /// When.
    pub at: Instant,
    /// Where the trial stood before; undoing leads back to it.
    pub before: Phase,
}

/// That the customer said to be interested in purchasing (C1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Interest {
    /// Who.
    pub by: PersonId,
    /// On which day.
    pub on: Day,
    /// Whether a sales administrator marked it answered.
    pub answered: bool,
}

/// That a trial was handed over to the distributor (C2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HandOver {
    /// The distributor.
    pub to: PartnerId,
    /// Who handed it over.
    pub by: PersonId,
    /// On which day.
    pub on: Day,
}

/// The paid order that a trial became (C3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Conversion {
    /// The order's number.
    pub order_number: String,
    /// The provisioning contact's address.
    pub contact_email: String,
    /// Who converted it.
    pub by: PersonId,
    /// The partner of whoever did: its own, or its distributor (C2).
    pub by_partner: PartnerId,
    /// The services in the order.
    pub services: BTreeSet<Service>,
}

/// A trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Trial {
    /// Its id.
    pub id: TrialId,
    /// The customer's organisation.
    pub organisation: OrganisationId,
    /// The partner that started it (P8).
    pub partner: PartnerId,
    /// What it gives, or for a request what it asks for.
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
    /// Whether Setting up is over: every service of the start was done once (L11).
    pub was_set_up: bool,
    /// Shipments, at most one for each type (D4). Of a request they are planned only.
    pub shipments: Vec<Shipment>,
    /// Where they go, but for those that were ordered for another address later (D5).
    pub ship_to: Option<ShipTo>,
    /// The mails that will follow (L8).
    pub mails: Vec<PlannedMail>,
    /// The notices that went out, with the end that each one named (L8).
    pub noticed: Vec<(MailKind, Day)>,
    /// The request that it came from (X).
    pub request: Option<Request>,
    /// Its set-up (U3).
    pub set_up: SetUp,
    /// The customer's interest in purchasing (C1).
    pub interest: Option<Interest>,
    /// That it was handed over to the distributor (C2).
    pub handed_over: Option<HandOver>,
    /// The order that it became (C3).
    pub conversion: Option<Conversion>,
    /// That it was cancelled (K2).
    pub cancellation: Option<Cancellation>,
    /// The day until which phone numbers of Calling that has ended are kept; on it
    /// they are released (L3).
    pub numbers_until: Option<Day>,
    /// Whether what follows from its end has been carried out (L3, K2).
    pub settled: bool,
}

impl Trial {
    /// The state on a day (L11).
    pub fn state(&self, today: Day) -> State {
        self.phase.state(today)
    }

    /// Its last day plus one: the day E, where it has one.
    pub fn end(&self) -> Option<Day> {
        match self.phase {
            Phase::Started { end, .. } => Some(end),
            _ => None,
        }
    }

    /// Whether it keeps its organisation open, its partner's access, and its users' services:
    /// it holds them, or it was cancelled and that can still be undone (K2, L3, X17).
    pub fn is_kept(&self, today: Day) -> bool {
        self.state(today).holds() || matches!(self.phase, Phase::Cancelled { started: true, .. } if !self.settled)
    }

    /// Notes that Setting up is over, when every service is done (L11).
    pub(crate) fn note_set_up(&mut self) {
        let done = |step: &ProvisioningStep| matches!(step.state, Provisioning::Done(_));
        self.was_set_up |= !self.provisioning.is_empty() && self.provisioning.iter().all(done);
    }

    /// Drops the mails that the sending of a shipment would bring, when none waits to be
    /// sent any more (D6).
    pub(crate) fn drop_idle_agreements(&mut self) {
        if !self.shipments.iter().any(|shipment| shipment.state == crate::device::ShipmentState::Ordered) {
            self.mails.retain(|mail| mail.kind != MailKind::LicenceAgreement);
        }
    }

    /// What the customer accepted, for a trial that came from a request and may not
    /// grow beyond it by itself (X10).
    pub fn granted(&self) -> Option<Offer> {
        let request = self.request.as_ref()?;
        match &request.answer.as_ref()?.what {
            Answered::Accepted { services, .. } => Some(request.asked.only(services)),
            Answered::Declined { .. } => None,
        }
    }

    /// Its Meetings site (N12).
    pub fn site(&self) -> Option<&Site> {
        self.offer.meetings.as_ref()?.site.as_ref()
    }

    /// Whether its Meetings site is provisioned: from then on name and time zone stay (U2).
    pub fn site_is_fixed(&self) -> bool {
        let done =
            |step: &ProvisioningStep| step.service == Service::Meetings && matches!(step.state, Provisioning::Done(_));
        self.provisioning.iter().any(done)
    }

    /// One of its shipments (D4).
    pub fn shipment(&self, device: crate::device::DeviceType) -> Option<&Shipment> {
        self.shipments.iter().find(|shipment| shipment.device == device)
    }

    /// Where one of its shipments goes, and comes back from (D5, D8).
    pub fn ships_to<'a>(&'a self, shipment: &'a Shipment) -> Option<&'a ShipTo> {
        shipment.ship_to.as_ref().or(self.ship_to.as_ref())
    }
}
