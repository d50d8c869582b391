//! Tests of the server: its store over a PostgreSQL of their own, and the program as it is started.

mod apart;
mod backup;
mod browser;
mod cluster;
mod conformance;
mod copies;
mod faults;
mod gate;
mod generated;
mod identity_provider;
mod lists;
mod mail;
mod operation;
mod partners;
mod people;
mod program;
mod sessions;
mod sign_in;
mod sink;
mod store;
mod traces;
