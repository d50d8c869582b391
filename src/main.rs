//! The console. It knows a backend only by its HTTP interface and cannot tell
//! which one answers; the law that it shows and checks by is `rules`.

mod act_dialog;
mod api;
mod app;
mod before_after;
mod consequences;
mod failure;
mod forms;
mod frame;
mod heading;
mod journal;
mod kept;
mod later;
mod letter;
mod navigation;
mod one_trial;
mod paged;
mod pages;
mod previewed;
mod reader;
mod route;
mod session;
mod set_up_way;
mod shipment;
mod site_name;
mod status;
mod taking;
mod turns;
mod ui;
mod undoing;
mod waiting;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The element that holds the page; until the console is there it holds the
/// frame that `index.html` paints.
const PLACE: &str = "app";

fn main() {
    // A defect leaves its place in the browser's console; without this it would only say `unreachable`.
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    wasm_bindgen_futures::spawn_local(async {
        // The painted frame stays until there is something to put in its place.
        let first = api::session_view().await;
        let Some(place) = document().get_element_by_id(PLACE) else { return };
        place.replace_children_with_node_0();
        leptos::mount::mount_to(place.unchecked_into(), move || view! { <app::App first=first /> }).forget();
    });
}
