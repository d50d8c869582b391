//! The ledger of mails (L8).

use rules::clock::Instant;
use rules::ids::{OrganisationId, TrialId};
use rules::notice::{MailKind, MailState, Recipients};
use rules::people::Language;
use serde::{Deserialize, Serialize};

use crate::session::Session;

/// Mails in one page.
pub const MAILS_ROWS: usize = 100;

/// A mail in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct MailLine {
    /// Its id.
    pub id: String,
    /// The customer.
    pub organisation: OrganisationId,
    /// The customer's name as a partner may know it; left out for its own people, and in the
    /// Mailbox of a demonstration, which names recipients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The trial.
    pub trial: Option<TrialId>,
    /// About what.
    pub kind: MailKind,
    /// As one of which group the recipient got it.
    pub to: Recipients,
    /// The addresses.
    pub addresses: Vec<String>,
    /// In which language.
    pub language: Language,
    /// The subject.
    pub subject: String,
    /// When it was handed over, or written while it was not.
    pub at: Instant,
    /// Where it stands.
    pub state: MailState,
    /// Why it failed, came back or was dropped; empty otherwise.
    pub why: String,
    /// From when on it goes, while it waits, or is tried again, while it has failed; `None` for a
    /// mail that is out or will not go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try: Option<Instant>,
    /// The name of whom it went to, where somebody has the address and a name. Only the Mailbox
    /// of a demonstration says it (G6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
}

/// A page of the ledger, the latest in front.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct MailsPage {
    /// The mails.
    pub mails: Vec<MailLine>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
}

/// A mail as it was written (G7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct MailDetail {
    /// What a list says of it.
    pub line: MailLine,
    /// The part of plain text.
    pub text: String,
    /// The part of HTML.
    pub html: String,
}

/// What opening a mail of the Mailbox led to (G6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct MailboxOpened {
    /// The visit, in which the recipient is signed in now.
    pub session: Session,
    /// Where the first link of the mail leads: a path of the console, with its fragment. `None`
    /// for a mail without a link.
    pub path: Option<String>,
}
