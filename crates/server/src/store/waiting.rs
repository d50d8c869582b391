//! What waits in the database, for whoever watches.

use sqlx::{PgPool, Row};

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// How many mails wait to be handed over.
    pub mails: f64,
    /// How many seconds ago the oldest of them was written; 0 where none waits.
    pub oldest_seconds: f64,
    /// By how many seconds the earliest thing that is due is late; 0 where nothing is late.
    pub due_lag_seconds: f64,
}

/// Asks what waits, by the database's clock.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn waiting(pool: &PgPool) -> Result<Waiting, sqlx::Error> {
    // Keys of what is due begin with the day and the millisecond, so the first one is the earliest. It is asked for
    // by the index, and the table may hold a line for every organisation.
    let text = "SELECT count(*)::float8 AS mails, \
         coalesce(extract(epoch FROM now() - min((mails.json::jsonb->>'written')::timestamptz)), 0)::float8 AS oldest, \
         greatest(0, coalesce(extract(epoch FROM now()) - \
             (SELECT split_part(key, '/', 2)::float8 / 1000 FROM due ORDER BY key LIMIT 1), 0))::float8 AS lag \
         FROM outbox LEFT JOIN mails USING (key)";
    let row = sqlx::query(text).fetch_one(pool).await?;
    Ok(Waiting {
        mails: row.try_get("mails")?,
        oldest_seconds: row.try_get("oldest")?,
        due_lag_seconds: row.try_get("lag")?,
    })
}
