//! The table of customers; on a phone its rows are cards.

use leptos::prelude::*;
use words::{customers, terms};

use super::columns::Columns;
use super::list::List;
use super::row::Row;
use crate::reader::language;
use crate::ui::Button;

/// The rows that were found, and a button for more. Table roles are written out:
/// rows that are laid out as cards lose them in some browsers.
#[component]
pub fn CustomersTable(list: List, columns: Columns) -> impl IntoView {
    let language = language();
    let today = move || list.found.with(|found| found.as_ref().map(|found| found.today));
    let rows = move || list.found.with(|found| found.as_ref().map(|found| found.rows.clone()).unwrap_or_default());
    let has_more = move || list.found.with(|found| found.as_ref().is_some_and(|found| found.next.is_some()));
    view! {
        <div class="customers-scroll" aria-busy=move || list.busy.get().then_some("true")>
            <table class=move || columns.table_class() role="table" aria-label=customers::table(language)>
                <thead role="rowgroup">
                    <tr role="row">
                        <Head class="c-company" name=customers::company(language) />
                        <Head class="c-status" name=customers::status(language) />
                        <Head class="c-services" name=customers::services(language) />
                        <Head class="c-life" name=customers::life(language) />
                        <Head class="c-ends" name=customers::ends(language) />
                        <Head class="c-days" name=customers::days_left(language) />
                        <Head class="c-licences" name=terms::licences(language) />
                        <Head class="c-region" name=customers::region(language) />
                        <Head class="c-administrator" name=customers::administrator(language) />
                        <Head class="c-in-charge" name=customers::in_charge(language) />
                        <Head class="c-change" name=customers::last_change(language) />
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    // What a row shows changes only with these four.
                    <For each=rows key=move |line| (line.id.clone(), line.status, line.last_change, today()) let:line>
                        {today().map(|today| view! { <Row line=line today=today /> })}
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

#[component]
fn Head(class: &'static str, name: &'static str) -> impl IntoView {
    view! {
        <th class=class role="columnheader" scope="col">
            {name}
        </th>
    }
}
