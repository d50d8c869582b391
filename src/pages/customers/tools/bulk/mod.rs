//! An act on several customers: what is asked, a preview of each, and the outcome of each (Q6).

mod asking;
mod row;
mod table;

use contract::customers::NamedPerson;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::service::Duration;
use words::{Language, bulk, terms, ui};

use self::asking::Asking;
use self::row::{Row, Step, carry_out, preview};
use self::table::RowsTable;
use super::Desk;
use crate::ui::{Button, ButtonKind, Dialog, move_focus};

/// What is to be done with each of several customers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// The end becomes today and so many days (E1).
    Extend {
        days: Duration,
        /// Whether an earlier end is confirmed.
        confirmed: bool,
    },
    /// Somebody looks after them (P9).
    Assign { person: Option<NamedPerson>, change: Change },
    /// The consent mail is sent again (X13).
    Resend,
    /// The trial is cancelled (K1).
    Cancel,
}

/// What becomes of a person who is assigned (P9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    InCharge,
    Assigned,
    Taken,
}

impl What {
    pub(super) fn extend() -> What {
        What::Extend { days: Duration::default(), confirmed: false }
    }

    pub(super) fn assign() -> What {
        What::Assign { person: None, change: Change::InCharge }
    }

    pub(super) fn resend() -> What {
        What::Resend
    }

    pub(super) fn cancel() -> What {
        What::Cancel
    }

    fn title(&self, language: Language) -> &'static str {
        match self {
            What::Extend { .. } => bulk::extend(language),
            What::Assign { .. } => bulk::assign(language),
            What::Resend => terms::resend_consent_email(language),
            What::Cancel => terms::cancel_trial(language),
        }
    }

    /// Whether something is asked before the previews.
    fn asks(&self) -> bool {
        matches!(self, What::Extend { .. } | What::Assign { .. })
    }
}

/// How far the dialog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Asking,
    Looking,
    Shown,
    Doing,
    Over,
}

/// The dialog's state.
#[derive(Clone, Copy)]
struct Work {
    desk: Desk,
    stage: RwSignal<Stage>,
    rows: RwSignal<Vec<Row>>,
    /// The number of the present round: an earlier one that is still under way stops.
    round: RwSignal<u32>,
    /// Whether anything was done.
    done: StoredValue<bool>,
}

impl Work {
    fn begin(self, what: &What) {
        let chosen = self.desk.chosen.get_untracked();
        self.done.set_value(false);
        self.rows.set(chosen.into_iter().map(|customer| Row { customer, step: Step::Waiting }).collect());
        match what.asks() {
            true => self.stage.set(Stage::Asking),
            false => self.look(),
        }
    }

    fn next_round(self) -> u32 {
        self.round.update(|round| *round = round.wrapping_add(1));
        self.round.get_untracked()
    }

    /// Asks what it would bring to each that is not known yet, one after the other.
    fn look(self) {
        let Some(what) = self.desk.asked.get_untracked() else { return };
        let round = self.next_round();
        self.stage.set(Stage::Looking);
        spawn_local(async move {
            for (place, row) in self.rows.get_untracked().into_iter().enumerate() {
                if row.step != Step::Waiting {
                    continue;
                }
                let step = preview(&row.customer, &what, self.desk.language).await;
                if !self.put(round, place, step) {
                    return;
                }
            }
            let _ = self.stage.try_set(Stage::Shown);
            move_focus(TOLD);
        });
    }

    /// Does it with each that is ready, one after the other.
    fn act(self) {
        let round = self.next_round();
        self.stage.set(Stage::Doing);
        spawn_local(async move {
            for (place, row) in self.rows.get_untracked().into_iter().enumerate() {
                let Step::Ready(order) = row.step else { continue };
                if !self.put(round, place, Step::Doing(order.clone())) {
                    return;
                }
                self.done.try_set_value(true);
                let step = carry_out(order, self.desk.language).await;
                // Also noted when somebody stopped it meanwhile: it was done.
                if self.rows.try_update(|rows| rows[place].step = step).is_none() {
                    return;
                }
                if self.round.try_get_untracked() != Some(round) {
                    return;
                }
            }
            self.end();
        });
    }

    /// Says what came of it.
    fn end(self) {
        let _ = self.stage.try_set(Stage::Over);
        move_focus(TOLD);
    }

    /// Notes a step, unless the round is over.
    fn put(self, round: u32, place: usize, step: Step) -> bool {
        if self.round.try_get_untracked() != Some(round) {
            return false;
        }
        self.rows.try_update(|rows| rows[place].step = step).is_some()
    }

    /// Goes back to the previews with those that failed alone.
    fn again(self) {
        self.rows.update(|rows| {
            rows.retain(|row| matches!(row.step, Step::Failed(..)));
            for row in rows {
                let Step::Failed(_, order) = &row.step else { continue };
                row.step = order.clone().map_or(Step::Waiting, Step::Ready);
            }
        });
        self.look();
    }

