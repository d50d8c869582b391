//! Tests of the server: its store over a PostgreSQL of their own, and the program as it is started.

mod cluster;
mod conformance;
mod copies;
mod faults;
mod generated;
mod lists;
mod people;
mod program;
mod store;
