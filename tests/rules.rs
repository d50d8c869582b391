//! Every rule of the specification that is kept already has a test that names it, and so has every
//! rule that the code names. `RULES.md` is the table of both; `UPDATE=1` writes it anew.

mod source;

use source::{Kind, SourceFile, files, root, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs};

/// Where rules are cited: code that ships.
const PRODUCT: [&str; 7] =
    ["src", "crates/rules", "crates/words", "crates/contract", "crates/backend", "crates/embedded", "crates/server"];

/// Where the rust tests stand besides the product's folders.
const TESTS: [&str; 1] = ["tests"];

/// A rule of the list.
struct Rule {
    id: String,
    now: bool,
    title: String,
}

#[test]
fn every_rule_named_in_the_code_has_a_test_and_the_table_is_current() {
    let rules = rules();
    let cited_by_tests = citations_of_tests(&rules);
    let mut found = Vec::new();

    for (id, place) in cited_in_code(&rules) {
        match rules.iter().find(|rule| rule.id == id) {
            None => found.push(format!("{place} cites {id}, which is no rule of tests/rule_ids.txt")),
            Some(_) if !cited_by_tests.contains_key(&id) => {
                found.push(format!("{place} cites {id}, which no test names"))
            }
            Some(_) => {}
        }
    }
    for rule in rules.iter().filter(|rule| rule.now && !cited_by_tests.contains_key(&rule.id)) {
        found.push(format!("{} ({}) is kept `now` and no test names it", rule.id, rule.title));
    }

    let table = table(&rules, &cited_by_tests);
    let file = root().join("tests/RULES.md");
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &table).expect("tests/RULES.md can be written");
    } else if fs::read_to_string(&file).unwrap_or_default() != table {
        found.push("tests/RULES.md is not current: UPDATE=1 cargo test -p proef --test rules".to_owned());
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

fn rules() -> Vec<Rule> {
    let text = fs::read_to_string(root().join("tests/rule_ids.txt")).expect("tests/rule_ids.txt can be read");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (id, rest) = line.split_once(' ').expect("an id");
            let (state, title) = rest.trim_start().split_once(' ').expect("a state and a title");
            assert!(matches!(state, "now" | "later"), "{id} is {state}");
            Rule { id: id.to_owned(), now: state == "now", title: title.trim().to_owned() }
        })
        .collect()
}

/// The letters that begin an id, by the list.
fn letters(rules: &[Rule]) -> BTreeSet<char> {
    rules.iter().filter_map(|rule| rule.id.chars().next()).collect()
}

/// Words of a text that look like ids: a letter of the list and one or two digits. `D1 to D6` and
/// `N12–N14` name their ends only; who means those between writes them.
fn ids_in(text: &str, letters: &BTreeSet<char>) -> BTreeSet<String> {
    let words = text.split(|character: char| !(character.is_ascii_alphanumeric() || "_+%".contains(character)));
    words.filter(|word| is_id(word, letters)).map(str::to_owned).collect()
}

fn is_id(word: &str, letters: &BTreeSet<char>) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(|first| letters.contains(&first))
        && matches!(word.len(), 2 | 3)
        && !word[1..].starts_with('0')
        && characters.all(|character| character.is_ascii_digit())
}

/// Ids within a test's name, `..._n12_...`.
fn ids_in_name(name: &str, letters: &BTreeSet<char>) -> BTreeSet<String> {
    name.split('_').map(str::to_uppercase).filter(|word| is_id(word, letters)).collect()
}

/// Every id that code outside tests names, with the first place of each.
fn cited_in_code(rules: &[Rule]) -> BTreeMap<String, String> {
    let letters = letters(rules);
    let mut cited = BTreeMap::new();
    let mut sources: Vec<SourceFile> = PRODUCT.iter().flat_map(|folder| files(folder, &[".rs"])).collect();
    sources.extend(files("public", &[".js"]));
    for file in sources {
        for (number, line) in file.text.lines().enumerate() {
            for id in ids_in(line, &letters) {
                cited.entry(id).or_insert_with(|| format!("{}:{}", file.path, number + 1));
            }
        }
    }
    cited
}

/// For each id the tests that name it, as `file: name`.
fn citations_of_tests(rules: &[Rule]) -> BTreeMap<String, BTreeSet<String>> {
    let letters = letters(rules);
    let known: BTreeSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    let mut cited: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in PRODUCT.iter().chain(&TESTS).flat_map(|folder| files(folder, &[".rs"])) {
        if file.path == "tests/rules.rs" {
            continue; // the ids here are examples
        }
        for test in rust_tests(&file) {
            let mut ids = ids_in(&test.text, &letters);
            ids.extend(ids_in_name(&test.name, &letters));
            for id in ids.into_iter().filter(|id| known.contains(id.as_str())) {
                cited.entry(id).or_default().insert(format!("{}: {}", file.path, test.name));
            }
        }
    }
    for file in files("tests/browser", &[".spec.ts"]) {
        for title in browser_titles(&file.text) {
            for id in ids_in(&title, &letters).into_iter().filter(|id| known.contains(id.as_str())) {
                cited.entry(id).or_default().insert(format!("{}: {title}", file.path));
            }
        }
    }
    cited
}

