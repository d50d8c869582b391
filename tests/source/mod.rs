//! The project's files as the tests of its build read them: found by walking, and taken apart into
//! tokens far enough to tell a path from a comment.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 5] = [".git", "dist", "node_modules", "target", "test-results"];

/// The project's root folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file's path from the root, with slashes, and its text.
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

/// Every file below a folder whose name ends in one of the endings, in order of the paths.
pub fn files(folder: &str, endings: &[&str]) -> Vec<SourceFile> {
    let mut found = Vec::new();
    walk(&root().join(folder), endings, &mut found);
    found.sort();
    let relative = |path: &Path| path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
    found
        .iter()
        .map(|path| SourceFile { path: relative(path), text: fs::read_to_string(path).unwrap_or_default() })
        .collect()
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !FOREIGN.contains(&name.as_str()) {
                walk(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

/// What a token is; comments are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or keyword.
    Name(String),
    /// The content of a string literal.
    Text(String),
    /// `::`.
    Separator,
    /// Any other character.
    Mark(char),
}

/// A token and the line it begins on, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub line: usize,
    pub kind: Kind,
}

/// Takes Rust source apart.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { characters: text.chars().collect(), at: 0, line: 1, found: Vec::new() };
    while reader.at < reader.characters.len() {
        reader.next_token();
    }
    reader.found
}

struct Reader {
    characters: Vec<char>,
    at: usize,
    line: usize,
    found: Vec<Token>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> char {
        self.characters.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn advance(&mut self) -> char {
        let character = self.peek(0);
        if character == '\n' {
            self.line += 1;
        }
        self.at += 1;
        character
    }

    fn push(&mut self, line: usize, kind: Kind) {
        self.found.push(Token { line, kind });
    }

    fn next_token(&mut self) {
        let line = self.line;
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.skip_line(),
            ('/', '*') => self.skip_block(),
            ('"', _) => self.string(line),
            ('r', '"' | '#') if self.is_raw_string(1) => self.raw_string(line, 1),
            ('b', 'r') if self.is_raw_string(2) => self.raw_string(line, 2),
            ('\'', _) => self.lifetime_or_character(),
            (':', ':') => {
                self.at += 2;
                self.push(line, Kind::Separator);
            }
            (first, _) if first.is_alphabetic() || first == '_' => {
                let mut name = String::new();
                while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
                    name.push(self.advance());
                }
                self.push(line, Kind::Name(name));
            }
            (first, _) => {
                self.advance();
                if !first.is_whitespace() {
                    self.push(line, Kind::Mark(first));
                }
            }
        }
    }

    fn skip_line(&mut self) {
        while self.at < self.characters.len() && self.peek(0) != '\n' {
            self.at += 1;
        }
    }

    fn skip_block(&mut self) {
        let mut depth = 0;
        while self.at < self.characters.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => {
                    depth += 1;
                    self.at += 2;
                }
                ('*', '/') => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => {
                    self.advance();
                }
            }
        }
    }

    fn string(&mut self, line: usize) {
        self.advance();
        let mut text = String::new();
        while self.at < self.characters.len() && self.peek(0) != '"' {
            let character = self.advance();
            text.push(character);
            if character == '\\' {
                text.push(self.advance());
            }
        }
        self.advance();
        self.push(line, Kind::Text(text));
    }

    /// Whether hashes, if any, and a quote follow; `r#type` is a name.
    fn is_raw_string(&self, mut ahead: usize) -> bool {
        while self.peek(ahead) == '#' {
            ahead += 1;
        }
        self.peek(ahead) == '"'
    }

    fn raw_string(&mut self, line: usize, prefix: usize) {
        self.at += prefix;
        let mut hashes = 0;
        while self.peek(0) == '#' {
            self.at += 1;
            hashes += 1;
        }
        self.at += 1;
        let mut text = String::new();
        while self.at < self.characters.len() {
            if self.peek(0) == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == '#') {
                self.at += 1 + hashes;
                break;
            }
            text.push(self.advance());
        }
        self.push(line, Kind::Text(text));
    }

    fn lifetime_or_character(&mut self) {
        self.at += 1;
        if self.peek(0) == '\\' {
            self.at += 2;
            while self.at < self.characters.len() && self.peek(0) != '\'' {
                self.at += 1;
            }
            self.at += 1;
        } else if self.peek(1) == '\'' {
            self.advance();
            self.at += 1;
        } else {
            // A lifetime: its name is of no interest.
            while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
                self.at += 1;
            }
        }
    }
}
