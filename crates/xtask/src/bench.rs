//! `cargo xtask bench server`: what requests to the server take. Prints numbers and judges none of them.

use crate::pins::pins;
use crate::postgresql;
use crate::program::{program, run};
use crate::step::step;
use anyhow::Result;
use std::ffi::OsString;

/// Measures the server as it is shipped, but for its personas, over a PostgreSQL of its own: for 1,000,
/// 10,000 and 100,000 customers, or for those numbers that are named.
///
/// # Errors
/// When PostgreSQL cannot be set up, or the build or the measuring itself fails.
pub fn server(customers: &[OsString]) -> Result<()> {
    postgresql::ensure(&pins()?)?;
    step("Requests to the server (PostgreSQL)", || {
        let mut bench = program("cargo");
        bench.args(["bench", "--quiet", "-p", "server", "--bench", "load", "--profile", "server", "--"]);
        run(bench.args(customers))
    })
}
