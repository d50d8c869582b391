//! The question before an act: what it would bring is shown, confirmed where the law
//! wants that, and then done as it was shown (E6).

use contract::error::ApiError;
use contract::trials::{ActDone, ActPreview, TrialAct};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::consequences::Consequences;
use rules::ids::TrialId;
use rules::verdict::{Because, Refusal, Remedy};
use words::{Language, acting, label, ui};

use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;
use crate::previewed::{Previewed, foretold};
use crate::ui::{Button, ButtonKind, CheckboxField, Dialog, Notice, Shape, Toasts, Tone, fresh_id, move_focus};
use crate::waiting::OnItsWay;

/// Something that can be looked at before it is done (E6).
pub trait Previewable: Clone + Send + Sync + 'static {
    /// What it is done to.
    type On: Clone + Send + Sync + 'static;
    /// What is told once it is done.
    type Done: 'static;

    /// What it would bring.
    fn preview(self, on: Self::On) -> impl Future<Output = Result<ActPreview, Failure>>;

    /// Does it as it was shown, under the key of the intent (G2).
    fn act(self, on: Self::On, shown: &ActPreview, key: &Key) -> impl Future<Output = Result<Self::Done, Failure>>;

    /// The same, confirmed where the law wants that.
    fn confirmed(self) -> Self {
        self
    }
}

impl Previewable for TrialAct {
    type On = TrialId;
    type Done = ActDone;

    async fn preview(self, on: TrialId) -> Result<ActPreview, Failure> {
        api::trial_act_preview(&on, self).await
    }

    async fn act(self, on: TrialId, shown: &ActPreview, key: &Key) -> Result<ActDone, Failure> {
        api::trial_act(&on, self, shown, key).await
    }

    fn confirmed(self) -> TrialAct {
        match self {
            TrialAct::Extend { days, .. } => TrialAct::Extend { days, confirmed: true },
            TrialAct::Edit { draft, .. } => TrialAct::Edit { draft, confirmed: true },
            TrialAct::Convert(order) => TrialAct::Convert(rules::act::Conversion { confirmed: true, ..order }),
            other => other,
        }
    }
}

/// An act that is asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked<A = TrialAct> {
    /// The act, with nothing confirmed yet.
    pub act: A,
    /// The question.
    pub title: String,
    /// What is good to know before the preview says what it brings here.
    pub lead: Vec<String>,
    /// The word that says yes.
    pub yes: &'static str,
    /// What is confirmed by the box, where the law wants that (E1, E5, C3).
    pub confirm: &'static str,
    /// Whether it takes something away.
    pub danger: bool,
    /// Why it may not be done: then nothing is looked at, and the word that says yes tells why (P7).
    pub blocked: Option<String>,
    /// What is said once it is done; nothing where the page says it by what was done.
    pub done: String,
}

impl<A> Asked<A> {
    /// A question with nothing to confirm and nothing to know beforehand.
    pub fn new(act: A, title: String, yes: &'static str, done: String) -> Asked<A> {
        Asked { act, title, lead: Vec::new(), yes, confirm: "", danger: false, blocked: None, done }
    }
}

/// What the dialog shows.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Loading,
    /// It may not be done, so there is nothing to show.
    Blocked,
    /// What it brings, and what has to be confirmed for it.
    Told(Box<Previewed>, Option<Refusal>),
    /// It cannot be done, or cannot be looked at.
    Failed(Failure),
}

/// What an act would bring. What only has to be confirmed is looked at as if it were, and told.
async fn look_at<A: Previewable>(on: A::On, act: A) -> Result<(ActPreview, Option<Refusal>), Failure> {
    match act.clone().preview(on.clone()).await {
        Err(Failure::Api(ApiError::Refused { refusal, .. })) if refusal.remedy == Remedy::Confirm => {
            let preview = act.confirmed().preview(on).await?;
            Ok((preview, Some(refusal)))
        }
        other => other.map(|preview| (preview, None)),
    }
}

