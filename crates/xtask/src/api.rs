//! The API tried from outside: schemathesis sends what its description allows, and what it does not,
//! to the backend over a store in memory and to the server over PostgreSQL, as several people.

use crate::backends::Stack;
use crate::pins::PythonTool;
use crate::program::{example, program, run_logged, text_of};
use crate::{paths, pins};
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

/// What answers is held against.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance,negative_data_rejection,missing_required_header,\
    unsupported_method,allow_header_conformance";

/// A run that hangs is ended after this time.
const LIMIT: Duration = Duration::from_secs(600);

/// One run: as whom, what is tried, and how often. Each has a server of its own, so that no run depends on
/// what another one did.
struct Trial {
    person: &'static str,
    what: &'static [&'static str],
    how: [&'static str; 2],
    /// How often of a server: the same router answers there, so fewer requests show what its own way to it makes of
    /// them, and PostgreSQL.
    of_a_server: [&'static str; 2],
}

/// What changes who is signed in, or the data under all of them, is tried by nobody alone.
static TRIALS: [Trial; 4] = [
    Trial {
        person: "anna-de-vries",
        what: &[
            "--exclude-tag=Demonstration",
            "--exclude-operation-id=session_sign_out",
            "--exclude-operation-id=session_sign_out_everywhere",
        ],
        how: ["--phases=coverage,fuzzing,stateful", "--max-examples=20"],
        of_a_server: ["--phases=coverage,fuzzing", "--max-examples=5"],
    },
    Trial {
        person: "sanne-visser",
        what: &["--include-tag=Hub", "--include-tag=Requests", "--include-tag=Journal", "--include-tag=Mails"],
        how: ["--phases=coverage,fuzzing,stateful", "--max-examples=20"],
        of_a_server: ["--phases=coverage,fuzzing", "--max-examples=5"],
    },
    Trial {
        person: "ruth-okafor",
        what: &["--include-tag=Devices"],
        how: ["--phases=coverage,fuzzing,stateful", "--max-examples=60"],
        of_a_server: ["--phases=coverage,fuzzing", "--max-examples=5"],
    },
    // Without the systematic part: browsers have a way of their own to sign in to a server, at one of the addresses
    // and by another method, which is no part of what the description describes.
    Trial {
        person: "nobody",
        what: &[],
        how: ["--phases=fuzzing", "--max-examples=5"],
        of_a_server: ["--phases=fuzzing", "--max-examples=5"],
    },
];

/// Runs all trials against the backend over a store in memory.
///
/// # Errors
/// When schemathesis cannot be installed, the backend does not start, or something was found; the
/// findings are printed.
pub fn check() -> Result<()> {
    let pins = pins::pins()?;
    pins.schemathesis.ensure(&pins.debian.python)?;
    let program = example(SERVER)?.get_program().to_owned();
    side_by_side("memory", |trial| {
        let server = Server::start(&program, trial.person)?;
        try_as("memory", &pins.schemathesis, trial, &server.url, trial.how)
    })
}

/// Runs them against servers over PostgreSQL, each with a demonstration in which somebody signs in.
///
/// # Errors
/// When something cannot be installed, a server does not start, or something was found; the findings are
/// printed.
pub fn check_server() -> Result<()> {
    let pins = pins::pins()?;
    pins.schemathesis.ensure(&pins.debian.python)?;
    let stack = Stack::demonstration(&pins, TRIALS.len())?;
    side_by_side("server", |trial| {
        let own = TRIALS.iter().position(|each| each.person == trial.person).and_then(|at| stack.servers.get(at));
        let url = format!("http://{}", own.context("each has a server")?);
        try_as("server", &pins.schemathesis, trial, &url, trial.of_a_server)
    })
}

fn side_by_side(against: &str, run: impl Fn(&'static Trial) -> Result<String> + Sync) -> Result<()> {
    let outcomes = thread::scope(|scope| {
        let running = TRIALS.each_ref().map(|trial| (trial.person, scope.spawn(|| run(trial))));
        running.map(|(person, thread)| (person, thread.join()))
    });
    let mut found = Vec::new();
    for (person, outcome) in outcomes {
        match outcome {
            Ok(Ok(line)) => println!("  {person}: {line}"),
            Ok(Err(why)) => {
                println!("  {person}: {why:#}");
                found.push(person);
            }
            Err(_) => found.push(person),
        }
    }
    if found.is_empty() { Ok(()) } else { bail!("schemathesis found something as {} ({against})", found.join(", ")) }
}

/// The example of the backend that is the server.
const SERVER: &str = "memory_server";

fn try_as(against: &str, tool: &PythonTool, trial: &Trial, url: &str, how: [&str; 2]) -> Result<String> {
    let name = format!("schemathesis-{against}-{}", trial.person);
    // schemathesis keeps notes beside where it is started.
    let folder = paths::notes().join("schemathesis").join(&name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let settings = paths::root().join("tests/api");
    let mut run = program(&tool.program(&tool.name)?.to_string_lossy());
    run.current_dir(folder).args(["--no-color", "--config-file"]).arg(settings.join("schemathesis.toml"));
    run.arg("run")
        .arg(paths::root().join("crates/contract/openapi.json"))
        .args(["--url", url])
        .args(["--checks", CHECKS]);
    // A server refuses a write without it before it looks at anything else; that has tests of its own.
    run.args(["--header", "proef-write: 1"]);
    run.args(["--header", &format!("proef-visit: {}", trial.person)]).args(how).args(trial.what);
    run.env("PROEF_HOOKS", settings.join("hooks.py")).env("PROEF_PERSON", trial.person);
    run.env("PROEF_API", url).env("PYTHONDONTWRITEBYTECODE", "1");
    let outcome = run_logged(&name, &mut run, Some(LIMIT));
    let log = fs::read_to_string(paths::notes().join("logs").join(format!("{name}.log"))).unwrap_or_default();
    match outcome {
        Ok(()) => summary(&log).with_context(|| format!("`{}` tried nothing", text_of(&run))),
        Err(_) => bail!("{}", findings(&log)),
    }
}

/// How many operations and cases a log tells of.
fn summary(log: &str) -> Option<String> {
    let mut lines = log.lines().map(str::trim);
    let operations = lines.find_map(|line| line.strip_prefix("Tested:"))?;
    let cases = lines.find(|line| line.contains(" generated"))?;
    Some(format!("{} operations, {cases}", operations.trim()))
}

/// The part of a log that says what was found; all of it when there is no such part.
fn findings(log: &str) -> &str {
    let begin = log.find("= FAILURES").or_else(|| log.find("= ERRORS")).unwrap_or_default();
    let rest = &log[begin..];
    &rest[..rest.find("= WARNINGS").unwrap_or(rest.len())]
}

/// A running server; it ends with this value.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(built: &OsStr, person: &str) -> Result<Server> {
        let log = paths::notes().join("logs").join(format!("{SERVER}-{person}.log"));
        let errors = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = program(&built.to_string_lossy());
        command.arg("0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        let mut child = command.spawn().with_context(|| format!("cannot start {SERVER}"))?;
        let output = child.stdout.take().context("no output")?;
        let mut server = Server { child, url: String::new() };
        BufReader::new(output).read_line(&mut server.url)?;
        server.url = server.url.trim().to_owned();
        if server.url.is_empty() {
            bail!("{SERVER} named no address; see {}", log.display());
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already cannot be ended again.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_by_its_operations_and_cases_and_a_finding_by_its_own_part() {
        let log = "API Operations:\n  Selected: 47/52\n  Tested: 47\n\nTest cases:\n  6624 generated, 6624 passed\n";
        assert_eq!(summary(log).as_deref(), Some("47 operations, 6624 generated, 6624 passed"));
        assert_eq!(summary("No operations"), None);
        let log = "noise\n=== FAILURES ===\n1. wrong\n=== WARNINGS ===\nnoise\n";
        assert_eq!(findings(log).trim_matches(['=', ' ', '\n']), "FAILURES ===\n1. wrong");
        assert_eq!(findings("cannot connect"), "cannot connect");
    }
}
