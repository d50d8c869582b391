//! What a query asks for, as conditions of SQL. Whatever a person typed is bound, and never part of the text.

use backend::store::Reader;
use rules::clock::Day;
use rules::customers::{DevicesDue, InCharge, Query};
use rules::people::Sees;
use sqlx::{Postgres, QueryBuilder};

use super::period::{day_number, services_mask, status_number, stored_text};

/// How rows are come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By an index of what is asked for.
    Found,
    /// In the order of a list, each looked at by itself.
    Walked,
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

    /// Adds the conditions, behind `WHERE`.
    pub(super) fn push(&self, sql: &mut QueryBuilder<Postgres>, way: Way) {
        let now = self.reader.reading.now.timestamp_millis();
        sql.push("partner = ").push_bind(stored_text(self.reader.partner.as_str()));
        sql.push(" AND valid_from <= ").push_bind(now).push(" AND valid_until > ").push_bind(now);
        if let Sees::LookedAfterBy(person) = self.reader.sees {
            sql.push(" AND looked_after_by @> ").push_bind(vec![stored_text(person.as_str())]);
        }
        if let Some(query) = self.query {
            self.push_query(sql, query, way);
        }
    }

    fn push_query(&self, sql: &mut QueryBuilder<Postgres>, query: &Query, way: Way) {
        let today = day_number(Day::of(self.reader.reading.now));
        // A day that many days off is beyond every calendar all the same.
        let within = |days: u32| i32::try_from(today.saturating_add(i64::from(days))).unwrap_or(i32::MAX);
        match query.statuses.is_empty() {
            true => sql.push(" AND NOT left_list"),
            false => {
                let statuses: Vec<i64> = query.statuses.iter().map(|status| status_number(*status)).collect();
                match statuses[..] {
                    // Rows of one status stand in an index in the order of another column, those of several do not.
                    [status] => sql.push(" AND by_status = ").push_bind(status),
                    _ => sql.push(" AND by_status = ANY(").push_bind(statuses).push(")"),
                }
            }
        };
        if !query.services.is_empty() {
            let mask = services_mask(query.services.iter().copied());
            sql.push(" AND (services & ").push_bind(mask).push(") <> 0");
        }
        if let Some(days) = query.ends_within {
            // A period that holds has no end behind it; those that are over have, and need not be looked at.
            sql.push(" AND ends_on BETWEEN ").push_bind(within(0)).push(" AND ").push_bind(within(days));
        }
        if let Some(days) = query.answer_within {
            sql.push(" AND answer_by BETWEEN ").push_bind(within(0)).push(" AND ").push_bind(within(days));
        }
        if !query.regions.is_empty() {
            let regions: Vec<String> = query.regions.iter().map(|region| region.name().to_lowercase()).collect();
            sql.push(" AND by_region = ANY(").push_bind(regions).push(")");
        }
        match &query.in_charge {
            None => {}
            Some(InCharge::Person(person)) => {
                sql.push(" AND in_charge = ").push_bind(stored_text(person.as_str()));
            }
            Some(InCharge::Nobody) => {
                let nobody: Vec<String> = std::iter::once(String::new()).chain(self.strays.iter().cloned()).collect();
                sql.push(" AND in_charge = ANY(").push_bind(nobody).push(")");
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
        let text = searched(query);
        if !text.is_empty() {
            sql.push(" AND (");
            // An index of parts of three letters leads from no shorter text to a name.
            match way == Way::Found && text.chars().count() < 3 {
                true => {
                    sql.push("customer_pairs(company, email) @> ").push_bind(vec![text.clone()]);
                }
                false => push_likes(sql, &text),
            }
            sql.push(" OR names @> ").push_bind(vec![text]).push(")");
        }
    }
}

/// What is searched for, in lower case (Q2).
pub(super) fn searched(query: &Query) -> String {
    stored_text(&query.search.trim().to_lowercase())
}

/// Adds the condition that a name or an address holds a text.
pub(super) fn push_likes(sql: &mut QueryBuilder<Postgres>, text: &str) {
    let pattern = pattern(text);
    sql.push("company LIKE ").push_bind(pattern.clone()).push(" OR email LIKE ").push_bind(pattern);
}

/// A text anywhere in another one, as `LIKE` writes it: its own signs stand for themselves.
fn pattern(text: &str) -> String {
    let literal = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_search_text_stand_for_themselves_g3() {
        assert_eq!(pattern("50%_\\'"), "%50\\%\\_\\\\'%");
    }
}
