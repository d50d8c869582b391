//! Keeping the index: written in the transaction that writes the rows.

use std::collections::BTreeMap;

use rules::customers::CustomerRow;
use rules::ids::PartnerId;
use sqlx::{Connection, PgConnection, Row};

use super::period::{FORMAT, Period, periods};
use crate::store::keys;

/// Rows that are derived together when all are.
const TOGETHER: i64 = 1000;

/// The changes of counts: how many more there are, by partner, instant, status and whether they left.
type Counts = BTreeMap<(String, i64, i64, bool), i64>;

/// Derives what the index holds of some customers, by the keys of their rows: of those that are gone,
/// nothing. What is over at `now` is left out, where that is given. It comes last in a transaction, because many of
/// one partner change the same counts, and have to wait for each other from here on.
pub(in crate::store) async fn derive<'a>(
    transaction: &mut PgConnection,
    rows: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    now: Option<i64>,
) -> Result<(), sqlx::Error> {
    let (mut partners, mut ids) = (Vec::new(), Vec::new());
    let mut all: Vec<Period> = Vec::new();
    for (key, json) in rows {
        let key = keys::read(key.to_owned());
        // A key of another form names no customer of a partner, and no list shows it.
        let Some((partner, id)) = key.split_once('/') else { continue };
        partners.push(super::period::stored_text(partner));
        ids.push(super::period::stored_text(id));
        if let Some(json) = json {
            let row: CustomerRow = serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()))?;
            all.extend(periods(&PartnerId(partner.to_owned()), &row, now));
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    let mut counts = Counts::new();
    let gone = sqlx::query(
        "DELETE FROM customer_periods AS present USING unnest($1::text[], $2::text[]) AS changed (partner, id) \
         WHERE present.partner = changed.partner AND present.id = changed.id \
         RETURNING present.partner, valid_from, valid_until, by_status, left_list",
    );
    for row in gone.bind(&partners).bind(&ids).fetch_all(&mut *transaction).await? {
        let of = (row.try_get("partner")?, row.try_get("by_status")?, row.try_get("left_list")?);
        count(&mut counts, of, (row.try_get("valid_from")?, row.try_get("valid_until")?), -1);
    }
    for period in &all {
        let of = (period.partner.clone(), period.by_status, period.left_list);
        count(&mut counts, of, (period.valid_from, period.valid_until), 1);
    }
    store(transaction, &all).await?;
    store_counts(transaction, counts).await
}

/// Counts a period at its beginning, and no more at its end.
fn count(counts: &mut Counts, (partner, status, left): (String, i64, bool), (from, until): (i64, i64), by: i64) {
    *counts.entry((partner.clone(), from, status, left)).or_default() += by;
    if until != i64::MAX {
        *counts.entry((partner, until, status, left)).or_default() -= by;
    }
}

async fn store(transaction: &mut PgConnection, periods: &[Period]) -> Result<(), sqlx::Error> {
    if periods.is_empty() {
        return Ok(());
    }
    // Column by column there would be two dozen arrays; PostgreSQL reads the columns by their names.
    let json = serde_json::to_string(periods).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let text = "INSERT INTO customer_periods SELECT * FROM json_populate_recordset(NULL::customer_periods, $1::json)";
    sqlx::query(text).bind(json).execute(transaction).await?;
    Ok(())
}

async fn store_counts(transaction: &mut PgConnection, counts: Counts) -> Result<(), sqlx::Error> {
    let counts: Vec<_> = counts.into_iter().filter(|(_, change)| *change != 0).collect();
    if counts.is_empty() {
        return Ok(());
    }
    let partners: Vec<&str> = counts.iter().map(|((partner, ..), _)| partner.as_str()).collect();
    let at: Vec<i64> = counts.iter().map(|((_, at, ..), _)| *at).collect();
    let statuses: Vec<i64> = counts.iter().map(|((_, _, status, _), _)| *status).collect();
    let left: Vec<bool> = counts.iter().map(|((.., left), _)| *left).collect();
    let changes: Vec<i64> = counts.iter().map(|(_, change)| *change).collect();
    // In one order, so that nobody waits for whoever waits for them.
    let text = "INSERT INTO customer_counts AS present (partner, at, status, left_list, change) \
                SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[], $5::bigint[]) \
                AS new (partner, at, status, left_list, change) \
                ORDER BY partner COLLATE \"C\", at, status, left_list \
                ON CONFLICT (partner, at, status, left_list) \
                DO UPDATE SET change = present.change + excluded.change";
    let query = sqlx::query(text).bind(&partners).bind(&at).bind(&statuses).bind(&left).bind(&changes);
    query.execute(&mut *transaction).await?;
    let text = "DELETE FROM customer_counts AS present \
                USING unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[]) AS new (partner, at, status, left_list) \
                WHERE present.partner = new.partner AND present.at = new.at AND present.status = new.status \
                AND present.left_list = new.left_list AND present.change = 0";
    let query = sqlx::query(text).bind(&partners).bind(&at).bind(&statuses).bind(&left);
    query.execute(transaction).await?;
    Ok(())
}

/// Throws the whole index away.
pub(in crate::store) async fn clear(transaction: &mut PgConnection) -> Result<(), sqlx::Error> {
    for text in ["DELETE FROM customer_periods", "DELETE FROM customer_counts"] {
        sqlx::query(text).execute(&mut *transaction).await?;
    }
    Ok(())
}

/// Derives the index anew if another build derived it in another way, or nobody has yet. Several copies may
/// do it at once; one does, and the others wait for it.
pub(in crate::store) async fn derive_anew(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    if is_derived(&mut transaction).await? {
        return Ok(());
    }
    // Nobody writes a row meanwhile that would be missed, and of several copies one does it.
    let text = "LOCK TABLE customers, customer_periods, customer_counts, customers_derived IN EXCLUSIVE MODE";
    sqlx::query(text).execute(&mut *transaction).await?;
    if is_derived(&mut transaction).await? {
        return Ok(());
    }
    clear(&mut transaction).await?;
    let (mut after, mut customers) = (String::new(), 0);
    loop {
        let text = "SELECT key, json FROM customers WHERE key > $1 ORDER BY key LIMIT $2";
        let rows = sqlx::query(text).bind(&after).bind(TOGETHER).fetch_all(&mut *transaction).await?;
        let rows = rows.iter().map(|row| Ok((row.try_get("key")?, row.try_get("json")?)));
        let rows: Vec<(String, String)> = rows.collect::<Result<_, sqlx::Error>>()?;
        let Some((last, _)) = rows.last() else { break };
        derive(&mut transaction, rows.iter().map(|(key, json)| (key.as_str(), Some(json.as_str()))), None).await?;
        after = last.clone();
        customers += rows.len();
    }
    sqlx::query("DELETE FROM customers_derived").execute(&mut *transaction).await?;
    sqlx::query("INSERT INTO customers_derived (format) VALUES ($1)").bind(FORMAT).execute(&mut *transaction).await?;
    transaction.commit().await?;
    tracing::info!(customers, "the index of customers was derived anew");
    Ok(())
}

/// Whether the index is of this build's way, or of a newer one's, which an older copy leaves alone.
async fn is_derived(transaction: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let text = "SELECT max(format) FROM customers_derived";
    let found: Option<i64> = sqlx::query_scalar(text).fetch_one(transaction).await?;
    Ok(found.is_some_and(|found| found >= FORMAT))
}
