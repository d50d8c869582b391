//! What an act will bring, as its preview shows it: the dated before and after, the mails
//! added and dropped, and what is lost (E6, L9).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::act::{Context, addressees, closes_with, told_of_cancelling};
use crate::change::{Change, Deed, evolve};
use crate::clock::Day;
use crate::device::{Shipment, ShipmentState};
use crate::eligibility::undo_until;
use crate::ids::{PartnerId, TrialId};
use crate::notice::{Due, MailKind, Recipients};
use crate::offer::Offer;
use crate::organisation::{AccessLevel, Organisation};
use crate::service::Service;
use crate::trial::{DateKind, Phase, State, Trial, dates_of, dates_past, lived};

/// A mail that an act adds or drops.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct MailEffect {
    /// The day on which it goes, or would have gone; `None` for one that waits for
    /// something else than a day.
    pub on: Option<Day>,
    /// About what.
    pub kind: MailKind,
    /// To whom.
    pub group: Recipients,
    /// To how many people as things stand.
    pub people: u32,
}

/// What is lost (L9, E4, C3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Inventory {
    /// The services that end.
    pub services: Vec<Service>,
    /// Their licences.
    pub licences: Option<u32>,
    /// People who use one of them.
    pub users: u32,
    /// The Meetings site that ends, by its name.
    pub site: Option<String>,
    /// Phone numbers that are released.
    pub phone_numbers: u32,
    /// Device licences that end.
    pub device_licences: u32,
    /// Administrators whose roles end, because the organisation closes with it (L3).
    pub administrators: u32,
}

impl Inventory {
    /// Whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        *self == Inventory::default()
    }
}

/// A trial before or after an act, as far as people look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct TrialView {
    /// Its state.
    pub state: State,
    /// What it gives.
    pub offer: Offer,
    /// Every date that follows, and those that were: what has happened stays (E6).
    pub dates: Vec<(Day, DateKind)>,
}

/// What a change of a partner's access means for one of its trials or requests that is not over,
/// or whose devices have to come back (H3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct TrialOfPartner {
    /// The trial.
    pub trial: TrialId,
    /// Its services.
    pub services: Vec<Service>,
    /// Its state.
    pub before: State,
    /// Its state afterwards.
    pub after: State,
    /// The day E on which it ends, where it has one.
    pub end: Option<Day>,
    /// Whether devices of it are with the customer, who has to return them.
    pub devices_out: bool,
}

/// What an act will bring. Its digest is carried by the act, so that what was shown is
/// what happens (E6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Consequences {
    /// What will have been done.
    pub deed: Deed,
    /// The day on which it is done.
    pub today: Day,
    /// The trial as it is.
    pub before: Option<TrialView>,
    /// The trial as it will be.
    pub after: Option<TrialView>,
    /// Mails that come with it.
    pub added: Vec<MailEffect>,
    /// Mails that were planned, or held until a cancelling can be undone no more (K2), and will
    /// not go.
    pub dropped: Vec<MailEffect>,
    /// What is lost.
    pub lost: Inventory,
    /// The partner's access before and after.
    pub access: (Option<AccessLevel>, Option<AccessLevel>),
    /// The trials and requests of the partner whose access is changed; none with other acts.
    pub of_partner: Vec<TrialOfPartner>,
    /// Whether the organisation closes with it.
    pub closes: bool,
}

