//! What time would bring: who gets what and when, day by day, and how each trial is shown
//! afterwards (L14).

use contract::journal::{Rehearsal, RehearsalStep, RehearsedMail, RehearsedTrial};
use leptos::prelude::*;
use rules::clock::Day;
use words::{Language, activity, customer_page, date, date_utc, journal, label};

use crate::route::Route;
use crate::session::today;
use crate::status::StatusPill;
use crate::ui::{Button, EmptyState, Notice, Tone, move_focus};

/// How many steps, and how many trials, are shown at once.
const SHOWN: usize = 100;

/// The outcome, which says that nothing was changed.
#[component]
pub(super) fn Outcome(rehearsal: Rehearsal, days: u32, language: Language) -> impl IntoView {
    let Rehearsal { steps, trials } = rehearsal;
    let from = today();
    let span = activity::until(language, date(language, from), date_utc(language, from.plus(days)));
    let mails = steps.iter().flat_map(|step| &step.mails).map(|mail| mail.addresses.len()).sum::<usize>();
    let summary = activity::summary(language, steps.len(), days, mails);
    let days_shown = match steps.is_empty() {
        true => {
            view! { <EmptyState title=activity::quiet_title(language) text=activity::quiet(language) /> }.into_any()
        }
        false => view! { <Days steps=steps from=from language=language /> }.into_any(),
    };
    view! {
        <section class="stack" aria-labelledby="rehearsed">
            <div role="status">
                <h2 id="rehearsed">{span}</h2>
                <p class="numbers">{summary}</p>
            </div>
            <Notice tone=Tone::Off>{activity::nothing_changed(language)}</Notice>
            <div class="rehearsed">
                <section class="panel card" aria-labelledby="rehearsed-days">
                    <h2 id="rehearsed-days">{activity::by_day(language)}</h2>
                    {days_shown}
                </section>
                <Afterwards trials=trials days=days language=language />
            </div>
        </section>
    }
}

/// Shows more of a list that is there already; the first new line takes the focus.
#[component]
fn More(count: usize, shown: RwSignal<usize>, id: &'static str, language: Language) -> impl IntoView {
    let more = move |_| {
        let before = shown.get_untracked();
        shown.set(before + SHOWN);
        move_focus(format!("{id}-{before}"));
    };
    let has_more = Memo::new(move |_| count > shown.get());
    move || {
        has_more.get().then(|| view! { <div><Button on_click=more>{customer_page::show_more(language)}</Button></div> })
    }
}

/// Day by day, what happens and who gets a mail.
#[component]
fn Days(steps: Vec<RehearsalStep>, from: Day, language: Language) -> impl IntoView {
    let (count, shown) = (steps.len(), RwSignal::new(SHOWN));
    let days = move || {
        let shown: Vec<(usize, &RehearsalStep)> = steps.iter().enumerate().take(shown.get()).collect();
        let days = shown.chunk_by(|one, other| one.1.on == other.1.on).map(|of_day| {
            let on = of_day[0].1.on;
            let away = match from.days_until(on) {
                0 => activity::now_today(language).to_owned(),
                days => activity::in_days(language, days),
            };
            let steps = of_day.iter().map(|(place, step)| step_line(language, *place, step)).collect_view();
            view! {
                <li>
                    <h3 class="numbers">{date(language, on)} <span class="under">{away}</span></h3>
                    <ul class="rehearsed-steps">{steps}</ul>
                </li>
            }
        });
        days.collect_view()
    };
    view! {
        <ol class="events">{days}</ol>
        <More count=count shown=shown id="rehearsed-step" language=language />
    }
}

fn step_line(language: Language, place: usize, step: &RehearsalStep) -> impl IntoView + use<> {
    let path = Route::Customer(step.organisation.clone()).path();
    // A mail by date changes no status; what it is about stands beneath.
    let status = step.status.map(|status| view! { " " <StatusPill status=status /> });
    let mails = step.mails.iter().map(|mail| mail_line(language, mail)).collect_view();
    view! {
        <li id=format!("rehearsed-step-{place}") tabindex="-1">
            <a class="within-text" href=path><bdi>{step.company.clone()}</bdi></a>
            ": "
            <span>{label::deed(language, step.deed)}</span>
            {status}
            {mails}
        </li>
    }
}

fn mail_line(language: Language, mail: &RehearsedMail) -> impl IntoView + use<> {
    let addresses = mail.addresses.join(", ");
    view! {
        <span class="under">
            <span>{label::mail_kind(language, mail.kind)}</span> ", " {label::recipients(language, mail.group)} ": "
            <bdi>{addresses}</bdi>
        </span>
    }
}

/// How each trial is shown today and after those days, those that change in front.
#[component]
fn Afterwards(trials: Vec<RehearsedTrial>, days: u32, language: Language) -> impl IntoView {
    let trials = changed_first(trials);
    let (count, shown) = (trials.len(), RwSignal::new(SHOWN));
    let changed = trials.iter().filter(|trial| trial.now != trial.afterwards).count();
    let rows = move || {
        let rows = trials.iter().take(shown.get()).enumerate().map(|(place, trial)| {
            let path = Route::Customer(trial.organisation.clone()).path();
            view! {
                <tr id=format!("rehearsed-trial-{place}") tabindex="-1">
                    <th scope="row"><a href=path><bdi>{trial.company.clone()}</bdi></a></th>
                    <td><StatusPill status=trial.now /></td>
                    <td><StatusPill status=trial.afterwards /></td>
                </tr>
            }
        });
        rows.collect_view()
    };
    view! {
        <section class="panel card stack-tight" aria-labelledby="rehearsed-afterwards">
            <h2 id="rehearsed-afterwards">{activity::afterwards(language)}</h2>
            <p class="numbers">{activity::changed(language, count, changed)}</p>
            <div class="scrolls" tabindex="0" role="region" aria-label=activity::afterwards_table(language)>
                <table class="table table-plain">
                    <thead>
                        <tr>
                            <th scope="col">{journal::customer(language)}</th>
                            <th scope="col">{activity::status_now(language)}</th>
                            <th scope="col">{activity::status_then(language, days)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <More count=count shown=shown id="rehearsed-trial" language=language />
        </section>
    }
}

/// Those whose status becomes another one in front, each group by name.
fn changed_first(mut trials: Vec<RehearsedTrial>) -> Vec<RehearsedTrial> {
    trials.sort_by_cached_key(|trial| (trial.now == trial.afterwards, trial.company.to_lowercase()));
    trials
}

#[cfg(test)]
mod tests {
    use rules::trial::Status;

    use super::*;

    #[test]
    fn trials_that_change_stand_in_front_by_name_l14() {
        let trial = |company: &str, now, afterwards| RehearsedTrial {
            organisation: company.into(),
            company: company.to_owned(),
            trial: "t".into(),
            now,
            afterwards,
        };
        let (active, closed) = (Status::Active, Status::Closed);
        let trials = vec![trial("a", closed, closed), trial("c", active, closed), trial("B", active, closed)];
        let names: Vec<String> = changed_first(trials).into_iter().map(|trial| trial.company).collect();
        assert_eq!(names, ["B", "c", "a"]);
    }
}
