//! Receipts of answers: what stands in them, for whom they are, and that they show every change (X16).

use rules::consent::{Answered, DeclineReason};
use rules::people::Language;
use rules::service::Service;
use rules::verdict::{Because, RuleId};

use crate::conformance::cast::{ANNA, INGRID, JOOST, KIM, LENA, MEHMET, PIET, SANNE, SANNES_ADDRESS, TOM};
use crate::conformance::check::{Outcome, fails, refused, require, same, there};
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::receipts::{CheckReceipt, CheckedReceipt, ReceiptAnswer, ReceiptVerdict, SignedReceipt};
use crate::requests::AnswerRequest;
use crate::trials::ActPreview;

pub(super) const CASES: &[Case] = cases![
    an_answer_has_a_receipt_of_what_was_shown_and_answered_x16_x6,
    a_receipt_is_for_its_two_sides_alone_x16_p2_p8,
    every_change_of_a_receipt_is_told_x16,
    a_receipt_can_still_be_checked_after_the_data_were_made_anew_x16_g6,
    of_two_answers_at_once_one_has_the_receipt_x15_x16,
];

fn receipt(client: &Client<'_>, who: &str, request: &str) -> Result<ReceiptAnswer, Failure> {
    client.ask(&endpoints::RECEIPT, who, request, &())
}

fn check(client: &Client<'_>, who: &str, file: &str) -> Result<CheckedReceipt, Failure> {
    client.ask(&endpoints::RECEIPT_CHECK, who, "", &CheckReceipt { file: file.to_owned() })
}

/// Sanne accepts a part of what was asked of Rederij Storm.
fn accepted(client: &Client<'_>) -> Result<ReceiptAnswer, Failure> {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, false, &[Service::Messaging])?;
    receipt(client, SANNE, request.id.as_str())
}

fn an_answer_has_a_receipt_of_what_was_shown_and_answered_x16_x6(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    fails(receipt(client, SANNE, request.id.as_str()), ApiError::NotFound)?;
    client.accept(SANNE, &request.id, false, &[Service::Messaging])?;
    let got = receipt(client, SANNE, request.id.as_str())?;
    let told = &got.receipt;
    same("the request", (&told.request, &told.organisation), (&request.id, &request.organisation))?;
    same("the organisation's name", &told.organisation_name, &request.organisation_name)?;
    same("who asked", (&told.partner_name, &told.asked_by), (&request.partner, &request.person))?;
    same("when", (told.sent, told.answer_by), (request.sent, request.answer_by))?;
    same("the phrase", &told.phrase, &request.phrase)?;
    let services = [Service::Messaging].into();
    same("the answer", &told.answer, &Answered::Accepted { full_access: false, services })?;
    let by = (told.answered_by.id.as_str(), told.answered_by.name.as_str(), told.answered_by.email.as_str());
    same("who answered", by, (SANNE, "Sanne Visser", SANNES_ADDRESS))?;
    same("the language", told.shown.language, Language::En)?;
    let shown = told.shown.sentences.join("\n");
    for said in [&request.organisation_name, &request.partner, &request.person, &request.phrase] {
        require(shown.contains(said.as_str()), || format!("the text does not say {said}: {shown}"))?;
    }
    require(!told.answer_in_words.is_empty(), || "the answer is not told in words".to_owned())?;
    same("the file", SignedReceipt::read(&got.file).map(|signed| signed.receipt), Some(told.clone()))?;
    let checked = check(client, ANNA, &got.file)?;
    same("what it is", checked.verdict, ReceiptVerdict::Genuine)?;
    same("its fingerprint", checked.fingerprint, Some(got.fingerprint))?;
    same("what stands in it", checked.receipt, Some(got.receipt))
}

