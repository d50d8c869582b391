//! Customers found, counted and sorted by PostgreSQL's indexes (Q).

mod count;
mod derive;
mod filter;
mod order;
mod part;
mod period;
mod plans;
mod search;
mod signs;
mod turn;

use async_trait::async_trait;
use backend::store::{Counted, CustomersList, Expectation, Fault, Found, Place, Reader, Tally};
use rules::clock::Instant;
use rules::customers::{Column, InCharge, Query};
use rules::ids::OrganisationId;
use sqlx::PgPool;

use self::count::{count, counts};
pub(super) use self::derive::{clear, derive, derive_anew};
use self::filter::Asked;
use self::part::Part;
use self::period::stored_text;
use self::turn::turn;
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
            if asked.finds_few() {
                return Ok(match part.searched(&self.pool, self.count_max).await? {
                    Some((found, rows)) => Found { rows, found: Tally::All(found) },
                    None => Found { rows: part.walked(&self.pool).await?, found: Tally::More },
                });
            }
            let found = count(&self.pool, asked, self.count_max).await?;
            let rows = match found {
                Tally::All(few) if few <= u64::from(self.count_max) => part.gathered(&self.pool).await?,
                Tally::All(_) | Tally::More => part.walked(&self.pool).await?,
            };
            Ok(Found { rows, found })
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

    async fn turn(&self, now: Instant, expect: &[Expectation]) -> Result<(), Fault> {
        // The days that turn at midnight, or all customers after an upgrade, may take longer than one call may.
        while in_time(turn(&self.pool, now.timestamp_millis(), expect)).await? {}
        Ok(())
    }

    async fn named(&self, reader: Reader<'_>, text: &str) -> Result<Option<OrganisationId>, Fault> {
        let asked = Asked { reader, query: None, strays: &[] };
        if asked.is_vain() {
            return Ok(None);
        }
        // In a part of its own, or the ids would be gone through in their order until one is found.
        let mut sql = asked.sql();
        sql.push(", named AS MATERIALIZED (SELECT id FROM ");
        asked.push_held(&mut sql, "id, names");
        sql.push(" WHERE names @> ").push_bind(vec![stored_text(text)]).push(") SELECT min(id) FROM named");
        let found = in_time(sql.build_query_scalar::<Option<String>>().fetch_one(&self.pool)).await?;
        Ok(found.map(OrganisationId))
    }

    async fn ids(&self, reader: Reader<'_>) -> Result<Vec<OrganisationId>, Fault> {
        let asked = Asked { reader, query: None, strays: &[] };
        if asked.is_vain() {
            return Ok(Vec::new());
        }
        let mut sql = asked.sql();
        sql.push(" SELECT id FROM ");
        asked.push_held(&mut sql, "id");
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
                    (SELECT in_charge FROM customers_present WHERE partner = $1 ORDER BY in_charge LIMIT 1) \
                    UNION ALL \
                    SELECT (SELECT in_charge FROM customers_present \
                            WHERE partner = $1 AND in_charge > found.person ORDER BY in_charge LIMIT 1) \
                    FROM found WHERE found.person IS NOT NULL \
                ) SELECT person FROM found WHERE person <> ''";
    let found: Vec<String> =
        sqlx::query_scalar(text).bind(stored_text(reader.partner.as_str())).fetch_all(pool).await?;
    let sales = reader.reading.sales;
    Ok(found.into_iter().filter(|person| !sales.contains_key(&person.as_str().into())).collect())
}
