//! Saved views of the customers list, and who of the partner customers can be given to
//! (Q3, P9).

use rules::customers::SavedView;
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

use crate::customers::NamedPerson;

/// A list of views with its version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ViewList {
    /// The views, in the order in which they were saved first.
    pub views: Vec<SavedView>,
    /// The version, for `If-Match`; 0 before any was saved.
    pub version: u64,
}

/// The views that the reader can open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Views {
    /// The reader's own.
    pub own: ViewList,
    /// Those for the whole partner.
    pub partner: ViewList,
    /// Whether the reader may change those for the partner, and if not, why (P9).
    pub may_share: Verdict,
}

/// A list of views as it is to be. Each list is kept whole, so that two who save at once
/// cannot lose each other's views unseen (G2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeepViews {
    /// All of its views.
    pub views: Vec<SavedView>,
}

/// The sales people of the reader's partner, by name: who can be in charge of a customer
/// or assigned to it (P9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SalesPeople {
    /// The people.
    pub people: Vec<NamedPerson>,
}
