//! What is typed in a set-up, and its keeping by the backend, where the other side types as well (U3).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use contract::error::ApiError;
use contract::set_up::{SetUpDetail, SetUpKeptBy};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::act::ActName;
use rules::draft::Field;
use rules::ids::TrialId;
use rules::people::Language;
use rules::set_up::{SetUpDraft, SetUpStep};
use serde::{Deserialize, Serialize};

use super::form::SetUpForm;
use crate::api::{self, Failure};
use crate::kept::Place;
use crate::site_name::KnownSite;
use crate::turns::Turns;

thread_local! {
    /// The one that was opened last, and by whom.
    static OPEN: RefCell<Option<(Place, OpenSetUp)>> = const { RefCell::new(None) };
}

/// How far the keeping is.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeping {
    /// Nothing was typed here.
    Untouched,
    /// What was typed is on its way.
    Saving,
    /// The backend has everything.
    Saved,
    /// It could not be kept.
    Failed(Failure),
    /// The other side changed the same fields: both are still there.
    Clash(Box<Clash>),
}

/// Fields that both sides changed, each in another way.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The fields.
    pub fields: Vec<Field>,
    /// What is kept there.
    pub there: SetUpDraft,
    /// Who typed it.
    pub by: Option<SetUpKeptBy>,
}

/// What the sending needs to remember.
struct Sending {
    version: u64,
    /// What was kept as of that version: what either side changed since is told by it.
    base: SetUpDraft,
    turns: Turns,
    step: Option<SetUpStep>,
    focus: Option<(Field, usize)>,
}

/// A set-up that is open. It lives above the pages, so that walking through the steps, or switching
/// the language, loses nothing.
#[derive(Clone)]
pub struct OpenSetUp {
    trial: TrialId,
    /// How far its keeping is.
    pub keeping: ArcRwSignal<Keeping>,
    /// That somebody else typed at the same time, and both are kept; who it was, where that is known.
    pub joined: ArcRwSignal<Option<Option<SetUpKeptBy>>>,
    draft: ArcRwSignal<SetUpDraft>,
    asked: ArcRwSignal<BTreeSet<Field>>,
    site: ArcRwSignal<Option<KnownSite>>,
    sending: Arc<Mutex<Sending>>,
    /// Where what the backend has not is kept.
    unsent: Place,
}

/// What the backend has not: it could not be kept, or a clash is to be decided. It outlives a reload
/// in this tab (G3).
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Unsent {
    typed: SetUpDraft,
    /// What it began from, and its version.
    base: SetUpDraft,
    version: u64,
}

impl OpenSetUp {
    /// The set-up as the backend keeps it; or the one that is open, while it holds something that the
    /// backend has not.
    pub fn of(detail: &SetUpDetail) -> OpenSetUp {
        let trial = detail.trial.trial.id.clone();
        let place = Place::of(&format!("set-up {trial}"));
        let before =
            OPEN.with_borrow(|open| open.as_ref().filter(|(of, _)| *of == place).map(|(_, open)| open.clone()));
        if let Some(open) = before.as_ref().filter(|open| open.holds_more_than(detail)) {
            return open.clone();
        }
        let may_change = detail.trial.verdict(ActName::FinishSetUp).is_allowed();
        let unsent = Place::of(&format!("unsent set-up {trial}"));
        let kept = (before.is_none() && may_change).then(|| unsent.kept::<Unsent>()).flatten();
        let is_unsent = kept.is_some();
        let begun = Unsent { typed: detail.draft.clone(), base: detail.draft.clone(), version: detail.version };
        let Unsent { typed, base, version } = kept.unwrap_or(begun);
        let sending = Sending {
            version,
            base,
            turns: Turns::default(),
            step: before.as_ref().and_then(|open| open.sending().step),
            focus: before.as_ref().and_then(OpenSetUp::take_focus),
        };
        // What is shown to be wrong stays so, and what was found of a name holds for that name.
        let (asked, site) =
            before.map(|open| (open.asked.get_untracked(), open.site.get_untracked())).unwrap_or_default();
        let open = OpenSetUp {
            trial,
            keeping: ArcRwSignal::new(Keeping::Untouched),
            joined: ArcRwSignal::new(None),
            draft: ArcRwSignal::new(typed),
            asked: ArcRwSignal::new(asked),
            site: ArcRwSignal::new(site),
            sending: Arc::new(Mutex::new(sending)),
            unsent,
        };
        OPEN.set(Some((place, open.clone())));
        if is_unsent {
            open.keep();
        }
        open
    }

