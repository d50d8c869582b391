//! People come from a file, or from lines that are pasted (U2, H5).

use contract::error::ApiError;
use contract::set_up::TakePeople;
use leptos::{html, prelude::*, task::spawn_local};
use rules::set_up::file::{FILE_MAX, LINES_MAX};
use rules::verdict::{Because, Refusal, Remedy, RuleId};
use serde::{Deserialize, Serialize};
use words::set_up::people_template;
use words::{Language, label, taking};

use super::Taking;
use super::report::{RESULT, Report, Said};
use crate::api::{self, Failure, TakenInto};
use crate::kept::Place;
use crate::ui::{Button, ButtonKind, ChosenFile, FileField, Form, NoText, TextArea, move_focus, save_file};

const FILE: &str = "people-file";
const LINES: &str = "people-lines";

/// The lines, and what they brought last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Lines {
    text: String,
    said: Option<Said>,
}

/// Whether lines are kept that were not taken out again.
pub fn has_lines(into: &TakenInto) -> bool {
    place(into).kept::<Lines>().is_some_and(|lines| !lines.text.is_empty())
}

/// The template, the file or its lines, and what they bring before somebody is added.
#[component]
pub fn FromFile(
    /// Into what they are taken.
    taking: Taking,
) -> impl IntoView {
    let language = taking.language;
    let place = StoredValue::new(taking.into.with_value(place));
    let kept = place.with_value(Place::kept::<Lines>).unwrap_or_default();
    let (text, said) = (RwSignal::new(kept.text), RwSignal::new(kept.said));
    let (bad, failed) = (RwSignal::new(None::<String>), RwSignal::new(None::<Failure>));
    let busy = RwSignal::new(false);
    let control = NodeRef::<html::Input>::new();
    let keep = move || {
        let lines = Lines { text: text.get_untracked(), said: said.get_untracked() };
        place.with_value(|place| place.keep(&lines));
    };
    let put = move |typed: String| {
        text.set(typed);
        said.set(None);
        bad.set(None);
        failed.set(None);
        keep();
    };
    let not_taken = RwSignal::new(None::<String>);
    let chosen = move |file: Option<ChosenFile>| {
        let Some(ChosenFile { name, text }) = file else { return not_taken.set(None) };
        let unfit = |because| Some(format!("{name}: {}", unfit(language, because)));
        not_taken.set(match &text {
            Ok(text) if text.starts_with("%PDF") => unfit(Because::FileNotText),
            Ok(text) if text.trim_start_matches('\u{feff}').trim().is_empty() => unfit(Because::FileEmpty),
            Ok(_) => None,
            Err(NoText::TooLarge(_)) => unfit(Because::FileTooLarge),
            Err(NoText::Unreadable) => unfit(Because::FileNotUtf8),
        });
        match text {
            Ok(text) if not_taken.with_untracked(Option::is_none) => put(text),
            // What stood there stays, and no longer under the name of a file that it is not from.
            _ => {
                if let Some(input) = control.get_untracked() {
                    input.set_value("");
                }
            }
        }
    };
    let ask = move |done: bool| {
        if busy.get_untracked() {
            return;
        }
        bad.set(None);
        failed.set(None);
        let people = TakePeople::File(text.get_untracked());
        busy.set(true);
        spawn_local(async move {
            let into = taking.into.get_value();
            let answer = match done {
                true => api::people_take(&into, &people, &taking.key(&people)).await,
                false => api::people_check(&into, &people).await,
            };
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(taken) => {
                    said.set(Some(Said { taken, done, by_hand: false }));
                    keep();
                    move_focus(RESULT);
                    if done {
                        taking.done();
                    }
                }
                Err(Failure::Api(ApiError::Refused { refusal, .. })) if of_file(refusal.because) => {
                    bad.set(Some(label::refusal(language, &refusal)));
                    move_focus(LINES);
                }
                Err(failure) => failed.set(Some(failure)),
            }
        });
    };
    let template = move |_| save_file(taking::template_name(language), "text/csv", &people_template(language));
    let empty = move |_| {
        put(String::new());
        not_taken.set(None);
        if let Some(input) = control.get_untracked() {
            input.set_value("");
        }
        move_focus(FILE);
    };
    // Once it is known what the lines bring, who can be added is; until then they are checked.
    let can_add = move || said.with(|said| said.as_ref().filter(|said| !said.done).map_or(0, |said| said.taken.taken));
    let can_add = Memo::new(move |_| can_add());
    view! {
        <Form class="stack" on_submit=move |()| ask(false)>
            <p class="hint">{taking::file_text(language)}</p>
            <div><Button on_click=template>{taking::template(language)}</Button></div>
            <FileField
                id=FILE
                label=Signal::stored(taking::file(language).to_owned())
                accept=".csv,.txt,text/csv,text/plain"
                max_bytes=FILE_MAX
                on_file=chosen
                problem=not_taken
                node_ref=control
            />
            <p class="hint">{taking::file_hint(language)}</p>
            <TextArea
                id=LINES
                label=Signal::stored(taking::lines(language).to_owned())
                value=text
                on_input=put
                problem=bad
                verbatim=true
            />
            <div class="request-actions">
                <Button busy=busy on_click=move |_| ask(false)>{taking::check(language)}</Button>
                {move || text.with(|text| !text.is_empty()).then(|| view! {
                    <Button kind=ButtonKind::Quiet on_click=empty>{taking::empty(language)}</Button>
                })}
                // The last one: once it is gone a second click falls on nothing.
                {move || Some(can_add.get()).filter(|count| *count > 0).map(|count| view! {
                    <Button kind=ButtonKind::Primary busy=busy on_click=move |_| ask(true)>
                        {taking::add_count(language, count)}
                    </Button>
                })}
            </div>
            {taking.failed(failed)}
        </Form>
        <Report said=said language=language />
    }
}

/// Where the lines are kept while the page is drawn anew.
fn place(into: &TakenInto) -> Place {
    match into {
        TakenInto::SetUp(trial) => Place::of(&format!("people for {trial}")),
        TakenInto::Hub(Some(customer)) => Place::of(&format!("people of {customer}")),
        TakenInto::Hub(None) => Place::of("people"),
    }
}

/// Why a file is none with people, in the words of the backend's refusal of its text.
fn unfit(language: Language, because: Because) -> String {
    let lines = u32::try_from(LINES_MAX).unwrap_or(u32::MAX);
    label::refusal(language, &Refusal::new(RuleId::U2, because, Remedy::Correct).count(lines))
}

/// Whether a refusal is about the lines themselves.
fn of_file(because: Because) -> bool {
    matches!(because, Because::FileEmpty | Because::FileTooLarge | Because::FileNotUtf8 | Because::FileNotText)
}
