//! Every sentence and label of the product, in each of its languages, for screen and mail.
//!
//! The sentences are data: `locales/<language>/<section>.toml`. While compiling they are checked
//! against each other and become one function per key in one module per section, so a missing or
//! misspelt sentence is a compile error (`W2`). A key without arguments gives `&'static str`; one
//! with `{arguments}` takes them in alphabetical order and gives a `String`.

#[cfg(test)]
#[path = "../generator/mod.rs"]
mod generator;

mod date;
mod fill;
pub mod label;

pub use date::{date, date_brief, date_short, number};
pub(crate) use fill::fill;
pub use rules::people::Language;

include!(concat!(env!("OUT_DIR"), "/sections.rs"));

#[cfg(test)]
mod tests {
    use crate::{Language, generator, terms, wizard};
    use std::path::Path;

    #[test]
    fn the_locale_files_agree_and_no_term_names_two_things_w1_w2() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
        let locales = generator::read::locales(&folder).expect("readable locale files");
        assert_eq!(generator::checks::all(&locales), Ok(()));
        assert_eq!(locales.len(), Language::ALL.len());
        assert!(!generator::write::sections(&locales).is_empty());
    }

    #[test]
    fn a_sentence_is_a_function_of_the_language_and_its_arguments() {
        assert_eq!(terms::start_trial(Language::En), "Start trial");
        assert_eq!(terms::start_trial(Language::Nl), "Proefperiode starten");
        assert_eq!(wizard::site_free(Language::Nl, "van-dijk.webex.com"), "van-dijk.webex.com is vrij.");
    }
}
