//! What each endpoint does. Every function here is called by the router only,
//! after `access` let the request through.

mod acting;
pub(crate) mod csv;
pub(crate) mod customers;
pub(crate) mod demonstration;
pub(crate) mod drafts;
pub(crate) mod hub;
pub(crate) mod inventory;
pub(crate) mod journal;
pub(crate) mod look_ups;
pub(crate) mod mailbox;
pub(crate) mod mails;
pub(crate) mod people_file;
pub(crate) mod receipts;
pub(crate) mod requests;
mod seeing;
pub(crate) mod session;
pub(crate) mod set_up;
pub(crate) mod shipments;
pub(crate) mod trial_acts;
pub(crate) mod trials;
pub(crate) mod views;
