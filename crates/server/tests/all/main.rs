//! Tests of the server: its store over a PostgreSQL of their own, and the program as it is started.

mod backup;
mod cluster;
mod conformance;
mod copies;
mod faults;
mod generated;
mod lists;
mod mail;
mod operation;
mod partners;
mod people;
mod program;
mod sink;
mod store;
mod traces;
