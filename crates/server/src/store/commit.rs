//! A commit as one transaction.
//!
//! Records that are there are locked first, all that the commit touches, in one order: by table and key.
//! Then everything is written in the same order. So two commits that touch the same records wait for each
//! other and do not deadlock; where PostgreSQL sees one all the same, or a key that another transaction
//! made in between, the whole transaction is tried again and finds what is there by then.

use std::collections::{BTreeMap, BTreeSet};

use backend::store::{Commit, Outcome, Put, Record, TableName};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Row};

use super::customers::{self, derive};
use super::faults::met_another;
use super::table::{name, sql};
use super::{keys, record, version};

/// How often a commit that met another one is tried again.
const ATTEMPTS: usize = 10;

/// What a commit does to one table. Keys are those that are stored.
#[derive(Debug, Default)]
struct OfTable {
    /// Versions that must hold.
    expect: BTreeMap<String, Option<u64>>,
    delete: BTreeSet<String>,
    /// What is stored, and how often it was put: each raises the version by one.
    put: BTreeMap<String, (String, i64)>,
}

impl OfTable {
    /// Every key that it touches.
    fn touched(&self) -> BTreeSet<&str> {
        self.expect.keys().chain(&self.delete).chain(self.put.keys()).map(String::as_str).collect()
    }

    /// Keys that must not be there and are not stored either.
    fn held(&self) -> impl Iterator<Item = &str> {
        let held = self.expect.iter().filter(|(key, version)| version.is_none() && !self.put.contains_key(*key));
        held.map(|(key, _)| key.as_str())
    }
}

/// A commit, sorted by table and key.
#[derive(Debug)]
pub(super) struct Planned {
    clear: bool,
    tables: BTreeMap<TableName, OfTable>,
    receipt: Option<(TableName, String)>,
    /// Two expectations of one record that differ: they cannot hold.
    contradicts: bool,
}

impl Planned {
    pub(super) fn of(commit: Commit) -> Planned {
        let Commit { clear, expect, put, delete, receipt } = commit;
        let mut tables: BTreeMap<TableName, OfTable> = BTreeMap::new();
        let mut contradicts = false;
        for each in expect {
            let key = keys::stored(&each.key).into_owned();
            let before = tables.entry(each.table).or_default().expect.insert(key, each.version);
            contradicts |= before.is_some_and(|before| before != each.version);
        }
        for (table, key) in delete {
            tables.entry(table).or_default().delete.insert(keys::stored(&key).into_owned());
        }
        let kept = receipt.as_ref().map(|receipt| (receipt.table, keys::stored(&receipt.key).into_owned()));
        if let Some((table, key)) = &kept {
            // It was looked up before; that nobody else stores it meanwhile is its uniqueness.
            tables.entry(*table).or_default().expect.insert(key.clone(), None);
        }
        for Put { table, key, json } in put.into_iter().chain(receipt) {
            let put = &mut tables.entry(table).or_default().put;
            let times = put.get(&*keys::stored(&key)).map_or(0, |(_, times)| *times);
            put.insert(keys::stored(&key).into_owned(), (json, times + 1));
        }
        Planned { clear, tables, receipt: kept, contradicts }
    }

    /// Stores all of it, or nothing.
    pub(super) async fn run(&self, pool: &PgPool) -> Result<Outcome, sqlx::Error> {
        let mut last = None;
        for _ in 0..ATTEMPTS {
            // A transaction that is dropped is rolled back.
            let mut transaction = pool.begin().await?;
            let outcome = match self.within(&mut transaction).await {
                Ok(Outcome::Stored) => transaction.commit().await.map(|()| Outcome::Stored),
                Ok(other) => transaction.rollback().await.map(|()| other),
                Err(Interruption::Error(error)) => Err(error),
                Err(Interruption::CameInBetween) => {
                    transaction.rollback().await?;
                    continue;
                }
            };
            match outcome {
                Err(error) if met_another(&error) => {
                    tracing::debug!(%error, "a commit met another one and is tried again");
                    last = Some(error);
                }
                other => return other,
            }
        }
        // A key that comes and goes: whoever asked gathers the facts anew.
        last.map_or(Ok(Outcome::Conflict), Err)
    }

    async fn within(&self, transaction: &mut PgConnection) -> Result<Outcome, Interruption> {
        if self.clear {
            lock_all(transaction).await?;
        }
        if let Some(record) = self.receipt(transaction).await? {
            return Ok(Outcome::Repeated(record));
        }
        if self.contradicts || !self.holds(transaction).await? {
            // The same act may have been stored since its receipt was looked for, and be what stands in the
            // way: each statement sees what was stored until it began.
            let receipt = self.receipt(transaction).await?;
            return Ok(receipt.map_or(Outcome::Conflict, Outcome::Repeated));
        }
        if self.clear {
            clear(transaction).await?;
        }
        for (table, of_table) in &self.tables {
            write(transaction, *table, of_table).await?;
        }
        if let Some(of_table) = self.tables.get(&TableName::Customers) {
            let put = of_table.put.iter().map(|(key, (json, _))| (key.as_str(), Some(json.as_str())));
            let gone = of_table.delete.iter().filter(|key| !of_table.put.contains_key(*key));
            derive(transaction, put.chain(gone.map(|key| (key.as_str(), None))), None).await?;
        }
        Ok(Outcome::Stored)
    }

