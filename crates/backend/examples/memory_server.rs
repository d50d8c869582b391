//! The backend with its demonstration data over a store in memory, served on this computer for tests
//! of the API from outside: `cargo run -p backend --example memory_server -- PORT`. Port 0 takes any
//! free one; the first line of the output is the address.
//!
//! Whom a request comes from is said by the header `proef-visit`: each value of it is a visit of its
//! own, in which another person can be signed in.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Started};

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::{Next, from_fn};
use backend::store::MemoryStore;
use backend::{Backend, Deployment, Environment};
use contract::VISIT_HEADER;
use contract::session::Settings;
use rules::clock::Instant;

/// How often what time alone brings is played.
const PLAYED_EVERY: Duration = Duration::from_secs(1);

/// When every run begins, in milliseconds since 1970: 2026-03-02, 09:00 UTC.
const BEGINS: i64 = 1_772_442_000_000;

/// A clock that begins on the same day in every run, and dice that are thrown alike: a test that failed
/// can be repeated.
struct Shell {
    started: Started,
    thrown: AtomicU64,
}

#[async_trait::async_trait]
impl Environment for Shell {
    fn now(&self) -> Instant {
        let millis = i64::try_from(self.started.elapsed().as_millis()).unwrap_or_default();
        Instant::from_timestamp_millis(BEGINS + millis).unwrap_or_default()
    }

    fn random(&self, bytes: &mut [u8]) {
        let thrown = u128::from(self.thrown.fetch_add(1, Ordering::SeqCst));
        for (byte, counted) in bytes.iter_mut().rev().zip(thrown.to_be_bytes().iter().rev()) {
            *byte = *counted;
        }
    }

    fn visit(&self, headers: &HeaderMap) -> String {
        headers.get(VISIT_HEADER).and_then(|visit| visit.to_str().ok()).unwrap_or_default().to_owned()
    }

    fn report(&self, trouble: &str) {
        eprintln!("{trouble}");
    }
}

fn deployment() -> Deployment {
    Deployment {
        build: "memory".to_owned(),
        address: "http://127.0.0.1".to_owned(),
        settings: Settings {
            site_domain: "webex.com".to_owned(),
            trials_team_email: "trials@trials.example".to_owned(),
            device_extension_email: "extensions@trials.example".to_owned(),
            information_email: "information@trials.example".to_owned(),
            ..Settings::default()
        },
        demonstration: true,
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = std::env::args().nth(1).unwrap_or_else(|| "0".to_owned()).parse()?;
    // One thread: requests are still answered side by side, and one run is like the next.
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(serve(port))
}

async fn serve(port: u16) -> Result<(), Box<dyn Error>> {
    let shell = Arc::new(Shell { started: Started::now(), thrown: AtomicU64::new(1) });
    let backend = Backend::new(Arc::new(MemoryStore::default()), shell, deployment());
    let router = backend.router();
    let played = Arc::clone(&backend);
    tokio::task::spawn(async move {
        loop {
            if let Err(fault) = played.play().await {
                eprintln!("{fault:?}");
            }
            tokio::time::sleep(PLAYED_EVERY).await;
        }
    });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{}", listener.local_addr()?);
    // A panic must look like what it is, not like a connection that broke.
    let guarded = router.layer(from_fn(|request: Request, next: Next| async move {
        let line = format!("{} {}", request.method(), request.uri());
        match tokio::task::spawn(next.run(request)).await {
            Ok(response) => response,
            Err(panic) => {
                eprintln!("{line}: {panic}");
                let mut response = axum::response::Response::new(Body::from(panic.to_string()));
                *response.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
                response
            }
        }
    }));
    axum::serve(listener, guarded).await?;
    Ok(())
}
