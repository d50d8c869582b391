//! Reads `locales/<language>/<section>.toml`. A file is flat: one `key = "sentence"` a line.

use super::{
    LANGUAGES, Locales, Section,
    sentence::{Sentence, is_name},
};
use std::{collections::BTreeMap, fs, path::Path};

/// Every section of every language; the errors name the file and the key.
pub fn locales(folder: &Path) -> Result<Locales, Vec<String>> {
    let mut locales = Locales::new();
    let mut problems = Vec::new();
    for (language, _) in LANGUAGES {
        match sections(&folder.join(language)) {
            Ok(found) => drop(locales.insert(language.to_owned(), found)),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(locales) } else { Err(problems) }
}

fn sections(folder: &Path) -> Result<BTreeMap<String, Section>, Vec<String>> {
    let unreadable = |error: std::io::Error| vec![format!("{}: {error}", folder.display())];
    let mut sections = BTreeMap::new();
    let mut problems = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(unreadable)?;
        match section(&text) {
            Ok(found) => drop(sections.insert(name.to_owned(), found)),
            Err(found) => problems.extend(found.into_iter().map(|problem| format!("{}: {problem}", path.display()))),
        }
    }
    if problems.is_empty() { Ok(sections) } else { Err(problems) }
}

/// One file's sentences.
pub fn section(text: &str) -> Result<Section, Vec<String>> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| vec![error.to_string()])?;
    let mut section = Section::new();
    let mut problems = Vec::new();
    for (key, value) in table {
        if !is_name(&key) {
            problems.push(format!("`{key}` is not a name: use a to z, 0 to 9 and _"));
            continue;
        }
        let Some(text) = value.as_str() else {
            problems.push(format!("`{key}` is not a sentence"));
            continue;
        };
        match Sentence::parse(text) {
            Ok(sentence) => drop(section.insert(key, sentence)),
            Err(problem) => problems.push(format!("`{key}`: {problem}")),
        }
    }
    if problems.is_empty() { Ok(section) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_flat_list_of_sentences() {
        let read = section("start_trial = \"Start trial\"\n").expect("good");
        assert!(read.contains_key("start_trial"));
    }

    #[test]
    fn every_bad_key_and_sentence_of_a_file_is_named() {
        let problems = section("Bad = \"x\"\nempty = \"\"\nnumber = 3\n").expect_err("bad");
        assert_eq!(problems.len(), 3, "{problems:?}");
        for named in ["`Bad`", "`empty`", "`number`"] {
            assert!(problems.iter().any(|problem| problem.contains(named)));
        }
    }
}
