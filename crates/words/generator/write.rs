//! Writes the checked sentences as Rust: a plain one becomes a choice between two `&'static str`,
//! one with arguments a template that `words::fill` completes. Templates stay data, so that a
//! sentence costs its own bytes in the browser and hardly any code.

use super::{
    LANGUAGES, Locales, Section,
    sentence::{Piece, Sentence},
};
use std::{collections::BTreeSet, fmt::Write as _};

/// One module per section with one function per key.
pub fn sections(locales: &Locales) -> String {
    let mut code = String::new();
    let (first, _) = LANGUAGES[0];
    for (name, section) in &locales[first] {
        let _ = writeln!(code, "/// The sentences of `{name}.toml`.\npub mod {name} {{");
        let _ = writeln!(code, "use crate::Language;");
        for (key, sentence) in section {
            function(&mut code, key, sentence, &translations(locales, name, key));
        }
        code.push_str("}\n");
    }
    code
}

fn translations<'a>(locales: &'a Locales, name: &str, key: &str) -> Vec<(&'static str, &'a Sentence)> {
    let section = |language: &str| -> &'a Section { &locales[language][name] };
    LANGUAGES.into_iter().map(|(language, variant)| (variant, &section(language)[key])).collect()
}

fn function(code: &mut String, key: &str, first: &Sentence, translations: &[(&str, &Sentence)]) {
    let arguments = Vec::from_iter(first.arguments());
    let _ = writeln!(code, "/// `{}`", shown(first));
    let mut parameters = String::new();
    for argument in &arguments {
        let _ = write!(parameters, ", {argument}: impl ::core::fmt::Display");
    }
    let _ = write!(code, "pub fn {key}(language: Language{parameters}) -> ");
    let mut arms = String::new();
    let numbers = translations.iter().flat_map(|(_, sentence)| sentence.numbers()).collect();
    for (variant, sentence) in translations {
        let _ = write!(arms, "Language::{variant} => {:?}, ", template(sentence, variant, &arguments, &numbers));
    }
    if arguments.is_empty() {
        let _ = writeln!(code, "&'static str {{ match language {{ {arms}}} }}");
    } else {
        let given = arguments.iter().map(|argument| format!("&{argument}, ")).collect::<String>();
        let _ = writeln!(code, "String {{ crate::fill(match language {{ {arms}}}, &[{given}]) }}");
    }
}

/// The sentence with arguments numbered by their place in `arguments`. Behind the place of one of the
/// `numbers` stands what its language sets between thousands.
fn template(sentence: &Sentence, variant: &str, arguments: &[&str], numbers: &BTreeSet<&str>) -> String {
    let apart = |name: &str| match (numbers.contains(name), variant) {
        (false, _) => "",
        (true, "En") => ",",
        (true, _) => ".",
    };
    let place = |name: &str| arguments.iter().position(|one| *one == name).unwrap_or_default();
    let mut text = String::new();
    for piece in &sentence.0 {
        let _ = match piece {
            Piece::Text(plain) => write!(text, "{plain}"),
            Piece::Argument(name) => write!(text, "{{{}{}}}", place(name), apart(name)),
            Piece::Choice { name, one, many } => write!(text, "{{{}:{one}|{many}}}", place(name)),
        };
    }
    text
}

/// The sentence as its file has it, for the function's documentation.
fn shown(sentence: &Sentence) -> String {
    let mut text = String::new();
    for piece in &sentence.0 {
        let _ = match piece {
            Piece::Text(plain) => write!(text, "{}", plain.replace('`', "'").replace('\n', " ")),
            Piece::Argument(name) => write!(text, "{{{name}}}"),
            Piece::Choice { name, one, many } => write!(text, "{{{name}:{one}|{many}}}"),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{super::read::section, *};
    use std::collections::BTreeMap;

    #[test]
    fn plain_sentences_become_static_text_and_others_templates() {
        let read = |text| BTreeMap::from([("ui".to_owned(), section(text).expect("a good file"))]);
        let locales = Locales::from([
            ("en".to_owned(), read("a = \"A\"\nleft = \"{n} of {all}\"\n")),
            ("nl".to_owned(), read("a = \"Aa\"\nleft = \"{n} van {all}\"\n")),
        ]);
        let code = sections(&locales);
        assert!(code.contains("pub fn a(language: Language) -> &'static str"));
        assert!(code.contains("Language::Nl => \"Aa\""));
        assert!(code.contains("\"{1} of {0}\""), "{code}");
        assert!(code.contains("&[&all, &n, ]"));
    }

    #[test]
    fn a_number_carries_what_its_language_sets_between_thousands_g5() {
        let read = |text| BTreeMap::from([("ui".to_owned(), section(text).expect("a good file"))]);
        let locales = Locales::from([
            ("en".to_owned(), read("a = \"{name}: {all} {all:line|lines}\"\n")),
            // A language that needs no word for it has the number all the same.
            ("nl".to_owned(), read("a = \"{name}: {all} stuks\"\n")),
        ]);
        let code = sections(&locales);
        assert!(code.contains("\"{1}: {0,} {0:line|lines}\""), "{code}");
        assert!(code.contains("\"{1}: {0.} stuks\""), "{code}");
    }
}
