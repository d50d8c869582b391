//! Which columns the list has: the reader's choice, kept in the browser (Q1).

use leptos::prelude::*;

use crate::reader::{keep, kept};

/// Under this name the browser keeps which columns are hidden.
const KEY: &str = "proef.columns";

/// The columns that can be hidden, by the names that the style sheet has for them.
/// Company leads to the customer and always stands.
pub const COLUMNS: [&str; 10] =
    ["status", "services", "life", "ends", "days", "licences", "region", "administrator", "in-charge", "change"];

/// The reader's choice: a bit for each hidden column.
#[derive(Clone, Copy)]
pub struct Columns(RwSignal<u16>);

impl Columns {
    /// The choice as the browser kept it; else every column stands where there is room.
    pub fn kept() -> Columns {
        Columns(RwSignal::new(read(&kept(KEY).unwrap_or_default())))
    }

    /// The classes of the table, one for each hidden column.
    pub fn table_class(self) -> String {
        let mut class = "table customers-table".to_owned();
        for name in names(self.0.get()) {
            class.push_str(" hide-");
            class.push_str(name);
        }
        class
    }

    /// Whether a column, by its place in [`COLUMNS`], stands.
    pub fn stands(self, column: usize) -> bool {
        self.0.get() & (1 << column) == 0
    }

    /// Hides a column, or shows it again.
    pub fn toggle(self, column: usize) {
        self.0.update(|hidden| *hidden ^= 1 << column);
        let text = names(self.0.get_untracked()).collect::<Vec<_>>().join(",");
        keep(KEY, (!text.is_empty()).then_some(text.as_str()));
    }
}

fn names(hidden: u16) -> impl Iterator<Item = &'static str> {
    COLUMNS.into_iter().enumerate().filter(move |(column, _)| hidden & (1 << column) != 0).map(|(_, name)| name)
}

/// Reads what was kept; a name that no column has any more is passed over.
fn read(text: &str) -> u16 {
    let column = |name| COLUMNS.iter().position(|each| *each == name);
    text.split(',').filter_map(column).fold(0, |hidden, column| hidden | 1 << column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_columns_are_kept_by_name_and_unknown_names_passed_over_q1() {
        let hidden = read("region,change,telex,");
        assert_eq!(names(hidden).collect::<Vec<_>>(), ["region", "change"]);
        assert_eq!(read(""), 0);
    }
}
