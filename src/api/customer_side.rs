//! What the customer's side asks: its hub, the requests to it, and the partners' access.

use contract::endpoints;
use contract::hub::AccessAct;
use contract::requests::{AnswerRequest, OpenRequest, RequestDetail};
use contract::trials::{ActDone, ActPreview, Order};
use rules::ids::{PartnerId, TrialId};

use super::send::{Call, send};
use super::{Failure, Key, act, act_from, parsed, read, written};

/// A request to the own organisation (X6).
///
/// # Errors
/// `Refused` for everybody else, `NotFound` where there is none (X7).
pub async fn request_view(id: &TrialId) -> Result<RequestDetail, Failure> {
    read(&endpoints::REQUEST, endpoints::REQUEST.with(id.as_str())).await
}

/// Opens a request by the secret of its link, which travels in the body (X7).
///
/// # Errors
/// As [`request_view`].
pub async fn request_open(secret: &str) -> Result<RequestDetail, Failure> {
    act(&endpoints::REQUEST_OPEN, &OpenRequest { token: secret.to_owned() }, &Key::new()).await
}

/// What answering a request would bring (E6).
///
/// # Errors
/// `Refused` when it cannot be answered like that, or not any more (X15).
pub async fn answer_preview(id: &TrialId, answer: &AnswerRequest) -> Result<ActPreview, Failure> {
    let path = endpoints::ANSWER_PREVIEW.with(id.as_str());
    parsed(&send(Call::act(endpoints::ANSWER_PREVIEW.method, path, written(answer)?, &Key::new())).await?)
}

/// Answers a request as it was previewed (X9). The caller keeps the key for as long as the same
/// answer is to be given.
///
/// # Errors
/// As [`answer_preview`]; `Stale` or `OutOfDate` when it is another one by now.
pub async fn request_answer(id: &TrialId, answer: &AnswerRequest, version: u64, key: &Key) -> Result<ActDone, Failure> {
    act_from(&endpoints::ANSWER, id.as_str(), answer, version, key).await
}

/// What changing a partner's access would bring (H3).
///
/// # Errors
/// `Refused` for those who do not decide for the organisation (P5).
pub async fn access_preview(change: &AccessAct) -> Result<ActPreview, Failure> {
    let order = Order { act: change.clone(), digest: String::new() };
    act(&endpoints::HUB_PARTNERS_PREVIEW, &order, &Key::new()).await
}

/// Changes a partner's access as it was previewed (H3).
///
/// # Errors
/// As [`access_preview`]; `Stale` or `OutOfDate` when it would bring something else by now.
pub async fn access_set(change: &AccessAct, preview: &ActPreview, key: &Key) -> Result<ActDone, Failure> {
    let order = Order { act: change.clone(), digest: preview.digest.clone() };
    act_from(&endpoints::HUB_PARTNERS, "", &order, preview.version, key).await
}

/// Lets a blocked partner ask again (H4).
///
/// # Errors
/// As [`access_preview`].
pub async fn partner_unblock(partner: &PartnerId, key: &Key) -> Result<ActDone, Failure> {
    let path = endpoints::HUB_UNBLOCK.with(partner.as_str());
    parsed(&send(Call::act(endpoints::HUB_UNBLOCK.method, path, None, key)).await?)
}
