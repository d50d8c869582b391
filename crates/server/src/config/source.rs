//! Where settings come from: the environment, and one file in TOML. The environment wins.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::BadSetting;
use super::setting::{Setting, keys};

/// The variable that names the file.
pub const CONFIG: &str = "PROEF_CONFIG";

/// How alike two keys have to be for one to be taken for the other mistyped: of 1, as Jaro and Winkler
/// measure it. `listne` for `listen` has 0.97, `port` for `host` 0.67.
const ALIKE: f64 = 0.7;

/// How the world around the program is asked; tests have one of their own.
pub struct Surroundings<'a> {
    /// The value of an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The content of a file, as text.
    pub file: &'a dyn Fn(&str) -> std::io::Result<String>,
}

/// A value with the name under which it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) text: String,
}

/// All that was set.
pub(super) struct Sources<'a> {
    around: Surroundings<'a>,
    /// The path of the file, and what it holds by whole keys. Lists are joined by commas.
    path: String,
    values: BTreeMap<String, String>,
}

impl<'a> Sources<'a> {
    /// Reads the file, where one is named.
    pub(super) fn of(around: Surroundings<'a>, problems: &mut Vec<BadSetting>) -> Sources<'a> {
        let path = (around.variable)(CONFIG).map(|path| path.trim().to_owned()).unwrap_or_default();
        let mut sources = Sources { around, path, values: BTreeMap::new() };
        if !sources.path.is_empty() {
            sources.read_file(problems);
        }
        sources
    }

    fn read_file(&mut self, problems: &mut Vec<BadSetting>) {
        let content = match (self.around.file)(&self.path) {
            Ok(content) => content,
            Err(error) => {
                return problems.push(BadSetting::new(CONFIG, format!("cannot read `{}`: {error}", self.path)));
            }
        };
        let table: Table = match content.parse() {
            Ok(table) => table,
            Err(error) => return problems.push(BadSetting::new(CONFIG, not_toml(&self.path, &content, &error))),
        };
        let known = keys();
        for (section, value) in table {
            let Value::Table(inner) = value else {
                problems.push(self.unknown(&section, &known));
                continue;
            };
            for (key, value) in inner {
                let key = format!("{section}.{key}");
                if !known.contains(&key) {
                    problems.push(self.unknown(&key, &known));
                    continue;
                }
                match text_of(&value) {
                    Some(text) => drop(self.values.insert(key, text)),
                    None => problems.push(BadSetting::new(
                        self.named(&key),
                        "it has to be a text, a whole number, `true` or `false`, or a list of texts",
                    )),
                }
            }
        }
    }

    /// How a key of the file is named in a message.
    fn named(&self, key: &str) -> String {
        format!("{key} in {}", self.path)
    }

    fn unknown(&self, key: &str, known: &[String]) -> BadSetting {
        // A key that stands in another table, or in none, is the likeliest of all.
        let last = |key: &str| key.rsplit('.').next().map(str::to_owned);
        let likeness = |each: &String| match last(each) == last(key) {
            true => 1.0,
            false => strsim::jaro_winkler(each, key),
        };
        // Of several that are alike the first one, as the table has them.
        let all = known.iter().rev().map(|each| (likeness(each), each));
        let nearest = all.max_by(|one, other| one.0.total_cmp(&other.0));
        let why = match nearest.filter(|(likeness, _)| *likeness >= ALIKE) {
            Some((_, nearest)) => format!("there is no such setting; did you mean `{nearest}`?"),
            None => "there is no such setting; `proef-server config --example` shows all".to_owned(),
        };
        BadSetting::new(self.named(key), why)
    }

    /// What a setting was set to. What is empty counts as left out.
    pub(super) fn find(&self, setting: &Setting, problems: &mut Vec<BadSetting>) -> Option<Found> {
        let variable = |name: &str| (self.around.variable)(name).and_then(filled);
        let in_file = |key: &str| self.values.get(key).cloned().and_then(filled);
        // Beside each other the two say different things, and which one was meant is not known.
        let both =
            |one: &str, other: &str| BadSetting::new(one, format!("it is set beside `{other}`; one of both is enough"));
        let file_variable = setting.file_variable();
        let own = setting.secret.then(|| variable(&file_variable)).flatten();
        match (variable(setting.variable), own) {
            (Some(_), Some(_)) => {
                problems.push(both(setting.variable, &file_variable));
                return None;
            }
            (Some(text), None) => return Some(Found { name: setting.variable.to_owned(), text }),
            (None, Some(path)) => return self.secret(file_variable, &path, problems),
            (None, None) => {}
        }
        let own = setting.secret.then(|| in_file(&setting.file_key())).flatten();
        match (in_file(setting.key), own) {
            (Some(_), Some(_)) => {
                problems.push(both(&self.named(setting.key), &setting.file_key()));
                None
            }
            (Some(text), None) => Some(Found { name: self.named(setting.key), text }),
            (None, Some(path)) => self.secret(self.named(&setting.file_key()), &path, problems),
            (None, None) => None,
        }
    }

    /// A secret from a file of its own. Editors end a file with a line break, which is no part of it.
    fn secret(&self, name: String, path: &str, problems: &mut Vec<BadSetting>) -> Option<Found> {
        match (self.around.file)(path) {
            Ok(content) => match filled(content) {
                Some(text) => Some(Found { name, text }),
                None => {
                    problems.push(BadSetting::new(name, format!("`{path}` is empty; it has to hold the secret")));
                    None
                }
            },
            Err(error) => {
                problems.push(BadSetting::new(name, format!("cannot read `{path}`: {error}")));
                None
            }
        }
    }
}

/// A value without blanks around it, unless nothing is left.
fn filled(text: String) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(yes) => Some(yes.to_string()),
        Value::Array(values) => {
            let texts: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}

/// What is wrong with a file that is not TOML. Its lines are not quoted: there may be a secret in them.
fn not_toml(path: &str, content: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| content.get(..span.start)).unwrap_or_default();
    format!("`{path}` is not TOML: line {}: {}", before.matches('\n').count() + 1, error.message())
}
