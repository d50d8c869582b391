//! What the trials team does with a shipment beside sending it: each act is looked at before it is
//! done, and what is wrong with it stands at its field (D7, D8, D9, D11, E6).

use contract::shipments::ShipmentDetail;
use leptos::prelude::*;
use rules::act::{ShipmentAct, ShipmentActName};
use rules::device::{CheckIn, serials};
use rules::verdict::Because;
use words::{Language, date, label, moment, shipments, ui, wizard};

use super::send;
use super::serials::SerialsField;
use crate::act_dialog::Asked;
use crate::kept::Place;
use crate::shipment::{Acting, Reason, reason_line};
use crate::ui::{Button, ButtonKind, Form, Notice, Shape, Tone, move_focus};

const RETURNED: &str = "returned-serials";
const REASON: &str = "extension-reason";
const WRITE_OFF: &str = "write-off-reason";

/// The field of an act to which a refusal belongs.
pub fn field(act: &ShipmentAct, because: Because) -> Option<&'static str> {
    let bad_reason = matches!(because, Because::ReasonMissing | Because::BadText);
    match act {
        ShipmentAct::Send { .. } => send::field(because),
        ShipmentAct::DecideExtension { .. } => bad_reason.then_some(REASON),
        ShipmentAct::WriteOff { .. } => bad_reason.then_some(WRITE_OFF),
        ShipmentAct::CheckIn { .. } => (because == Because::SerialsUnfit).then_some(RETURNED),
        _ => None,
    }
}

/// What the acts need to know of a shipment.
#[derive(Clone)]
struct Of {
    company: String,
    devices: String,
}

/// Why an act cannot be done now (P7).
pub fn because(language: Language, detail: &ShipmentDetail, name: ShipmentActName) -> Signal<Option<String>> {
    Signal::stored(label::because(language, detail.verdict(name)))
}

impl Of {
    fn shipment(detail: &ShipmentDetail, language: Language) -> Of {
        let devices = label::devices(language, detail.shipment.device, detail.shipment.count);
        Of { company: detail.company.clone(), devices }
    }
}

/// A reason as it is typed; it outlives a reload (G3).
fn kept_reason(detail: &ShipmentDetail, what: &str) -> RwSignal<String> {
    let place = Place::of(&format!("{what} {}", detail.id));
    let reason = RwSignal::new(place.kept::<String>().unwrap_or_default());
    Effect::new(move |_| reason.with(|reason| if reason.is_empty() { place.forget() } else { place.keep(reason) }));
    reason
}

/// The request to keep devices longer is decided (D7).
#[component]
pub fn Extension(detail: ShipmentDetail, acting: Acting, language: Language) -> impl IntoView {
    let Some(request) = detail.shipment.extension.clone() else { return ().into_any() };
    let of = Of::shipment(&detail, language);
    let because = because(language, &detail, ShipmentActName::DecideExtension);
    let reason = kept_reason(&detail, "decide");
    let decide = move |approved: bool| {
        let Of { company, devices } = of.clone();
        let (question, yes, done) = match approved {
            true => (
                shipments::approve_question(language, &company, devices),
                shipments::approve(language),
                shipments::approved(language, &company),
            ),
            false => (
                shipments::refuse_question(language, &company),
                shipments::refuse(language),
                shipments::refused(language, &company),
            ),
        };
        let reason = reason.get_untracked();
        let lead = reason_line(language, shipments::reason(language), &reason);
        let act = ShipmentAct::DecideExtension { approved, reason };
        acting.ask(Asked { danger: !approved, lead, ..Asked::new(act, question, yes, done) });
    };
    let refuse = decide.clone();
    view! {
        <section class="panel card stack" aria-labelledby="extension">
            <h2 id="extension">{shipments::extension(language)}</h2>
            <dl class="facts">
                <dt>{shipments::asked_on(language)}</dt>
                <dd>{date(language, request.on)}</dd>
                <dt>{shipments::extension_why(language)}</dt>
                <dd><bdi>{request.reason}</bdi></dd>
                <dt>{wizard::device_end(language)}</dt>
                <dd>{date(language, detail.shipment.end)}</dd>
                <dt>{shipments::extension_new(language)}</dt>
                <dd>{date(language, detail.shipment.end.plus(request.days))}</dd>
                <dt>{shipments::latest_end(language)}</dt>
                <dd>{date(language, detail.shipment.latest_end())}</dd>
            </dl>
            <Reason
                name=REASON
                label=shipments::reason(language)
                hint=shipments::reason_hint(language)
                text=reason
                acting=acting
                language=language
            />
            {match because.get_untracked() {
                // Both are ruled out by the same fact, which is said once (P7).
                Some(reason) => {
                    let id = acting.id("undecidable");
                    let buttons = [shipments::approve(language), shipments::refuse(language)].map(|act| {
                        view! { <button type="button" class="button" aria-disabled="true" aria-describedby=id.clone()>{act}</button> }
                    });
                    view! {
                        <div class="side-by-side">{buttons.into_iter().collect_view()}</div>
                        <p class="hint" id=id.clone()>{reason}</p>
                    }
                    .into_any()
                }
                None => view! {
                    <div class="side-by-side">
                        <Button kind=ButtonKind::Primary on_click=move |_| decide(true)>{shipments::approve(language)}</Button>
                        <Button kind=ButtonKind::Danger on_click=move |_| refuse(false)>{shipments::refuse(language)}</Button>
                    </div>
                }
                .into_any(),
            }}
        </section>
    }
    .into_any()
}

