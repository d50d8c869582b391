//! The walls between the project's rooms (ARCHITECTURE.md, Rooms), and its tidiness. A finding names
//! the room, the file and the line.

#[path = "walls/paths.rs"]
mod paths;
#[path = "walls/rooms.rs"]
mod rooms;
mod source;
#[path = "walls/tidy.rs"]
mod tidy;

use rooms::{ROOMS, Room};
use source::{Kind, SourceFile, files, tokens};

/// Endings of what people write here.
const WRITTEN: &[&str] = &[".rs", ".css", ".js", ".mjs", ".ts", ".html", ".toml"];

#[test]
fn no_room_names_what_its_wall_keeps_out() {
    let mut found = Vec::new();
    for room in ROOMS {
        for file in files(room.folder, &[".rs"]) {
            found.extend(breaches(room, &file));
        }
    }
    assert!(found.is_empty(), "walls broken:\n{}", found.join("\n"));
}

#[test]
fn no_page_names_another_page() {
    let mut found = Vec::new();
    for file in files("src/pages", &[".rs"]) {
        found.extend(foreign_pages(&file));
    }
    assert!(found.is_empty(), "walls broken:\n{}", found.join("\n"));
}

#[test]
fn no_manifest_opens_a_wall() {
    let mut found = Vec::new();
    for room in ROOMS.iter().filter(|room| !room.may_depend_on.is_empty()) {
        let folder = room.folder.trim_end_matches("/src");
        for file in files(folder, &["Cargo.toml"]) {
            found.extend(foreign_dependencies(room, &file));
        }
    }
    assert!(found.is_empty(), "walls broken:\n{}", found.join("\n"));
}

#[test]
fn the_sources_are_tidy() {
    let mut found = Vec::new();
    for file in files("", WRITTEN) {
        found.extend(tidy::findings(&file));
    }
    assert!(found.is_empty(), "not tidy:\n{}", found.join("\n"));
}

#[test]
fn every_room_of_the_table_exists() {
    for room in ROOMS {
        assert!(!files(room.folder, &[".rs"]).is_empty(), "{} has no sources in {}", room.name, room.folder);
    }
}

/// The folder of a module below `src`, as names: `src/pages/trial/review.rs` is `pages::trial::review`.
fn module_of(path: &str) -> Vec<&str> {
    let inside = path.split_once("src/").map_or(path, |(_, inside)| inside).trim_end_matches(".rs");
    inside.split('/').filter(|name| !matches!(*name, "mod" | "lib" | "main")).collect()
}

fn breaches(room: &Room, file: &SourceFile) -> Vec<String> {
    let tokens = tokens(&file.text);
    let mut found = Vec::new();
    for named in paths::named(&tokens, &module_of(&file.path)) {
        let path = named.path.join("::");
        if let Some(never) = room.never.iter().find(|never| matches(never, &path)) {
            found.push(message(room, file, named.line, &format!("names `{path}`, and may not name `{never}`")));
        }
    }
    for token in &tokens {
        if let Kind::Name(name) = &token.kind
            && room.never_words.contains(&name.as_str())
        {
            found.push(message(room, file, token.line, &format!("uses `{name}`")));
        }
    }
    found
}

fn message(room: &Room, file: &SourceFile, line: usize, what: &str) -> String {
    format!("room {}: {}:{line} {what}: {}", room.name, file.path, room.reason)
}

/// `gloo_*` matches by the beginning of the first name, anything else by whole names.
fn matches(never: &str, path: &str) -> bool {
    match never.strip_suffix('*') {
        Some(prefix) => path.starts_with(prefix),
        None => path == never || path.starts_with(&format!("{never}::")),
    }
}

fn foreign_pages(file: &SourceFile) -> Vec<String> {
    let module = module_of(&file.path);
    // A page is a folder; a file beside the folders is the list of pages and names them all.
    let Some(own) = module.get(1).filter(|_| file.path.matches('/').count() > 2) else { return Vec::new() };
    let room = ROOMS.iter().find(|room| room.name == "src/pages").expect("the room of the pages");
    paths::named(&tokens(&file.text), &module)
        .into_iter()
        .filter(|named| named.path.starts_with(&["crate".to_owned(), "pages".to_owned()]))
        .filter(|named| named.path.get(2).is_some_and(|page| page != own))
        .map(|named| message(room, file, named.line, &format!("names another page, `{}`", named.path.join("::"))))
        .collect()
}

fn foreign_dependencies(room: &Room, manifest: &SourceFile) -> Vec<String> {
    let mut section = "";
    let mut found = Vec::new();
    for (number, line) in manifest.text.lines().enumerate() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if section == "dependencies"
            && let Some(name) = line.split(['.', '=']).next().map(str::trim).filter(|name| !name.is_empty())
            && !name.starts_with('#')
            && line.contains('=')
            && name.chars().all(|character| character.is_alphanumeric() || "-_".contains(character))
            && !room.may_depend_on.contains(&name)
        {
            found.push(message(room, manifest, number + 1, &format!("depends on `{name}`")));
        }
    }
    found
}

