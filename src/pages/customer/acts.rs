//! What can be done with a trial that has started: extend, edit, convert or hand over, cancel, and
//! undo that; each disabled with its reason where it cannot be done (L12, P7).

use contract::customers::TrialDetail;
use contract::trials::TrialAct;
use leptos::prelude::*;
use rules::act::ActName;
use rules::clock::Instant;
use rules::eligibility::can_be_undone_until;
use rules::ids::OrganisationId;
use rules::trial::Phase;
use rules::verdict::{Because, Remedy, Verdict};
use words::{Language, acting, date_utc, deeds, label, refusals, terms, ui, waiting};

use crate::act_dialog::{ActDialog, Asked};
use crate::before_after::told;
use crate::navigation::navigator;
use crate::route::{Route, TrialPage};
use crate::ui::{Button, ButtonKind, ButtonLink, Notice, Shape, Tone};
use crate::undoing::Undoing;

/// The commands, and what was begun and waits.
#[component]
pub fn TrialActs(
    /// The trial with a verdict for every act.
    detail: TrialDetail,
    /// What is asked, by a button here or elsewhere on the page of the trial.
    asked: RwSignal<Option<Asked>>,
    /// The customer.
    customer: OrganisationId,
    /// The customer's name.
    company: String,
    /// The backend's instant (K2).
    now: Instant,
    /// The platform's site domain.
    domain: String,
    /// The reader's language.
    language: Language,
    /// Loads the page again.
    reload: Callback<()>,
) -> impl IntoView {
    let navigator = navigator();
    let again = Callback::new(move |()| {
        navigator.arrive_again();
        reload.run(());
    });
    let started = matches!(detail.trial.phase, Phase::Started { .. });
    let commands = started.then(|| commands(language, &detail, &customer, &company, asked));
    let undo = undo(language, &detail, &company, now, asked);
    let facts = facts(language, &detail, &company, asked);
    view! {
        {undo}
        {facts}
        {commands}
        <ActDialog
            on=detail.trial.id.clone()
            asked=asked
            tell=move |brings| told(language, &domain, &brings)
            on_done=move |_| again.run(())
            on_over=again
            language=language
        />
    }
}

fn commands(
    language: Language,
    detail: &TrialDetail,
    customer: &OrganisationId,
    company: &str,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView + use<> {
    let page = |page, name: ActName| {
        let route = Route::Trial { customer: customer.clone(), trial: detail.trial.id.clone(), page };
        let text = label::act(language, name);
        match label::because(language, detail.verdict(name)) {
            None => view! { <ButtonLink href=route.path()>{text}</ButtonLink> }.into_any(),
            because => {
                view! { <Button disabled_because=Signal::stored(because) on_click=|_| {}>{text}</Button> }.into_any()
            }
        }
    };
    // A partner of tier 2 hands over instead, and is told why (C2).
    let hands_over = matches!(
        detail.verdict(ActName::Convert),
        Verdict::Blocked(refusal) if refusal.remedy == Remedy::HandOver
    );
    let convert = if hands_over {
        let because = label::because(language, detail.verdict(ActName::HandOver));
        let (title, done) = (acting::hand_over_title(language, company), acting::handed_over(language, company));
        let lead = [refusals::distributor_converts(language), acting::hand_over_lead(language)];
        let ask = Asked {
            lead: lead.map(str::to_owned).to_vec(),
            ..Asked::new(TrialAct::HandOver, title, deeds::hand_over(language), done)
        };
        view! {
            <Button disabled_because=Signal::stored(because) on_click=move |_| asked.set(Some(ask.clone()))>
                {deeds::hand_over(language)}
            </Button>
        }
        .into_any()
    } else {
        page(TrialPage::Convert, ActName::Convert)
    };
    let (title, done) = (waiting::cancel_title(language, company), acting::cancelled(language, company));
    let lead = [acting::cancel_lead(language), acting::cancel_undo(language), acting::cancel_final(language)];
    let cancel = Asked {
        lead: lead.map(str::to_owned).to_vec(),
        danger: true,
        ..Asked::new(TrialAct::Cancel, title, ui::yes(language), done)
    };
    let cancel_because = label::because(language, detail.verdict(ActName::Cancel));
    let name = acting::acts(language);
    view! {
        <div class="request-actions trial-acts" role="group" aria-label=name>
            {page(TrialPage::Extend, ActName::Extend)}
            {page(TrialPage::Edit, ActName::Edit)}
            {convert}
            <Button
                kind=ButtonKind::Danger
                disabled_because=Signal::stored(cancel_because)
                on_click=move |_| asked.set(Some(cancel.clone()))
            >
                {terms::cancel_trial(language)}
            </Button>
        </div>
    }
}

/// The way to undo a cancelling, while there is one (K2).
fn undo(
    language: Language,
    detail: &TrialDetail,
    company: &str,
    now: Instant,
    asked: RwSignal<Option<Asked>>,
) -> Option<impl IntoView + use<>> {
    let until = can_be_undone_until(&detail.trial, now)?;
    let because = label::because(language, detail.verdict(ActName::Undo));
    let (title, done) = (acting::undo_title(language, company), acting::undone(language, company));
    let lead = vec![acting::undo_lead(language).to_owned()];
    let ask = Asked { lead, ..Asked::new(TrialAct::Undo, title, deeds::undo(language), done) };
    let undo = move |()| asked.set(Some(ask.clone()));
    Some(view! { <Undoing until=until now=now because=because on_undo=undo language=language /> })
}

/// Interest in purchasing that nobody has answered, a hand-over, and the order that it became
/// (C1 to C3).
fn facts(
    language: Language,
    detail: &TrialDetail,
    company: &str,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView + use<> {
    let trial = &detail.trial;
    let interest = trial.interest.as_ref().filter(|interest| !interest.answered).map(|interest| {
        let because = label::because(language, detail.verdict(ActName::AnswerInterest));
        let since = acting::interested_on(language, date_utc(language, interest.on));
        let (title, done) = (acting::interest_title(language, company), acting::interest_answered(language, company));
        let ask = Asked::new(TrialAct::AnswerInterest, title, deeds::answer_interest(language), done);
        let answer = move |_| asked.set(Some(ask.clone()));
        view! {
            <Notice tone=Tone::Good shape=Shape::Info>
                <div class="stack-tight">
                    <p>{since}</p>
                    <div class="request-actions">
                        <Button disabled_because=Signal::stored(because) on_click=answer>
                            {deeds::answer_interest(language)}
                        </Button>
                    </div>
                </div>
            </Notice>
        }
    });
    let handed = trial.handed_over.as_ref().filter(|_| trial.conversion.is_none()).map(|hand_over| {
        view! { <p>{acting::handed_over_on(language, date_utc(language, hand_over.on))}</p> }
    });
    let order = trial.conversion.as_ref().map(|conversion| {
        let line = acting::converted_to(language, &conversion.contact_email, &conversion.order_number);
        view! { <p><bdi>{line}</bdi></p> }
    });
    // Once closed nothing is possible any more, and the page says so (C5, L3).
    let closed = match detail.verdict(ActName::Convert) {
        Verdict::Blocked(refusal)
            if refusal.because == Because::WrongState && matches!(trial.phase, Phase::Started { .. }) =>
        {
            refusal.state.map(|state| view! { <p class="muted">{label::state_sentence(language, state)}</p> })
        }
        _ => None,
    };
    view! { {interest} {handed} {order} {closed} }
}
