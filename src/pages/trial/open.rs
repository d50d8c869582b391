//! The draft that is open, and its keeping by the backend (N18).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use contract::drafts::KeptDraft;
use contract::error::ApiError;
use contract::trials::{LookUpAnswer, SaveTrial, Started, Target};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::{Field, Step, TrialDraft};
use rules::ids::DraftId;

use super::ways::{Hurdle, SavedAs};
use crate::api::{self, Failure, Key};
use crate::forms::{DraftForm, Known};
use crate::turns::Turns;

/// How far the keeping of the draft is.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeping {
    /// Nothing has been typed yet.
    Untouched,
    /// What was typed is on its way.
    Saving,
    /// The backend has everything.
    Saved,
    /// It could not be kept.
    Failed(Failure),
    /// Another tab or device changed the draft since; both states are still there.
    Elsewhere(u64),
    /// Another tab saved it (N18).
    SavedAlready(SavedAs),
}

/// What the sending needs to remember.
#[derive(Default)]
struct Sending {
    version: Option<u64>,
    turns: Turns,
    stopped: bool,
    save: Option<(SaveTrial, Key)>,
    focus: Option<(Field, usize)>,
    step: Option<Step>,
    hurdle: Option<Hurdle>,
}

/// An address with what it was found to be (X1).
pub type Found = Option<(String, LookUpAnswer)>;

/// The draft that is open. It lives above the pages, so that walking through the
/// steps, or switching the language, loses nothing.
#[derive(Clone)]
pub struct OpenDraft {
    /// Its id.
    pub id: DraftId,
    /// How far its keeping is.
    pub keeping: ArcRwSignal<Keeping>,
    /// Whether it is being saved at the moment.
    pub saving: ArcRwSignal<bool>,
    /// What saving it has brought; the question that follows is open until it is answered.
    pub started: ArcRwSignal<Option<Started>>,
    /// What the address was found to be, as it was told last.
    pub found: ArcRwSignal<Found>,
    draft: ArcRwSignal<TrialDraft>,
    known: ArcRwSignal<Known>,
    asked: ArcRwSignal<BTreeSet<Field>>,
    sending: Arc<Mutex<Sending>>,
}

impl OpenDraft {
    /// A draft of which the backend knows nothing yet.
    pub fn fresh(id: DraftId) -> OpenDraft {
        OpenDraft {
            id,
            keeping: ArcRwSignal::new(Keeping::Untouched),
            saving: ArcRwSignal::new(false),
            started: ArcRwSignal::new(None),
            found: ArcRwSignal::new(None),
            draft: ArcRwSignal::new(TrialDraft::default()),
            known: ArcRwSignal::new(Known::default()),
            asked: ArcRwSignal::new(BTreeSet::new()),
            sending: Arc::default(),
        }
    }

    /// A draft with which something is known already, of which the backend knows nothing yet.
    pub fn begun(id: DraftId, draft: TrialDraft) -> OpenDraft {
        let open = OpenDraft::fresh(id);
        open.draft.set(draft);
        open.keep();
        open
    }

    /// A draft as the backend keeps it.
    pub fn kept(kept: KeptDraft) -> OpenDraft {
        let open = OpenDraft::fresh(kept.id);
        open.sending().version = Some(kept.version);
        open.draft.set(kept.draft);
        open.keeping.set(Keeping::Saved);
        open
    }

    /// The draft as a form, for the component that calls this.
    pub fn form(&self) -> DraftForm {
        let open = self.clone();
        DraftForm {
            draft: self.draft.clone().into(),
            known: self.known.clone().into(),
            asked: self.asked.clone().into(),
            changed: Callback::new(move |()| open.keep()),
        }
    }

    /// What is typed at the moment.
    pub fn typed(&self) -> TrialDraft {
        self.draft.get_untracked()
    }

