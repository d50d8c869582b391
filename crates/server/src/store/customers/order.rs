//! The order of a list, as columns of SQL.

use backend::store::Place;
use rules::customers::{Column, SortKey};
use sqlx::{Postgres, QueryBuilder};

use super::period::{LAST_NUMBER, LAST_TEXT, stored_text};

/// How the column that orders the rows is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// As a number.
    Number(&'static str),
    /// As a text.
    Text(&'static str),
    /// As a person, whose name orders them.
    Person,
}

/// In which column of the table a column of the list is kept.
pub(super) fn kept(column: Column) -> Kept {
    match column {
        Column::Company => Kept::Text("company"),
        Column::Status => Kept::Number("by_status"),
        Column::Services => Kept::Text("by_services"),
        Column::Life => Kept::Number("by_life"),
        Column::Ends => Kept::Number("by_ends"),
        Column::DaysLeft => Kept::Number("by_days_left"),
        Column::Licences => Kept::Number("by_licences"),
        Column::Region => Kept::Text("by_region"),
        Column::Administrator => Kept::Text("by_administrator"),
        Column::InCharge => Kept::Person,
        Column::LastChange => Kept::Number("by_last_change"),
    }
}

/// A place in the order, as the table keeps it: what orders the row, and the id that decides between equals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Number(i64, String),
    Text(String, String),
}

impl Mark {
    /// A place among numbers. A place that somebody made up may have a key of another kind: numbers come
    /// before texts, and these before what has no value.
    pub(super) fn number(place: Place<'_>) -> Mark {
        let id = stored_text(place.id.as_str());
        match place.key {
            SortKey::Number(LAST_NUMBER) | SortKey::Text(_) => Mark::Number(LAST_NUMBER, String::new()),
            SortKey::Number(number) => Mark::Number(*number, id),
            SortKey::Last => Mark::Number(LAST_NUMBER, id),
        }
    }

    /// A place among texts.
    pub(super) fn text(place: Place<'_>) -> Mark {
        let id = stored_text(place.id.as_str());
        match place.key {
            SortKey::Number(_) => Mark::Text(String::new(), String::new()),
            SortKey::Text(text) => Mark::Text(stored_text(text), id),
            SortKey::Last => Mark::Text(LAST_TEXT.to_owned(), id),
        }
    }

    /// A place among the sales people, who have their numbers in the order of their names: each an odd one, so
    /// that a name that is none of theirs any more lies between two.
    pub(super) fn person(place: Place<'_>, people: &[(SortKey, Vec<String>)]) -> Mark {
        let at = people.partition_point(|(key, _)| key < place.key);
        match people.get(at) {
            Some((key, _)) if key == place.key => Mark::Number(rank(at), stored_text(place.id.as_str())),
            _ => Mark::Number(rank(at) - 1, String::new()),
        }
    }
}

/// The number of the sales people of one name, by their place among all names.
pub(super) fn rank(at: usize) -> i64 {
    i64::try_from(at).map_or(i64::MAX, |at| at.saturating_mul(2).saturating_add(1))
}

/// Adds the condition that a row stands after a place.
pub(super) fn push_after(sql: &mut QueryBuilder<Postgres>, column: &str, mark: Mark, reversed: bool) {
    sql.push(" AND (").push(column).push(if reversed { ", id) < (" } else { ", id) > (" });
    let id = match mark {
        Mark::Number(number, id) => {
            sql.push_bind(number);
            id
        }
        Mark::Text(text, id) => {
            sql.push_bind(text);
            id
        }
    };
    sql.push(", ").push_bind(id).push(")");
}

/// Adds the order.
pub(super) fn push_order(sql: &mut QueryBuilder<Postgres>, columns: &[&str], reversed: bool) {
    for (number, column) in columns.iter().enumerate() {
        sql.push(if number == 0 { " ORDER BY " } else { ", " }).push(column).push(if reversed { " DESC" } else { "" });
    }
}

#[cfg(test)]
mod tests {
    use rules::ids::OrganisationId;

    use super::*;

    #[test]
    fn a_place_of_another_kind_stands_where_the_law_puts_it_q7() {
        let id = OrganisationId("a".to_owned());
        let number = |key: &SortKey| Mark::number(Place { key, id: &id });
        let text = |key: &SortKey| Mark::text(Place { key, id: &id });
        let some = SortKey::Text("b".to_owned());
        assert_eq!(number(&SortKey::Number(3)), Mark::Number(3, "a".to_owned()));
        assert_eq!(number(&some), Mark::Number(LAST_NUMBER, String::new()), "after numbers, before the rest");
        assert_eq!(number(&SortKey::Last), Mark::Number(LAST_NUMBER, "a".to_owned()));
        assert_eq!(text(&SortKey::Number(3)), Mark::Text(String::new(), String::new()), "before all texts");
        assert_eq!(text(&some), Mark::Text("b".to_owned(), "a".to_owned()));
        assert_eq!(text(&SortKey::Last), Mark::Text(LAST_TEXT.to_owned(), "a".to_owned()));
    }

    #[test]
    fn a_place_after_somebody_who_is_gone_lies_between_their_neighbours_q7() {
        let id = OrganisationId("a".to_owned());
        let named = |name: &str| SortKey::Text(name.to_owned());
        let people = [(named("anna"), vec!["a".to_owned()]), (named("piet"), Vec::new()), (SortKey::Last, Vec::new())];
        let at = |key: &SortKey| Mark::person(Place { key, id: &id }, &people);
        assert_eq!(at(&named("anna")), Mark::Number(1, "a".to_owned()));
        assert_eq!(at(&named("mehmet")), Mark::Number(2, String::new()));
        assert_eq!(at(&named("zoë")), Mark::Number(4, String::new()), "before whoever is in nobody's charge");
        assert_eq!(at(&SortKey::Last), Mark::Number(5, "a".to_owned()));
        assert_eq!(at(&SortKey::Number(7)), Mark::Number(0, String::new()));
    }
}
