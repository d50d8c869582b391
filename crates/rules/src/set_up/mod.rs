//! A set-up as it is typed: the wizard of U, its steps and fields.
//!
//! As with a trial, what is typed is kept whatever it is ([`SetUpDraft`]), and only its
//! check makes what finishing stores ([`SetUpOrder`]). People are no part of that: they
//! are taken by themselves, from rows or from a file ([`mod@file`]), because not everybody who
//! may finish a set-up may add people (U1).

mod check;
mod field;
pub mod file;
mod merge;
mod numbers;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::check::check_people;
pub use self::field::{LocationField, PersonField, SetUpField};
pub use self::numbers::NumberPlan;

use crate::draft::Field;
use crate::named::named;
use crate::offer::Site;
use crate::region::{CountryCode, Region};
use crate::service::{Calling, Service};
use crate::time_zone::time_zone;
use crate::trial::{SetUpLine, SetUpTask, Trial};

/// Most people that are added by hand at once; beyond that there is the file (U2).
pub const BY_HAND_MAX: usize = 25;

/// The version of the terms' text: it is raised with every change of a sentence, so that
/// what was accepted says which text was read (U2).
pub const TERMS_VERSION: u32 = 1;

/// A step of the set-up (U2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SetUpStep {
    /// Services, licences and terms.
    PlanReview,
    /// The Meetings site; only where there is one.
    MeetingsSite,
    /// Locations and numbers, or the own call control; only with Calling.
    Calling,
    /// People and their services; only where there are licences.
    People,
    /// What is done, and what comes next.
    Finish,
}

named!(SetUpStep {
    PlanReview = "plan-review",
    MeetingsSite = "meetings-site",
    Calling = "calling",
    People = "people",
    Finish = "finish",
});

impl SetUpStep {
    /// Every step, in order.
    pub const ALL: [SetUpStep; 5] =
        [SetUpStep::PlanReview, SetUpStep::MeetingsSite, SetUpStep::Calling, SetUpStep::People, SetUpStep::Finish];

    /// The steps that apply to a trial.
    pub fn of(trial: &Trial) -> impl Iterator<Item = SetUpStep> + '_ {
        SetUpStep::ALL.into_iter().filter(|step| match step {
            SetUpStep::PlanReview | SetUpStep::Finish => true,
            SetUpStep::MeetingsSite => trial.site().is_some(),
            SetUpStep::Calling => trial.offer.calling.is_some(),
            SetUpStep::People => trial.offer.licences.is_some(),
        })
    }
}

/// Everything that was typed in the set-up so far, by either side (U3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct SetUpDraft {
    /// Name of the Meetings site (N12).
    pub site_name: String,
    /// IANA time zone of the Meetings site (N13).
    pub time_zone: String,
    /// What the customer's own call control is, for Hybrid call service.
    pub call_control: String,
    /// The locations of Cloud calling, in the order of the page. One in which nothing was
    /// typed is left for later.
    pub locations: Vec<LocationDraft>,
    /// People typed by hand who were not taken yet.
    pub people: Vec<PersonDraft>,
}

/// A location as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
#[allow(missing_docs, reason = "the names are the labels of the page")]
pub struct LocationDraft {
    pub name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: Option<CountryCode>,
    /// The approved PSTN provider of its numbers (N8).
    pub provider: String,
    /// The numbers that are given so far: one or a range in each line. There may be none yet (N8).
    pub numbers: String,
}

/// A person as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
#[allow(missing_docs, reason = "the names are the columns of U2")]
pub struct PersonDraft {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    // One that is named twice counts once.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Service>"))]
    pub services: BTreeSet<Service>,
}

/// A location of Cloud calling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the labels of the page")]
pub struct Location {
    pub name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: CountryCode,
    /// The approved PSTN provider of its numbers (N8).
    pub provider: String,
    /// The numbers that are given, one or a range in each line.
    pub numbers: String,
}

/// How Calling is configured. What was left for later is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct CallingSetUp {
    /// What the customer's own call control is; empty while that is left for later.
    pub call_control: String,
    /// The locations in the order of the page; `None` for one that is left for later.
    pub locations: Vec<Option<Location>>,
}

/// What finishing a set-up stores. Only the check makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetUpOrder {
    /// The Meetings site; `None` where there is none, or it is provisioned and stays.
    pub site: Option<Site>,
    /// How Calling is configured.
    pub calling: CallingSetUp,
    checked: Checked,
}

/// That the check made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Checked;

