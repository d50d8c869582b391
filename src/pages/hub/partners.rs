//! The partners with access to the organisation: who, level, since when, last used; reduce, raise
//! and remove, each with its preview (H3), and the partners that are blocked (H4).

use contract::hub::{AccessAct, BlockedPartner, Hub, HubPartner};
use contract::trials::ActPreview;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::consequences::TrialOfPartner;
use rules::organisation::AccessLevel;
use rules::trial::{State, closes_on};
use words::{Language, date, hub, label};

use super::whose::loaded;
use crate::api::{self, Failure, Key};
use crate::consequences::Brings;
use crate::failure::failed_in_full;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::previewed::{Previewed, foretold};
use crate::reader::language;
use crate::session::session;
use crate::ui::{Button, ButtonKind, Dialog, EmptyState, Shape, Toasts};
use crate::waiting::{NotArrived, OnItsWay};

/// The page of the partners.
#[component]
pub fn HubPartners() -> impl IntoView {
    let language = language();
    let navigator = navigator();
    loaded(None, hub::partners_loading(language), move |hub, again| {
        // What had the focus is drawn anew with the page, so its title takes it (G4).
        let again = Callback::new(move |()| {
            navigator.arrive_again();
            again.run(());
        });
        view! { <Partners hub=hub again=again language=language /> }.into_any()
    })
}

/// What is asked about a partner's access.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    partner: HubPartner,
    level: Option<AccessLevel>,
}

#[component]
fn Partners(hub: Hub, again: Callback<()>, language: Language) -> impl IntoView {
    let asked = RwSignal::new(None::<Asked>);
    let Hub { partners, blocked, may_decide, name, .. } = hub;
    let why = label::because(language, may_decide);
    let (with, had): (Vec<_>, Vec<_>) = partners.into_iter().partition(|partner| partner.level.is_some());
    let none = with.is_empty().then(|| {
        view! { <EmptyState title=hub::partners_title(language) text=hub::partners_none(language) shape=Shape::People /> }
    });
    let with = with.into_iter().map(|partner| {
        view! { <WithAccess partner=partner asked=asked why=why.clone() language=language /> }
    });
    let had: Vec<_> = had.into_iter().map(|partner| ended(language, partner)).collect();
    let had = (!had.is_empty()).then(|| {
        view! {
            <section class="panel card" aria-labelledby="had-access">
                <h2 id="had-access">{hub::had_access(language)}</h2>
                <ul class="events">{had}</ul>
            </section>
        }
    });
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(hub::partners_title(language).to_owned()) /></div>
        <div class="stack hub">
            <p class="muted">{hub::partners_text(language, &name)}</p>
            {none}
            {with.collect_view()}
            {had}
            <Blocked blocked=blocked why=why.clone() again=again language=language />
        </div>
        <AccessDialog asked=asked again=again language=language />
    }
}

/// A partner with access, and what can be done with it.
#[component]
fn WithAccess(
    partner: HubPartner,
    asked: RwSignal<Option<Asked>>,
    why: Option<String>,
    language: Language,
) -> impl IntoView {
    let level = partner.level;
    let since = partner.since.map(|day| date(language, day));
    let used = partner.last_used.map_or(hub::never_used(language).to_owned(), |day| date(language, day));
    let name = partner.name.clone();
    let why = Signal::stored(why);
    let ask = move |level| {
        let partner = partner.clone();
        move |_| asked.set(Some(Asked { partner: partner.clone(), level }))
    };
    let change = match level {
        Some(AccessLevel::FullAdministrator) => view! {
            <Button disabled_because=why on_click=ask(Some(AccessLevel::Provisioning))>{hub::reduce(language)}</Button>
        }
        .into_any(),
        _ => view! {
            <Button disabled_because=why on_click=ask(Some(AccessLevel::FullAdministrator))>{hub::raise(language)}</Button>
        }
        .into_any(),
    };
    let id = name.clone();
    view! {
        <section class="panel card stack" aria-label=id>
            <h2><bdi>{name}</bdi></h2>
            <dl class="facts">
                <dt>{hub::access(language)}</dt>
                <dd>
                    {level.map(|level| label::access(language, level))}
                    <span class="under">{level.map(|level| label::access_sentence(language, level))}</span>
                </dd>
                <dt>{hub::since(language)}</dt>
                <dd>{since}</dd>
                <dt>{hub::last_used(language)}</dt>
                <dd>{used}</dd>
            </dl>
            <div class="side-by-side">
                {change}
                <Button kind=ButtonKind::Danger disabled_because=why on_click=ask(None)>{hub::remove(language)}</Button>
            </div>
        </section>
    }
}

/// A partner whose access has ended, and how.
fn ended(language: Language, partner: HubPartner) -> impl IntoView {
    let how = partner.ended.map(|ended| match ended.removed {
        true => hub::was_removed(language, date(language, ended.on)),
        false => hub::was_over(language, date(language, ended.on)),
    });
    view! { <li><bdi>{partner.name}</bdi> <span class="muted">{how}</span></li> }
}