/// What a change brings to an organisation.
pub fn consequences(
    before: Option<&Organisation>,
    change: &Change,
    partner: &PartnerId,
    context: Context<'_>,
) -> Consequences {
    let after = evolve(before.cloned(), change);
    let trial = |organisation: Option<&Organisation>| -> Option<Trial> {
        let id: &TrialId = change.trial.as_ref()?;
        organisation?.trial(id).cloned()
    };
    let (old, new) = (trial(before), trial(after.as_ref()));
    let today = context.today();
    let planned = |organisation: Option<&Organisation>| -> BTreeSet<MailEffect> {
        let trials = organisation.into_iter().flat_map(|organisation| &organisation.trials);
        // Without its access a partner gets the notices of none of its trials (H3).
        let concerned = trials.filter(|trial| match change.deed {
            Deed::AccessRemoved => trial.partner == *partner,
            _ => change.trial.as_ref() == Some(&trial.id),
        });
        let of = |trial| organisation.map(|organisation| planned(organisation, trial, context)).unwrap_or_default();
        concerned.flat_map(of).collect()
    };
    let (was, will) = (planned(before), planned(after.as_ref()));
    let mut added: Vec<MailEffect> = Vec::new();
    for mail in &change.mails {
        let on = Some(mail.held_until.map_or(today, Day::of));
        match added.iter_mut().find(|each| each.kind == mail.kind && each.group == mail.group && each.on == on) {
            Some(known) => known.people += 1,
            None => added.push(MailEffect { on, kind: mail.kind, group: mail.group, people: 1 }),
        }
    }
    // What was planned and goes with it now is not dropped.
    let goes = |mail: &&MailEffect| added.iter().any(|each| (each.kind, each.group) == (mail.kind, mail.group));
    let mut dropped: Vec<MailEffect> = was.difference(&will).filter(|mail| !goes(mail)).cloned().collect();
    if let (Deed::Undone, Some(organisation), Some(old)) = (change.deed, before, &old) {
        dropped.extend(held(organisation, old, context));
    }
    added.extend(will.difference(&was).cloned());
    let level = |organisation: Option<&Organisation>| organisation?.access(partner).map(|access| access.level);
    let mut lost = match (before, &old, &new) {
        (Some(organisation), Some(old), Some(new)) => lost(organisation, old, new, today),
        _ => Inventory::default(),
    };
    let was_closed = before.is_some_and(|organisation| organisation.closed.is_some());
    let closes = after.as_ref().is_some_and(|after| match &new {
        // It closes when the cancelling can be undone no more (K2).
        Some(new) if change.deed == Deed::Cancelled && !new.settled => closes_with(after, &new.id, today),
        _ => after.closed.is_some() && !was_closed,
    });
    if let Some(organisation) = before.filter(|_| closes) {
        lost.administrators = administrators(organisation);
    }
    Consequences {
        deed: change.deed,
        today,
        before: old.as_ref().map(|trial| view(trial, None, today)),
        after: new.as_ref().map(|trial| view(trial, old.as_ref(), today)),
        added,
        dropped,
        lost,
        access: (level(before), level(after.as_ref())),
        of_partner: match change.deed {
            Deed::AccessChanged | Deed::AccessRemoved => of_partner(before, after.as_ref(), partner, today),
            _ => Vec::new(),
        },
        closes,
    }
}

/// The trials and requests of a partner that are not over, or whose devices are out.
fn of_partner(
    before: Option<&Organisation>,
    after: Option<&Organisation>,
    partner: &PartnerId,
    today: Day,
) -> Vec<TrialOfPartner> {
    let own =
        before.into_iter().flat_map(|organisation| &organisation.trials).filter(|trial| trial.partner == *partner);
    let of = |trial: &Trial| {
        let state = trial.state(today);
        let out = |shipment: &Shipment| matches!(shipment.state, ShipmentState::Sent | ShipmentState::ReturnedInPart);
        let devices_out = trial.shipments.iter().any(out);
        (state == State::Pending || state.holds() || devices_out).then(|| TrialOfPartner {
            trial: trial.id.clone(),
            services: trial.offer.services(),
            before: state,
            after: after.and_then(|after| after.trial(&trial.id)).map_or(state, |after| after.state(today)),
            end: trial.end(),
            devices_out,
        })
    };
    own.filter_map(of).collect()
}

/// A trial with its dates. Of one that is over they are those that it has lived through, and the
/// day on which it was converted or cancelled, beside those that still follow (E6). A converted one
/// has kept of them no more than its start: the others are those of the trial that it was.
fn view(trial: &Trial, was: Option<&Trial>, today: Day) -> TrialView {
    let mut dates = dates_of(trial);
    dates.extend(dates_past(trial));
    if let (Phase::Converted { on }, Some(was)) = (trial.phase, was) {
        dates.extend(lived(was, on));
    }
    dates.sort();
    dates.dedup();
    TrialView { state: trial.state(today), offer: trial.offer.clone(), dates }
}

