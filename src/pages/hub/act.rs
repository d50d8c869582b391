//! *I'm interested in purchasing*, *Cancel trial* and its undoing, each in a dialog that says what it
//! brings before it is done (C1, K1, K2, E6).

use contract::trials::{ActPreview, TrialAct};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::act::ActName;
use rules::ids::TrialId;
use words::{Language, label, subscriptions, terms, ui, waiting};

use super::brings::brings;
use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;
use crate::navigation::navigator;
use crate::previewed::{Previewed, foretold};
use crate::session::session;
use crate::ui::{Button, ButtonKind, Dialog, Notice, Shape, Toasts, Tone};
use crate::waiting::OnItsWay;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To buy: what it means, and to say so (C1).
    Purchase,
    /// To cancel the trial (K1).
    Cancel,
    /// To undo that (K2).
    Undo,
}

impl Wanted {
    fn act(self) -> TrialAct {
        match self {
            Wanted::Purchase => TrialAct::SayInterested,
            Wanted::Cancel => TrialAct::Cancel,
            Wanted::Undo => TrialAct::Undo,
        }
    }
}

/// The trial that it is about, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The trial.
    pub trial: TrialId,
    /// The partner that runs it.
    pub partner: String,
    /// Its services.
    pub services: String,
    /// Whether it has started; one that has not leaves with its cancelling.
    pub started: bool,
    /// Whether devices come with it.
    pub devices: bool,
    /// Why nobody may be told of an interest in it, if so (P7).
    pub no_interest: Option<String>,
}

/// How far the question is.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
    Loading,
    Shown(Box<Previewed>),
    Failed(Failure),
    /// It may not be done: nothing is looked at.
    Blocked,
}

