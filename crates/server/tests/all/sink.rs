//! A mail server of the tests' own, `tests/mail/sink.py`: it takes mails and shows them, and answers as it is
//! told to.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use serde::Deserialize;
use serde_json::Value;

/// A mail that was taken.
#[derive(Clone, Debug, Deserialize)]
pub struct Taken {
    pub id: String,
    pub from: String,
    pub to: Vec<String>,
    pub subject: String,
    pub headers: Vec<(String, String)>,
    pub text: String,
    pub html: String,
    pub tls: bool,
    pub user: Option<String>,
}

#[derive(Deserialize)]
struct Ports {
    smtp: u16,
    control: u16,
}

/// A running mail server. It ends with this value, and also when the test is killed.
pub struct Sink {
    child: Child,
    arguments: Vec<String>,
    pub port: u16,
    control: u16,
}

impl Sink {
    /// Starts one that takes everything. Further arguments are those of the script.
    pub fn start(arguments: &[&str]) -> Sink {
        let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let (child, ports) = run(&arguments, 0);
        Sink { child, arguments, port: ports.smtp, control: ports.control }
    }

    /// Where it shows what it took, and is told how to behave.
    pub fn address(&self, what: &str) -> String {
        format!("http://127.0.0.1:{}/{what}", self.control)
    }

    /// Stops it, as whoever runs it would.
    pub fn stop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().expect("it ends");
    }

    /// Starts it again, at the same port.
    pub fn run(&mut self) {
        let (child, ports) = run(&self.arguments, self.port);
        (self.child, self.control) = (child, ports.control);
    }

    /// Says how it answers from now on.
    pub fn behave(&self, behaviour: &Value) {
        ureq::put(self.address("behaviour")).send(behaviour.to_string()).expect("an answer");
    }

    /// The mails that it took, in order.
    pub fn taken(&self) -> Vec<Taken> {
        serde_json::from_str(&self.mails()).expect("mails")
    }

    /// The same as JSON.
    pub fn mails(&self) -> String {
        self.get("mails")
    }

    /// How many mails were begun, taken or not.
    pub fn tries(&self) -> u64 {
        self.get("tries").parse().expect("a number")
    }

    fn get(&self, what: &str) -> String {
        let mut reply = ureq::get(self.address(what)).call().expect("an answer");
        reply.body_mut().read_to_string().expect("text")
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        // One that has ended already cannot be ended again.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn run(arguments: &[String], port: u16) -> (Child, Ports) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/mail/sink.py");
    let mut python = Command::new(python());
    python.arg(script).args(["--smtp-port", &port.to_string()]).args(arguments);
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    let mut child = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    let ports = serde_json::from_str(&line).unwrap_or_else(|why| panic!("the sink did not start: {why}: {line}"));
    (child, ports)
}

/// Python with aiosmtpd, where xtask installs it.
fn python() -> PathBuf {
    let place = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = place("PROEF_CACHE")
        .or_else(|| place("XDG_CACHE_HOME").map(|folder| folder.join("proef")))
        .or_else(|| place("HOME").map(|folder| folder.join(".cache/proef")))
        .expect("a cache folder");
    let tools = fs::read_dir(cache.join("tools")).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = tools
        .filter(|tool| tool.file_name().to_string_lossy().starts_with("aiosmtpd-"))
        .map(|tool| tool.path())
        .filter(|folder| folder.join(".complete").is_file())
        .collect();
    found.sort();
    let newest = found.pop().expect("aiosmtpd is needed for this test: `cargo xtask test` installs it");
    newest.join("bin/python")
}