// The tests above prove nothing unless a bad line is found. Each of these feeds one.

fn source_file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

fn room(name: &str) -> &'static Room {
    ROOMS.iter().find(|room| room.name == name).expect("a room of the table")
}

#[test]
fn a_bad_line_in_any_room_is_found_with_its_room_file_and_line() {
    for (name, path, text, line) in [
        (
            "rules",
            "crates/rules/src/clock.rs",
            "//! std::time in a comment is fine.\nuse std::{fmt, time::SystemTime};\n",
            2,
        ),
        ("rules", "crates/rules/src/a.rs", "fn a() {\n    let n = rand::random::<u8>();\n}\n", 2),
        ("rules", "crates/rules/src/a.rs", "pub async fn a() {}\n", 1),
        ("words", "crates/words/src/a.rs", "use contract::ApiError;\n", 1),
        ("contract", "crates/contract/src/a.rs", "use {rules::Day, axum::Json};\n", 1),
        ("backend", "crates/backend/src/a.rs", "fn a() -> tokio::task::JoinHandle<()> { loop {} }\n", 1),
        ("embedded", "crates/embedded/src/a.rs", "use leptos_router::hooks;\n", 1),
        ("server", "crates/server/src/a.rs", "use leptos::prelude::*;\n", 1),
        ("xtask", "crates/xtask/src/a.rs", "\n\nuse rules::clock::Day;\n", 3),
        ("src/ui", "src/ui/button.rs", "use super::super::api::Client;\n", 1),
        ("src/ui", "src/ui/button.rs", "use crate::{ui::Icon, forms::{Field, Draft as D}};\n", 1),
        ("src/forms", "src/forms/mod.rs", "use crate::api;\n", 1),
        ("src/pages", "src/pages/trial/mod.rs", "let w = web_sys::window();\n", 1),
        ("src/api", "src/api/mod.rs", "use crate::pages::customers;\n", 1),
    ] {
        let found = breaches(room(name), &source_file(path, text));
        assert!(!found.is_empty(), "nothing found in {text:?}");
        assert!(found[0].starts_with(&format!("room {name}: {path}:{line} ")), "{}", found[0]);
    }
}

#[test]
fn a_page_that_names_another_is_found_and_its_own_parts_are_not() {
    let text = "use super::review;\nuse crate::pages::trial::summary;\nuse super::super::customers::Row;\n";
    let found = foreign_pages(&source_file("src/pages/trial/step.rs", text));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("src/pages/trial/step.rs:3 "), "{}", found[0]);
}

#[test]
fn a_dependency_that_opens_a_wall_is_found() {
    let text = "[package]\nname = \"rules\"\n[dependencies]\nserde.workspace = true\nrand = \"0.9\"\n[dev-dependencies]\nproptest = \"1\"\n";
    let found = foreign_dependencies(room("rules"), &source_file("crates/rules/Cargo.toml", text));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("Cargo.toml:5 depends on `rand`"), "{}", found[0]);
}

#[test]
fn what_is_allowed_is_not_found() {
    let text = "//! Uses std::time::SystemTime? No.\nuse std::fmt;\nuse serde::{Deserialize, Serialize};\n\
                fn text() -> &'static str { \"rand::random\" }\n";
    assert_eq!(breaches(room("rules"), &source_file("crates/rules/src/a.rs", text)), Vec::<String>::new());
}

#[test]
fn untidy_lines_are_found() {
    let promise = ["fn a() { to", "do!() }"].concat();
    for (path, text) in [
        ("src/a.rs", promise.as_str()),
        ("src/pages/a.rs", "let path = \"/customers\";"),
        ("src/pages/a.rs", "let path = format!(\"/customers/{id}\");"),
        ("style/ui/button.css", ".button { color: #fff; }\n.b {\n  color: #fff;\n}"),
        ("style/ui/button.css", ".b {\n  border: 1px solid white;\n}"),
        ("style/ui/button.css", ".b {\n  background: rgb(0 0 0 / 50%);\n}"),
        ("crates/backend/src/utils.rs", ""),
    ] {
        assert_ne!(tidy::findings(&source_file(path, text)), Vec::<String>::new(), "{text}");
    }
    let long = "\n".repeat(501);
    assert_eq!(tidy::findings(&source_file("src/a.rs", &long)).len(), 1);
    let fine = "#face:hover {\n  color: var(--ink); /* not #fff */\n}\n";
    assert_eq!(tidy::findings(&source_file("style/a.css", fine)), Vec::<String>::new());
    assert_eq!(tidy::findings(&source_file("src/route.rs", "const A: &str = \"/customers\";")), Vec::<String>::new());
}
