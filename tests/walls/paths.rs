//! Every path that a source file names, in full: `use a::{b, c::d};` names `a::b` and `a::c::d`.

use crate::source::{Kind, Token};

/// A path and the line of its first name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub path: Vec<String>,
}

/// Collects the paths of a file. `module` is its place below the crate, so that `super` and `self`
/// can be told from where they stand.
pub fn named(tokens: &[Token], module: &[&str]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = match &tokens[at].kind {
            Kind::Name(name) if name == "use" => {
                at = tree(tokens, at + 1, &mut Vec::new(), &mut found);
                continue;
            }
            Kind::Name(_) => at == 0 || tokens[at - 1].kind != Kind::Separator,
            _ => false,
        };
        if begins && tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Separator) {
            at = linear(tokens, at, &mut found);
        } else {
            at += 1;
        }
    }
    found.into_iter().map(|named| Named { path: absolute(named.path, module), ..named }).collect()
}

/// `a::b::c` in an expression or a type.
fn linear(tokens: &[Token], mut at: usize, found: &mut Vec<Named>) -> usize {
    let line = tokens[at].line;
    let mut path = Vec::new();
    while let Some(Kind::Name(name)) = tokens.get(at).map(|token| &token.kind) {
        path.push(name.clone());
        at += 1;
        if tokens.get(at).is_none_or(|token| token.kind != Kind::Separator) {
            break;
        }
        at += 1;
    }
    found.push(Named { line, path });
    at
}

/// What follows `use`, or one branch between braces; gives the place behind it.
fn tree(tokens: &[Token], mut at: usize, before: &mut Vec<String>, found: &mut Vec<Named>) -> usize {
    let depth = before.len();
    let line = tokens.get(at).map_or(0, |token| token.line);
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            Kind::Name(name) if name == "as" => at += 2, // the new name is not part of the path
            Kind::Name(name) => {
                before.push(name.clone());
                at += 1;
            }
            Kind::Separator | Kind::Mark('*') => at += 1,
            Kind::Mark('{') => {
                at = branches(tokens, at + 1, before, found);
                before.truncate(depth);
                return at;
            }
            _ => break,
        }
    }
    if before.len() > depth {
        found.push(Named { line, path: before.clone() });
    }
    before.truncate(depth);
    at
}

fn branches(tokens: &[Token], mut at: usize, before: &mut Vec<String>, found: &mut Vec<Named>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Mark('}') => return at + 1,
            Kind::Mark(',') => at += 1,
            // A token that is no part of a tree is stepped over, so that the loop always ends.
            _ => at = tree(tokens, at, before, found).max(at + 1),
        }
    }
    at
}

fn absolute(path: Vec<String>, module: &[&str]) -> Vec<String> {
    let mut place: Vec<String> = module.iter().map(|&name| name.to_owned()).collect();
    match path.first().map(String::as_str) {
        Some("self") => {}
        Some("super") => {
            place.pop();
        }
        _ => return path,
    }
    for name in path.into_iter().skip(1) {
        if name == "super" {
            place.pop();
        } else {
            place.push(name);
        }
    }
    place.insert(0, "crate".to_owned());
    place
}
