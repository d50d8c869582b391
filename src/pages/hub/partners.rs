//! The partners with access to the organisation: who, level, since when, last used; reduce, raise
//! and remove, each with its preview (H3), and the partners that are blocked (H4).

use contract::hub::{AccessAct, BlockedPartner, Hub, HubPartner};
use contract::trials::{ActDone, ActPreview};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::consequences::{Consequences, TrialOfPartner};
use rules::organisation::AccessLevel;
use rules::trial::{State, closes_on};
use words::{Language, date, hub, label};

use super::whose::loaded;
use crate::act_dialog::{ActDialog, Asked, Previewable};
use crate::api::{self, Failure, Key};
use crate::consequences::Brings;
use crate::failure::failed_in_full;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::session::session;
use crate::ui::{Button, ButtonKind, EmptyState, Shape, Toasts};

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

/// Another access for a partner, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Access {
    partner: HubPartner,
    level: Option<AccessLevel>,
}

/// The question of the page, and about whose access it is.
#[derive(Clone, Copy)]
struct Asking {
    asked: RwSignal<Option<Asked<AccessAct>>>,
    about: StoredValue<Option<Access>>,
}

impl Previewable for AccessAct {
    type On = ();
    type Done = ActDone;

    async fn preview(self, (): ()) -> Result<ActPreview, Failure> {
        api::access_preview(&self).await
    }

    async fn act(self, (): (), shown: &ActPreview, key: &Key) -> Result<ActDone, Failure> {
        api::access_set(&self, shown, key).await
    }
}

#[component]
fn Partners(hub: Hub, again: Callback<()>, language: Language) -> impl IntoView {
    let asking = Asking { asked: RwSignal::new(None), about: StoredValue::new(None) };
    let domain = session().settings.site_domain;
    let Hub { partners, blocked, may_decide, name, .. } = hub;
    let why = label::because(language, may_decide);
    let (with, had): (Vec<_>, Vec<_>) = partners.into_iter().partition(|partner| partner.level.is_some());
    let none = with.is_empty().then(|| {
        view! { <EmptyState title=hub::partners_title(language) text=hub::partners_none(language) shape=Shape::People /> }
    });
    let with = with.into_iter().map(|partner| {
        view! { <WithAccess partner=partner asking=asking why=why.clone() language=language /> }
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
        <ActDialog
            on=()
            asked=asking.asked
            tell=move |brings: Consequences| {
                let says = asking.about.with_value(|about| {
                    about.as_ref().map(|about| effects(language, about, &brings.of_partner)).unwrap_or_default()
                });
                view! {
                    {says.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                    <Brings consequences=brings domain=domain.clone() language=language />
                }
                .into_any()
            }
            on_done=move |_| again.run(())
            on_over=again
            language=language
        />
    }
}

/// A partner with access, and what can be done with it.
#[component]
fn WithAccess(partner: HubPartner, asking: Asking, why: Option<String>, language: Language) -> impl IntoView {
    let level = partner.level;
    let since = partner.since.map(|day| date(language, day));
    let used = partner.last_used.map_or(hub::never_used(language).to_owned(), |day| date(language, day));
    let name = partner.name.clone();
    let why = Signal::stored(why);
    let ask = move |level| {
        let partner = partner.clone();
        move |_| {
            let about = Access { partner: partner.clone(), level };
            let act = AccessAct { partner: partner.id.clone(), level };
            let (title, yes) = question(language, &about);
            let done = hub::changed(language, &partner.name);
            asking.about.set_value(Some(about));
            asking.asked.set(Some(Asked { danger: true, ..Asked::new(act, title, yes, done) }));
        }
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

/// The question, and the word that says yes to it.
fn question(language: Language, asked: &Access) -> (String, &'static str) {
    let name = &asked.partner.name;
    match asked.level {
        Some(AccessLevel::FullAdministrator) => (hub::raise_title(language, name), hub::raise_yes(language)),
        Some(AccessLevel::Provisioning) => (hub::reduce_title(language, name), hub::reduce_yes(language)),
        None => (hub::remove_title(language, name), hub::remove_yes(language)),
    }
}

/// What it means, and what becomes of each trial and request of the partner (H3).
fn effects(language: Language, asked: &Access, of_partner: &[TrialOfPartner]) -> Vec<String> {
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
        effects(Language::En, &Access { partner, level }, of_partner)
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
