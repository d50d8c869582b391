//! Customers found, counted and sorted by PostgreSQL's indexes (Q).

mod derive;
mod filter;
mod order;
mod part;
mod period;
mod plans;

use async_trait::async_trait;
use backend::store::{Counted, CustomersList, Fault, Found, Place, Reader, Tally};
use rules::customers::{Column, InCharge, Query};
use rules::ids::OrganisationId;
use rules::people::Sees;
use rules::trial::Status;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};

pub(super) use self::derive::{clear, derive, derive_anew};
use self::filter::{Asked, Way};
use self::part::Part;
use self::period::{status_number, stored_text};
use super::{PostgresStore, in_time};

#[async_trait]
impl CustomersList for PostgresStore {
    async fn page(
        &self,
        reader: Reader<'_>,
        query: &Query,
        after: Option<Place<'_>>,
        rows_max: usize,
    ) -> Result<Found, Fault> {
        in_time(async {
            let strays = strays(&self.pool, reader, query).await?;
            let asked = Asked { reader, query: Some(query), strays: &strays };
            if asked.is_vain() {
                return Ok(Found { rows: Vec::new(), found: Tally::All(0) });
            }
            let part = Part { asked, query, after, rows_max };
            if let Some(found) = count_by_status(&self.pool, asked).await? {
                return Ok(Found { rows: part.rows(&self.pool).await?, found: Tally::All(found) });
            }
            Ok(match part.few(&self.pool, self.count_max).await? {
                (Tally::More, _) => Found { rows: part.rows(&self.pool).await?, found: Tally::More },
                (found, rows) => Found { rows, found },
            })
        })
        .await
    }

    async fn count(&self, reader: Reader<'_>, query: &Query) -> Result<Tally, Fault> {
        in_time(async {
            let strays = strays(&self.pool, reader, query).await?;
            let asked = Asked { reader, query: Some(query), strays: &strays };
            if asked.is_vain() { Ok(Tally::All(0)) } else { count(&self.pool, asked, self.count_max).await }
        })
        .await
    }

    async fn counts(&self, reader: Reader<'_>) -> Result<Vec<Counted>, Fault> {
        in_time(counts(&self.pool, reader)).await
    }

    async fn named(&self, reader: Reader<'_>, text: &str) -> Result<Option<OrganisationId>, Fault> {
        let asked = Asked { reader, query: None, strays: &[] };
        if asked.is_vain() {
            return Ok(None);
        }
        // In a part of its own, or the ids would be gone through in their order until one is found.
        let mut sql = QueryBuilder::new("WITH named AS MATERIALIZED (SELECT id FROM customer_periods WHERE names @> ");
        sql.push_bind(vec![stored_text(text)]).push(" AND ");
        asked.push(&mut sql, Way::Found);
        sql.push(") SELECT min(id) FROM named");
        let found = in_time(sql.build_query_scalar::<Option<String>>().fetch_one(&self.pool)).await?;
        Ok(found.map(OrganisationId))
    }

    async fn ids(&self, reader: Reader<'_>) -> Result<Vec<OrganisationId>, Fault> {
        let asked = Asked { reader, query: None, strays: &[] };
        if asked.is_vain() {
            return Ok(Vec::new());
        }
        let mut sql = QueryBuilder::new("SELECT id FROM customer_periods WHERE ");
        asked.push(&mut sql, Way::Found);
        sql.push(" ORDER BY id");
        let found = in_time(sql.build_query_scalar::<String>().fetch_all(&self.pool)).await?;
        Ok(found.into_iter().map(OrganisationId).collect())
    }
}

/// Who is in charge of customers without being one of the sales people, where that is asked for: those who
/// lost the role (P9). Read from place to place of an index, for they are few beside their customers.
async fn strays(pool: &PgPool, reader: Reader<'_>, query: &Query) -> Result<Vec<String>, sqlx::Error> {
    if query.in_charge != Some(InCharge::Nobody) && query.sort != Column::InCharge {
        return Ok(Vec::new());
    }
    let text = "WITH RECURSIVE found (person) AS ( \
                    (SELECT in_charge FROM customer_periods WHERE partner = $1 ORDER BY in_charge LIMIT 1) \
                    UNION ALL \
                    SELECT (SELECT in_charge FROM customer_periods \
                            WHERE partner = $1 AND in_charge > found.person ORDER BY in_charge LIMIT 1) \
                    FROM found WHERE found.person IS NOT NULL \
                ) SELECT person FROM found WHERE person <> ''";
    let found: Vec<String> =
        sqlx::query_scalar(text).bind(stored_text(reader.partner.as_str())).fetch_all(pool).await?;
    let sales = reader.reading.sales;
    Ok(found.into_iter().filter(|person| !sales.contains_key(&person.as_str().into())).collect())
}

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

/// How many rows a query asks for; of more than `max` only that.
async fn count(pool: &PgPool, asked: Asked<'_>, max: u32) -> Result<Tally, sqlx::Error> {
    if let Some(found) = count_by_status(pool, asked).await? {
        return Ok(Tally::All(found));
    }
    let found: i64 = count_sql("", asked, max).build_query_scalar().fetch_one(pool).await?;
    Ok(if found > i64::from(max) { Tally::More } else { Tally::All(number(found)?) })
}

fn count_sql(prefix: &str, asked: Asked<'_>, max: u32) -> QueryBuilder<Postgres> {
    let mut sql = QueryBuilder::new(format!("{prefix}SELECT count(*) FROM (SELECT FROM customer_periods WHERE "));
    asked.push(&mut sql, Way::Found);
    sql.push(" LIMIT ").push_bind(i64::from(max) + 1).push(") AS found");
    sql
}

/// How many customers have each status.
async fn counts(pool: &PgPool, reader: Reader<'_>) -> Result<Vec<Counted>, sqlx::Error> {
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
