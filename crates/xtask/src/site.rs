//! The release build: Trunk's, made only when something that goes into it has changed.

use crate::pins::{Pins, pins};
use crate::program::{program, run, run_logged};
use crate::step::{nothing_to_do, step};
use crate::wasm_compiler::{self, TARGET, WasmCompiler};
use crate::{compress, paths, tools};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What the release build is made of; tests and documents are not.
const INPUTS: [&str; 13] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "rust-toolchain.toml",
    "crates",
    "crates/xtask/hooks",
    "crates/xtask/tools.toml",
    "public",
    "src",
    "style",
    "tests/browser/package-lock.json",
];

/// What a build needs, set up and ready.
pub struct Workshop {
    /// The pinned versions.
    pub pins: Pins,
    /// Who compiles for the browser.
    pub compiler: WasmCompiler,
}

/// Installs what is missing to build.
///
/// # Errors
/// When something cannot be installed; the message says what to do.
pub fn set_up() -> Result<Workshop> {
    let pins = pins()?;
    let compiler = wasm_compiler::ensure(&pins)?;
    // Trunk is kept from downloading anything, and that goes for the cargo it starts.
    step("Crates (cargo fetch)", || run_logged("cargo-fetch", program("cargo").arg("fetch"), None))?;
    tools::ensure(&pins, || {
        let early = step("Compiling for the browser, meanwhile", || compile(&compiler));
        if early.is_err() {
            println!("  the release build below will say why");
        }
    })?;
    Ok(Workshop { pins, compiler })
}

/// The console and the embedded backend: manifest and program.
const PROGRAMS: [(&str, &str); 2] = [("Cargo.toml", "proef"), ("crates/embedded/Cargo.toml", "embedded")];

/// Compiles what Trunk will ask for, with the very arguments that it gives to cargo, so that its
/// own turn finds everything done.
fn compile(compiler: &WasmCompiler) -> Result<()> {
    for (manifest, binary) in PROGRAMS {
        let mut cargo = program("cargo");
        compiler.apply(&mut cargo);
        cargo.args(["build", "--release", "--offline", "--target", TARGET, "--bin", binary, "--manifest-path"]);
        run_logged(&format!("compile-{binary}"), cargo.arg(paths::root().join(manifest)), None)?;
    }
    Ok(())
}

/// Makes `dist/` the release build of the present sources.
///
/// # Errors
/// When the build fails.
pub fn ensure_built(workshop: &Workshop) -> Result<()> {
    let note = paths::notes().join("built");
    let wanted = fingerprint(&workshop.compiler.version())?;
    if paths::dist().join("index.html").is_file() && fs::read_to_string(&note).is_ok_and(|made| made == wanted) {
        nothing_to_do("Release build", "nothing has changed");
        return Ok(());
    }
    // Taken away first: an interrupted build must not pass for a finished one.
    if note.exists() {
        fs::remove_file(&note)?;
    }
    step("Release build (Trunk)", || {
        let mut trunk = program("trunk");
        workshop.compiler.apply(&mut trunk);
        trunk.env("PATH", tools::search_path(&workshop.pins)?).env_remove("NO_COLOR");
        trunk.env("PROEF_WASM_BINDGEN", tools::wasm_bindgen(&workshop.pins)?);
        trunk.env("PROEF_PARTS", paths::notes().join("parts"));
        run(trunk.args(["--color", "never", "build"]))
    })?;
    step("Compressing", || compress::beside(&paths::dist()))?;
    fs::create_dir_all(paths::notes())?;
    fs::write(&note, wanted).with_context(|| format!("cannot write {}", note.display()))
}

fn fingerprint(compiler: &str) -> Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&paths::root().join(input), &mut files)?;
    }
    files.sort();
    files.dedup();
    let mut hash = Sha256::new();
    hash.update(compiler);
    for file in files {
        let name = file.strip_prefix(paths::root()).unwrap_or(&file).to_string_lossy().into_owned();
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        // Lengths keep two neighbours from being taken for two others.
        hash.update(format!("\n{}:{name}:{}\n", name.len(), content.len()));
        hash.update(content);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Parts of `crates` that do not go into the build: the commands themselves, but for their hooks
/// and pins, the server, and the conformance suite, which is behind a feature.
const NO_INPUTS: [&str; 4] =
    ["crates/xtask", "crates/server", "crates/contract/src/conformance", "crates/contract/src/bin"];

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
            let entry = entry?.path();
            if !NO_INPUTS.iter().any(|none| entry == paths::root().join(none)) {
                collect(&entry, files)?;
            }
        }
    }
    Ok(())
}
