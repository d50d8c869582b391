//! What must hold before a sentence may be shown: the languages have the same sections, keys and
//! arguments, and no language uses one term for two rows of the table of `W1` (`W2`).

use super::{Locales, Section, TERMS, sentence::Piece};
use std::collections::BTreeMap;

/// Runs every check and returns all problems at once, so that a file is mended in one go.
pub fn all(locales: &Locales) -> Result<(), Vec<String>> {
    let mut problems = parity(locales);
    for (language, sections) in locales {
        for (name, section) in sections {
            // Their place is one digit in the template.
            let many = section.iter().filter(|(_, sentence)| sentence.arguments().len() > 10);
            problems.extend(many.map(|(key, _)| format!("{name}.{key} in {language} has more than ten arguments")));
        }
        match sections.get(TERMS) {
            Some(terms) => problems.extend(duplicate_terms(language, terms)),
            None => problems.push(format!("{language} has no {TERMS}.toml")),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Each language against each other: sections, keys and arguments that one has and another lacks.
pub fn parity(locales: &Locales) -> Vec<String> {
    let mut problems = Vec::new();
    for (language, sections) in locales {
        for (other, theirs) in locales {
            if language == other {
                continue;
            }
            for (name, section) in sections {
                match theirs.get(name) {
                    None => problems.push(format!("{name}.toml is in {language} and not in {other}")),
                    Some(counterpart) => {
                        problems.extend(missing(name, (language, section), (other, counterpart)));
                    }
                }
            }
        }
    }
    problems
}

fn missing(name: &str, here: (&str, &Section), there: (&str, &Section)) -> Vec<String> {
    let mut problems = Vec::new();
    for (key, sentence) in here.1 {
        let Some(counterpart) = there.1.get(key) else {
            problems.push(format!("{name}.{key} is in {} and not in {}", here.0, there.0));
            continue;
        };
        for argument in sentence.arguments() {
            if !counterpart.arguments().contains(argument) {
                problems.push(format!("{name}.{key} uses {{{argument}}} in {} and not in {}", here.0, there.0));
            }
        }
    }
    problems
}

/// Two rows of `W1`'s table with the same term in one language; case does not make a difference,
/// because a reader does not hear it.
pub fn duplicate_terms(language: &str, terms: &Section) -> Vec<String> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (key, sentence) in terms {
        let [Piece::Text(term)] = sentence.0.as_slice() else {
            problems.push(format!("{TERMS}.{key} in {language} must be a plain term"));
            continue;
        };
        if let Some(other) = seen.insert(term.to_lowercase(), key) {
            problems.push(format!("{TERMS}.{key} and {TERMS}.{other} are both \"{term}\" in {language} (W2)"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{super::read::section, *};

    fn locales(files: [(&str, &str, &str); 2]) -> Locales {
        files
            .into_iter()
            .map(|(language, name, text)| {
                let read = section(text).expect("a good file");
                (language.to_owned(), BTreeMap::from([(name.to_owned(), read)]))
            })
            .collect()
    }

    #[test]
    fn languages_that_agree_pass() {
        let good = locales([
            ("en", TERMS, "left = \"{days} {days:day|days} left\"\n"),
            ("nl", TERMS, "left = \"nog {days} {days:dag|dagen}\"\n"),
        ]);
        assert!(parity(&good).is_empty());
    }

    #[test]
    fn a_key_of_one_language_only_is_named_w2() {
        let bad = locales([("en", "ui", "a = \"A\"\nb = \"B\"\n"), ("nl", "ui", "a = \"A\"\n")]);
        assert_eq!(parity(&bad), ["ui.b is in en and not in nl"]);
    }

    #[test]
    fn a_section_of_one_language_only_is_named_w2() {
        let bad = locales([("en", "ui", "a = \"A\"\n"), ("nl", "mail", "a = \"A\"\n")]);
        assert_eq!(parity(&bad).len(), 2);
    }

    #[test]
    fn an_argument_that_a_translation_forgets_is_named_w2() {
        let bad = locales([("en", "ui", "a = \"{day} left\"\n"), ("nl", "ui", "a = \"nog\"\n")]);
        assert_eq!(parity(&bad), ["ui.a uses {day} in en and not in nl"]);
    }

    #[test]
    fn one_term_for_two_rows_is_refused_whatever_its_case_w2() {
        let terms = section("trial = \"Trial\"\ngrace = \"trial\"\n").expect("a good file");
        let problems = duplicate_terms("en", &terms);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].contains("W2"));
    }

    #[test]
    fn a_language_without_the_table_of_terms_is_refused_w2() {
        let bad = locales([("en", "ui", "a = \"A\"\n"), ("nl", "ui", "a = \"A\"\n")]);
        assert_eq!(all(&bad).expect_err("no terms").len(), 2);
    }
}
