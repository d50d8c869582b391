//! `cargo xtask perf`: how long a cold start takes. Prints numbers and judges none of them.

use crate::program::{program, run};
use crate::step::step;
use crate::{bytes, chromium, paths, server, site};
use anyhow::Result;

/// Measures the release build in Chromium, plain and slowed down.
///
/// # Errors
/// When the build or the measuring itself fails.
pub fn perf() -> Result<()> {
    let workshop = site::set_up()?;
    site::ensure_built(&workshop)?;
    if let Err(over) = bytes::check() {
        println!("{over:#}");
    }
    let chromium = chromium::ensure(&workshop.pins)?;
    let host = server::start(&paths::dist(), 0)?;
    step("Cold start to a usable list (Chromium)", || {
        run(program("node").arg("tests/perf/cold_start.mjs").env("PROEF_URL", host.url()).env("CHROMIUM", chromium))
    })
}
