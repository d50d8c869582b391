//! The console before servers: nginx hands out the files and hands the API on.

use crate::nginx::{self, Nginx};
use crate::pins::Pins;
use crate::program::program;
use crate::step::step;
use crate::tools::NpmPackages;
use crate::{dist, paths, postgresql};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Stdio};

/// They end with this value, and also when this program is killed.
pub struct Backends {
    /// The addresses of the consoles.
    pub urls: Vec<String>,
    /// Where people sign in, and where mails are seen and what the servers need is stopped and started.
    beside: Vec<(String, String)>,
    stack: Child,
    hosts: Vec<Nginx>,
}

impl Backends {
    /// Starts so many, each over a database of its own and with a demonstration in each; the release build
    /// is there.
    ///
    /// # Errors
    /// When PostgreSQL or nginx cannot be had, or a server does not start.
    pub fn demonstration(pins: &Pins, count: usize) -> Result<Backends> {
        ready(pins)?;
        step("Servers over PostgreSQL, each behind nginx", || {
            let places: Vec<SocketAddr> = (0..count).map(|_| nginx::free_place()).collect::<Result<_>>()?;
            start("demonstration", &places, count)
        })
    }

    /// Starts two copies of the server behind one console on a port, with an identity provider and a mail
    /// server; the release build is there.
    ///
    /// # Errors
    /// When something that it needs cannot be had, or a server does not start.
    pub fn people(pins: &Pins, port: u16) -> Result<Backends> {
        ready(pins)?;
        pins.aiosmtpd.ensure(&pins.debian.python)?;
        NpmPackages::of_identity_provider().ensure(pins)?;
        step("Two servers over PostgreSQL behind nginx, with an identity provider and a mail server", || {
            start("people", &[SocketAddr::from(([127, 0, 0, 1], port))], 2)
        })
    }

    /// The folder with the files of the console.
    pub fn site(&self) -> PathBuf {
        folder().join("site")
    }

    /// The address of what runs beside the servers, by its name.
    pub fn beside(&self, name: &str) -> Option<&str> {
        self.beside.iter().find(|(each, _)| each == name).map(|(_, address)| address.as_str())
    }

    /// Serves until the program is ended.
    pub fn serve_for_ever(mut self) {
        // Waiting would close its input, with which it ends.
        let input = self.stack.stdin.take();
        let _ended = self.stack.wait();
        drop(input);
    }
}

impl Drop for Backends {
    fn drop(&mut self) {
        self.hosts.clear();
        drop(self.stack.stdin.take());
        let _ended = self.stack.wait();
    }
}

/// Where the files of the console and what belongs to them stand.
fn folder() -> PathBuf {
    paths::notes().join("console")
}

fn ready(pins: &Pins) -> Result<()> {
    postgresql::ensure(pins)?;
    nginx::ensure(pins)
}

/// Starts so many servers, and a host at each place, which share the servers evenly.
fn start(mode: &str, places: &[SocketAddr], count: usize) -> Result<Backends> {
    let urls: Vec<String> = places.iter().map(|place| format!("http://{place}")).collect();
    let mut cargo = program("cargo");
    cargo.args(["run", "--quiet", "-p", "server", "--example", "stack", "--", mode]).args(&urls);
    let mut stack = cargo.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cargo does not start")?;
    let lines = BufReader::new(stack.stdout.take().context("no output")?).lines();
    let mut backends = Backends { urls, beside: Vec::new(), stack, hosts: Vec::new() };
    let mut servers = Vec::new();
    for line in lines {
        match line?.split_once(' ') {
            Some(("server", place)) => servers.push(place.to_owned()),
            Some((name, address)) => backends.beside.push((name.to_owned(), address.to_owned())),
            None => {}
        }
        if servers.len() == count {
            break;
        }
    }
    if servers.len() < count {
        bail!("the servers did not start; see above");
    }
    let folder = folder();
    let api = "/api/v1".parse()?;
    dist::write(&api, &folder)?;
    for (number, (place, behind)) in places.iter().zip(servers.chunks(count / places.len())).enumerate() {
        let site = dist::nginx_site(&api, *place, &folder, behind);
        backends.hosts.push(Nginx::start(&site, *place, &paths::notes().join(format!("nginx-{number}")))?);
    }
    Ok(backends)
}
