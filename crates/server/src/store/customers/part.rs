//! A part of a list, as SQL.
//!
//! How a list is found best depends on how many rows it has. Few are gathered by whatever index leads to them, and
//! sorted. For many an index is walked along in the order of the list until the part is full. PostgreSQL would
//! choose between the two by a guess; here it is known, because they were counted before.

use backend::store::Place;
use rules::customers::{CustomerRow, Query, SortKey};
use sqlx::{PgPool, Postgres, QueryBuilder};

use super::filter::{Asked, Way};
use super::order::{Kept, Mark, kept, push_after, push_order, rank};
use super::period::stored_text;

/// The sales people in the order of their names, those of one name together, and after them nobody.
type People = Vec<(SortKey, Vec<String>)>;

/// Which part of which list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) asked: Asked<'a>,
    pub(super) query: &'a Query,
    pub(super) after: Option<Place<'a>>,
    pub(super) rows_max: usize,
}

impl<'a> Part<'a> {
    /// The rows of the part, of a list that has few.
    pub(super) async fn gathered(self, pool: &PgPool) -> Result<Vec<CustomerRow>, sqlx::Error> {
        let found: Vec<String> = self.gather_sql("").build_query_scalar().fetch_all(pool).await?;
        found.iter().map(|json| read(json)).collect()
    }

    /// The rows of the part, of a list that has many.
    pub(super) async fn walked(self, pool: &PgPool) -> Result<Vec<CustomerRow>, sqlx::Error> {
        let mut rows = Vec::new();
        for statement in self.walks() {
            let left = self.rows_max - rows.len();
            if left == 0 {
                break;
            }
            let mut sql = Part { rows_max: left, ..self }.walk_sql("", &statement);
            let found: Vec<String> = sql.build_query_scalar().fetch_all(pool).await?;
            for json in &found {
                rows.push(read(json)?);
            }
        }
        Ok(rows)
    }

    /// How an index is walked: by column in one go, by person in charge one person after the other.
    pub(super) fn walks(self) -> Vec<Walk<'a>> {
        if kept(self.query.sort) != Kept::Person {
            return vec![Walk { people: None, after: self.after }];
        }
        let mut people = self.people();
        if self.query.reversed {
            people.reverse();
        }
        let walk = |(key, people): (SortKey, Vec<String>)| match self.after {
            Some(place) if *place.key == key => Some(Walk { people: Some(people), after: Some(place) }),
            Some(place) if (key < *place.key) != self.query.reversed => None,
            _ => Some(Walk { people: Some(people), after: None }),
        };
        people.into_iter().filter_map(walk).collect()
    }

    fn people(self) -> People {
        let mut people = std::collections::BTreeMap::<SortKey, Vec<String>>::new();
        for (id, name) in self.asked.reader.reading.sales {
            people.entry(SortKey::Text(name.to_lowercase())).or_default().push(stored_text(id.as_str()));
        }
        let strays = self.asked.strays.iter().cloned();
        people.insert(SortKey::Last, std::iter::once(String::new()).chain(strays).collect());
        people.into_iter().collect()
    }

    /// Gathers all rows of the list, and gives those of the part.
    pub(super) fn gather_sql(self, prefix: &str) -> QueryBuilder<Postgres> {
        let reversed = self.query.reversed;
        let column = match kept(self.query.sort) {
            Kept::Number(column) | Kept::Text(column) => column,
            Kept::Person => "by_in_charge",
        };
        let mut sql = QueryBuilder::new(prefix);
        sql.push("WITH found AS MATERIALIZED (SELECT partner, id, ").push(column);
        sql.push(" AS place FROM customer_periods WHERE ");
        self.asked.push(&mut sql, Way::Found);
        sql.push(") SELECT row.json FROM (SELECT partner, id, ");
        let (place, mark) = match kept(self.query.sort) {
            Kept::Number(_) => ("place", self.after.map(Mark::number)),
            Kept::Text(_) => ("place", self.after.map(Mark::text)),
            Kept::Person => ("rank", self.after.map(|place| Mark::person(place, &self.people()))),
        };
        sql.push(place).push(" AS place FROM found");
        if kept(self.query.sort) == Kept::Person {
            self.push_ranks(&mut sql);
        }
        sql.push(" WHERE true");
        if let Some(mark) = mark {
            push_after(&mut sql, place, mark, reversed);
        }
        push_order(&mut sql, &[place, "id"], reversed);
        self.push_limit(&mut sql);
        sql.push(") AS part JOIN customers AS row ON row.key = part.partner || '/' || part.id");
        push_order(&mut sql, &["part.place", "part.id"], reversed);
        sql
    }

    /// Gives each row the number of the person in charge in the order of the names.
    fn push_ranks(self, sql: &mut QueryBuilder<Postgres>) {
        let people = self.people().into_iter().enumerate();
        let ranked = people.flat_map(|(at, (_, ids))| ids.into_iter().map(move |id| (id, rank(at))));
        let (ids, ranks): (Vec<String>, Vec<i64>) = ranked.unzip();
        sql.push(" JOIN unnest(").push_bind(ids).push(", ").push_bind(ranks);
        sql.push(") AS person (person, rank) ON person.person = found.place");
    }

    /// The rows in the order of one column, of some people in charge alone.
    pub(super) fn walk_sql(self, prefix: &str, walk: &Walk<'_>) -> QueryBuilder<Postgres> {
        let reversed = self.query.reversed;
        let columns = match kept(self.query.sort) {
            Kept::Number(column) | Kept::Text(column) => vec![column, "id"],
            Kept::Person => vec!["id"],
        };
        let mut sql = QueryBuilder::new(prefix);
        sql.push("SELECT row.json FROM (SELECT partner, ").push(columns.join(", "));
        sql.push(" FROM customer_periods WHERE ");
        self.asked.push(&mut sql, Way::Walked);
        match walk.people.as_deref() {
            None => {}
            // One person's customers stand in the index in their order; several people's would be sorted.
            Some([person]) => {
                sql.push(" AND by_in_charge = ").push_bind(person.clone());
            }
            Some(people) => {
                sql.push(" AND by_in_charge = ANY(").push_bind(people.to_vec()).push(")");
            }
        }
        match (kept(self.query.sort), walk.after) {
            (_, None) => {}
            (Kept::Number(column), Some(place)) => push_after(&mut sql, column, Mark::number(place), reversed),
            (Kept::Text(column), Some(place)) => push_after(&mut sql, column, Mark::text(place), reversed),
            // Within one person's customers.
            (Kept::Person, Some(place)) => {
                sql.push(if reversed { " AND id < " } else { " AND id > " });
                sql.push_bind(stored_text(place.id.as_str()));
            }
        }
        push_order(&mut sql, &columns, reversed);
        self.push_limit(&mut sql);
        sql.push(") AS part JOIN customers AS row ON row.key = part.partner || '/' || part.id");
        push_order(&mut sql, &columns, reversed);
        sql
    }

    fn push_limit(self, sql: &mut QueryBuilder<Postgres>) {
        sql.push(" LIMIT ").push_bind(i64::try_from(self.rows_max).unwrap_or(i64::MAX));
    }
}

/// One walk along an index.
#[derive(Clone, Debug)]
pub(super) struct Walk<'a> {
    /// Of whose customers alone; `None` of everybody's.
    people: Option<Vec<String>>,
    after: Option<Place<'a>>,
}

fn read(json: &str) -> Result<CustomerRow, sqlx::Error> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()))
}
