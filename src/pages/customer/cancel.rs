//! *Cancel trial* of a trial that has not started, in a dialog that names what it brings
//! (X13, K1, E6).

use contract::trials::TrialAct;
use leptos::prelude::*;
use rules::consequences::Consequences;
use rules::ids::TrialId;
use rules::trial::State;
use rules::verdict::Verdict;
use words::{Language, label, terms, ui, waiting};

use crate::act_dialog::{ActDialog, Asked};
use crate::consequences::mails;
use crate::navigation::navigator;
use crate::ui::{Button, ButtonKind};

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
    let navigator = navigator();
    let asked = RwSignal::new(None::<Asked>);
    let again = Callback::new(move |()| {
        navigator.arrive_again();
        reload.run(());
    });
    let advice = if accepted { waiting::cancel_advice_accepted(language) } else { waiting::cancel_advice(language) };
    let (title, done) = (waiting::cancel_title(language, &company), waiting::cancelled(language, &company));
    let ask = Asked {
        lead: vec![advice.to_owned()],
        danger: true,
        ..Asked::new(TrialAct::Cancel, title, ui::yes(language), done)
    };
    view! {
        <Button
            kind=ButtonKind::Danger
            disabled_because=Signal::stored(label::because(language, verdict))
            on_click=move |_| asked.set(Some(ask.clone()))
        >
            {terms::cancel_trial(language)}
        </Button>
        <ActDialog
            on=trial
            asked=asked
            tell=move |brings: Consequences| list(effects(language, &brings))
            on_done=move |_| again.run(())
            on_over=again
            language=language
        />
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
