//! The journal of a customer: every act and every automatic step, with a filter and a file (L10).

use contract::journal::{Actor, JournalLine, JournalPage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::change::{Change, Deed, Part};
use rules::clock::Day;
use rules::ids::OrganisationId;
use rules::people::Right;
use rules::trial::Trial;
use words::{Language, acting, customer_page, journal, label, moment};

use crate::api::{self, Failure};
use crate::before_after::{Differences, moved};
use crate::failure::failed_in_full;
use crate::session::{may, session};
use crate::ui::{Button, SelectField, Toasts, save_file};
use crate::waiting::{NotArrived, OnItsWay};

/// How many entries are shown before more are asked for.
const AT_FIRST: usize = 8;

/// The section.
#[component]
pub fn Journal(
    /// The customer.
    customer: OrganisationId,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let customer = StoredValue::new(customer);
    let toasts = expect_context::<Toasts>();
    let chosen = RwSignal::new(None::<Deed>);
    let found = RwSignal::new(None::<Result<JournalPage, Failure>>);
    let shown = RwSignal::new(AT_FIRST);
    // What can be chosen is what has happened here; it is told by the whole journal.
    let deeds = RwSignal::new(Vec::<Deed>::new());
    let (busy, saving) = (RwSignal::new(false), RwSignal::new(false));
    let load = move |cursor: Option<String>| {
        let deed = chosen.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let filter: Vec<Deed> = deed.into_iter().collect();
            let answer = api::customer_journal(&customer.get_value(), &filter, cursor.as_deref()).await;
            if busy.try_set(false).is_some() || chosen.get_untracked() != deed {
                return;
            }
            if let (Ok(page), None, None) = (&answer, deed, &cursor) {
                let mut all: Vec<Deed> = page.entries.iter().map(|entry| entry.deed).collect();
                all.sort_by_key(|deed| label::deed(language, *deed));
                all.dedup();
                deeds.set(all);
            }
            found.update(|found| match (found, answer, cursor) {
                // More of the same stands below what is there.
                (Some(Ok(known)), Ok(mut more), Some(_)) => {
                    known.entries.append(&mut more.entries);
                    known.next = more.next;
                }
                (found, answer, _) => *found = Some(answer),
            });
        });
    };
    load(None);
    let again = Callback::new(move |()| {
        found.set(None);
        load(None);
    });
    let choose = move |name: String| {
        chosen.set(Deed::from_name(&name));
        shown.set(AT_FIRST);
        again.run(());
    };
    let more = move |_| {
        let (known, next) = found.with_untracked(|found| match found {
            Some(Ok(page)) => (page.entries.len(), page.next.clone()),
            _ => (0, None),
        });
        let wanted = shown.get_untracked() + 50;
        shown.set(wanted);
        if wanted > known && next.is_some() {
            load(next);
        }
    };
    let has_more = move || {
        found.with(|found| match found {
            Some(Ok(page)) => page.entries.len() > shown.get() || page.next.is_some(),
            _ => false,
        })
    };
    let download = move |_| {
        saving.set(true);
        spawn_local(async move {
            let filter: Vec<Deed> = chosen.get_untracked().into_iter().collect();
            let answer = api::customer_journal_csv(&customer.get_value(), &filter, language).await;
            if saving.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(text) => save_file("journal.csv", "text/csv", &text),
                Err(failure) => toasts.bad(failed_in_full(language, &failure)),
            }
        });
    };
    let because = label::because(language, may(Right::Download));
    let domain = session().settings.site_domain;
    let options = Signal::derive(move || {
        let all = std::iter::once((String::new(), customer_page::everything(language).to_owned()));
        let known =
            deeds.get().into_iter().map(|deed| (deed.name().to_owned(), label::deed(language, deed).to_owned()));
        all.chain(known).collect::<Vec<_>>()
    });
    let lines = move || match found.get() {
        None => view! { <OnItsWay label=customer_page::journal_loading(language) on_retry=again /> }.into_any(),
        Some(Err(failure)) => view! { <NotArrived failure=failure on_retry=again /> }.into_any(),
        Some(Ok(page)) if page.entries.is_empty() => {
            view! { <p class="muted">{customer_page::no_entries(language)}</p> }.into_any()
        }
        Some(Ok(page)) => {
            let shown = shown.get();
            let domain = domain.clone();
            let lines = page.entries.into_iter().take(shown).map(|entry| line(language, &domain, entry)).collect_view();
            view! { <ol class="events">{lines}</ol> }.into_any()
        }
    };
    view! {
        <section class="panel card stack-tight" aria-labelledby="journal">
            <h2 id="journal">{customer_page::journal(language)}</h2>
            <div class="journal-tools">
                {move || view! {
                    <SelectField
                        id="journal-deed"
                        label=journal::deed(language)
                        options=options.get()
                        value=Signal::derive(move || chosen.get().map(|deed| deed.name().to_owned()).unwrap_or_default())
                        on_change=choose
                    />
                }}
                <Button disabled_because=Signal::stored(because) busy=saving on_click=download>
                    {customer_page::journal_csv(language)}
                </Button>
            </div>
            <div aria-busy=move || busy.get().then_some("true")>{lines}</div>
            {move || has_more().then(|| view! { <Button busy=busy on_click=more>{customer_page::show_more(language)}</Button> })}
        </section>
    }
}

/// One entry: when, what, by whom, on whose behalf, and what became different.
fn line(language: Language, domain: &str, entry: JournalLine) -> impl IntoView {
    let by = match entry.by {
        Actor::Person(name) => name,
        Actor::AnotherPartner => journal::another_partner(language).to_owned(),
        Actor::Backend => journal::backend(language).to_owned(),
    };
    let behalf = entry.on_behalf.map(|name| view! { ", " {journal::on_behalf(language)} " " <bdi>{name}</bdi> });
    let changes = entry.change.map(|change| differences(language, domain, &change)).unwrap_or_default();
    let changes = changes.into_iter().map(|line| view! { <span class="under">{line}</span> }).collect_view();
    view! {
        <li>
            <span class="numbers">{moment(language, entry.at)}</span>
            <span>
                {label::deed(language, entry.deed)}
                <span class="under">{journal::by(language)} " " <bdi>{by}</bdi>{behalf}</span>
                {changes}
            </span>
        </li>
    }
}

/// What a change made different of a trial, before and after (L10).
fn differences(language: Language, domain: &str, change: &Change) -> Vec<String> {
    let on = Day::of(change.at);
    let of = |before: &Trial, after: &Trial| {
        let mut lines = Vec::new();
        let (was, will) = (before.state(on), after.state(on));
        if was != will {
            lines.push(acting::state_from(language, label::state(language, will), label::state(language, was)));
        }
        if let (Some(was), Some(will)) = (before.end(), after.end()) {
            lines.extend(moved(language, was, will));
        }
        let Differences { gone, changed, new } =
            crate::before_after::differences(language, domain, &before.offer, &after.offer);
        let told =
            |title: &str, lines: Vec<String>| (!lines.is_empty()).then(|| format!("{title}: {}", lines.join("; ")));
        lines.extend(told(acting::gone(language), gone));
        lines.extend(told(acting::changed(language), changed));
        lines.extend(told(acting::new(language), new));
        lines
    };
    let parts = change.parts.iter().filter_map(|part| match part {
        Part::Trial(Some(before), Some(after)) => Some(of(before, after)),
        _ => None,
    });
    parts.flatten().collect()
}
