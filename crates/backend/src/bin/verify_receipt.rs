//! Says whether a file is a receipt of an answer, and unchanged (X16): `verify-receipt FILE [--key HEX]`.
//!
//! It asks nobody: the key by which a receipt can be checked stands in it. Whose key that is, a file
//! cannot prove by itself. So its fingerprint is printed, to be compared with the one that the console
//! shows, and `--key` demands a certain one.

use std::process::ExitCode;

use backend::consent::{check, fingerprint};
use contract::receipts::{Receipt, ReceiptVerdict, SignedReceipt};

const USAGE: &str = "verify-receipt FILE [--key HEX]";

fn main() -> ExitCode {
    match verify(std::env::args().skip(1).collect()) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// What is said of a genuine receipt, or why the file is none.
fn verify(arguments: Vec<String>) -> Result<String, String> {
    let (file, key) = match arguments.as_slice() {
        [file] => (file, None),
        [file, option, key] | [option, key, file] if option == "--key" => (file, Some(key.trim().to_lowercase())),
        _ => return Err(format!("error: {USAGE}")),
    };
    if let Some(key) = &key
        && (key.len() != 64 || !key.bytes().all(|digit| digit.is_ascii_hexdigit()))
    {
        return Err("error: a key has 64 hexadecimal digits".to_owned());
    }
    let bytes = std::fs::read(file).map_err(|why| format!("error: {file} cannot be read: {why}"))?;
    let own = || std::str::from_utf8(&bytes).ok().and_then(SignedReceipt::read).map(|signed| signed.key);
    let wanted = key.clone().or_else(own).unwrap_or_default();
    let checked = check(&bytes, &wanted);
    let signer = checked.fingerprint.unwrap_or_default();
    match (checked.verdict, checked.receipt) {
        (ReceiptVerdict::Genuine, Some(receipt)) => {
            let whose = match key {
                Some(_) => "the key that was demanded",
                None => "the key whose fingerprint this is; the console shows that of its deployment",
            };
            Ok(format!("{}key           {signer}\ngenuine: as it was issued, signed by {whose}", told(&receipt)))
        }
        (ReceiptVerdict::Genuine | ReceiptVerdict::Changed, _) => {
            Err("CHANGED: this was a receipt, and it is not as it was issued. What stands in it proves nothing."
                .to_owned())
        }
        (ReceiptVerdict::AnotherKey, _) => Err(format!(
            "ANOTHER KEY: unchanged since it was signed, by the key {signer}, and not by the one that was demanded, {}",
            fingerprint(&wanted)
        )),
        (ReceiptVerdict::NotAReceipt, _) => Err(format!("NOT A RECEIPT: {file} is something else")),
    }
}

/// Who asked, and who answered what and when.
fn told(receipt: &Receipt) -> String {
    let Receipt { organisation, organisation_name, partner, partner_name, .. } = receipt;
    let by = &receipt.answered_by;
    let shown = &receipt.shown;
    let mut lines = vec![
        format!("issued by     {}", receipt.issued_by),
        format!("request       {}, sent {}", receipt.request, receipt.sent),
        format!("asked by      {} of {partner_name} ({partner})", receipt.asked_by),
        format!("was asked     {organisation_name} ({organisation})"),
        format!("phrase        {}", receipt.phrase),
        format!("text shown    version {}, language {}:", shown.version, shown.language.tag()),
    ];
    lines.extend(
        shown.sentences.iter().flat_map(|sentence| sentence.lines()).map(|line| format!("              {line}")),
    );
    lines.push(format!("answered by   {} <{}>, {}", by.name, by.email, receipt.answered));
    lines.extend(
        receipt.answer_in_words.iter().flat_map(|said| said.lines()).map(|line| format!("answer        {line}")),
    );
    // What people typed cannot steer the terminal that shows it.
    let plain = |line: String| line.chars().map(|each| if each.is_control() { ' ' } else { each }).collect::<String>();
    lines.into_iter().map(|line| plain(line) + "\n").collect()
}
