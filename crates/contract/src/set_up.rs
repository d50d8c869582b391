//! The set-up of a trial, and people taken from a file or by hand (U, H5).

use rules::clock::{Day, Instant};
use rules::ids::{OrganisationId, TrialId};
use rules::people::Language;
use rules::region::{CountryCode, Region};
use rules::set_up::file::LineReport;
use rules::set_up::{PersonDraft, SetUpDraft};
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

use crate::customers::TrialDetail;
use crate::hub::{LicenceLine, OnBehalf};

/// The set-up of a trial as the reader may see it (U).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SetUpDetail {
    /// The backend's day (L1).
    pub today: Day,
    /// The version of what is kept, for `If-Match`; 0 while nothing is.
    pub version: u64,
    /// The customer's organisation.
    pub organisation: OrganisationId,
    /// Its name: on whose behalf a partner does it (U1).
    pub company: String,
    /// Its country.
    pub country: CountryCode,
    /// Its region.
    pub region: Region,
    /// The partner that does it, with its access, when it is one (U1).
    pub on_behalf: Option<OnBehalf>,
    /// The trial, with the verdicts for the reader: whether they may finish, and accept the terms.
    pub trial: TrialDetail,
    /// What was typed so far, by either side. People typed by hand are left out for who may see
    /// no people (X10).
    pub draft: SetUpDraft,
    /// Who typed last, and when; `None` while nothing is kept.
    pub kept: Option<SetUpKeptBy>,
    /// The terms.
    pub terms: SetUpTerms,
    /// Whether the reader may take people, and if not, why (U1, P7).
    pub may_take_people: Verdict,
    /// Licences of each service.
    pub licences: Vec<LicenceLine>,
}

/// Who typed in a set-up last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SetUpKeptBy {
    /// Their name.
    pub name: String,
    /// Whether it was whoever asks, in another window.
    pub own: bool,
    /// The name of their partner; `None` for somebody of the customer.
    pub partner: Option<String>,
    /// When.
    pub at: Instant,
}

/// The terms of a trial, and whether they are accepted (U2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SetUpTerms {
    /// The version of the text; accepting carries it.
    pub version: u32,
    /// Its language.
    pub language: Language,
    /// The text, its title in front.
    pub text: Vec<String>,
    /// The name of the full administrator who accepted them; empty where that person is gone or
    /// the reader may see no people.
    pub accepted_by: String,
    /// When they were accepted; `None` while they are not.
    pub accepted: Option<Instant>,
    /// Who can accept them: names, or masked addresses for who may see no people.
    pub who_can: Vec<String>,
}

/// What was typed in a set-up is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SetUpKept {
    /// The trial.
    pub trial: TrialId,
    /// The version now.
    pub version: u64,
    /// When.
    pub at: Instant,
}

/// People to be taken (U2, H5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TakePeople {
    /// From the text of a file.
    File(String),
    /// As they were typed, at most 25.
    ByHand(Vec<PersonDraft>),
}

/// What becomes, or became, of each line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PeopleTaken {
    /// How many people are taken.
    pub taken: u32,
    /// Every line of which something is to be said; whoever stands in none is taken as they are.
    pub lines: Vec<LineReport>,
    /// The version of the organisation now.
    pub version: u64,
}
