//! The backend's store over PostgreSQL.
//!
//! Nothing is kept in the program: any number of copies answer from one database, each request from what
//! is stored at that moment.

mod commit;
mod customers;
mod faults;
mod keys;
mod migrations;
mod table;
mod waiting;

use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use backend::store::{Commit, CustomersList, Fault, Outcome, Record, Store, TableName};
use contract::customers::COUNT_MAX;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool, Row};

use self::faults::fault;
pub use self::migrations::{NEWEST, migrate, migrated};
use self::table::sql;
pub use self::waiting::{Waiting, waiting};

/// For how long a connection is waited for. While PostgreSQL is down every request is answered with 503
/// after this time at most; the console tries again by itself for longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// For how long a connection that is not used is taken to be there still.
const UNASKED: Duration = Duration::from_secs(1);

/// For how long one statement may run. Only a database that hangs needs longer.
const STATEMENT_SECONDS: u64 = 20;

/// For how long a call of the store may take in all. A machine that vanished from the network closes no
/// connection, and PostgreSQL's own limit on statements is of no use then.
const CALL: Duration = Duration::from_secs(25);

/// How connections are made, from the text of `DATABASE_URL`.
///
/// # Errors
/// When it is not the address of a database.
pub fn connect_options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    let options = PgConnectOptions::from_str(url)?.application_name("proef-server");
    Ok(options.options([
        ("statement_timeout", &*format!("{STATEMENT_SECONDS}s")),
        // A copy that dies in the middle of a transaction lets go of its locks soon, also when its machine
        // vanished from the network and closed no connection.
        ("idle_in_transaction_session_timeout", "30s"),
        // A statement is planned once for each connection, and not anew for whatever is bound to it: with two dozen
        // indexes to choose from that took longer than to find the rows. Each way to a list is a statement of its own
        // that leaves one index to choose, so nothing is lost by it.
        ("plan_cache_mode", "force_generic_plan"),
        // Compiling a plan, or starting processes that share it, takes longer than any page of a list, and the
        // processors are there for other requests.
        ("jit", "off"),
        ("max_parallel_workers_per_gather", "0"),
        // A list is found by an index, however few customers there are by now: a plan through a whole table would
        // hold all others up once there are many.
        ("enable_seqscan", "off"),
        // Whoever walks along an index has its order, and never finds everything to sort it. What is gathered is sorted
        // all the same, for there is no other way.
        ("enable_sort", "off"),
        ("enable_incremental_sort", "off"),
        // What lists are found by fits into memory: to look a row up costs little more than to pass one over.
        ("seq_page_cost", "0.1"),
        ("random_page_cost", "0.1"),
        ("tcp_keepalives_idle", "10"),
        ("tcp_keepalives_interval", "5"),
        ("tcp_keepalives_count", "3"),
    ]))
}

/// The records of a database.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pool: PgPool,
    /// How far rows are counted one by one.
    count_max: u32,
    /// How often somebody asked for a counter.
    asked: std::sync::Arc<AtomicU64>,
}

impl PostgresStore {
    /// A store that makes connections when they are needed, and at most so many.
    pub fn new(options: PgConnectOptions, connections_max: u32) -> PostgresStore {
        let pool = PgPoolOptions::new().max_connections(connections_max).acquire_timeout(PATIENCE);
        // A connection that has just been used is there still, and to ask each time would double the ways of
        // every request. After a pause one is asked before it is used: PostgreSQL may have been started anew.
        let pool = pool.test_before_acquire(false).before_acquire(|connection, used| {
            Box::pin(async move {
                match used.idle_for < UNASKED {
                    true => Ok(true),
                    false => Ok(connection.ping().await.is_ok()),
                }
            })
        });
        let pool = pool.connect_lazy_with(options);
        PostgresStore { pool, count_max: COUNT_MAX, asked: std::sync::Arc::default() }
    }

    /// The same store, which counts rows of a list up to `max` in place of [`COUNT_MAX`].
    #[must_use]
    pub fn counting_to(mut self, max: u32) -> PostgresStore {
        self.count_max = max;
        self
    }

    /// Its connections, for whatever else keeps something in the same database.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }
}

/// Waits for a call of the store, but not for ever.
pub(crate) async fn in_time<T>(call: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, Fault> {
    match tokio::time::timeout(CALL, call).await {
        Ok(outcome) => outcome.map_err(fault),
        Err(_) => Err(Fault::Failed(format!("PostgreSQL gave no answer in {} s", CALL.as_secs()))),
    }
}

/// The version that a column holds.
fn version(row: &sqlx::postgres::PgRow, column: &str) -> Result<u64, sqlx::Error> {
    let version: i64 = row.try_get(column)?;
    u64::try_from(version).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// The record that a row holds.
fn record(row: &sqlx::postgres::PgRow) -> Result<Record, sqlx::Error> {
    Ok(Record { version: version(row, "version")?, json: row.try_get("json")? })
}

#[async_trait]
impl Store for PostgresStore {
    #[tracing::instrument(name = "store.get", level = "debug", skip_all, fields(table = table.name()))]
    async fn get(&self, table: TableName, key: &str) -> Result<Option<Record>, Fault> {
        let key = keys::stored(key);
        let query = sqlx::query(sql("SELECT version, json FROM {table} WHERE key = $1", table)).bind(&*key);
        in_time(async { query.fetch_optional(&self.pool).await?.as_ref().map(record).transpose() }).await
    }

    #[tracing::instrument(name = "store.list", level = "debug", skip_all, fields(table = table.name()))]
    async fn list(&self, table: TableName, prefix: &str) -> Result<Vec<(String, Record)>, Fault> {
        let prefix = keys::stored(prefix);
        let after = keys::after_prefix(&prefix);
        let text = match after {
            Some(_) => "SELECT key, version, json FROM {table} WHERE key >= $1 AND key < $2 ORDER BY key",
            None => "SELECT key, version, json FROM {table} WHERE key >= $1 ORDER BY key",
        };
        let mut query = sqlx::query(sql(text, table)).bind(&*prefix);
        if let Some(after) = &after {
            query = query.bind(after);
        }
        in_time(async {
            let rows = query.fetch_all(&self.pool).await?;
            rows.iter().map(|row| Ok((keys::read(row.try_get("key")?), record(row)?))).collect()
        })
        .await
    }

    /// Another number each time: nothing is held in memory, because another copy may change it at any
    /// moment.
    async fn counter(&self, _: TableName) -> Result<u64, Fault> {
        Ok(self.asked.fetch_add(1, Ordering::Relaxed))
    }

    fn customers(&self) -> Option<&dyn CustomersList> {
        Some(self)
    }

    #[tracing::instrument(name = "store.commit", level = "debug", skip_all)]
    async fn commit(&self, commit: Commit) -> Result<Outcome, Fault> {
        let planned = commit::Planned::of(commit);
        in_time(planned.run(&self.pool)).await
    }
}