    fn holds_more_than(&self, detail: &SetUpDetail) -> bool {
        !self.is_settled() || self.sending().version > detail.version
    }

    /// Whether the backend has everything.
    pub fn is_settled(&self) -> bool {
        self.keeping.with(|keeping| matches!(keeping, Keeping::Untouched | Keeping::Saved))
    }

    /// What is typed as a form, for the component that calls this.
    pub fn form(&self, detail: &SetUpDetail) -> SetUpForm {
        let open = self.clone();
        SetUpForm {
            draft: self.draft.clone().into(),
            asked: self.asked.clone().into(),
            site: self.site.clone().into(),
            trial: StoredValue::new(detail.trial.trial.clone()),
            changed: Callback::new(move |()| open.keep()),
        }
    }

    /// What is typed, as it changes.
    pub fn typed(&self) -> ArcRwSignal<SetUpDraft> {
        self.draft.clone()
    }

    /// Sends what is typed. While a sending is under way the newest state waits for its end, and while
    /// a clash is open it waits for the decision.
    pub fn keep(&self) {
        {
            let mut sending = self.sending();
            if self.keeping.with_untracked(|keeping| matches!(keeping, Keeping::Clash(_))) {
                return;
            }
            if !sending.turns.begin() {
                return;
            }
        }
        self.keeping.set(Keeping::Saving);
        let open = self.clone();
        spawn_local(async move { open.send().await });
    }

    async fn send(self) {
        loop {
            let typed = self.draft.get_untracked();
            let begun = {
                let mut sending = self.sending();
                sending.turns.take();
                Unsent { typed: typed.clone(), base: sending.base.clone(), version: sending.version }
            };
            let version = begun.version;
            let keeping = match api::set_up_keep(&self.trial, &typed, version).await {
                Ok(kept) => {
                    let mut sending = self.sending();
                    sending.version = kept.version;
                    sending.base = typed;
                    if sending.turns.waits() {
                        continue;
                    }
                    Keeping::Saved
                }
                Err(Failure::Api(ApiError::Stale { .. })) => match self.join().await {
                    Ok(None) => continue,
                    Ok(Some(clash)) => Keeping::Clash(Box::new(clash)),
                    Err(failure) => Keeping::Failed(failure),
                },
                Err(failure) => Keeping::Failed(failure),
            };
            let mut sending = self.sending();
            sending.turns.end();
            let place = &self.unsent;
            match &keeping {
                // It is told from what this sending began with, so that a clash is found again.
                Keeping::Failed(_) | Keeping::Clash(_) => {
                    place.keep(&Unsent { typed: self.draft.get_untracked(), ..begun });
                }
                Keeping::Untouched | Keeping::Saving | Keeping::Saved => place.forget(),
            }
            drop(sending);
            self.keeping.set(keeping);
            return;
        }
    }

    /// Joins what is typed here with what the other side typed since (U3); what is left to decide,
    /// where both changed the same.
    async fn join(&self) -> Result<Option<Clash>, Failure> {
        let detail = api::set_up_view(&self.trial, Language::default()).await?;
        let mut sending = self.sending();
        let (both, fields) = self.draft.get_untracked().merged(&sending.base, &detail.draft);
        sending.base = detail.draft.clone();
        sending.version = detail.version;
        drop(sending);
        self.draft.set(both);
        if fields.is_empty() {
            self.joined.set(Some(detail.kept));
            return Ok(None);
        }
        Ok(Some(Clash { fields, there: detail.draft, by: detail.kept }))
    }

    /// Decides a clash: what is typed here counts, or what is there.
    pub fn decide(&self, here: bool) {
        let Keeping::Clash(clash) = self.keeping.get_untracked() else { return };
        if !here {
            self.draft.update(|draft| clash.fields.iter().for_each(|field| draft.take(*field, &clash.there)));
        }
        self.keeping.set(Keeping::Saving);
        self.keep();
    }

    /// Whether a step is another one than was drawn before.
    pub fn walks_to(&self, step: SetUpStep) -> bool {
        self.sending().step.replace(step).is_some_and(|before| before != step)
    }

    /// Remembers which field is to take the focus on the step that is drawn next, and how many problems
    /// are to be announced there (N7).
    pub fn focus_next(&self, field: Field, problems: usize) {
        self.sending().focus = Some((field, problems));
    }

    /// What [`Self::focus_next`] remembered, once.
    pub fn take_focus(&self) -> Option<(Field, usize)> {
        self.sending().focus.take()
    }

    fn sending(&self) -> std::sync::MutexGuard<'_, Sending> {
        // Nothing panics while it holds the lock, and there is one thread.
        self.sending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
