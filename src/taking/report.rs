//! What becomes, or became, of each line of which something is to be said (U2).

use contract::set_up::PeopleTaken;
use leptos::prelude::*;
use rules::set_up::file::{LineOutcome, TAKEN_MAX};
use serde::{Deserialize, Serialize};
use words::{Language, label, number, taking};

use crate::ui::{Button, Notice, Shape, Tone};

/// How many lines are shown at first, and how many more at each asking: a file has up to 10,000.
const SHOWN: usize = 100;

/// The id of the result, which takes the focus once it is there.
pub const RESULT: &str = "taking-result";

/// A result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// How many people, and the lines of which something is said.
    pub taken: PeopleTaken,
    /// Whether they were added, or could be.
    pub done: bool,
    /// Whether they were typed by hand.
    pub by_hand: bool,
}

/// The result, once there is one.
#[component]
pub fn Report(
    /// The result.
    #[prop(into)]
    said: Signal<Option<Said>>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let shown = RwSignal::new(SHOWN);
    let count = move |Said { taken: PeopleTaken { taken, .. }, done, .. }: &Said| match (done, taken) {
        (true, 0) => taking::added_none(language).to_owned(),
        (true, count) => taking::added(language, *count),
        (false, 0) => taking::can_add_none(language).to_owned(),
        (false, count) => taking::can_add(language, *count),
    };
    // A file may hold more people than are added at once (U2).
    let later = |said: &Said| said.taken.lines.iter().filter(|line| line.outcome == LineOutcome::Later).count();
    let head = move || {
        said.with(|said| {
            said.as_ref().map(|said| {
                let (tone, shape) = match (said.taken.taken, said.done) {
                    (0, _) => (Tone::Warn, Shape::Triangle),
                    (_, true) => (Tone::Good, Shape::Check),
                    (_, false) => (Tone::Wait, Shape::Info),
                };
                let text = count(said);
                let later = Some(later(said))
                    .filter(|later| *later > 0)
                    .map(|later| format!(" {}", taking::later(language, later, TAKEN_MAX)));
                view! { <Notice tone=tone shape=shape>{text} {later}</Notice> }
            })
        })
    };
    let lines = move || {
        said.with(|said| said.as_ref().map(|said| (said.taken.lines.clone(), said.by_hand))).map(|(lines, by_hand)| {
            let all = lines.len();
            (all > 0).then(|| {
                // Rows that were added are gone, and the others have moved up: they go by their address.
                let numbered = !by_hand;
                let rows = move || {
                    let rows = lines.iter().take(shown.get()).map(|line| {
                        view! {
                            <tr>
                                {numbered.then(|| view! { <td class="numbers">{line.line}</td> })}
                                <td><bdi>{line.email.clone()}</bdi></td>
                                <td>{label::line_report(language, line)}</td>
                            </tr>
                        }
                    });
                    rows.collect_view()
                };
                let more = move || {
                    let now = shown.get().min(all);
                    (now < all).then(|| {
                        view! {
                            <div class="request-actions">
                                <Button on_click=move |_| shown.update(|shown| *shown += SHOWN * 5)>
                                    {taking::show_more(language)}
                                </Button>
                                <span class="muted numbers" role="status">
                                    {taking::shown(language, number(language, all as u64), number(language, now as u64))}
                                </span>
                            </div>
                        }
                    })
                };
                view! {
                    <div class="taking-lines">
                        <table class="table table-plain">
                            <caption>{taking::report(language, all)}</caption>
                            <thead>
                                <tr>
                                    {numbered.then(|| view! { <th scope="col" class="nowrap">{taking::line(language)}</th> })}
                                    <th scope="col">{taking::email(language)}</th>
                                    <th scope="col">{taking::what(language)}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    {more}
                }
            })
        })
    };
    Effect::new(move |_| {
        // Another result begins at its first lines.
        said.track();
        shown.set(SHOWN);
    });
    view! {
        <div id=RESULT tabindex="-1" class="stack taking-result">
            <div role="status">{head}</div>
            {lines}
        </div>
    }
}
