//! The pages. Each loads and lays out its own; none names another.

pub mod activity;
pub mod convert;
pub mod customer;
pub mod customers;
pub mod hub;
pub mod mailbox;
pub mod message;
pub mod receipts;
pub mod request;
pub mod set_up;
pub mod sign_in;
pub mod trial;
pub mod trials_team;
