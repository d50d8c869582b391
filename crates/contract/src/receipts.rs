//! The receipt of an answer to a request (X16): what was shown, what was answered, by whom and
//! when, in a file that shows every changed byte.
//!
//! The file is a [`SignedReceipt`] as JSON with two blanks for each level and a line break at the
//! end, and there is no other way to write the same one: whoever checks it reads it, writes it
//! again, and compares. The signature is over the receipt alone, as JSON without blanks. So what
//! is not signed cannot be changed either, and no two files are receipts of the same answer.

use rules::clock::{Day, Instant};
use rules::consent::Answered;
use rules::ids::{OrganisationId, PartnerId, PersonId, TrialId};
use rules::people::Language;
use serde::{Deserialize, Serialize};

/// The number of the form in which receipts are written now. A change of the form raises it.
pub const RECEIPT_FORMAT: u32 = 1;

/// How many bytes the file of a receipt has at most: what is larger is none, and need not be read.
pub const RECEIPT_FILE_MAX: usize = 30_000;

/// The receipt of an answer (X16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Receipt {
    /// The number of its form.
    pub format: u32,
    /// The address of the console of the deployment that issued it.
    pub issued_by: String,
    /// The request: the id of the trial that it asks for.
    pub request: TrialId,
    /// The id of the organisation that was asked.
    pub organisation: OrganisationId,
    /// Its name at the time of the answer.
    pub organisation_name: String,
    /// The id of the partner that asked.
    pub partner: PartnerId,
    /// Its name at the time of the answer.
    pub partner_name: String,
    /// The name of the person who asked.
    pub asked_by: String,
    /// When the request was sent first.
    pub sent: Instant,
    /// The last day on which it could be answered (X11).
    pub answer_by: Day,
    /// The matching phrase (X6).
    pub phrase: String,
    /// What was shown.
    pub shown: ShownText,
    /// Who answered.
    pub answered_by: AnsweringPerson,
    /// When.
    pub answered: Instant,
    /// The answer.
    pub answer: Answered,
    /// The answer in words, in the language in which the request was read.
    pub answer_in_words: Vec<String>,
}

/// The exact text that was shown to who answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ShownText {
    /// In which language.
    pub language: Language,
    /// Which version of the text.
    pub version: u32,
    /// Its sentences, in the order in which they were read.
    pub sentences: Vec<String>,
}

/// Who answered a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnsweringPerson {
    /// The person.
    pub id: PersonId,
    /// Their name; empty while they have none.
    pub name: String,
    /// Their address. Who declines gives the partner no access, so it is told no more of an
    /// address that it did not type than the look-up told (X1).
    pub email: String,
}

/// A receipt with its signature. Its file is made by [`SignedReceipt::file`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SignedReceipt {
    /// The receipt.
    pub receipt: Receipt,
    /// The key by which it can be checked: an Ed25519 public key, 64 hexadecimal digits.
    pub key: String,
    /// The Ed25519 signature of [`Receipt::canonical`], 128 hexadecimal digits.
    pub signature: String,
}

/// A receipt to be downloaded or printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ReceiptAnswer {
    /// A name for the file.
    pub name: String,
    /// The text of the file, to be kept exactly so.
    pub file: String,
    /// What stands in it.
    pub receipt: Receipt,
    /// The fingerprint of the key that signed it, to be compared by eye.
    pub fingerprint: String,
}

/// Asks whether a file is a receipt, and unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CheckReceipt {
    /// The text of the file.
    pub file: String,
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CheckedReceipt {
    /// What it is.
    pub verdict: ReceiptVerdict,
    /// The receipt; only of one that is genuine, so that nobody reads what is not proven.
    pub receipt: Option<Receipt>,
    /// The fingerprint of the key by which it is signed rightly: this deployment's or another's.
    pub fingerprint: Option<String>,
}

/// Whether a file is a receipt of this deployment, and unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptVerdict {
    /// It is as this deployment issued it.
    Genuine,
    /// It is a receipt of which something was changed.
    Changed,
    /// It is no receipt.
    NotAReceipt,
    /// It is unchanged since it was signed, and by the key of another deployment.
    AnotherKey,
}

impl Receipt {
    /// What is signed: the receipt as JSON without blanks.
    pub fn canonical(&self) -> String {
        // Writing fails only for maps whose keys are no text, and there are none.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl SignedReceipt {
    /// The text of its file.
    pub fn file(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The receipt of a file that is written exactly as [`SignedReceipt::file`] writes it. Whether
    /// the signature is right is another question.
    pub fn read(file: &str) -> Option<SignedReceipt> {
        let signed: SignedReceipt = serde_json::from_str(file).ok()?;
        (signed.file() == file).then_some(signed)
    }

    /// Whether a text that cannot be read as a receipt was meant as one: it names at least two of
    /// the three members, so that it takes more than one changed byte to pass for something else.
    pub fn is_meant(text: &str) -> bool {
        let members = ["\"receipt\":", "\"key\":", "\"signature\":"];
        members.iter().filter(|member| text.contains(**member)).count() >= 2
    }
}

#[cfg(test)]
mod tests {
    use rules::consent::DeclineReason;

    use super::*;

    fn signed() -> SignedReceipt {
        let at = rules::samples::now();
        let receipt = Receipt {
            format: RECEIPT_FORMAT,
            issued_by: "https://proef.example".to_owned(),
            request: "trial-1".into(),
            organisation: "organisation-1".into(),
            organisation_name: "Rederij \"Storm\"".to_owned(),
            partner: "partner-1".into(),
            partner_name: "Noordzee Telecom".to_owned(),
            asked_by: "Zoë".to_owned(),
            sent: at,
            answer_by: Day::of(at).plus(30),
            phrase: "kayak tulip zebra".to_owned(),
            shown: ShownText { language: Language::Nl, version: 1, sentences: vec!["Eén.\nTwee.".to_owned()] },
            answered_by: AnsweringPerson {
                id: "person-1".into(),
                name: String::new(),
                email: "a@b.example".to_owned(),
            },
            answered: at,
            answer: Answered::Declined { reason: DeclineReason::Other, note: "Nee".to_owned() },
            answer_in_words: Vec::new(),
        };
        SignedReceipt { receipt, key: "00".repeat(32), signature: "00".repeat(64) }
    }

    #[test]
    fn a_receipt_has_one_file_alone_x16() {
        let signed = signed();
        let file = signed.file();
        assert_eq!(SignedReceipt::read(&file), Some(signed));
        let compact = serde_json::to_string(&SignedReceipt::read(&file)).expect("JSON");
        let other_ways = [
            compact,
            file.trim_end().to_owned(),
            format!("{file}\n"),
            file.replace('\n', "\r\n"),
            file.replacen("\"format\": 1", "\"format\":  1", 1),
            file.replacen("Zoë", "Zo\\u00eb", 1),
            file.replacen("\"key\"", "\"other\": 1,\n  \"key\"", 1),
            file.replacen("\"note\": \"Nee\"", "\"note\": \"Nee\", \"more\": 1", 1),
            file.replacen("Z\",\n", "+00:00\",\n", 1),
        ];
        for other in other_ways {
            assert_ne!(other, file);
            assert_eq!(SignedReceipt::read(&other), None, "{other}");
        }
    }

    #[test]
    fn what_is_meant_as_a_receipt_is_known_as_one_x16() {
        assert!(SignedReceipt::is_meant(&signed().file()));
        for text in ["", "{}", "[\"receipt\"]", "{\"key\": 1}", "Dear Sir"] {
            assert!(!SignedReceipt::is_meant(text), "{text}");
        }
    }
}
