//! Receipts of answers to requests (X16): each is made and signed in the commit that stores the
//! answer, so there is no answer without its receipt and no receipt without its answer.
//!
//! Ed25519 signs and checks without dice, which a receipt that is made again by a retry needs, and
//! its keys and signatures are short enough to be read aloud. The key is the deployment's own: made
//! once, from the environment's dice, and kept in the store.

use contract::receipts::{
    AnsweringPerson, CheckedReceipt, RECEIPT_FORMAT, Receipt, ReceiptVerdict, ShownText, SignedReceipt,
};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use rules::change::{Change, Part};
use rules::clock::Day;
use rules::consent::{Answer, Answered, Request, answer_by};
use rules::organisation::{Organisation, masked};
use rules::trial::Trial;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use words::answer::{Answering, in_words};
use words::consent::{Asking, VERSION, statement};

use crate::environment::Environment;
use crate::organisations::{Signed, Writing};
use crate::receipts::hex;
use crate::records::{CONSENTS, KEYS};
use crate::store::{Commit, Fault, Store};

/// Under which key of its table the key of receipts is kept.
const KEY: &str = "receipts";

/// Hexadecimal digits of a fingerprint: 64 bits, to be compared by eye.
const FINGERPRINT_DIGITS: usize = 16;

/// A key as it is stored: the 32 bytes of its secret, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct StoredKey {
    secret: String,
}

/// The deployment's key of receipts.
pub(crate) struct Signer {
    key: SigningKey,
    /// The version of its record; `None` while it is not stored.
    version: Option<u64>,
}

impl Signer {
    /// The key of a store, or a new one that is stored with the first receipt. Of two that are
    /// made at once the one that is stored first counts: the other commit conflicts, and its act is
    /// decided anew, with the first one's key.
    pub(crate) async fn of(store: &dyn Store, environment: &dyn Environment) -> Result<Signer, Fault> {
        let Some(found) = KEYS.get(store, KEY).await? else {
            let mut secret = [0; 32];
            environment.random(&mut secret);
            return Ok(Signer { key: SigningKey::from_bytes(&secret), version: None });
        };
        let secret = bytes::<32>(&found.value.secret);
        let secret = secret.ok_or_else(|| Fault::Failed("the key of receipts cannot be read".to_owned()))?;
        Ok(Signer { key: SigningKey::from_bytes(&secret), version: Some(found.version) })
    }

    /// The key, if one of some changes answers a request; few do.
    pub(crate) async fn for_changes(
        store: &dyn Store,
        environment: &dyn Environment,
        changes: &[Signed],
    ) -> Result<Option<Signer>, Fault> {
        match changes.iter().any(|(change, _)| answered(change).is_some()) {
            true => Signer::of(store, environment).await.map(Some),
            false => Ok(None),
        }
    }

    /// Lets a commit hold the key by which its receipts are signed: as it was, or made with them.
    fn hold(&self, commit: &mut Commit) {
        // Demonstration data put the key themselves, and may hold many receipts.
        if commit.clear || commit.expect.iter().any(|each| each.table == KEYS.name) {
            return;
        }
        self.expect(commit);
        if self.version.is_none() {
            self.put(commit);
        }
    }

    /// Lets a commit expect that the key is as it was.
    pub(crate) fn expect(&self, commit: &mut Commit) {
        commit.expect(&KEYS, KEY, self.version);
    }

    /// Puts the key: into a commit that makes it, or that throws everything away, so that receipts
    /// of before can still be checked afterwards.
    pub(crate) fn put(&self, commit: &mut Commit) {
        commit.put(&KEYS, KEY, &StoredKey { secret: hex(self.key.as_bytes()) });
    }

    /// The public half, in hexadecimal.
    pub(crate) fn public(&self) -> String {
        hex(self.key.verifying_key().as_bytes())
    }

    fn sign(&self, receipt: Receipt) -> SignedReceipt {
        let signature = self.key.sign(receipt.canonical().as_bytes());
        SignedReceipt { receipt, key: self.public(), signature: hex(&signature.to_bytes()) }
    }
}

/// Adds the receipt of a change that answers a request to a commit. `None` when there is no key to
/// sign it with, and so nothing may be stored.
pub(crate) fn write(
    commit: &mut Commit,
    organisation: &Organisation,
    change: &Change,
    writing: Writing<'_>,
) -> Option<()> {
    let Some((trial, request, answer)) = answered(change) else { return Some(()) };
    let signer = writing.signer?;
    let partner = writing.facts.partners.get(&trial.partner).map(|facts| facts.partner.name.clone());
    let receipt = receipt(organisation, trial, request, answer, partner?, &writing.deployment.address)?;
    signer.hold(commit);
    commit.make(&CONSENTS, trial.id.as_str(), &signer.sign(receipt));
    Some(())
}