/// Asks once more, with what it will bring (E6).
#[component]
fn AccessDialog(asked: RwSignal<Option<Asked>>, again: Callback<()>, language: Language) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let preview = RwSignal::new(None::<Result<Previewed, Failure>>);
    let busy = RwSignal::new(false);
    let key = StoredValue::new(Key::new());
    let act = |asked: Asked| AccessAct { partner: asked.partner.id, level: asked.level };
    let look_after = move |before: Option<ActPreview>| {
        let Some(asked) = asked.get_untracked() else { return };
        preview.set(None);
        // Another preview is another intent (G2).
        key.set_value(Key::new());
        spawn_local(async move {
            let told = api::access_preview(&act(asked)).await;
            let _ = preview.try_set(Some(told.map(|now| Previewed { now, before })));
        });
    };
    let look = Callback::new(move |()| look_after(None));
    Effect::new(move |_| {
        if asked.with(Option::is_some) {
            look.run(());
        }
    });
    let yes = move |_| {
        let (Some(asking), Some(Ok(shown))) = (asked.get_untracked(), preview.get_untracked()) else { return };
        busy.set(true);
        let name = asking.partner.name.clone();
        spawn_local(async move {
            let told = api::access_set(&act(asking), &shown.now, &key.get_value()).await;
            let _ = busy.try_set(false);
            match told {
                Ok(_) => {
                    let _ = asked.try_set(None);
                    toasts.good(hub::changed(language, name));
                    again.run(());
                }
                // Something else would happen by now: both versions are shown (E6).
                Err(failure) if failure.is_out_of_date() => look_after(Some(shown.now)),
                Err(failure) => drop(preview.try_set(Some(Err(failure)))),
            }
        });
    };
    let words = move || asked.get().map(|asked| question(language, &asked)).unwrap_or_default();
    let domain = session().settings.site_domain;
    let body = StoredValue::new(move || {
        match preview.get() {
        None => view! { <OnItsWay on_retry=look /> }.into_any(),
        Some(Err(failure @ Failure::Api(_))) => view! {
            <EmptyState title=words::ui::error_title(language) text=failed_in_full(language, &failure) shape=Shape::Triangle>
                <Button on_click=move |_| look.run(())>{words::ui::retry(language)}</Button>
            </EmptyState>
        }
        .into_any(),
        Some(Err(failure)) => view! { <NotArrived failure=failure on_retry=look /> }.into_any(),
        Some(Ok(shown)) => foretold(language, &shown, |consequences| {
            let of_partner = &consequences.of_partner;
            let says = asked.get_untracked().map(|asked| effects(language, &asked, of_partner)).unwrap_or_default();
            view! {
                {says.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                <Brings consequences=consequences.clone() domain=domain.clone() language=language />
            }
            .into_any()
        }),
    }
    });
    let waits = Signal::derive(move || busy.get() || !matches!(preview.get(), Some(Ok(_))));
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            on_close=move |()| asked.set(None)
            title=Signal::derive(move || words().0)
            actions=move || {
                view! {
                    <Button on_click=move |_| asked.set(None)>{hub::no(language)}</Button>
                    <Button kind=ButtonKind::Danger busy=waits on_click=yes>
                        {words().1}
                    </Button>
                }
            }
        >
            <div class="stack-tight">{move || body.with_value(|body| body())}</div>
        </Dialog>
    }
}

/// The question, and the word that says yes to it.
fn question(language: Language, asked: &Asked) -> (String, &'static str) {
    let name = &asked.partner.name;
    match asked.level {
        Some(AccessLevel::FullAdministrator) => (hub::raise_title(language, name), hub::raise_yes(language)),
        Some(AccessLevel::Provisioning) => (hub::reduce_title(language, name), hub::reduce_yes(language)),
        None => (hub::remove_title(language, name), hub::remove_yes(language)),
    }
}

/// What it means, and what becomes of each trial and request of the partner (H3).
fn effects(language: Language, asked: &Asked, of_partner: &[TrialOfPartner]) -> Vec<String> {
    let name = &asked.partner.name;
    let each = of_partner.iter().filter_map(|trial| effect(language, name, asked.level, trial));
    let mut lines = match asked.level {
        Some(level) => {
            let (access, meaning) = (label::access(language, level), label::access_sentence(language, level));
            vec![hub::means(language, access, meaning)]
        }
        None => vec![hub::removed_effect(language, name)],
    };
    lines.extend(each);
    match asked.level {
        None if lines.len() == 1 => lines.push(hub::removed_none(language, name)),
        Some(AccessLevel::Provisioning) if !of_partner.iter().any(|trial| trial.before.holds()) => {
            lines.push(hub::reduced_none(language, name));
        }
        _ => {}
    }
    if asked.level.is_none() && of_partner.iter().any(|trial| trial.devices_out) {
        lines.push(hub::removed_devices(language).to_owned());
    }
    lines
}

