//! One shipment: what is known of it, and what the trials team can do with it as it stands.

use contract::shipments::{ShipmentDetail, ShipmentPreview};
use leptos::prelude::*;
use rules::change::Deed;
use rules::device::ShipmentState;
use words::{Language, label, shipments};

use super::acts::{CheckInForm, Extension, NewLabel, WriteOff, compared, field};
use super::send::Send;
use crate::act_dialog::ActDialog;
use crate::api::{self, Failure};
use crate::before_after::told;
use crate::heading::PageHeading;
use crate::kept::Place;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::session;
use crate::shipment::{Acting, Cancel, ShipmentFacts, ShipmentPill, ShipmentSerials, Shipped};
use crate::ui::{ButtonKind, ButtonLink, EmptyState};
use crate::waiting::loaded;

/// The page of a shipment.
#[component]
pub fn ShipmentPage(
    /// Its id.
    id: String,
) -> impl IntoView {
    let language = language();
    let ask = move || {
        let id = id.clone();
        async move { api::shipment_view(&id).await }
    };
    let gone = move |failure: &Failure| failure.is_not_found().then(|| view! { <Gone language=language /> }.into_any());
    let shown = move |detail, again| view! { <Shown detail=detail again=again language=language /> }.into_any();
    loaded(shipments::shipment_loading(language), ask, gone, shown)
}

#[component]
fn Gone(language: Language) -> impl IntoView {
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(shipments::title(language).to_owned()) /></div>
        <EmptyState title=shipments::gone_title(language) text=shipments::gone(language)>
            <ButtonLink kind=ButtonKind::Primary href=Route::Shipments.path()>{shipments::to_shipments(language)}</ButtonLink>
        </EmptyState>
    }
}

#[component]
fn Shown(detail: ShipmentDetail, again: Callback<()>, language: Language) -> impl IntoView {
    let acting = Acting::new(&detail, field);
    let on = Shipped { id: detail.id.clone(), compared: RwSignal::new(None) };
    let check_in = on.compared;
    let (navigator, domain) = (navigator(), session().settings.site_domain);
    let again = Callback::new(move |()| {
        navigator.arrive_again();
        again.run(());
    });
    let typed = [
        (Deed::ShipmentSent, "send"),
        (Deed::DevicesCheckedIn, "check in"),
        (Deed::DeviceExtensionDecided, "decide"),
        (Deed::ShipmentWrittenOff, "write off"),
    ];
    let typed = typed.map(|(deed, what)| (deed, Place::of(&format!("{what} {}", detail.id))));
    let done = move |done: ShipmentPreview| {
        // What was typed for this act is done with; what was typed for another one stays.
        let of_this = typed.iter().filter(|(deed, _)| *deed == done.consequences.deed);
        of_this.for_each(|(_, place)| place.forget());
        again.run(());
    };
    let devices = label::devices(language, detail.shipment.device, detail.shipment.count);
    let of = detail.clone();
    let by_state = match detail.shipment.state {
        ShipmentState::Ordered => view! {
            <Send detail=of.clone() acting=acting language=language />
            <Cancel detail=of acting=acting language=language />
        }
        .into_any(),
        ShipmentState::Sent | ShipmentState::ReturnedInPart => view! {
            <CheckInForm detail=of.clone() acting=acting language=language />
            <WriteOff detail=of acting=acting language=language />
        }
        .into_any(),
        ShipmentState::Cancelled | ShipmentState::Returned | ShipmentState::WrittenOff => ().into_any(),
    };
    let title = format!("{}: {devices}", detail.company);
    let done_with = detail.shipment.state != ShipmentState::Ordered && !detail.shipment.state.is_out();
    let work = view! {
        <Extension detail=detail.clone() acting=acting language=language />
        <NewLabel detail=detail.clone() acting=acting language=language />
        {by_state}
    };
    let facts = view! {
        <section class="panel card" aria-labelledby="shipment-facts">
            <h2 id="shipment-facts">{shipments::facts(language)}</h2>
            <ShipmentFacts detail=detail.clone() names_partner=true language=language />
        </section>
    };
    let serials = view! {
        <section class="panel card" aria-labelledby="shipment-serials">
            <h2 id="shipment-serials">{shipments::serials(language)}</h2>
            <ShipmentSerials shipment=detail.shipment.clone() language=language />
        </section>
    };
    // Where there is nothing to do, what is known stands in the place of the work.
    let (wide, beside) = match done_with {
        true => (facts.into_any(), serials.into_any()),
        false => (work.into_any(), view! { {facts} {serials} }.into_any()),
    };
    view! {
        <div class="page-head">
            <div class="customer-title">
                <PageHeading title=Signal::stored(title) />
                <ShipmentPill detail=detail.clone() language=language />
            </div>
            <div class="page-actions">
                <ButtonLink href=Route::Shipments.path()>{shipments::to_shipments(language)}</ButtonLink>
            </div>
        </div>
        <div class="customer-columns">
            <div class="stack">{wide}</div>
            <div class="stack">{beside}</div>
        </div>
        <ActDialog
            on=on
            asked=acting.asked
            tell=move |brings| {
                let serials = check_in.get_untracked().map(|result| compared(language, &result));
                view! { {serials} {told(language, &domain, &brings)} }.into_any()
            }
            on_done=done
            on_failed=move |failure| acting.failed(failure)
            on_over=again
            language=language
        />
    }
}
