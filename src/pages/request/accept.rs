//! Accepting: which of the services, whether the partner may be full administrator, and what that
//! brings before it is done (X9, E6).

use std::collections::BTreeSet;

use contract::requests::RequestDetail;
use contract::trials::ActPreview;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::consent::Answered;
use rules::service::Service;
use rules::verdict::Verdict;
use words::consent::Statement;
use words::{Language, label, request};

use super::answering::Answering;
use crate::api::Failure;
use crate::consequences::Brings;
use crate::previewed::{Previewed, foretold};
use crate::session::session;
use crate::ui::{Button, ButtonKind, CheckboxField, Dialog, move_focus};
use crate::waiting::{NotArrived, OnItsWay};

/// What is chosen so far.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The services that are ticked.
    services: RwSignal<BTreeSet<Service>>,
    /// Whether the box is ticked; never beforehand (X9).
    pub full_access: RwSignal<bool>,
    /// Whether it is said that nothing is ticked.
    complains: RwSignal<bool>,
}

impl Choice {
    /// Everything that can be had is ticked, for that is what accepting means as a rule.
    pub fn of(detail: &RequestDetail) -> Choice {
        let offered = detail.services.iter().filter(|each| each.verdict.is_allowed()).map(|each| each.service);
        Choice {
            services: RwSignal::new(offered.collect()),
            full_access: RwSignal::new(false),
            complains: RwSignal::new(false),
        }
    }

    /// Whether any service is ticked.
    pub fn any(self) -> bool {
        self.services.with_untracked(|services| !services.is_empty())
    }

    /// Says that none is ticked, where that is.
    pub fn complain(self) {
        self.complains.set(true);
        let first = Service::ALL.into_iter().map(field).find(|id| document().get_element_by_id(id).is_some());
        if let Some(id) = first {
            move_focus(&id);
        }
    }

    fn answer(self) -> Answered {
        Answered::Accepted { full_access: self.full_access.get_untracked(), services: self.services.get_untracked() }
    }
}

fn field(service: Service) -> String {
    format!("service-{}", service.name())
}

/// The services: to be ticked, each with the reason where it cannot be had any more (X4).
#[component]
pub fn Services(
    /// The request.
    detail: RequestDetail,
    /// Its text.
    text: Statement,
    /// What is chosen so far.
    choice: Choice,
    /// Whether the reader answers.
    asks: bool,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Statement { each, services, .. } = text;
    if !asks {
        let lines = services.into_iter().map(|(_, line)| view! { <li>{line}</li> }).collect_view();
        return view! { <ul class="request-services" aria-label=request::services(language)>{lines}</ul> }.into_any();
    }
    let boxes = services
        .into_iter()
        .enumerate()
        .map(|(place, (service, line))| {
            let verdict = detail.services.iter().find(|each| each.service == service).map(|each| each.verdict);
            let blocked = match verdict {
                Some(Verdict::Blocked(refusal)) => Some(label::refusal(language, &refusal)),
                Some(Verdict::Allowed) | None => None,
            };
            let problem = Signal::derive(move || {
                (place == 0 && choice.complains.get()).then(|| request::none_chosen(language).to_owned())
            });
            let change = move |on| {
                choice.complains.set(false);
                choice.services.update(|services| {
                    if on {
                        services.insert(service);
                    } else {
                        services.remove(&service);
                    }
                });
            };
            view! {
                <CheckboxField
                    id=field(service)
                    label=Signal::stored(line)
                    checked=Signal::derive(move || choice.services.with(|services| services.contains(&service)))
                    on_change=change
                    problem=problem
                    disabled_because=blocked
                />
            }
        })
        .collect_view();
    view! {
        {each.map(|each| view! { <p>{each}</p> })}
        <div class="choice-group" role="group" aria-label=request::services(language)>
            {boxes}
        </div>
    }
    .into_any()
}

/// Shows what accepting brings, and asks once more.
#[component]
pub fn AcceptDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The request.
    detail: RequestDetail,
    /// What is chosen.
    choice: Choice,
    /// How it is answered.
    answering: Answering,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let preview = RwSignal::new(None::<Result<Previewed, Failure>>);
    // What was shown, once something else would happen (E6).
    let outdated = StoredValue::new(None::<ActPreview>);
    let look = Callback::new(move |()| {
        preview.set(None);
        spawn_local(async move {
            let told = answering.preview(choice.answer()).await;
            let Some(before) = outdated.try_get_value() else { return };
            match told {
                Some(told) => drop(preview.try_set(Some(told.map(|now| Previewed { now, before })))),
                None => drop(open.try_set(false)),
            }
        });
    });
    Effect::new(move |_| {
        if open.get() {
            outdated.set_value(None);
            look.run(());
        }
    });
    let busy = answering.busy;
    let accept = move |_| {
        let Some(Ok(shown)) = preview.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let failed = answering.answer(choice.answer(), &shown.now).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match failed {
                Some(failure) if failure.is_out_of_date() => {
                    outdated.set_value(Some(shown.now));
                    look.run(());
                }
                Some(failure) => drop(preview.try_set(Some(Err(failure)))),
                None => drop(open.try_set(false)),
            }
        });
    };
    let (asked, partner) = (detail.asked.services(), detail.partner);
    let domain = session().settings.site_domain;
    let body = move || match preview.get() {
        None => view! { <OnItsWay label=request::accepting(language) on_retry=look /> }.into_any(),
        Some(Err(failure)) => view! { <NotArrived failure=failure on_retry=look /> }.into_any(),
        Some(Ok(shown)) => {
            let chosen = choice.services.get();
            let (yes, no): (Vec<_>, Vec<_>) = asked.iter().copied().partition(|service| chosen.contains(service));
            let access = match choice.full_access.get() {
                true => request::accept_full(language, &partner),
                false => request::accept_provisioning(language, &partner),
            };
            view! {
                <p>{request::accept_services(language, label::services(language, yes))}</p>
                {(!no.is_empty())
                    .then(|| view! { <p>{request::accept_not(language, label::services(language, no))}</p> })}
                <p>{access}</p>
                <p>{request::accept_next(language, &partner)}</p>
                {foretold(
                    language,
                    &shown,
                    |brings| {
                        view! { <Brings consequences=brings.clone() domain=domain.clone() language=language /> }.into_any()
                    },
                )}
            }
            .into_any()
        }
    };
    let body = StoredValue::new(body);
    let ready = Signal::derive(move || busy.get() || !matches!(preview.get(), Some(Ok(_))));
    view! {
        <Dialog
            open=open
            on_close=move |()| open.set(false)
            title=Signal::stored(request::accept_title(language).to_owned())
            actions=move || {
                view! {
                    <Button on_click=move |_| open.set(false)>{request::back(language)}</Button>
                    <Button kind=ButtonKind::Primary busy=ready on_click=accept>
                        {request::accept(language)}
                    </Button>
                }
            }
        >
            <div class="stack-tight">{move || body.with_value(|body| body())}</div>
        </Dialog>
    }
}
