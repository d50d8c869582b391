//! Sign-ins that are under way, between the way to the provider and the way back.
//!
//! They stand in PostgreSQL and not in the browser: the row is taken away as it is read, so an answer of the
//! provider counts once, and any copy can take it. What the browser keeps is a secret of its own, the same for
//! all its tabs, so that nobody can finish in one browser what was begun in another.

use std::time::Duration;

use backend::store::Fault;
use sqlx::{PgPool, Row};

use crate::sessions::{hash, interval};
use crate::store::in_time;

/// For how long a sign-in may take. The person may have to fetch a second factor, or be asked for a new
/// password.
pub const LASTS: Duration = Duration::from_secs(600);

/// What has to be known again when the provider answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What the ID token has to hold.
    pub nonce: String,
    /// What proves to the provider that the same server asks (PKCE).
    pub verifier: String,
    /// The path of the console that is opened afterwards.
    pub destination: String,
}

/// The attempts of a database.
#[derive(Clone, Debug)]
pub struct Attempts {
    pool: PgPool,
}

impl Attempts {
    /// Attempts in a database.
    pub fn new(pool: PgPool) -> Attempts {
        Attempts { pool }
    }

    /// Keeps an attempt under its state, for the browser with a hash.
    ///
    /// # Errors
    /// A fault when PostgreSQL cannot answer.
    pub async fn keep(&self, state: &str, browser: &str, attempt: &Attempt) -> Result<(), Fault> {
        let text = "INSERT INTO sign_in_attempts (state, browser, nonce, verifier, destination, ends) \
                    VALUES ($1, $2, $3, $4, $5, now() + $6)";
        let query = sqlx::query(text).bind(hash(state)).bind(browser).bind(&attempt.nonce).bind(&attempt.verifier);
        let query = query.bind(&attempt.destination).bind(interval(LASTS));
        in_time(query.execute(&self.pool)).await?;
        Ok(())
    }

    /// Takes an attempt out, if the same browser answers it in time. Nobody gets it a second time, and nobody
    /// else takes it away.
    ///
    /// # Errors
    /// A fault when PostgreSQL cannot answer.
    pub async fn take(&self, state: &str, browser: &str) -> Result<Option<Attempt>, Fault> {
        let text = "DELETE FROM sign_in_attempts WHERE state = $1 AND browser = $2 AND ends > now() \
                    RETURNING nonce, verifier, destination";
        in_time(async {
            let query = sqlx::query(text).bind(hash(state)).bind(browser);
            let Some(row) = query.fetch_optional(&self.pool).await? else { return Ok(None) };
            Ok(Some(Attempt {
                nonce: row.try_get("nonce")?,
                verifier: row.try_get("verifier")?,
                destination: row.try_get("destination")?,
            }))
        })
        .await
    }
}
