//! What a store has to offer: records of JSON in named tables, each with a
//! version, and one commit that stores all of an act or none of it.
//!
//! Everything that must be unique is a key, and a commit expects that key to be
//! absent. So any store that compares versions in its transaction will do.

mod customers;
mod memory;
mod table;

use async_trait::async_trait;

pub use self::customers::{Counted, CustomersList, Found, Place, Reader, RowsInMemory, Tally};
pub use self::memory::MemoryStore;
#[cfg(test)]
pub(crate) use self::memory::Records;
pub(crate) use self::table::json;
pub use self::table::{Table, Versioned};

/// The tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableName {
    /// Who has an address, by address (N2, P4).
    Addresses,
    /// The receipts of answers to requests, by trial (X16).
    Consents,
    /// Rows of customers lists, by `{partner}/{organisation}`.
    Customers,
    /// Facts about the deployment itself, by name.
    Deployment,
    /// Drafts, by `{person}/{draft}` (N18).
    Drafts,
    /// The organisations that time will change, by `{day}/{instant}/{organisation}` (L13).
    Due,
    /// Trials handed over to a distributor, by `{distributor}/{trial}` (C2).
    HandedOver,
    /// Where people are found, by their ids.
    Homes,
    /// The stored changes, by `{organisation}/{number}` (L10).
    Journal,
    /// The keys by which the deployment signs, by what they sign (X16).
    Keys,
    /// To what the links of consent mails lead, by the hash of their secret (X7).
    Links,
    /// Look-ups of the last hour, by person (X1).
    LookUps,
    /// The ledger of mails, by `{organisation}/{hash of the mail's key}` (L8).
    Mails,
    /// Trials that became orders, by order number (C3).
    Orders,
    /// Organisations with their people, partners and trials, by id.
    Organisations,
    /// The outages that drafts brought about, by draft (G6).
    Outages,
    /// Mails that are to be handed over, and from when, by the key of the mail.
    Outbox,
    /// Partners, by id.
    Partners,
    /// People of partners, by `{partner}/{person}`; the trials team's by `trials-team/{person}`.
    People,
    /// The answers that acts got, by idempotency key (G2).
    Receipts,
    /// What became of drafts that were saved, by `{person}/{draft}` (N18).
    SavedDrafts,
    /// Who is signed in, by visit.
    Sessions,
    /// What was typed in set-ups, by trial (U3).
    SetUps,
    /// Shipments that are not over, by `{trial}.{type}` (P6).
    Shipments,
    /// Names of Meetings sites that were given out, by name (N12).
    SiteNames,
    /// The organisations of trials, by the trial's id.
    Trials,
    /// Saved views, by `person/{person}` and `partner/{partner}` (Q3, P9).
    Views,
}

impl TableName {
    /// Every table.
    pub const ALL: [TableName; 27] = [
        TableName::Addresses,
        TableName::Consents,
        TableName::Customers,
        TableName::Deployment,
        TableName::Drafts,
        TableName::Due,
        TableName::HandedOver,
        TableName::Homes,
        TableName::Journal,
        TableName::Keys,
        TableName::Links,
        TableName::LookUps,
        TableName::Mails,
        TableName::Orders,
        TableName::Organisations,
        TableName::Outages,
        TableName::Outbox,
        TableName::Partners,
        TableName::People,
        TableName::Receipts,
        TableName::SavedDrafts,
        TableName::Sessions,
        TableName::SetUps,
        TableName::Shipments,
        TableName::SiteNames,
        TableName::Trials,
        TableName::Views,
    ];

    /// The name under which a store keeps the table. It holds no `/`.
    pub fn name(self) -> &'static str {
        match self {
            TableName::Addresses => "addresses",
            TableName::Consents => "consents",
            TableName::Customers => "customers",
            TableName::Deployment => "deployment",
            TableName::Drafts => "drafts",
            TableName::Due => "due",
            TableName::HandedOver => "handed-over",
            TableName::Homes => "homes",
            TableName::Journal => "journal",
            TableName::Keys => "keys",
            TableName::Links => "links",
            TableName::LookUps => "look-ups",
            TableName::Mails => "mails",
            TableName::Orders => "orders",
            TableName::Organisations => "organisations",
            TableName::Outages => "outages",
            TableName::Outbox => "outbox",
            TableName::Partners => "partners",
            TableName::People => "people",
            TableName::Receipts => "receipts",
            TableName::SavedDrafts => "saved-drafts",
            TableName::Sessions => "sessions",
            TableName::SetUps => "set-ups",
            TableName::Shipments => "shipments",
            TableName::SiteNames => "site-names",
            TableName::Trials => "trials",
            TableName::Views => "views",
        }
    }

    /// Whether the table is mostly read whole, by the first part of its keys up
    /// to the `/`. A store keeps many rows of it in one record and counts its
    /// changes, so that a list of any length can be held in memory (Q7).
    pub fn is_read_whole(self) -> bool {
        matches!(self, TableName::Customers)
    }
}

/// A record as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// 1 when it was made, one more with every change.
    pub version: u64,
    /// Its content.
    pub json: String,
}

/// A version that a commit expects; `None` expects that there is no such record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The table.
    pub table: TableName,
    /// The record's key.
    pub key: String,
    /// The version.
    pub version: Option<u64>,
}

/// A record to store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The table.
    pub table: TableName,
    /// The record's key.
    pub key: String,
    /// Its content.
    pub json: String,
}

/// Everything that an act stores: all of it or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Whether all records are thrown away first.
    pub clear: bool,
    /// Versions that must hold, else nothing is stored.
    pub expect: Vec<Expectation>,
    /// Records to store.
    pub put: Vec<Put>,
    /// Records to take away; one that is gone already is no conflict.
    pub delete: Vec<(TableName, String)>,
    /// The receipt of the act. If its key is there already nothing is stored.
    pub receipt: Option<Put>,
}

/// What became of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All of it is stored for good.
    Stored,
    /// An expectation did not hold; nothing was stored.
    Conflict,
    /// The act was done before: this is its receipt; nothing was stored.
    Repeated(Record),
}

/// Why a store could not answer. Nothing was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It failed; the same may go well later.
    Failed(String),
    /// There is no room left.
    Full,
    /// It may not store anything at all.
    Refused,
}

/// Where the backend keeps everything. The futures are `Send` because axum asks
/// that of a handler's, in the browser too.
#[async_trait]
pub trait Store: Send + Sync {
    /// One record.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn get(&self, table: TableName, key: &str) -> Result<Option<Record>, Fault>;

    /// The records whose keys begin with a prefix, ordered by key; those of a
    /// table that is read whole come in any order. Of such a table the prefix is
    /// the first part of its keys, with its `/`.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn list(&self, table: TableName, prefix: &str) -> Result<Vec<(String, Record)>, Fault>;

    /// A number that is another one after every commit that touched the table.
    /// Only asked of tables that are read whole.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn counter(&self, table: TableName) -> Result<u64, Fault>;

    /// The store's own way to find customers, where it has one. Without it the rows of a partner are held
    /// in memory.
    fn customers(&self) -> Option<&dyn CustomersList> {
        None
    }

    /// Stores all of a commit, or nothing. The receipt is looked up first, then
    /// the expectations, both in the transaction that stores.
    ///
    /// # Errors
    /// A fault when the store cannot tell that everything is stored for good.
    async fn commit(&self, commit: Commit) -> Result<Outcome, Fault>;
}