    /// The receipt of the act, if it was done before.
    async fn receipt(&self, transaction: &mut PgConnection) -> Result<Option<Record>, sqlx::Error> {
        let Some((table, key)) = &self.receipt else { return Ok(None) };
        let text = "SELECT version, json FROM {table} WHERE key = $1";
        let found = sqlx::query(sql(text, *table)).bind(key).fetch_optional(transaction).await?;
        found.as_ref().map(record).transpose()
    }

    /// Locks the records that are touched, and compares the versions that are expected.
    pub(super) async fn holds(&self, transaction: &mut PgConnection) -> Result<bool, sqlx::Error> {
        for (table, of_table) in &self.tables {
            let touched: Vec<&str> = of_table.touched().into_iter().collect();
            let text = "SELECT key, version FROM {table} WHERE key = ANY($1) ORDER BY key FOR UPDATE";
            let rows = sqlx::query(sql(text, *table)).bind(&touched).fetch_all(&mut *transaction).await?;
            let mut found = BTreeMap::new();
            for row in &rows {
                found.insert(row.try_get::<String, _>("key")?, version(row, "version")?);
            }
            if of_table.expect.iter().any(|(key, version)| found.get(key) != version.as_ref()) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What ends a transaction before it is over.
enum Interruption {
    /// PostgreSQL did.
    Error(sqlx::Error),
    /// A key that must not be there came in between.
    CameInBetween,
}

impl From<sqlx::Error> for Interruption {
    fn from(error: sqlx::Error) -> Interruption {
        Interruption::Error(error)
    }
}

/// Takes away, then stores, as [`Commit`] says.
async fn write(transaction: &mut PgConnection, table: TableName, of_table: &OfTable) -> Result<(), Interruption> {
    delete(transaction, table, of_table.delete.iter().map(String::as_str).collect()).await?;
    // A key that must not be there and is not stored either is held by storing it and taking it away again:
    // nobody else stores it until this transaction is over.
    let held = of_table.held().map(|key| (key, ("", 1)));
    let put = of_table.put.iter().map(|(key, (json, times))| (key.as_str(), (json.as_str(), *times)));
    let stored: BTreeMap<&str, (&str, i64)> = put.chain(held).collect();
    if stored.is_empty() {
        return Ok(());
    }
    let (mut keys, mut texts, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for (key, (json, count)) in stored {
        keys.push(key);
        texts.push(json);
        times.push(count);
    }
    let text = "INSERT INTO {table} AS present (key, version, json) \
                SELECT key, times, json FROM unnest($1::text[], $2::text[], $3::bigint[]) AS new (key, json, times) \
                ORDER BY key COLLATE \"C\" \
                ON CONFLICT (key) DO UPDATE SET version = present.version + excluded.version, json = excluded.json \
                RETURNING key, version";
    let query = sqlx::query(sql(text, table)).bind(&keys).bind(&texts).bind(&times);
    let rows = query.fetch_all(&mut *transaction).await?;
    for row in &rows {
        let (key, version): (String, i64) = (row.try_get("key")?, row.try_get("version")?);
        let put = of_table.put.get(&key).map_or(1, |(_, times)| *times);
        if of_table.expect.get(&key) == Some(&None) && version != put {
            return Err(Interruption::CameInBetween);
        }
    }
    delete(transaction, table, of_table.held().collect()).await?;
    Ok(())
}

async fn delete(transaction: &mut PgConnection, table: TableName, gone: Vec<&str>) -> Result<(), sqlx::Error> {
    if !gone.is_empty() {
        let text = "DELETE FROM {table} WHERE key = ANY($1)";
        sqlx::query(sql(text, table)).bind(&gone).execute(transaction).await?;
    }
    Ok(())
}

/// Keeps everybody else from writing until the transaction is over: a record that is stored while all
/// others are thrown away would outlive them.
async fn lock_all(transaction: &mut PgConnection) -> Result<(), sqlx::Error> {
    let names = TableName::ALL.map(name).join(", ");
    sqlx::query(AssertSqlSafe(format!("LOCK TABLE {names} IN EXCLUSIVE MODE"))).execute(transaction).await?;
    Ok(())
}

async fn clear(transaction: &mut PgConnection) -> Result<(), sqlx::Error> {
    for table in TableName::ALL {
        sqlx::query(sql("DELETE FROM {table}", table)).execute(&mut *transaction).await?;
    }
    customers::clear(transaction).await
}
