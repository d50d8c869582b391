//! One customer as a filter: searched by typing, named while it holds, and taken away (L8, L10).

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::ids::OrganisationId;
use words::{Language, activity, list_tools};

use super::finding::{Named, every, found_by, name_of};
use crate::api;
use crate::forms::list_texts;
use crate::ui::{ComboOption, Combobox, Icon, Shape, move_focus};

/// The pause in typing after which is searched.
const PAUSE: Duration = Duration::from_millis(250);
const FIELD: &str = "activity-customer";
const HELD: &str = "activity-customer-held";

/// The filter: a field while none is chosen, else its name with the way to take it away.
#[component]
pub(super) fn CustomerFilter(
    chosen: Signal<Option<OrganisationId>>,
    #[prop(into)] on_choose: Callback<Option<OrganisationId>>,
    language: Language,
) -> impl IntoView {
    let names = RwSignal::new(Vec::<Named>::new());
    let name = move |id: &OrganisationId| {
        names.with(|names| names.iter().find(|each| each.id == *id).map(|each| each.company.clone()))
    };
    // A customer that came with the address is known by its id alone.
    Effect::new(move |_| {
        let Some(id) = chosen.get().filter(|id| untrack(|| name(id)).is_none()) else { return };
        spawn_local(async move {
            let named = name_of(id).await;
            let _ = names.try_update(|names| names.push(named));
        });
    });
    let choose = move |id: Option<String>| {
        if let Some(id) = id.map(OrganisationId) {
            on_choose.run(Some(id));
            move_focus(HELD);
        }
    };
    let take = move |_| {
        on_choose.run(None);
        move_focus(FIELD);
    };
    move || match chosen.get() {
        None => view! { <Search names=names on_choose=choose language=language /> }.into_any(),
        Some(id) => {
            let text = move || activity::of_customer(language, name(&id).unwrap_or_else(|| id.to_string()));
            let label = {
                let text = text.clone();
                move || list_tools::without(language, text())
            };
            view! {
                <button id=HELD type="button" class="chip held" aria-label=label on:click=take>
                    <bdi>{text}</bdi>
                    <Icon shape=Shape::Cross />
                </button>
            }
            .into_any()
        }
    }
}

/// The field: what is typed is searched by the backend, however many customers there are (Q7).
#[component]
fn Search(
    names: RwSignal<Vec<Named>>,
    #[prop(into)] on_choose: Callback<Option<String>>,
    language: Language,
) -> impl IntoView {
    let options = RwSignal::new(Vec::<ComboOption>::new());
    let last = StoredValue::new(String::new());
    let load = move |text: String| {
        let _ = last.try_set_value(text.clone());
        spawn_local(async move {
            let Ok(page) = api::customers_list(&every(&text), None).await else { return };
            if last.try_get_value().as_ref() != Some(&text) {
                return;
            }
            let found = found_by(&page.rows);
            options.set(found.iter().map(option).collect());
            names.update(|names| {
                names.retain(|known| found.iter().all(|each| each.id != known.id));
                names.extend(found);
            });
        });
    };
    let typed = RwSignal::new(String::new());
    let mut load_later = leptos::leptos_dom::helpers::debounce(PAUSE, load);
    Effect::new(move |_| load_later(typed.get()));
    view! {
        <Combobox
            id=FIELD
            label=activity::customer(language).to_owned()
            options=options
            value=Signal::stored(None::<String>)
            on_change=on_choose
            on_typing=move |text| typed.set(text)
            texts=list_texts(language)
        />
    }
}

fn option(customer: &Named) -> ComboOption {
    ComboOption {
        value: customer.id.to_string(),
        label: customer.company.clone(),
        detail: customer.address.clone().unwrap_or_default(),
        refused: None,
    }
}
