//! Whether somebody may do something with a trial, before its particulars are looked
//! at: what a disabled control shows, and what the backend refuses with (P7).

use super::Context;
use super::ask::may_resend;
use super::scene::level;
use super::table::{Row, cell};
use crate::ids::PartnerId;
use crate::named::named;
use crate::organisation::Organisation;
use crate::people::{Actor, Right, Role, Tier, may, may_see};
use crate::trial::{State, Trial};
use crate::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

/// The acts on a trial that stand as controls on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the acts")]
pub enum ActName {
    Resend,
    Answer,
    Cancel,
    Undo,
    Extend,
    Edit,
    AcceptTerms,
    FinishSetUp,
    RetryProvisioning,
    Convert,
    HandOver,
    SayInterested,
    AnswerInterest,
}

named!(ActName {
    Resend = "resend",
    Answer = "answer",
    Cancel = "cancel",
    Undo = "undo",
    Extend = "extend",
    Edit = "edit",
    AcceptTerms = "accept-terms",
    FinishSetUp = "finish-set-up",
    RetryProvisioning = "retry-provisioning",
    Convert = "convert",
    HandOver = "hand-over",
    SayInterested = "say-interested",
    AnswerInterest = "answer-interest",
});

impl ActName {
    /// Every act.
    pub const ALL: [ActName; 13] = [
        ActName::Resend,
        ActName::Answer,
        ActName::Cancel,
        ActName::Undo,
        ActName::Extend,
        ActName::Edit,
        ActName::AcceptTerms,
        ActName::FinishSetUp,
        ActName::RetryProvisioning,
        ActName::Convert,
        ActName::HandOver,
        ActName::SayInterested,
        ActName::AnswerInterest,
    ];

    /// The name of an act; `None` for those that are no control of a trial.
    pub(super) fn of(act: &super::TrialAct) -> Option<ActName> {
        use super::TrialAct;
        match act {
            TrialAct::Resend => Some(ActName::Resend),
            TrialAct::Answer(..) => Some(ActName::Answer),
            TrialAct::Cancel => Some(ActName::Cancel),
            TrialAct::Undo => Some(ActName::Undo),
            TrialAct::Extend(..) => Some(ActName::Extend),
            TrialAct::Edit(..) => Some(ActName::Edit),
            TrialAct::AcceptTerms(..) => Some(ActName::AcceptTerms),
            TrialAct::FinishSetUp(_) => Some(ActName::FinishSetUp),
            TrialAct::RetryProvisioning(_) => Some(ActName::RetryProvisioning),
            TrialAct::Convert(_) => Some(ActName::Convert),
            TrialAct::HandOver => Some(ActName::HandOver),
            TrialAct::SayInterested => Some(ActName::SayInterested),
            TrialAct::AnswerInterest => Some(ActName::AnswerInterest),
            TrialAct::Open | TrialAct::Provisioned(..) | TrialAct::Shipment(..) => None,
        }
    }
}

/// A verdict for every act on a trial, for whoever looks at it (P7).
pub fn verdicts(organisation: &Organisation, trial: &Trial, context: Context<'_>) -> Vec<(ActName, Verdict)> {
    let verdict = |name| match may_act(name, organisation, trial, context) {
        Ok(()) => Verdict::Allowed,
        Err(refusal) => Verdict::Blocked(refusal),
    };
    ActName::ALL.into_iter().map(|name| (name, verdict(name))).collect()
}

