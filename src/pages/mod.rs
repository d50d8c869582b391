//! The pages. Each loads and lays out its own; none names another.

pub mod customer;
pub mod customers;
pub mod message;
pub mod sign_in;
pub mod trial;
