//! The program that checks a receipt, on a receipt that an earlier build issued (X16).

use std::path::{Path, PathBuf};
use std::process::Command;

use contract::receipts::SignedReceipt;

/// A receipt of the first form. It stays as it is: receipts outlive the builds that issue them.
fn issued() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/receipts/1.json")
}

/// Whether the program ends well, and what it says.
fn verify(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_verify-receipt")).args(arguments).output().expect("it starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).expect("text"))
}

fn path(file: &Path) -> &str {
    file.to_str().expect("a path that is text")
}

/// A file of a test with a text.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, bytes).expect("it can be written");
    file
}

#[test]
fn a_receipt_of_an_earlier_build_is_still_genuine_and_says_who_and_what_x16() {
    let issued = issued();
    let text = std::fs::read_to_string(&issued).expect("a receipt");
    let signed = SignedReceipt::read(&text).expect("a receipt");
    for arguments in [vec![path(&issued)], vec![path(&issued), "--key", &signed.key]] {
        let (genuine, said) = verify(&arguments);
        assert!(genuine, "{said}");
        for part in ["Anna de Vries", "Noordzee Telecom", "Rederij Storm", "Sanne Visser", "genuine", "key "] {
            assert!(said.contains(part), "{part} is missing in {said}");
        }
        for sentence in &signed.receipt.answer_in_words {
            assert!(said.contains(sentence.as_str()), "{sentence} is missing in {said}");
        }
    }
}

#[test]
fn a_changed_receipt_another_key_and_anything_else_are_told_apart_x16() {
    let issued = issued();
    let bytes = std::fs::read(&issued).expect("a receipt");
    for place in [0, 1, bytes.len() / 3, bytes.len() / 2, bytes.len() - 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        let (genuine, said) = verify(&[path(&file("changed.json", &changed))]);
        assert!(!genuine && said.contains("CHANGED"), "the byte at {place}: {said}");
        assert!(!said.contains("Sanne"), "what is not proven is not repeated: {said}");
    }
    let other = "1".repeat(64);
    let nothing = file("nothing.json", b"{}");
    let rows: [(&[&str], &str); 6] = [
        (&[path(&issued), "--key", &other], "ANOTHER KEY"),
        (&[path(&issued), "--key", "abc"], "64 hexadecimal digits"),
        (&[path(&nothing)], "NOT A RECEIPT"),
        (&["no-such-file.json"], "no-such-file.json cannot be read"),
        (&[], "verify-receipt FILE"),
        (&[path(&issued), "more", "than", "that"], "verify-receipt FILE"),
    ];
    for (arguments, wanted) in rows {
        let (genuine, said) = verify(arguments);
        assert!(!genuine && said.contains(wanted), "{arguments:?}: {said}");
    }
}
