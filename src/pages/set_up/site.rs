//! The step *Meetings site*: as it was chosen, and changed until Meetings is provisioned (U2, N12, N13).

use leptos::prelude::*;
use rules::draft::Field;
use rules::time_zone::time_zone;
use words::{customer, label, setting_up, wizard};

use super::step::Walk;
use crate::forms::ZoneField;
use crate::session::session;
use crate::site_name::SiteNameField;
use crate::ui::{Notice, Tone};

/// What it asks, or shows where nothing can be changed any more.
#[component]
pub fn SiteStep(
    /// What the step is drawn from.
    walk: Walk,
) -> impl IntoView {
    let (language, form) = (walk.language, walk.form);
    let domain = session().settings.site_domain;
    let (trial, country, region) =
        walk.detail.with_value(|detail| (detail.trial.trial.clone(), detail.country, detail.region));
    if trial.site_is_fixed() || !walk.may_change {
        let fixed = trial.site_is_fixed().then(|| view! { <p>{setting_up::site_fixed(language)}</p> });
        let site = trial.site().map(|site| (site.name.host(&domain), site.time_zone.clone()));
        return view! {
            {fixed}
            {site
                .map(|(host, zone)| {
                    view! {
                        <dl class="facts">
                            <dt>{customer::site(language)}</dt>
                            <dd>{host}</dd>
                            <dt>{wizard::time_zone(language)}</dt>
                            <dd>{zone}</dd>
                        </dl>
                    }
                })}
        }
        .into_any();
    }
    let elsewhere = move || {
        let zone = form
            .draft
            .with(|draft| draft.time_zone_is_elsewhere(region).then(|| time_zone(&draft.time_zone)).flatten())?;
        let (own, other) = (label::region(language, region), label::region(language, zone.country.region()));
        Some(view! { <Notice tone=Tone::Warn>{wizard::time_zone_elsewhere(language, own, other)}</Notice> })
    };
    let choose = move |zone: Option<String>| form.change(|draft| draft.time_zone = zone.unwrap_or_default());
    view! {
        <p>{setting_up::site_text(language)}</p>
        <SiteNameField
            value=form.read(|draft| draft.site_name.clone())
            on_input=move |typed: String| form.change(|draft| draft.site_name = typed)
            problem=form.problem(language, Field::SiteName)
            known=form.site
            on_known=move |found| form.site.set(Some(found))
            own=form.own_site()
            domain=domain
            language=language
        />
        <ZoneField
            home=Some(country)
            value=form.read(|draft| Some(draft.time_zone.clone()).filter(|zone| !zone.is_empty()))
            on_choose=choose
            problem=form.problem(language, Field::TimeZone)
            language=language
        />
        <div role="status">{elsewhere}</div>
    }
    .into_any()
}
