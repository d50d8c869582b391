//! Customers found, counted and sorted by PostgreSQL's indexes (Q).

mod derive;
mod filter;
mod order;
mod period;
mod plans;

use std::collections::BTreeMap;

use async_trait::async_trait;
use backend::store::{Counted, CustomersList, Fault, Found, Place, Reader};
use rules::customers::{Column, CustomerRow, InCharge, Query, SortKey};
use rules::ids::OrganisationId;
use rules::people::Sees;
use rules::trial::Status;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};

pub(super) use self::derive::{clear, derive, derive_anew};
use self::filter::Asked;
use self::order::{Kept, kept, push_after, push_order};
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
                return Ok(Found { rows: Vec::new(), found: 0 });
            }
            let (rows, found) =
                tokio::try_join!(rows(&self.pool, asked, query, after, rows_max), count(&self.pool, asked),)?;
            Ok(Found { rows, found })
        })
        .await
    }

    async fn count(&self, reader: Reader<'_>, query: &Query) -> Result<u64, Fault> {
        in_time(async {
            let strays = strays(&self.pool, reader, query).await?;
            let asked = Asked { reader, query: Some(query), strays: &strays };
            if asked.is_vain() { Ok(0) } else { count(&self.pool, asked).await }
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
        let mut sql = QueryBuilder::new("SELECT id FROM customer_periods WHERE names @> ");
        sql.push_bind(vec![stored_text(text)]).push(" AND ");
        asked.push(&mut sql);
        sql.push(" ORDER BY id LIMIT 1");
        let found = in_time(sql.build_query_scalar::<String>().fetch_optional(&self.pool)).await?;
        Ok(found.map(OrganisationId))
    }

    async fn ids(&self, reader: Reader<'_>) -> Result<Vec<OrganisationId>, Fault> {
        let asked = Asked { reader, query: None, strays: &[] };
        if asked.is_vain() {
            return Ok(Vec::new());
        }
        let mut sql = QueryBuilder::new("SELECT id FROM customer_periods WHERE ");
        asked.push(&mut sql);
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

/// The rows of a page.
async fn rows(
    pool: &PgPool,
    asked: Asked<'_>,
    query: &Query,
    after: Option<Place<'_>>,
    rows_max: usize,
) -> Result<Vec<CustomerRow>, sqlx::Error> {
    let column = kept(query.sort);
    if column != Kept::Person {
        return rows_in_order(pool, asked, column, query, after, rows_max, None).await;
    }
    let mut rows = Vec::new();
    for (key, people) in people_in_order(asked, query) {
        let after = match after {
            Some(place) if *place.key == key => Some(place),
            Some(place) if (key < *place.key) != query.reversed => continue,
            _ => None,
        };
        let left = rows_max - rows.len();
        if left == 0 {
            break;
        }
        rows.extend(rows_in_order(pool, asked, column, query, after, left, Some(&people)).await?);
    }
    Ok(rows)
}

/// The sales people in the order of their names, those of the same name together, and after them nobody.
fn people_in_order(asked: Asked<'_>, query: &Query) -> Vec<(SortKey, Vec<String>)> {
    let mut people: BTreeMap<SortKey, Vec<String>> = BTreeMap::new();
    for (id, name) in asked.reader.reading.sales {
        people.entry(SortKey::Text(name.to_lowercase())).or_default().push(stored_text(id.as_str()));
    }
    people.insert(SortKey::Last, std::iter::once(String::new()).chain(asked.strays.iter().cloned()).collect());
    let mut people: Vec<_> = people.into_iter().collect();
    if query.reversed {
        people.reverse();
    }
    people
}

/// The text of a page: the rows in the order of one column, of some people in charge alone.
fn page_sql(
    prefix: &str,
    asked: Asked<'_>,
    column: Kept,
    query: &Query,
    after: Option<Place<'_>>,
    rows_max: usize,
    people: Option<&[String]>,
) -> QueryBuilder<Postgres> {
    let mut sql = QueryBuilder::new(format!("{prefix}SELECT row.json FROM (SELECT partner, id"));
    if let Kept::Number(column) | Kept::Text(column) = column {
        sql.push(", ").push(column);
    }
    sql.push(" FROM customer_periods WHERE ");
    asked.push(&mut sql);
    match people {
        None => {}
        // One person's customers stand in the index in their order; several people's would be sorted.
        Some([person]) => {
            sql.push(" AND by_in_charge = ").push_bind(person.clone());
        }
        Some(people) => {
            sql.push(" AND by_in_charge = ANY(").push_bind(people.to_vec()).push(")");
        }
    }
    if let Some(place) = after {
        push_after(&mut sql, column, query, place);
    }
    push_order(&mut sql, column, query);
    sql.push(" LIMIT ").push_bind(i64::try_from(rows_max).unwrap_or(i64::MAX));
    sql.push(") AS page JOIN customers AS row ON row.key = page.partner || '/' || page.id");
    push_order(&mut sql, column, query);
    sql
}

async fn rows_in_order(
    pool: &PgPool,
    asked: Asked<'_>,
    column: Kept,
    query: &Query,
    after: Option<Place<'_>>,
    rows_max: usize,
    people: Option<&[String]>,
) -> Result<Vec<CustomerRow>, sqlx::Error> {
    let mut sql = page_sql("", asked, column, query, after, rows_max, people);
    let found = sql.build().fetch_all(pool).await?;
    let read = |row: &sqlx::postgres::PgRow| {
        let json: &str = row.try_get("json")?;
        serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()))
    };
    found.iter().map(read).collect()
}

/// How many rows a query asks for.
async fn count(pool: &PgPool, asked: Asked<'_>) -> Result<u64, sqlx::Error> {
    if let Some(query) = asked.query.filter(|_| asked.is_of_status()) {
        let all = counts(pool, asked.reader).await?;
        let wanted = |count: &&Counted| match query.statuses.is_empty() {
            true => !count.left,
            false => query.statuses.contains(&count.status),
        };
        return Ok(all.iter().filter(wanted).map(|count| count.customers).sum());
    }
    let mut sql = count_sql("", asked);
    number(sql.build_query_scalar::<i64>().fetch_one(pool).await?)
}

fn count_sql(prefix: &str, asked: Asked<'_>) -> QueryBuilder<Postgres> {
    let mut sql = QueryBuilder::new(format!("{prefix}SELECT count(*) FROM customer_periods WHERE "));
    asked.push(&mut sql);
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
            Asked { reader, query: None, strays: &[] }.push(&mut sql);
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
