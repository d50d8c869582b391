//! How something is done with a shipment: it is looked at before it is done, and what is wrong with
//! it stands at its field (E6, G3).

use contract::error::ApiError;
use contract::shipments::{ShipmentDetail, ShipmentPreview};
use contract::trials::ActPreview;
use leptos::prelude::*;
use rules::act::{ShipmentAct, ShipmentActName};
use rules::consent::WORDS_MAX;
use rules::device::CheckIn;
use rules::verdict::{Because, Refusal};
use words::{Language, asking, journal, label, shipments, ui};

use crate::act_dialog::{Asked, Previewable};
use crate::api::{self, Failure, Key};
use crate::ui::{Button, ButtonKind, TextArea, move_focus};

/// A shipment that something is done with, and where the comparison of serial numbers goes.
#[derive(Clone)]
pub struct Shipped {
    /// Its id.
    pub id: String,
    /// The serial numbers held against those that were sent, with the latest preview (D9).
    pub compared: RwSignal<Option<CheckIn>>,
}

impl Previewable for ShipmentAct {
    type On = Shipped;
    type Done = ShipmentPreview;

    async fn preview(self, on: Shipped) -> Result<ActPreview, Failure> {
        let ShipmentPreview { consequences, check_in, digest, version, .. } =
            api::shipment_preview(&on.id, self).await?;
        let _ = on.compared.try_set(check_in);
        Ok(ActPreview { consequences, digest, version })
    }

    async fn act(self, on: Shipped, shown: &ActPreview, key: &Key) -> Result<ShipmentPreview, Failure> {
        api::shipment_act(&on.id, self, &shown.digest, shown.version, key).await
    }
}

/// The one question about a shipment, and what was wrong with the last one.
#[derive(Clone, Copy)]
pub struct Acting {
    /// What is asked.
    pub asked: RwSignal<Option<Asked<ShipmentAct>>>,
    /// Why it cannot be done as it was typed, each with the field that says so.
    wrong: RwSignal<Vec<(&'static str, Refusal)>>,
    /// The field of an act to which a refusal belongs.
    field: fn(&ShipmentAct, Because) -> Option<&'static str>,
    /// What tells the fields of several shipments on a page apart.
    of: StoredValue<String>,
}

impl Acting {
    /// Nothing is asked yet. `field` says where a refusal belongs.
    pub fn new(detail: &ShipmentDetail, field: fn(&ShipmentAct, Because) -> Option<&'static str>) -> Acting {
        let of = detail.id.replace('.', "-");
        Acting { asked: RwSignal::new(None), wrong: RwSignal::new(Vec::new()), field, of: StoredValue::new(of) }
    }

    /// The id on the page of a field of this shipment.
    pub fn id(self, name: &str) -> String {
        self.of.with_value(|of| format!("{name}-{of}"))
    }

    /// Asks before something is done.
    pub fn ask(self, asked: Asked<ShipmentAct>) {
        self.wrong.set(Vec::new());
        self.asked.set(Some(asked));
    }

    /// Forgets what was wrong: something else is typed.
    pub fn typed(self) {
        self.wrong.set(Vec::new());
    }

    /// Forgets what was wrong with a field: something else is typed there.
    pub fn typed_in(self, name: &str) {
        self.wrong.update(|wrong| wrong.retain(|(field, _)| *field != name));
    }

    /// Marks all that is wrong with an act before it is asked about (N7).
    pub fn mark(self, act: &ShipmentAct, refusals: Vec<Refusal>) {
        let fields = refusals.into_iter().filter_map(|refusal| Some(((self.field)(act, refusal.because)?, refusal)));
        self.wrong.set(fields.collect());
    }

    /// Whether something is wrong with a field.
    pub fn is_wrong(self, name: &str) -> bool {
        self.wrong.with_untracked(|wrong| wrong.iter().any(|(field, _)| *field == name))
    }

    /// Takes a failed look, and says whether it stands at a field, which then has the focus (G3).
    pub fn failed(self, failure: Failure) -> bool {
        let (Failure::Api(ApiError::Refused { refusal, .. }), Some(asked)) = (failure, self.asked.get_untracked())
        else {
            return false;
        };
        let Some(field) = (self.field)(&asked.act, refusal.because) else { return false };
        self.wrong.set(vec![(field, refusal)]);
        move_focus(self.id(field));
        true
    }

    /// What is wrong with a field.
    pub fn problem(self, name: &'static str, language: Language) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.wrong.with(|wrong| {
                let mine = wrong.iter().find(|(field, _)| *field == name);
                mine.map(|(_, refusal)| label::refusal(language, refusal))
            })
        })
    }
}

/// A reason as it will be stored, for the question before it is; nothing where none is given (E6).
pub fn reason_line(language: Language, name: &str, reason: &str) -> Vec<String> {
    let reason = reason.trim();
    if reason.is_empty() { Vec::new() } else { vec![journal::of(language, name, reason)] }
}

/// A shipment that was not sent yet is cancelled (D11).
#[component]
pub fn Cancel(
    /// The shipment.
    detail: ShipmentDetail,
    /// Asks before it is done.
    acting: Acting,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let because = Signal::stored(label::because(language, detail.verdict(ShipmentActName::Cancel)));
    let devices = label::devices(language, detail.shipment.device, detail.shipment.count);
    let cancel = move |_| {
        let question = shipments::cancel_question(language, &detail.company, &devices);
        let done = shipments::cancelled(language, &detail.company);
        acting.ask(Asked {
            danger: true,
            lead: vec![shipments::cancel_lead(language).to_owned()],
            ..Asked::new(ShipmentAct::Cancel, question, ui::yes(language), done)
        });
    };
    view! {
        <div class="request-actions">
            <Button kind=ButtonKind::Danger disabled_because=because on_click=cancel>
                {shipments::cancel(language)}
            </Button>
        </div>
    }
}

/// A reason, of at most as many characters as the law takes.
#[component]
pub fn Reason(
    /// The name of its field.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to write it.
    hint: &'static str,
    /// What is typed.
    text: RwSignal<String>,
    /// Where what is wrong with it is told.
    acting: Acting,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let change = move |typed: String| {
        text.set(typed);
        acting.typed();
    };
    view! {
        <div class="narrow">
            <TextArea
                id=acting.id(name)
                label=Signal::stored(label.to_owned())
                value=text
                on_input=change
                hint=hint
                problem=acting.problem(name, language)
                count=Signal::derive(move || {
                    asking::words_used(language, WORDS_MAX, text.with(|text| text.chars().count()))
                })
            />
        </div>
    }
}
