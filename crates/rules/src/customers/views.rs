//! Saved views of the customers list: a name, and the filter as it stands in the
//! address (Q3, P9).

use serde::{Deserialize, Serialize};

use crate::text::is_forbidden;

/// Views that one list holds at most, a person's own or a partner's.
pub const VIEWS_MAX: usize = 30;

/// Longest name of a view, in Unicode scalar values.
pub const VIEW_NAME_MAX: usize = 60;

/// Longest filter of a view, in bytes.
pub const VIEW_FILTER_MAX: usize = 2000;

/// A saved view. What it filters by is kept as it stands in the address, and read when
/// the view is opened: a filter that no longer exists by then is left out, and the rest
/// still shows (Q3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// What stands behind the question mark of the address; empty for all customers.
    pub filter: String,
}

/// Why a list of views cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewFault {
    /// A name is missing.
    NoName,
    /// A name is too long.
    LongName,
    /// A name or filter holds a character that no line may hold (N1).
    Forbidden,
    /// Two have the same name.
    TwiceNamed,
    /// There are too many.
    TooMany,
    /// A filter is too long.
    LongFilter,
}

/// Whether two names are the same to whoever reads them.
pub fn same_view_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// What is wrong with a list of views as a whole.
///
/// # Errors
/// The first fault.
pub fn check_views(views: &[SavedView]) -> Result<(), ViewFault> {
    if views.len() > VIEWS_MAX {
        return Err(ViewFault::TooMany);
    }
    for (place, view) in views.iter().enumerate() {
        let name = view.name.trim();
        if name.is_empty() {
            return Err(ViewFault::NoName);
        }
        if name.chars().count() > VIEW_NAME_MAX {
            return Err(ViewFault::LongName);
        }
        if view.filter.len() > VIEW_FILTER_MAX {
            return Err(ViewFault::LongFilter);
        }
        if name.chars().chain(view.filter.chars()).any(is_forbidden) {
            return Err(ViewFault::Forbidden);
        }
        if views[..place].iter().any(|before| same_view_name(&before.name, name)) {
            return Err(ViewFault::TwiceNamed);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(name: &str, filter: &str) -> SavedView {
        SavedView { name: name.to_owned(), filter: filter.to_owned() }
    }

    #[test]
    fn views_have_names_that_differ_and_their_number_is_bounded_q3() {
        let many = |count: usize| (0..count).map(|each| view(&format!("View {each}"), "")).collect::<Vec<_>>();
        let rows = [
            (vec![], Ok(())),
            (vec![view("Mine", "status=expired"), view("Other", "")], Ok(())),
            (vec![view(" ", "")], Err(ViewFault::NoName)),
            (vec![view(&"é".repeat(VIEW_NAME_MAX), "")], Ok(())),
            (vec![view(&"é".repeat(VIEW_NAME_MAX + 1), "")], Err(ViewFault::LongName)),
            (vec![view("a\u{202e}b", "")], Err(ViewFault::Forbidden)),
            (vec![view("a", "q=\n")], Err(ViewFault::Forbidden)),
            (vec![view("Mine", ""), view(" mINE ", "")], Err(ViewFault::TwiceNamed)),
            (vec![view("a", &"x".repeat(VIEW_FILTER_MAX + 1))], Err(ViewFault::LongFilter)),
            (many(VIEWS_MAX), Ok(())),
            (many(VIEWS_MAX + 1), Err(ViewFault::TooMany)),
        ];
        for (views, verdict) in rows {
            assert_eq!(check_views(&views), verdict, "{views:?}");
        }
    }
}
