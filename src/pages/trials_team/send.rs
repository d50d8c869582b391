//! A shipment is sent: serial numbers, demo order number, device end (D6).

use contract::shipments::ShipmentDetail;
use leptos::prelude::*;
use rules::act::{ShipmentAct, ShipmentActName, wrong_to_send};
use rules::clock::Day;
use rules::device::serials;
use rules::verdict::Because;
use serde::{Deserialize, Serialize};
use words::{Language, date, date_utc, journal, label, shipments, terms, wizard};

use super::acts::because;
use super::serials::SerialsField;
use crate::act_dialog::Asked;
use crate::kept::Place;
use crate::session::today;
use crate::shipment::Acting;
use crate::ui::{Button, ButtonKind, Form, TextField, move_focus};

const SERIALS: &str = "sent-serials";
const NUMBER: &str = "demo-order-number";
const END: &str = "device-end";

/// What is typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Typed {
    serials: String,
    number: String,
    end: String,
}

/// The form.
#[component]
pub fn Send(
    /// The shipment.
    detail: ShipmentDetail,
    /// Asks before it is done.
    acting: Acting,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let because = because(language, &detail, ShipmentActName::Send);
    let ShipmentDetail { id, company, shipment, .. } = detail;
    let place = StoredValue::new(Place::of(&format!("send {id}")));
    let fresh = || Typed { end: shipment.end.max(today()).to_string(), ..Typed::default() };
    let typed = RwSignal::new(place.with_value(Place::kept::<Typed>).unwrap_or_else(fresh));
    let change = move |field: &str, change: &dyn Fn(&mut Typed)| {
        typed.update(|typed| change(typed));
        acting.typed_in(field);
        place.with_value(|place| typed.with_untracked(|typed| place.keep(typed)));
    };
    let no_day = RwSignal::new(false);
    let (from, to) = (date(language, today()), date(language, shipment.latest_end()));
    let end_missing = shipments::end_missing(language, &from, &to);
    let devices = label::devices(language, shipment.device, shipment.count);
    let ordered = shipment.clone();
    let ask = move || {
        let Typed { serials: text, number, end } = typed.get_untracked();
        let day = Day::parse(&end);
        no_day.set(day.is_none());
        let serials = serials(&text);
        // A day that is none is told apart, and is not wrong in a second way.
        let end = day.unwrap_or(ordered.end.max(today()));
        let wrong = wrong_to_send(&ordered, today(), &serials, &number, end);
        // What will be stored is what the question shows (E6).
        let lead = vec![
            journal::of(language, shipments::serials(language), serials.join(", ")),
            journal::of(language, terms::demo_order_number(language), number.trim()),
            journal::of(language, wizard::device_end(language), date_utc(language, end)),
        ];
        let act = ShipmentAct::Send { serials, demo_order_number: number, end: Some(end) };
        acting.mark(&act, wrong);
        let marked = |field: &&str| acting.is_wrong(field) || (*field == END && day.is_none());
        if let Some(first) = [SERIALS, NUMBER, END].into_iter().find(marked) {
            return move_focus(acting.id(first));
        }
        let question = shipments::send_question(language, &company, &devices);
        let asked = Asked::new(act, question, shipments::send(language), shipments::sent(language, &company));
        acting.ask(Asked { lead, ..asked });
    };
    let click = ask.clone();
    let wrong_end = acting.problem(END, language);
    let bad_end = Signal::derive(move || no_day.get().then(|| end_missing.clone()).or_else(|| wrong_end.get()));
    view! {
        <section class="panel card stack" aria-labelledby="send-shipment">
            <h2 id="send-shipment">{shipments::send(language)}</h2>
            <p class="muted">{shipments::send_text(language)}</p>
            <Form class="stack narrow" on_submit=move |()| ask()>
                <SerialsField
                    id=acting.id(SERIALS)
                    label=shipments::typed_serials(language)
                    count=shipment.count
                    value=Signal::derive(move || typed.with(|typed| typed.serials.clone()))
                    on_input=move |text: String| change(SERIALS, &|typed| typed.serials.clone_from(&text))
                    problem=acting.problem(SERIALS, language)
                    language=language
                />
                <TextField
                    id=acting.id(NUMBER)
                    label=Signal::stored(terms::demo_order_number(language).to_owned())
                    value=Signal::derive(move || typed.with(|typed| typed.number.clone()))
                    on_input=move |text: String| change(NUMBER, &|typed| typed.number.clone_from(&text))
                    problem=acting.problem(NUMBER, language)
                    required=true
                />
                <TextField
                    id=acting.id(END)
                    label=Signal::stored(wizard::device_end(language).to_owned())
                    value=Signal::derive(move || typed.with(|typed| typed.end.clone()))
                    on_input=move |text: String| {
                        no_day.set(false);
                        change(END, &|typed| typed.end.clone_from(&text));
                    }
                    hint=shipments::end_hint(language, &from, &to)
                    problem=bad_end
                    kind="date"
                    required=true
                />
                <div class="request-actions"><Button kind=ButtonKind::Primary disabled_because=because on_click=move |_| click()>{shipments::send(language)}</Button></div>
            </Form>
        </section>
    }
}

/// The field to which a refusal of sending belongs.
pub fn field(because: Because) -> Option<&'static str> {
    match because {
        Because::SerialsWrong | Because::SerialsUnfit => Some(SERIALS),
        Because::NotAnOrderNumber => Some(NUMBER),
        Because::DeviceLimit => Some(END),
        _ => None,
    }
}