/// Whether it only has to be confirmed, which it had not to be when it was shown.
fn has_to_be_confirmed(failure: &Failure) -> bool {
    matches!(failure, Failure::Api(ApiError::Refused { refusal, .. }) if refusal.remedy == Remedy::Confirm)
}

/// Whether the page may no longer be as things stand. That an act would change nothing is no news: who
/// goes on typing is not to find the page loaded anew.
fn is_over(failure: &Failure) -> bool {
    let changes_nothing = matches!(
        failure,
        Failure::Api(ApiError::Refused { refusal, .. }) if refusal.because == Because::NothingChanges
    );
    failure.is_final() && !changes_nothing
}

/// The dialog; it is open while something is asked.
#[component]
pub fn ActDialog<A: Previewable>(
    /// What it is done to.
    on: A::On,
    /// What is asked; `None` while the dialog is closed.
    asked: RwSignal<Option<Asked<A>>>,
    /// Says what it brings.
    #[prop(into)]
    tell: Callback<Consequences, AnyView>,
    /// Told once it is done.
    #[prop(into)]
    on_done: Callback<A::Done>,
    /// Takes a failed look and says whether the page shows it in a better place.
    #[prop(optional, into)]
    on_failed: Option<Callback<Failure, bool>>,
    /// Told when the dialog of what cannot be done any more is closed.
    #[prop(optional, into)]
    on_over: Option<Callback<()>>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let on = StoredValue::new(on);
    let shown = RwSignal::new(Shown::Loading);
    let failed = RwSignal::new(None::<Failure>);
    let (busy, ticked) = (RwSignal::new(false), RwSignal::new(false));
    // One key for one intent, by whatever number of clicks and retries (G2).
    let key = StoredValue::new(Key::new());
    let looks = StoredValue::new(0_u32);
    // What had the focus is gone once something else is shown, so what is shown takes it (G4).
    let body_id = StoredValue::new(fresh_id("act"));
    let look = move |before: Option<ActPreview>| {
        let again = before.is_some();
        let Some(asking) = asked.get_untracked() else { return };
        shown.set(Shown::Loading);
        ticked.set(false);
        looks.update_value(|looks| *looks += 1);
        let mine = looks.get_value();
        spawn_local(async move {
            let answer = look_at(on.get_value(), asking.act).await;
            // The dialog may have been closed, or opened for another act, in the meantime.
            if looks.try_get_value() != Some(mine) || asked.try_get_untracked().flatten().is_none() {
                return;
            }
            match answer {
                Ok((now, confirm)) => shown.set(Shown::Told(Box::new(Previewed { now, before }), confirm)),
                Err(failure) if on_failed.is_some_and(|told| told.run(failure.clone())) => asked.set(None),
                Err(failure) => shown.set(Shown::Failed(failure)),
            }
            if again {
                move_focus(body_id.get_value());
            }
        });
    };
    Effect::new(move |_| {
        if asked.with(Option::is_some) {
            failed.set(None);
            key.set_value(Key::new());
            match asked.with_untracked(|asked| asked.as_ref().is_some_and(|asked| asked.blocked.is_some())) {
                true => shown.set(Shown::Blocked),
                false => look(None),
            }
        }
    });
    let close = move || {
        asked.set(None);
        if matches!(shown.get_untracked(), Shown::Failed(failure) if is_over(&failure))
            && let Some(on_over) = on_over
        {
            on_over.run(());
        }
    };
    let yes = move |_| {
        let (Some(asking), Shown::Told(told, confirm)) = (asked.get_untracked(), shown.get_untracked()) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let act = if confirm.is_some() { asking.act.confirmed() } else { asking.act };
        let (said, mine) = (asking.done, looks.get_value());
        spawn_local(async move {
            let answer = act.act(on.get_value(), &told.now, &key.get_value()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(done) => {
                    if !said.is_empty() {
                        toasts.good(said);
                    }
                    if looks.get_value() == mine {
                        asked.set(None);
                    }
                    on_done.run(done);
                }
                Err(failure) if failure.is_out_of_date() || has_to_be_confirmed(&failure) => {
                    // Another act is meant from now on: the one that is shown next (E6).
                    key.set_value(Key::new());
                    look(Some(told.now));
                }
                Err(failure) if failure.is_final() => {
                    shown.set(Shown::Failed(failure));
                    move_focus(body_id.get_value());
                }
                Err(failure) => failed.set(Some(failure)),
            }
        });
    };
    let yes = Callback::new(yes);
    let can = move || shown.with(|shown| matches!(shown, Shown::Told(..)));
    let confirm_id = fresh_id("confirm");
    let body = move || match shown.get() {
        Shown::Loading => {
            view! { <OnItsWay label=acting::loading(language) on_retry=move |()| look(None) /> }.into_any()
        }
        Shown::Blocked => ().into_any(),
        Shown::Failed(failure) => view! {
            <Notice tone=Tone::Bad shape=Shape::Triangle announced=true>{failed_in_full(language, &failure)}</Notice>
        }
        .into_any(),
        Shown::Told(told, confirm) => {
            let words = asked.get_untracked().map(|asked| asked.confirm).unwrap_or_default();
            let id = confirm_id.clone();
            view! {
                {foretold(language, &told, |brings| tell.run(brings.clone()))}
                {confirm
                    .map(|refusal| {
                        view! {
                            <Notice tone=Tone::Warn shape=Shape::Triangle>{label::refusal(language, &refusal)}</Notice>
                            <CheckboxField
                                id=id
                                label=words
                                checked=ticked
                                on_change=move |on| ticked.set(on)
                                required=true
                            />
                        }
                    })}
            }
            .into_any()
        }
    };
    let body = StoredValue::new(body);
    let lead = move || {
        let lines = asked.with(|asked| asked.as_ref().map(|asked| asked.lead.clone()).unwrap_or_default());
        lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
    };
    let missing = Signal::derive(move || {
        let wanted = shown.with(|shown| matches!(shown, Shown::Told(_, Some(_))));
        let unconfirmed = (wanted && !ticked.get()).then(|| acting::confirm_first(language).to_owned());
        asked.with(|asked| asked.as_ref().and_then(|asked| asked.blocked.clone())).or(unconfirmed)
    });
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            on_close=move |()| close()
            title=Signal::derive(move || asked.with(|asked| asked.as_ref().map(|asked| asked.title.clone()).unwrap_or_default()))
            wide=true
            actions=move || {
                let (yes_word, danger) = asked.with(|asked| asked.as_ref().map(|asked| (asked.yes, asked.danger)).unwrap_or_default());
                let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
                view! {
                    <Button on_click=move |_| close()>{move || if can() { ui::no(language) } else { ui::close(language) }}</Button>
                    {move || shown.with(|shown| matches!(shown, Shown::Told(..) | Shown::Blocked)).then(|| view! {
                        <Button kind=kind busy=busy disabled_because=missing on_click=yes>
                            {move || if busy.get() { acting::doing(language) } else { yes_word }}
                        </Button>
                    })}
                }
            }
        >
            // It may be longer than the window, and is scrolled by keyboard as well (G4).
            <div id=body_id.get_value() class="stack act-body" role="group" aria-label=acting::brings(language) tabindex="0">
                {lead}
                {move || body.with_value(|body| body())}
            </div>
            <div role="alert">
                {move || {
                    failed
                        .get()
                        .map(|failure| {
                            view! {
                                <Notice tone=Tone::Bad shape=Shape::Triangle>{failed_in_full(language, &failure)}</Notice>
                            }
                        })
                }}
            </div>
        </Dialog>
    }
}
