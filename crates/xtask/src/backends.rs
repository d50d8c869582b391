//! The console before servers, each over a database of its own: nginx hands out the files and hands the
//! API on.

use crate::nginx::{self, Nginx};
use crate::pins::Pins;
use crate::program::program;
use crate::step::step;
use crate::{dist, paths, postgresql};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Stdio};

/// They end with this value, and also when this program is killed.
pub struct Backends {
    /// The addresses of the consoles.
    pub urls: Vec<String>,
    stack: Child,
    hosts: Vec<Nginx>,
}

impl Backends {
    /// Starts so many, with a demonstration in each; the release build is there.
    ///
    /// # Errors
    /// When PostgreSQL or nginx cannot be had, or a server does not start.
    pub fn demonstration(pins: &Pins, count: usize) -> Result<Backends> {
        postgresql::ensure(pins)?;
        nginx::ensure(pins)?;
        step("Servers over PostgreSQL, each behind nginx", || start(count))
    }
}

impl Drop for Backends {
    fn drop(&mut self) {
        self.hosts.clear();
        drop(self.stack.stdin.take());
        let _ended = self.stack.wait();
    }
}

fn start(count: usize) -> Result<Backends> {
    let places: Vec<SocketAddr> = (0..count).map(|_| nginx::free_port()).collect::<Result<_>>()?;
    let urls: Vec<String> = places.iter().map(|place| format!("http://{place}")).collect();
    let mut cargo = program("cargo");
    cargo.args(["run", "--quiet", "-p", "server", "--example", "stack", "--", "demonstration"]).args(&urls);
    let mut stack = cargo.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cargo does not start")?;
    let lines = BufReader::new(stack.stdout.take().context("no output")?).lines();
    let servers: Vec<String> = lines.take(count).collect::<std::io::Result<_>>()?;
    let mut backends = Backends { urls, stack, hosts: Vec::new() };
    if servers.len() < count {
        bail!("the servers did not start; see above");
    }
    let folder = paths::notes().join("console");
    let api = "/api/v1".parse()?;
    dist::write(&api, &folder)?;
    for (number, (place, server)) in places.iter().zip(&servers).enumerate() {
        let server = server.trim_start_matches("http://").to_owned();
        let site = dist::nginx_site(&api, *place, &folder, &[server]);
        backends.hosts.push(Nginx::start(&site, *place, &paths::notes().join(format!("nginx-{number}")))?);
    }
    Ok(backends)
}
