//! The customers list: rows, search, filter, sort and totals (Q).

mod attention;
mod query;
mod turns;
mod views;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::attention::Attention;
pub use self::query::{Column, DevicesDue, InCharge, Query, Reading, SortKey, select};
pub use self::views::{SavedView, VIEW_NAME_MAX, VIEWS_MAX, ViewFault, check_views, same_view_name};

use crate::clock::{Day, Instant};
use crate::ids::{OrganisationId, PartnerId, TrialId};
use crate::organisation::{Management, Organisation};
use crate::people::Assignment;
use crate::region::Region;
use crate::service::Service;
use crate::trial::{Phase, Status, Trial};

/// What a row keeps of a trial. The status follows from it and the instant, so
/// that a row need not be written again when a day passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RowTrial {
    /// The trial's id; that of its request is the same.
    pub id: TrialId,
    /// Where it stands.
    pub phase: Phase,
    /// Until when Setting up is shown at most (L11).
    pub setting_up_until: Option<Instant>,
    /// Its services.
    pub services: Vec<Service>,
    /// Its licences; `None` when Devices is its only service (N9).
    pub licences: Option<u32>,
    /// Whether the customer is interested, and nobody has answered yet (C1).
    pub interested: bool,
    /// The earliest day by which devices that are out must be back (D8).
    pub return_due: Option<Day>,
    /// Serial numbers and demo order numbers, by which it is found (Q2).
    pub numbers: Vec<String>,
}

impl RowTrial {
    /// What a row keeps of a trial.
    pub fn of(trial: &Trial) -> RowTrial {
        let out = trial.shipments.iter().filter(|shipment| shipment.state.is_out());
        let numbers = trial.shipments.iter().flat_map(|each| each.serials.iter().chain(&each.demo_order_number));
        RowTrial {
            id: trial.id.clone(),
            phase: trial.phase,
            setting_up_until: trial.setting_up_until(),
            services: trial.offer.services(),
            licences: trial.offer.licences,
            interested: trial.interest.as_ref().is_some_and(|interest| !interest.answered),
            return_due: out.map(crate::device::Shipment::return_due).min(),
            numbers: numbers.cloned().collect(),
        }
    }

    /// The shown status at an instant (L11).
    pub fn status(&self, now: Instant) -> Status {
        self.phase.status(Day::of(now), self.setting_up_until.is_some_and(|until| now < until))
    }
}

/// A customer of one partner, as the list keeps it (Q1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CustomerRow {
    /// The organisation's id.
    pub id: OrganisationId,
    /// Company name: the organisation's own, which *Confirm organisation* has shown and which the
    /// request is about (X2); once a partner that never had access has nothing open there any
    /// more, what the partner itself typed (Q11).
    pub company: String,
    /// Administrator's address: what the partner typed while it has had no access (Q11, P8).
    pub administrator_email: String,
    /// Data residency region.
    pub region: Region,
    /// Whether the partner knows the organisation itself, and not only what it typed.
    pub known: bool,
    /// Who looks after the customer (P9).
    pub assignment: Assignment,
    /// The partner's own trials there.
    pub trials: Vec<RowTrial>,
    /// Services that the customer owns.
    pub purchased: Vec<Service>,
    /// When anything of it changed last, as far as the partner may know.
    pub last_change: Instant,
    /// Mails about it that failed and were not sent since (Q12).
    pub failed_mails: u32,
}

impl CustomerRow {
    /// The row of an organisation for a partner; `None` when the partner has nothing
    /// to do with it.
    pub fn of(organisation: &Organisation, partner: &PartnerId, failed_mails: u32) -> Option<CustomerRow> {
        let management = organisation.management(partner)?;
        let own: Vec<&Trial> = organisation.trials.iter().filter(|trial| trial.partner == *partner).collect();
        let known = management.access.is_some() || management.ended.is_some();
        let typed = own.iter().rev().find_map(|trial| trial.request.as_ref()).filter(|_| !known);
        let left = own.iter().all(|trial| trial.phase.left_the_list());
        let company = typed.filter(|_| left).map_or(&organisation.name, |request| &request.typed_company);
        let administrator_email = typed.map_or(&organisation.administrator_email, |request| &request.typed_email);
        let purchased = organisation.purchased.iter().filter(|_| management.access.is_some());
        let last_change = match management.access {
            Some(_) => organisation.changed,
            None => last_told(management, &own).unwrap_or(organisation.created),
        };
        Some(CustomerRow {
            id: organisation.id.clone(),
            company: company.clone(),
            administrator_email: administrator_email.clone(),
            region: organisation.region,
            known,
            assignment: management.assignment.clone(),
            trials: own.into_iter().map(RowTrial::of).collect(),
            purchased: purchased.map(|purchase| purchase.service).collect(),
            last_change,
            failed_mails,
        })
    }