impl CallingSetUp {
    /// Keeps what a trial with this Calling still has: nothing without it, and no more locations
    /// than there are.
    pub(crate) fn keep(&mut self, calling: Option<Calling>) {
        match calling {
            None => *self = CallingSetUp::default(),
            Some(Calling::Hybrid) => self.locations.clear(),
            Some(Calling::Cloud { locations, .. }) => {
                self.locations.truncate(usize::try_from(locations).unwrap_or(usize::MAX));
            }
        }
    }
}

impl LocationDraft {
    /// Whether nothing was typed: it is left for later.
    pub fn is_blank(&self) -> bool {
        self.country.is_none() && LocationField::TEXTS.into_iter().all(|field| self.text(field).trim().is_empty())
    }

    /// A line of it as typed; the country is no text.
    pub fn text(&self, field: LocationField) -> &str {
        match field {
            LocationField::Name => &self.name,
            LocationField::Street => &self.street,
            LocationField::PostalCode => &self.postal_code,
            LocationField::City => &self.city,
            LocationField::Country => "",
            LocationField::Provider => &self.provider,
            LocationField::Numbers => &self.numbers,
        }
    }
}

impl PersonDraft {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        [&self.email, &self.first_name, &self.last_name].into_iter().all(|text| text.trim().is_empty())
    }
}

impl SetUpDraft {
    /// The set-up of a trial as it stands, before anything was typed.
    pub fn of_trial(trial: &Trial) -> SetUpDraft {
        let CallingSetUp { call_control, locations } = trial.set_up.calling.clone();
        let typed = |location: Location| LocationDraft {
            name: location.name,
            street: location.street,
            postal_code: location.postal_code,
            city: location.city,
            country: Some(location.country),
            provider: location.provider,
            numbers: location.numbers,
        };
        let site = trial.site();
        SetUpDraft {
            site_name: site.map(|site| site.name.as_str().to_owned()).unwrap_or_default(),
            time_zone: site.map(|site| site.time_zone.clone()).unwrap_or_default(),
            call_control,
            locations: locations.into_iter().map(|location| location.map(typed).unwrap_or_default()).collect(),
            people: Vec::new(),
        }
    }

    /// The time zone lies in another region than the organisation's data: a warning, never a
    /// refusal (N13).
    pub fn time_zone_is_elsewhere(&self, region: Region) -> bool {
        time_zone(&self.time_zone).is_some_and(|zone| zone.country.region() != region)
    }

    /// The number plan of Cloud calling, with the numbers as they are typed (N8).
    pub fn number_plan(&self, trial: &Trial) -> Option<NumberPlan> {
        NumberPlan::of(trial, self.locations.iter().map(|location| location.numbers.as_str()))
    }

    /// What is done and what comes next, with the numbers and the call control as they are typed: what
    /// stands there already is not asked for (U2, U3).
    pub fn lines(&self, trial: &Trial, lines: Vec<SetUpLine>) -> Vec<SetUpLine> {
        let typed = |line: SetUpLine| match line.task {
            SetUpTask::PhoneNumbers(_) => match self.number_plan(trial) {
                Some(plan) => SetUpLine { task: SetUpTask::PhoneNumbers(plan.missing), done: plan.missing == 0 },
                None => line,
            },
            SetUpTask::OwnCallControl => SetUpLine { done: !self.call_control.trim().is_empty(), ..line },
            SetUpTask::AcceptTerms | SetUpTask::MeetingsSite(_) | SetUpTask::People => line,
        };
        lines.into_iter().map(typed).collect()
    }

    /// The fields that a step asks of a trial as things stand, in the order of the page. A
    /// site that is provisioned is shown and not asked, and nothing is asked of what is left
    /// for later (U2).
    pub fn fields(&self, step: SetUpStep, trial: &Trial) -> Vec<Field> {
        match step {
            SetUpStep::PlanReview | SetUpStep::Finish => Vec::new(),
            SetUpStep::MeetingsSite if trial.site().is_none() || trial.site_is_fixed() => Vec::new(),
            SetUpStep::MeetingsSite => vec![Field::SiteName, Field::TimeZone],
            SetUpStep::Calling => match trial.offer.calling {
                None => Vec::new(),
                Some(Calling::Hybrid) => vec![Field::SetUp(SetUpField::CallControl)],
                Some(Calling::Cloud { locations, .. }) => {
                    let typed = self.locations.iter().zip(0..).take(usize::try_from(locations).unwrap_or(usize::MAX));
                    typed
                        .filter(|(location, _)| !location.is_blank())
                        .flat_map(|(_, at)| {
                            LocationField::ALL.map(|field| Field::SetUp(SetUpField::Location(at, field)))
                        })
                        .collect()
                }
            },
            SetUpStep::People => check::people_fields(&self.people).collect(),
        }
    }
}
