//! Receipts of answers: what they hold, that each is stored with its answer, and that every changed
//! byte shows (X16).

use contract::endpoints;
use contract::error::ApiError;
use contract::receipts::{
    CheckReceipt, CheckedReceipt, RECEIPT_FILE_MAX, ReceiptAnswer, ReceiptVerdict, SignedReceipt,
};
use contract::trials::{SaveTrial, Started, Target};
use futures_executor::block_on;
use rules::consent::{Answered, DeclineReason, WORDS_MAX};
use rules::people::Language;
use rules::service::Service;
use rules::trial::State;
use rules::verdict::RuleId;
use words::consent::{VERSION, statement};

use super::cast::{
    Asked, STORM, STORM_REQUEST, ZOE, accepted, answer, competitor, organisation, state, storm_runs, to_ask, to_save,
};
use super::faults::survives;
use super::{ANNA, INGRID, JOOST, KIM, LENA, MEHMET, PIET, RUTH, SANNE, TOM, World};
use crate::consent::{self, Signer, check, fingerprint};
use crate::records::{CONSENTS, KEYS, TRIALS};
use crate::store::{Commit, Store, TableName};

const BOTH: [Service; 2] = [Service::Messaging, Service::Meetings];

fn receipt(world: &World, person: &str) -> Result<ReceiptAnswer, ApiError> {
    world.ask(endpoints::RECEIPT, person, STORM_REQUEST, &())
}

fn checked(world: &World, person: &str, file: &str) -> CheckedReceipt {
    world.ask(endpoints::RECEIPT_CHECK, person, "", &CheckReceipt { file: file.to_owned() }).expect("an answer")
}

fn accept(world: &World) -> Asked {
    answer(world, SANNE, STORM_REQUEST, accepted(&BOTH[..1], true)).expect("a preview")
}

fn declined(note: &str) -> Answered {
    Answered::Declined { reason: DeclineReason::Other, note: note.to_owned() }
}

/// The public key of a world's receipts.
fn key(world: &World) -> String {
    block_on(Signer::of(world.memory.as_ref(), &*world.clock)).expect("a key").public()
}

/// How many records a table has.
fn count(world: &World, table: TableName) -> usize {
    world.memory.everything().keys().filter(|(each, _)| *each == table).count()
}

/// A world whose deployment has never signed anything.
fn without_key() -> World {
    let world = World::new();
    let mut commit = Commit::default();
    commit.delete(&KEYS, "receipts");
    block_on(world.memory.commit(commit)).expect("no fault");
    assert_eq!(count(&world, TableName::Keys), 0);
    world
}

#[test]
fn a_receipt_holds_the_exact_text_the_answer_who_and_when_x16_x6() {
    let world = World::new();
    assert_eq!(receipt(&world, SANNE), Err(ApiError::NotFound), "there is no answer yet");
    accept(&world).done(&world);
    let got = receipt(&world, ANNA).expect("a receipt");
    let told = &got.receipt;
    let storm = organisation(&world, STORM);
    let trial = storm.trial(&STORM_REQUEST.into()).expect("a trial");
    let request = trial.request.as_ref().expect("a request");
    let asking = consent::asking(&storm, trial, request, "Noordzee Telecom").expect("it was sent");
    // The tests answer in Dutch.
    assert_eq!(told.shown.sentences, statement(Language::Nl, &asking).sentences());
    assert_eq!((told.shown.language, told.shown.version), (Language::Nl, VERSION));
    assert_eq!(told.answer, accepted(&BOTH[..1], true));
    assert_eq!(told.phrase, request.phrase);
    let by = &told.answered_by;
    assert_eq!((by.id.as_str(), &*by.name, &*by.email), (SANNE, "Sanne Visser", "ict@rederijstorm.example"));
    assert_eq!((told.answered, told.sent), (world.now(), request.sendings[0].at));
    assert_eq!((&*told.asked_by, &*told.partner_name), ("Anna de Vries", "Noordzee Telecom"));
    assert_eq!((&*told.organisation_name, &*told.issued_by), ("Rederij Storm", "https://proef.example"));
    let said = told.answer_in_words.join(" ");
    for part in ["Sanne Visser", "Aanvaard: Berichten.", "Niet aanvaard: Vergaderingen.", "is aangevinkt"] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    assert_eq!(got.name, "consent-receipt-customer-025-1.json");
    assert_eq!(checked(&world, TOM, &got.file).receipt.as_ref(), Some(told));
}

