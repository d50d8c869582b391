//! Requests, as the people of the organisation that is asked see them (X).

use rules::clock::{Day, Instant};
use rules::consent::{Answer, Answered};
use rules::eligibility::Eligibility;
use rules::ids::{OrganisationId, TrialId};
use rules::offer::Offer;
use rules::organisation::AccessLevel;
use rules::people::Language;
use rules::region::Region;
use rules::service::Duration;
use rules::trial::{State, Status};
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// A request as it is read by the organisation (X6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RequestDetail {
    /// The trial that it asks for.
    pub id: TrialId,
    /// The organisation that is asked.
    pub organisation: OrganisationId,
    /// The organisation's name.
    pub organisation_name: String,
    /// The partner's name.
    pub partner: String,
    /// The name of the person who asks.
    pub person: String,
    /// The partner's own words; they may be empty.
    pub words: String,
    /// Whether full administrator access is asked for.
    pub asks_full_access: bool,
    /// What is asked for.
    pub asked: Offer,
    /// For how long.
    pub duration: Duration,
    /// Where the organisation's data lives.
    pub region: Region,
    /// The matching phrase.
    pub phrase: String,
    /// When it was sent first.
    pub sent: Instant,
    /// The last day on which it can be answered (X11).
    pub answer_by: Day,
    /// Where it stands (X15).
    pub state: State,
    /// How that is shown.
    pub status: Status,
    /// Whether the reader can answer it, and if not, why (X7).
    pub may_answer: Verdict,
    /// Whether it can be accepted at all: the partner is certified (X20).
    pub may_accept: Verdict,
    /// Whether each service that is asked for can still be had (X4).
    pub services: Vec<Eligibility>,
    /// Who can answer it: the names or addresses of the full administrators.
    pub can_answer: Vec<String>,
    /// How it was answered; `None` before, and for partners the note is theirs too.
    pub answer: Option<Answer>,
    /// What the partner's access is now.
    pub access: Option<AccessLevel>,
    /// The version, for `If-Match`.
    pub version: u64,
}

/// Opens a request by the secret of its link. It stands in the body, never in an
/// address (X7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OpenRequest {
    /// The secret: 64 hexadecimal digits.
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[0-9a-fA-F]{64}$")))]
    pub token: String,
}

/// Answers a request (X9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnswerRequest {
    /// What is answered.
    pub answer: Answered,
    /// The language in which the request was read.
    pub language: Language,
    /// The digest of the preview that was shown (E6).
    #[serde(default)]
    pub digest: String,
}

/// The requests of the own organisation (X8, H4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RequestList {
    /// The requests, the latest in front.
    pub requests: Vec<RequestDetail>,
}

/// A document in HTML that says of a request what its page says, without a program (X19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PlainPage(pub String);