/// The dialog; it stands before the page while something is wanted.
#[component]
pub fn ActDialog(
    /// The trial that it is about.
    subject: Subject,
    /// What is wanted.
    wanted: RwSignal<Option<Wanted>>,
    /// Loads the page again.
    again: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let (toasts, navigator) = (expect_context::<Toasts>(), navigator());
    let subject = StoredValue::new(subject);
    let asked = RwSignal::new(Asked::Loading);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let key = StoredValue::new(Key::new());
    let look = move |before: Option<ActPreview>| {
        let Some(wanted) = wanted.get_untracked() else { return };
        asked.set(Asked::Loading);
        spawn_local(async move {
            let trial = subject.with_value(|subject| subject.trial.clone());
            let next = match api::trial_act_preview(&trial, wanted.act()).await {
                Ok(now) => Asked::Shown(Box::new(Previewed { now, before })),
                Err(failure) => Asked::Failed(failure),
            };
            let _ = asked.try_set(next);
        });
    };
    let blocked = move || subject.with_value(|subject| subject.no_interest.clone());
    Effect::new(move |_| {
        let Some(now) = wanted.get() else { return };
        failed.set(None);
        // Another question is another intent (G2).
        key.set_value(Key::new());
        match now {
            Wanted::Purchase if blocked().is_some() => asked.set(Asked::Blocked),
            _ => look(None),
        }
    });
    let close = move || {
        wanted.set(None);
        // What cannot be done any more was changed by somebody, or by time: the page says what is there now.
        if matches!(asked.get_untracked(), Asked::Failed(failure) if failure.is_final()) {
            navigator.arrive_again();
            again.run(());
        }
    };
    let yes = Callback::new(move |_| {
        let (Asked::Shown(shown), Some(meant)) = (asked.get_untracked(), wanted.get_untracked()) else { return };
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let (trial, partner) = subject.with_value(|subject| (subject.trial.clone(), subject.partner.clone()));
            let answer = api::trial_act(&trial, meant.act(), &shown.now, &key.get_value()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    toasts.good(done(language, meant, &partner));
                    wanted.set(None);
                    navigator.arrive_again();
                    again.run(());
                }
                Err(failure) if failure.is_out_of_date() => {
                    // Another act is meant from now on: the one that is shown next (E6).
                    key.set_value(Key::new());
                    look(Some(shown.now));
                }
                Err(failure) if failure.is_final() => asked.set(Asked::Failed(failure)),
                Err(failure) => failed.set(Some(failure)),
            }
        });
    });
    let can = move || asked.with(|asked| matches!(asked, Asked::Shown(_)));
    let domain = StoredValue::new(session().settings.site_domain);
    let preview = move || match asked.get() {
        Asked::Loading => {
            view! { <OnItsWay label=subscriptions::looking(language) on_retry=move |()| look(None) /> }.into_any()
        }
        Asked::Blocked => ().into_any(),
        Asked::Failed(failure) => view! {
            <Notice tone=Tone::Bad shape=Shape::Triangle announced=true>
                {failed_in_full(language, &failure)}
            </Notice>
        }
        .into_any(),
        Asked::Shown(shown) => {
            foretold(language, &shown, |told| domain.with_value(|domain| brings(language, told, domain)))
        }
    };
    let confirm = move || {
        let meant = wanted.get()?;
        let (kind, name) = match meant {
            Wanted::Purchase => (ButtonKind::Primary, terms::interested_in_purchasing(language)),
            Wanted::Cancel => (ButtonKind::Danger, ui::yes(language)),
            Wanted::Undo => (ButtonKind::Primary, label::act(language, ActName::Undo)),
        };
        let because = Signal::stored(blocked().filter(|_| meant == Wanted::Purchase));
        let shown = can() || because.with(Option::is_some);
        shown.then(|| {
            view! {
                <Button kind=kind busy=busy disabled_because=because on_click=yes>
                    {move || match meant {
                        Wanted::Cancel if busy.get() => waiting::cancelling(language),
                        _ => name,
                    }}
                </Button>
            }
        })
    };
    let no = move || match wanted.get() {
        Some(Wanted::Cancel) if can() => ui::no(language),
        _ => ui::close(language),
    };
    view! {
        <Dialog
            open=Signal::derive(move || wanted.with(Option::is_some))
            on_close=move |()| close()
            title=Signal::derive(move || {
                wanted.get().map(|wanted| subject.with_value(|of| title(language, wanted, of))).unwrap_or_default()
            })
            actions=move || {
                view! {
                    <Button on_click=move |_| close()>{no}</Button>
                    {confirm}
                }
            }
        >
            // What is long scrolls, and a keyboard has to reach it: nothing in it takes the focus (G4).
            <div class="stack" tabindex="0" role="group" aria-label=subscriptions::effects(language)>
                {move || {
                    let lines = wanted.get().map(|wanted| subject.with_value(|of| says(language, wanted, of)));
                    lines.unwrap_or_default().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
                }}
                {preview}
                <div role="alert">
                    {move || {
                        failed
                            .get()
                            .map(|failure| {
                                view! {
                                    <Notice tone=Tone::Bad shape=Shape::Triangle>
                                        {failed_in_full(language, &failure)}
                                    </Notice>
                                }
                            })
                    }}
                </div>
            </div>
        </Dialog>
    }
}

fn title(language: Language, wanted: Wanted, of: &Subject) -> String {
    match wanted {
        Wanted::Purchase => subscriptions::purchase_title(language, &of.services),
        Wanted::Cancel => subscriptions::cancel_title(language, &of.services),
        Wanted::Undo => subscriptions::undo_title(language, &of.services),
    }
}

/// What it means, before the preview says what it brings here.
fn says(language: Language, wanted: Wanted, of: &Subject) -> Vec<String> {
    let mut lines = Vec::new();
    match wanted {
        Wanted::Purchase => {
            lines.push(subscriptions::purchase_means(language).to_owned());
            lines.push(subscriptions::purchase_partner(language, &of.partner));
            if of.devices {
                lines.push(subscriptions::purchase_devices(language).to_owned());
            }
            lines.push(subscriptions::purchase_nothing(language).to_owned());
        }
        Wanted::Cancel => {
            lines.push(subscriptions::cancel_advice(language, &of.partner));
            match of.started {
                true => {
                    lines.push(subscriptions::cancel_stops(language).to_owned());
                    lines.push(subscriptions::cancel_undo(language).to_owned());
                }
                false => lines.push(subscriptions::cancel_awaiting(language).to_owned()),
            }
        }
        Wanted::Undo => lines.push(subscriptions::undo_text(language).to_owned()),
    }
    lines
}

fn done(language: Language, wanted: Wanted, partner: &str) -> String {
    match wanted {
        Wanted::Purchase => subscriptions::said(language, partner),
        Wanted::Cancel => subscriptions::cancelled(language).to_owned(),
        Wanted::Undo => subscriptions::undone(language).to_owned(),
    }
}
