//! The one table of settings. The reader, `--help`, the example file and OPERATION.md come from it, so that
//! none of them can say another thing than the others.

/// A setting: where it is found, and what a person has to know of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Where it stands in the file: table and key, such as `web.listen`.
    pub key: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    /// What it is, in one sentence without a full stop.
    pub meaning: &'static str,
    /// What happens when it is left out.
    pub left_out: &'static str,
    /// A value as it is written in the file.
    pub example: &'static str,
    /// Whether it is a secret: its value is told nowhere, and it can be read from a file of its own, whose
    /// path is in the variable with `_FILE` behind its name or under the key with `-file` behind it.
    pub secret: bool,
}

/// Settings that belong together: a table of the file.
#[derive(Debug)]
pub struct Section {
    /// The table's name.
    pub name: &'static str,
    /// What it is about, in one sentence without a full stop.
    pub about: &'static str,
    /// Its settings, in the order in which they are shown.
    pub settings: &'static [&'static Setting],
}

/// Every setting of a build that is shipped.
pub const SECTIONS: &[&Section] = &[
    &super::database::SECTION,
    &super::web::SECTION,
    &super::sign_in::SECTION,
    &super::limits::SECTION,
    &super::console::SECTION,
    &super::mail::SECTION,
    &super::operation::SECTION,
];

impl Setting {
    /// The variable that holds the path of a file with the secret.
    pub fn file_variable(&self) -> String {
        format!("{}_FILE", self.variable)
    }

    /// The key that holds the path of a file with the secret.
    pub fn file_key(&self) -> String {
        format!("{}-file", self.key)
    }
}

/// All settings, in the order in which they are shown.
pub fn all() -> impl Iterator<Item = &'static Setting> {
    SECTIONS.iter().flat_map(|section| section.settings.iter().copied())
}

/// Every key that may stand in the file.
pub fn keys() -> Vec<String> {
    let further = all().filter(|setting| setting.secret).map(Setting::file_key);
    all().map(|setting| setting.key.to_owned()).chain(further).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_setting_stands_in_its_section_once_with_names_that_follow_one_form() {
        let (mut keys, mut variables) = (BTreeSet::new(), BTreeSet::new());
        for section in SECTIONS {
            for setting in section.settings {
                let key = setting.key.strip_prefix(section.name).and_then(|rest| rest.strip_prefix('.'));
                let small = |key: &str| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
                assert!(key.is_some_and(small), "{} is not of the form {}.some-name", setting.key, section.name);
                assert!(setting.variable == "DATABASE_URL" || setting.variable.starts_with("PROEF_"));
                assert!(keys.insert(setting.key) && variables.insert(setting.variable), "{}", setting.key);
                assert!(!setting.meaning.ends_with('.') && !setting.left_out.is_empty(), "{}", setting.key);
            }
        }
    }
}
