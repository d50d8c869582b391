//! What time alone brings, played by exactly one of all copies (L13), and the mails that it hands over (L8).
//!
//! That one holds an advisory lock of the database, on a connection of its own. PostgreSQL lets go of the
//! lock when that connection ends, however the copy died, and the next one to ask takes over. Should two
//! play for a moment all the same, because a connection broke while its copy lives on, nothing happens
//! twice: each act of time and each mail is claimed by its version.
//!
//! Time and mails are played beside each other: a mail server that takes half a minute for each mail holds
//! up no notice and no closing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::sessions::Sessions;
use backend::Backend;
use backend::store::Fault;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use tokio::sync::watch;

/// The lock's number: the letters `proef` and 1. PostgreSQL's locks have numbers for names.
const LOCK: i64 = 0x7072_6f65_6601;

/// How often the copy that holds the lock looks for what time has brought, and for mails that wait.
const PLAYED_EVERY: Duration = Duration::from_secs(1);

/// How often the others ask for the lock: a copy that dies is replaced after this time.
const ASKED_EVERY: Duration = Duration::from_secs(5);

/// How often sessions that are over are deleted. They hold no longer anyway.
const SWEPT_EVERY: Duration = Duration::from_secs(60);

/// For how long PostgreSQL is waited for. A lock that nobody can confirm counts as lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// Plays what time brings, in turn with the other copies.
pub struct Scheduler {
    /// What is played.
    pub backend: Arc<Backend>,
    /// The sessions, of which those that are over are deleted.
    pub sessions: Sessions,
    /// The database whose lock says which copy plays.
    pub options: PgConnectOptions,
    /// Whether there is somebody to hand mails to. Without one they wait as they are.
    pub mails: bool,
    /// Whether the server is to stop.
    pub stopping: watch::Receiver<bool>,
    /// Whether this copy plays at present, for whoever watches.
    pub plays: Arc<AtomicBool>,
}

impl Scheduler {
    /// Plays until the server stops. It never gives up: while PostgreSQL is down it asks again and again.
    pub async fn run(self) {
        while !self.is_stopping() {
            match take(&self.options).await {
                Ok(Some(mut connection)) => {
                    tracing::info!("this copy plays what time brings");
                    self.plays.store(true, Ordering::Relaxed);
                    self.hold(&mut connection).await;
                    self.plays.store(false, Ordering::Relaxed);
                    tracing::warn!("this copy no longer plays what time brings");
                    // Whatever is left of the connection holds the lock no longer than this.
                    drop(connection.close_hard().await);
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "no copy can be chosen to play what time brings"),
            }
            self.pause(ASKED_EVERY).await;
        }
    }

    fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Waits until the server stops.
    async fn stopped(&self) {
        // Whoever could say so being gone is the same.
        drop(self.stopping.clone().wait_for(|stopping| *stopping).await);
    }

    async fn pause(&self, time: Duration) {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            () = self.stopped() => {}
        }
    }

    /// Plays until the lock is lost or the server stops.
    async fn hold(&self, connection: &mut PgConnection) {
        let lost = AtomicBool::new(false);
        let goes_on = || !lost.load(Ordering::Relaxed) && !self.is_stopping();
        let time = async {
            // Playing may be broken off anywhere: each organisation is one commit.
            tokio::select! {
                () = self.pass_time(connection) => {}
                () = self.stopped() => {}
            }
            lost.store(true, Ordering::Relaxed);
        };
        let mails = async {
            let mut trouble = Trouble::with("mails cannot be handed over");
            while self.mails && goes_on() {
                trouble.note(self.backend.hand_over(&goes_on).await);
                self.pause(PLAYED_EVERY).await;
            }
        };
        tokio::join!(time, mails);
    }

    /// Plays what time brings until the connection that holds the lock breaks.
    async fn pass_time(&self, connection: &mut PgConnection) {
        let mut trouble = Trouble::with("what time brings cannot be played");
        let mut of_sessions = Trouble::with("sessions that are over cannot be deleted");
        let mut swept: Option<Instant> = None;
        loop {
            if let Err(error) = in_time(connection.ping()).await {
                tracing::warn!(%error, "the connection that holds the lock broke");
                return;
            }
            trouble.note(self.backend.pass_time().await);
            if swept.is_none_or(|at| at.elapsed() >= SWEPT_EVERY) {
                swept = Some(Instant::now());
                of_sessions.note(self.sessions.sweep().await.map(drop));
            }
            tokio::time::sleep(PLAYED_EVERY).await;
        }
    }
}

/// Tells of trouble once for each time that it lasts: everything is tried every second.
struct Trouble {
    what: &'static str,
    told: bool,
}

impl Trouble {
    fn with(what: &'static str) -> Trouble {
        Trouble { what, told: false }
    }

    fn note(&mut self, outcome: Result<(), Fault>) {
        match outcome {
            Ok(()) => self.told = false,
            Err(fault) if !self.told => {
                self.told = true;
                tracing::error!(?fault, "{}", self.what);
            }
            Err(_) => {}
        }
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

async fn in_time<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(outcome) => outcome,
        Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
    }
}
