//! The turn of periods: those that have begun take the place of those that are over.

use backend::store::{Commit, Expectation};
use sqlx::{PgPool, Row};

use super::derive::derive;
use crate::store::commit::Planned;

/// Customers that are turned in one transaction. Acts on these wait for it.
const TOGETHER: i64 = 100;

/// Turns some customers of which another period has begun by an instant, in milliseconds since 1970, as long as records
/// are of the versions that are expected; whether there were any.
pub(super) async fn turn(pool: &PgPool, now: i64, expect: &[Expectation]) -> Result<bool, sqlx::Error> {
    // Rows are locked as an act locks them, so what is derived is derived of the row as it is then.
    let text = "SELECT key, json FROM customers WHERE key = ANY(ARRAY( \
                    SELECT partner || '/' || id FROM customers_to_come \
                    WHERE valid_from <= $1 ORDER BY valid_from LIMIT $2 \
                )) ORDER BY key FOR UPDATE";
    let mut transaction = pool.begin().await?;
    let rows = sqlx::query(text).bind(now).bind(TOGETHER).fetch_all(&mut *transaction).await?;
    let rows = rows.iter().map(|row| Ok((row.try_get("key")?, row.try_get("json")?)));
    let rows: Vec<(String, String)> = rows.collect::<Result<_, sqlx::Error>>()?;
    // Looked at once the rows are locked: whoever makes all data anew waits from here on.
    let commit = Commit { expect: expect.to_vec(), ..Commit::default() };
    if !Planned::of(commit).holds(&mut transaction).await? {
        return Ok(false);
    }
    let changed = rows.iter().map(|(key, json)| (key.as_str(), Some(json.as_str())));
    derive(&mut transaction, changed, Some(now)).await?;
    transaction.commit().await?;
    Ok(!rows.is_empty())
}
