//! The backend as a server: the router of `backend` on tokio, over PostgreSQL.
//!
//! It keeps nothing itself, so any number of copies can answer behind a balancer: PostgreSQL is the only
//! thing that has state, and decides which of the copies plays what time brings.

pub mod command;
pub mod config;
pub mod environment;
pub mod gate;
pub mod mail;
pub mod operation;
pub mod scheduler;
pub mod sessions;
pub mod sign_in;
pub mod store;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use axum::Router;
use axum::middleware;
use backend::{Backend, Deployment};
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::{Config, Operation};
use crate::environment::Surroundings;
use crate::gate::{Gate, Limits};
use crate::mail::{MailError, Post};
use crate::operation::metrics::Metrics;
use crate::operation::ready::Readiness;
use crate::scheduler::Scheduler;
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
    Listen(&'static str, SocketAddr, std::io::Error),
    /// What is set for mail cannot be used.
    Mail(MailError),
    /// Serving broke off.
    Serve(std::io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::DatabaseUrl(error) => write!(f, "DATABASE_URL: {error}"),
            StartError::Migration(error) => write!(f, "the tables cannot be brought up to date: {error}"),
            StartError::SignIn(why) => write!(f, "signing in: {why}"),
            StartError::Listen(setting, address, error) => write!(f, "{setting}: cannot listen on {address}: {error}"),
            StartError::Mail(error) => error.fmt(f),
            StartError::Serve(error) => write!(f, "serving broke off: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

/// A server that is ready to answer.
pub struct Server {
    listener: TcpListener,
    router: Router,
    /// The address that is not public, with what it offers.
    private: Option<(TcpListener, Router)>,
    scheduler: Scheduler,
    limits: Limits,
    stopping: watch::Sender<bool>,
    operation: Operation,
}

impl Server {
    /// Brings the tables up to date and begins to listen.
    ///
    /// # Errors
    /// Why it cannot start.
    pub async fn start(config: Config) -> Result<Server, StartError> {
        let options = store::connect_options(&config.database.url).map_err(StartError::DatabaseUrl)?;
        let store = PostgresStore::new(options.clone(), config.database.connections_max);
        let pool = store.pool().clone();
        let post = config.mail.as_ref().map(Post::new).transpose().map_err(StartError::Mail)?;
        if post.is_none() && !config.demonstration {
            tracing::warn!("no mail server is set (PROEF_SMTP_HOST), so mails wait in the ledger");
        }
        migrate(&options).await.map_err(StartError::Migration)?;
        let (stopping, is_stopping) = watch::channel(false);
        let plays = Arc::new(AtomicBool::new(false));
        let metrics = Arc::new(Metrics::new(pool.clone(), config.database.connections_max, Arc::clone(&plays)));
        let readiness = Arc::new(Readiness { pool: pool.clone(), stopping: is_stopping.clone() });
        // A demonstration's mails stand in its Mailbox once they are handed over.
        let mails = post.is_some() || config.demonstration;
        let surroundings = Surroundings { demonstration: config.demonstration, post, mails: metrics.mails() };
        let backend = Backend::new(Arc::new(store), Arc::new(surroundings), deployment(&config));
        let sessions = Sessions::new(pool.clone(), config.sign_in.idle, config.sign_in.absolute);
        let limits = Limits::new(&config.limits);
        let demonstration = config.demonstration;
        let sign_in = SignIn::new(config.sign_in.provider, &config.web, pool, sessions.clone(), Arc::clone(&backend));
        let api = sign_in.map_err(StartError::SignIn)?.beside(backend.router(), demonstration);
        let gate = Gate {
            backend: Arc::clone(&backend),
            sessions: sessions.clone(),
            limits: limits.clone(),
            console: config.web.address,
            demonstration,
        };
        let observed = middleware::from_fn_with_state(Arc::clone(&metrics), operation::requests::observed);
        let router = gate.around(api).layer(observed).merge(operation::health(Arc::clone(&readiness)));
        let private = match config.operation.listen {
            Some(address) => {
                Some((listen(address, "PROEF_OPERATION_LISTEN").await?, operation::private(readiness, metrics)))
            }
            None => None,
        };
        Ok(Server {
            listener: listen(config.web.listen, "PROEF_LISTEN").await?,
            router,
            private,
            scheduler: Scheduler { backend, sessions, options, mails, stopping: is_stopping, plays },
            limits,
            stopping,
            operation: config.operation,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn address(&self) -> Result<SocketAddr, StartError> {
        self.listener.local_addr().map_err(StartError::Serve)
    }

    /// The address that is not public, where there is one.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn private_address(&self) -> Result<Option<SocketAddr>, StartError> {
        let private = self.private.as_ref().map(|(listener, _)| listener.local_addr());
        private.transpose().map_err(StartError::Serve)
    }

    /// Answers requests and plays what time brings until `stop` is over. Then `/readyz` answers 503 and nothing
    /// is played any more; new requests are taken for as long as is set, and those that are under way are
    /// answered after that, for a limited time.
    ///
    /// # Errors
    /// When serving breaks off.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), StartError> {
        let Server { listener, router, private, scheduler, limits, stopping, operation } = self;
        let playing = tokio::spawn(scheduler.run());
        let forgetting = tokio::spawn(forget(limits));
        // It watches to the very end, and ends with the process.
        let watched = private.map(|(listener, router)| tokio::spawn(async { axum::serve(listener, router).await }));
        let (closing, closed) = tokio::sync::oneshot::channel::<()>();
        let drained = async move {
            stop.await;
            stopping.send_replace(true);
            tokio::time::sleep(operation.drain).await;
            drop(closing);
        };
        let closes = async { drop(closed.await) };
        // Limits go by the address of the connection.
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async { axum::serve(listener, service).with_graceful_shutdown(closes).await });
        drained.await;
        let ended = async {
            let served = serving.await;
            // Its lock goes with it, so another copy takes over at once.
            drop(playing.await);
            served
        };
        let outcome = match tokio::time::timeout(operation.stop, ended).await {
            Ok(Ok(served)) => served.map_err(StartError::Serve),
            Ok(Err(broken)) => Err(StartError::Serve(std::io::Error::other(broken))),
            Err(_) => {
                tracing::warn!(seconds = operation.stop.as_secs(), "something was still under way at the end");
                Ok(())
            }
        };
        forgetting.abort();
        if let Some(watched) = watched {
            watched.abort();
        }
        outcome
    }
}

/// The backend over the database, brought up to date, for whoever does something else than answer requests.
///
/// # Errors
/// When the database cannot be used.
pub async fn backend(config: Config) -> Result<Arc<Backend>, StartError> {
    let options = store::connect_options(&config.database.url).map_err(StartError::DatabaseUrl)?;
    migrate(&options).await.map_err(StartError::Migration)?;
    let store = PostgresStore::new(options, config.database.connections_max);
    let metrics = Metrics::new(store.pool().clone(), config.database.connections_max, Arc::default());
    let surroundings = Surroundings { demonstration: config.demonstration, post: None, mails: metrics.mails() };
    Ok(Backend::new(Arc::new(store), Arc::new(surroundings), deployment(&config)))
}

/// Forgets now and then who has not asked for a while, so that the counts do not grow for ever.
async fn forget(limits: Limits) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        limits.forget();
    }
}

async fn listen(address: SocketAddr, setting: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|error| StartError::Listen(setting, address, error))
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
