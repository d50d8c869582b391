//! What a partner asks of the backend about its requests and trials: looking at what
//! an act would bring, doing it, and sending a request again (X13, E6).

use contract::endpoints;
use contract::trials::{ActDone, ActPreview, Order, Preview, StartPreview, Target, TrialAct};
use rules::draft::TrialDraft;
use rules::ids::{DraftId, TrialId};

use super::send::{Call, send};
use super::{Failure, Key, act, act_from, parsed, written};

/// What saving a draft would bring, or sending it as a request (N15, X3).
///
/// # Errors
/// `Invalid` with the problems of the draft, `Refused` where it cannot be asked.
pub async fn trial_preview(draft_id: &DraftId, draft: TrialDraft, target: Target) -> Result<StartPreview, Failure> {
    act(&endpoints::TRIALS_PREVIEW, &Preview { draft_id: draft_id.clone(), draft, target }, &Key::new()).await
}

/// What an act on a trial would bring (E6).
///
/// # Errors
/// `Refused` where it may not be done, `NotFound` when the trial is not to be seen.
pub async fn trial_act_preview(trial: &TrialId, act: TrialAct) -> Result<ActPreview, Failure> {
    let endpoint = endpoints::ACT_PREVIEW;
    let order = written(&Order { act, digest: String::new() })?;
    parsed(&send(Call::act(endpoint.method, endpoint.with(trial.as_str()), order, &Key::new())).await?)
}

/// Does something with a trial as it was previewed. The caller keeps the key for as
/// long as the same is meant (G2).
///
/// # Errors
/// `Stale` or `OutOfDate` when it would bring something else by now.
pub async fn trial_act(trial: &TrialId, act: TrialAct, of: &ActPreview, key: &Key) -> Result<ActDone, Failure> {
    let order = Order { act, digest: of.digest.clone() };
    act_from(&endpoints::ACT, trial.as_str(), &order, of.version, key).await
}

/// Sends the consent mail of a request again (X13). The caller keeps the key for as
/// long as the same sending is meant.
///
/// # Errors
/// `TooMany` with the time to wait.
pub async fn request_resend(trial: &TrialId, key: &Key) -> Result<ActDone, Failure> {
    let endpoint = endpoints::RESEND;
    parsed(&send(Call::act(endpoint.method, endpoint.with(trial.as_str()), None, key)).await?)
}
