//! Whether a service can be offered to an organisation (N11, X4, A2, P8).

use serde::{Deserialize, Serialize};

use crate::clock::{Day, Instant};
use crate::consent::SET_UP_DAYS;
use crate::ids::{PartnerId, TrialId};
use crate::organisation::Organisation;
use crate::service::Service;
use crate::trial::{Cancellation, Phase, State, Trial, closes_on};
use crate::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

/// Minutes for which a cancelling can be undone, and keeps its services from others (K2, X4).
pub const UNDO_MINUTES: i64 = 5;

/// Whether a service can be offered, and if not, why and from when (N11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Eligibility {
    /// The service; Hybrid call service counts as Calling.
    pub service: Service,
    /// Whether it can be offered.
    pub verdict: Verdict,
}

/// Whether each service can be offered by a partner to an organisation, in the
/// order in which they are shown (X4).
pub fn eligibility(organisation: &Organisation, reader: &PartnerId, now: Instant) -> Vec<Eligibility> {
    let of = |service| Eligibility { service, verdict: offered(organisation, service, reader, None, now) };
    Service::ALL.into_iter().map(of).collect()
}

/// Whether a service can be offered: the customer has not purchased it, and it is in
/// no trial, of this or another partner, that is awaiting, running or expired, or was
/// cancelled less than 5 minutes ago. Pending requests and trials that are over do
/// not block (X4). `except` is the trial for which it is asked.
///
/// Of another partner's trial only the day on which it will be over as things stand
/// is told; that day may move (P8).
pub fn offered(
    organisation: &Organisation,
    service: Service,
    reader: &PartnerId,
    except: Option<&TrialId>,
    now: Instant,
) -> Verdict {
    let refuse = |rule, because| Refusal::new(rule, because, Remedy::ChooseOther).service(service);
    if organisation.owns(service) {
        // What is owned is never tried on the same account (A2).
        let rule = if service == Service::Calling { RuleId::A2 } else { RuleId::X4 };
        return Verdict::Blocked(refuse(rule, Because::AlreadyPurchased));
    }
    let today = Day::of(now);
    let others = organisation.trials.iter().filter(|trial| except != Some(&trial.id) && trial.offer.has(service));
    let mut found: Option<Refusal> = None;
    for trial in others {
        let Some(refusal) = blocks(trial, reader, today, now).map(|refusal| refusal.service(service)) else { continue };
        // Several block: the last of them to be over decides when it changes.
        found = match found {
            Some(known) if known.from >= refusal.from => Some(known),
            _ => Some(refusal),
        };
    }
    found.map_or(Verdict::Allowed, Verdict::Blocked)
}

fn blocks(trial: &Trial, reader: &PartnerId, today: Day, now: Instant) -> Option<Refusal> {
    if trial.state(today) == State::Cancelled {
        // A request that was withdrawn never was in the way, and what the system cancelled is
        // over on the day that was told (X18).
        let by_somebody = |each: &&Cancellation| each.by.is_some() && !matches!(each.before, Phase::Pending { .. });
        let cancellation = trial.cancellation.as_ref().filter(by_somebody);
        let until = cancellation.map(undo_until).filter(|until| now < *until)?;
        return Some(match trial.partner == *reader {
            true => Refusal::new(RuleId::X4, Because::JustCancelled, Remedy::Wait).from_instant(until),
            // That another partner cancelled is its own matter; the day is all that is told (P8).
            false => {
                Refusal::new(RuleId::X4, Because::InTrialWithAnotherPartner, Remedy::ChooseOther).from(Day::of(until))
            }
        });
    }
    if !trial.state(today).holds() {
        return None;
    }
    let because = match trial.partner == *reader {
        true => Because::InOwnTrial,
        false => Because::InTrialWithAnotherPartner,
    };
    let refusal = Refusal::new(RuleId::X4, because, Remedy::ChooseOther);
    Some(over_from(trial).map_or(refusal, |day| refusal.from(day)))
}

/// The moment until which a cancelling can be undone (K2).
pub fn undo_until(cancellation: &Cancellation) -> Instant {
    cancellation.at + chrono::TimeDelta::minutes(UNDO_MINUTES)
}

/// The moment until which the cancelling of a trial can still be undone by somebody; `None` where
/// there is nothing to undo, or nothing any more (K2).
pub fn can_be_undone_until(trial: &Trial, now: Instant) -> Option<Instant> {
    let Phase::Cancelled { started: true, .. } = trial.phase else { return None };
    let cancellation = trial.cancellation.as_ref().filter(|each| each.by.is_some() && !trial.settled)?;
    Some(undo_until(cancellation)).filter(|until| now < *until)
}

/// The first day on which a trial will be over as things stand: closed at E+30 (L3),
/// or cancelled after 90 days without set-up (X18).
pub fn over_from(trial: &Trial) -> Option<Day> {
    match trial.phase {
        Phase::Started { end, .. } => Some(closes_on(end)),
        Phase::Awaiting { since } => Some(since.plus(SET_UP_DAYS + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
