//! The backend as a server: the router of `backend` on tokio, over PostgreSQL.
//!
//! It keeps nothing itself, so any number of copies can answer behind a balancer: PostgreSQL is the only
//! thing that has state, and decides which of the copies plays what time brings.

pub mod command;
pub mod config;
pub mod environment;
pub mod gate;
pub mod scheduler;
pub mod sessions;
pub mod sign_in;
pub mod store;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use backend::{Backend, Deployment};
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::environment::Surroundings;
use crate::gate::{Gate, Limits};
use crate::sessions::Sessions;
use crate::sign_in::SignIn;
use crate::store::PostgresStore;

/// For how long PostgreSQL is waited for at the start, in tries of a second: both may be started together.
const TRIES: u32 = 60;

/// Why the server could not start.
#[derive(Debug)]
pub enum StartError {
    /// `DATABASE_URL` is not the address of a database.
    DatabaseUrl(sqlx::Error),
    /// The tables could not be brought up to date.
    Migration(sqlx::migrate::MigrateError),
    /// People cannot be signed in as it is set.
    SignIn(String),
    /// The address to listen on is taken, or is not this machine's.
    Listen(SocketAddr, std::io::Error),
    /// Serving broke off.
    Serve(std::io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::DatabaseUrl(error) => write!(f, "DATABASE_URL: {error}"),
            StartError::Migration(error) => write!(f, "the tables cannot be brought up to date: {error}"),
            StartError::SignIn(why) => write!(f, "signing in: {why}"),
            StartError::Listen(address, error) => write!(f, "PROEF_LISTEN: cannot listen on {address}: {error}"),
            StartError::Serve(error) => write!(f, "serving broke off: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

/// A server that is ready to answer.
pub struct Server {
    listener: TcpListener,
    router: Router,
    backend: Arc<Backend>,
    sessions: Sessions,
    limits: Limits,
    options: PgConnectOptions,
}

impl Server {
    /// Brings the tables up to date and begins to listen.
    ///
    /// # Errors
    /// Why it cannot start.
    pub async fn start(config: Config) -> Result<Server, StartError> {
        let options = store::connect_options(&config.database.url).map_err(StartError::DatabaseUrl)?;
        let store = PostgresStore::new(options.clone(), config.database.connections_max);
        migrate(&options).await.map_err(StartError::Migration)?;
        let surroundings = Surroundings { demonstration: config.demonstration };
        let pool = store.pool().clone();
        let backend = Backend::new(Arc::new(store), Arc::new(surroundings), deployment(&config));
        let sessions = Sessions::new(pool.clone(), config.sign_in.idle, config.sign_in.absolute);
        let limits = Limits::new(&config.limits);
        let sign_in = SignIn::new(config.sign_in.provider, &config.web, pool, sessions.clone(), Arc::clone(&backend));
        let gate = Gate {
            backend: Arc::clone(&backend),
            sessions: sessions.clone(),
            limits: limits.clone(),
            console: config.web.address,
            demonstration: config.demonstration,
        };
        let router = gate.around(sign_in.map_err(StartError::SignIn)?.beside(backend.router()));
        let listener =
            TcpListener::bind(config.web.listen).await.map_err(|error| StartError::Listen(config.web.listen, error))?;
        Ok(Server { listener, router, backend, sessions, limits, options })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn address(&self) -> Result<SocketAddr, StartError> {
        self.listener.local_addr().map_err(StartError::Serve)
    }

    /// Answers requests and plays what time brings until `stop` is over; then it takes no new requests and
    /// answers those that are under way.
    ///
    /// # Errors
    /// When serving breaks off.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), StartError> {
        let playing = tokio::spawn(scheduler::run(self.backend, self.sessions, self.options));
        let forgetting = tokio::spawn(forget(self.limits));
        // Limits go by the address of the connection.
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(self.listener, service).with_graceful_shutdown(stop).await;
        playing.abort();
        forgetting.abort();
        served.map_err(StartError::Serve)
    }
}

/// Forgets now and then who has not asked for a while, so that the counts do not grow for ever.
async fn forget(limits: Limits) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        limits.forget();
    }
}

/// Migrates, and waits for a PostgreSQL that is still starting.
async fn migrate(options: &PgConnectOptions) -> Result<(), sqlx::migrate::MigrateError> {
    let mut tries = 0;
    loop {
        match store::migrate(options).await {
            Err(sqlx::migrate::MigrateError::Execute(error)) if tries < TRIES && is_starting(&error) => {
                tries += 1;
                tracing::warn!(%error, "PostgreSQL does not answer yet");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            other => return other,
        }
    }
}

/// Whether PostgreSQL is not there yet, or says that it is starting (SQLSTATE 57P03).
fn is_starting(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(error, sqlx::Error::Io(_)) || code.as_deref() == Some("57P03")
}

fn deployment(config: &Config) -> Deployment {
    Deployment {
        build: format!("server-{}", env!("CARGO_PKG_VERSION")),
        address: config.web.address.clone(),
        settings: config.console.clone(),
        demonstration: config.demonstration,
    }
}
