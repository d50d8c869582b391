//! `cargo xtask serve`: from nothing to a console in the browser.

use crate::step::seconds;
use crate::{paths, server, site};
use anyhow::Result;
use std::time::Instant;

/// The port when none is asked for.
pub const PORT: u16 = 8080;

/// Sets up, builds and serves until ended.
///
/// # Errors
/// When a step fails or the port is taken.
pub fn serve(port: u16) -> Result<()> {
    let started = Instant::now();
    // Asked before minutes of building, not after.
    server::check_free(port)?;
    let workshop = site::set_up()?;
    site::ensure_built(&workshop)?;
    let host = server::start(&paths::dist(), port)?;
    println!("Ready after {}. End it with Ctrl+C.", seconds(started.elapsed()));
    println!("Proef with its embedded backend and demonstration data: {}", host.url());
    host.serve_for_ever();
    Ok(())
}
