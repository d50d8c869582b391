//! Choosing the columns of the list (Q1).

use leptos::prelude::*;
use rules::customers::Column;
use words::customers;

use super::super::columns::COLUMNS;
use super::super::table::name;
use super::{Desk, Panel};
use crate::ui::CheckboxField;

/// A box for each column that can be hidden: all but the company.
#[component]
pub(super) fn ColumnBoxes(desk: Desk) -> impl IntoView {
    let (language, columns) = (desk.language, desk.columns);
    let boxes = Column::ALL.into_iter().skip(1).enumerate().map(|(place, column)| {
        view! {
            <CheckboxField
                id=format!("column-{}", COLUMNS[place])
                label=Signal::stored(name(language, column).to_owned())
                checked=Signal::derive(move || columns.stands(place))
                on_change=move |_: bool| columns.toggle(place)
            />
        }
    });
    view! {
        <fieldset
            class="boxes below"
            id="column-boxes"
            aria-label=customers::columns(language)
            hidden=move || desk.panel.get() != Some(Panel::Columns)
        >
            {boxes.collect_view()}
            <p class="aside muted">{customers::columns_hint(language)}</p>
        </fieldset>
    }
}

/// The columns that the reader has left standing, in the order of the list.
pub(super) fn standing(desk: Desk) -> Vec<Column> {
    let hideable = Column::ALL.into_iter().skip(1).enumerate();
    let stand = hideable.filter(|(place, _)| desk.columns.stands(*place)).map(|(_, column)| column);
    std::iter::once(Column::Company).chain(stand).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_that_can_be_hidden_are_those_of_the_law_but_the_first_q1() {
        assert_eq!(COLUMNS.len() + 1, Column::ALL.len());
        assert_eq!(Column::ALL[0], Column::Company);
    }
}
