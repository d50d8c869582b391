//! Every sentence and label of the product, in each of its languages, for screen and mail.
//!
//! The sentences are data: `locales/<language>/<section>.toml`. While compiling they are checked
//! against each other and become one function per key in one module per section, so a missing or
//! misspelt sentence is a compile error (`W2`). A key without arguments gives `&'static str`; one
//! with `{arguments}` takes them in alphabetical order and gives a `String`.

#[cfg(test)]
#[path = "../generator/mod.rs"]
mod generator;

pub mod answer;
pub mod consent;
mod date;
mod fill;
pub mod label;
pub mod letter;
pub mod plain;
pub mod set_up;

pub use date::{date, date_short, date_utc, moment, moment_from, number};
pub(crate) use fill::fill;
pub use rules::people::Language;

include!(concat!(env!("OUT_DIR"), "/sections.rs"));

#[cfg(test)]
mod tests {
    use crate::{Language, generator, terms, wizard};
    use std::{fs, path::Path};

    #[test]
    fn the_locale_files_agree_and_no_term_names_two_things_w1_w2() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
        let locales = generator::read::locales(&folder).expect("readable locale files");
        assert_eq!(generator::checks::all(&locales), Ok(()));
        assert_eq!(locales.len(), Language::ALL.len());
        assert!(!generator::write::sections(&locales).is_empty());
    }

    /// Every line of Rust in a folder, as one text.
    fn code(folder: &Path) -> String {
        let mut text = String::new();
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                text.push_str(&code(&path));
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                text.push_str(&fs::read_to_string(&path).expect("a source file"));
            }
        }
        text
    }

    #[test]
    fn every_sentence_is_said_somewhere() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the crates");
        let code: String = ["../src", "backend/src", "words/src"].map(|folder| code(&crates.join(folder))).concat();
        let locales = generator::read::locales(&crates.join("words/locales")).expect("readable locale files");
        // The table of terms is the law's, whole, whichever part of it is on a page by now.
        let sections = locales["en"].iter().filter(|(section, _)| *section != generator::TERMS);
        let keys = sections.flat_map(|(section, keys)| keys.keys().map(move |key| format!("{section}::{key}(")));
        let unused: Vec<String> = keys.filter(|call| !code.contains(call)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn a_sentence_is_a_function_of_the_language_and_its_arguments() {
        assert_eq!(terms::start_trial(Language::En), "Start trial");
        assert_eq!(terms::start_trial(Language::Nl), "Proefperiode starten");
        assert_eq!(wizard::site_free(Language::Nl, "van-dijk.webex.com"), "van-dijk.webex.com is vrij.");
    }
}
