//! What stands between two sides that type at once: both are kept, or both are shown and one is chosen
//! (U3, G2).

use contract::set_up::SetUpKeptBy;
use leptos::prelude::*;
use rules::draft::Field;
use rules::region::CountryCode;
use rules::set_up::{LocationField, SetUpDraft, SetUpField};
use words::{Language, label, setting_up, ui, wizard};

use super::open::{Clash, Keeping, OpenSetUp};
use crate::failure::failed_in_full;
use crate::forms::country_name;
use crate::ui::{Button, Notice, Shape, Tone};

/// What is to be said of the keeping, and decided. It stands at the foot of the page, and of the screen
/// while the page is longer: whoever is typing is not moved away from where they are.
#[component]
pub fn Stand(
    /// The open set-up.
    open: OpenSetUp,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let (joined, keeping) = (open.joined.clone(), open.keeping.clone());
    let both = move || {
        joined.get().map(|by| {
            let text = match by {
                Some(by) if by.own => setting_up::joined_by_oneself(language).to_owned(),
                Some(by) => setting_up::joined(language, named(by)),
                None => setting_up::joined_by_somebody(language).to_owned(),
            };
            view! { <Notice tone=Tone::Wait>{text}</Notice> }
        })
    };
    let stands = move || match keeping.get() {
        Keeping::Untouched | Keeping::Saving | Keeping::Saved => None,
        Keeping::Failed(failure) => {
            let again = open.clone();
            Some(
                view! {
                    <Notice tone=Tone::Warn shape=Shape::Triangle>
                        <p>{failed_in_full(language, &failure)}</p>
                        <Button on_click=move |_| again.keep()>{ui::retry(language)}</Button>
                    </Notice>
                }
                .into_any(),
            )
        }
        Keeping::Clash(clash) => Some(decision(language, &open, &clash).into_any()),
    };
    view! {
        <div class="set-up-stand">
            <div role="status">{both}</div>
            <div role="alert">{stands}</div>
        </div>
    }
}

/// Who it was, with the partner where it was one.
fn named(by: SetUpKeptBy) -> String {
    match by.partner {
        Some(partner) => format!("{} ({partner})", by.name),
        None => by.name,
    }
}

/// Both versions of each field, and the choice.
fn decision(language: Language, open: &OpenSetUp, clash: &Clash) -> impl IntoView + use<> {
    let text = match clash.by.clone() {
        Some(by) if by.own => setting_up::clash_with_oneself(language).to_owned(),
        Some(by) => setting_up::clash(language, named(by)),
        None => setting_up::clash_by_somebody(language).to_owned(),
    };
    let (here, there) = (open.clone(), open.clone());
    let typed = RwSignal::from(open.typed());
    let other = StoredValue::new(clash.there.clone());
    let row = |field: Field| {
        view! {
            <tr>
                <th scope="row">{label::set_up_field(language, field)}</th>
                <td>{move || typed.with(|draft| shown(language, draft, field))}</td>
                <td>{other.with_value(|draft| shown(language, draft, field))}</td>
            </tr>
        }
    };
    let rows = clash.fields.iter().map(|field| row(*field)).collect_view();
    view! {
        <Notice tone=Tone::Warn shape=Shape::Triangle>
            <div class="stack-tight">
                <p>{text}</p>
                <table class="table table-plain before-after">
                    <thead>
                        <tr>
                            <th scope="col">{setting_up::clash_field(language)}</th>
                            <th scope="col">{setting_up::clash_here(language)}</th>
                            <th scope="col">{setting_up::clash_there(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <div class="request-actions">
                    <Button on_click=move |_| here.decide(true)>{wizard::keep_this(language)}</Button>
                    <Button on_click=move |_| there.decide(false)>{setting_up::take_there(language)}</Button>
                </div>
            </div>
        </Notice>
    }
}

/// What a field holds, in words.
fn shown(language: Language, draft: &SetUpDraft, field: Field) -> AnyView {
    let value = draft.value(field);
    let value = match field {
        Field::SetUp(SetUpField::Location(_, LocationField::Country)) => {
            CountryCode::new(&value).map(|country| country_name(language, country)).unwrap_or_default()
        }
        _ => value,
    };
    match value.is_empty() {
        true => view! { <span class="muted">{setting_up::clash_empty(language)}</span> }.into_any(),
        false => view! { <bdi class="own-words">{value}</bdi> }.into_any(),
    }
}
