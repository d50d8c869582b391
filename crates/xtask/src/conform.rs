//! `cargo xtask conform`: the conformance suite against a base URL, or against the embedded
//! backend in Chromium.

use crate::program::{program, run_read, text_of};
use crate::site::{self, Workshop};
use crate::step::step;
use crate::tally::{self, Tally};
use crate::{chromium, paths, server};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Runs the suite. Without a URL the product is built and served, and its backend asked where it
/// is: in a service worker of Chromium.
///
/// # Errors
/// When something needed cannot be set up.
pub fn conform(url: Option<&str>, filter: &[OsString]) -> Result<Tally> {
    match url {
        Some(url) => Ok(suite(&format!("Conformance of {url}"), url, filter)),
        None => {
            let workshop = site::set_up()?;
            site::ensure_built(&workshop)?;
            in_chromium(&workshop, filter)
        }
    }
}

/// Runs the suite against the release build's backend in Chromium.
///
/// # Errors
/// When the browser or the way into it cannot be started.
pub fn in_chromium(workshop: &Workshop, filter: &[OsString]) -> Result<Tally> {
    let chromium = chromium::ensure(&workshop.pins)?;
    let host = server::start(&paths::dist(), 0)?;
    let mut bridge = program("node");
    bridge.current_dir(paths::browser_tests()).arg("conform_bridge.mjs");
    bridge.env("PROEF_URL", host.url()).env("CHROMIUM", chromium);
    let bridge = Bridge::start(&mut bridge)?;
    Ok(suite("Conformance (embedded backend, Chromium)", &bridge.url, filter))
}

fn suite(name: &str, url: &str, filter: &[OsString]) -> Tally {
    let mut cargo = program("cargo");
    cargo.args(["run", "--quiet", "-p", "contract", "--features", "conform", "--bin", "conform", "--", url]);
    let outcome = step(name, || {
        let (success, lines) = run_read(cargo.args(filter))?;
        Ok(tally::of_conform(&lines).with_outcome(name, success))
    });
    outcome.unwrap_or_else(|why| {
        println!("{why:#}");
        Tally::broken(name)
    })
}

/// A program that makes the backend in Chromium reachable. It ends when its input closes, which
/// happens also when this program is ended from outside.
struct Bridge {
    child: Child,
    url: String,
}

impl Bridge {
    fn start(command: &mut Command) -> Result<Bridge> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start `{}`", text_of(command)))?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let url = line.trim().to_owned();
        if url.is_empty() {
            child.wait()?;
        }
        anyhow::ensure!(!url.is_empty(), "`{}` did not reach the backend in Chromium", text_of(command));
        Ok(Bridge { child, url })
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It closes the browser first; what goes wrong then matters to nobody any more.
        drop(self.child.wait());
    }
}
