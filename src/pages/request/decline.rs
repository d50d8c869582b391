//! Declining, with the reason (X9).

use contract::requests::RequestDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::consent::{Answered, DeclineReason, WORDS_MAX, words_are_fit};
use words::{Language, asking, label, request};

use super::answering::Answering;
use crate::api::Failure;
use crate::failure::failed;
use crate::ui::{Button, ButtonKind, Dialog, Notice, RadioGroup, RadioOption, TextArea, Tone, move_focus};

const REASON: &str = "decline-reason";
const NOTE: &str = "decline-note";

/// Asks for the reason, says what declining brings, and declines.
#[component]
pub fn DeclineDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The request.
    detail: RequestDetail,
    /// How it is answered.
    answering: Answering,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let reason = RwSignal::new(None::<DeclineReason>);
    let note = RwSignal::new(String::new());
    // Problems are said from the first press on, and go as they are mended.
    let pressed = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let no_reason = Signal::derive(move || {
        (pressed.get() && reason.get().is_none()).then(|| request::decline_reason_missing(language).to_owned())
    });
    let bad_note = Signal::derive(move || {
        let problem = note.with(|note| note_problem(language, reason.get(), note));
        problem.filter(|_| pressed.get())
    });
    let busy = answering.busy;
    let decline = move |_| {
        pressed.set(true);
        trouble.set(None);
        let Some(reason) = reason.get_untracked() else {
            move_focus(format!("{REASON}-0"));
            return;
        };
        let note = note.get_untracked();
        if note_problem(language, Some(reason), &note).is_some() {
            move_focus(NOTE);
            return;
        }
        let what = Answered::Declined { reason, note: note.trim().to_owned() };
        busy.set(true);
        spawn_local(async move {
            // What the dialog says of a refusal holds on any day and names no number: so one that is out
            // of date by the time it arrives is given again as it is by then (E6).
            let failure = match decline_as_it_stands(answering, &what).await {
                Some(failure) if failure.is_out_of_date() => decline_as_it_stands(answering, &what).await,
                failure => failure,
            };
            let _ = busy.try_set(false);
            match failure {
                Some(failure) => drop(trouble.try_set(Some(failed(language, &failure)))),
                None => drop(open.try_set(false)),
            }
        });
    };
    let RequestDetail { partner, organisation_name, .. } = detail;
    let texts = StoredValue::new((partner, organisation_name));
    let body = move || {
        let (partner, organisation) = texts.get_value();
        let options = DeclineReason::ALL.map(|reason| RadioOption {
            value: reason.name().to_owned(),
            label: label::decline_reason(language, reason).to_owned(),
            hint: match reason {
                DeclineReason::UnknownPartner => request::decline_blocks(language, &partner),
                _ => String::new(),
            },
        });
        let hint = {
            let partner = partner.clone();
            move || match reason.get() {
                Some(DeclineReason::Other) => request::decline_note_needed(language, &partner),
                _ => request::decline_note_hint(language, &partner),
            }
        };
        view! {
            <div class="stack">
                <RadioGroup
                    id=REASON
                    legend=request::decline_reason(language)
                    options=options.to_vec()
                    value=Signal::derive(move || reason.get().map_or("", DeclineReason::name).to_owned())
                    on_change=move |name: String| reason.set(DeclineReason::from_name(&name))
                    problem=no_reason
                    required=true
                />
                <TextArea
                    id=NOTE
                    label=Signal::stored(request::decline_note(language).to_owned())
                    value=note
                    on_input=move |text| note.set(text)
                    hint=MaybeProp::derive(move || Some(hint()))
                    problem=bad_note
                    count=Signal::derive(move || {
                        let used = note.with(|note| note.chars().count());
                        asking::words_used(language, WORDS_MAX, used)
                    })
                />
                <p class="muted">{request::decline_effect(language, &organisation, &partner)}</p>
                {move || trouble.get().map(|text| view! { <Notice tone=Tone::Bad announced=true><p>{text}</p></Notice> })}
            </div>
        }
    };
    view! {
        <Dialog
            open=open
            on_close=move |()| open.set(false)
            title=Signal::stored(request::decline_title(language).to_owned())
            actions=move || {
                view! {
                    <Button on_click=move |_| open.set(false)>{request::back(language)}</Button>
                    <Button kind=ButtonKind::Danger busy=busy on_click=decline>
                        {request::decline(language)}
                    </Button>
                }
            }
        >
            {body()}
        </Dialog>
    }
}

/// Declines as things stand at this moment.
async fn decline_as_it_stands(answering: Answering, what: &Answered) -> Option<Failure> {
    match answering.preview(what.clone()).await? {
        Ok(shown) => answering.answer(what.clone(), &shown).await,
        Err(failure) => Some(failure),
    }
}

/// What is wrong with a note, with the same rule as the backend's (X9).
fn note_problem(language: Language, reason: Option<DeclineReason>, note: &str) -> Option<String> {
    if !words_are_fit(note) {
        return Some(request::decline_note_long(language).to_owned());
    }
    let needed = reason == Some(DeclineReason::Other) && note.trim().is_empty();
    needed.then(|| request::decline_note_missing(language).to_owned())
}
