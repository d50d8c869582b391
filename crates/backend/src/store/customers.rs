//! The customers of one partner as lists ask for them: found, counted, and in order (Q).

use async_trait::async_trait;
use rules::clock::Instant;
use rules::customers::{CustomerRow, Query, Reading, SortKey, select};
use rules::ids::{OrganisationId, PartnerId};
use rules::people::Sees;
use rules::trial::Status;

use super::{Expectation, Fault};

/// Who reads, and when.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The partner whose customers they are.
    pub partner: &'a PartnerId,
    /// Which of them the reader may see (P2): no other one is found, counted or told of.
    pub sees: Sees<'a>,
    /// The instant, and the partner's sales people.
    pub reading: Reading<'a>,
}

/// A place in the order of a list: the key and the id of the row before it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What orders that row.
    pub key: &'a SortKey,
    /// Its id, which decides between equals.
    pub id: &'a OrganisationId,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its rows, in the order of the list.
    pub rows: Vec<CustomerRow>,
    /// How many rows the whole list has.
    pub found: Tally,
}

/// How many rows there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    /// So many.
    All(u64),
    /// More than [`contract::customers::COUNT_MAX`]: a store need not count further (Q7).
    More,
}

/// So many customers of a status; those who have left the list are counted apart (Q4, Q11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The status.
    pub status: Status,
    /// Whether they have left the list.
    pub left: bool,
    /// How many they are.
    pub customers: u64,
}

/// Finds customers. Whatever the store, the answers are those of `rules::customers` over all rows of the
/// partner that the reader may see.
#[async_trait]
pub trait CustomersList: Send + Sync {
    /// The rows that a query asks for, in its order, from after a place and at most so many; and how many
    /// they are in all.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn page(
        &self,
        reader: Reader<'_>,
        query: &Query,
        after: Option<Place<'_>>,
        rows_max: usize,
    ) -> Result<Found, Fault>;

    /// How many rows a query asks for.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn count(&self, reader: Reader<'_>, query: &Query) -> Result<Tally, Fault>;

    /// How many customers have each status; statuses of nobody may be left out.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn counts(&self, reader: Reader<'_>) -> Result<Vec<Counted>, Fault>;

    /// The customer whose id, whose trial's id, or whose device's number a text in lower case is (Q2).
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn named(&self, reader: Reader<'_>, text: &str) -> Result<Option<OrganisationId>, Fault>;

    /// Every customer that the reader may see, whether it has left the list or not, by id.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn ids(&self, reader: Reader<'_>) -> Result<Vec<OrganisationId>, Fault>;

    /// Notes what time has made of the customers of all partners up to an instant, as long as records are of the
    /// versions that are expected. Answers as of that instant and later ones are right whether it was noted or not;
    /// noted, they are found sooner. Whoever asks the rows themselves notes nothing.
    ///
    /// # Errors
    /// A fault when the store cannot answer.
    async fn turn(&self, _now: Instant, _expect: &[Expectation]) -> Result<(), Fault> {
        Ok(())
    }
}

/// Rows in memory: what a store without an index does.
#[derive(Clone, Copy, Debug)]
pub struct RowsInMemory<'a> {
    /// All rows of the partner, by id.
    pub rows: &'a [CustomerRow],
}

impl RowsInMemory<'_> {
    fn seen<'a>(&'a self, reader: Reader<'a>) -> impl Iterator<Item = &'a CustomerRow> {
        self.rows.iter().filter(move |row| reader.sees.includes(&row.assignment))
    }
}

#[async_trait]
impl CustomersList for RowsInMemory<'_> {
    async fn page(
        &self,
        reader: Reader<'_>,
        query: &Query,
        after: Option<Place<'_>>,
        rows_max: usize,
    ) -> Result<Found, Fault> {
        let found = select(self.seen(reader), query, reader.reading);
        let begin = match after {
            None => 0,
            Some(Place { key, id }) => found.partition_point(|(own, row)| !query.is_after((own, &row.id), (key, id))),
        };
        let rows = found[begin..].iter().take(rows_max).map(|(_, row)| (*row).clone()).collect();
        Ok(Found { rows, found: Tally::All(number(found.len())) })
    }

    async fn count(&self, reader: Reader<'_>, query: &Query) -> Result<Tally, Fault> {
        Ok(Tally::All(number(self.seen(reader).filter(|row| query.matches(row, reader.reading)).count())))
    }

    async fn counts(&self, reader: Reader<'_>) -> Result<Vec<Counted>, Fault> {
        let seen = || self.seen(reader);
        let now = reader.reading.now;
        let listed = rules::customers::totals(seen(), now).into_iter().map(|count| (count, false));
        let left = rules::customers::left(seen(), now).into_iter().map(|count| (count, true));
        let counted = |((status, customers), left)| Counted { status, left, customers: u64::from(customers) };
        Ok(listed.chain(left).map(counted).collect())
    }

    async fn named(&self, reader: Reader<'_>, text: &str) -> Result<Option<OrganisationId>, Fault> {
        Ok(self.seen(reader).find(|row| row.is_named(text)).map(|row| row.id.clone()))
    }

    async fn ids(&self, reader: Reader<'_>) -> Result<Vec<OrganisationId>, Fault> {
        Ok(self.seen(reader).map(|row| row.id.clone()).collect())
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
