//! Selecting customers, and what can be done with those that are (Q6).

use contract::customers::CustomerLine;
use leptos::prelude::*;
use rules::ids::OrganisationId;
use rules::people::Right;
use words::{activity, bulk, label, terms};

use super::Desk;
use super::bulk::What;
use crate::route::Rehearsing;
use crate::session::may;
use crate::ui::{Button, ButtonKind, move_focus};

/// A customer that is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) id: OrganisationId,
    pub(super) company: String,
}

impl Chosen {
    fn of(line: &CustomerLine) -> Chosen {
        Chosen { id: line.id.clone(), company: line.company.clone() }
    }
}

/// What is not shown any more is not selected any more: nobody acts on what they do not see.
pub(super) fn follow(desk: Desk) {
    Effect::new(move |_| {
        desk.list.found.with(|found| {
            let Some(found) = found else { return };
            let shown = |chosen: &Chosen| found.rows.iter().any(|row| row.id == chosen.id);
            if desk.chosen.with_untracked(|chosen| !chosen.iter().all(shown)) {
                desk.chosen.update(|chosen| chosen.retain(shown));
            }
        });
    });
}

/// The box in front of a row.
#[component]
pub(super) fn SelectRow(desk: Desk, line: CustomerLine) -> impl IntoView {
    let chosen = StoredValue::new(Chosen::of(&line));
    let name = bulk::select(desk.language, &line.company);
    let is_chosen = move || desk.chosen.with(|all| chosen.with_value(|each| all.contains(each)));
    let toggle = move |_| {
        desk.chosen.update(|all| {
            let each = chosen.get_value();
            match all.iter().position(|other| *other == each) {
                Some(place) => drop(all.remove(place)),
                None => all.push(each),
            }
        });
    };
    view! {
        <label class="select-box">
            <input type="checkbox" aria-label=name prop:checked=is_chosen on:change=toggle />
        </label>
    }
}

/// The box that selects every row that is shown, or none.
#[component]
pub(super) fn SelectAll(desk: Desk) -> impl IntoView {
    let rows = move || desk.list.found.with(|found| found.as_ref().map_or(0, |found| found.rows.len()));
    let all = move || {
        let count = desk.chosen.with(Vec::len);
        count > 0 && count == rows()
    };
    let some = move || !all() && desk.chosen.with(|chosen| !chosen.is_empty());
    let toggle = move |_| {
        let whole = all();
        desk.chosen.set(if whole { Vec::new() } else { shown(desk) });
    };
    view! {
        <label class="select-box">
            <input
                type="checkbox"
                aria-label=bulk::select_all(desk.language)
                prop:checked=all
                prop:indeterminate=some
                on:change=toggle
            />
        </label>
    }
}

fn shown(desk: Desk) -> Vec<Chosen> {
    desk.list.found.with_untracked(|found| found.iter().flat_map(|found| found.rows.iter().map(Chosen::of)).collect())
}

/// How many are selected, and what can be done with them; whoever may not is told why (P7).
#[component]
pub(super) fn SelectionBar(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let because = |right| label::because(language, may(right));
    let (manage, assign) = (because(Right::ManageTrials), because(Right::Assign));
    // Said once below the buttons, which each name their own to screen readers.
    let mut reasons: Vec<String> = [&manage, &assign].into_iter().flatten().cloned().collect();
    reasons.dedup();
    let any = Memo::new(move |_| desk.chosen.with(|chosen| !chosen.is_empty()));
    let act = move |what: fn() -> What| move |_| desk.asked.set(Some(what()));
    let reason = StoredValue::new(move |of_assign: bool| {
        let (assign, manage) = (assign.clone(), manage.clone());
        Signal::stored(if of_assign { assign } else { manage })
    });
    let reason = move |of_assign: bool| reason.with_value(|reason| reason(of_assign));
    move || {
        any.get().then(|| {
            let clear = move |_| {
                // The button is gone afterwards.
                move_focus("open-filters");
                desk.chosen.set(Vec::new());
            };
            // With these customers; for how many days is asked there (L14).
            let rehearse = move |_| {
                let customers = desk.chosen.with_untracked(|all| all.iter().map(|each| each.id.clone()).collect());
                desk.navigator.go(Rehearsing { customers, days: None }.route());
            };
            view! {
                <div class="selection below" role="group" aria-label=bulk::selection(language)>
                    <p class="numbers" role="status">
                        {move || bulk::selected(language, desk.chosen.with(Vec::len))}
                    </p>
                    <Button disabled_because=reason(false) on_click=act(What::extend)>{bulk::extend(language)}</Button>
                    <Button disabled_because=reason(true) on_click=act(What::assign)>{bulk::assign(language)}</Button>
                    <Button disabled_because=reason(false) on_click=act(What::resend)>
                        {terms::resend_consent_email(language)}
                    </Button>
                    <Button kind=ButtonKind::Danger disabled_because=reason(false) on_click=act(What::cancel)>
                        {terms::cancel_trial(language)}
                    </Button>
                    <Button on_click=rehearse>{activity::run(language)}</Button>
                    <Button on_click=move |_| desk.chosen.set(shown(desk))>{bulk::select_all(language)}</Button>
                    <Button kind=ButtonKind::Quiet on_click=clear>{bulk::clear(language)}</Button>
                    {reasons.iter().map(|why| view! { <p class="aside muted" aria-hidden="true">{why.clone()}</p> }).collect_view()}
                </div>
            }
        })
    }
}
