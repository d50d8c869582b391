//! The rehearsal: with which customers, for how many days, and what time would bring (L14).

use contract::journal::{Rehearsal, Rehearse};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::ids::OrganisationId;
use words::{Language, activity};

use super::finding::{Named, name_of};
use super::finding_customers::FindCustomers;
use super::outcome::Outcome;
use super::{Head, asked};
use crate::api::{self, Failure};
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::{ActivityPart, Rehearsing};
use crate::ui::{Button, ButtonKind, EmptyState, NumberField, RadioGroup, RadioOption, move_focus};
use crate::waiting::{NotArrived, OnItsWay};

/// The days that stand in the field at first.
const DAYS: u32 = 30;
const DAYS_FIELD: &str = "rehearsal-days";
const WHOM: &str = "rehearsal-whom";
const SOME: &str = "some";

/// What is typed and ticked.
#[derive(Clone, Copy)]
struct Form {
    some: RwSignal<bool>,
    ticked: RwSignal<Vec<Named>>,
    days: RwSignal<String>,
    /// Whether it was tried to rehearse: from then on it is said what is wrong (N7).
    judged: RwSignal<bool>,
}

impl Form {
    fn days(self) -> Option<u32> {
        whole_days(&self.days.get())
    }

    fn lacks_customers(self) -> bool {
        self.some.get() && self.ticked.with(Vec::is_empty)
    }

    /// Takes over what the address says, as it comes with a link or by Back.
    fn follow(self, asked: Memo<Rehearsing>) {
        Effect::new(move |_| {
            let Rehearsing { customers, days } = asked.get();
            if let Some(days) = days {
                self.days.set(days.to_string());
                self.judged.set(true);
            }
            self.some.set(!customers.is_empty());
            let ticked =
                self.ticked.with_untracked(|ticked| ticked.iter().map(|each| each.id.clone()).collect::<Vec<_>>());
            // Where all are rehearsed, those that are ticked stay so for the next time (G3).
            if customers.is_empty() || customers == ticked {
                return;
            }
            let known = self.ticked.get_untracked();
            let named = |id: &OrganisationId| known.iter().find(|each| each.id == *id).cloned();
            let ticked = customers.iter().map(|id| {
                named(id).unwrap_or_else(|| Named { id: id.clone(), company: id.to_string(), address: None })
            });
            self.ticked.set(ticked.collect());
            for id in customers.into_iter().filter(|id| named(id).is_none()) {
                self.name(id);
            }
        });
    }

    /// Puts the name in place of an id that came with the address.
    fn name(self, id: OrganisationId) {
        spawn_local(async move {
            let found = name_of(id).await;
            let _ = self.ticked.try_update(|ticked| {
                for each in ticked.iter_mut().filter(|each| each.id == found.id) {
                    each.clone_from(&found);
                }
            });
        });
    }
}

/// A whole number of days from 1 to 90, as it is typed (L14, G3).
fn whole_days(typed: &str) -> Option<u32> {
    let typed = typed.trim();
    let days: u32 = typed.bytes().all(|byte| byte.is_ascii_digit()).then(|| typed.parse().ok())??;
    (1..=90).contains(&days).then_some(days)
}

