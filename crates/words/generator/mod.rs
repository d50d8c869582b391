//! The generator behind `words`: reads the locale files, checks that the languages agree, writes
//! one function per sentence. It runs while compiling, so that a missing sentence, a forgotten
//! argument or a term used for two things never reaches a reader (`W2`).

pub mod checks;
pub mod read;
pub mod sentence;
pub mod write;

use sentence::Sentence;
use std::collections::BTreeMap;

/// The languages of the interface; each is a folder of locale files and a variant of `Language`.
pub const LANGUAGES: [(&str, &str); 2] = [("en", "En"), ("nl", "Nl")];

/// The section that holds the table of `W1`, whose terms must differ within a language.
pub const TERMS: &str = "terms";

/// Key to sentence, in one file.
pub type Section = BTreeMap<String, Sentence>;

/// Everything read, by language (`en`), then section (`wizard`).
pub type Locales = BTreeMap<String, BTreeMap<String, Section>>;
