//! Starting a trial.

use rules::draft::TrialDraft;
use rules::ids::{DraftId, OrganisationId, TrialId};
use rules::people::Language;
use rules::trial::Plan;
use serde::{Deserialize, Serialize};

/// Asks what an address is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LookUp {
    /// The administrator's address, as typed.
    pub administrator_email: String,
}

/// What an address is (X1, P4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookUpAnswer {
    /// Nobody has it: a new organisation.
    New,
    /// It is a person's of an existing organisation, whose consent a trial needs.
    Exists,
    /// It is a person's of the own partner (P4).
    OwnOrganisation,
}

/// Whether a site name is free (N12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SiteNameAnswer {
    /// Well-formed, not reserved and never given out before.
    pub free: bool,
}

/// Asks what saving a draft would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Preview {
    /// What was typed.
    pub draft: TrialDraft,
}

/// What saving a draft would bring (N15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct StartPreview {
    /// Dates, mails, shipments and all else that will be stored.
    pub plan: Plan,
    /// The plan's digest; saving carries it, so that what was shown is what happens.
    pub digest: String,
}

/// Starts a trial from a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SaveTrial {
    /// The draft's id: it can be saved once (N18).
    pub draft_id: DraftId,
    /// What was typed.
    pub draft: TrialDraft,
    /// The digest of the preview that was shown.
    pub digest: String,
    /// The language in which the attestation was shown (N6).
    pub language: Language,
}

/// A trial was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Started {
    /// The new customer.
    pub customer: OrganisationId,
    /// The new trial.
    pub trial: TrialId,
    /// What was stored.
    pub plan: Plan,
}
