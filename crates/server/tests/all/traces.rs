//! Traces, as an OpenTelemetry collector gets them by OTLP over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use contract::conformance::Transport;
use contract::endpoints;

use crate::cluster::Cluster;
use crate::people::{ANNA, key, request, sign_in};
use crate::program::Copy;

/// The first line and the body of each request.
type Got = Mutex<Vec<(String, Vec<u8>)>>;

/// A collector that keeps what it gets.
struct Collector {
    url: String,
    got: Arc<Got>,
}

impl Collector {
    fn start() -> Collector {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let got = Arc::new(Got::default());
        let kept = Arc::clone(&got);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || while take(&stream, &kept).is_some() {});
            }
        });
        Collector { url, got }
    }

    /// Whether some text stands in what it got; strings stand in protobuf as they are.
    fn has(&self, text: &[u8]) -> bool {
        let got = self.got.lock().expect("no panic");
        got.iter().any(|(_, body)| body.windows(text.len()).any(|part| part == text))
    }
}

/// Takes one request of a connection.
fn take(stream: &TcpStream, kept: &Got) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        (reader.read_line(&mut head).ok()? > 0).then_some(())?;
    }
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?.trim().parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    kept.lock().expect("no panic").push((head.lines().next()?.to_owned(), body));
    let mut stream = stream;
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n").ok()
}

#[test]
fn each_request_is_a_span_under_its_callers_trace_and_holds_nothing_of_anybody() {
    let (cluster, collector) = (Cluster::start(), Collector::start());
    let settings = [("PROEF_DEMONSTRATION", "true"), ("PROEF_OTLP_ENDPOINT", collector.url.as_str())];
    let mut copy = Copy::begin(&cluster.database(), &settings);
    copy.listens();
    sign_in(&copy.client());
    let mut asked = request(endpoints::CUSTOMERS, ANNA, "", "?q=rederijstorm", &(), &key());
    let trace: Vec<u8> = (1..=16).collect();
    let hex: String = trace.iter().map(|byte| format!("{byte:02x}")).collect();
    asked.headers.push(("traceparent".to_owned(), format!("00-{hex}-00f067aa0ba902b7-01")));
    assert_eq!(copy.client().send(&asked).expect("an answer").status, 200);
    // What is left goes when the copy stops.
    assert!(copy.terminate(), "{}", copy.log());
    let begun = Instant::now();
    while !collector.has(b"GET /api/v1/customers") {
        assert!(begun.elapsed() < Duration::from_secs(30), "no trace came:\n{}", copy.log());
        std::thread::yield_now();
    }
    assert!(collector.got.lock().expect("no panic").iter().all(|(line, _)| line == "post /v1/traces http/1.1"));
    for there in [&b"proef-server"[..], b"store.get", b"http.route", &trace] {
        assert!(collector.has(there), "{}", String::from_utf8_lossy(there));
    }
    for private in [&b"rederijstorm"[..], b"anna", b"noordzee"] {
        assert!(!collector.has(private), "{}", String::from_utf8_lossy(private));
    }
}

#[test]
fn a_collector_that_is_not_there_holds_up_nobody_and_is_told_once() {
    let cluster = Cluster::start();
    let settings = [("PROEF_DEMONSTRATION", "true"), ("PROEF_OTLP_ENDPOINT", "http://127.0.0.1:9")];
    let mut copy = Copy::begin(&cluster.database(), &settings);
    copy.listens();
    sign_in(&copy.client());
    let begun = Instant::now();
    assert!(copy.terminate(), "{}", copy.log());
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    assert_eq!(copy.log().matches("traces are lost").count(), 1, "{}", copy.log());
}
