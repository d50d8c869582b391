//! The tables' names in PostgreSQL, and their texts of SQL.

use backend::store::TableName;
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

/// The table in which records are kept.
pub(super) fn name(table: TableName) -> String {
    table.name().replace('-', "_")
}

/// A text of SQL in which `{table}` stands for a table. Only names of [`TableName`] come into it; whatever
/// a person typed is bound as a parameter.
pub(super) fn sql(text: &str, table: TableName) -> SqlStr {
    AssertSqlSafe(text.replace("{table}", &name(table))).into_sql_str()
}