    /// Stops after the customer that is at work.
    fn stop(self) {
        self.next_round();
        self.end();
    }

    fn close(self) {
        self.next_round();
        self.desk.asked.set(None);
        if self.done.get_value() {
            self.desk.list.load();
        }
    }

    fn count(self, of: fn(&Step) -> bool) -> usize {
        self.rows.with(|rows| rows.iter().filter(|row| of(&row.step)).count())
    }
}

/// The id of what is told, which takes the focus as the dialog goes on. No button takes it: whoever
/// presses Enter twice would do, or close, what they have not read yet.
const TOLD: &str = "bulk-told";

/// The dialog.
#[component]
pub(super) fn BulkDialog(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let work = Work {
        desk,
        stage: RwSignal::new(Stage::Asking),
        rows: RwSignal::new(Vec::new()),
        round: RwSignal::new(0),
        done: StoredValue::new(false),
    };
    let open = Memo::new(move |_| desk.asked.with(Option::is_some));
    Effect::new(move |_| {
        if open.get()
            && let Some(what) = desk.asked.get_untracked()
        {
            work.begin(&what);
        }
    });
    let title = move || {
        let what = desk.asked.with(|what| what.as_ref().map(|what| what.title(language)));
        what.map(|what| bulk::title(language, what, work.rows.with(Vec::len))).unwrap_or_default()
    };
    // While it is under way Escape stops it, so that nothing goes on unseen.
    let ask_to_close = move || if work.stage.get_untracked() == Stage::Doing { work.stop() } else { work.close() };
    let actions = move || {
        let close = move |_| work.close();
        match work.stage.get() {
            Stage::Asking => view! {
                <Button on_click=close>{ui::cancel(language)}</Button>
                <Button kind=ButtonKind::Primary disabled_because=asking::because(work) on_click=move |_| work.look()>
                    {bulk::look(language)}
                </Button>
            }
            .into_any(),
            Stage::Looking => view! { <Button on_click=close>{ui::cancel(language)}</Button> }.into_any(),
            Stage::Shown => {
                let ready = work.count(|step| matches!(step, Step::Ready(_)));
                let failed = work.count(|step| matches!(step, Step::Failed(..)));
                let none = (ready == 0).then(|| bulk::nothing_to_do(language).to_owned());
                let kind = match desk.asked.get_untracked() {
                    Some(What::Cancel) => ButtonKind::Danger,
                    _ => ButtonKind::Primary,
                };
                view! {
                    <Button on_click=close>{ui::no(language)}</Button>
                    {(failed > 0).then(|| view! { <Button on_click=move |_| work.look_again()>{bulk::look_again(language)}</Button> })}
                    <Button kind=kind disabled_because=Signal::stored(none) on_click=move |_| work.act()>
                        {bulk::act(language, ready)}
                    </Button>
                }
                .into_any()
            }
            Stage::Doing => view! {
                <Button on_click=move |_| work.stop()>{bulk::stop(language)}</Button>
                <Button kind=ButtonKind::Primary busy=true on_click=|_| ()>{bulk::doing_now(language)}</Button>
            }
            .into_any(),
            Stage::Over => {
                let failed = work.count(|step| matches!(step, Step::Failed(..)));
                let left = work.count(|step| matches!(step, Step::Ready(_)));
                view! {
                    {(failed > 0).then(|| view! { <Button on_click=move |_| work.again()>{bulk::again(language, failed)}</Button> })}
                    {(left > 0).then(|| view! { <Button on_click=move |_| work.act()>{bulk::act(language, left)}</Button> })}
                    <Button kind=ButtonKind::Primary on_click=close>{ui::close(language)}</Button>
                }
                .into_any()
            }
        }
    };
    view! {
        <Dialog open=open on_close=move |()| ask_to_close() title=Signal::derive(title) wide=true actions=actions>
            {move || advice(work).map(|text| view! { <p>{text}</p> })}
            {move || match work.stage.get() {
                Stage::Asking => view! { <Asking work=work /> }.into_any(),
                _ => view! { <RowsTable work=work /> }.into_any(),
            }}
        </Dialog>
    }
}

/// What is good to know before several trials are cancelled, and how long it can be undone (K1, K2).
fn advice(work: Work) -> Option<&'static str> {
    let language = work.desk.language;
    if !matches!(work.desk.asked.get(), Some(What::Cancel)) {
        return None;
    }
    match work.stage.get() {
        Stage::Over => (work.count(|step| *step == Step::Done) > 0).then(|| bulk::cancel_undo(language)),
        _ => Some(bulk::cancel_lead(language)),
    }
}

impl Work {
    /// Asks once more about those that could not be looked at.
    fn look_again(self) {
        self.rows.update(|rows| {
            for row in rows.iter_mut().filter(|row| matches!(row.step, Step::Failed(..))) {
                row.step = Step::Waiting;
            }
        });
        self.look();
    }
}