fn a_receipt_is_for_its_two_sides_alone_x16_p2_p8(client: &Client<'_>) -> Outcome {
    let got = accepted(client)?;
    let request = got.receipt.request.as_str();
    for who in [ANNA, LENA, SANNE, JOOST, KIM] {
        same(&format!("the file for {who}"), receipt(client, who, request)?.file, got.file.clone())?;
    }
    refused(receipt(client, PIET, request), RuleId::P2, Because::RoleCannotDownload)?;
    refused(receipt(client, TOM, request), RuleId::P2, Because::OnlyForPartners)?;
    // A competing partner, and who does not look after the customer, find nothing there.
    for who in [INGRID, MEHMET] {
        fails(receipt(client, who, request), ApiError::NotFound)?;
    }
    fails(receipt(client, SANNE, "no-such-request"), ApiError::NotFound)?;
    // Everybody of either side may check one that they were shown.
    for who in [PIET, INGRID, TOM] {
        same(&format!("checked by {who}"), check(client, who, &got.file)?.verdict, ReceiptVerdict::Genuine)?;
    }
    Ok(())
}

fn every_change_of_a_receipt_is_told_x16(client: &Client<'_>) -> Outcome {
    let file = accepted(client)?.file;
    let signed = there("the receipt", SignedReceipt::read(&file))?;
    let mut words = signed.clone();
    words.receipt.answer_in_words.pop();
    let changes = [
        format!("{file} "),
        file.trim_end().to_owned(),
        file.replacen("  \"", "\t\"", 1),
        file.replacen("\"full_access\": false", "\"full_access\": true", 1),
        file.replacen(&signed.receipt.phrase, "another phrase now", 1),
        file.replacen(&signed.key[..1], "x", 1),
        words.file(),
        SignedReceipt { signature: "0".repeat(128), ..signed.clone() }.file(),
        SignedReceipt { key: "0".repeat(64), ..signed.clone() }.file(),
        SignedReceipt { key: signed.key.to_uppercase(), ..signed }.file(),
    ];
    for changed in changes {
        require(changed != file, || "nothing was changed".to_owned())?;
        let checked = check(client, SANNE, &changed)?;
        let wanted = (ReceiptVerdict::Changed, None);
        same(&format!("what {changed} is"), (checked.verdict, checked.receipt), wanted)?;
    }
    for nothing in ["", "{}", "Dear Sir", "[1, 2]"] {
        same(nothing, check(client, SANNE, nothing)?.verdict, ReceiptVerdict::NotAReceipt)?;
    }
    Ok(())
}

fn a_receipt_can_still_be_checked_after_the_data_were_made_anew_x16_g6(client: &Client<'_>) -> Outcome {
    let got = accepted(client)?;
    client.reset()?;
    let request = got.receipt.request.as_str();
    fails(receipt(client, SANNE, request), ApiError::NotFound)?;
    let checked = check(client, SANNE, &got.file)?;
    same("what it is", (checked.verdict, checked.receipt), (ReceiptVerdict::Genuine, Some(got.receipt.clone())))?;
    same("the key of the next one", accepted(client)?.fingerprint, got.fingerprint)
}

fn of_two_answers_at_once_one_has_the_receipt_x15_x16(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let declined = Answered::Declined { reason: DeclineReason::NotNeeded, note: String::new() };
    let all = Answered::Accepted { full_access: true, services: request.asked.services().into_iter().collect() };
    let mut requests = Vec::new();
    for (who, answer) in [(SANNE, &all), (JOOST, &declined)] {
        let mut asked = AnswerRequest { answer: answer.clone(), language: Language::En, digest: String::new() };
        let shown: ActPreview = client.ask(&endpoints::ANSWER_PREVIEW, who, request.id.as_str(), &asked)?;
        asked.digest = shown.digest;
        let version = crate::etag(shown.version);
        let made_from = [(crate::IF_MATCH, version.as_str())];
        requests.push(client.request(&endpoints::ANSWER, who, request.id.as_str(), &asked, &made_from));
    }
    let mut done = Vec::new();
    for reply in client.at_once(&requests) {
        done.push(reply?.status == 200);
    }
    same("how many went through", done.iter().filter(|done| **done).count(), 1)?;
    let told = receipt(client, KIM, request.id.as_str())?.receipt;
    let wanted = if done[0] { (SANNE, &all) } else { (JOOST, &declined) };
    same("whose answer it is of", (told.answered_by.id.as_str(), &told.answer), wanted)
}
