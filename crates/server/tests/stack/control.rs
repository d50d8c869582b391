//! What the servers need is stopped and started while people work: `DELETE /NAME` and `PUT /NAME`, where
//! the name is `postgresql`, `identity-provider` or `mails`. `GET /mails` is what the mail server took.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;

use crate::cluster::Cluster;
use crate::identity_provider::IdentityProvider;
use crate::sink::Sink;

/// What the servers need.
pub struct Needed {
    /// PostgreSQL, unless it is somebody else's.
    pub cluster: Option<Cluster>,
    pub provider: IdentityProvider,
    pub sink: Sink,
}

type Shared = Arc<Mutex<Needed>>;

/// Listens on this machine until the program ends, and tells where.
pub fn begin(needed: Shared) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            listener.set_nonblocking(true).expect("it can be");
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            let changes = get(mails).put(start).delete(stop);
            let router = Router::new().route("/{name}", changes).with_state(needed);
            axum::serve(listener, router).await.expect("it serves");
        });
    });
    address
}

async fn mails(State(needed): State<Shared>) -> impl IntoResponse {
    let mails = needed.lock().expect("no panic").sink.mails();
    ([(header::CONTENT_TYPE, "application/json")], mails)
}

async fn start(State(needed): State<Shared>, Path(name): Path<String>) -> StatusCode {
    let mut needed = needed.lock().expect("no panic");
    match (name.as_str(), &mut *needed) {
        ("postgresql", Needed { cluster: Some(cluster), .. }) => cluster.run(),
        ("identity-provider", Needed { provider, .. }) => provider.run(),
        ("mails", Needed { sink, .. }) => sink.run(),
        _ => return StatusCode::NOT_FOUND,
    }
    StatusCode::NO_CONTENT
}

async fn stop(State(needed): State<Shared>, Path(name): Path<String>) -> StatusCode {
    let mut needed = needed.lock().expect("no panic");
    match (name.as_str(), &mut *needed) {
        ("postgresql", Needed { cluster: Some(cluster), .. }) => cluster.stop(),
        ("identity-provider", Needed { provider, .. }) => provider.stop(),
        ("mails", Needed { sink, .. }) => sink.stop(),
        _ => return StatusCode::NOT_FOUND,
    }
    StatusCode::NO_CONTENT
}
