//! *Export CSV*: exactly the rows, columns and order on screen, all pages (Q5).

use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::people::Right;
use words::{label, list_tools};

use super::{Desk, columns};
use crate::api;
use crate::failure::failed_in_full;
use crate::session::{may, today};
use crate::ui::{Button, Toasts, save_file};

/// The mark by which spreadsheets know UTF-8; reading an answer as text takes it away.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The button; who may not download is told why (P2, P7).
#[component]
pub(super) fn Export(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let toasts = expect_context::<Toasts>();
    let because = label::because(language, may(Right::Download));
    let busy = RwSignal::new(false);
    let name = format!("{}-{}.csv", list_tools::file_name(language), today());
    let save = move |_| {
        busy.set(true);
        let (query, columns) = (desk.list.query.get_untracked(), columns::standing(desk));
        let name = name.clone();
        spawn_local(async move {
            let answer = api::customers_download(&query, &columns, language).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(text) => {
                    let text = text.trim_start_matches(BYTE_ORDER_MARK);
                    save_file(&name, "text/csv;charset=utf-8", &[BYTE_ORDER_MARK, text].concat());
                    toasts.good(list_tools::exported(language, &name));
                }
                Err(failure) => toasts.bad(failed_in_full(language, &failure)),
            }
        });
    };
    view! {
        <Button busy=busy disabled_because=Signal::stored(because) on_click=save>
            {list_tools::export(language)}
        </Button>
    }
}
