//! What is left to configure once a trial runs: the steps of the set-up (U2).

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::ids::PersonId;
use crate::offer::{Offer, Site};
use crate::organisation::Organisation;
use crate::people::Language;
use crate::service::Calling;
use crate::set_up::{CallingSetUp, NumberPlan};
use crate::trial::Trial;

/// Something that a person still has to do. None of it holds up the trial (N17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SetUpTask {
    /// The customer's full administrator accepts the terms.
    AcceptTerms,
    /// The Meetings site is looked over; it is shown as chosen.
    MeetingsSite(Site),
    /// Phone numbers are obtained through an approved PSTN provider (N8).
    PhoneNumbers(u32),
    /// The customer's own call control is joined (N8).
    OwnCallControl,
    /// People are added and given services.
    People,
}

/// How far the set-up of a trial is (U3). Either side may do it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct SetUp {
    /// Who finished it, and when.
    pub finished: Option<(PersonId, Instant)>,
    /// That the terms were accepted (U2).
    pub terms: Option<AcceptedTerms>,
    /// How Calling is configured (U2).
    pub calling: CallingSetUp,
}

/// That the terms were accepted: by which full administrator, when, and which text (U2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct AcceptedTerms {
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// In which language they were read.
    pub language: Language,
    /// The version of their text.
    pub version: u32,
}

/// Something to be done in a set-up, and whether it is: what is done and what comes next (U3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SetUpLine {
    /// What.
    pub task: SetUpTask,
    /// Whether it is done.
    pub done: bool,
}

/// How far the set-up of a trial is, line by line (U3). Of the phone numbers it says how many
/// are missing.
pub fn set_up_lines(organisation: &Organisation, trial: &Trial) -> Vec<SetUpLine> {
    let has_people = organisation.users(trial).next().is_some();
    let SetUp { finished, terms, calling } = &trial.set_up;
    let numbers = calling.locations.iter().map(|location| location.as_ref().map_or("", |each| each.numbers.as_str()));
    let plan = NumberPlan::of(trial, numbers);
    let line = |task| match task {
        SetUpTask::AcceptTerms => SetUpLine { task, done: terms.is_some() },
        SetUpTask::MeetingsSite(_) => SetUpLine { task, done: finished.is_some() || trial.site_is_fixed() },
        SetUpTask::PhoneNumbers(needed) => {
            let missing = plan.map_or(needed, |plan| plan.missing);
            SetUpLine { task: SetUpTask::PhoneNumbers(missing), done: missing == 0 }
        }
        SetUpTask::OwnCallControl => SetUpLine { task, done: !calling.call_control.is_empty() },
        SetUpTask::People => SetUpLine { task, done: has_people },
    };
    left_to_do(&trial.offer).into_iter().map(line).collect()
}

/// What there is to do for an offer.
fn left_to_do(offer: &Offer) -> Vec<SetUpTask> {
    let site = offer.meetings.as_ref().and_then(|meetings| meetings.site.clone());
    let calling = offer.calling.map(|calling| match calling {
        Calling::Cloud { .. } => SetUpTask::PhoneNumbers(calling.phone_numbers()),
        Calling::Hybrid => SetUpTask::OwnCallControl,
    });
    let people = offer.licences.map(|_| SetUpTask::People);
    [Some(SetUpTask::AcceptTerms), site.map(SetUpTask::MeetingsSite), calling, people].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use crate::service::{CallingKind, Service};

    #[test]
    fn what_is_left_follows_from_what_was_ordered_n16_u2() {
        let full = left_to_do(&samples::trial(samples::full_draft()).offer);
        assert!(matches!(
            full.as_slice(),
            [SetUpTask::AcceptTerms, SetUpTask::MeetingsSite(_), SetUpTask::PhoneNumbers(29), SetUpTask::People]
        ));
        let shortest = left_to_do(&samples::trial(samples::shortest_draft()).offer);
        assert_eq!(shortest, [SetUpTask::AcceptTerms, SetUpTask::People]);

        let mut hybrid = samples::full_draft();
        hybrid.calling = Some(CallingKind::Hybrid);
        assert!(left_to_do(&samples::trial(hybrid).offer).contains(&SetUpTask::OwnCallControl));

        let mut devices = samples::full_draft();
        devices.services = [Service::Devices].into();
        assert_eq!(left_to_do(&samples::trial(devices).offer), [SetUpTask::AcceptTerms]);
    }
}
