//! Servers to try things on, over a throw-away PostgreSQL: `cargo xtask` runs this behind the console. It
//! ends when its input closes. What it has started it tells line by line, each with a name in front.
//!
//! `stack demonstration ADDRESS...` starts one server for each address of a console, each over a database
//! of its own, on which personas sign in.
//!
//! `stack people ADDRESS` starts two copies of the server behind one console, with an identity provider
//! and a mail server, over the database that `DATABASE_URL` names or a throw-away one.

#[allow(dead_code, reason = "tests do more with it")]
#[path = "../all/cluster.rs"]
mod cluster;
mod control;
#[allow(dead_code, reason = "tests do more with it")]
#[path = "../all/identity_provider.rs"]
mod identity_provider;
#[allow(dead_code, reason = "tests do more with it")]
#[path = "../all/sink.rs"]
mod sink;

use std::env;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use backend::partners::NewPartner;
use cluster::Cluster;
use control::Needed;
use identity_provider::IdentityProvider;
use rules::people::{Partner, Tier};
use server::Server;
use server::config::Config;
use sink::Sink;

/// What both kinds are told (G8). Everybody comes from one address here.
const SETTINGS: [(&str, &str); 6] = [
    ("PROEF_LISTEN", "127.0.0.1:0"),
    ("PROEF_REQUESTS_PER_ADDRESS", "0"),
    ("PROEF_SIGN_INS_PER_ADDRESS", "0"),
    ("PROEF_TRIALS_TEAM_EMAIL", "trials@proef.example"),
    ("PROEF_DEVICE_EXTENSION_EMAIL", "device-extensions@proef.example"),
    ("PROEF_INFORMATION_EMAIL", "information@proef.example"),
];

/// Partners whose people the identity provider knows, with the address of a first person (P1).
const PARTNERS: [(&str, &str, Option<&str>, &str); 3] = [
    ("noordzee-telecom", "Noordzee Telecom", None, "anna.de.vries@noordzee-telecom.example"),
    (
        "fjord-communications",
        "Fjord Communications",
        Some("noordzee-telecom"),
        "ingrid.solberg@fjord-communications.example",
    ),
    ("lindqvist-systems", "Lindqvist Systems", None, "oskar.lindqvist@lindqvist-systems.example"),
];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (mode, addresses) = arguments.split_first().expect("stack demonstration|people ADDRESS...");
    match (mode.as_str(), addresses) {
        ("copy", []) => copy(),
        ("partners", []) => partners(),
        ("demonstration", addresses) => demonstration(addresses),
        ("people", [address]) => people(address),
        _ => panic!("stack demonstration|people ADDRESS..."),
    }
}

fn demonstration(addresses: &[String]) {
    let cluster = Cluster::start();
    let personas = [("PROEF_DEMONSTRATION", "true")];
    let copies = addresses.iter().map(|address| begin("copy", &cluster.database(), address, &personas)).collect();
    serve(copies);
}

fn people(address: &str) {
    let cluster = env::var("DATABASE_URL").is_err().then(Cluster::start_lasting);
    let database = cluster.as_ref().map_or_else(|| env::var("DATABASE_URL").expect("set"), Cluster::database);
    let provider = IdentityProvider::of_console(address);
    let sink = Sink::start(&[]);
    let port = sink.port.to_string();
    let mut settings = provider.settings().to_vec();
    settings.extend([
        ("PROEF_SMTP_HOST", "127.0.0.1"),
        ("PROEF_SMTP_PORT", &port),
        ("PROEF_SMTP_ENCRYPTION", "none"),
        ("PROEF_MAIL_FROM", "Proef <trials@proef.example>"),
    ]);
    let mut adding = begin("partners", &database, address, &settings);
    assert!(adding.wait().expect("it ends").success(), "the partners could not be added");
    println!("identity-provider {}", provider.issuer);
    let copies = (0..2).map(|_| begin("copy", &database, address, &settings)).collect();
    // They live as long as this function, and with it the servers.
    let needed = Arc::new(Mutex::new(Needed { cluster, provider, sink }));
    println!("control {}", control::begin(Arc::clone(&needed)));
    serve(copies);
    drop(needed);
}

/// Tells where each listens, and waits until nobody wants them any more.
fn serve(mut copies: Vec<Child>) {
    for copy in &mut copies {
        let mut line = String::new();
        BufReader::new(copy.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let place = line.trim().strip_prefix("http://").expect("a server did not start");
        println!("server {place}");
    }
    io::stdin().read_to_end(&mut Vec::new()).expect("it closes");
    for copy in &mut copies {
        drop(copy.stdin.take());
        copy.wait().expect("it ends");
    }
}

/// Starts this program once more, with settings of a server.
fn begin(mode: &str, database: &str, address: &str, settings: &[(&str, &str)]) -> Child {
    let mut copy = Command::new(env::current_exe().expect("this program"));
    copy.arg(mode).env("DATABASE_URL", database).env("PROEF_ADDRESS", address);
    copy.envs(SETTINGS).envs(settings.iter().copied());
    copy.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts")
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

/// Adds the partners, as `proef-server partner add` does.
#[tokio::main]
async fn partners() {
    let config = Config::of_process().expect("the settings are whole");
    let backend = server::backend(config).await.expect("a database");
    for (id, name, distributor, email) in PARTNERS {
        let tier = distributor.map_or(Tier::One, |distributor| Tier::Two { distributor: distributor.into() });
        let partner = Partner { id: id.into(), name: name.to_owned(), tier, certified: true };
        let person = Some((email.to_owned(), String::new()));
        backend.add_partner(&NewPartner { partner, person, replace: false }).await.expect("it can be added");
    }
}
