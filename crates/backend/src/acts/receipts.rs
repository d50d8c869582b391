//! Receipts of answers to requests: downloading one, and checking a file (X16).

use contract::error::ApiError;
use contract::receipts::{CheckReceipt, CheckedReceipt, ReceiptAnswer};
use rules::ids::TrialId;
use rules::people::{Right, Role, may};

use super::acting::Present;
use super::seeing::require_customer;
use crate::call::{Answer, Call, Failure};
use crate::consent::{self, Signer};
use crate::organisations::Loaded;
use crate::records::CONSENTS;

/// The receipt of an answer: for the partner whose request it was, where its people may download
/// and see the customer (P2, P8), and for the administrators of the organisation (P5).
pub(crate) async fn receipt(call: Call, (): ()) -> Result<Answer<ReceiptAnswer>, Failure> {
    let present = Present::of(&call, Loaded::of_trial(call.store(), &call.parameter).await?).await?;
    let organisation = &present.organisation;
    let trial = organisation.trial(&TrialId(call.parameter.clone())).ok_or(ApiError::NotFound)?;
    let actor = &call.signed()?.actor;
    match &actor.person.role {
        // Whoever converts a trial for its partner sees the trial and no more of it (C2).
        Role::Partner { partner, .. } if *partner == trial.partner => {
            require_customer(&call, organisation)?;
            may(Right::Download, actor).require().map_err(ApiError::from)?;
        }
        Role::Customer { organisation: own, .. } if *own == organisation.id => {
            may(Right::SeeHub, actor).require().map_err(ApiError::from)?;
        }
        Role::Partner { .. } | Role::Customer { .. } | Role::TrialsTeam => {
            return Err(Failure::Api(ApiError::NotFound));
        }
    }
    let found = CONSENTS.get(call.store(), &call.parameter).await?.ok_or(ApiError::NotFound)?;
    let signed = found.value;
    Ok(Answer::of(&ReceiptAnswer {
        name: format!("consent-receipt-{}.json", call.parameter),
        file: signed.file(),
        fingerprint: consent::fingerprint(&signed.key),
        receipt: signed.receipt,
    }))
}

/// Says whether a file is a receipt of this deployment, and unchanged. Nothing is stored, and so
/// repeating it needs no receipt of its own.
pub(crate) async fn check(call: Call, asked: CheckReceipt) -> Result<Answer<CheckedReceipt>, Failure> {
    let signer = Signer::of(call.store(), call.backend.environment.as_ref()).await?;
    Ok(Answer::of(&consent::check(asked.file.as_bytes(), &signer.public())))
}
