//! How PostgreSQL finds a list, for whoever wants to know whether an index serves it.

use backend::store::{Fault, Place, Reader};
use rules::customers::Query;
use sqlx::{AssertSqlSafe, Postgres, QueryBuilder};

use super::count::count_sql;
use super::filter::Asked;
use super::part::Part;
use super::strays;
use crate::store::{PostgresStore, in_time};

impl PostgresStore {
    /// The plans of a page of a list, and of counting it where counts are not kept: what `EXPLAIN` tells,
    /// one text for each statement, and last of all that of walking along an index.
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
        let mut statements = vec![count_sql(asked, self.count_max), part.gather_sql(None), part.gather_sql(Some(1))];
        statements.extend(part.walks().iter().map(|walk| part.walk_sql(walk)));
        let mut plans = Vec::new();
        for statement in statements {
            plans.push(in_time(plan(self, statement)).await?);
        }
        Ok(plans)
    }
}

/// The plan that a statement has for whatever is bound to it.
async fn plan(store: &PostgresStore, statement: QueryBuilder<Postgres>) -> Result<String, sqlx::Error> {
    let text = statement.sql();
    let bound = (1..).take_while(|number| text.as_str().contains(&format!("${number}"))).count();
    let nothing = vec!["NULL"; bound].join(", ");
    let mut connection = store.pool().acquire().await?;
    sqlx::raw_sql(AssertSqlSafe(format!("PREPARE list AS {}", text.as_str()))).execute(&mut *connection).await?;
    let explain = AssertSqlSafe(format!("EXPLAIN EXECUTE list({nothing})"));
    let lines: Vec<String> = sqlx::query_scalar(explain).persistent(false).fetch_all(&mut *connection).await?;
    sqlx::raw_sql("DEALLOCATE list").execute(&mut *connection).await?;
    Ok(lines.join("\n"))
}
