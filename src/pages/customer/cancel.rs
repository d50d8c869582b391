//! *Cancel trial* of a trial that has not started, in a dialog that names what it brings
//! (X13, K1, E6).

use contract::trials::{ActPreview, TrialAct};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::consequences::Consequences;
use rules::ids::TrialId;
use rules::trial::State;
use rules::verdict::Verdict;
use words::{Language, label, terms, ui, waiting};

use crate::api::{self, Failure, Key};
use crate::consequences::mails;
use crate::failure::failed_in_full;
use crate::navigation::navigator;
use crate::previewed::{Previewed, foretold};
use crate::ui::{Button, ButtonKind, Dialog, Notice, Shape, Toasts, Tone};
use crate::waiting::OnItsWay;

/// How far the question is.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
    Loading,
    /// What it brings; and what was shown before, when that is not so any more.
    Shown(Box<Previewed>),
    /// It cannot be done, or cannot be looked at.
    Failed(Failure),
}

/// The button with its dialog.
#[component]
pub fn CancelTrial(
    /// The trial.
    trial: TrialId,
    /// The customer's name.
    company: String,
    /// Whether the customer has accepted it.
    accepted: bool,
    /// Whether it may be cancelled.
    verdict: Verdict,
    /// The reader's language.
    language: Language,
    /// Loads the page again.
    reload: Callback<()>,
) -> impl IntoView {
    let (toasts, navigator) = (expect_context::<Toasts>(), navigator());
    let because = match verdict {
        Verdict::Blocked(refusal) => Some(label::refusal(language, &refusal)),
        Verdict::Allowed => None,
    };
    let open = RwSignal::new(false);
    let asked = RwSignal::new(Asked::Loading);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let key = StoredValue::new(Key::new());
    let trial = StoredValue::new(trial);
    let name = company.clone();
    let look = move |before: Option<ActPreview>| {
        asked.set(Asked::Loading);
        spawn_local(async move {
            let answer = api::trial_act_preview(&trial.get_value(), TrialAct::Cancel).await;
            let next = match answer {
                Ok(now) => Asked::Shown(Box::new(Previewed { now, before })),
                Err(failure) => Asked::Failed(failure),
            };
            let _ = asked.try_set(next);
        });
    };
    let ask = move |_| {
        failed.set(None);
        key.set_value(Key::new());
        open.set(true);
        look(None);
    };
    let close = move || {
        open.set(false);
        // What cannot be done any more was changed by somebody: the page says what is there now.
        if matches!(asked.get_untracked(), Asked::Failed(failure) if failure.is_final()) {
            navigator.arrive_again();
            reload.run(());
        }
    };
    let cancel = move |_| {
        let Asked::Shown(shown) = asked.get_untracked() else { return };
        busy.set(true);
        failed.set(None);
        let company = company.clone();
        spawn_local(async move {
            let answer = api::trial_act(&trial.get_value(), TrialAct::Cancel, &shown.now, &key.get_value()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    toasts.good(waiting::cancelled(language, &company));
                    open.set(false);
                    navigator.arrive_again();
                    reload.run(());
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
    };
    let cancel = Callback::new(cancel);
    let can = move || asked.with(|asked| matches!(asked, Asked::Shown(..)));
    let advice = if accepted { waiting::cancel_advice_accepted(language) } else { waiting::cancel_advice(language) };
    view! {
        <Button kind=ButtonKind::Danger disabled_because=Signal::stored(because) on_click=ask>
            {terms::cancel_trial(language)}
        </Button>
        <Dialog
            open=open
            on_close=move |()| close()
            title=waiting::cancel_title(language, name)
            actions=move || {
                view! {
                    <Button on_click=move |_| close()>{if can() { ui::no(language) } else { ui::close(language) }}</Button>
                    {can()
                        .then(|| {
                            view! {
                                <Button kind=ButtonKind::Danger busy=busy on_click=cancel>
                                    {move || if busy.get() { waiting::cancelling(language) } else { ui::yes(language) }}
                                </Button>
                            }
                        })}
                }
            }
        >
            {move || match asked.get() {
                Asked::Loading => {
                    view! { <OnItsWay label=waiting::cancel_loading(language) on_retry=move |()| look(None) /> }.into_any()
                }
                Asked::Failed(failure) => {
                    view! {
                        <Notice tone=Tone::Bad shape=Shape::Triangle announced=true>
                            {failed_in_full(language, &failure)}
                        </Notice>
                    }
                        .into_any()
                }
                Asked::Shown(shown) => {
                    let title = shown.before.is_none().then(|| view! { <h3>{waiting::effects(language)}</h3> });
                    view! {
                        <div class="stack">
                            <p>{advice}</p>
                            {title}
                            {foretold(language, &shown, |brings| list(effects(language, brings)))}
                        </div>
                    }
                        .into_any()
                }
            }}
            <div role="alert">
                {move || {
                    failed
                        .get()
                        .map(|failure| {
                            view! {
                                <Notice tone=Tone::Bad shape=Shape::Triangle>{failed_in_full(language, &failure)}</Notice>
                            }
                        })
                }}
            </div>
        </Dialog>
    }
}

fn list(lines: Vec<String>) -> AnyView {
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="effects">{lines}</ul> }.into_any()
}

/// What cancelling brings, a sentence for each.
fn effects(language: Language, consequences: &Consequences) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(before), Some(after)) = (&consequences.before, &consequences.after) {
        lines.push(waiting::effect_state(
            language,
            label::state(language, after.state),
            label::state(language, before.state),
        ));
        if before.state == State::Pending {
            lines.push(waiting::effect_answer(language).to_owned());
        }
    }
    if let (Some(level), None) = consequences.access {
        lines.push(waiting::effect_access(language, label::access(language, level)));
    }
    lines.push(waiting::effect_list(language).to_owned());
    lines.push(waiting::effect_undo(language).to_owned());
    let added = mails(language, &consequences.added, consequences.today);
    lines.extend(added.into_iter().map(|mail| waiting::effect_mail(language, mail)));
    for mail in &consequences.dropped {
        let (group, kind) = (label::recipients(language, mail.group), label::mail_kind(language, mail.kind));
        lines.push(waiting::effect_mail_dropped(language, group, kind));
    }
    if consequences.added.is_empty() {
        lines.push(waiting::effect_no_mail(language).to_owned());
    }
    lines
}
