//! The server's program, as tests start it, and a client of it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use contract::conformance::{Reply, Request, Transport};
use ureq::http;

/// For how long an answer is waited for. Setting a clock forward by 400 days plays them all.
const PATIENCE: Duration = Duration::from_secs(180);

/// A running copy of the server. It is killed with this value.
pub struct Copy {
    child: Child,
    pub url: String,
    log: Arc<Mutex<String>>,
    logging: Option<JoinHandle<()>>,
}

impl Copy {
    /// Starts a copy that plays a demonstration over a database, and waits until it listens.
    pub fn start(database: &str) -> Copy {
        let mut copy = Copy::begin(database, &[("PROEF_DEMONSTRATION", "true")]);
        copy.listens();
        copy
    }

    /// Starts a copy and waits for nothing.
    pub fn begin(database: &str, settings: &[(&str, &str)]) -> Copy {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proef-server"));
        command.env("DATABASE_URL", database).env("PROEF_LISTEN", "127.0.0.1:0");
        command.env("PROEF_ADDRESS", "https://proef.example").env("RUST_LOG", "info,sqlx=warn");
        // Tests ask more often than people do, and all from one address.
        for limit in ["REQUESTS_PER_PERSON", "REQUESTS_PER_ADDRESS", "SIGN_INS_PER_ADDRESS"] {
            command.env(format!("PROEF_{limit}"), "0");
        }
        for name in ["TRIALS_TEAM", "DEVICE_EXTENSION", "INFORMATION"] {
            let address = format!("{}@trials.example", name.to_lowercase().replace('_', "-"));
            command.env(format!("PROEF_{name}_EMAIL"), address);
        }
        command.envs(settings.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let log = Arc::new(Mutex::new(String::new()));
        let (mut errors, kept) = (child.stderr.take().expect("its log"), Arc::clone(&log));
        let logging = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = errors.read(&mut bytes) {
                kept.lock().expect("no panic").push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
        });
        Copy { child, url: String::new(), log, logging: Some(logging) }
    }

    /// Waits until it listens.
    pub fn listens(&mut self) {
        let output = self.child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut self.url).expect("a line");
        self.url = self.url.trim().to_owned();
        assert!(self.url.starts_with("http://"), "the server did not start:\n{}", self.log());
    }

    /// Its log so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("no panic").clone()
    }

    /// Ends it as a power cut would (SIGKILL).
    pub fn kill(&mut self) {
        self.child.kill().expect("it ran");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop (SIGTERM).
    pub fn ask_to_stop(&self) {
        let status = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
        assert!(status.success());
    }

    /// Asks it to stop, and says whether it ended well.
    pub fn terminate(&mut self) -> bool {
        self.ask_to_stop();
        self.ends()
    }

    /// Waits until it has ended by itself, and says whether it ended well.
    pub fn ends(&mut self) -> bool {
        let status = self.child.wait().expect("it ends");
        // Whatever it wrote last is read.
        drop(self.logging.take().map(JoinHandle::join));
        status.success()
    }

    /// A client of it.
    pub fn client(&self) -> Client {
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        Client { agent: config.build().new_agent(), base: self.url.clone() }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // One that has ended already cannot be ended again.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// A way to a server over HTTP.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
}

impl Client {
    /// The same client of another address.
    pub fn at(&self, base: &str) -> Client {
        Client { agent: self.agent.clone(), base: base.to_owned() }
    }
}

impl Transport for Client {
    fn send(&self, request: &Request) -> Result<Reply, String> {
        let mut builder = http::Request::builder().method(request.method).uri(format!("{}{}", self.base, request.path));
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let request = builder.body(request.body.clone()).map_err(|error| error.to_string())?;
        let mut response = self.agent.run(request).map_err(|error| error.to_string())?;
        let text = |value: &http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        let status = response.status().as_u16();
        let body = response.body_mut().read_to_string().map_err(|error| error.to_string())?;
        Ok(Reply { status, headers, body })
    }
}
