//! A part of a list, as SQL.
//!
//! How a list is found best depends on how many rows it has. Few are gathered by whatever index leads to them, and
//! sorted. For many an index is walked along in the order of the list until the part is full. PostgreSQL would
//! choose between the two by a guess; here it is known, because they were counted before, or by a search as they were
//! gathered.

use backend::store::Place;
use rules::customers::{CustomerRow, Query, SortKey};
use sqlx::{PgPool, Postgres, QueryBuilder};

use super::count::number;
use super::filter::{Asked, Way};
use super::order::{Kept, Mark, kept, push_after, push_order, rank};
use super::period::stored_text;

/// How many times as many rows as are counted a search gathers and sorts. Beyond that an index is walked along: there
/// are so many then that a part is full before as many have been passed over.
const GATHERED: i64 = 6;

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
        let (_, rows): (i64, Vec<String>) = self.gather_sql(None).build_query_as().fetch_one(pool).await?;
        rows.iter().map(|json| read(json)).collect()
    }

    /// The rows of the part, of a list that has many.
    pub(super) async fn walked(self, pool: &PgPool) -> Result<Vec<CustomerRow>, sqlx::Error> {
        let mut rows = Vec::new();
        for walk in self.walks() {
            let left = self.rows_max - rows.len();
            if left == 0 {
                break;
            }
            let found: Vec<String> = self.walk_sql(&walk).build_query_scalar().fetch_all(pool).await?;
            for json in found.iter().take(left) {
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

    /// How many rows a search finds, and those of the part; `None` when they are more than are gathered.
    pub(super) async fn searched(
        self,
        pool: &PgPool,
        count_max: u32,
    ) -> Result<Option<(u64, Vec<CustomerRow>)>, sqlx::Error> {
        let max = i64::from(count_max) * GATHERED;
        let (found, rows): (i64, Vec<String>) = self.gather_sql(Some(max + 1)).build_query_as().fetch_one(pool).await?;
        if found > max {
            return Ok(None);
        }
        let rows = rows.iter().map(|json| read(json)).collect::<Result<_, _>>()?;
        Ok(Some((number(found)?, rows)))
    }

    /// Gathers the rows of a list, all or only so many; how many they are, and those of the part.
    pub(super) fn gather_sql(self, only: Option<i64>) -> QueryBuilder<Postgres> {
        let reversed = self.query.reversed;
        let column = match kept(self.query.sort) {
            Kept::Number(column) | Kept::Text(column) => column,
            Kept::Person => "by_in_charge",
        };
        let mut sql = self.asked.sql();
        sql.push(", found AS MATERIALIZED (SELECT * FROM ");
        self.asked.push_held(&mut sql, &format!("partner, id, {column} AS place"));
        if let Some(rows) = only {
            sql.push(" LIMIT ").push(rows);
        }
        sql.push(") SELECT (SELECT count(*) FROM found), ARRAY(");
        sql.push("SELECT row.json FROM (SELECT partner, id, ");
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
        sql.push(")");
        sql
    }

    /// Gives each row the number of the person in charge in the order of the names.
    fn push_ranks(self, sql: &mut QueryBuilder<Postgres>) {
        let people = self.people().into_iter().enumerate();
        let ranked = people.flat_map(|(at, (_, ids))| ids.into_iter().map(move |id| (id, rank(at))));
        let (ids, ranks): (Vec<String>, Vec<i64>) = ranked.unzip();
        sql.push(" JOIN unnest(").push_bind(ids).push("::text[], ").push_bind(ranks);
        sql.push("::bigint[]) AS person (person, rank) ON person.person = found.place");
    }

    /// The rows in the order of one column, of some people in charge alone.
    pub(super) fn walk_sql(self, walk: &Walk<'_>) -> QueryBuilder<Postgres> {
        let reversed = self.query.reversed;
        let columns = match kept(self.query.sort) {
            Kept::Number(column) | Kept::Text(column) => vec![column, "id"],
            Kept::Person => vec!["id"],
        };
        let mut sql = self.asked.sql();
        sql.push(", listed AS MATERIALIZED (SELECT listed.* FROM (");
        self.push_walk(&mut sql, walk, &columns, Way::Walked);
        sql.push(") AS listed");
        if self.asked.is_looked() {
            // Whatever has the signs of what is asked for.
            sql.push(", LATERAL (SELECT FROM customers_present AS own WHERE own.partner = listed.partner");
            sql.push(" AND own.id = listed.id");
            self.asked.push_looked(&mut sql);
            sql.push(") AS own");
        }
        push_order(&mut sql, &columns, reversed);
        self.push_limit(&mut sql);
        sql.push(") SELECT row.json FROM (SELECT * FROM (SELECT * FROM listed UNION ALL ");
        self.push_walk(&mut sql, walk, &columns, Way::Begun);
        sql.push(") AS held");
        push_order(&mut sql, &columns, reversed);
        self.push_limit(&mut sql);
        sql.push(") AS part JOIN customers AS row ON row.key = part.partner || '/' || part.id");
        push_order(&mut sql, &columns, reversed);
        sql
    }

    /// The rows of a walk that stand after its beginning.
    fn push_walk(self, sql: &mut QueryBuilder<Postgres>, walk: &Walk<'_>, columns: &[&str], way: Way) {
        let reversed = self.query.reversed;
        self.asked.push(sql, &format!("partner, {}", columns.join(", ")), way);
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
            (Kept::Number(column), Some(place)) => push_after(sql, column, Mark::number(place), reversed),
            (Kept::Text(column), Some(place)) => push_after(sql, column, Mark::text(place), reversed),
            // Within one person's customers.
            (Kept::Person, Some(place)) => {
                sql.push(if reversed { " AND id < " } else { " AND id > " });
                sql.push_bind(stored_text(place.id.as_str()));
            }
        }
    }

    /// Adds how many rows there are at most. It is a part of the text: PostgreSQL takes a number that is bound for a
    /// tenth of all rows, and finds so many in other ways.
    fn push_limit(self, sql: &mut QueryBuilder<Postgres>) {
        sql.push(" LIMIT ").push(i64::try_from(self.rows_max).unwrap_or(i64::MAX));
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
