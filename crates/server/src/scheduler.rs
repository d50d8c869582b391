//! What time alone brings, played by exactly one of all copies (L13).
//!
//! That one holds an advisory lock of the database, on a connection of its own. PostgreSQL lets go of the
//! lock when that connection ends, however the copy died, and the next one to ask takes over. Should two
//! play for a moment all the same, because a connection broke while its copy lives on, nothing happens
//! twice: each act of time and each mail is claimed by its version.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::sessions::Sessions;
use backend::Backend;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

/// The lock's number: the letters `proef` and 1. PostgreSQL's locks have numbers for names.
const LOCK: i64 = 0x7072_6f65_6601;

/// How often the copy that holds the lock looks for what time has brought.
const PLAYED_EVERY: Duration = Duration::from_secs(1);

/// How often the others ask for the lock: a copy that dies is replaced after this time.
const ASKED_EVERY: Duration = Duration::from_secs(5);

/// How often sessions that are over are deleted. They hold no longer anyway.
const SWEPT_EVERY: Duration = Duration::from_secs(60);

/// For how long PostgreSQL is waited for. A lock that nobody can confirm counts as lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// Plays what time brings for as long as this copy runs. It never gives up: while PostgreSQL is down it
/// asks again and again.
pub async fn run(backend: Arc<Backend>, sessions: Sessions, options: PgConnectOptions) {
    loop {
        match take(&options).await {
            Ok(Some(mut connection)) => {
                tracing::info!("this copy plays what time brings");
                hold(&backend, &sessions, &mut connection).await;
                tracing::warn!("this copy no longer plays what time brings");
                // Whatever is left of the connection holds the lock no longer than this.
                drop(connection.close_hard().await);
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "no copy can be chosen to play what time brings"),
        }
        tokio::time::sleep(ASKED_EVERY).await;
    }
}

/// A connection that holds the lock; `None` while another copy has it.
async fn take(options: &PgConnectOptions) -> Result<Option<PgConnection>, sqlx::Error> {
    let asked = async {
        let mut connection = options.connect().await?;
        let taken: bool =
            sqlx::query_scalar("SELECT pg_try_advisory_lock($1)").bind(LOCK).fetch_one(&mut connection).await?;
        match taken {
            true => Ok(Some(connection)),
            false => connection.close().await.map(|()| None),
        }
    };
    in_time(asked).await
}

/// Plays until the lock is lost.
async fn hold(backend: &Backend, sessions: &Sessions, connection: &mut PgConnection) {
    let mut failing = false;
    let mut swept: Option<Instant> = None;
    loop {
        if let Err(error) = in_time(connection.ping()).await {
            tracing::warn!(%error, "the connection that holds the lock broke");
            return;
        }
        match backend.play().await {
            Ok(()) => failing = false,
            // Once for each time of trouble: it is tried every second.
            Err(fault) if !failing => {
                failing = true;
                tracing::error!(?fault, "what time brings cannot be played");
            }
            Err(_) => {}
        }
        if swept.is_none_or(|at| at.elapsed() >= SWEPT_EVERY) {
            swept = Some(Instant::now());
            match sessions.sweep().await {
                Ok(0) => {}
                Ok(ended) => tracing::info!(ended, "sessions that are over were deleted"),
                Err(fault) => tracing::warn!(?fault, "sessions that are over cannot be deleted"),
            }
        }
        tokio::time::sleep(PLAYED_EVERY).await;
    }
}

async fn in_time<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(outcome) => outcome,
        Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
    }
}
