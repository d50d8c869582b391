//! Reads settings one by one and keeps all that is wrong, so that one start tells everything.

use std::str::FromStr;

use super::BadSetting;
use super::setting::Setting;
use super::source::{Found, Sources};

/// Reads settings, and collects what cannot be used.
pub(super) struct Reader<'a> {
    sources: Sources<'a>,
    problems: Vec<BadSetting>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(sources: Sources<'a>, problems: Vec<BadSetting>) -> Reader<'a> {
        Reader { sources, problems }
    }

    /// What a setting was set to.
    pub(super) fn found(&mut self, setting: &Setting) -> Option<Found> {
        self.sources.find(setting, &mut self.problems)
    }

    /// The text of a setting that may be left out.
    pub(super) fn text(&mut self, setting: &Setting) -> Option<String> {
        self.found(setting).map(|found| found.text)
    }

    /// The text of a setting without which the server does not start. Empty when it is missing, which is
    /// noted.
    pub(super) fn required(&mut self, setting: &Setting) -> String {
        let noted = self.problems.len();
        let found = self.text(setting);
        if found.is_none() && self.problems.len() == noted {
            self.missing(setting, "");
        }
        found.unwrap_or_default()
    }

    /// Notes that a setting is missing, and since when it is needed.
    pub(super) fn missing(&mut self, setting: &Setting, because: &str) {
        let why = format!("it is missing{because}: {}, such as {}", setting.meaning, setting.example);
        self.problem(setting.variable, why);
    }

    /// A setting in another form than text; `wanted` says in which.
    pub(super) fn parsed<T: FromStr>(&mut self, setting: &Setting, wanted: &str) -> Option<T> {
        self.checked(setting, wanted, |text| text.parse().ok())
    }

    /// A setting in another form than text; `read` gives nothing for a text that is not what is wanted.
    pub(super) fn checked<T>(
        &mut self,
        setting: &Setting,
        wanted: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let found = self.found(setting)?;
        let value = read(&found.text);
        if value.is_none() {
            let why = match setting.secret {
                true => format!("it is not {wanted}"),
                false => format!("`{}` is not {wanted}", found.text),
            };
            self.problem(found.name, why);
        }
        value
    }

    /// One of some words, each of which stands for a value.
    pub(super) fn one_of<T: Copy>(&mut self, setting: &Setting, words: &[(&str, T)]) -> Option<T> {
        let wanted = words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
        self.checked(setting, &wanted, |text| words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value))
    }

    /// Notes what is wrong.
    pub(super) fn problem(&mut self, name: impl Into<String>, why: impl Into<String>) {
        self.problems.push(BadSetting::new(name, why));
    }

    /// All that is wrong.
    pub(super) fn into_problems(self) -> Vec<BadSetting> {
        self.problems
    }
}
