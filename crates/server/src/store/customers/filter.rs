//! What a query asks for, as conditions of SQL. Whatever a person typed is bound, and never part of the text.

use backend::store::Reader;
use rules::clock::Day;
use rules::customers::{DevicesDue, InCharge, Query};
use rules::people::Sees;
use sqlx::postgres::PgHasArrayType;
use sqlx::{Encode, Postgres, QueryBuilder, Type};

use super::period::{day_number, services_mask, services_with, status_number, stored_text};

/// How periods that hold are come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Those that were found to hold, by an index of what is asked for.
    Found,
    /// Those that were found to hold, in the order of a list. Names and who looks after a customer stand in no index of
    /// an order: they are asked by signs first, and of those that have them by [`Asked::push_looked`].
    Walked,
    /// Those that have begun since that was looked at: few, each looked at by itself.
    Begun,
}

/// What a list is read for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) reader: Reader<'a>,
    /// The query; `None` for every customer, also those who have left the list.
    pub(super) query: Option<&'a Query>,
    /// Who is in charge of customers of the partner without being one of its sales people by now (P9).
    pub(super) strays: &'a [String],
}

impl Asked<'_> {
    /// Whether nothing can be found.
    pub(super) fn is_vain(&self) -> bool {
        let sales = self.reader.reading.sales;
        let in_charge = self.query.and_then(|query| query.in_charge.as_ref());
        self.reader.sees == Sees::Nothing
            || matches!(in_charge, Some(InCharge::Person(person)) if !sales.contains_key(person))
    }

    /// Whether the counts by status answer how many there are: nothing but a status is asked for.
    pub(super) fn is_of_status(&self) -> bool {
        let status_alone = |query: &Query| {
            let Query { statuses, sort, reversed, .. } = query;
            let alone = Query { statuses: statuses.clone(), sort: *sort, reversed: *reversed, ..Query::default() };
            Query { search: query.search.trim().to_owned(), ..query.clone() } == alone
        };
        self.reader.sees == Sees::All && self.query.is_some_and(status_alone)
    }

    /// Begins a statement, with the partner's periods that have begun since somebody looked which ones hold.
    pub(super) fn sql(&self) -> QueryBuilder<Postgres> {
        let now = self.reader.reading.now.timestamp_millis();
        let mut sql = QueryBuilder::new("WITH begun AS MATERIALIZED (SELECT * FROM customers_to_come WHERE partner = ");
        sql.push_bind(stored_text(self.reader.partner.as_str()));
        sql.push(" AND valid_from <= ").push_bind(now);
        sql.push(" AND valid_until > ").push_bind(now).push(")");
        sql
    }

    /// Adds some columns of all periods that hold, as a table.
    pub(super) fn push_held(&self, sql: &mut QueryBuilder<Postgres>, columns: &str) {
        sql.push("(");
        self.push(sql, columns, Way::Found);
        sql.push(" UNION ALL ");
        self.push(sql, columns, Way::Begun);
        sql.push(") AS held");
    }

    /// Adds some columns of the periods that are come by in one way; more conditions may follow.
    pub(super) fn push(&self, sql: &mut QueryBuilder<Postgres>, columns: &str, way: Way) {
        sql.push("SELECT ").push(columns).push(" FROM ");
        match way {
            Way::Begun => sql.push("begun WHERE true"),
            Way::Found if !self.searched().is_empty() => self.push_searched(sql).push(" WHERE true"),
            Way::Found | Way::Walked => sql.push("customers_present WHERE true"),
        };
        if way != Way::Begun {
            sql.push(" AND partner = ").push_bind(stored_text(self.reader.partner.as_str()));
            sql.push(" AND valid_until > ").push_bind(self.reader.reading.now.timestamp_millis());
        }
        if let Some(query) = self.query {
            self.push_query(sql, query, way);
        }
        match way {
            Way::Found => self.push_found(sql),
            Way::Walked => self.push_signs(sql),
            Way::Begun => self.push_looked(sql),
        }
    }

    fn push_query(&self, sql: &mut QueryBuilder<Postgres>, query: &Query, way: Way) {
        let today = day_number(Day::of(self.reader.reading.now));
        // A day that many days off is beyond every calendar all the same.
        let within = |days: u32| i32::try_from(today.saturating_add(i64::from(days))).unwrap_or(i32::MAX);
        match query.statuses.is_empty() {
            true => {
                sql.push(" AND NOT left_list");
            }
            // Rows of one status stand in an index in the order of another column, those of several do not.
            false => push_any(sql, "by_status", query.statuses.iter().map(|status| status_number(*status)).collect()),
        };
        if !query.services.is_empty() {
            let services = || query.services.iter().copied();
            match way == Way::Found {
                true => push_any(sql, "services", services_with(services())),
                false => {
                    sql.push(" AND services & ").push_bind(services_mask(services())).push(" <> 0");
                }
            }
        }
        // A period that holds has no end behind it; those that are over have, and need not be looked at.
        for (column, days) in [("ends_on", query.ends_within), ("answer_by", query.answer_within)] {
            if let Some(days) = days {
                sql.push(" AND ").push(column).push(" BETWEEN ").push_bind(within(0));
                sql.push(" AND ").push_bind(within(days));
            }
        }
        if !query.regions.is_empty() {
            push_any(sql, "by_region", query.regions.iter().map(|region| region.name().to_lowercase()).collect());
        }
        match &query.in_charge {
            None => {}
            Some(InCharge::Person(person)) => push_any(sql, "in_charge", vec![stored_text(person.as_str())]),
            Some(InCharge::Nobody) => {
                let nobody = std::iter::once(String::new()).chain(self.strays.iter().cloned());
                push_any(sql, "in_charge", nobody.collect());
            }
        }
        match query.devices_due {
            None => {}
            Some(DevicesDue::Due) => {
                sql.push(" AND return_due IS NOT NULL");
            }
            Some(DevicesDue::Overdue) => {
                sql.push(" AND return_due < ").push_bind(within(0));
            }
        }
        if query.interested {
            sql.push(" AND interested");
        }
        if query.failed_mails {
            sql.push(" AND failed_mails");
        }
    }
}

/// Adds the condition that a column holds one of some values.
fn push_any<T>(sql: &mut QueryBuilder<Postgres>, column: &str, mut values: Vec<T>)
where
    T: for<'q> Encode<'q, Postgres> + Type<Postgres> + PgHasArrayType,
{
    sql.push(" AND ").push(column);
    let alone = values.len() == 1;
    match values.pop_if(|_| alone) {
        Some(value) => sql.push(" = ").push_bind(value),
        None => sql.push(" = ANY(").push_bind(values).push(")"),
    };
}
