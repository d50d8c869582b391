//! One sentence of a locale file: plain text with `{name}` for an argument and
//! `{name:one|many}` for a word that depends on whether that argument is 1.

use std::collections::BTreeSet;

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Shown as it stands.
    Text(String),
    /// Replaced by the argument of this name.
    Argument(String),
    /// One of two words, by whether the argument of this name is 1.
    Choice {
        /// The argument that decides; it is not printed itself.
        name: String,
        /// The word for exactly 1.
        one: String,
        /// The word for every other number.
        many: String,
    },
}

/// A parsed sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(pub Vec<Piece>);

impl Sentence {
    /// Reads a sentence; the error says what is wrong with its braces or names.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            if rest[open..].starts_with('}') {
                return Err("a closing brace without an opening one".to_owned());
            }
            if open > 0 {
                pieces.push(Piece::Text(rest[..open].to_owned()));
            }
            let inside = &rest[open + 1..];
            let close = inside.find('}').ok_or("an opening brace is never closed")?;
            pieces.push(slot(&inside[..close])?);
            rest = &inside[close + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        if pieces.is_empty() {
            return Err("the sentence is empty".to_owned());
        }
        Ok(Self(pieces))
    }

    /// The names of the arguments, each once, in alphabetical order: the order in which the
    /// generated function takes them.
    pub fn arguments(&self) -> BTreeSet<&str> {
        self.0
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(_) => None,
                Piece::Argument(name) | Piece::Choice { name, .. } => Some(name.as_str()),
            })
            .collect()
    }

    /// The arguments that are numbers: those that decide a word, and those that are called like one.
    pub fn numbers(&self) -> BTreeSet<&str> {
        let deciding = self.0.iter().filter_map(|piece| match piece {
            Piece::Choice { name, .. } => Some(name.as_str()),
            _ => None,
        });
        let called = self.arguments().into_iter().filter(|name| QUANTITIES.contains(name));
        deciding.chain(called).collect()
    }
}

/// Names of arguments that say how many there are of something. A number that only names a thing, such
/// as a line or a location, is called otherwise: it has its digits together.
const QUANTITIES: [&str; 14] = [
    "assigned", "back", "count", "days", "free", "left", "length", "licences", "max", "most", "shown", "total",
    "typed", "used",
];

fn slot(inside: &str) -> Result<Piece, String> {
    let (name, choice) = match inside.split_once(':') {
        Some((name, choice)) => (name, Some(choice)),
        None => (inside, None),
    };
    if !is_name(name) {
        return Err(format!("`{{{inside}}}` does not begin with a name"));
    }
    let name = name.to_owned();
    match choice {
        None => Ok(Piece::Argument(name)),
        Some(choice) => match choice.split_once('|') {
            Some((one, many)) if !many.contains('|') && !choice.contains('{') => {
                Ok(Piece::Choice { name, one: one.to_owned(), many: many.to_owned() })
            }
            _ => Err(format!("`{{{inside}}}` must hold two words, as in {{days:day|days}}")),
        },
    }
}

/// Whether a key or argument can be a Rust name: a to z, digits and `_`, beginning with a letter.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_sentence_takes_no_arguments() {
        let sentence = Sentence::parse("Start trial").expect("plain");
        assert!(sentence.arguments().is_empty());
    }

    #[test]
    fn arguments_come_in_alphabetical_order_and_once() {
        let sentence = Sentence::parse("{day}: {count} {count:day|days}, {all}").expect("good");
        assert_eq!(Vec::from_iter(sentence.arguments()), ["all", "count", "day"]);
    }

    #[test]
    fn what_counts_is_a_number_and_what_names_a_thing_is_none() {
        let sentence = Sentence::parse("Line {line}: {used} of {max}, {all:day|days}, {name}").expect("good");
        assert_eq!(Vec::from_iter(sentence.numbers()), ["all", "max", "used"]);
    }

    #[test]
    fn bad_braces_and_names_are_refused() {
        for bad in ["", "{", "}", "{}", "{Name}", "{a:one}", "{a:x|y|z}", "{a:{b}|c}", "a } b"] {
            assert!(Sentence::parse(bad).is_err(), "{bad:?} was taken");
        }
    }
}