#[test]
fn each_side_downloads_the_same_receipt_and_nobody_else_any_x16_p2_p5_p8() {
    let world = World::new();
    competitor(&world);
    storm_runs(&world, true);
    let file = receipt(&world, SANNE).expect("a receipt").file;
    for person in [ANNA, LENA, SANNE, JOOST, KIM] {
        assert_eq!(receipt(&world, person).map(|got| got.file).as_ref(), Ok(&file), "{person}");
    }
    for person in [INGRID, ZOE, MEHMET] {
        assert_eq!(receipt(&world, person), Err(ApiError::NotFound), "{person}");
    }
    for person in [PIET, TOM, RUTH] {
        let Err(ApiError::Refused { refusal, .. }) = receipt(&world, person) else { panic!("{person}") };
        assert_eq!(refusal.rule, RuleId::P2, "{person}");
    }
    // The distributor that converts a trial sees the trial, and not how it came to be (C2).
    assert_eq!(receipt(&world, "nobody"), Err(ApiError::NotSignedIn));
}

#[test]
fn who_declines_gives_no_address_away_that_was_not_typed_x16_x1() {
    let world = World::new();
    let said = |by: &str| {
        let world = World::new();
        answer(&world, by, STORM_REQUEST, declined("Nee")).expect("a preview").done(&world);
        receipt(&world, ANNA).expect("a receipt")
    };
    assert_eq!(said(JOOST).receipt.answered_by.email, "j•••@rederijstorm.example");
    assert_eq!(said(SANNE).receipt.answered_by.email, "ict@rederijstorm.example", "Anna typed it");
    let words = said(JOOST).receipt.answer_in_words.join(" ");
    assert!(words.contains("Joost de Boer") && words.contains("Nee"), "{words}");
    assert_eq!(count(&world, TableName::Consents), count(&World::new(), TableName::Consents));
}

#[test]
fn whichever_byte_of_a_receipt_is_changed_it_shows_x16() {
    let world = World::new();
    accept(&world).done(&world);
    let (file, key) = (receipt(&world, SANNE).expect("a receipt").file, key(&world));
    assert_eq!(check(file.as_bytes(), &key).verdict, ReceiptVerdict::Genuine);
    for place in 0..file.len() {
        // Another bit, another case, no text at all, and a blank.
        for mask in [0x01, 0x20, 0x80, file.as_bytes()[place] ^ b' '] {
            let mut bytes = file.clone().into_bytes();
            bytes[place] ^= mask;
            if mask != 0 {
                let found = check(&bytes, &key);
                let near = String::from_utf8_lossy(&bytes[place.saturating_sub(20)..]).into_owned();
                let near: String = near.chars().take(40).collect();
                assert_eq!((found.verdict, found.receipt), (ReceiptVerdict::Changed, None), "{place}: {near}");
            }
        }
        let mut without = file.clone().into_bytes();
        let byte = without.remove(place);
        assert_eq!(check(&without, &key).verdict, ReceiptVerdict::Changed, "without the byte at {place}");
        without.splice(place..place, [byte, byte]);
        assert_eq!(check(&without, &key).verdict, ReceiptVerdict::Changed, "with the byte at {place} twice");
    }
}

#[test]
fn a_receipt_of_another_deployment_is_told_as_that_x16() {
    let (world, other) = (World::new(), without_key());
    for each in [&world, &other] {
        accept(each).done(each);
    }
    let (own, foreign) = (receipt(&world, SANNE).expect("one").file, receipt(&other, SANNE).expect("one").file);
    assert_ne!(key(&world), key(&other));
    let found = checked(&world, ANNA, &foreign);
    let wanted = (ReceiptVerdict::AnotherKey, None, Some(fingerprint(&key(&other))));
    assert_eq!((found.verdict, found.receipt, found.fingerprint), wanted);
    // With the own key beside the other's signature it is no receipt of either.
    let read = |file: &str| SignedReceipt::read(file).expect("a receipt");
    let mixed = SignedReceipt { key: read(&own).key, ..read(&foreign) }.file();
    assert_eq!(checked(&world, ANNA, &mixed).verdict, ReceiptVerdict::Changed);
    for nothing in ["", "\n", "null", "{}", "{\"receipt\": 1}", "Dear Sir"] {
        assert_eq!(checked(&world, ANNA, nothing).verdict, ReceiptVerdict::NotAReceipt, "{nothing}");
    }
}

