//! People and settings of an organisation (H5, H7).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::NewPerson;
use super::may::{by_full_administrator, sees};
use super::scene::{Scene, level};
use crate::change::Deed;
use crate::ids::{PersonId, TrialId};
use crate::organisation::{AccessLevel, Member, Organisation};
use crate::people::{Actor, CustomerRole, Language, Right, Role, may};
use crate::service::Service;
use crate::text::{LINE_MAX, is_line};
use crate::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

type Done = Result<(Deed, Option<TrialId>), Refusal>;

/// What somebody may do with a person of the organisation, for the controls beside them (P7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PersonVerdicts {
    /// Whether their services may be changed.
    pub services: Verdict,
    /// Whether they may be given another role.
    pub role: Verdict,
    /// Whether they may be removed.
    pub remove: Verdict,
}

/// What may be done with a person, and if not, why: the refusals of the acts themselves (H5, P7).
pub fn person_verdicts(organisation: &Organisation, member: &Member, actor: &Actor) -> PersonVerdicts {
    let other = match member.role {
        CustomerRole::User => CustomerRole::Administrator,
        CustomerRole::FullAdministrator | CustomerRole::Administrator => CustomerRole::User,
    };
    let manage = may_manage(organisation, actor);
    let verdict = |result| match result {
        Ok(()) => Verdict::Allowed,
        Err(refusal) => Verdict::Blocked(refusal),
    };
    let role = |new| manage.and(may_give_role(organisation, actor, member.role, new));
    PersonVerdicts {
        services: verdict(manage),
        role: verdict(role(other).and(not_the_last(organisation, member))),
        remove: verdict(role(CustomerRole::User).and(not_the_last(organisation, member))),
    }
}

/// A full administrator of the organisation, or a partner with full administrator
/// access (H5, X10).
pub(super) fn may_manage(organisation: &Organisation, actor: &Actor) -> Result<(), Refusal> {
    let Role::Partner { partner, .. } = &actor.person.role else {
        return by_full_administrator(organisation, actor);
    };
    may(Right::ManageTrials, actor).require()?;
    sees(organisation, actor)?;
    match level(organisation, partner)? {
        AccessLevel::FullAdministrator => Ok(()),
        AccessLevel::Provisioning => {
            Err(Refusal::new(RuleId::X10, Because::ProvisioningAccessOnly, Remedy::RequestOrRaise))
        }
    }
}

/// Roles are given and taken only by the customer's full administrators (H5).
fn may_give_role(
    organisation: &Organisation,
    actor: &Actor,
    old: CustomerRole,
    new: CustomerRole,
) -> Result<(), Refusal> {
    if old == new {
        return Ok(());
    }
    let own = actor.person.of_customer().is_some();
    let refused = Refusal::new(RuleId::H5, Because::OnlyForFullAdministrators, Remedy::AskFullAdministrator);
    if own { by_full_administrator(organisation, actor) } else { Err(refused) }
}

/// Every service that is newly given has a free licence (H5).
fn free_licences(scene: &Scene<'_>, had: &BTreeSet<Service>, wanted: &BTreeSet<Service>) -> Result<(), Refusal> {
    let today = scene.today();
    let short = wanted
        .difference(had)
        .find(|service| scene.before.assigned(**service) >= scene.before.licences(**service, today));
    match short {
        Some(service) => Err(Refusal::new(RuleId::H5, Because::NoFreeLicence, Remedy::FreeLicence).service(*service)),
        None => Ok(()),
    }
}

/// The refusal of a name that is no line; it counts the characters that a name may have where it is too long.
fn unfit_name(name: &str, rule: RuleId) -> Refusal {
    let refusal = Refusal::new(rule, Because::BadText, Remedy::Correct);
    match name.trim().chars().count() > LINE_MAX {
        true => refusal.count(LINE_MAX as u32),
        false => refusal,
    }
}

/// Adds a person. An address of another organisation cannot be added, and which one
/// that is is not said (U2).
pub(super) fn add(scene: &mut Scene<'_>, person: NewPerson) -> Done {
    may_manage(scene.before, scene.actor()?)?;
    let NewPerson { id, name, email, role, services } = person;
    if !is_line(&name) {
        return Err(unfit_name(&name, RuleId::H5));
    }
    if scene.context.facts.addresses_elsewhere.contains(&email) {
        return Err(Refusal::new(RuleId::U2, Because::AddressElsewhere, Remedy::Correct));
    }
    if scene.before.member_of_address(&email).is_some() {
        return Err(Refusal::new(RuleId::H5, Because::AlreadyThere, Remedy::Correct));
    }
    may_give_role(scene.before, scene.actor()?, CustomerRole::User, role)?;
    free_licences(scene, &BTreeSet::new(), &services)?;
    let (name, since) = (name.trim().to_owned(), scene.context.now);
    scene.next.people.push(Member { id, name, email, role, language: None, services, since });
    Ok((Deed::PersonAdded, None))
}

/// Changes a person's role and services.
pub(super) fn change(scene: &mut Scene<'_>, id: &PersonId, role: CustomerRole, services: BTreeSet<Service>) -> Done {
    may_manage(scene.before, scene.actor()?)?;
    let member = known(scene, id)?.clone();
    may_give_role(scene.before, scene.actor()?, member.role, role)?;
    if role != CustomerRole::FullAdministrator {
        not_the_last(scene.before, &member)?;
    }
    free_licences(scene, &member.services, &services)?;
    for member in scene.next.people.iter_mut().filter(|member| member.id == *id) {
        member.role = role;
        member.services.clone_from(&services);
    }
    Ok((Deed::PersonChanged, None))
}

/// Removes a person; an administrator only by a full administrator, and the last one
/// of those not at all (H5).
pub(super) fn remove(scene: &mut Scene<'_>, id: &PersonId) -> Done {
    may_manage(scene.before, scene.actor()?)?;
    let member = known(scene, id)?.clone();
    may_give_role(scene.before, scene.actor()?, member.role, CustomerRole::User)?;
    not_the_last(scene.before, &member)?;
    scene.next.people.retain(|member| member.id != *id);
    Ok((Deed::PersonRemoved, None))
}

/// Sets the organisation's name and the language of its mails (H7).
pub(super) fn settings(scene: &mut Scene<'_>, name: String, language: Language) -> Done {
    may_manage(scene.before, scene.actor()?)?;
    if !is_line(&name) {
        return Err(unfit_name(&name, RuleId::H7));
    }
    scene.next.name = name.trim().to_owned();
    scene.next.language = language;
    Ok((Deed::SettingsChanged, None))
}

fn known<'a>(scene: &Scene<'a>, id: &PersonId) -> Result<&'a Member, Refusal> {
    scene.before.member(id).ok_or(Refusal::new(RuleId::H5, Because::NoSuchPerson, Remedy::Correct))
}

fn not_the_last(organisation: &Organisation, member: &Member) -> Result<(), Refusal> {
    let last = member.role == CustomerRole::FullAdministrator && organisation.full_administrators().count() == 1;
    match last {
        true => Err(Refusal::new(RuleId::H5, Because::LastFullAdministrator, Remedy::NameAnother)),
        false => Ok(()),
    }
}