/// The mails that wait until a cancelling can be undone no more, and that its undoing drops (K2).
fn held(organisation: &Organisation, trial: &Trial, context: Context<'_>) -> Vec<MailEffect> {
    let Some(cancellation) = &trial.cancellation else { return Vec::new() };
    let kind = MailKind::Cancelled;
    let mut known = BTreeSet::new();
    let groups = told_of_cancelling(cancellation.before.state(Day::of(cancellation.at))).iter();
    let effect = |group: &Recipients| {
        // Whoever is of two groups gets one mail.
        let people = addressees(*group, kind, organisation, trial, context.facts);
        let people = people.into_iter().filter(|each| known.insert(each.email.clone())).count();
        let on = Some(Day::of(undo_until(cancellation)));
        MailEffect { on, kind, group: *group, people: u32::try_from(people).unwrap_or(u32::MAX) }
    };
    groups.map(effect).filter(|effect| effect.people > 0).collect()
}

/// The mails that are planned for a trial, for as many people as there are now. A
/// trial that is over has none (L8).
fn planned(organisation: &Organisation, trial: &Trial, context: Context<'_>) -> BTreeSet<MailEffect> {
    let state = trial.state(context.today());
    let live = state.holds() || state == State::Converted;
    let mails = trial.mails.iter().filter(|_| live);
    let effect = |mail: &crate::notice::PlannedMail| {
        let on = match mail.due {
            Due::On(day) => Some(day),
            Due::WhenProvisioned | Due::WhenShipped => None,
        };
        let people = addressees(mail.to, mail.kind, organisation, trial, context.facts).len();
        let people = u32::try_from(people).unwrap_or(u32::MAX);
        MailEffect { on, kind: mail.kind, group: mail.to, people }
    };
    let nobody = |effect: &MailEffect| effect.people == 0 && effect.group == Recipients::PartnerAdministrators;
    mails.map(effect).filter(|effect| !nobody(effect)).collect()
}

fn administrators(organisation: &Organisation) -> u32 {
    u32::try_from(organisation.administrators().count()).unwrap_or(u32::MAX)
}

/// What a trial that becomes another one loses: services, licences, site, numbers and
/// devices that are not there any more.
fn lost(organisation: &Organisation, old: &Trial, new: &Trial, today: Day) -> Inventory {
    let over = !new.state(today).holds();
    let left = match (&new.conversion, over) {
        (Some(conversion), _) => new.offer.only(&conversion.services),
        (None, true) => Offer::default(),
        (None, false) => new.offer.clone(),
    };
    if old.started.is_none() {
        return Inventory::default();
    }
    inventory_between(organisation, old, &left)
}

fn inventory_between(organisation: &Organisation, trial: &Trial, left: &Offer) -> Inventory {
    let offer = &trial.offer;
    let services: Vec<Service> = offer.services().into_iter().filter(|service| !left.has(*service)).collect();
    let uses = |member: &&crate::organisation::Member| services.iter().any(|service| member.services.contains(service));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let licences = match (offer.licences, left.licences) {
        (Some(had), Some(has)) => Some(had.saturating_sub(has)).filter(|fewer| *fewer > 0),
        (had, None) => had,
        (None, Some(_)) => None,
    };
    let site = |offer: &Offer| offer.meetings.as_ref().and_then(|meetings| meetings.site.clone());
    let numbers = |offer: &Offer| offer.calling.map_or(0, |calling| calling.phone_numbers());
    let devices = |offer: &Offer| {
        let of = |devices: &crate::device::PerDevice<u32>| {
            crate::device::DeviceType::ALL.iter().map(|device| *devices.get(*device)).sum::<u32>()
        };
        offer.devices.as_ref().map_or(0, of)
    };
    Inventory {
        users: count(organisation.people.iter().filter(uses).count()),
        licences,
        site: site(offer).filter(|_| site(left).is_none()).map(|site| site.name.as_str().to_owned()),
        phone_numbers: numbers(offer).saturating_sub(numbers(left)),
        device_licences: devices(offer).saturating_sub(devices(left)),
        administrators: 0,
        services,
    }
}

/// What will be lost when a trial closes, with counts: shown in grace on both sides
/// (L3, L9).
pub fn inventory(organisation: &Organisation, trial: &Trial, today: Day) -> Inventory {
    let mut inventory = inventory_between(organisation, trial, &Offer::default());
    if closes_with(organisation, &trial.id, today) {
        inventory.administrators = administrators(organisation);
    }
    inventory
}

#[cfg(test)]
mod tests;
