//! What keeps the sources tidy: short files, no markup from strings, no promises, colours and
//! addresses in one place each.

use crate::source::{Kind, SourceFile, tokens};

/// Longer files are cut along their concerns.
const MOST_LINES: usize = 500;

/// Written in two parts, so that this file does not name them itself.
const BANNED: [(&str, &str); 7] = [
    ("todo", "!("),
    ("unimplemented", "!("),
    ("coming", " soon"),
    ("TO", "DO"),
    ("FIX", "ME"),
    ("inner", "_html"),
    ("lorem", " ipsum"),
];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "manager", "common", "misc", "shared"];

/// Colours by name that CSS knows and people type.
const COLOUR_NAMES: [&str; 12] =
    ["white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow", "silver", "navy", "teal"];

/// The one file with literal colours.
const COLOURS: &str = "style/tokens.css";

/// The files with path strings of the console, and their tests.
const PATHS: [&str; 3] = ["src/route.rs", "src/route/activity.rs", "src/route/tests.rs"];

/// Findings in one file, each `path:line: what`.
pub fn findings(file: &SourceFile) -> Vec<String> {
    let mut found = Vec::new();
    let lines = file.text.lines().count();
    if lines > MOST_LINES {
        found.push(format!("{}:{MOST_LINES}: {lines} lines, at most {MOST_LINES}", file.path));
    }
    let stem = file.path.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    let folder = file.path.rsplit('/').nth(1).unwrap_or_default();
    if let Some(name) = EMPTY_NAMES.iter().find(|name| **name == stem || **name == folder) {
        found.push(format!("{}:1: a file or folder called {name}", file.path));
    }
    for (number, line) in file.text.lines().enumerate() {
        for (first, second) in BANNED {
            let banned = format!("{first}{second}");
            if has_word(line, &banned) {
                found.push(format!("{}:{}: {banned}", file.path, number + 1));
            }
        }
    }
    if file.path.ends_with(".css") && file.path != COLOURS {
        found.extend(colours(file));
    }
    if file.path.starts_with("src/")
        && file.path.ends_with(".rs")
        && !PATHS.contains(&file.path.as_str())
        && !file.path.starts_with("src/api/")
    {
        found.extend(path_strings(file));
    }
    found
}

/// A banned word within another word is another word. What is written in capitals is meant so.
fn has_word(line: &str, word: &str) -> bool {
    let capitals = word.chars().all(|character| character.is_uppercase());
    let line = if capitals { line.to_owned() } else { line.to_lowercase() };
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let joins = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        !joins(before) && (word.ends_with('(') || !joins(after))
    })
}

fn colours(file: &SourceFile) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_comment = false;
    for (number, line) in file.text.lines().enumerate() {
        let line = without_comments(line, &mut in_comment);
        // Only the value of a declaration: `#face` before a brace is an id, not a colour.
        let Some((_, value)) = line.split_once(':').filter(|_| !line.trim_end().ends_with('{')) else { continue };
        let literal = value.split(|c: char| c.is_whitespace() || "(),;".contains(c)).find(|word| is_colour(word));
        let function = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch(", "hwb("];
        let mixed = function.into_iter().find(|name| value.contains(name));
        if let Some(what) = literal.or(mixed) {
            found.push(format!("{}:{}: the literal colour {what} belongs in {COLOURS}", file.path, number + 1));
        }
    }
    found
}

fn is_colour(word: &str) -> bool {
    let hex = word.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    hex || COLOUR_NAMES.contains(&word)
}

fn without_comments(line: &str, in_comment: &mut bool) -> String {
    let mut kept = String::new();
    let mut rest = line;
    loop {
        if *in_comment {
            let Some((_, after)) = rest.split_once("*/") else { return kept };
            *in_comment = false;
            rest = after;
        } else {
            let Some((before, after)) = rest.split_once("/*") else { return kept + rest };
            kept.push_str(before);
            *in_comment = true;
            rest = after;
        }
    }
}

fn path_strings(file: &SourceFile) -> Vec<String> {
    tokens(&file.text)
        .into_iter()
        .filter_map(|token| match token.kind {
            Kind::Text(text) if is_path(&text) => {
                Some(format!("{}:{}: the path \"{text}\" belongs in {}", file.path, token.line, PATHS[0]))
            }
            _ => None,
        })
        .collect()
}

fn is_path(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next() == Some('/')
        && characters.next().is_some_and(|second| second.is_ascii_lowercase() || second == '{')
}