    /// The draft as it is previewed and saved, and for whom: the customer to whom it is added,
    /// the organisation that is asked, else a new one (A, X3, N16).
    pub fn order(&self) -> (TrialDraft, Target) {
        let typed = self.typed();
        if let Some(adding) = &typed.adding {
            let target = Target::Add { customer: adding.customer.clone() };
            return (typed, target);
        }
        let target = typed.asked().map_or(Target::New, |asking| Target::Ask {
            organisation: asking.organisation.clone(),
            full_access: typed.full_access,
            words: typed.words.trim().to_owned(),
        });
        match target {
            Target::Ask { .. } => (typed.as_asked(), target),
            Target::New | Target::Add { .. } => (typed, target),
        }
    }

    /// Sends what is typed. While a sending is under way the newest state waits
    /// for its end.
    pub fn keep(&self) {
        {
            let mut sending = self.sending();
            let waits = matches!(self.keeping.get_untracked(), Keeping::Elsewhere(_) | Keeping::SavedAlready(_));
            if waits {
                return;
            }
            if sending.stopped {
                return sending.turns.wait();
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
            let version = {
                let mut sending = self.sending();
                sending.turns.take();
                sending.version
            };
            let answer = api::draft_keep(&self.id, &self.typed(), version).await;
            let mut sending = self.sending();
            let keeping = match answer {
                Ok(kept) => {
                    sending.version = Some(kept.version);
                    if sending.turns.waits() && !sending.stopped {
                        continue;
                    }
                    Keeping::Saved
                }
                Err(Failure::Api(ApiError::Stale { version })) => Keeping::Elsewhere(version),
                Err(failure) => match SavedAs::told_by(&failure) {
                    Some(saved) => Keeping::SavedAlready(saved),
                    None => Keeping::Failed(failure),
                },
            };
            sending.turns.end();
            drop(sending);
            self.keeping.set(keeping);
            return;
        }
    }

    /// Keeps what is typed here over what another tab or device has kept.
    pub fn keep_this(&self) {
        if let Keeping::Elsewhere(version) = self.keeping.get_untracked() {
            // Version 0 says that the draft is gone, so this one is made anew.
            self.sending().version = (version > 0).then_some(version);
            self.keeping.set(Keeping::Saving);
            self.keep();
        }
    }

    /// Stops the keeping: the draft is being saved, and must not come back.
    pub fn stop(&self) {
        self.sending().stopped = true;
    }

    /// Goes on with the keeping: it was not saved after all.
    pub fn resume(&self) {
        let unsent = {
            let mut sending = self.sending();
            sending.stopped = false;
            let unsent = sending.turns.waits();
            sending.turns.take();
            unsent
        };
        if unsent {
            self.keep();
        }
    }

    /// Remembers which field is to take the focus on the step that is drawn next,
    /// and how many problems are to be announced there (N7).
    pub fn focus_next(&self, field: Field, problems: usize) {
        self.sending().focus = Some((field, problems));
    }

    /// Whether a step is another one than was drawn before.
    pub fn walks_to(&self, step: Step) -> bool {
        self.sending().step.replace(step).is_some_and(|before| before != step)
    }

    /// What [`Self::focus_next`] remembered, once.
    pub fn take_focus(&self) -> Option<(Field, usize)> {
        self.sending().focus.take()
    }

    /// Remembers what is to stand in the way on the step that is drawn next.
    pub fn hurdle_next(&self, hurdle: Hurdle) {
        self.sending().hurdle = Some(hurdle);
    }

    /// What [`Self::hurdle_next`] remembered, once.
    pub fn take_hurdle(&self) -> Option<Hurdle> {
        self.sending().hurdle.take()
    }

    /// The key for a saving. It stays the same for every click and retry, and
    /// differs once something else is to be saved (G2, N18).
    pub fn save_key(&self, save: &SaveTrial) -> Key {
        let mut sending = self.sending();
        match &sending.save {
            Some((of, key)) if of == save => key.clone(),
            _ => {
                let key = Key::new();
                sending.save = Some((save.clone(), key.clone()));
                key
            }
        }
    }

    fn sending(&self) -> std::sync::MutexGuard<'_, Sending> {
        // Nothing panics while it holds the lock, and there is one thread.
        self.sending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
