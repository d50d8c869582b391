//! How many rows there are.

use backend::store::{Counted, Reader, Tally};
use rules::customers::Query;
use rules::people::Sees;
use rules::trial::Status;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};

use super::filter::{Asked, Way};
use super::period::{status_number, stored_text};
use super::search::push_likes;

/// In how many rows a single letter is looked for first.
const SOME_ROWS: i64 = 1_500;

/// How many rows a query asks for, where the counts by status answer it.
async fn count_by_status(pool: &PgPool, asked: Asked<'_>) -> Result<Option<u64>, sqlx::Error> {
    let Some(query) = asked.query.filter(|_| asked.is_of_status()) else { return Ok(None) };
    let all = counts(pool, asked.reader).await?;
    let wanted = |count: &&Counted| match query.statuses.is_empty() {
        true => !count.left,
        false => query.statuses.contains(&count.status),
    };
    Ok(Some(all.iter().filter(wanted).map(|count| count.customers).sum()))
}

/// How many rows a query asks for; of more than `max` only that, unless the counts by status answer it.
pub(super) async fn count(pool: &PgPool, asked: Asked<'_>, max: u32) -> Result<Tally, sqlx::Error> {
    if let Some(found) = count_by_status(pool, asked).await? {
        return Ok(Tally::All(found));
    }
    let found: i64 = count_sql(asked, max).build_query_scalar().fetch_one(pool).await?;
    Ok(if found > i64::from(max) { Tally::More } else { Tally::All(number(found)?) })
}

/// Counts the rows up to one more than `max`.
pub(super) fn count_sql(asked: Asked<'_>, max: u32) -> QueryBuilder<Postgres> {
    let limit = format!(" LIMIT {}", i64::from(max) + 1);
    let mut sql = asked.sql();
    let some = push_some(&mut sql, asked, &limit);
    sql.push(", found AS MATERIALIZED (SELECT FROM ");
    asked.push_held(&mut sql, "");
    if some {
        sql.push(" WHERE (SELECT count(*) FROM some_rows) <= ").push_bind(i64::from(max));
    }
    sql.push(&limit).push(") SELECT ");
    sql.push(if some { "greatest(count(*), (SELECT count(*) FROM some_rows))" } else { "count(*)" })
        .push(" FROM found");
    sql
}

/// Adds some of the rows, where all of them may be so many that the index that leads to them takes longer than a
/// page may; whether it did. If these are enough nothing more has to be known.
fn push_some(sql: &mut QueryBuilder<Postgres>, asked: Asked<'_>, limit: &str) -> bool {
    let text = asked.searched();
    let some = ", some_rows AS MATERIALIZED (SELECT FROM (";
    match (asked.query, asked.reader.sees) {
        // A single letter stands in almost every name: it is looked for in some rows.
        (Some(query), _) if text.chars().count() == 1 => {
            let others = Query { search: String::new(), ..query.clone() };
            Asked { query: Some(&others), ..asked }.push(sql.push(some), "company, email", Way::Found);
            sql.push(" LIMIT ").push(SOME_ROWS).push(") AS looked WHERE ");
            push_likes(sql, &text);
        }
        // Who looks after customers is in charge of most of them.
        (_, Sees::LookedAfterBy(person)) if text.is_empty() => {
            let reader = Reader { sees: Sees::All, ..asked.reader };
            Asked { reader, ..asked }.push(sql.push(some), "", Way::Found);
            sql.push(" AND in_charge = ").push_bind(stored_text(person.as_str())).push(") AS own");
        }
        _ => return false,
    }
    sql.push(limit).push(")");
    true
}

/// How many customers have each status.
pub(super) async fn counts(pool: &PgPool, reader: Reader<'_>) -> Result<Vec<Counted>, sqlx::Error> {
    let mut sql = match reader.sees {
        Sees::Nothing => return Ok(Vec::new()),
        Sees::All => {
            let mut sql = QueryBuilder::new(
                "SELECT status, left_list, sum(change)::bigint AS customers FROM customer_counts WHERE partner = ",
            );
            sql.push_bind(stored_text(reader.partner.as_str()));
            sql.push(" AND at <= ").push_bind(reader.reading.now.timestamp_millis());
            sql
        }
        Sees::LookedAfterBy(_) => {
            let asked = Asked { reader, query: None, strays: &[] };
            let mut sql = asked.sql();
            sql.push(" SELECT by_status AS status, left_list, count(*) AS customers FROM ");
            asked.push_held(&mut sql, "by_status, left_list");
            sql
        }
    };
    sql.push(" GROUP BY 1, 2");
    let mut counts = Vec::new();
    for row in sql.build().fetch_all(pool).await? {
        let found: i64 = row.try_get("status")?;
        if let Some(status) = Status::ALL.into_iter().find(|status| status_number(*status) == found) {
            counts.push(Counted {
                status,
                left: row.try_get("left_list")?,
                customers: number(row.try_get("customers")?)?,
            });
        }
    }
    Ok(counts)
}

pub(super) fn number(count: i64) -> Result<u64, sqlx::Error> {
    u64::try_from(count).map_err(|error| sqlx::Error::Decode(error.into()))
}
