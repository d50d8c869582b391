//! What an act on several customers asks before it is previewed: for how long (E1), or who is to
//! look after them (P9).

use leptos::prelude::*;
use rules::service::Duration;
use words::{bulk, list_tools};

use super::{Change, What, Work};
use crate::ui::{CheckboxField, RadioGroup, RadioOption, SelectField};

/// Why the previews cannot be asked for yet.
pub(super) fn because(work: Work) -> Signal<Option<String>> {
    Signal::derive(move || {
        let missing = work.desk.asked.with(|what| matches!(what, Some(What::Assign { person: None, .. })));
        missing.then(|| bulk::choose_person(work.desk.language).to_owned())
    })
}

/// The questions of the act.
#[component]
pub(super) fn Asking(work: Work) -> impl IntoView {
    match work.desk.asked.get_untracked() {
        Some(What::Extend { .. }) => view! { <HowLong work=work /> }.into_any(),
        Some(What::Assign { .. }) => view! { <Who work=work /> }.into_any(),
        Some(What::Resend | What::Cancel) | None => ().into_any(),
    }
}

#[component]
fn HowLong(work: Work) -> impl IntoView {
    let language = work.desk.language;
    let asked = work.desk.asked;
    let options = Duration::ALL.map(|days| RadioOption {
        value: days.days().to_string(),
        label: bulk::days_from_today(language, days.days()),
        hint: String::new(),
    });
    let value = Signal::derive(move || match asked.get() {
        Some(What::Extend { days, .. }) => days.days().to_string(),
        _ => String::new(),
    });
    let choose = move |chosen: String| {
        let found = Duration::ALL.into_iter().find(|days| days.days().to_string() == chosen);
        asked.update(|what| {
            if let (Some(What::Extend { days, .. }), Some(found)) = (what, found) {
                *days = found;
            }
        });
    };
    let confirmed = Signal::derive(move || matches!(asked.get(), Some(What::Extend { confirmed: true, .. })));
    let confirm = move |on: bool| {
        asked.update(|what| {
            if let Some(What::Extend { confirmed, .. }) = what {
                *confirmed = on;
            }
        });
    };
    view! {
        <div class="stack">
            <RadioGroup
                id="bulk-days"
                legend=bulk::new_end(language)
                options=options.to_vec()
                value=value
                on_change=choose
                hint=bulk::new_end_hint(language).to_owned()
            />
            <CheckboxField
                id="bulk-confirmed"
                label=Signal::stored(bulk::also_earlier(language).to_owned())
                checked=confirmed
                on_change=confirm
                hint=bulk::also_earlier_hint(language).to_owned()
            />
        </div>
    }
}

#[component]
fn Who(work: Work) -> impl IntoView {
    let language = work.desk.language;
    let (asked, people) = (work.desk.asked, work.desk.people);
    if people.with_untracked(Option::is_none) {
        work.desk.load_people();
    }
    let choose_person = move |id: String| {
        let found =
            people.with_untracked(|people| people.iter().flatten().find(|each| each.id.as_str() == id).cloned());
        asked.update(|what| {
            if let Some(What::Assign { person, .. }) = what {
                *person = found;
            }
        });
    };
    let person = Signal::derive(move || match asked.get() {
        Some(What::Assign { person: Some(person), .. }) => person.id.to_string(),
        _ => String::new(),
    });
    let answers = [
        ("in-charge", bulk::in_charge(language), bulk::in_charge_hint(language)),
        ("assigned", bulk::assigned_too(language), bulk::assigned_too_hint(language)),
        ("taken", bulk::taken_off(language), bulk::taken_off_hint(language)),
    ];
    let options = answers.map(|(value, label, hint)| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
    });
    let value = Signal::derive(move || {
        let name = match asked.get() {
            Some(What::Assign { change: Change::Assigned, .. }) => "assigned",
            Some(What::Assign { change: Change::Taken, .. }) => "taken",
            _ => "in-charge",
        };
        name.to_owned()
    });
    let choose = move |chosen: String| {
        asked.update(|what| {
            if let Some(What::Assign { change, .. }) = what {
                *change = match chosen.as_str() {
                    "assigned" => Change::Assigned,
                    "taken" => Change::Taken,
                    _ => Change::InCharge,
                };
            }
        });
    };
    view! {
        <div class="stack">
            {move || {
                let options = people.get().unwrap_or_default();
                let options = options.into_iter().map(|person| (person.id.to_string(), person.name)).collect();
                view! {
                    <SelectField
                        id="bulk-person"
                        label=Signal::stored(bulk::person(language).to_owned())
                        options=options
                        placeholder=list_tools::choose(language)
                        value=person
                        on_change=choose_person
                        required=true
                    />
                }
            }}
            <RadioGroup
                id="bulk-change"
                legend=bulk::becomes(language)
                options=options.to_vec()
                value=value
                on_change=choose
            />
        </div>
    }
}
