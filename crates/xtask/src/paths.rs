//! Where things lie: in the project's folder and in the user's cache folder.

use anyhow::{Context, Result};
use std::env;
use std::path::{Path, PathBuf};

/// The project's root folder, two levels above this crate.
pub fn root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).unwrap_or(crate_folder).to_path_buf()
}

/// Cargo's target folder for native builds.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The target folder of the wasm build. Two compilers sharing one folder rebuild each other's host artefacts.
pub fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// What the commands remember between runs: fingerprints and logs.
pub fn notes() -> PathBuf {
    target().join("xtask")
}

/// The release build's files.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The folder of the browser tests, which also pins the npm packages of the build.
pub fn browser_tests() -> PathBuf {
    root().join("tests/browser")
}

/// The folder of the tests' OpenID provider.
pub fn identity_provider() -> PathBuf {
    root().join("tests/identity_provider")
}

/// Installed tools: `$PROEF_CACHE`, else `$XDG_CACHE_HOME/proef`, else `~/.cache/proef`.
///
/// # Errors
/// When none of `PROEF_CACHE`, `XDG_CACHE_HOME` and `HOME` is set.
pub fn cache() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("PROEF_CACHE") {
        return Ok(root().join(folder));
    }
    if let Some(folder) = env::var_os("XDG_CACHE_HOME") {
        return Ok(Path::new(&folder).join("proef"));
    }
    let home =
        env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).context("neither HOME nor PROEF_CACHE is set")?;
    Ok(Path::new(&home).join(".cache/proef"))
}
