//! People taken in one act, from a file or as they were typed (U2, H5): good lines are taken,
//! and of every other line it is said why not.

use std::collections::{BTreeMap, BTreeSet};

use super::may::{ActName, may_act};
use super::people::may_manage;
use super::scene::{Scene, level};
use super::{Context, Facts};
use crate::change::Deed;
use crate::clock::Instant;
use crate::ids::{PersonId, TrialId};
use crate::organisation::{AccessLevel, Member, Organisation};
use crate::people::CustomerRole;
use crate::service::Service;
use crate::set_up::file::{Line, LineFault, LineOutcome, LineReport, NewLine, TAKEN_MAX};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// People to be taken.
#[derive(Clone, Debug)]
pub struct Taking {
    /// The lines, as they were read.
    pub lines: Vec<Line>,
    /// Ids for those who are taken, at least as many as that can be.
    pub ids: Vec<PersonId>,
    /// The services of which whoever takes them can give licences: a partner is not told of
    /// those of a competing trial (P8).
    pub given: BTreeSet<Service>,
    /// The trial in whose set-up it is done; `None` in the hub (H5).
    pub trial: Option<TrialId>,
}

/// Whether people may be taken. In the hub that is the full administrators' and of partners
/// with full administrator access (H5); in a set-up every customer administrator may as well
/// (U2, P5).
///
/// # Errors
/// The refusal that the step shows (P7).
pub fn may_take_people(
    organisation: &Organisation,
    trial: Option<&TrialId>,
    context: Context<'_>,
) -> Result<(), Refusal> {
    let actor =
        context.actor.ok_or(Refusal::new(RuleId::P2, Because::OnlyForPartners, Remedy::AskSalesAdministrator))?;
    let Some(id) = trial else { return may_manage(organisation, actor) };
    let unknown = Refusal::new(RuleId::L12, Because::WrongState, Remedy::SeeCustomers);
    may_act(ActName::FinishSetUp, organisation, organisation.trial(id).ok_or(unknown)?, context)?;
    let Some(partner) = actor.partner() else { return Ok(()) };
    match level(organisation, partner)? {
        AccessLevel::FullAdministrator => Ok(()),
        AccessLevel::Provisioning => {
            Err(Refusal::new(RuleId::X10, Because::ProvisioningAccessOnly, Remedy::RequestOrRaise))
        }
    }
}

/// The addresses of which it has to be known whether they are of another organisation, in the
/// order of the lines: those that would be taken otherwise.
pub fn addresses_to_ask_for<'a>(organisation: &Organisation, lines: &'a [Line]) -> Vec<&'a str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let there: BTreeSet<&str> = organisation.people.iter().map(|member| member.email.as_str()).collect();
    let addresses = lines.iter().filter_map(|line| line.read.as_ref().ok()).map(|new| new.email.as_str());
    addresses.filter(|email| !there.contains(email) && seen.insert(email)).collect()
}

/// What each line brings: the people who are taken, and a report on every line of which
/// something is to be said.
pub fn outcomes(
    organisation: &Organisation,
    taking: &Taking,
    facts: &Facts,
    now: Instant,
) -> (Vec<Member>, Vec<LineReport>) {
    let today = crate::clock::Day::of(now);
    let there: BTreeSet<&str> = organisation.people.iter().map(|member| member.email.as_str()).collect();
    let free = |service: &Service| {
        let free = organisation.licences(*service, today).saturating_sub(organisation.assigned(*service));
        (*service, free)
    };
    let mut free: BTreeMap<Service, u32> = taking.given.iter().map(free).collect();
    let mut ids = taking.ids.iter().take(TAKEN_MAX);
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut members, mut reports) = (Vec::new(), Vec::new());
    for line in &taking.lines {
        let report = |outcome| LineReport {
            line: line.number,
            email: line.email.clone(),
            outcome,
            fault: None,
            first: None,
            without: Vec::new(),
        };
        let bad = |fault: LineFault| LineReport { fault: Some(fault), ..report(LineOutcome::Bad) };
        let new = match &line.read {
            Err(fault) => {
                reports.push(bad(*fault));
                continue;
            }
            Ok(new) => new,
        };
        if let Some(first) = seen.get(new.email.as_str()) {
            reports.push(LineReport { first: Some(*first), ..report(LineOutcome::Twice) });
            continue;
        }
        seen.insert(&new.email, line.number);
        if there.contains(new.email.as_str()) {
            reports.push(report(LineOutcome::AlreadyThere));
        } else if facts.addresses_elsewhere.contains(&new.email) {
            reports.push(report(LineOutcome::Elsewhere));
        } else if let Some(id) = ids.next() {
            let (services, without) = given(new, &mut free);
            if !without.is_empty() {
                reports.push(LineReport { without, ..report(LineOutcome::TakenWithout) });
            }
            members.push(Member {
                id: id.clone(),
                name: new.name.clone(),
                email: new.email.clone(),
                role: CustomerRole::User,
                language: None,
                services,
                since: now,
            });
        } else {
            reports.push(report(LineOutcome::Later));
        }
    }
    (members, reports)
}

/// The services of a person of which a licence is free, and those of which none is.
fn given(new: &NewLine, free: &mut BTreeMap<Service, u32>) -> (BTreeSet<Service>, Vec<Service>) {
    let (mut services, mut without) = (BTreeSet::new(), Vec::new());
    for service in &new.services {
        match free.get_mut(service).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                services.insert(*service);
            }
            None => without.push(*service),
        }
    }
    (services, without)
}

/// Takes the people of the lines that are good.
pub(super) fn take(scene: &mut Scene<'_>, taking: Taking) -> Result<(Deed, Option<TrialId>), Refusal> {
    may_take_people(scene.before, taking.trial.as_ref(), scene.context)?;
    let (members, _) = outcomes(scene.before, &taking, scene.context.facts, scene.context.now);
    scene.next.people.extend(members);
    Ok((Deed::PeopleAdded, taking.trial))
}
