//! One entry of the journal: when, what, with whom, by whom, and what became different (L10).

use std::collections::BTreeMap;

use contract::journal::{Actor, JournalLine};
use leptos::prelude::*;
use rules::change::{Change, Part};
use rules::clock::Day;
use rules::ids::PersonId;
use rules::notice::{MailKind, Recipients};
use rules::trial::Trial;
use words::label::{Told, Turn};
use words::{Language, acting, journal, label, moment, waiting};

use crate::before_after::{self, Differences, moved};
use crate::route::Route;

/// An entry. Where entries of several customers stand together, each names its own and leads there.
pub(super) fn line(
    language: Language,
    domain: &str,
    entry: JournalLine,
    id: String,
    names: bool,
) -> impl IntoView + use<> {
    let by = match entry.by {
        // Somebody without a name stands for the organisation.
        Actor::Person(name) if name.is_empty() => Some(waiting::organisation(language).to_owned()),
        Actor::Person(name) => Some(name),
        Actor::AnotherPartner => Some(journal::another_partner(language).to_owned()),
        Actor::Backend => None,
    };
    let by = match by {
        Some(by) => view! { {journal::by(language)} " " <bdi>{by}</bdi> }.into_any(),
        None => journal::backend(language).into_any(),
    };
    let behalf = entry.on_behalf.map(|name| view! { ", " {journal::on_behalf(language)} " " <bdi>{name}</bdi> });
    let trial = (!entry.services.is_empty()).then(|| label::services(language, entry.services));
    let (changes, people) = entry
        .change
        .map(|change| made_different(language, domain, &change, &entry.mails, &entry.colleagues))
        .unwrap_or_default();
    let changes =
        trial.into_iter().chain(changes).map(|line| view! { <span class="under">{line}</span> }).collect_view();
    let customer = names.then(|| {
        let path = Route::Customer(entry.organisation).path();
        view! { ": " <a class="within-text" href=path><bdi>{entry.company}</bdi></a> }
    });
    view! {
        <li id=id tabindex="-1">
            <span class="numbers">{moment(language, entry.at)}</span>
            <div>
                {label::deed(language, entry.deed)}
                {customer}
                <span class="under">{by}{behalf}</span>
                {changes}
                {each_of(language, people)}
            </div>
        </li>
    }
}

/// With whom or what it was done, and what it made different: of a trial as an act's preview tells it,
/// of everything else as it was and as it became; and each of several people (L10).
fn made_different(
    language: Language,
    domain: &str,
    change: &Change,
    mails: &[(MailKind, Recipients)],
    colleagues: &BTreeMap<PersonId, String>,
) -> (Vec<String>, Vec<String>) {
    let Told { mut about, people, turned } = label::told(language, change, mails, colleagues);
    let of_trial = differences(language, domain, change);
    if of_trial.is_empty() {
        about.extend(turned_in_words(language, turned));
    }
    about.extend(of_trial);
    (about, people)
}

/// The people of an entry that are shown at once; a file can bring a thousand (U2).
const PEOPLE_SHOWN: usize = 5;

/// Several people with what became different of them: the first ones, and the others on demand.
fn each_of(language: Language, mut people: Vec<String>) -> AnyView {
    // A way to see one more is longer than that one.
    let shown = if people.len() <= PEOPLE_SHOWN + 1 { people.len() } else { PEOPLE_SHOWN };
    let others = people.split_off(shown);
    let lines = |people: Vec<String>| {
        people.into_iter().map(|line| view! { <span class="under"><bdi>{line}</bdi></span> }).collect_view()
    };
    let more = (!others.is_empty()).then(|| {
        view! {
            <details class="disclosure">
                <summary>{journal::people_more(language, others.len())}</summary>
                {lines(others)}
            </details>
        }
    });
    view! { {lines(people)} {more} }.into_any()
}

/// What went, what was exchanged and what came, the first and the last of them in a line each.
fn turned_in_words(language: Language, turned: Vec<Turn>) -> Vec<String> {
    let (mut gone, mut lines, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for Turn { of, before, after } in turned {
        let named = |value: String| match &of {
            Some(of) => journal::of(language, of, value),
            None => value,
        };
        match (before, after) {
            (Some(was), Some(is)) => lines.push(named(acting::becomes(language, was, is))),
            (Some(was), None) => gone.push(named(was)),
            (None, Some(is)) => new.push(named(is)),
            (None, None) => {}
        }
    }
    let told =
        |title: &str, values: Vec<String>| (!values.is_empty()).then(|| format!("{title}: {}", values.join("; ")));
    let (gone, new) = (told(acting::gone(language), gone), told(acting::new(language), new));
    gone.into_iter().chain(lines).chain(new).collect()
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
            before_after::differences(language, domain, &before.offer, &after.offer);
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
