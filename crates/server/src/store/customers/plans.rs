//! How PostgreSQL would find a list, for whoever wants to know whether an index serves it.

use backend::store::{Fault, Place, Reader};
use rules::customers::Query;
use sqlx::{Postgres, QueryBuilder};

use super::count::count_sql;
use super::filter::Asked;
use super::part::Part;
use super::strays;
use crate::store::{PostgresStore, in_time};

impl PostgresStore {
    /// The plans of a page of a list, and of counting it where counts are not kept: what `EXPLAIN` tells,
    /// one text for each statement.
    ///
    /// # Errors
    /// A fault when PostgreSQL cannot answer.
    pub async fn plans(
        &self,
        reader: Reader<'_>,
        query: &Query,
        after: Option<Place<'_>>,
        rows_max: usize,
    ) -> Result<Vec<String>, Fault> {
        let strays = in_time(strays(self.pool(), reader, query)).await?;
        let asked = Asked { reader, query: Some(query), strays: &strays };
        let part = Part { asked, query, after, rows_max };
        let mut statements = vec![count_sql("EXPLAIN ", asked, self.count_max), part.gather_sql("EXPLAIN ")];
        statements.extend(part.walks().iter().map(|walk| part.walk_sql("EXPLAIN ", walk)));
        let mut plans = Vec::new();
        for statement in statements {
            plans.push(in_time(plan(self, statement)).await?);
        }
        Ok(plans)
    }
}

async fn plan(store: &PostgresStore, mut statement: QueryBuilder<Postgres>) -> Result<String, sqlx::Error> {
    let lines: Vec<String> = statement.build_query_scalar().fetch_all(store.pool()).await?;
    Ok(lines.join("\n"))
}
