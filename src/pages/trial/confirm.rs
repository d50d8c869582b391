//! The step *Confirm organisation*: whether the one that was found is meant (X1, X2).

use contract::trials::ExistingOrganisation;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::{Field, Step};
use words::{Language, asking, label, wizard};

use super::customer::Link;
use super::next::look_up;
use super::ways::{Hurdle, Ways};
use crate::api::Failure;
use crate::forms::{DraftForm, country_name, field_id};
use crate::ui::{CheckboxField, Notice, Shape, Tone};
use crate::waiting::{NotArrived, OnItsWay};

/// What is shown at the moment.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Loading,
    Found(Box<ExistingOrganisation>),
    /// The address leads elsewhere, which is said under the step.
    Elsewhere,
    Failed(Failure),
}

/// What is known of the organisation, and what has to be attested for its country.
#[component]
pub fn ConfirmStep(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
    /// The vendor's list of supported locations; empty when there is none (G8).
    locations_url: String,
    /// Where the wizard leads, and what was found of the address.
    ways: Ways,
) -> impl IntoView {
    let retry = Callback::new(move |()| {
        ways.hurdle.set(None);
        spawn_local(look_up_again(form, ways));
    });
    // Compared, so that an answer that brings nothing new draws nothing again.
    let shown = Memo::new(move |_| match (ways.organisation(), ways.hurdle.get()) {
        (Some(found), _) => Shown::Found(Box::new(found)),
        (None, Some(Hurdle::Failed(failure))) => Shown::Failed(failure),
        (None, Some(_)) => Shown::Elsewhere,
        (None, None) => Shown::Loading,
    });
    move || match shown.get() {
        Shown::Found(found) => {
            view! { <Confirm form=form language=language found=*found locations_url=locations_url.clone() ways=ways /> }
                .into_any()
        }
        Shown::Failed(failure) => view! {
            <NotArrived failure=failure title=asking::unknown_yet(language) on_retry=retry />
        }
        .into_any(),
        Shown::Elsewhere => ().into_any(),
        Shown::Loading => view! {
            <OnItsWay label=asking::looking_up(language) on_retry=retry />
        }
        .into_any(),
    }
}

/// Looks the address up once more, and says what stands in the way by now.
pub async fn look_up_again(form: DraftForm, ways: Ways) {
    let hurdle = match look_up(form, ways).await {
        Ok(()) => ways.found.try_with_untracked(|_| ()).and_then(|()| untrack(|| ways.leads_away())),
        Err(failure) => Some(Hurdle::Failed(failure)),
    };
    if let Some(hurdle) = hurdle {
        let _ = ways.hurdle.try_set(Some(hurdle));
    }
}

#[component]
fn Confirm(
    form: DraftForm,
    language: Language,
    found: ExistingOrganisation,
    locations_url: String,
    ways: Ways,
) -> impl IntoView {
    let administrator = found.administrator.unwrap_or_else(|| asking::nobody(language).to_owned());
    let attestation = match untrack(|| ways.cannot_ask(language)) {
        Some(because) => view! {
            <Notice tone=Tone::Bad shape=Shape::Triangle announced=true>
                <p>
                    <strong>{asking::cannot_ask(language)}</strong>
                </p>
                <p>{because}</p>
            </Notice>
        }
        .into_any(),
        None => view! {
            <CheckboxField
                id=field_id(Field::AskedLocation)
                label=wizard::attest(language)
                checked=form.read(|draft| draft.asked().is_some_and(|asking| asking.supported_location))
                on_change=move |ticked: bool| form.change(|draft| draft.attest_asked(ticked.then_some(language)))
                hint=wizard::attest_hint(language)
                problem=form.problem(language, Field::AskedLocation)
                required=true
            >
                <Link url=locations_url text=wizard::attest_list(language) language=language />
            </CheckboxField>
        }
        .into_any(),
    };
    view! {
        <p>{asking::found(language)}</p>
        <section class="panel card" aria-label=found.name.clone()>
            <dl class="facts">
                <dt>{asking::name(language)}</dt>
                <dd>
                    <bdi>
                        <strong>{found.name.clone()}</strong>
                    </bdi>
                </dd>
                <dt>{words::customer::country(language)}</dt>
                <dd>{country_name(language, found.country)}</dd>
                <dt>{words::terms::data_residency_region(language)}</dt>
                <dd>{label::region(language, found.region)}</dd>
                <dt>{asking::administrator(language)}</dt>
                <dd>
                    <bdi>{administrator}</bdi>
                </dd>
            </dl>
        </section>
        <p>
            {asking::wrong_one(language)} " "
            <a href=ways.address(Step::Customer)>{wizard::change_address(language)}</a>
        </p>
        <p class="hint">{asking::found_hint(language)}</p>
        {attestation}
    }
}
