//! The order of a list, as columns of SQL.

use backend::store::Place;
use rules::customers::{Column, Query, SortKey};
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

/// Adds the condition that a row stands after a place.
pub(super) fn push_after(sql: &mut QueryBuilder<Postgres>, kept: Kept, query: &Query, place: Place<'_>) {
    let sign = if query.reversed { " < (" } else { " > (" };
    let id = stored_text(place.id.as_str());
    match kept {
        Kept::Number(column) => {
            let (key, id) = number_place(place.key, id);
            sql.push(" AND (").push(column).push(", id)").push(sign).push_bind(key).push(", ").push_bind(id).push(")");
        }
        Kept::Text(column) => {
            let (key, id) = text_place(place.key, id);
            sql.push(" AND (").push(column).push(", id)").push(sign).push_bind(key).push(", ").push_bind(id).push(")");
        }
        // Within one person's customers.
        Kept::Person => {
            sql.push(" AND id").push(if query.reversed { " < " } else { " > " }).push_bind(id);
        }
    }
}

/// A place among numbers. A place that somebody made up may have a key of another kind: numbers come before
/// texts, and these before what has no value.
fn number_place(key: &SortKey, id: String) -> (i64, String) {
    match key {
        SortKey::Number(LAST_NUMBER) | SortKey::Text(_) => (LAST_NUMBER, String::new()),
        SortKey::Number(number) => (*number, id),
        SortKey::Last => (LAST_NUMBER, id),
    }
}

fn text_place(key: &SortKey, id: String) -> (String, String) {
    match key {
        SortKey::Number(_) => (String::new(), String::new()),
        SortKey::Text(text) => (stored_text(text), id),
        SortKey::Last => (LAST_TEXT.to_owned(), id),
    }
}

/// Adds the order.
pub(super) fn push_order(sql: &mut QueryBuilder<Postgres>, kept: Kept, query: &Query) {
    let direction = if query.reversed { " DESC" } else { "" };
    sql.push(" ORDER BY ");
    if let Kept::Number(column) | Kept::Text(column) = kept {
        sql.push(column).push(direction).push(", ");
    }
    sql.push("id").push(direction);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_another_kind_stands_where_the_law_puts_it_q7() {
        let id = || "a".to_owned();
        let text = || SortKey::Text("b".to_owned());
        assert_eq!(number_place(&SortKey::Number(3), id()), (3, id()));
        assert_eq!(number_place(&text(), id()), (LAST_NUMBER, String::new()), "after numbers, before the rest");
        assert_eq!(number_place(&SortKey::Last, id()), (LAST_NUMBER, id()));
        assert_eq!(text_place(&SortKey::Number(3), id()), (String::new(), String::new()), "before all texts");
        assert_eq!(text_place(&text(), id()), ("b".to_owned(), id()));
        assert_eq!(text_place(&SortKey::Last, id()), (LAST_TEXT.to_owned(), id()));
    }
}