/// Whether an act on a trial may be done as things stand.
///
/// # Errors
/// The refusal that its control shows.
pub fn may_act(name: ActName, organisation: &Organisation, trial: &Trial, context: Context<'_>) -> Result<(), Refusal> {
    let actor =
        context.actor.ok_or(Refusal::new(RuleId::P2, Because::OnlyForPartners, Remedy::AskSalesAdministrator))?;
    let state = trial.state(context.today());
    match name {
        ActName::Resend => {
            by_partner(organisation, trial, actor)?;
            cell(Row::Resend, state)?;
            may_resend(organisation, trial, context.now)
        }
        ActName::Answer => by_full_administrator(organisation, actor).and(cell(Row::Answer, state)),
        ActName::Cancel => match actor.person.role {
            Role::Customer { .. } => by_full_administrator(organisation, actor).and(cell(Row::CancelByCustomer, state)),
            _ => {
                by_partner(organisation, trial, actor)?;
                cell(Row::CancelByPartner, state)?;
                // A request that waits for its answer needs no access to be withdrawn.
                if state == State::Pending { Ok(()) } else { has_access(organisation, trial) }
            }
        },
        ActName::Undo => undo(organisation, trial, actor, context).and(cell(Row::Undo, state)),
        ActName::Extend => in_state(Row::Extend, organisation, trial, actor, state),
        ActName::Edit => in_state(Row::Edit, organisation, trial, actor, state),
        ActName::RetryProvisioning => retry(organisation, trial, actor, state),
        ActName::AnswerInterest => with_access(organisation, trial, actor).and(match &trial.interest {
            Some(interest) if !interest.answered => Ok(()),
            _ => Err(Refusal::new(RuleId::C1, Because::NoInterest, Remedy::Nothing)),
        }),
        ActName::AcceptTerms => {
            by_full_administrator(organisation, actor)?;
            cell(Row::SetUp, state)?;
            match trial.set_up.terms {
                None => Ok(()),
                Some(_) => Err(Refusal::new(RuleId::U2, Because::TermsAccepted, Remedy::Nothing)),
            }
        }
        ActName::FinishSetUp => match &actor.person.role {
            Role::Customer { .. } => by_administrator(organisation, actor).and(cell(Row::SetUp, state)),
            Role::Partner { .. } | Role::TrialsTeam => in_state(Row::SetUp, organisation, trial, actor, state),
        },
        ActName::Convert => convert(organisation, trial, actor, context),
        ActName::HandOver => {
            in_state(Row::Convert, organisation, trial, actor, state)?;
            match (distributor(&trial.partner, context), &trial.handed_over) {
                // The distributor has it, and was told once (C2).
                (Some(distributor), Some(hand_over)) if hand_over.to == distributor => {
                    Err(Refusal::new(RuleId::C2, Because::HandedOver, Remedy::Nothing))
                }
                (Some(_), _) => Ok(()),
                (None, _) => Err(Refusal::new(RuleId::C2, Because::OwnConversion, Remedy::Convert)),
            }
        }
        ActName::SayInterested => {
            by_full_administrator(organisation, actor)?;
            cell(Row::Convert, state)?;
            // Nobody could convert it any more, and nobody would be told (H3).
            if organisation.access(&trial.partner).is_none() {
                return Err(Refusal::new(RuleId::H3, Because::NoAccess, Remedy::CancelTrial));
            }
            match &trial.interest {
                Some(interest) if interest.on == context.today() => {
                    Err(Refusal::new(RuleId::C1, Because::InterestKnown, Remedy::Nothing))
                }
                _ => Ok(()),
            }
        }
    }
}

/// A sales role of the partner that started the trial, and of a customer that the
/// person sees (P2, P8).
pub(super) fn by_partner(organisation: &Organisation, trial: &Trial, actor: &Actor) -> Result<(), Refusal> {
    may(Right::ManageTrials, actor).require()?;
    if actor.partner() != Some(&trial.partner) {
        return Err(Refusal::new(RuleId::P8, Because::StartedByAnotherPartner, Remedy::Nothing));
    }
    sees(organisation, actor)
}

/// A person of a partner that sees the customer: a sales administrator needs to look after it (P2).
pub(super) fn sees(organisation: &Organisation, actor: &Actor) -> Result<(), Refusal> {
    match actor.partner() {
        Some(partner) if !may_see(actor, partner, &organisation.assignment(partner)) => {
            Err(Refusal::new(RuleId::P2, Because::RoleChangesNothing, Remedy::AskSalesFullAdministrator))
        }
        _ => Ok(()),
    }
}

/// As [`by_partner`], in a state in which the table has it, with access of either level.
/// The state comes before the access, which may have ended with it (L12). While the trial goes on
/// the customer has removed an access that is not there, and no other act is left (H3).
fn in_state(row: Row, organisation: &Organisation, trial: &Trial, actor: &Actor, state: State) -> Result<(), Refusal> {
    by_partner(organisation, trial, actor)?;
    if state.holds() {
        has_access(organisation, trial)?;
    }
    cell(row, state)?;
    has_access(organisation, trial)
}