    /// The trial that needs attention first at an instant, with its status (Q9).
    pub fn leading_trial(&self, now: Instant) -> Option<(&RowTrial, Status)> {
        self.trials.iter().map(|trial| (trial, trial.status(now))).min_by_key(|(_, status)| *status)
    }

    /// The status of the row: of the trial that needs attention first, else
    /// Subscription or No trial (Q9).
    pub fn status(&self, now: Instant) -> Status {
        match self.leading_trial(now) {
            Some((_, status)) => status,
            None if self.purchased.is_empty() => Status::NoTrial,
            None => Status::Subscription,
        }
    }

    /// The services that the row shows, each once, with the days that are left of the
    /// trial it is in (Q1): first those of the trial that needs attention first, then
    /// those of the other trials that hold their services, then those that are owned.
    /// Of a customer whose request is pending, what was asked and nothing else (Q11).
    pub fn services(&self, now: Instant) -> Vec<(Service, Option<i64>)> {
        let today = Day::of(now);
        let leading = self.leading_trial(now);
        let mut shown: Vec<(Service, Option<i64>)> = Vec::new();
        let mut show = |services: &[Service], days: Option<i64>| {
            for service in services {
                if shown.iter().all(|(each, _)| each != service) {
                    shown.push((*service, days));
                }
            }
        };
        if let Some((trial, _)) = leading {
            show(&trial.services, trial.phase.days_left(today));
        }
        if leading.is_none_or(|(_, status)| status != Status::TrialPending) {
            for trial in self.trials.iter().filter(|trial| trial.phase.state(today).holds()) {
                show(&trial.services, trial.phase.days_left(today));
            }
            show(&self.purchased, None);
        }
        shown
    }

    /// Whether the customer has left the list: every trial did, and nothing is owned (Q11).
    pub fn left_the_list(&self) -> bool {
        !self.trials.is_empty()
            && self.purchased.is_empty()
            && self.trials.iter().all(|trial| trial.phase.left_the_list())
    }
}

impl CustomerRow {
    /// Whether a text in lower case is exactly an id of it or of its trials, or the
    /// number of one of their devices: then it is the record that is meant (Q2).
    pub fn is_named(&self, text: &str) -> bool {
        let is_it = |id: &str| id.to_lowercase() == text;
        is_it(self.id.as_str())
            || self
                .trials
                .iter()
                .any(|trial| is_it(trial.id.as_str()) || trial.numbers.iter().any(|number| is_it(number)))
    }
}

/// When anything happened last that a partner without access took part in or was told of.
/// What others do at the organisation is nothing that it learns, not even when (P8, X17).
fn last_told(management: &Management, own: &[&Trial]) -> Option<Instant> {
    let of_trial = |trial: &&Trial| {
        let over = match trial.phase {
            Phase::Converted { on } | Phase::Declined { on } | Phase::Lapsed { on } => Some(on.begin()),
            Phase::Pending { .. } | Phase::Awaiting { .. } | Phase::Started { .. } | Phase::Cancelled { .. } => None,
        };
        let request = trial.request.as_ref();
        let sent = request.and_then(|request| request.sendings.last()).map(|sending| sending.at);
        let answered = request.and_then(|request| request.answer.as_ref()).map(|answer| answer.at);
        let cancelled = trial.cancellation.as_ref().map(|cancellation| cancellation.at);
        over.into_iter().chain(sent).chain(answered).chain(cancelled).chain(trial.started).max()
    };
    let ended = management.ended.map(|ended| ended.on.begin());
    own.iter().filter_map(of_trial).chain(ended).max()
}

/// How many customers have each status; those who left the list are not counted,
/// so the totals add up to the default view (Q4, Q9, Q11).
pub fn totals<'a>(rows: impl IntoIterator<Item = &'a CustomerRow>, now: Instant) -> BTreeMap<Status, u32> {
    counted(rows.into_iter().filter(|row| !row.left_the_list()), now)
}

/// How many customers of each status have left the list: they are in no total, and stand in the
/// list that its filter shows (Q11).
pub fn left<'a>(rows: impl IntoIterator<Item = &'a CustomerRow>, now: Instant) -> BTreeMap<Status, u32> {
    counted(rows.into_iter().filter(|row| row.left_the_list()), now)
}

fn counted<'a>(rows: impl Iterator<Item = &'a CustomerRow>, now: Instant) -> BTreeMap<Status, u32> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row.status(now)).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests;
