//! How many rows there are.

use backend::store::{Counted, Reader, Tally};
use rules::customers::Query;
use rules::people::Sees;
use rules::trial::Status;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};

use super::filter::{Asked, Way, push_likes, searched};
use super::period::{status_number, stored_text};

/// In how many rows a single letter is looked for first.
const SOME_ROWS: i64 = 4_000;

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
    let found: i64 = count_sql("", asked, max).build_query_scalar().fetch_one(pool).await?;
    Ok(if found > i64::from(max) { Tally::More } else { Tally::All(number(found)?) })
}

/// Counts the rows up to one more than `max`.
pub(super) fn count_sql(prefix: &str, asked: Asked<'_>, max: u32) -> QueryBuilder<Postgres> {
    let mut sql = QueryBuilder::new(prefix);
    sql.push("WITH ");
    let letter = push_letter(&mut sql, asked);
    sql.push("found AS MATERIALIZED (SELECT FROM customer_periods WHERE ");
    asked.push(&mut sql, Way::Found);
    if letter {
        sql.push(" AND (SELECT count(*) FROM letter) <= ").push_bind(i64::from(max));
    }
    sql.push(" LIMIT ").push_bind(i64::from(max) + 1).push(") SELECT ");
    sql.push(if letter { "greatest(count(*), (SELECT count(*) FROM letter))" } else { "count(*)" }).push(" FROM found");
    sql
}

/// A single letter stands in almost every name, and to find all of these takes the index longer than a page
/// may: first it is looked for in some of the rows. If it is common there nothing more has to be known.
fn push_letter(sql: &mut QueryBuilder<Postgres>, asked: Asked<'_>) -> bool {
    let Some(query) = asked.query.filter(|query| searched(query).chars().count() == 1) else { return false };
    let others = Query { search: String::new(), ..query.clone() };
    sql.push("letter AS MATERIALIZED (SELECT FROM (SELECT company, email FROM customer_periods WHERE ");
    Asked { query: Some(&others), ..asked }.push(sql, Way::Found);
    sql.push(" LIMIT ").push_bind(SOME_ROWS).push(") AS looked WHERE ");
    push_likes(sql, &searched(query));
    sql.push("), ");
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
            let mut sql = QueryBuilder::new(
                "SELECT by_status AS status, left_list, count(*) AS customers FROM customer_periods WHERE ",
            );
            Asked { reader, query: None, strays: &[] }.push(&mut sql, Way::Found);
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

fn number(count: i64) -> Result<u64, sqlx::Error> {
    u64::try_from(count).map_err(|error| sqlx::Error::Decode(error.into()))
}
