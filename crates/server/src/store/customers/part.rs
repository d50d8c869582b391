//! A part of a list, as one or two statements.
//!
//! How a list is found best depends on how many rows it has. Of few, all are found by whatever index leads to
//! them, counted and sorted. Of many, an index is walked in the order of the list until the part is full,
//! and nobody counts them: that would take as long for each page as reading them all (Q7). The first statement
//! finds out which it is by stopping when there are more than few.

use backend::store::{Place, Tally};
use rules::customers::{CustomerRow, Query, SortKey};
use sqlx::{PgPool, Postgres, QueryBuilder, Row};

use super::filter::{Asked, Way, push_likes, searched};
use super::number;
use super::order::{Kept, Mark, kept, push_after, push_order, rank};
use super::period::stored_text;

/// In how many rows a single letter is looked for first.
const SOME_ROWS: i64 = 4_000;

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
    /// The rows of the part, and how many the list has: of more than `few` only that.
    pub(super) async fn few(self, pool: &PgPool, few: u32) -> Result<(Tally, Vec<CustomerRow>), sqlx::Error> {
        let found = self.few_sql("", few).build().fetch_all(pool).await?;
        let tally = found.first().map_or(Ok(0), |row| row.try_get("tally"))?;
        if tally > i64::from(few) {
            return Ok((Tally::More, Vec::new()));
        }
        let rows = found.iter().filter_map(|row| row.try_get("json").transpose());
        Ok((Tally::All(number(tally)?), rows.map(|json| read(json?)).collect::<Result<_, _>>()?))
    }

    /// The rows of the part, whatever number the list has.
    pub(super) async fn rows(self, pool: &PgPool) -> Result<Vec<CustomerRow>, sqlx::Error> {
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

    /// Counts the rows up to one more than `few`, and gives those of the part unless there are more.
    pub(super) fn few_sql(self, prefix: &str, few: u32) -> QueryBuilder<Postgres> {
        let Query { sort, reversed, .. } = *self.query;
        let (column, people) = match kept(sort) {
            Kept::Number(column) | Kept::Text(column) => (column, None),
            Kept::Person => ("by_in_charge", Some(self.people())),
        };
        let mut sql = QueryBuilder::new(prefix);
        sql.push("WITH ");
        let letter = self.push_letter(&mut sql);
        sql.push("found AS MATERIALIZED (SELECT partner, id, ").push(column);
        sql.push(" AS place FROM customer_periods WHERE ");
        self.asked.push(&mut sql, Way::Found);
        if letter {
            sql.push(" AND (SELECT count(*) FROM letter) <= ").push_bind(i64::from(few));
        }
        sql.push(" LIMIT ").push_bind(i64::from(few) + 1).push("), counted AS (SELECT ");
        sql.push(if letter { "greatest(count(*), (SELECT count(*) FROM letter))" } else { "count(*)" });
        sql.push(" AS tally FROM found), part AS (SELECT partner, id, ");
        let mark = match &people {
            None => {
                sql.push("place FROM found");
                match kept(sort) {
                    Kept::Text(_) => self.after.map(Mark::text),
                    Kept::Number(_) | Kept::Person => self.after.map(Mark::number),
                }
            }
            Some(people) => {
                let ranked =
                    people.iter().enumerate().flat_map(|(at, (_, ids))| ids.iter().map(move |id| (id, rank(at))));
                let (ids, ranks): (Vec<String>, Vec<i64>) = ranked.map(|(id, rank)| (id.clone(), rank)).unzip();
                sql.push("person.rank AS place FROM found JOIN unnest(").push_bind(ids).push(", ").push_bind(ranks);
                sql.push(") AS person (id_of, rank) ON person.id_of = found.place");
                self.after.map(|place| Mark::person(place, people))
            }
        };
        let column = if people.is_some() { "person.rank" } else { "place" };
        sql.push(" WHERE (SELECT tally FROM counted) <= ").push_bind(i64::from(few));
        if let Some(mark) = mark {
            push_after(&mut sql, column, mark, reversed);
        }
        push_order(&mut sql, &[column, "id"], reversed);
        self.push_limit(&mut sql);
        sql.push(") SELECT tally, row.json FROM counted LEFT JOIN ");
        sql.push("(part JOIN customers AS row ON row.key = part.partner || '/' || part.id) ON true");
        push_order(&mut sql, &["part.place", "part.id"], reversed);
        sql
    }

    /// A single letter stands in almost every name, and to gather all of these takes the index longer than a page
    /// may: first it is looked for in some of the rows. If it is common there nothing more has to be known.
    fn push_letter(self, sql: &mut QueryBuilder<Postgres>) -> bool {
        let text = searched(self.query);
        if text.chars().count() != 1 {
            return false;
        }
        let others = Query { search: String::new(), ..self.query.clone() };
        sql.push("letter AS MATERIALIZED (SELECT FROM (SELECT company, email FROM customer_periods WHERE ");
        Asked { query: Some(&others), ..self.asked }.push(sql, Way::Found);
        sql.push(" LIMIT ").push_bind(SOME_ROWS).push(") AS looked WHERE ");
        push_likes(sql, &text);
        sql.push("), ");
        true
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
