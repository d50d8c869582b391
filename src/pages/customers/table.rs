//! The table of customers; on a phone its rows are cards.

use leptos::prelude::*;
use rules::customers::Column;
use words::{Language, customers, terms};

use super::columns::Columns;
use super::list::List;
use super::row::Row;
use super::slots::{Slot, Slots};
use crate::reader::language;
use crate::ui::Button;

/// The rows that were found, and a button for more. Table roles are written out:
/// rows that are laid out as cards lose them in some browsers.
#[component]
pub fn CustomersTable(list: List, columns: Columns, slots: Slots) -> impl IntoView {
    let language = language();
    let today = move || list.found.with(|found| found.as_ref().map(|found| found.today));
    let rows = move || list.found.with(|found| found.as_ref().map(|found| found.rows.clone()).unwrap_or_default());
    let has_more = move || list.found.with(|found| found.as_ref().is_some_and(|found| found.next.is_some()));
    view! {
        <div class="customers-scroll" aria-busy=move || list.busy.get().then_some("true")>
            <table class=move || columns.table_class() role="table" aria-label=customers::table(language)>
                <thead role="rowgroup">
                    <tr role="row">
                        <th class="c-select" role="columnheader" scope="col">
                            {move || slots.fill(Slot::SelectAll)}
                        </th>
                        {HEADS.map(|(class, column)| head(list, slots, class, column))}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    // What a row shows changes only with these four.
                    <For each=rows key=move |line| (line.id.clone(), line.status, line.last_change, today()) let:line>
                        {today().map(|today| view! { <Row line=line today=today slots=slots /> })}
                    </For>
                </tbody>
            </table>
        </div>
        {move || {
            has_more()
                .then(|| {
                    view! {
                        <div class="customers-more">
                            <Button busy=list.busy on_click=move |_| list.load_more()>
                                {customers::show_more(language)}
                            </Button>
                        </div>
                    }
                })
        }}
    }
}

/// The columns of Q1 with the classes that the style sheet has for them.
const HEADS: [(&str, Column); 11] = [
    ("c-company", Column::Company),
    ("c-status", Column::Status),
    ("c-services", Column::Services),
    ("c-life", Column::Life),
    ("c-ends", Column::Ends),
    ("c-days", Column::DaysLeft),
    ("c-licences", Column::Licences),
    ("c-region", Column::Region),
    ("c-administrator", Column::Administrator),
    ("c-in-charge", Column::InCharge),
    ("c-change", Column::LastChange),
];

/// The name of a column.
pub fn name(language: Language, column: Column) -> &'static str {
    match column {
        Column::Company => customers::company(language),
        Column::Status => customers::status(language),
        Column::Services => customers::services(language),
        Column::Life => customers::life(language),
        Column::Ends => customers::ends(language),
        Column::DaysLeft => customers::days_left(language),
        Column::Licences => terms::licences(language),
        Column::Region => customers::region(language),
        Column::Administrator => customers::administrator(language),
        Column::InCharge => customers::in_charge(language),
        Column::LastChange => customers::last_change(language),
    }
}

/// The head of a column. The list is ordered by one of them (Q3); what changed last comes first,
/// so that column begins with its greatest.
fn head(list: List, slots: Slots, class: &'static str, column: Column) -> impl IntoView {
    let language = language();
    let sorted = move || {
        let (sort, reversed) = list.query.with(|query| (query.sort, query.reversed));
        let falls = reversed != (column == Column::LastChange);
        (sort == column).then_some(if falls { "descending" } else { "ascending" })
    };
    let name = move || slots.fill(Slot::Head(column)).unwrap_or_else(|| name(language, column).into_any());
    view! {
        <th class=class role="columnheader" scope="col" aria-sort=sorted>
            {name}
        </th>
    }
}
