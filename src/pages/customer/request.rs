//! A request on the page of the customer that was asked: where it stands, what was asked,
//! who got it, and what can be done (X6, X7, X11 to X14, Q11).

use contract::customers::TrialDetail;
use leptos::prelude::*;
use rules::act::ActName;
use rules::clock::{Day, Instant, days_left};
use rules::consent::{Answered, Request, SET_UP_DAYS, Sending};
use rules::organisation::AccessLevel;
use rules::people::Right;
use rules::service::Service;
use rules::trial::{Phase, Trial};
use rules::verdict::{Because, Refusal, Verdict};
use words::{Language, customer, date_utc, label, moment, moment_from, terms, waiting, wizard};

use super::cancel::CancelTrial;
use super::receipt::receipt;
use super::resend::Resend;
use crate::route::Route;
use crate::session::may;
use crate::set_up_way::set_up_way;
use crate::status::StatusPill;
use crate::ui::{ButtonKind, ButtonLink, Notice, Tone};

/// Of the customer what its requests need to know.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The backend's day (L1).
    pub today: Day,
    /// The backend's instant.
    pub now: Instant,
    /// The customer's name, as the partner knows it.
    pub company: String,
    /// Whether another request can be sent, where this one is the last word.
    pub may_ask: Option<Verdict>,
}

/// Whether a trial is shown as the request that it came from: it has not started.
pub fn is_request(trial: &Trial) -> bool {
    trial.request.is_some()
        && match trial.phase {
            Phase::Pending { .. } | Phase::Awaiting { .. } | Phase::Declined { .. } | Phase::Lapsed { .. } => true,
            Phase::Cancelled { started, .. } => !started,
            Phase::Started { .. } | Phase::Converted { .. } => false,
        }
}

/// The request.
#[component]
pub fn RequestSection(
    /// The trial that it asks for, with its status and a verdict for every act.
    detail: TrialDetail,
    /// What is known of the customer.
    asked: Asked,
    /// The reader's language.
    language: Language,
    /// Loads the page again: something was done.
    reload: Callback<()>,
) -> impl IntoView {
    let (may_cancel, may_resend) = (detail.verdict(ActName::Cancel), detail.verdict(ActName::Resend));
    let way = set_up_way(language, &detail, asked.today, terms::set_up_customer(language), ButtonKind::Primary);
    let TrialDetail { trial, status, .. } = detail;
    let Some(request) = trial.request.clone() else { return ().into_any() };
    let heading_id = format!("request-{}", trial.id);
    let labelled_by = heading_id.clone();
    let cancelling = view! {
        <CancelTrial
            trial=trial.id.clone()
            company=asked.company.clone()
            accepted=matches!(trial.phase, Phase::Awaiting { .. })
            verdict=may_cancel
            language=language
            reload=reload
        />
    };
    let what = match trial.phase {
        Phase::Pending { answer_by } => view! {
            <p>{waiting::pending(language, date_utc(language, answer_by))}</p>
            <div class="request-actions">
                <Resend trial=trial.id.clone() verdict=may_resend now=asked.now language=language reload=reload />
                {cancelling}
            </div>
        }
        .into_any(),
        Phase::Awaiting { since } => view! {
            <p>{waiting::awaiting(language, date_utc(language, since), answered_by(language, &request))}</p>
            {granted(language, &request, since)}
            <div class="request-actions">{way} {cancelling}</div>
        }
        .into_any(),
        Phase::Declined { on } => view! {
            <p>{waiting::declined(language, date_utc(language, on), answered_by(language, &request))}</p>
            {reason(language, &request)}
        }
        .into_any(),
        Phase::Lapsed { on } => {
            view! { <p>{waiting::lapsed(language, date_utc(language, on.minus(1)))}</p> }.into_any()
        }
        Phase::Cancelled { on, .. } => {
            let by_system = trial.cancellation.as_ref().is_some_and(|cancellation| cancellation.by.is_none());
            let day = date_utc(language, on);
            let told = if by_system { waiting::not_set_up(language, day) } else { waiting::withdrawn(language, day) };
            view! { <p>{told}</p> }.into_any()
        }
        Phase::Started { .. } | Phase::Converted { .. } => ().into_any(),
    };
    let receipt = receipt(language, &trial);
    let not_opened = opening(&trial, &request);
    view! {
        <section class="panel card stack" aria-labelledby=labelled_by>
            <div class="card-head">
                <h2 id=heading_id>{waiting::title(language)}</h2>
                <StatusPill status=status />
                {match trial.phase {
                    Phase::Pending { answer_by } => Some(view! { <span class="muted">{left(language, asked.today, answer_by)}</span> }),
                    _ => None,
                }}
            </div>
            {what}
            {receipt}
            {asked.may_ask.map(|verdict| next(language, verdict))}
            {facts(language, &trial, &request)}
            {mails(language, request.sendings, not_opened)}
        </section>
    }
    .into_any()
}

