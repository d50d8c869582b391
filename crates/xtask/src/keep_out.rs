//! Crates that must not travel to the browser.

use crate::program::{program, says};
use crate::wasm_compiler::TARGET;
use crate::{compress, paths};
use anyhow::{Context, Result, bail};
use std::fs;

/// Hundreds of kB each; the browser's `Intl` does what they do. What describes the API for its tests
/// is for those alone. A star ends a prefix.
const KEEP_OUT: [&str; 7] = ["regex*", "chrono-tz", "icu_*", "schemars*", "validator", "reqwest", "time-tz"];

/// Leptos names the first two for its server half, also where only the browser's half is used, and
/// its router names `idna` by way of `url`; they bring regex and icu into the tree, and the linker
/// leaves every byte of those out. `check_linked` holds that to be true.
const NEVER_LINKED: [&str; 3] = ["leptos_config", "server_fn", "idna"];

/// Packages that are compiled for the browser.
const BROWSER: [&str; 2] = [CONSOLE, "embedded"];

/// The one that uses Leptos.
const CONSOLE: &str = "proef";

/// Looks for crates of the keep-out list among what the browser's packages link.
///
/// # Errors
/// When one is found; the message names it and the package that brings it.
pub fn check() -> Result<()> {
    let mut found = Vec::new();
    for package in BROWSER {
        let mut tree = program("cargo");
        tree.args([
            "tree",
            "--target",
            TARGET,
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ]);
        if package == CONSOLE {
            for name in NEVER_LINKED {
                tree.args(["--prune", name]);
            }
        }
        let text = says(tree.args(["--package", package]))?;
        let mut names: Vec<&str> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
        names.sort_unstable();
        names.dedup();
        println!("{package}: {} crates for the browser", names.len());
        found.extend(names.into_iter().filter(|name| is_kept_out(name)).map(|name| format!("{name} (in {package})")));
    }
    if !found.is_empty() {
        bail!(
            "not in the browser, please: {}; `cargo tree -i NAME --target {TARGET}` tells who brings it",
            found.join(", ")
        );
    }
    Ok(())
}

/// Looks into the built wasm: a linked crate leaves the names of its source files there, for the
/// messages of its panics.
///
/// # Errors
/// When a crate of the list is found, or there is no build.
pub fn check_linked() -> Result<()> {
    let mut found = Vec::new();
    for file in compress::files(&paths::dist())? {
        if file.extension().is_some_and(|ending| ending == "wasm") {
            let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let linked = linked_crates(&content);
            println!("{}: {} crates left the name of a source file", file.display(), linked.len());
            found.extend(linked.into_iter().filter(|name| is_kept_out(name)));
        }
    }
    if !found.is_empty() {
        bail!("linked into the browser's wasm: {}", found.join(", "));
    }
    Ok(())
}

/// The names in `…/registry/src/<index>/<name>-<version>/src/…`.
fn linked_crates(wasm: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(wasm);
    let mut names: Vec<String> = text
        .match_indices("registry/src/")
        .filter_map(|(at, opening)| {
            let folder = text[at + opening.len()..].split('/').nth(1)?;
            let version =
                folder.match_indices('-').find(|(at, _)| folder[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
            version.map(|(at, _)| folder[..at].to_owned())
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

fn is_kept_out(name: &str) -> bool {
    KEEP_OUT.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *pattern,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linked_crate_is_known_by_the_names_of_its_source_files() {
        let wasm = b"\0/x/registry/src/index.crates.io-1949/icu_normalizer-2.4.0/src/lib.rs\0/x/registry/src/i/serde-1.0.1/src/a.rs";
        assert_eq!(linked_crates(wasm), ["icu_normalizer", "serde"]);
    }

    #[test]
    fn names_and_families_are_kept_out_and_others_are_not() {
        assert!(is_kept_out("regex") && is_kept_out("icu_locid"));
        assert!(!is_kept_out("validators") && !is_kept_out("chrono"));
    }
}
