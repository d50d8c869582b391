//! People are added by hand or from a file: in a set-up, and among the people of the hub (U2, H5).

mod by_hand;
mod from_file;
mod report;

use contract::hub::LicenceLine;
use contract::set_up::TakePeople;
use leptos::prelude::*;
use rules::service::Service;
use rules::set_up::PersonDraft;
use words::{Language, label, taking};

use self::by_hand::ByHand;
use self::from_file::FromFile;
use crate::api::{Failure, Key, TakenInto};
use crate::failure::failed_in_full;
use crate::ui::{Notice, RadioGroup, RadioOption, Shape, Tone};

/// The id of the choice of how people are added.
const WAYS: &str = "taking-ways";

/// What both ways of adding need.
#[derive(Clone, Copy)]
struct Taking {
    into: StoredValue<TakenInto>,
    language: Language,
    /// Told once somebody was added.
    on_taken: Callback<()>,
    /// What is meant, and its key: the same for every click and retry, another one for something
    /// else, and a new one once it is done (G2).
    meant: StoredValue<Option<(TakePeople, Key)>>,
}

impl Taking {
    fn key(self, people: &TakePeople) -> Key {
        let known = self.meant.with_value(|meant| meant.clone().filter(|(of, _)| of == people));
        let key = known.map_or_else(Key::new, |(_, key)| key);
        self.meant.set_value(Some((people.clone(), key.clone())));
        key
    }

    /// Why nobody was added, once that is known.
    fn failed(self, failed: RwSignal<Option<Failure>>) -> impl IntoView {
        let told = move |failure: Failure| {
            view! {
                <Notice tone=Tone::Bad shape=Shape::Triangle>{failed_in_full(self.language, &failure)}</Notice>
            }
        };
        view! { <div role="alert">{move || failed.get().map(told)}</div> }
    }

    fn done(self) {
        self.meant.set_value(None);
        self.on_taken.run(());
    }
}

/// The two ways, of which one is shown.
#[component]
pub fn TakingPeople(
    /// Into what they are taken.
    into: TakenInto,
    /// The rows as they are typed.
    #[prop(into)]
    rows: Signal<Vec<PersonDraft>>,
    /// Takes the rows as they are to be.
    #[prop(into)]
    on_rows: Callback<Vec<PersonDraft>>,
    /// The services that they can be given.
    #[prop(into)]
    services: Signal<Vec<Service>>,
    /// The licences that there are.
    #[prop(into)]
    licences: Signal<Vec<LicenceLine>>,
    /// Told once somebody was added.
    #[prop(into)]
    on_taken: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let taking = Taking { into: StoredValue::new(into), language, on_taken, meant: StoredValue::new(None) };
    // Lines that were given before are there again, and with them the way that they came (G3).
    let file = RwSignal::new(taking.into.with_value(from_file::has_lines));
    let option = |value: &str, label: &str| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
    };
    let ways = vec![option("hand", taking::by_hand(language)), option("file", taking::from_file(language))];
    let free = move || {
        let line = |line: &LicenceLine| {
            let free = line.total.saturating_sub(line.assigned);
            view! { <li>{taking::free(language, free, label::service(language, line.service), line.total)}</li> }
        };
        licences.with(|lines| lines.iter().filter(|line| line.total > 0).map(line).collect_view())
    };
    view! {
        <ul class="taking-free muted">{free}</ul>
        <RadioGroup
            id=WAYS
            legend=taking::ways(language)
            options=ways
            value=Signal::derive(move || if file.get() { "file" } else { "hand" }.to_owned())
            on_change=move |way: String| file.set(way == "file")
        />
        {move || match file.get() {
            true => view! { <FromFile taking=taking /> }.into_any(),
            false => {
                view! { <ByHand taking=taking rows=rows on_rows=on_rows services=services /> }.into_any()
            }
        }}
    }
}
