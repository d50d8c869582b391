//! Installing the pinned tools and npm packages into the user's cache folder.

use crate::paths;
use crate::pins::{CargoTool, Pins};
use crate::program::{answers, program, run_logged};
use crate::root_rights::apt_install;
use crate::step::{nothing_to_do, step};
use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::thread;

/// Installs the cargo tools and npm packages that are missing, side by side. Building a tool ends
/// with minutes in which one processor links and the others wait; `meanwhile` fills them, and is
/// not called when every tool is there.
///
/// # Errors
/// When one cannot be installed.
pub fn ensure(pins: &Pins, meanwhile: impl FnOnce() + Send) -> Result<()> {
    let mut missing = Vec::new();
    for tool in &pins.cargo {
        if tool.program()?.is_file() {
            nothing_to_do(&format!("{} {}", tool.name, tool.version), "installed");
        } else {
            missing.push(tool);
        }
    }
    let outcomes = thread::scope(|scope| {
        if !missing.is_empty() {
            scope.spawn(meanwhile);
        }
        let mut running: Vec<_> = missing
            .into_iter()
            .map(|tool| {
                scope.spawn(move || step(&format!("cargo install {} {}", tool.name, tool.version), || install(tool)))
            })
            .collect();
        running.push(scope.spawn(|| NpmPackages::of_browser_tests().ensure(pins)));
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(anyhow!("an installation broke off"))))
            .collect::<Vec<_>>()
    });
    outcomes.into_iter().collect()
}

fn install(tool: &CargoTool) -> Result<()> {
    let build = paths::cache()?.join("build").join(&tool.name);
    fs::create_dir_all(&build).with_context(|| format!("cannot make {}", build.display()))?;
    let mut command = program("cargo");
    // Outside the project's folder: its .cargo/config.toml is not for other people's programs.
    command.current_dir(&build).env("CARGO_TARGET_DIR", build.join("target"));
    command.args(["install", &tool.name, "--version", &tool.version]).args(&tool.arguments);
    command.arg("--root").arg(tool.folder()?);
    command.envs(tool.environment.iter().map(|(key, value)| (key, value)));
    run_logged(&format!("install-{}", tool.name), &mut command, None)?;
    // Half a gigabyte that nobody needs again.
    fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
}

/// A folder of the project whose `package-lock.json` pins npm packages. They are installed into the user's cache
/// and linked from there.
pub struct NpmPackages {
    project: PathBuf,
}

impl NpmPackages {
    /// What the build and the browser tests take from npm.
    pub fn of_browser_tests() -> NpmPackages {
        NpmPackages { project: paths::browser_tests() }
    }

    /// The OpenID provider of the tests.
    pub fn of_identity_provider() -> NpmPackages {
        NpmPackages { project: paths::identity_provider() }
    }

    /// Whether the packages of the lock file are installed and linked.
    ///
    /// # Errors
    /// When the lock file cannot be read or there is no cache folder.
    pub fn ready(&self) -> Result<bool> {
        let place = self.folder()?.join("node_modules");
        Ok(place.join(".complete").is_file() && fs::canonicalize(self.link()).ok() == fs::canonicalize(place).ok())
    }

    fn link(&self) -> PathBuf {
        self.project.join("node_modules")
    }

    /// One folder per content of the lock file: another branch with other packages has its own.
    fn folder(&self) -> Result<PathBuf> {
        let lock = self.project.join("package-lock.json");
        let text = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
        let hash: String = Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(paths::cache()?.join("node").join(hash))
    }

    /// Installs them where they are missing, and Node before them.
    ///
    /// # Errors
    /// When they cannot be installed.
    pub fn ensure(&self, pins: &Pins) -> Result<()> {
        if !(answers("node") && answers("npm")) {
            step("Debian packages nodejs npm", || apt_install(&pins.debian.node))
                .context("Node 20 or newer with npm is needed: https://nodejs.org")?;
        }
        let name = format!("npm packages of {}", self.project.file_name().unwrap_or_default().to_string_lossy());
        if self.ready()? {
            nothing_to_do(&name, "installed");
            return Ok(());
        }
        let folder = self.folder()?;
        if folder.join("node_modules/.complete").is_file() {
            nothing_to_do(&name, "installed by another clone");
            return self.make_link(&folder.join("node_modules"));
        }
        step(&format!("npm ci ({name})"), || {
            fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
            for name in ["package.json", "package-lock.json"] {
                fs::copy(self.project.join(name), folder.join(name)).with_context(|| format!("cannot copy {name}"))?;
            }
            let mut command = program("npm");
            command.current_dir(&folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
            run_logged("npm-ci", &mut command, None)?;
            fs::write(folder.join("node_modules/.complete"), "")?;
            self.make_link(&folder.join("node_modules"))
        })
    }

    fn make_link(&self, place: &std::path::Path) -> Result<()> {
        let link = self.link();
        if fs::symlink_metadata(&link).is_ok_and(|data| data.is_dir()) {
            fs::remove_dir_all(&link)?;
        } else if fs::symlink_metadata(&link).is_ok() {
            fs::remove_file(&link)?;
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(place, &link)?;
        #[cfg(windows)]
        std::os::windows::fs::symlink_dir(place, &link)?;
        Ok(())
    }
}

/// The pinned wasm-bindgen.
///
/// # Errors
/// When it is not pinned, or there is no cache folder.
pub fn wasm_bindgen(pins: &Pins) -> Result<PathBuf> {
    let tool = pins.cargo.iter().find(|tool| tool.binary == "wasm-bindgen");
    tool.context("tools.toml pins no wasm-bindgen")?.program()
}

/// The search path with the pinned tools first: npm's wasm-opt must win over Debian's, whose
/// output fails in the browser.
///
/// # Errors
/// When there is no cache folder.
pub fn search_path(pins: &Pins) -> Result<OsString> {
    // In place of wasm-bindgen stands a script that splits the console's program first.
    let mut folders = vec![
        paths::root().join("crates/xtask/hooks/bin"),
        NpmPackages::of_browser_tests().folder()?.join("node_modules/.bin"),
    ];
    for tool in &pins.cargo {
        folders.push(tool.folder()?.join("bin"));
    }
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    Ok(env::join_paths(folders)?)
}
