//! A throw-away PostgreSQL for tests: a cluster of its own, on a Unix socket, gone with the test.

use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs};

/// How long PostgreSQL may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// All else is as PostgreSQL comes.
const SETTINGS: [&str; 3] = ["listen_addresses=", "max_connections=100", "unix_socket_permissions=0777"];

/// Faster than safe: what a test stores survives neither the machine nor PostgreSQL being stopped.
pub const HASTY: [&str; 3] = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// What was answered as stored survives PostgreSQL being stopped, and not the machine.
pub const LASTING: [&str; 1] = ["fsync=off"];

/// A cluster. It ends with this value, and also when the test is killed.
pub struct Cluster {
    folder: PathBuf,
    settings: &'static [&'static str],
    running: Option<Child>,
    databases: AtomicU32,
}

impl Cluster {
    /// Makes and starts a cluster in a folder for temporary files.
    pub fn start() -> Cluster {
        Cluster::start_in(&env::temp_dir(), &HASTY)
    }

    /// The same for a test that stops it.
    pub fn start_lasting() -> Cluster {
        Cluster::start_in(&env::temp_dir(), &LASTING)
    }

    /// Makes and starts a cluster below a folder, with further settings.
    pub fn start_in(place: &Path, settings: &'static [&'static str]) -> Cluster {
        static MADE: AtomicU32 = AtomicU32::new(0);
        // The socket's path may have 107 bytes, so it is short.
        let folder = place.join(format!("proef-pg-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst)));
        let template = template();
        let mut copy = as_owner("cp");
        copy.arg("-r").arg(&template).arg(&folder);
        run(&mut copy);
        let mut cluster = Cluster { folder, settings, running: None, databases: AtomicU32::new(0) };
        cluster.run();
        cluster
    }

    /// Starts PostgreSQL, and waits until it answers.
    pub fn run(&mut self) {
        let mut server = as_owner(&program("postgres").to_string_lossy());
        server.arg("-D").arg(&self.folder).arg("-k").arg(&self.folder);
        for setting in SETTINGS.iter().chain(self.settings) {
            server.args(["-c", setting]);
        }
        let words: Vec<String> = std::iter::once(server.get_program()).chain(server.get_args()).map(quoted).collect();
        // The shell stops PostgreSQL when its input closes, however the test ends, and reports nothing.
        let script = format!("{} >>'{}' 2>&1 & read -r _; kill -QUIT $!; wait", words.join(" "), self.log().display());
        let child = Command::new("sh").args(["-c", &script]).stdin(Stdio::piped()).spawn().expect("a shell");
        self.running = Some(child);
        self.wait("it does not start", || self.answers());
    }

    /// Stops PostgreSQL at once, as a power cut would: nobody is told.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            drop(child.stdin.take());
            child.wait().expect("the shell ends");
        }
    }

    /// The address of a new, empty database.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::SeqCst));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    /// The address of a database.
    pub fn url(&self, name: &str) -> String {
        format!("postgres://{OWNER}@localhost/{name}?host={}", self.folder.display())
    }

    /// What psql answers, run by the cluster's owner.
    pub fn sql(&self, database: &str, text: &str) -> String {
        let mut psql = as_owner(&program("psql").to_string_lossy());
        psql.arg("-h").arg(&self.folder).args(["-U", OWNER, "-d", database, "-v", "ON_ERROR_STOP=1", "-qtA"]);
        let mut child = psql.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("psql");
        child.stdin.take().expect("its input").write_all(text.as_bytes()).expect("written");
        let output = child.wait_with_output().expect("psql ends");
        assert!(output.status.success(), "psql failed: {text}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// A backup of a database, as `pg_dump` makes it: a file in the folder for temporary files.
    pub fn dump(&self, database: &str) -> PathBuf {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let file = self.folder.join(format!("{database}-{}.dump", MADE.fetch_add(1, Ordering::SeqCst)));
        let mut dump = as_owner(&program("pg_dump").to_string_lossy());
        dump.args(["--format=custom", "--no-owner", "-U", OWNER, "-h"]).arg(&self.folder).arg("--file").arg(&file);
        run(dump.arg(database));
        file
    }

    /// Reads a backup into an empty database.
    pub fn restore(&self, database: &str, file: &Path) {
        let mut restore = as_owner(&program("pg_restore").to_string_lossy());
        restore.args(["--exit-on-error", "--no-owner", "--single-transaction", "-U", OWNER, "-h"]).arg(&self.folder);
        run(restore.args(["-d", database]).arg(file));
    }

    fn answers(&self) -> bool {
        let mut ready = as_owner(&program("pg_isready").to_string_lossy());
        ready.arg("-q").arg("-h").arg(&self.folder);
        ready.status().is_ok_and(|status| status.success())
    }

    fn log(&self) -> PathBuf {
        self.folder.with_extension("log")
    }

    fn wait(&self, otherwise: &str, done: impl Fn() -> bool) {
        let begun = Instant::now();
        while !done() {
            let log = || fs::read_to_string(self.log()).unwrap_or_default();
            assert!(begun.elapsed() < PATIENCE, "PostgreSQL: {otherwise}\n{}", log());
            std::thread::yield_now();
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
        drop(as_owner("rm").arg("-rf").arg(&self.folder).status());
        drop(fs::remove_file(self.log()));
    }
}

/// The superuser of the cluster.
const OWNER: &str = "proef";

/// A cluster as initdb makes it, kept from one test to the next: to copy it takes a tenth of the time.
fn template() -> PathBuf {
    let place = env::temp_dir();
    let version = says(Command::new(program("initdb")).arg("--version"));
    // `initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`
    let number = version.split_whitespace().nth(2).unwrap_or_default();
    let template = place.join(format!("proef-pg-template-{number}-{}", uid()));
    if template.join("PG_VERSION").is_file() {
        return template;
    }
    let making = place.join(format!("proef-pg-template-{number}-{}-{}", uid(), std::process::id()));
    let mut initdb = as_owner(&program("initdb").to_string_lossy());
    initdb.args(["-U", OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]).arg(&making);
    says(&mut initdb);
    // Another test may have been faster; then its folder is as good.
    if fs::rename(&making, &template).is_err() {
        drop(as_owner("rm").arg("-rf").arg(&making).status());
    }
    template
}

/// A program of PostgreSQL: on the search path, or where Debian puts the newest.
fn program(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<PathBuf> = env::split_paths(&path).map(|folder| folder.join(name)).collect();
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = debian.map(|version| version.path()).collect();
    versions.sort_by_key(|version| version.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok()));
    // psql on Debian's search path is a script that looks for clusters of the system's own.
    places.splice(0..0, versions.into_iter().rev().map(|version| version.join("bin").join(name)));
    let found = places.into_iter().find(|file| file.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "PostgreSQL is needed for this test, and `{name}` is not here: `apt-get install -y postgresql`, \
             or `cargo xtask doctor`"
        )
    })
}

/// PostgreSQL refuses to run as root: then it runs as the user that Debian's package makes, or as nobody.
fn owner() -> Option<&'static str> {
    (uid() == 0).then(|| match fs::read_to_string("/etc/passwd") {
        Ok(users) if users.lines().any(|line| line.starts_with("postgres:")) => "postgres",
        _ => "nobody",
    })
}

fn uid() -> u32 {
    fs::metadata("/proc/self").expect("a process").uid()
}

/// A command that runs as the cluster's owner.
fn as_owner(name: &str) -> Command {
    let mut command = match owner() {
        None => Command::new(name),
        Some(user) => {
            let mut command = Command::new("setpriv");
            command.args([&format!("--reuid={user}"), "--regid=nogroup", "--clear-groups", "--", name]);
            command
        }
    };
    // The project's folder may be one that the owner cannot enter.
    command.current_dir(env::temp_dir());
    command
}

fn quoted(word: &std::ffi::OsStr) -> String {
    format!("'{}'", word.to_string_lossy())
}

fn run(command: &mut Command) {
    let status = command.status().expect("it can be started");
    assert!(status.success(), "{command:?} ended with {status}");
}

fn says(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("it can be started");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
