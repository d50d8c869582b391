//! The OpenID provider of the tests (tests/identity_provider), as a program of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use contract::sign_in::CALLBACK;

/// The address of the console, which is also the server's as browsers see it.
pub const CONSOLE: &str = "https://proef.example";

/// A provider. It ends with this value, and also when the test is killed.
pub struct IdentityProvider {
    running: Option<Child>,
    pub issuer: String,
}

impl IdentityProvider {
    /// Starts it on a free port, and waits until it listens.
    pub fn start() -> IdentityProvider {
        let mut provider = IdentityProvider { running: None, issuer: String::new() };
        provider.run_on("0");
        provider
    }

    /// Starts it again where it was, with other keys and nothing in its memory.
    pub fn run(&mut self) {
        let port = self.issuer.rsplit(':').next().expect("a port").to_owned();
        self.run_on(&port);
    }

    fn run_on(&mut self, port: &str) {
        let folder = folder();
        assert!(
            folder.join("node_modules/oidc-provider").is_dir(),
            "oidc-provider is needed for this test and not installed: `cargo xtask test`, or `npm ci` in {}",
            folder.display()
        );
        let mut node = Command::new("node");
        node.current_dir(folder).args(["provider.mjs", port]).arg(format!("{CONSOLE}{CALLBACK}"));
        let mut child = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node");
        self.issuer.clear();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut self.issuer).expect("a line");
        self.issuer = self.issuer.trim().to_owned();
        self.running = Some(child);
        assert!(self.issuer.starts_with("http://"), "the identity provider did not start");
    }

    /// Stops it at once.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().expect("it ran");
            child.wait().expect("it ends");
        }
    }

    /// The settings of a server that signs people in by it.
    pub fn settings(&self) -> [(&str, &str); 3] {
        [
            ("PROEF_OIDC_ISSUER", &self.issuer),
            ("PROEF_OIDC_CLIENT_ID", "proef"),
            ("PROEF_OIDC_CLIENT_SECRET", "the-secret-of-the-tests"),
        ]
    }

    /// Changes what it claims of an account; `null` takes a claim away.
    pub fn claim(&self, account: &str, claims: &str) {
        let answer = ureq::put(format!("{}/accounts/{account}", self.issuer)).send(claims).expect("an answer");
        assert_eq!(answer.status(), 204);
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        self.stop();
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/identity_provider")
}
