//! `cargo xtask serve`: from nothing to a console in the browser.

use crate::backends::Backends;
use crate::site::Workshop;
use crate::step::seconds;
use crate::{paths, server, site};
use anyhow::Result;
use std::time::Instant;

/// The port when none is asked for.
pub const PORT: u16 = 8080;

/// Sets up, builds and serves until ended: with the embedded backend, or with servers.
///
/// # Errors
/// When a step fails or the port is taken.
pub fn serve(port: u16, with_server: bool) -> Result<()> {
    let started = Instant::now();
    // Asked before minutes of building, not after.
    server::check_free(port)?;
    let workshop = site::set_up()?;
    site::ensure_built(&workshop)?;
    if with_server {
        return serve_server(&workshop, port, started);
    }
    let host = server::start(&paths::dist(), port)?;
    println!("Ready after {}. End it with Ctrl+C.", seconds(started.elapsed()));
    println!("Proef with its embedded backend and demonstration data: {}", host.url());
    host.serve_for_ever();
    Ok(())
}

fn serve_server(workshop: &Workshop, port: u16, started: Instant) -> Result<()> {
    let backends = Backends::people(&workshop.pins, port)?;
    println!("Ready after {}. End it with Ctrl+C.", seconds(started.elapsed()));
    if let (Some(provider), Some(control)) = (backends.beside("identity-provider"), backends.beside("control")) {
        println!("The identity provider, {provider}, knows the accounts anna, mehmet, ingrid, ruth and sanne.");
        println!("Mails that were sent, as JSON: {control}/mails");
    }
    println!("Proef with two servers over PostgreSQL: {}", backends.urls.join(" "));
    backends.serve_for_ever();
    Ok(())
}
