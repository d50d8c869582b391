//! The whole map of countries and regions, one click away (N4, N5).

use leptos::prelude::*;
use rules::region::countries;
use words::{Language, label, wizard};

use crate::forms::country_name;
use crate::ui::{Button, ButtonKind, Dialog, order_by_name};

/// A button that opens the map.
#[component]
pub fn CountryMap(
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button kind=ButtonKind::Quiet on_click=move |_| open.set(true)>
            {wizard::map_open(language)}
        </Button>
        <Dialog
            open=open
            on_close=move |()| open.set(false)
            title=wizard::map_title(language)
            close_label=words::ui::close(language)
            wide=true
        >
            {table(language)}
        </Dialog>
    }
}

fn table(language: Language) -> impl IntoView {
    let mut rows: Vec<_> = countries().iter().map(|country| (country_name(language, country.code), country)).collect();
    order_by_name(language.tag(), &mut rows, |(name, _)| name);
    let rows = rows
        .into_iter()
        .map(|(name, country)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{label::region(language, country.region)}</td>
                    <td>{label::source(language, country.source)}</td>
                    <td>{label::availability(language, country.available)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scrolls" tabindex="0" role="region" aria-label=wizard::map_title(language)>
            <table class="table table-plain">
                <thead>
                    <tr>
                        <th scope="col">{wizard::map_country(language)}</th>
                        <th scope="col">{wizard::map_region(language)}</th>
                        <th scope="col">{wizard::map_source(language)}</th>
                        <th scope="col">{wizard::map_available(language)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
