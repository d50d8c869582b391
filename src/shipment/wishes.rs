//! What the partner and the customer may wish of a shipment: to keep it longer, a new label, or that
//! it is not sent; each disabled with its reason where it cannot be done (D7, D8, D11, P7).

use contract::shipments::ShipmentDetail;
use leptos::prelude::*;
use rules::act::{ShipmentAct, ShipmentActName};
use rules::device::ShipmentState;
use rules::region::Returns;
use rules::text::whole_number;
use rules::verdict::Because;
use serde::{Deserialize, Serialize};
use words::{Language, date, devices, label, shipments, ui};

use super::acting::{Acting, Cancel, Reason, reason_line};
use crate::act_dialog::Asked;
use crate::kept::Place;
use crate::ui::{Button, ButtonKind, Form, NumberField, move_focus};

const DAYS: &str = "extension-days";
const REASON: &str = "extension-reason";

/// Where what was typed to keep a shipment longer is kept.
pub fn kept(detail: &ShipmentDetail) -> Place {
    Place::of(&format!("keep longer {}", detail.id))
}

/// The field of a wish to which a refusal belongs.
pub fn field(act: &ShipmentAct, because: Because) -> Option<&'static str> {
    match (act, because) {
        (ShipmentAct::AskExtension { .. }, Because::DeviceLimit) => Some(DAYS),
        (ShipmentAct::AskExtension { .. }, Because::ReasonMissing | Because::BadText) => Some(REASON),
        _ => None,
    }
}

/// The controls of what is ordered, or with the customer; a shipment that is done with has none.
#[component]
pub fn Wishes(
    /// The shipment, with the verdicts for the reader.
    detail: ShipmentDetail,
    /// Asks before something is done.
    acting: Acting,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let ordered = detail.shipment.state == ShipmentState::Ordered;
    if !ordered && !detail.shipment.state.is_out() {
        return ().into_any();
    }
    // Where devices go back without a label there is none to ask for (D8).
    let by_label = detail.ship_to.as_ref().is_some_and(|to| to.country.country().returns == Returns::Ups);
    let label = (by_label && !ordered).then(|| {
        view! { <AskLabel detail=detail.clone() acting=acting language=language /> }
    });
    let cancel = ordered.then(|| view! { <Cancel detail=detail.clone() acting=acting language=language /> });
    view! {
        <div class="stack">
            <KeepLonger detail=detail.clone() acting=acting language=language />
            {label}
            {cancel}
        </div>
    }
    .into_any()
}

/// A new return label is asked for (D8).
#[component]
fn AskLabel(detail: ShipmentDetail, acting: Acting, language: Language) -> impl IntoView {
    let because = Signal::stored(label::because(language, detail.verdict(ShipmentActName::AskLabel)));
    let counted = label::devices(language, detail.shipment.device, detail.shipment.count);
    let ask = move |_| {
        let question = devices::label_question(language, &counted);
        let done = devices::label_asked(language, &counted);
        let lead = vec![devices::label_lead(language).to_owned()];
        acting.ask(Asked { lead, ..Asked::new(ShipmentAct::AskLabel, question, ui::yes(language), done) });
    };
    view! { <div><Button disabled_because=because on_click=ask>{devices::ask_label(language)}</Button></div> }
}

/// What is typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Typed {
    days: String,
    reason: String,
}

/// The device end is asked to be moved on (D7).
#[component]
fn KeepLonger(detail: ShipmentDetail, acting: Acting, language: Language) -> impl IntoView {
    if let Some(because) = label::because(language, detail.verdict(ShipmentActName::AskExtension)) {
        let because = Signal::stored(Some(because));
        return view! {
            <div>
                <Button disabled_because=because on_click=|_| {}>
                    {devices::ask_extension(language)}
                </Button>
            </div>
        }
        .into_any();
    }
    let place = StoredValue::new(kept(&detail));
    let Typed { days, reason } = place.with_value(Place::kept::<Typed>).unwrap_or_default();
    let open = !days.is_empty() || !reason.is_empty();
    let (days, reason) = (RwSignal::new(days), RwSignal::new(reason));
    Effect::new(move |_| {
        let typed = Typed { days: days.get(), reason: reason.get() };
        place.with_value(|place| place.keep(&typed));
    });
    let shipment = &detail.shipment;
    let left = shipment.days_to_add();
    let end = shipment.end;
    let hint = devices::days_hint(language, left, date(language, shipment.latest_end()));
    let counted = label::devices(language, shipment.device, shipment.count);
    let no_number = RwSignal::new(false);
    let ask = move || {
        let count = days.with_untracked(|days| whole_number(days)).and_then(|days| u32::try_from(days).ok());
        // Of no day at all it is not the limit that is wrong.
        let Some(count) = count.filter(|count| *count > 0) else {
            no_number.set(true);
            return move_focus(acting.id(DAYS));
        };
        let reason = reason.get_untracked();
        let why = reason_line(language, shipments::reason(language), &reason);
        let act = ShipmentAct::AskExtension { days: count, reason };
        let question = devices::extension_question(language, count, &counted);
        let done = devices::extension_asked(language, &counted);
        let lead = match (1..=left).contains(&count) {
            true => vec![devices::extension_lead(language, date(language, end.plus(count)), date(language, end))],
            false => Vec::new(),
        };
        let lead = [lead, why].concat();
        acting.ask(Asked { lead, ..Asked::new(act, question, devices::ask_extension(language), done) });
    };
    let click = ask.clone();
    let wrong = acting.problem(DAYS, language);
    let problem = Signal::derive(move || {
        let missing = no_number.get().then(|| devices::days_missing(language, left));
        missing.or_else(|| wrong.get())
    });
    view! {
        <details class="disclosure" open=open>
            <summary>{devices::ask_extension(language)}</summary>
            <Form class="stack narrow" on_submit=move |()| ask()>
                <p class="muted">{devices::extension_text(language)}</p>
                <NumberField
                    id=acting.id(DAYS)
                    label=Signal::stored(devices::days(language).to_owned())
                    value=days
                    on_input=move |typed: String| {
                        no_number.set(false);
                        acting.typed();
                        days.set(typed);
                    }
                    hint=hint
                    problem=problem
                    required=true
                />
                <Reason
                    name=REASON
                    label=shipments::reason(language)
                    hint=devices::reason_hint(language)
                    text=reason
                    acting=acting
                    language=language
                />
                <div>
                    <Button kind=ButtonKind::Primary on_click=move |_| click()>{devices::ask_extension(language)}</Button>
                </div>
            </Form>
        </details>
    }
    .into_any()
}
