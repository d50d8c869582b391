//! The console before servers: nginx hands out the files and hands the API on.

use crate::nginx::{self, Nginx};
use crate::pins::Pins;
use crate::program::example;
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
    hosts: Vec<Nginx>,
    stack: Stack,
}

/// Servers over PostgreSQL. They end with this value, and also when this program is killed.
pub struct Stack {
    child: Child,
    /// Where the servers listen: host and port.
    pub servers: Vec<String>,
    /// Where people sign in, and where mails are seen and what the servers need is stopped and started.
    beside: Vec<(String, String)>,
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
        self.stack.beside.iter().find(|(each, _)| each == name).map(|(_, address)| address.as_str())
    }

    /// Serves until the program is ended.
    pub fn serve_for_ever(mut self) {
        // Waiting would close its input, with which it ends.
        let input = self.stack.child.stdin.take();
        let _ended = self.stack.child.wait();
        drop(input);
    }
}

impl Stack {
    /// Starts so many servers with a demonstration in each, and no console before them.
    ///
    /// # Errors
    /// When PostgreSQL cannot be had, or a server does not start.
    pub fn demonstration(pins: &Pins, count: usize) -> Result<Stack> {
        postgresql::ensure(pins)?;
        // Whose pages may ask them says the address of a console; here nobody's pages do.
        let nowhere = vec!["http://127.0.0.1:1".to_owned(); count];
        Stack::start("demonstration", &nowhere, count)
    }

    /// Starts so many servers for the consoles at these addresses.
    fn start(mode: &str, consoles: &[String], count: usize) -> Result<Stack> {
        let mut program = example("stack")?;
        program.arg(mode).args(consoles).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = program.spawn().context("the servers do not start")?;
        let lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        let mut stack = Stack { child, servers: Vec::new(), beside: Vec::new() };
        for line in lines {
            match line?.split_once(' ') {
                Some(("server", place)) => stack.servers.push(place.to_owned()),
                Some((name, address)) => stack.beside.push((name.to_owned(), address.to_owned())),
                None => {}
            }
            if stack.servers.len() == count {
                return Ok(stack);
            }
        }
        bail!("the servers did not start; see above")
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ended = self.child.wait();
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
    let stack = Stack::start(mode, &urls, count)?;
    let folder = folder();
    let api = "/api/v1".parse()?;
    dist::write(&api, &folder)?;
    let mut backends = Backends { urls, hosts: Vec::new(), stack };
    for (number, (place, behind)) in places.iter().zip(backends.stack.servers.chunks(count / places.len())).enumerate()
    {
        let site = dist::nginx_site(&api, *place, &folder, behind);
        backends.hosts.push(Nginx::start(&site, *place, &paths::notes().join(format!("nginx-{number}")))?);
    }
    Ok(backends)
}