/// The trial whose request a change answers, with the request and the answer.
fn answered(change: &Change) -> Option<(&Trial, &Request, &Answer)> {
    let answer = |trial: &Trial| trial.request.as_ref().and_then(|request| request.answer.clone());
    change.parts.iter().find_map(|part| match part {
        Part::Trial(Some(before), Some(after)) if answer(before).is_none() => {
            let request = after.request.as_ref()?;
            Some((&**after, request, request.answer.as_ref()?))
        }
        _ => None,
    })
}

fn receipt(
    organisation: &Organisation,
    trial: &Trial,
    request: &Request,
    answer: &Answer,
    partner: String,
    address: &str,
) -> Option<Receipt> {
    let sent = request.sendings.first()?.at;
    let answer_by = answer_by(Day::of(sent));
    let asking = asking(organisation, trial, request, &partner)?;
    let email = organisation.member(&answer.by).map(|member| member.email.clone()).unwrap_or_default();
    let email = match answer.what {
        Answered::Declined { .. } if !email.eq_ignore_ascii_case(request.typed_email.trim()) => masked(&email),
        Answered::Declined { .. } | Answered::Accepted { .. } => email,
    };
    let answering = Answering {
        organisation: &organisation.name,
        partner: &partner,
        person: named(answer, &email),
        at: answer.at,
        asked: &request.asked,
        what: &answer.what,
    };
    Some(Receipt {
        format: RECEIPT_FORMAT,
        issued_by: address.to_owned(),
        request: trial.id.clone(),
        organisation: organisation.id.clone(),
        organisation_name: organisation.name.clone(),
        partner: trial.partner.clone(),
        asked_by: request.by_name.clone(),
        sent,
        answer_by,
        phrase: request.phrase.clone(),
        shown: ShownText {
            language: answer.language,
            version: VERSION,
            sentences: statement(answer.language, &asking).sentences(),
        },
        answer_in_words: in_words(answer.language, &answering),
        answered_by: AnsweringPerson { id: answer.by.clone(), name: answer.by_name.clone(), email: email.clone() },
        answered: answer.at,
        answer: answer.what.clone(),
        partner_name: partner,
    })
}

/// Who answered: by name, and by address while there is no name.
pub(crate) fn named<'a>(answer: &'a Answer, email: &'a str) -> &'a str {
    if answer.by_name.is_empty() { email } else { &answer.by_name }
}

/// What the text of a request is written from; `None` for one that was never sent.
pub(crate) fn asking<'a>(
    organisation: &'a Organisation,
    trial: &Trial,
    request: &'a Request,
    partner: &'a str,
) -> Option<Asking<'a>> {
    let sent = Day::of(request.sendings.first()?.at);
    Some(Asking {
        organisation: &organisation.name,
        partner,
        person: &request.by_name,
        sent,
        answer_by: answer_by(sent),
        words: &request.words,
        phrase: &request.phrase,
        asks_full_access: request.asks_full_access,
        asked: &request.asked,
        duration: trial.duration,
        region: organisation.region,
    })
}

/// Says what a file is: a receipt that was signed by a key, and unchanged, or something else.
/// The key is an Ed25519 public key in hexadecimal.
pub fn check(file: &[u8], own_key: &str) -> CheckedReceipt {
    let not = |verdict| CheckedReceipt { verdict, receipt: None, fingerprint: None };
    let Some(signed) = std::str::from_utf8(file).ok().and_then(SignedReceipt::read) else {
        return not(match SignedReceipt::is_meant(&String::from_utf8_lossy(file)) {
            true => ReceiptVerdict::Changed,
            false => ReceiptVerdict::NotAReceipt,
        });
    };
    if !is_signed(&signed) {
        return not(ReceiptVerdict::Changed);
    }
    let fingerprint = Some(fingerprint(&signed.key));
    match signed.key == own_key {
        true => CheckedReceipt { verdict: ReceiptVerdict::Genuine, receipt: Some(signed.receipt), fingerprint },
        false => CheckedReceipt { verdict: ReceiptVerdict::AnotherKey, receipt: None, fingerprint },
    }
}

/// Whether the signature is that of the receipt by the key that stands beside it.
fn is_signed(signed: &SignedReceipt) -> bool {
    let verified = || {
        let key = VerifyingKey::from_bytes(&bytes(&signed.key)?).ok()?;
        let signature = Signature::from_bytes(&bytes(&signed.signature)?);
        // Strictly: a weak key would let one signature pass for many texts.
        key.verify_strict(signed.receipt.canonical().as_bytes(), &signature).ok()
    };
    verified().is_some()
}

/// The fingerprint of a key, in groups of four digits.
pub fn fingerprint(key: &str) -> String {
    let digits = hex(&Sha256::digest(key.as_bytes()));
    let groups = digits.as_bytes()[..FINGERPRINT_DIGITS].chunks(4).map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(" ")
}

/// The bytes of so many hexadecimal digits. Capitals are none: a receipt has one way to be written.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}
