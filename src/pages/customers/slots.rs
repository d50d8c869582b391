//! The places of the page that the later part of the program fills: worklist, filters, saved
//! views, acts on several customers. The list can be used without them, and is there sooner.

use contract::customers::CustomerLine;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use rules::customers::Column;
use words::ui;

use super::columns::Columns;
use super::list::List;
use crate::later::list_tools;
use crate::reader::language;
use crate::ui::{Button, Notice, Shape, Tone};

/// A place that the later part fills.
#[derive(Clone, Debug)]
pub enum Slot {
    /// Above the list.
    Worklist,
    /// Beside the title.
    Actions,
    /// Behind the search.
    Bar,
    /// The name of a column, which sorts by it.
    Head(Column),
    /// The box that selects every row.
    SelectAll,
    /// The box that selects a row.
    Select(Box<CustomerLine>),
}

/// What fills them.
pub type Fill = Callback<Slot, AnyView>;

/// The places of one page.
#[derive(Clone, Copy)]
pub struct Slots(RwSignal<Option<Fill>>);

impl Slots {
    /// Fetches the later part as soon as there is an answer to show, so that it does not take the
    /// line from what the reader waits for.
    pub fn follow(list: List, columns: Columns) -> Slots {
        let slots = Slots(RwSignal::new(None));
        let failed = RwSignal::new(false);
        provide_context(Failed(failed));
        let asked = StoredValue::new(false);
        // What the part makes lasts as long as the page, and not until this effect runs again.
        let owner = Owner::current().unwrap_or_default();
        Effect::new(move |_| {
            if list.found.with(Option::is_none) && list.failure.with(Option::is_none) || asked.get_value() {
                return;
            }
            asked.set_value(true);
            owner.with(|| {
                spawn_local_scoped(async move {
                    match list_tools(list, columns).await {
                        Ok(fill) => slots.0.try_set(fill).is_none(),
                        Err(_) => failed.try_set(true).is_none(),
                    };
                });
            });
        });
        slots
    }

    /// What fills a place by now.
    pub fn fill(self, slot: Slot) -> Option<AnyView> {
        self.0.get().map(|fill| fill.run(slot))
    }
}

/// Whether the later part did not arrive.
#[derive(Clone, Copy)]
pub struct Failed(RwSignal<bool>);

/// Says that the later part did not arrive. One of an older version is gone from the host for
/// good: only the page itself can tell the new one.
#[component]
pub fn PartMissing() -> impl IntoView {
    let language = language();
    let Failed(failed) = expect_context();
    move || {
        failed.get().then(|| {
            view! {
                <Notice tone=Tone::Warn shape=Shape::Triangle announced=true>
                    <p>{ui::part_missing(language)}</p>
                    <Button on_click=|_| drop(window().location().reload())>{ui::load_again(language)}</Button>
                </Notice>
            }
        })
    }
}
