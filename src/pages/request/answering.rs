//! Giving an answer: previewed, then given as it was previewed (E6), once by whatever number of
//! tries (G2).

use contract::requests::AnswerRequest;
use contract::trials::ActPreview;
use leptos::prelude::*;
use rules::consent::Answered;
use rules::ids::TrialId;
use words::Language;

use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;

/// What answering a request needs.
#[derive(Clone, Copy)]
pub struct Answering {
    id: StoredValue<TrialId>,
    key: StoredValue<Option<(AnswerRequest, Key)>>,
    /// Told `None` once it is answered, or why it cannot be.
    done: Callback<Option<String>>,
    language: Language,
    /// Whether an answer is on its way.
    pub busy: RwSignal<bool>,
}

impl Answering {
    /// Answers a request in the reader's language; `done` is told how it went.
    pub fn of(id: TrialId, language: Language, done: Callback<Option<String>>) -> Answering {
        Answering { id: StoredValue::new(id), key: StoredValue::new(None), done, language, busy: RwSignal::new(false) }
    }

    /// What an answer would bring. What the backend refuses ends the answering: the request is
    /// another one by now, and is shown as it stands (X4, X15). Every other failure comes back.
    pub async fn preview(self, what: Answered) -> Option<Result<ActPreview, Failure>> {
        let order = AnswerRequest { answer: what, language: self.language, digest: String::new() };
        let told = api::answer_preview(&self.id.get_value(), &order).await;
        self.unless_refused(told)
    }

    /// Gives the answer, as it was shown. The same answer keeps its key, so that trying again gives
    /// it once; once it is out of date, another one is meant (E6).
    pub async fn answer(self, what: Answered, shown: &ActPreview) -> Option<Failure> {
        let order = AnswerRequest { answer: what, language: self.language, digest: shown.digest.clone() };
        let kept = self.key.get_value().filter(|(of, _)| *of == order).map(|(_, key)| key);
        let key = kept.unwrap_or_default();
        self.key.set_value(Some((order.clone(), key.clone())));
        let told = api::request_answer(&self.id.get_value(), &order, shown.version, &key).await;
        match self.unless_refused(told)? {
            Ok(_) => {
                self.done.run(None);
                None
            }
            Err(failure) => {
                if failure.is_out_of_date() {
                    self.key.set_value(None);
                }
                Some(failure)
            }
        }
    }

    fn unless_refused<T>(self, told: Result<T, Failure>) -> Option<Result<T, Failure>> {
        match told {
            Err(failure) if failure.is_final() => {
                self.done.run(Some(failed_in_full(self.language, &failure)));
                None
            }
            told => Some(told),
        }
    }
}