/// The days that are left to answer (X11).
fn left(language: Language, today: Day, answer_by: Day) -> String {
    match days_left(today, answer_by) {
        0 => waiting::last_day_today(language).to_owned(),
        days => waiting::days_to_answer(language, days),
    }
}

/// Who answered; somebody without a name stands for the organisation.
fn answered_by(language: Language, request: &Request) -> String {
    let name = request.answer.as_ref().map(|answer| answer.by_name.clone()).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| waiting::organisation(language).to_owned())
}

/// Several lines as one value.
fn lines(lines: Vec<String>) -> impl IntoView {
    view! { <dd><ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul></dd> }
}

/// What was accepted of what was asked, with which access, and until when it has to be set
/// up (X9, X10, X18).
fn granted(language: Language, request: &Request, since: Day) -> impl IntoView + use<> {
    let accepted = match request.answer.as_ref().map(|answer| &answer.what) {
        Some(Answered::Accepted { full_access, services }) => Some((*full_access, services.clone())),
        Some(Answered::Declined { .. }) | None => None,
    };
    let (full_access, services) = accepted.unwrap_or_default();
    let level = if full_access { AccessLevel::FullAdministrator } else { AccessLevel::Provisioning };
    let not: Vec<Service> =
        request.asked.services().into_iter().filter(|service| !services.contains(service)).collect();
    let accepted = label::offered(language, &request.asked.only(&services));
    view! {
        <dl class="facts">
            <dt>{waiting::accepted(language)}</dt>
            {lines(accepted)}
            {(!not.is_empty())
                .then(|| {
                    view! {
                        <dt>{waiting::not_accepted(language)}</dt>
                        <dd>{label::services(language, not)}</dd>
                    }
                })}
            <dt>{waiting::access_given(language)}</dt>
            <dd>{label::access(language, level)}</dd>
            <dt>{waiting::set_up_by(language)}</dt>
            <dd>
                {date_utc(language, since.plus(SET_UP_DAYS))}
                <span class="under">{waiting::set_up_by_hint(language)}</span>
            </dd>
        </dl>
    }
}

/// Why it was declined (X9).
fn reason(language: Language, request: &Request) -> Option<impl IntoView + use<>> {
    let Some(Answered::Declined { reason, note }) = request.answer.as_ref().map(|answer| &answer.what) else {
        return None;
    };
    let note = note.trim().to_owned();
    Some(view! {
        <dl class="facts">
            <dt>{waiting::reason(language)}</dt>
            <dd>{label::decline_reason(language, *reason)}</dd>
            {(!note.is_empty())
                .then(|| {
                    view! {
                        <dt>{waiting::note(language)}</dt>
                        <dd>
                            <bdi class="own-words">{note}</bdi>
                        </dd>
                    }
                })}
        </dl>
    })
}

/// Whether and when another request can be sent (X13, X14), and where the customer is
/// found until then (Q11).
fn next(language: Language, verdict: Verdict) -> impl IntoView {
    let start = may(Right::StartTrial).is_allowed();
    view! {
        <Notice tone=Tone::Off>
            <p>
                <strong>{waiting::next_request(language)}</strong>
            </p>
            {match verdict {
                Verdict::Allowed => {
                    view! {
                        <p>{waiting::next_now(language)}</p>
                        {start
                            .then(|| {
                                view! { <ButtonLink href=Route::StartTrial.path()>{terms::start_trial(language)}</ButtonLink> }
                            })}
                    }
                        .into_any()
                }
                Verdict::Blocked(refusal) => view! { <p>{not_yet(language, &refusal)}</p> }.into_any(),
            }}
            <p class="hint">{waiting::off_list(language)}</p>
        </Notice>
    }
}

/// Why the next request cannot be sent now. Where only the wait since the last mail is in the way
/// (X13), that mail is of a request that is over: what matters is from when on the next one can be sent.
fn not_yet(language: Language, refusal: &Refusal) -> String {
    match refusal.from_instant.filter(|_| refusal.because == Because::SentRecently) {
        Some(from) => waiting::next_from(language, moment_from(language, from)),
        None => label::refusal(language, refusal),
    }
}