#[test]
fn checking_a_file_stores_nothing_x16() {
    let world = World::new();
    accept(&world).done(&world);
    let file = receipt(&world, SANNE).expect("a receipt").file;
    let before = world.memory.everything();
    for text in [&*file, "Dear Sir"] {
        checked(&world, SANNE, text);
    }
    assert_eq!(world.memory.everything(), before);
}

#[test]
fn the_key_is_made_with_the_first_answer_and_an_answer_is_stored_with_its_receipt_or_not_at_all_x16_g2() {
    let world = without_key();
    world.ask(endpoints::SIGN_OUT, "visitor", "", &()).expect("out");
    let calls = survives(&world, &[STORM], &accept(&world));
    assert!(calls >= 4, "{calls}");
    let receipts = count(&world, TableName::Consents);
    accept(&world).done(&world);
    assert_eq!((count(&world, TableName::Keys), count(&world, TableName::Consents)), (1, receipts + 1));
}

#[test]
fn whoever_makes_the_key_second_signs_with_the_first_ones_x16() {
    let world = without_key();
    let mut second = Commit::default();
    let (first, late) = (key_of(&world), key_of(&world));
    first.put(&mut second);
    first.expect(&mut second);
    block_on(world.memory.commit(second)).expect("no fault");
    let mut conflict = Commit::default();
    late.expect(&mut conflict);
    late.put(&mut conflict);
    let outcome = block_on(world.memory.commit(conflict)).expect("no fault");
    assert_eq!(outcome, crate::store::Outcome::Conflict);
    accept(&world).done(&world);
    let signed = SignedReceipt::read(&receipt(&world, SANNE).expect("a receipt").file).expect("a receipt");
    assert_eq!(signed.key, first.public());
    assert_ne!(first.public(), late.public());
}

fn key_of(world: &World) -> Signer {
    block_on(Signer::of(world.memory.as_ref(), &*world.clock)).expect("a key")
}

#[test]
fn the_key_outlives_a_reset_and_receipts_of_before_can_still_be_checked_x16_g6() {
    let world = World::new();
    accept(&world).done(&world);
    let (file, before) = (receipt(&world, SANNE).expect("a receipt").file, key(&world));
    world.ask(endpoints::RESET, SANNE, "", &()).expect("made anew");
    assert_eq!(key(&world), before);
    assert_eq!(receipt(&world, SANNE), Err(ApiError::NotFound), "nobody has answered in the fresh data");
    assert_eq!(checked(&world, SANNE, &file).verdict, ReceiptVerdict::Genuine);
    world.ask(endpoints::RESET, SANNE, "", &()).expect("made anew");
    assert_eq!(key(&world), before, "and another one");
}

#[test]
fn every_answer_of_the_demonstration_data_has_its_receipt_x16_g6() {
    let world = World::new();
    let key = key(&world);
    let mut answers = 0;
    for (trial, _) in block_on(TRIALS.list(world.memory.as_ref(), "")).expect("no fault") {
        let kept = block_on(CONSENTS.get(world.memory.as_ref(), &trial)).expect("no fault");
        let answered = super::cast::trial(&world, &trial).request.and_then(|request| request.answer);
        assert_eq!(kept.is_some(), answered.is_some(), "{trial}");
        if let (Some(kept), Some(answer)) = (kept, answered) {
            let found = check(kept.value.file().as_bytes(), &key);
            assert_eq!(found.verdict, ReceiptVerdict::Genuine, "{trial}");
            assert_eq!(found.receipt.expect("it").answer, answer.what, "{trial}");
            answers += 1;
        }
    }
    assert!(answers >= 2, "{answers}");
}