/// The page.
#[component]
pub(super) fn RehearsalPart() -> impl IntoView {
    let (language, navigator) = (language(), navigator());
    let asked = asked(ActivityPart::Rehearsal, Rehearsing::read, Rehearsing::route);
    let form = Form {
        some: RwSignal::new(false),
        ticked: RwSignal::new(Vec::new()),
        days: RwSignal::new(DAYS.to_string()),
        judged: RwSignal::new(false),
    };
    form.follow(asked);
    let found = RwSignal::new(None::<Result<Rehearsal, Failure>>);
    let busy = RwSignal::new(false);
    let last = StoredValue::new(0_u32);
    let run = Callback::new(move |()| {
        let Rehearsing { customers, days } = asked.get_untracked();
        let number = last.try_update_value(|last| {
            *last = last.wrapping_add(1);
            *last
        });
        found.set(None);
        let Some(days) = days.filter(|days| whole_days(&days.to_string()).is_some()) else {
            return busy.set(false);
        };
        busy.set(true);
        spawn_local(async move {
            let answer = api::rehearsal_run(&Rehearse { customers, days }).await;
            if last.try_get_value() == number {
                busy.set(false);
                found.set(Some(answer));
            }
        });
    });
    Effect::new(move |_| {
        asked.track();
        untrack(|| run.run(()));
    });
    let rehearse = Callback::new(move |()| {
        form.judged.set(true);
        let days = untrack(|| form.days());
        if untrack(|| form.lacks_customers()) {
            return move_focus(format!("{WHOM}-1"));
        }
        let Some(days) = days else { return move_focus(DAYS_FIELD) };
        let ticked = form.ticked.with_untracked(|ticked| ticked.iter().map(|each| each.id.clone()).collect());
        let customers = if form.some.get_untracked() { ticked } else { Vec::new() };
        let wanted = Rehearsing { customers, days: Some(days) };
        // The same again is rehearsed again: somebody may have changed something meanwhile.
        match wanted == asked.get_untracked() {
            true => run.run(()),
            false => navigator.go(wanted.route()),
        }
    });
    let outcome = move || match (found.get(), busy.get()) {
        (None, true) => view! { <OnItsWay label=activity::rehearsing(language) on_retry=run /> }.into_any(),
        (None, false) => ().into_any(),
        (Some(Err(failure)), _) if failure.is_not_found() => view! {
            <EmptyState title=activity::gone_title(language) text=activity::not_there(language) />
        }
        .into_any(),
        (Some(Err(failure)), _) => view! { <NotArrived failure=failure on_retry=run /> }.into_any(),
        (Some(Ok(rehearsal)), _) => {
            let days = asked.with_untracked(|asked| asked.days).unwrap_or_default();
            view! { <Outcome rehearsal=rehearsal days=days language=language /> }.into_any()
        }
    };
    view! {
        <Head title=activity::rehearsal_title(language) language=language />
        <div class="stack activity">
            <p class="muted">{activity::rehearsal_text(language)}</p>
            <Asking form=form busy=busy on_rehearse=rehearse language=language />
            {outcome}
        </div>
    }
}

/// The form.
#[component]
fn Asking(form: Form, busy: RwSignal<bool>, on_rehearse: Callback<()>, language: Language) -> impl IntoView {
    let option = |value: &str, label: &str, hint: &str| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
    };
    let options = vec![
        option("all", activity::whom_all(language), activity::whom_all_hint(language)),
        option(SOME, activity::whom_some(language), activity::whom_some_hint(language)),
    ];
    let whom_problem = Signal::derive(move || {
        (form.judged.get() && form.lacks_customers()).then(|| activity::nobody_ticked(language).to_owned())
    });
    let days_problem = Signal::derive(move || {
        (form.judged.get() && form.days().is_none()).then(|| activity::days_wrong(language).to_owned())
    });
    let chosen = Signal::derive(move || if form.some.get() { SOME } else { "all" }.to_owned());
    let searches = Memo::new(move |_| form.some.get());
    view! {
        <div class="panel card stack">
            <RadioGroup
                id=WHOM
                legend=activity::whom(language)
                options=options
                value=chosen
                on_change=move |value: String| form.some.set(value == SOME)
                problem=whom_problem
            />
            {move || searches.get().then(|| view! { <FindCustomers ticked=form.ticked language=language /> })}
            // The search is no part of it: Enter there rehearses nothing.
            <form
                class="stack"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    if !busy.get_untracked() {
                        on_rehearse.run(());
                    }
                }
            >
                <NumberField
                    id=DAYS_FIELD
                    label=activity::days(language).to_owned()
                    value=form.days
                    on_input=move |days| form.days.set(days)
                    hint=activity::days_hint(language).to_owned()
                    problem=days_problem
                    required=true
                />
                <div>
                    <Button kind=ButtonKind::Primary busy=busy on_click=move |_| on_rehearse.run(())>
                        {activity::run(language)}
                    </Button>
                </div>
                <button type="submit" hidden=true aria-label=activity::run(language)></button>
            </form>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_a_whole_number_from_1_to_90_l14_g3() {
        for (typed, days) in [("1", 1), (" 90 ", 90), ("007", 7)] {
            assert_eq!(whole_days(typed), Some(days), "{typed}");
        }
        for typed in ["", "0", "91", "1.5", "1,5", "-3", "+3", "ten", "9999999999999", "3 0"] {
            assert_eq!(whole_days(typed), None, "{typed}");
        }
    }
}