/// What becomes of one trial or request; of one that is over nothing does.
fn effect(language: Language, name: &str, level: Option<AccessLevel>, trial: &TrialOfPartner) -> Option<String> {
    let services = label::services(language, trial.services.iter().copied());
    let end = trial.end.map(|end| date(language, end)).unwrap_or_default();
    let closing = trial.end.map(|end| date(language, closes_on(end))).unwrap_or_default();
    let line = match (trial.before, level) {
        (State::Pending, Some(_)) => hub::kept_pending(language, services),
        (State::Pending, None) => hub::removed_pending(language, name, services),
        (State::Awaiting | State::Running | State::Expired, Some(_)) => hub::kept_trial(language, name, services),
        (State::Awaiting, None) => hub::removed_awaiting(language, services),
        (State::Running, None) => hub::removed_running(language, end, services),
        (State::Expired, None) => hub::removed_expired(language, closing, services),
        (State::Closed | State::Converted | State::Cancelled | State::Declined | State::Lapsed, _) => return None,
    };
    Some(line)
}

/// The partners that are blocked; a full administrator lifts the block (H4, X14).
#[component]
fn Blocked(
    blocked: Vec<BlockedPartner>,
    why: Option<String>,
    again: Callback<()>,
    language: Language,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let text = match blocked.is_empty() {
        true => hub::blocked_none(language),
        false => hub::blocked_text(language),
    };
    let lines = blocked
        .into_iter()
        .map(|partner| {
            let busy = RwSignal::new(false);
            let key = StoredValue::new(Key::new());
            let (id, name) = (partner.id.clone(), partner.name.clone());
            let lift = move |_| {
                busy.set(true);
                let (id, name) = (id.clone(), name.clone());
                spawn_local(async move {
                    let told = api::partner_unblock(&id, &key.get_value()).await;
                    let _ = busy.try_set(false);
                    match told {
                        Ok(_) => {
                            toasts.good(hub::unblocked(language, name));
                            again.run(());
                        }
                        Err(failure) => toasts.bad(failed_in_full(language, &failure)),
                    }
                });
            };
            view! {
                <li>
                    <span>
                        <bdi>{partner.name}</bdi>
                        <span class="under">{hub::blocked_since(language, date(language, partner.since))}</span>
                    </span>
                    <Button disabled_because=Signal::stored(why.clone()) busy=busy on_click=lift>
                        {hub::unblock(language)}
                    </Button>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel card" aria-labelledby="blocked">
            <h2 id="blocked">{hub::blocked(language)}</h2>
            <p class="muted">{text}</p>
            <ul class="events">{lines}</ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use rules::samples;
    use rules::service::Service;

    use super::*;

    fn says(level: Option<AccessLevel>, of_partner: &[TrialOfPartner]) -> Vec<String> {
        let partner = HubPartner {
            id: samples::partner().id,
            name: "Noordzee Telecom".to_owned(),
            level: Some(AccessLevel::FullAdministrator),
            since: None,
            last_used: None,
            ended: None,
        };
        effects(Language::En, &Asked { partner, level }, of_partner)
    }

    fn trial(state: State) -> TrialOfPartner {
        let end = matches!(state, State::Running | State::Expired).then(|| samples::day(2026, 5, 1));
        let services = vec![Service::Messaging];
        TrialOfPartner { trial: "t".into(), services, before: state, after: state, end, devices_out: false }
    }

    #[test]
    fn removing_names_what_becomes_of_that_partners_own_trials_and_of_nothing_else_h3_e6() {
        let told = |state| says(None, &[trial(state)]).join(" ");
        assert!(told(State::Running).contains("ends on 1 May 2026 (UTC), but nobody can convert it"));
        assert!(told(State::Expired).contains("go on until 31 May 2026 (UTC)"));
        assert!(told(State::Awaiting).contains("It is cancelled."));
        assert!(told(State::Pending).contains("gives Noordzee Telecom access again"));
        for state in [State::Running, State::Expired, State::Pending] {
            assert!(!told(state).contains("cancelled."), "{state:?}");
        }
        assert_eq!(says(None, &[]).len(), 2);
        assert!(says(None, &[])[1].contains("nothing else changes"));
        let mut out = trial(State::Converted);
        assert!(!says(None, &[out.clone()]).join(" ").contains("Devices"));
        out.devices_out = true;
        assert!(says(None, &[out]).join(" ").contains("Devices that were shipped must still be returned."));
    }

    #[test]
    fn reducing_says_on_which_trials_the_partner_still_acts_h3_x10() {
        let provisioning = Some(AccessLevel::Provisioning);
        assert!(says(provisioning, &[trial(State::Running)])[1].contains("can still act on it"));
        assert!(says(provisioning, &[trial(State::Pending)])[2].contains("can then change nothing"));
        assert_eq!(says(Some(AccessLevel::FullAdministrator), &[]).len(), 1);
    }
}
