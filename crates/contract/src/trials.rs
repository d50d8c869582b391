//! Starting a trial.

use rules::act::Conversion;
use rules::clock::Day;
use rules::consequences::{Consequences, Inventory};
use rules::draft::TrialDraft;
use rules::eligibility::Eligibility;
use rules::ids::{DraftId, OrganisationId, TrialId};
use rules::people::Language;
use rules::region::{CountryCode, Region};
use rules::service::{Duration, Service};
use rules::trial::Plan;
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// Asks what an address is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LookUp {
    /// The administrator's address, as typed.
    pub administrator_email: String,
}

/// What an address is (X1, P4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LookUpAnswer {
    /// Nobody has it: a new organisation.
    New,
    /// It is a person's of the own partner (P4).
    OwnOrganisation,
    /// It is a person's of an existing organisation, which can be asked.
    Existing(Box<ExistingOrganisation>),
    /// The partner has full administrator access there: a trial is added (X1, A).
    Managed {
        /// The customer.
        customer: OrganisationId,
    },
    /// A request of the partner waits for its answer there (X14).
    RequestOpen {
        /// The customer with the request.
        customer: OrganisationId,
    },
    /// The partner has a customer there that the reader may not see (P2).
    NotYours {
        /// Who of the own partner is in charge; `None` when nobody is.
        in_charge: Option<String>,
    },
    /// It is an address of a person of another partner, or of the vendor: nobody who
    /// could be asked.
    NotACustomer,
}

/// An existing organisation, as a partner without access to it may know it (X1, P8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ExistingOrganisation {
    /// Its id.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: CountryCode,
    /// Its region.
    pub region: Region,
    /// A full administrator's address with all but its first letter and domain hidden.
    pub administrator: Option<String>,
    /// Whether a request can be sent, and if not, why (X2, X14).
    pub may_ask: Verdict,
    /// Whether each service can be offered (X4).
    pub services: Vec<Eligibility>,
}

/// Whether each service can be offered to an organisation (N11, X4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct EligibilityList {
    /// One verdict for each service, in the order in which they are shown.
    pub services: Vec<Eligibility>,
}

/// Whether a site name is free (N12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SiteNameAnswer {
    /// Well-formed, not reserved and never given out before.
    pub free: bool,
}

/// For whom a trial is started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// A new organisation (N16).
    #[default]
    New,
    /// An existing one, which is asked (X3).
    Ask {
        /// The organisation, as the look-up named it.
        organisation: OrganisationId,
        /// Whether full administrator access is asked for (X6).
        full_access: bool,
        /// The partner's own words; they may be empty (X6).
        words: String,
    },
    /// A customer that the partner manages (A).
    Add {
        /// The customer.
        customer: OrganisationId,
    },
}

/// Asks what saving a draft would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Preview {
    /// The draft's id: the matching phrase of a request follows from it (X6).
    #[serde(default)]
    pub draft_id: DraftId,
    /// What was typed.
    pub draft: TrialDraft,
    /// For whom.
    #[serde(default)]
    pub target: Target,
}

/// What saving a draft would bring (N15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct StartPreview {
    /// Dates, mails, shipments and all else that will be stored. Of a request the
    /// dates are those of a set-up on this day (N15).
    pub plan: Plan,
    /// What a request would be like.
    #[serde(default)]
    pub request: Option<RequestPreview>,
    /// The digest; saving carries it, so that what was shown is what happens.
    pub digest: String,
}

/// What sending a request would be like (X5, X6, X11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RequestPreview {
    /// The matching phrase.
    pub phrase: String,
    /// The last day on which it can be answered.
    pub answer_by: Day,
    /// To how many addresses it goes.
    pub recipients: u32,
}

/// Starts a trial from a draft, or sends a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SaveTrial {
    /// The draft's id: it can be saved once (N18).
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[A-Za-z0-9_-]{1,64}$")))]
    pub draft_id: DraftId,
    /// What was typed.
    pub draft: TrialDraft,
    /// For whom.
    #[serde(default)]
    pub target: Target,
    /// The digest of the preview that was shown.
    pub digest: String,
    /// The language in which the attestation was shown (N6).
    pub language: Language,
}

/// A trial was started, or a request sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Started {
    /// The customer.
    pub customer: OrganisationId,
    /// The new trial.
    pub trial: TrialId,
    /// What was stored.
    pub plan: Plan,
}

/// What is done with a trial (E, K, C, U3, N17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TrialAct {
    /// It is cancelled (K1).
    Cancel,
    /// Cancelling is undone (K2).
    Undo,
    /// The end becomes today and so many days (E1).
    Extend {
        /// 30, 60 or 90.
        days: Duration,
        /// Whether an earlier end is confirmed.
        confirmed: bool,
    },
    /// It gives from now on what the draft says on its later steps (E4, E5).
    Edit {
        /// What was typed.
        draft: Box<TrialDraft>,
        /// Whether it is confirmed that fewer licences remain than are assigned.
        confirmed: bool,
    },
    /// The terms are accepted (U2).
    AcceptTerms {
        /// In which language they were read.
        language: Language,
        /// The version of the text that was read.
        version: u32,
    },
    /// A failed service is provisioned now (N17).
    RetryProvisioning {
        /// The service.
        service: Service,
    },
    /// It becomes a paid order (C3).
    Convert(Conversion),
    /// The distributor is to convert it (C2).
    HandOver,
    /// The customer is interested in purchasing (C1).
    SayInterested,
    /// The interest was answered (C1).
    AnswerInterest,
}

/// An act with the digest of its preview; a preview is asked without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{T}Order"))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Order<T> {
    /// The act.
    pub act: T,
    /// The digest of the preview that was shown (E6).
    #[serde(default)]
    pub digest: String,
}

/// What an act would bring (E6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ActPreview {
    /// The dated before and after, mails added and dropped, and what is lost.
    pub consequences: Consequences,
    /// The digest; the act carries it.
    pub digest: String,
    /// The version that it was made from, for `If-Match`.
    pub version: u64,
}

/// An act was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ActDone {
    /// What was brought about, as it was previewed.
    pub consequences: Consequences,
    /// The version now.
    pub version: u64,
}

/// What will be lost when a trial closes (L9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct TrialInventory {
    /// The day on which it closes as things stand; `None` when it does not run.
    pub closes: Option<Day>,
    /// Whether its partner can still act; without it nobody can convert the trial (H3).
    pub partner_acts: bool,
    /// What is lost.
    pub inventory: Inventory,
}