#[test]
fn an_answer_from_before_receipts_were_kept_has_none_x16() {
    let world = World::new();
    accept(&world).done(&world);
    let mut commit = Commit::default();
    commit.delete(&CONSENTS, STORM_REQUEST);
    block_on(world.memory.commit(commit)).expect("no fault");
    for person in [ANNA, SANNE] {
        assert_eq!(receipt(&world, person), Err(ApiError::NotFound), "{person}");
    }
    assert_eq!(state(&world, STORM_REQUEST), State::Awaiting);
}

#[test]
fn a_key_that_cannot_be_read_stops_the_answer_and_stores_nothing_x16() {
    let world = World::new();
    let asked = accept(&world);
    let record = crate::store::Put {
        table: TableName::Keys,
        key: "receipts".to_owned(),
        json: "{\"secret\":\"ff\"}".to_owned(),
    };
    block_on(world.memory.commit(Commit { put: vec![record], ..Commit::default() })).expect("no fault");
    let before = world.memory.everything();
    assert_eq!(asked.reply(&world).status, 503);
    let upkeep = |records: &crate::store::Records| super::faults::stored(records);
    assert_eq!(upkeep(&world.memory.everything()), upkeep(&before));
}

#[test]
fn a_receipt_of_a_request_by_a_partner_without_access_is_that_partners_x16_p8() {
    let world = World::new();
    competitor(&world);
    let tom = "tom.bos@rederijstorm.example";
    let asked: contract::trials::Started =
        to_ask(&world, ZOE, "d1", tom, &[Service::Calling]).expect("a preview").answer(&world).expect("sent");
    answer(&world, SANNE, asked.trial.as_str(), declined("Geen behoefte")).expect("a preview").done(&world);
    let got: ReceiptAnswer = world.ask(endpoints::RECEIPT, ZOE, asked.trial.as_str(), &()).expect("her receipt");
    assert_eq!(got.receipt.answered_by.email, "i•••@rederijstorm.example");
    assert!(!got.file.contains("Noordzee"), "{}", got.file);
    let others = world.ask(endpoints::RECEIPT, ANNA, asked.trial.as_str(), &());
    assert_eq!(others.map(drop), Err(ApiError::NotFound));
}

#[test]
fn a_receipt_of_each_form_is_kept_as_it_was_first_issued_x16() {
    let world = World::new();
    accept(&world).done(&world);
    let issued = receipt(&world, SANNE).expect("a receipt").file;
    let name = format!("tests/receipts/{}.json", contract::receipts::RECEIPT_FORMAT);
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if !file.exists() && std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &issued).expect("it can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let kept =
        SignedReceipt::read(&kept).expect("raise RECEIPT_FORMAT, keep reading the old one, and run with UPDATE=1");
    assert_eq!(check(kept.file().as_bytes(), &kept.key).verdict, ReceiptVerdict::Genuine);
}

#[test]
fn no_receipt_is_larger_than_what_is_read_of_a_file_x16() {
    let world = World::new();
    competitor(&world);
    let services = [Service::Calling, Service::Devices];
    let asked = to_ask(&world, ZOE, "d1", "ict@rederijstorm.example", &services).expect("a preview");
    let SaveTrial { draft, target, .. } = serde_json::from_str(&asked.body).expect("a body");
    let Target::Ask { organisation, full_access, .. } = target else { panic!("no request") };
    let longest = "\u{1F6DF}".repeat(WORDS_MAX);
    let target = Target::Ask { organisation, full_access, words: longest.clone() };
    let sent: Started = to_save(&world, ZOE, "d2", &draft, &target).expect("it").answer(&world).expect("sent");
    answer(&world, SANNE, sent.trial.as_str(), declined(&longest)).expect("a preview").done(&world);
    let got = world.ask(endpoints::RECEIPT, SANNE, sent.trial.as_str(), &()).expect("a receipt");
    assert!(got.file.matches(&longest).count() >= 2, "it holds the words and the note");
    assert!(got.file.len() * 3 / 2 < RECEIPT_FILE_MAX, "{} bytes", got.file.len());
    let largest = "\"".repeat(RECEIPT_FILE_MAX);
    assert_eq!(checked(&world, SANNE, &largest).verdict, ReceiptVerdict::NotAReceipt, "it still arrives");
}
