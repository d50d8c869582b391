//! `cargo xtask ci`: everything that must hold before a change is taken.

use crate::program::{program, run};
use crate::site::{self, Workshop};
use crate::step::{seconds, step};
use crate::tally::Tally;
use crate::test::{self, Part};
use crate::wasm_compiler::{self, TARGET};
use crate::{api, bytes, keep_out, paths};
use anyhow::Result;
use std::time::{Duration, Instant};

/// Runs all steps, also after one failed, so that one run names everything. A failed step counts
/// as one failure in the last line; a step that holds is not counted as a test.
///
/// # Errors
/// When the set-up fails.
pub fn ci() -> Result<Tally> {
    let mut steps = Steps::default();
    let workshop = site::set_up()?;
    steps.take("Format (cargo fmt --check)", || run(program("cargo").args(["fmt", "--all", "--check"])));
    steps.take("Lints, native (clippy)", || {
        run(program("cargo").args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    });
    steps.take("Lints, wasm32 (clippy)", || wasm_lints(&workshop));
    steps.take("Containerfile (hadolint)", || container_lints(&workshop));
    steps.take("Documentation (cargo doc)", || {
        let mut doc = program("cargo");
        doc.args(["doc", "--quiet", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
        run(&mut doc)
    });
    steps.take("Keep-out list", keep_out::check);
    steps.take("Build", || site::ensure_built(&workshop));
    steps.take("Keep-out list, in the built wasm", keep_out::check_linked);
    steps.take("Byte budget", bytes::check);
    let mut tally = Tally::default();
    steps.take("Tests", || {
        tally = test::test(Part::All, &[])?;
        Ok(())
    });
    steps.take("API, by its description (schemathesis)", api::check);
    steps.take("API of the server, by its description (schemathesis)", api::check_server);
    steps.print();
    tally += steps.failed();
    Ok(tally)
}

fn wasm_lints(workshop: &Workshop) -> Result<()> {
    wasm_compiler::ensure_clippy(&workshop.pins, &workshop.compiler)?;
    let mut clippy = program("cargo");
    workshop.compiler.apply(&mut clippy);
    clippy.args(["clippy", "--quiet", "--target", TARGET, "--package", "proef", "--package", "embedded"]);
    run(clippy.args(["--", "-D", "warnings"]))
}

fn container_lints(workshop: &Workshop) -> Result<()> {
    let hadolint = &workshop.pins.hadolint;
    hadolint.ensure(&workshop.pins.debian.python)?;
    let file = paths::root().join("crates/server/Containerfile");
    run(program(&hadolint.program("hadolint")?.to_string_lossy()).arg(file))
}

/// The steps' names, outcomes and times.
#[derive(Default)]
struct Steps {
    done: Vec<(String, bool, Duration)>,
}

impl Steps {
    fn take(&mut self, name: &str, work: impl FnOnce() -> Result<()>) {
        let started = Instant::now();
        let outcome = step(name, work);
        if let Err(why) = &outcome {
            println!("{why:#}");
        }
        self.done.push((name.to_owned(), outcome.is_ok(), started.elapsed()));
    }

    fn failed(&self) -> Tally {
        let mut tally = Tally::default();
        for (name, ..) in self.done.iter().filter(|(_, held, _)| !held) {
            tally += Tally::broken(name);
        }
        tally
    }

    fn print(&self) {
        println!();
        for (name, held, time) in &self.done {
            println!("{:<7} {:>14}  {name}", if *held { "holds" } else { "FAILED" }, seconds(*time));
        }
        let total = self.done.iter().map(|(_, _, time)| *time).sum();
        println!("{:<7} {:>14}  all steps", "", seconds(total));
    }
}
