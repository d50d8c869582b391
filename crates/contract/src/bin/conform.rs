//! Runs the conformance suite against a base URL: `conform URL [PART OF A NAME]`.
//!
//! It throws away whatever demonstration data the backend there holds. Its last line is
//! `N passed, N failed`.

use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use contract::conformance::{Reply, Request, THEMES, Transport, run};
use ureq::http;

/// For how long an answer is waited for. Setting a clock forward by 400 days plays them all.
const PATIENCE: Duration = Duration::from_secs(180);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(base) = arguments.next() else {
        eprintln!("conform URL [PART OF A NAME]: which backend?");
        return ExitCode::FAILURE;
    };
    let filter = arguments.next().unwrap_or_default();
    let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
    let transport = Http { agent: config.build().new_agent(), base: base.trim_end_matches('/').to_owned() };
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut begun = Instant::now();
    let report = run(&transport, &format!("{:x}", since.as_millis()), THEMES, &filter, |verdict| {
        let taken = begun.elapsed().as_secs_f64();
        begun = Instant::now();
        let word = if verdict.why.is_none() { "ok    " } else { "FAILED" };
        println!("{word} {taken:>6.2} s  {}: {}", verdict.theme, verdict.case);
        if let Some(why) = &verdict.why {
            println!("       {why}");
        }
    });
    println!("{} passed, {} failed", report.passed(), report.failed().count());
    if report.failed().next().is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A backend behind HTTP.
struct Http {
    agent: ureq::Agent,
    base: String,
}

impl Transport for Http {
    fn send(&self, request: &Request) -> Result<Reply, String> {
        let mut builder = http::Request::builder().method(request.method).uri(format!("{}{}", self.base, request.path));
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let request = builder.body(request.body.clone()).map_err(|error| error.to_string())?;
        let mut response = self.agent.run(request).map_err(|error| error.to_string())?;
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned()));
        let (status, headers) = (response.status().as_u16(), headers.collect());
        let body = response.body_mut().read_to_string().map_err(|error| error.to_string())?;
        Ok(Reply { status, headers, body })
    }
}
