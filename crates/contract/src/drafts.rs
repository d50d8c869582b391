//! Drafts of trials (N18).

use rules::clock::{Day, Instant};
use rules::draft::TrialDraft;
use rules::ids::DraftId;
use serde::{Deserialize, Serialize};

/// Days for which a draft is kept after its last change (N18).
pub const DRAFT_DAYS: u32 = 30;

/// A draft as the backend keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct KeptDraft {
    /// Its id.
    pub id: DraftId,
    /// Its version, for `If-Match`.
    pub version: u64,
    /// What was typed.
    pub draft: TrialDraft,
    /// When it was changed last.
    pub changed: Instant,
}

/// The own drafts, the one changed last in front.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DraftList {
    /// The drafts.
    pub drafts: Vec<DraftLine>,
}

/// A draft in the list of those that can be taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DraftLine {
    /// Its id.
    pub id: DraftId,
    /// Company name as typed so far; it may be empty.
    pub company_name: String,
    /// When it was changed last.
    pub changed: Instant,
    /// The last day on which it is kept.
    pub kept_until: Day,
}
