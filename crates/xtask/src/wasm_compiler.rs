//! A compiler that can build for the browser.
//!
//! The ordinary machine has rustup with internet access: `rustup target add` is all it needs. Where
//! rustup cannot download, Debian's own compiler is used, with a standard library for wasm32 built
//! from Debian's source package.

use crate::pins::{Debian, Pins};
use crate::program::{answers, program, run_logged, says};
use crate::root_rights::{apt_install, as_root, missing};
use crate::step::{nothing_to_do, step};
use crate::{paths, program};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// How long `rustup target add` may take before it counts as impossible here.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(120);

/// Which compiler builds for wasm32.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WasmCompiler {
    /// The one that cargo uses anyway.
    Ordinary,
    /// rustup's toolchain of this name.
    Toolchain(String),
}

impl WasmCompiler {
    /// Makes a command, and what it starts in turn, use this compiler and its own target folder.
    pub fn apply(&self, command: &mut Command) {
        command.env("CARGO_TARGET_DIR", paths::wasm_target());
        if let Self::Toolchain(name) = self {
            command.env("RUSTUP_TOOLCHAIN", name);
            // Set by `cargo run` for the other compiler's libraries.
            command.env_remove("LD_LIBRARY_PATH");
        }
    }

    /// What the compiler calls itself, for messages and fingerprints.
    pub fn version(&self) -> String {
        let mut command = program("rustc");
        self.apply(&mut command);
        says(command.arg("-V")).unwrap_or_else(|_| "no rustc".to_owned())
    }
}

/// The compiler that is ready now, if there is one.
pub fn ready(pins: &Pins) -> Option<WasmCompiler> {
    let debian = WasmCompiler::Toolchain(pins.debian.toolchain.clone());
    [WasmCompiler::Ordinary, debian].into_iter().find(compiles)
}

/// Gives a compiler for wasm32, setting up what is missing.
///
/// # Errors
/// When neither way works; the message says what to install.
pub fn ensure(pins: &Pins) -> Result<WasmCompiler> {
    if let Some(compiler) = ready(pins) {
        nothing_to_do("Compiler for wasm32", &format!("ready, {}", compiler.version()));
        return Ok(compiler);
    }
    let added = step("rustup target add wasm32-unknown-unknown", || {
        run_logged("rustup-target", program("rustup").args(["target", "add", TARGET]), Some(DOWNLOAD_LIMIT))
    });
    if let Err(why) = &added {
        println!("  rustup cannot add it here: {}", why.to_string().lines().last().unwrap_or_default());
    } else if compiles(&WasmCompiler::Ordinary) {
        return Ok(WasmCompiler::Ordinary);
    }
    debian_recipe(&pins.debian)
}

/// Tries the compiler on one function. A library of another version or none at all fails here.
fn compiles(compiler: &WasmCompiler) -> bool {
    let Ok(folder) = work_folder("probe") else { return false };
    let source = folder.join("probe.rs");
    if fs::write(&source, "pub fn probe() -> Vec<u8> { Vec::new() }\n").is_err() {
        return false;
    }
    let mut command = program("rustc");
    compiler.apply(&mut command);
    command.args(["--target", TARGET, "--crate-type", "lib", "--emit", "metadata", "--out-dir"]);
    says(command.arg(&folder).arg(&source)).is_ok()
}

fn debian_recipe(debian: &Debian) -> Result<WasmCompiler> {
    let packages = missing(&debian.compiler);
    if !packages.is_empty() {
        step(&format!("Debian packages {}", packages.join(" ")), || apt_install(&packages)).context(
            "no standard library for wasm32: `rustup target add wasm32-unknown-unknown` failed, and so did the way by Debian's packages",
        )?;
    }
    let compiler = WasmCompiler::Toolchain(debian.toolchain.clone());
    if answers("rustup") {
        let known = says(program("rustup").args(["toolchain", "list"]))?;
        if !known.lines().any(|line| line.split_whitespace().next() == Some(debian.toolchain.as_str())) {
            step("rustup toolchain link", || {
                says(program("rustup").args(["toolchain", "link", &debian.toolchain, &debian.sysroot])).map(drop)
            })?;
        }
    }
    if !compiles(&compiler) {
        step("Standard library for wasm32, from Debian's source", || build_standard_library(debian, &compiler))?;
    }
    if !compiles(&compiler) {
        bail!("the standard library for wasm32 was built, and {} still cannot use it", compiler.version());
    }
    Ok(compiler)
}

fn build_standard_library(debian: &Debian, compiler: &WasmCompiler) -> Result<()> {
    let folder = work_folder("std")?;
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[profile.release]\npanic = \"abort\"\n\n[workspace]\n",
    )?;
    let mut build = program("cargo");
    compiler.apply(&mut build);
    build.current_dir(&folder).env("CARGO_TARGET_DIR", folder.join("target")).env("RUSTC_BOOTSTRAP", "1");
    // Without the bitcode a build with `lto = "fat"` cannot take this library in.
    build.env("RUSTFLAGS", "-Cembed-bitcode=yes");
    build.args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,panic_unwind,test"]);
    run_logged("wasm-std", &mut build, None)?;

    let built = folder.join("target").join(TARGET).join("release/deps");
    let libraries: Vec<PathBuf> = fs::read_dir(&built)
        .with_context(|| format!("cannot read {}", built.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| is_library(path))
        .collect();
    let place = Path::new(&debian.sysroot).join("lib/rustlib").join(TARGET).join("lib");
    // Those of an older compiler would be found too, and be refused.
    for (name, first) in [("rm", "-rf"), ("mkdir", "-p")] {
        says(root_command(name)?.arg(first).arg(&place))?;
    }
    says(root_command("cp")?.args(&libraries).arg(&place)).map(drop)
}

fn root_command(name: &str) -> Result<Command> {
    as_root(name).context(
        "root's rights are needed to put the library beside Debian's compiler; run the same command as root once",
    )
}

fn is_library(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".rlib") && !name.starts_with("libempty-")
}

fn work_folder(name: &str) -> Result<PathBuf> {
    let folder = paths::cache()?.join("build").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Makes sure that `cargo clippy` works for wasm32 too.
///
/// # Errors
/// When it is missing and cannot be installed.
pub fn ensure_clippy(pins: &Pins, compiler: &WasmCompiler) -> Result<()> {
    let mut probe = program::program("cargo");
    compiler.apply(&mut probe);
    if says(probe.args(["clippy", "--version"])).is_ok() {
        return Ok(());
    }
    match compiler {
        WasmCompiler::Ordinary => says(program("rustup").args(["component", "add", "clippy"])).map(drop),
        WasmCompiler::Toolchain(_) => apt_install(&pins.debian.clippy),
    }
}
