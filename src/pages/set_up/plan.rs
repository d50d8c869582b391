//! The step *Plan review*: what the trial gives, and its terms (U2).

use contract::set_up::SetUpTerms;
use contract::trials::TrialAct;
use leptos::prelude::*;
use rules::act::ActName;
use rules::trial::Phase;
use words::{Language, date, deeds, frame, label, moment, setting_up};

use super::step::Walk;
use crate::act_dialog::{ActDialog, Asked};
use crate::before_after::told;
use crate::session::session;
use crate::ui::{Button, ButtonKind, Shape, Status, Tone};

/// What it shows.
#[component]
pub fn PlanStep(
    /// What the step is drawn from.
    walk: Walk,
) -> impl IntoView {
    let language = walk.language;
    let (trial, today) = walk.detail.with_value(|detail| (detail.trial.trial.clone(), detail.today));
    let gives = label::offered(language, &trial.offer).into_iter().map(|line| view! { <li>{line}</li> });
    // Until a trial starts the device end has no day; from then on both ends stand side by side (D6).
    let devices = trial.shipments.iter().map(|shipment| {
        let counted = label::devices(language, shipment.device, shipment.count);
        let end = trial.started.map(|_| setting_up::device_end(language, date(language, shipment.end)));
        view! { <li>{counted} {end.map(|end| view! { <span class="aside">{end}</span> })}</li> }
    });
    let devices = devices.collect::<Vec<_>>();
    let when = match trial.phase {
        Phase::Started { end, .. } if today < end => Some(setting_up::runs(language, date(language, end))),
        Phase::Awaiting { .. } => Some(setting_up::starts(language, trial.duration.days())),
        _ => None,
    };
    view! {
        <p>{setting_up::plan_text(language)}</p>
        <section class="panel card" aria-labelledby="set-up-gives">
            <h3 id="set-up-gives">{setting_up::gives(language)}</h3>
            <dl class="facts">
                <dt>{setting_up::services(language)}</dt>
                <dd>
                    <ul>{gives.collect_view()}</ul>
                </dd>
                {(!devices.is_empty())
                    .then(|| {
                        view! {
                            <dt>{frame::devices(language)}</dt>
                            <dd><ul>{devices}</ul></dd>
                        }
                    })}
                {when
                    .map(|when| {
                        view! {
                            <dt>{setting_up::days_each(language)}</dt>
                            <dd>{when}</dd>
                        }
                    })}
            </dl>
        </section>
        <Terms walk=walk />
    }
}

/// The terms: their text, whether they are accepted, and who can accept them.
#[component]
fn Terms(walk: Walk) -> impl IntoView {
    let language = walk.language;
    let (id, company, terms, verdict) = walk.detail.with_value(|detail| {
        let trial = &detail.trial;
        (trial.trial.id.clone(), detail.company.clone(), detail.terms.clone(), trial.verdict(ActName::AcceptTerms))
    });
    let asked = RwSignal::new(None::<Asked>);
    let domain = session().settings.site_domain;
    let standing = standing(language, &terms);
    let open = terms.accepted.is_none();
    let because = label::because(language, verdict);
    let act = TrialAct::AcceptTerms { language: terms.language, version: terms.version };
    let lead = setting_up::accept_lead(language, &company, terms.version);
    let (title, done) = (setting_up::accept_title(language).to_owned(), setting_up::accepted(language).to_owned());
    let ask = Asked { lead: vec![lead], ..Asked::new(act, title, deeds::accept_terms(language), done) };
    let who = match terms.who_can.is_empty() {
        true => setting_up::nobody_can(language).to_owned(),
        false => setting_up::who_can(language, terms.who_can.join(", ")),
    };
    let accept = open.then(|| {
        view! {
            <p class="muted">{setting_up::terms_open(language)}</p>
            <p>{who}</p>
            <div class="request-actions">
                <Button
                    kind=ButtonKind::Primary
                    disabled_because=Signal::stored(because)
                    on_click=move |_| asked.set(Some(ask.clone()))
                >
                    {deeds::accept_terms(language)}
                </Button>
            </div>
        }
    });
    let version = setting_up::terms_version(language, terms.version);
    let mut text = terms.text.into_iter();
    let title = text.next().unwrap_or_default();
    let paragraphs = text.map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <section class="panel card stack" aria-labelledby="set-up-terms">
            <div class="card-head">
                <h3 id="set-up-terms">{title}</h3>
                <span class="muted">{version}</span>
            </div>
            {paragraphs}
            {standing}
            {accept}
        </section>
        <ActDialog
            on=id
            asked=asked
            tell=move |brings| told(language, &domain, &brings)
            on_done=move |_| walk.arrive_again()
            on_over=Callback::new(move |()| walk.arrive_again())
            language=language
        />
    }
}

/// That they were accepted, by whom and when.
fn standing(language: Language, terms: &SetUpTerms) -> Option<impl IntoView + use<>> {
    let at = moment(language, terms.accepted?);
    let text = match terms.accepted_by.as_str() {
        "" => setting_up::terms_accepted(language, at),
        name => setting_up::terms_accepted_by(language, at, name),
    };
    Some(view! { <Status tone=Tone::Good shape=Shape::Check label=text /> })
}
