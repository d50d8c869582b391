//! Starting other programs: loudly, into a log file, or to read what they say.

use crate::paths;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How many of a log's last lines are shown when a quiet program fails.
const SHOWN_LINES: usize = 40;

/// A program by name, started in the project's folder.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(paths::root());
    command
}

/// The text of a command, for messages.
pub fn text_of(command: &Command) -> String {
    let parts = std::iter::once(command.get_program()).chain(command.get_args());
    parts.map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// An example of the workspace, built with the features of all of it, as the tests are: what they compiled serves
/// here too.
///
/// # Errors
/// When it does not build; the end of the compiler's output is printed.
pub fn example(name: &str) -> Result<Command> {
    let mut build = program("cargo");
    build.args(["build", "--quiet", "--workspace", "--example", name]);
    run_logged(&format!("build-{name}"), &mut build, None)?;
    let built = paths::target().join("debug/examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    Ok(program(&built.to_string_lossy()))
}

/// Whether a program can be started and answers `--version`.
pub fn answers(name: &str) -> bool {
    says(program(name).arg("--version")).is_ok()
}

/// Runs a command whose output goes to the terminal.
///
/// # Errors
/// When it cannot be started or ends with another code than 0.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", text_of(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", text_of(command));
    }
    Ok(())
}

/// Runs a command and gives what it wrote to its standard output, trimmed.
///
/// # Errors
/// When it cannot be started or fails; its error output is part of the message.
pub fn says(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{}`", text_of(command)))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        bail!("`{}` ended with {}: {why}", text_of(command), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command whose output goes to a log file; on failure its last lines are printed.
///
/// # Errors
/// When it cannot be started, fails, or takes longer than the limit (it is then ended).
pub fn run_logged(name: &str, command: &mut Command, limit: Option<Duration>) -> Result<()> {
    let log = log_file(name)?;
    let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
    let mut child = command.spawn().with_context(|| format!("cannot start `{}`", text_of(command)))?;
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if limit.is_some_and(|limit| started.elapsed() > limit) {
            child.kill()?;
            child.wait()?;
            bail!("`{}` gave no answer in {} s", text_of(command), started.elapsed().as_secs());
        }
        thread::sleep(Duration::from_millis(50));
    };
    if !status.success() {
        let text = fs::read_to_string(&log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let tail = lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n");
        bail!("`{}` ended with {status}; the end of {}:\n{tail}", text_of(command), log.display());
    }
    Ok(())
}

/// Runs a command, prints every line it writes and gives the lines together with its success.
///
/// # Errors
/// When it cannot be started.
pub fn run_read(command: &mut Command) -> Result<(bool, Vec<String>)> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start `{}`", text_of(command)))?;
    let errors = child.stderr.take().context("no error output")?;
    let output = child.stdout.take().context("no output")?;
    // Both are read at once: a full pipe that nobody reads would stop the program.
    let other = thread::spawn(move || echo(BufReader::new(errors)));
    let mut lines = echo(BufReader::new(output));
    lines.extend(other.join().unwrap_or_default());
    Ok((child.wait()?.success(), lines))
}

fn echo(reader: impl BufRead) -> Vec<String> {
    let mut lines = Vec::new();
    for line in reader.lines().map_while(Result::ok) {
        println!("{line}");
        lines.push(line);
    }
    lines
}

fn log_file(name: &str) -> Result<PathBuf> {
    let folder = paths::notes().join("logs");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder.join(format!("{name}.log")))
}
