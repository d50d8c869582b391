//! A shipment for those whose devices they are: the partner on the customer's page, and the customer
//! in its hub (D6, D8, H6).

use contract::shipments::{ShipmentDetail, ShipmentPreview};
use leptos::prelude::*;
use rules::change::Deed;
use rules::clock::Day;
use words::{Language, date, devices, label, shipments};

use super::acting::{Acting, Shipped};
use super::facts::{ShipmentFacts, ShipmentPill, ShipmentSerials};
use super::wishes::{self, Wishes};
use crate::act_dialog::ActDialog;
use crate::before_after::told;
use crate::navigation::navigator;
use crate::session::session;
use crate::ui::{Notice, Shape, Tone};

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Somebody with a verdict for each act: what they may not do is disabled with its reason (P7).
    Acts,
    /// A partner that looks along in the hub: it acts from the customer's page (Q10).
    LooksAlong,
}

/// The shipments in the order in which they want something done: what is overdue, what goes back
/// next, what is not sent yet, and what is done with.
pub fn by_urgency(mut shipments: Vec<ShipmentDetail>) -> Vec<ShipmentDetail> {
    let order = |detail: &ShipmentDetail| -> (bool, bool, Day) {
        let out = detail.shipment.state.is_out();
        let waits = detail.shipment.state == rules::device::ShipmentState::Ordered;
        (!out, !waits, detail.return_due)
    };
    shipments.sort_by_key(order);
    shipments
}

/// One shipment: where it stands, what is known, how it goes back, and what can be wished.
#[component]
pub fn ShipmentCard(
    /// The shipment.
    detail: ShipmentDetail,
    /// Who reads it.
    reader: Reader,
    /// Loads the page again: something was done.
    reload: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let acting = Acting::new(&detail, wishes::field);
    let (navigator, settings) = (navigator(), session().settings);
    let again = Callback::new(move |()| {
        navigator.arrive_again();
        reload.run(());
    });
    let typed = wishes::kept(&detail);
    let done = move |done: ShipmentPreview| {
        // What was typed for it is done with; a new label asks for nothing typed.
        if done.consequences.deed == Deed::DeviceExtensionAsked {
            typed.forget();
        }
        again.run(());
    };
    let on = Shipped { id: detail.id.clone(), compared: RwSignal::new(None) };
    let counted = label::devices(language, detail.shipment.device, detail.shipment.count);
    let due = date(language, detail.return_due);
    let overdue = detail.overdue.then(|| {
        view! { <Notice tone=Tone::Bad shape=Shape::Triangle>{devices::overdue(language, &due)}</Notice> }
    });
    let heading = acting.id("shipment");
    let domain = settings.site_domain;
    let acts = (reader == Reader::Acts).then(|| {
        view! {
            <Wishes detail=detail.clone() acting=acting language=language />
            <ActDialog
                on=on
                asked=acting.asked
                tell=move |brings| told(language, &domain, &brings)
                on_done=done
                on_failed=move |failure| acting.failed(failure)
                on_over=again
                language=language
            />
        }
    });
    view! {
        <section class="shipment stack" aria-labelledby=heading.clone()>
            <div class="card-head">
                <h3 id=heading.clone()>{counted}</h3>
                <ShipmentPill detail=detail.clone() language=language />
            </div>
            {overdue}
            <div class="shipment-columns">
                <ShipmentFacts detail=detail.clone() language=language />
                <div class="stack">
                    <div>
                        <h4>{shipments::serials(language)}</h4>
                        <ShipmentSerials shipment=detail.shipment.clone() language=language />
                    </div>
                    {steps(language, &detail, &settings.trials_team_email)}
                </div>
            </div>
            {acts}
        </section>
    }
}

/// How what is out goes back from the country that it was shipped to, and by when (D8).
fn steps(language: Language, detail: &ShipmentDetail, mailbox: &str) -> Option<impl IntoView + use<>> {
    let to = detail.ship_to.as_ref().filter(|_| detail.shipment.state.is_out())?;
    let steps = label::return_steps(language, to.country.country().returns, mailbox);
    let steps = steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    let questions = label::return_questions(language, mailbox).map(|text| view! { <p class="hint">{text}</p> });
    let duty = devices::duty(language, date(language, detail.return_due));
    Some(view! {
        <div>
            <h4>{devices::how_back(language)}</h4>
            <p>{duty}</p>
            <ol class="steps-back">{steps}</ol>
            {questions}
        </div>
    })
}

#[cfg(test)]
mod tests {
    use rules::device::{DeviceType, Shipment, ShipmentState};
    use rules::samples::day;

    use super::*;

    fn detail(state: ShipmentState, due: Day) -> ShipmentDetail {
        let shipment = Shipment { state, ..Shipment::order(DeviceType::DeskPhone, 1, due.minus(44), due.minus(14)) };
        ShipmentDetail {
            id: format!("{due} {state:?}"),
            trial: "t".into(),
            company: String::new(),
            partner: String::new(),
            ship_to: None,
            trial_end: None,
            trial_end_is: rules::trial::DateKind::End,
            return_due: due,
            overdue: false,
            acts: Vec::new(),
            version: 1,
            shipment,
        }
    }

    #[test]
    fn what_goes_back_first_stands_first_and_what_is_done_with_last_d8_h6() {
        let (soon, later) = (day(2026, 5, 1), day(2026, 6, 1));
        let given = [
            (ShipmentState::Returned, soon),
            (ShipmentState::Ordered, soon),
            (ShipmentState::Sent, later),
            (ShipmentState::ReturnedInPart, soon),
        ];
        let sorted = by_urgency(given.map(|(state, due)| detail(state, due)).to_vec());
        let states: Vec<_> = sorted.iter().map(|each| each.shipment.state).collect();
        let wanted =
            [ShipmentState::ReturnedInPart, ShipmentState::Sent, ShipmentState::Ordered, ShipmentState::Returned];
        assert_eq!(states, wanted);
    }
}
