//! Whether this copy can answer requests.

use std::fmt;
use std::time::Duration;

use sqlx::PgPool;
use tokio::sync::watch;

use crate::store;

/// For how long PostgreSQL is waited for. Balancers ask every few seconds and wait no longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a copy is not ready. Whoever asks from outside is told no more than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// It was asked to stop.
    Stopping,
    /// PostgreSQL gives no answer.
    Database,
    /// The tables are those of an older build.
    Tables {
        /// The migration that they are at.
        found: i64,
        /// The one that this build needs.
        needed: i64,
    },
}

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotReady::Stopping => f.write_str("not ready: this copy is stopping"),
            NotReady::Database => f.write_str("not ready: PostgreSQL does not answer"),
            NotReady::Tables { found, needed } => {
                write!(f, "not ready: the tables are at migration {found}, and this build needs {needed}")
            }
        }
    }
}

/// Says whether this copy is ready.
#[derive(Debug)]
pub struct Readiness {
    /// Connections to the database that requests use as well.
    pub pool: PgPool,
    /// Whether the server is to stop.
    pub stopping: watch::Receiver<bool>,
}

impl Readiness {
    /// Asks at this moment.
    ///
    /// # Errors
    /// Why requests are better sent to another copy.
    pub async fn check(&self) -> Result<(), NotReady> {
        if *self.stopping.borrow() {
            return Err(NotReady::Stopping);
        }
        let found = match tokio::time::timeout(PATIENCE, store::migrated(&self.pool)).await {
            Ok(Ok(found)) => found,
            Ok(Err(_)) | Err(_) => return Err(NotReady::Database),
        };
        // Tables of a newer build are no hindrance: while copies are replaced one by one, older ones go on.
        let needed = store::NEWEST;
        if found < needed { Err(NotReady::Tables { found, needed }) } else { Ok(()) }
    }
}