/// A test with all that belongs to it: comments before it, name and body.
struct RustTest {
    name: String,
    text: String,
}

fn rust_tests(file: &SourceFile) -> Vec<RustTest> {
    let lines: Vec<&str> = file.text.lines().collect();
    let tokens = tokens(&file.text);
    let attributes = lines.iter().enumerate().filter(|(_, line)| is_test_attribute(line.trim()));
    let attributes = attributes.map(|(attribute, _)| attribute);
    let cases = conformance_cases(file);
    let of_suite = lines.iter().enumerate().filter(|(_, line)| {
        let name = line.strip_prefix("fn ").and_then(|rest| rest.split('(').next());
        name.is_some_and(|name| cases.contains(name))
    });
    // What is looked for stands on the line after an attribute, and for a case on its own line.
    attributes
        .chain(of_suite.map(|(line, _)| line.saturating_sub(1)))
        .filter_map(|attribute| {
            let mut first = attribute;
            while first > 0 && matches!(lines[first - 1].trim().get(..2), Some("//" | "#[")) {
                first -= 1;
            }
            let at =
                tokens.iter().position(|token| token.line > attribute && token.kind == Kind::Name("fn".to_owned()))?;
            let Kind::Name(name) = &tokens.get(at + 1)?.kind else { return None };
            let mut depth = 0;
            let last = tokens[at..].iter().find_map(|token| {
                match token.kind {
                    Kind::Mark('{') => depth += 1,
                    Kind::Mark('}') => depth -= 1,
                    _ => return None,
                }
                (depth == 0).then_some(token.line)
            })?;
            Some(RustTest { name: name.clone(), text: lines[first..last].join("\n") })
        })
        .collect()
}

/// The names of the conformance suite's cases in a file: functions that its table lists.
fn conformance_cases(file: &SourceFile) -> BTreeSet<&str> {
    if !file.path.starts_with("crates/contract/src/conformance/cases/") {
        return BTreeSet::new();
    }
    let listed = file.text.split_once("cases![").and_then(|(_, rest)| rest.split_once(']'));
    listed.into_iter().flat_map(|(names, _)| names.split(',')).map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn is_test_attribute(line: &str) -> bool {
    line.starts_with("#[test]") || (line.starts_with("#[") && (line.contains("::test]") || line.contains("::test(")))
}

/// The titles of `test('…')` and `test.describe('…')`; a describe's ids count for itself.
fn browser_titles(text: &str) -> Vec<String> {
    let mut titles = Vec::new();
    for opening in ["test(", "test.describe("] {
        for (at, _) in text.match_indices(opening) {
            let rest = text[at + opening.len()..].trim_start();
            let Some(quote) = rest.chars().next().filter(|quote| "'\"`".contains(*quote)) else { continue };
            if let Some(title) = rest[1..].split(quote).next() {
                titles.push(title.replace('\n', " "));
            }
        }
    }
    titles
}

fn table(rules: &[Rule], cited: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut text = String::from(
        "# Rules and the tests that prove them\n\n\
         Written by `UPDATE=1 cargo test -p proef --test rules`; the same test fails when it is not current, when a rule that\n\
         is kept now has no test, and when the code names a rule without one. Rules without a test that are kept later are\n\
         not listed.\n\n| rule | about | tests |\n|---|---|---|\n",
    );
    for rule in rules.iter().filter(|rule| rule.now || cited.contains_key(&rule.id)) {
        let tests = cited.get(&rule.id).into_iter().flatten();
        let tests: Vec<String> = tests.map(|test| test.replace('|', "\\|")).collect();
        text.push_str(&format!("| {} | {} | {} |\n", rule.id, rule.title, tests.join("<br>")));
    }
    text
}

// What the test above reads must be found where it stands.

fn example_rules() -> Vec<Rule> {
    ["N1", "N12", "G3"].map(|id| Rule { id: id.to_owned(), now: true, title: String::new() }).into()
}

#[test]
fn ids_are_whole_words_of_a_known_letter() {
    let letters = letters(&example_rules());
    let found = ids_in("N12, (G3) and `N1`; not XN1, N123, U+202A, N0, N1a, Z9 or _N1", &letters);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["G3", "N1", "N12"]);
    assert_eq!(ids_in_name("a_name_is_trimmed_n1_g3", &letters).len(), 2);
}

#[test]
fn a_rust_test_is_its_comments_its_name_and_its_body() {
    let text = "fn other() { /* G3 */ }\n\n/// Proves `N1`.\n#[test]\nfn a_name_n12() {\n    // G3: braces in \"}\" do not end it\n    if true {}\n}\n// N2\n";
    let tests = rust_tests(&SourceFile { path: "a.rs".to_owned(), text: text.to_owned() });
    assert_eq!(tests.len(), 1);
    assert_eq!(tests[0].name, "a_name_n12");
    assert!(tests[0].text.contains("N1`") && tests[0].text.contains("G3") && !tests[0].text.contains("N2\n"));
}

#[test]
fn a_browser_test_is_found_by_its_title() {
    let text = "test.describe('Wizard N7', () => {\n  test(\n    `G3: it's kept`, async () => {});\n});";
    assert_eq!(browser_titles(text), ["G3: it's kept", "Wizard N7"]);
}
