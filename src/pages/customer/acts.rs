//! What can be done with a trial that has started: extend, edit, convert or hand over, cancel, and
//! undo that; each disabled with its reason where it cannot be done (L12, P7).

use contract::customers::TrialDetail;
use contract::trials::TrialAct;
use leptos::prelude::*;
use rules::act::ActName;
use rules::clock::Instant;
use rules::eligibility::undo_until;
use rules::ids::OrganisationId;
use rules::trial::Phase;
use rules::verdict::{Because, Remedy, Verdict};
use words::{Language, acting, date_utc, deeds, label, moment, refusals, terms, ui, waiting};

use crate::act_dialog::{ActDialog, Asked};
use crate::before_after::told;
use crate::navigation::navigator;
use crate::one_trial::verdict;
use crate::route::{Route, TrialPage};
use crate::ui::{Button, ButtonKind, ButtonLink, Notice, Shape, Tone, clock_text, count_down};

/// Why something is disabled.
fn because(language: Language, verdict: Verdict) -> Option<String> {
    match verdict {
        Verdict::Blocked(refusal) => Some(label::refusal(language, &refusal)),
        Verdict::Allowed => None,
    }
}

/// The commands, and what was begun and waits.
#[component]
pub fn TrialActs(
    /// The trial with a verdict for every act.
    detail: TrialDetail,
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
    let asked = RwSignal::new(None::<Asked>);
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
            trial=detail.trial.id.clone()
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
        match because(language, verdict(detail, name)) {
            None => view! { <ButtonLink href=route.path()>{text}</ButtonLink> }.into_any(),
            because => {
                view! { <Button disabled_because=Signal::stored(because) on_click=|_| {}>{text}</Button> }.into_any()
            }
        }
    };
    // A partner of tier 2 hands over instead, and is told why (C2).
    let hands_over = matches!(
        verdict(detail, ActName::Convert),
        Verdict::Blocked(refusal) if refusal.remedy == Remedy::HandOver
    );
    let convert = if hands_over {
        let because = because(language, verdict(detail, ActName::HandOver));
        let ask = Asked {
            act: TrialAct::HandOver,
            title: acting::hand_over_title(language, company),
            lead: vec![
                refusals::distributor_converts(language).to_owned(),
                acting::hand_over_lead(language).to_owned(),
            ],
            yes: deeds::hand_over(language),
            confirm: "",
            danger: false,
            done: acting::handed_over(language, company),
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
    let cancel = Asked {
        act: TrialAct::Cancel,
        title: waiting::cancel_title(language, company),
        lead: [acting::cancel_lead(language), acting::cancel_undo(language), acting::cancel_final(language)]
            .map(str::to_owned)
            .to_vec(),
        yes: ui::yes(language),
        confirm: "",
        danger: true,
        done: acting::cancelled(language, company),
    };
    let cancel_because = because(language, verdict(detail, ActName::Cancel));
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

/// The 5 minutes in which a cancelling can be undone, counted down from the backend's instant; the
/// reader's time of day plays no part (K2, L1).
fn undo(
    language: Language,
    detail: &TrialDetail,
    company: &str,
    now: Instant,
    asked: RwSignal<Option<Asked>>,
) -> Option<impl IntoView + use<>> {
    let cancellation = detail.trial.cancellation.as_ref()?;
    let Phase::Cancelled { started: true, .. } = detail.trial.phase else { return None };
    let until = undo_until(cancellation);
    if detail.trial.settled || now >= until {
        return None;
    }
    let seconds = u32::try_from((until - now).num_milliseconds().max(0)).unwrap_or(0).div_ceil(1_000);
    let left = count_down(Signal::stored(seconds));
    // The countdown begins with its first tick; until then the verdict alone speaks.
    let begun = RwSignal::new(false);
    Effect::new(move |_| {
        if left.get() > 0 {
            begun.set(true);
        }
    });
    let over = move || begun.get() && left.get() == 0;
    let blocked = because(language, verdict(detail, ActName::Undo));
    let because = Signal::derive(move || match over() {
        true => Some(refusals::undo_over(language).to_owned()),
        false => blocked.clone(),
    });
    let ask = Asked {
        act: TrialAct::Undo,
        title: acting::undo_title(language, company),
        lead: vec![acting::undo_lead(language).to_owned()],
        yes: deeds::undo(language),
        confirm: "",
        danger: false,
        done: acting::undone(language, company),
    };
    Some(view! {
        <Notice tone=Tone::Warn shape=Shape::Clock>
            <div class="stack-tight">
                <p>{acting::undo_until(language, moment(language, until))}</p>
                <p aria-hidden="true">
                    {acting::undo_left(language)} ": " <strong class="numbers">{move || clock_text(left.get())}</strong>
                </p>
                <div class="request-actions">
                    <Button disabled_because=because on_click=move |_| asked.set(Some(ask.clone()))>
                        {deeds::undo(language)}
                    </Button>
                </div>
            </div>
        </Notice>
    })
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
        let because = because(language, verdict(detail, ActName::AnswerInterest));
        let since = acting::interested_on(language, date_utc(language, interest.on));
        let ask = Asked {
            act: TrialAct::AnswerInterest,
            title: acting::interest_title(language, company),
            lead: Vec::new(),
            yes: deeds::answer_interest(language),
            confirm: "",
            danger: false,
            done: acting::interest_answered(language, company),
        };
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
    let closed = match verdict(detail, ActName::Convert) {
        Verdict::Blocked(refusal)
            if refusal.because == Because::WrongState && matches!(trial.phase, Phase::Started { .. }) =>
        {
            refusal.state.map(|state| view! { <p class="muted">{label::state_sentence(language, state)}</p> })
        }
        _ => None,
    };
    view! { {interest} {handed} {order} {closed} }
}