/// A new return label was sent (D8).
#[component]
pub fn NewLabel(detail: ShipmentDetail, acting: Acting, language: Language) -> impl IntoView {
    let Some(asked) = detail.shipment.label_asked else { return ().into_any() };
    let of = Of::shipment(&detail, language);
    let because = because(language, &detail, ShipmentActName::SendLabel);
    let sent = move |_| {
        let question = shipments::label_question(language, &of.company, &of.devices);
        let done = shipments::label_done(language, &of.company);
        let lead = vec![shipments::label_lead(language).to_owned()];
        acting.ask(Asked { lead, ..Asked::new(ShipmentAct::SendLabel, question, ui::yes(language), done) });
    };
    view! {
        <section class="panel card stack" aria-labelledby="new-label">
            <h2 id="new-label">{shipments::label(language)}</h2>
            <p>{shipments::label_text(language, date(language, asked))}</p>
            <div class="request-actions"><Button kind=ButtonKind::Primary disabled_because=because on_click=sent>{shipments::label_sent(language)}</Button></div>
        </section>
    }
    .into_any()
}

/// Devices that came back are checked in (D9).
#[component]
pub fn CheckInForm(detail: ShipmentDetail, acting: Acting, language: Language) -> impl IntoView {
    let of = Of::shipment(&detail, language);
    let out = detail.shipment.serials.len().saturating_sub(detail.shipment.returned.len());
    let place = StoredValue::new(Place::of(&format!("check in {}", detail.id)));
    let typed = RwSignal::new(place.with_value(Place::kept::<String>).unwrap_or_default());
    let empty = RwSignal::new(false);
    let check_in = move || {
        let given = typed.with_untracked(|text| serials(text));
        if given.is_empty() {
            empty.set(true);
            return move_focus(acting.id(RETURNED));
        }
        let question = shipments::check_in_question(language, &of.company);
        let done = shipments::checked_in(language, &of.company);
        let act = ShipmentAct::CheckIn { serials: given };
        acting.ask(Asked::new(act, question, shipments::check_in(language), done));
    };
    let click = check_in.clone();
    let wrong = acting.problem(RETURNED, language);
    let problem = Signal::derive(move || {
        empty.get().then(|| shipments::returned_missing(language).to_owned()).or_else(|| wrong.get())
    });
    let because = because(language, &detail, ShipmentActName::CheckIn);
    view! {
        <section class="panel card stack" aria-labelledby="check-in">
            <h2 id="check-in">{shipments::check_in(language)}</h2>
            <p class="muted">{shipments::check_in_text(language)}</p>
            <Form class="stack narrow" on_submit=move |()| check_in()>
                <SerialsField
                    id=acting.id(RETURNED)
                    label=shipments::returned_serials(language)
                    count=u32::try_from(out).unwrap_or(u32::MAX)
                    value=typed
                    on_input=move |text: String| {
                        empty.set(false);
                        acting.typed();
                        place.with_value(|place| place.keep(&text));
                        typed.set(text);
                    }
                    problem=problem
                    language=language
                />
                <div class="request-actions"><Button kind=ButtonKind::Primary disabled_because=because on_click=move |_| click()>{shipments::check_in(language)}</Button></div>
            </Form>
        </section>
    }
}

/// What is not expected any more is written off (D8).
#[component]
pub fn WriteOff(detail: ShipmentDetail, acting: Acting, language: Language) -> impl IntoView {
    let of = Of::shipment(&detail, language);
    let because = because(language, &detail, ShipmentActName::WriteOff);
    let reason = kept_reason(&detail, "write off");
    let write_off = move |_| {
        let question = shipments::write_off_question(language, &of.company, &of.devices);
        let done = shipments::wrote_off(language, &of.company);
        let reason = reason.get_untracked();
        let lead = reason_line(language, shipments::written_off(language), &reason);
        let act = ShipmentAct::WriteOff { reason };
        acting.ask(Asked { danger: true, lead, ..Asked::new(act, question, ui::yes(language), done) });
    };
    view! {
        <section class="panel card stack" aria-labelledby="write-off">
            <h2 id="write-off">{shipments::write_off(language)}</h2>
            <p class="muted">{shipments::write_off_text(language)}</p>
            <Reason
                name=WRITE_OFF
                label=shipments::write_off_reason(language)
                hint=""
                text=reason
                acting=acting
                language=language
            />
            <div class="request-actions"><Button kind=ButtonKind::Danger disabled_because=because on_click=write_off>{shipments::write_off(language)}</Button></div>
        </section>
    }
}

/// The serial numbers held against those that were sent: whatever there is of each kind (D9).
pub fn compared(language: Language, result: &CheckIn) -> AnyView {
    let before =
        result.before.iter().map(|each| shipments::before_line(language, moment(language, each.at), &each.serial));
    let kinds = [
        (shipments::taken(language), result.taken.clone()),
        (shipments::before(language), before.collect()),
        (shipments::extra(language), result.extra.clone()),
        (shipments::elsewhere(language), result.elsewhere.clone()),
        (shipments::wrong(language), result.wrong.clone()),
        (shipments::missing(language), result.missing.clone()),
    ];
    let nothing = result.taken.is_empty().then(|| {
        // What came beside it is noted all the same.
        let text = match result.extra.is_empty() && result.elsewhere.is_empty() && result.wrong.is_empty() {
            true => shipments::nothing_taken(language),
            false => shipments::none_taken(language),
        };
        view! { <Notice tone=Tone::Warn shape=Shape::Triangle>{text}</Notice> }
    });
    let lists = kinds.into_iter().filter(|(_, serials)| !serials.is_empty()).map(|(title, serials)| {
        let lines = serials.into_iter().map(|serial| view! { <li><bdi>{serial}</bdi></li> }).collect_view();
        view! { <div class="brings"><h3>{title}</h3> <ul>{lines}</ul></div> }
    });
    view! { {nothing} {lists.collect_view()} }.into_any()
}
