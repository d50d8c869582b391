//! The migrations, in their order. They are compiled in, so that a program and its tables cannot be of
//! different builds.

use super::customers::derive_anew;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgPool, SqlSafeStr};

/// Number, what it is about, and its text. One that was released is never changed: its checksum is kept
/// with the tables, and a start with another text is refused.
const MIGRATIONS: [(i64, &str, &str); 5] = [
    (1, "records", include_str!("../../migrations/0001_records.sql")),
    (2, "customers list", include_str!("../../migrations/0002_customers_list.sql")),
    (3, "sign-in", include_str!("../../migrations/0003_sign_in.sql")),
    (4, "lists of many", include_str!("../../migrations/0004_lists_of_many.sql")),
    (5, "lists of what holds", include_str!("../../migrations/0005_lists_of_what_holds.sql")),
];

/// The number of the last migration that this build knows.
pub const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// The number of the last migration that was carried out; 0 where there was none.
///
/// # Errors
/// When PostgreSQL cannot be reached, or the table of migrations is missing.
pub async fn migrated(pool: &PgPool) -> Result<i64, sqlx::Error> {
    let newest = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations WHERE success";
    sqlx::query_scalar(newest).fetch_one(pool).await
}

/// Brings the tables up to date. Several copies may do it at once: one of them holds an advisory lock of
/// the database meanwhile, and the others find nothing left to do.
///
/// # Errors
/// When PostgreSQL cannot be reached, when a migration fails (nothing of it is kept), or when the database
/// was migrated by a newer build.
pub async fn migrate(options: &PgConnectOptions) -> Result<(), MigrateError> {
    let migrations = MIGRATIONS.map(|(number, about, text)| {
        Migration::new(number, about.into(), MigrationType::Simple, text.into_sql_str(), false)
    });
    // An index over a large table takes longer than any request may, and so does waiting for the copy that
    // makes it.
    let mut connection = options.clone().options([("statement_timeout", "0")]).connect().await?;
    Migrator::with_migrations(migrations.into()).run(&mut connection).await?;
    derive_anew(&mut connection).await?;
    connection.close().await?;
    Ok(())
}
