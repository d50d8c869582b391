//! *Resend consent email*, with the time to wait on the button (X13).

use contract::error::ApiError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::clock::Instant;
use rules::ids::TrialId;
use rules::verdict::{Because, Verdict};
use words::{Language, label, refusals, terms, waiting};

use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;
use crate::ui::{Button, Notice, Shape, Toasts, Tone, clock_text, count_down};

/// The button; while it waits it says until when, and counts.
#[component]
pub fn Resend(
    /// The trial that is asked for.
    trial: TrialId,
    /// Whether it may be sent again now.
    verdict: Verdict,
    /// The backend's instant as of the verdict.
    now: Instant,
    /// The reader's language.
    language: Language,
    /// Loads the page again.
    reload: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let because = RwSignal::new(label::because(language, verdict));
    // Only the wait passes by itself.
    let waits = match verdict {
        Verdict::Blocked(refusal) => refusal.because == Because::SentRecently,
        Verdict::Allowed => true,
    };
    let wait = RwSignal::new(seconds_to_wait(verdict, now));
    let left = count_down(wait.into());
    let disabled_because = Signal::derive(move || because.get().filter(|_| !waits || left.get() > 0));
    let sending = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    // One key for one sending, by whatever number of clicks and retries (G2).
    let key = StoredValue::new(Key::new());
    let send = move |_| {
        sending.set(true);
        failed.set(None);
        let trial = trial.clone();
        spawn_local(async move {
            let answer = api::request_resend(&trial, &key.get_value()).await;
            if sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    toasts.good(waiting::resent(language));
                    reload.run(());
                }
                Err(Failure::Api(ApiError::TooMany { wait_seconds })) => {
                    key.set_value(Key::new());
                    because.set(Some(refusals::sent_recently(language).to_owned()));
                    wait.set(wait_seconds);
                }
                Err(failure) if failure.is_final() => {
                    // It was answered, cancelled or has lapsed: the page says what is there now.
                    toasts.bad(failed_in_full(language, &failure));
                    reload.run(());
                }
                Err(failure) => failed.set(Some(failure)),
            }
        });
    };
    view! {
        <div class="stack-tight">
            <Button busy=sending disabled_because=disabled_because on_click=send>
                {terms::resend_consent_email(language)}
                {move || {
                    Some(left.get())
                        .filter(|left| *left > 0)
                        .map(|left| view! { <span class="numbers nowrap" aria-hidden="true">{format!(" ({})", clock_text(left))}</span> })
                }}
            </Button>
            <p class="hint">{waiting::resend_hint(language)}</p>
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
        </div>
    }
}

/// How long the wait of X13 is as of an instant of the backend, rounded up, so that who
/// waits as told is not told to wait again.
fn seconds_to_wait(verdict: Verdict, now: Instant) -> u32 {
    let from = match verdict {
        Verdict::Blocked(refusal) => refusal.from_instant,
        Verdict::Allowed => None,
    };
    from.map_or(0, |from| {
        let wait = u64::try_from((from - now).num_milliseconds()).unwrap_or(0);
        u32::try_from(wait.div_ceil(1_000)).unwrap_or(u32::MAX)
    })
}

#[cfg(test)]
mod tests {
    use rules::samples;
    use rules::verdict::{Refusal, Remedy, RuleId};

    use super::*;

    #[test]
    fn the_wait_is_counted_from_the_backends_instant_and_rounded_up_x13() {
        let now = samples::now();
        let blocked = |milliseconds| {
            let from = now + chrono::TimeDelta::milliseconds(milliseconds);
            Verdict::Blocked(Refusal::new(RuleId::X13, Because::SentRecently, Remedy::Wait).from_instant(from))
        };
        for (milliseconds, seconds) in [(300_000, 300), (299_001, 300), (1, 1), (0, 0), (-5_000, 0)] {
            assert_eq!(seconds_to_wait(blocked(milliseconds), now), seconds, "{milliseconds} ms");
        }
        assert_eq!(seconds_to_wait(Verdict::Allowed, now), 0);
    }
}