/// What was asked, as it stands in the mail and on the page of the request (X6).
fn facts(language: Language, trial: &Trial, request: &Request) -> impl IntoView + use<> {
    let level = if request.asks_full_access { AccessLevel::FullAdministrator } else { AccessLevel::Provisioning };
    let words = request.words.trim().to_owned();
    let words = match words.is_empty() {
        true => view! { <span class="muted">{waiting::no_words(language)}</span> }.into_any(),
        false => view! { <bdi class="own-words">{words}</bdi> }.into_any(),
    };
    let asked = label::offered(language, &request.asked);
    let pending = match trial.phase {
        Phase::Pending { answer_by } => Some(answer_by),
        _ => None,
    };
    let devices = trial.shipments.iter().map(|shipment| label::devices(language, shipment.device, shipment.count));
    let devices = devices.collect::<Vec<_>>().join(", ");
    view! {
        <dl class="facts">
            {pending
                .map(|day| {
                    view! {
                        <dt>{waiting::last_day(language)}</dt>
                        <dd>{date_utc(language, day)}</dd>
                    }
                })}
            <dt>{waiting::phrase(language)}</dt>
            <dd>
                <strong class="phrase" translate="no">
                    {request.phrase.clone()}
                </strong>
                // Afterwards there is nothing left to check by phone (X6).
                {pending.map(|_| view! { <span class="under">{waiting::phrase_hint(language)}</span> })}
            </dd>
            <dt>{waiting::asked_for(language)}</dt>
            {lines(asked)}
            {(!devices.is_empty()).then(|| view! { <dt>{wizard::ship_title(language)}</dt> <dd>{devices}</dd> })}
            <dt>{waiting::duration(language)}</dt>
            <dd>{waiting::from_set_up(language, trial.duration.days())}</dd>
            <dt>{waiting::access_asked(language)}</dt>
            <dd>{label::access(language, level)}</dd>
            <dt>{waiting::own_words(language)}</dt>
            <dd>{words}</dd>
            <dt>{waiting::asked_by(language)}</dt>
            <dd>
                <bdi>{request.by_name.clone()}</bdi>
            </dd>
            <dt>{customer::administrator(language)}</dt>
            <dd>
                <bdi>{request.typed_email.clone()}</bdi>
            </dd>
        </dl>
    }
}

/// What a request says of a recipient who did not open it by the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotOpened {
    /// It can still be opened.
    Yet,
    /// It was over before.
    Never,
    /// Nothing: it was answered, and that needs no link, for a full administrator also finds it on
    /// signing in (X8).
    Unsaid,
}

fn opening(trial: &Trial, request: &Request) -> NotOpened {
    match (trial.phase, &request.answer) {
        (Phase::Pending { .. }, _) => NotOpened::Yet,
        (_, None) => NotOpened::Never,
        (_, Some(_)) => NotOpened::Unsaid,
    }
}

/// Each sending with its recipients, the latest in front, and whether they opened the
/// request (X5, X7).
fn mails(language: Language, sendings: Vec<Sending>, not_opened: NotOpened) -> impl IntoView {
    let sendings = sendings
        .into_iter()
        .rev()
        .map(|sending| {
            let recipients = sending
                .recipients
                .into_iter()
                .map(|recipient| {
                    let opened = match (recipient.opened, not_opened) {
                        (Some(at), _) => Some(waiting::opened_at(language, moment(language, at))),
                        (None, NotOpened::Yet) => Some(waiting::not_opened(language).to_owned()),
                        (None, NotOpened::Never) => Some(waiting::never_opened(language).to_owned()),
                        (None, NotOpened::Unsaid) => None,
                    };
                    view! {
                        <li>
                            <bdi>{recipient.email}</bdi>
                            {opened.map(|opened| view! { <span class="under">{opened}</span> })}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <li>
                    <span class="numbers">{waiting::sent_at(language, moment(language, sending.at))}</span>
                    <ul class="recipients">{recipients}</ul>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{waiting::mails(language)}</h3>
        <ul class="events">{sendings}</ul>
    }
}

#[cfg(test)]
mod tests {
    use rules::samples;
    use rules::verdict::{Remedy, RuleId};

    use super::*;

    #[test]
    fn an_answered_request_claims_of_nobody_that_they_did_not_open_it_x7_x8() {
        let draft = samples::customer_draft(&[Service::Messaging]);
        let asked = samples::Story::asked(draft.clone());
        let says = |story: &samples::Story| {
            let trial = story.trial("asked");
            opening(trial, trial.request.as_ref().expect("a request"))
        };
        assert_eq!(says(&asked), NotOpened::Yet);
        assert_eq!(says(&samples::Story::accepted(draft.clone(), false)), NotOpened::Unsaid);
        let mut lapsed = samples::Story::asked(draft);
        lapsed.days(31);
        assert_eq!(says(&lapsed), NotOpened::Never);
    }

    #[test]
    fn after_a_cancelling_it_is_said_when_another_request_can_be_sent_x13() {
        let from = "2026-03-01T10:04:07Z".parse().expect("an instant");
        let refusal = Refusal::new(RuleId::X13, Because::SentRecently, Remedy::Wait).from_instant(from);
        assert_eq!(not_yet(Language::En, &refusal), "Another request can be sent from 1 March 2026, 10:05 UTC.");
        assert_eq!(
            not_yet(Language::Nl, &refusal),
            "Een volgend verzoek kan worden verzonden vanaf 1 maart 2026, 10:05 UTC."
        );
    }

    #[test]
    fn the_days_left_to_answer_are_told_to_the_last_one_x11() {
        let day = samples::day(2026, 3, 1);
        assert_eq!(left(Language::En, day, day.plus(30)), "30 days left to answer");
        assert_eq!(left(Language::En, day, day.plus(1)), "1 day left to answer");
        assert_eq!(left(Language::En, day, day), "Today is the last day.");
        assert_eq!(left(Language::Nl, day, day.plus(2)), "nog 2 dagen om te antwoorden");
    }
}
