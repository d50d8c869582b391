//! What the Customers tab offers beyond its list: worklist, filters, order, download, saved views,
//! and acts on several customers (Q3, Q5, Q6, Q12). It is of the later part of the program and
//! fills the places that the page leaves for it.

mod active;
mod bulk;
mod columns;
mod export;
mod left_out;
mod panel;
mod selection;
mod views;
mod worklist;

use contract::customers::NamedPerson;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use rules::customers::{Column, Query};
use words::{Language, list_tools};

use self::active::Active;
use self::bulk::BulkDialog;
use self::columns::ColumnBoxes;
use self::export::Export;
use self::left_out::{Notes, left_out};
use self::panel::FilterPanel;
use self::selection::{Chosen, SelectAll, SelectRow, SelectionBar};
use self::views::ViewsMenu;
use self::worklist::WorklistStrip;
use super::slots::{Fill, Slot};
use super::table::name;
use super::{Columns, List};
use crate::api;
use crate::navigation::{Navigator, navigator};
use crate::reader::language;
use crate::route::{Route, parse_query};
use crate::ui::{Icon, Shape};

/// The panels below the search of which one at most is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panel {
    Filters,
    Columns,
}

/// What the tools share.
#[derive(Clone, Copy)]
struct Desk {
    list: List,
    columns: Columns,
    language: Language,
    navigator: Navigator,
    /// The partner's sales people; `None` until they have come.
    people: RwSignal<Option<Vec<NamedPerson>>>,
    /// The customers that are selected, in the order in which they were.
    chosen: RwSignal<Vec<Chosen>>,
    /// What an address or a saved view named that does not exist, with the filter that is left.
    gone: RwSignal<Option<(Query, Vec<String>)>>,
    panel: RwSignal<Option<Panel>>,
    /// The act on several customers that is asked for.
    asked: RwSignal<Option<bulk::What>>,
}

impl Desk {
    /// Goes to the list with another filter; Back leads to the present one.
    fn change(self, change: impl FnOnce(&mut Query)) {
        let mut query = self.list.query.get_untracked();
        change(&mut query);
        self.navigator.go(Route::Customers(query));
    }

    /// Goes to the list with a filter as an address or a saved view has it.
    fn open(self, filter: &str) {
        let query = parse_query(filter);
        self.note(filter, &query);
        self.navigator.go(Route::Customers(query));
    }

    /// Notes what of a filter does not exist.
    fn note(self, filter: &str, query: &Query) {
        let gone = left_out(filter);
        self.gone.set((!gone.is_empty()).then(|| (query.clone(), gone)));
    }

    fn load_people(self) {
        spawn_local_scoped(async move {
            if let Ok(told) = api::sales_people().await {
                let _ = self.people.try_set(Some(told.people));
            }
        });
    }
}

/// Fills the places of the page.
pub fn fill(list: List, columns: Columns) -> Fill {
    let navigator = navigator();
    let desk = Desk {
        list,
        columns,
        language: language(),
        navigator,
        people: RwSignal::new(None),
        chosen: RwSignal::new(Vec::new()),
        gone: RwSignal::new(None),
        panel: RwSignal::new(None),
        asked: RwSignal::new(None),
    };
    desk.load_people();
    selection::follow(desk);
    let first = navigator.take_first_search();
    let first = first.trim_start_matches('?');
    let query = parse_query(first);
    if navigator.route().get_untracked() == Route::Customers(query.clone()) {
        desk.note(first, &query);
    }
    let worklist = worklist::follow(desk);
    Callback::new(move |slot| match slot {
        Slot::Worklist => view! { <WorklistStrip desk=desk counts=worklist /> }.into_any(),
        Slot::Actions => view! { <Export desk=desk /> }.into_any(),
        Slot::Bar => view! { <Bar desk=desk /> }.into_any(),
        Slot::Head(column) => view! { <Head desk=desk column=column /> }.into_any(),
        Slot::SelectAll => view! { <SelectAll desk=desk /> }.into_any(),
        Slot::Select(line) => view! { <SelectRow desk=desk line=*line /> }.into_any(),
    })
}

/// What stands behind the search, and below it.
#[component]
fn Bar(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let count = move || {
        let count = desk.list.query.with(active::count);
        (count > 0).then(|| view! { <span class="tag numbers">{count}</span> })
    };
    view! {
        <OpenPanel desk=desk panel=Panel::Filters controls="filters">
            {list_tools::filters(language)}
            {count}
        </OpenPanel>
        <ViewsMenu desk=desk />
        <OpenPanel desk=desk panel=Panel::Columns controls="column-boxes">
            {words::customers::columns(language)}
        </OpenPanel>
        <FilterPanel desk=desk />
        <ColumnBoxes desk=desk />
        <Active desk=desk />
        <Notes desk=desk />
        <SelectionBar desk=desk />
        <BulkDialog desk=desk />
    }
}

/// Opens and closes a panel.
#[component]
fn OpenPanel(desk: Desk, panel: Panel, controls: &'static str, children: Children) -> impl IntoView {
    let open = move || desk.panel.get() == Some(panel);
    let toggle = move |_| desk.panel.update(|now| *now = if *now == Some(panel) { None } else { Some(panel) });
    view! {
        <button
            type="button"
            id=format!("open-{controls}")
            class=format!("button open-{controls}")
            aria-expanded=move || if open() { "true" } else { "false" }
            aria-controls=controls
            on:click=toggle
        >
            {children()}
            <Icon shape=Shape::Down />
        </button>
    }
}

/// The head of a column: pressed it orders the list by it, and pressed again it turns the order round.
#[component]
fn Head(desk: Desk, column: Column) -> impl IntoView {
    let language = desk.language;
    let sort = move |_| {
        desk.change(|query| {
            query.reversed = query.sort == column && !query.reversed;
            query.sort = column;
        });
    };
    let mark = move || {
        let (sort, reversed) = desk.list.query.with(|query| (query.sort, query.reversed));
        let falls = reversed != (column == Column::LastChange);
        (sort == column).then(
            || view! { <span class=if falls { "sorted" } else { "sorted rises" }><Icon shape=Shape::Down /></span> },
        )
    };
    view! {
        <button type="button" class="sort" title=list_tools::sort_by_this(language) on:click=sort>
            {name(language, column)}
            {mark}
        </button>
    }
}