/// A failed service can be tried again as long as the backend itself tries it: while the trial holds
/// its services, and once they were bought (N17, C4).
fn retry(organisation: &Organisation, trial: &Trial, actor: &Actor, state: State) -> Result<(), Refusal> {
    by_partner(organisation, trial, actor)?;
    match state.holds() || state == State::Converted {
        true => has_access(organisation, trial),
        false => Err(Refusal::new(RuleId::N17, Because::WrongState, Remedy::Nothing).state(state)),
    }
}

/// Access of either level of the partner that started the trial (H3).
pub(super) fn has_access(organisation: &Organisation, trial: &Trial) -> Result<(), Refusal> {
    level(organisation, &trial.partner).map(drop)
}

/// As [`by_partner`], with access of either level (H3, X10).
fn with_access(organisation: &Organisation, trial: &Trial, actor: &Actor) -> Result<(), Refusal> {
    by_partner(organisation, trial, actor)?;
    has_access(organisation, trial)
}

/// A full administrator of this organisation (P5, X7).
pub(super) fn by_full_administrator(organisation: &Organisation, actor: &Actor) -> Result<(), Refusal> {
    of_organisation(organisation, actor)?;
    may(Right::DecideForCustomer, actor).require()
}

/// An administrator of this organisation, full or not (P5).
pub(super) fn by_administrator(organisation: &Organisation, actor: &Actor) -> Result<(), Refusal> {
    of_organisation(organisation, actor)?;
    may(Right::SeeHub, actor).require()
}

fn of_organisation(organisation: &Organisation, actor: &Actor) -> Result<(), Refusal> {
    match &actor.person.role {
        Role::Customer { organisation: own, .. } if *own == organisation.id => Ok(()),
        Role::Customer { .. } => Err(Refusal::new(RuleId::X7, Because::NotForThem, Remedy::Nothing)),
        Role::Partner { .. } | Role::TrialsTeam => {
            Err(Refusal::new(RuleId::P5, Because::OnlyForCustomerAdministrators, Remedy::AskFullAdministrator))
        }
    }
}

/// Only who cancelled may undo it, while they are still entitled to cancel (K2).
fn undo(organisation: &Organisation, trial: &Trial, actor: &Actor, context: Context<'_>) -> Result<(), Refusal> {
    match &actor.person.role {
        Role::Customer { .. } => by_full_administrator(organisation, actor)?,
        Role::Partner { .. } | Role::TrialsTeam => by_partner(organisation, trial, actor)?,
    }
    let over = Refusal::new(RuleId::K2, Because::UndoOver, Remedy::StartNewTrial);
    let Some(cancellation) = &trial.cancellation else { return Ok(()) };
    if trial.settled || context.now >= crate::eligibility::undo_until(cancellation) {
        return Err(over);
    }
    if actor.partner().is_some() {
        has_access(organisation, trial)?;
    }
    match cancellation.by.as_ref() == Some(&actor.person.id) {
        true => Ok(()),
        false => Err(Refusal::new(RuleId::K2, Because::CancelledByAnother, Remedy::Nothing)),
    }
}

/// The partner itself when it is of tier 1; its distributor's sales people once the
/// trial was handed over to them (C2).
fn convert(organisation: &Organisation, trial: &Trial, actor: &Actor, context: Context<'_>) -> Result<(), Refusal> {
    let state = trial.state(context.today());
    let handed_to = trial.handed_over.as_ref().map(|hand_over| &hand_over.to);
    if actor.partner().is_some() && actor.partner() == handed_to {
        may(Right::ManageTrials, actor).require()?;
        cell(Row::Convert, state)?;
        // Once the customer has removed the partner, nobody can convert its trial (H3).
        return has_access(organisation, trial);
    }
    in_state(Row::Convert, organisation, trial, actor, state)?;
    match distributor(&trial.partner, context) {
        Some(_) => Err(Refusal::new(RuleId::C2, Because::DistributorConverts, Remedy::HandOver)),
        None => Ok(()),
    }
}

/// The distributor of a tier 2 partner (P1).
pub(super) fn distributor(partner: &PartnerId, context: Context<'_>) -> Option<PartnerId> {
    match &context.facts.partners.get(partner)?.partner.tier {
        Tier::Two { distributor } => Some(distributor.clone()),
        Tier::One => None,
    }
}
