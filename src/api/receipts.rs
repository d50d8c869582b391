//! Receipts of answers (X16).

use contract::endpoints;
use contract::receipts::{CheckReceipt, CheckedReceipt, ReceiptAnswer};
use rules::ids::TrialId;

use super::{Failure, Key, act, read};

/// The receipt of the answer to a request.
///
/// # Errors
/// `NotFound` where there is none, or none that the reader may have.
pub async fn receipt_view(request: &TrialId) -> Result<ReceiptAnswer, Failure> {
    read(&endpoints::RECEIPT, endpoints::RECEIPT.with(request.as_str())).await
}

/// Whether a file is a receipt of this deployment, and unchanged.
///
/// # Errors
/// When the backend cannot be reached, or the file is larger than any receipt.
pub async fn receipt_check(file: String) -> Result<CheckedReceipt, Failure> {
    act(&endpoints::RECEIPT_CHECK, &CheckReceipt { file }, &Key::new()).await
}
