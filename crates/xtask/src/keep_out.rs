//! Crates that must not travel to the browser.

use crate::program::{program, says};
use crate::wasm_compiler::TARGET;
use anyhow::{Result, bail};

/// Hundreds of kB each; the browser's `Intl` does what they do. A star ends a prefix.
const KEEP_OUT: [&str; 6] = ["regex", "chrono-tz", "icu_*", "validator", "reqwest", "time-tz"];

/// Packages that are compiled for the browser.
const BROWSER: [&str; 2] = ["proef", "embedded"];

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
    fn names_and_families_are_kept_out_and_others_are_not() {
        assert!(is_kept_out("regex") && is_kept_out("icu_locid"));
        assert!(!is_kept_out("regex-syntax-lookalike") && !is_kept_out("chrono"));
    }
}
