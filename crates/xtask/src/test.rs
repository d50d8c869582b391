//! `cargo xtask test`: every runner, one last line.

use crate::backends::Backends;
use crate::program::{answers, program, run_read};
use crate::site::{self, Workshop};
use crate::step::step;
use crate::tally::{self, Tally};
use crate::tools::NpmPackages;
use crate::{chromium, conform, nginx, paths, pins, postgresql, server};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;

/// Which runners to start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// Rust's tests.
    Native,
    /// Those in Chromium, with the embedded backend.
    Browser,
    /// The same with a server.
    Server,
}

/// Runs tests and adds them up. Further arguments go to the one runner that was chosen.
///
/// # Errors
/// When something needed cannot be set up.
pub fn test(part: Part, arguments: &[OsString]) -> Result<Tally> {
    let mut tally = Tally::default();
    let has = |each| part == Part::All || part == each;
    if has(Part::Native) {
        let pins = pins::pins()?;
        postgresql::ensure(&pins)?;
        NpmPackages::of_identity_provider().ensure(&pins)?;
        pins.aiosmtpd.ensure(&pins.debian.python)?;
        tally += native(arguments);
    }
    if part == Part::Native {
        return Ok(tally);
    }
    let workshop = site::set_up()?;
    site::ensure_built(&workshop)?;
    if has(Part::Browser) {
        tally += browser(&workshop, arguments)?;
        if arguments.is_empty() {
            tally += conform::in_chromium(&workshop, &[])?;
        }
    }
    if has(Part::Server) {
        tally += browser_on_server(&workshop, arguments)?;
    }
    Ok(tally)
}

fn native(arguments: &[OsString]) -> Tally {
    let mut tally = Tally::default();
    let filtered = !arguments.is_empty();
    if answers("cargo-nextest") {
        let mut nextest = program("cargo");
        nextest.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass", "--color", "never"]);
        nextest.args(["--status-level", "slow", "--final-status-level", "fail"]);
        tally += counted("Rust tests (cargo nextest)", nextest.args(arguments), tally::of_nextest);
        if filtered {
            return tally;
        }
        // nextest does not run the examples in the documentation.
        let mut documentation = program("cargo");
        documentation.args(["test", "--quiet", "--workspace", "--doc"]);
        tally += counted("Examples in the documentation (cargo test --doc)", &mut documentation, tally::of_cargo_test);
    } else {
        let mut tests = program("cargo");
        tests.args(["test", "--quiet", "--workspace", "--no-fail-fast"]);
        tally +=
            counted("Rust tests (cargo test; cargo-nextest is not here)", tests.args(arguments), tally::of_cargo_test);
    }
    tally
}

fn counted(name: &str, command: &mut std::process::Command, count: fn(&[String]) -> Tally) -> Tally {
    let outcome = step(name, || {
        let (success, lines) = run_read(command)?;
        Ok(count(&lines).with_outcome(name, success))
    });
    outcome.unwrap_or_else(|why| {
        println!("{why:#}");
        Tally::broken(name)
    })
}

/// Runs the browser tests against the release build, which this program serves itself.
fn browser(workshop: &Workshop, arguments: &[OsString]) -> Result<Tally> {
    let host = server::start(&paths::dist(), 0)?;
    playwright(workshop, "Browser tests (Playwright, Chromium)", &[("PROEF_URL", &host.url())], arguments)
}

/// How many browser tests run at once; each of these against a server of its own.
const WORKERS: usize = 2;

/// Runs them once more, with the console before a server over PostgreSQL.
fn browser_on_server(workshop: &Workshop, arguments: &[OsString]) -> Result<Tally> {
    let name = "Browser tests against the server (Playwright, Chromium, PostgreSQL, nginx)";
    let mut tally = match Backends::demonstration(&workshop.pins, WORKERS) {
        Ok(backends) => playwright(workshop, name, &[("PROEF_SERVERS", &backends.urls.join(" "))], arguments)?,
        Err(why) => broken(name, &why),
    };
    let name = "Browser tests with people signing in (two servers, identity provider, mail server)";
    tally += match Backends::people(&workshop.pins, nginx::free_place()?.port()) {
        Ok(backends) => {
            let control = backends.beside("control").context("nothing to stop and start them by")?;
            let site = backends.site().display().to_string();
            let against = [("PROEF_URL", backends.urls[0].as_str()), ("PROEF_CONTROL", control), ("PROEF_SITE", &site)];
            playwright(workshop, name, &against, arguments)?
        }
        Err(why) => broken(name, &why),
    };
    Ok(tally)
}

fn broken(name: &str, why: &anyhow::Error) -> Tally {
    println!("{why:#}");
    Tally::broken(name)
}

fn playwright(workshop: &Workshop, name: &str, against: &[(&str, &str)], arguments: &[OsString]) -> Result<Tally> {
    let chromium = chromium::ensure(&workshop.pins)?;
    let report = paths::notes().join("playwright.json");
    fs::create_dir_all(paths::notes())?;
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut playwright = program("node");
    playwright.current_dir(paths::browser_tests());
    playwright.args(["node_modules/@playwright/test/cli.js", "test"]).args(arguments);
    if !arguments.is_empty() {
        // What is asked for may be of one of several runs alone.
        playwright.arg("--pass-with-no-tests");
    }
    playwright.envs(against.iter().copied()).env("CHROMIUM", chromium);
    if let Some(whole) = chromium::whole() {
        playwright.env("CHROMIUM_WHOLE", whole);
    }
    playwright.env("PROEF_OUTPUT", paths::notes().join("playwright")).env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    playwright.env("FORCE_COLOR", "0").env_remove("NO_COLOR");
    step(name, || {
        let (success, _lines) = run_read(&mut playwright)?;
        let text = fs::read_to_string(&report).context("Playwright wrote no report")?;
        Ok(tally::of_playwright(&text)?.with_outcome(name, success))
    })
    .or_else(|why| Ok(broken(name, &why)))
}
