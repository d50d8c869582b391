//! Servers to try things on, each over a database of its own in a throw-away PostgreSQL: `cargo xtask`
//! runs this behind the console. It ends when its input closes.
//!
//! `stack demonstration ADDRESS...` starts one server for each address of a console, on which personas
//! sign in, and prints where each listens.

#[allow(dead_code, reason = "tests do more with it")]
#[path = "../all/cluster.rs"]
mod cluster;

use std::env;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use cluster::Cluster;
use server::Server;
use server::config::Config;

/// Settings of a demonstration, as the embedded one has them (G8).
const SETTINGS: [(&str, &str); 5] = [
    ("PROEF_DEMONSTRATION", "true"),
    ("PROEF_LISTEN", "127.0.0.1:0"),
    ("PROEF_TRIALS_TEAM_EMAIL", "trials@proef.example"),
    ("PROEF_DEVICE_EXTENSION_EMAIL", "device-extensions@proef.example"),
    ("PROEF_INFORMATION_EMAIL", "information@proef.example"),
];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.split_first() {
        Some((mode, [])) if mode == "copy" => copy(),
        Some((mode, addresses)) if mode == "demonstration" => demonstration(addresses),
        _ => panic!("stack demonstration ADDRESS..."),
    }
}

fn demonstration(addresses: &[String]) {
    let cluster = Cluster::start();
    let mut copies: Vec<Child> = addresses.iter().map(|address| begin(&cluster.database(), address)).collect();
    for copy in &mut copies {
        let mut line = String::new();
        BufReader::new(copy.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        assert!(line.starts_with("http://"), "a server did not start");
        print!("{line}");
    }
    io::stdin().read_to_end(&mut Vec::new()).expect("it closes");
    for copy in &mut copies {
        drop(copy.stdin.take());
        copy.wait().expect("it ends");
    }
}

/// Starts a server in a process of its own.
fn begin(database: &str, address: &str) -> Child {
    let mut copy = Command::new(env::current_exe().expect("this program"));
    copy.arg("copy").env("DATABASE_URL", database).env("PROEF_ADDRESS", address).envs(SETTINGS);
    copy.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts")
}

/// What the server's own program does, without a log.
#[tokio::main]
async fn copy() {
    let config = Config::of_process().expect("the settings are whole");
    let server = Server::start(config).await.expect("it starts");
    println!("http://{}", server.address().expect("an address"));
    // Its input closes when whoever started it is gone, in whatever way.
    let gone = tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new()));
    server.run(async { drop(gone.await) }).await.expect("it serves");
}
