//! Tools of Python: pip installs each into an environment of its own in the user's cache folder.

use crate::paths;
use crate::pins::PythonTool;
use crate::program::{program, run_logged, says};
use crate::root_rights::apt_install;
use crate::step::{nothing_to_do, step};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The file that an installation ends with.
const COMPLETE: &str = ".complete";

/// The names under which systems have Python 3.
const PYTHONS: [&str; 2] = ["python3", "python"];

/// Python 3, if it is there.
pub fn python() -> Option<&'static str> {
    PYTHONS.into_iter().find(|name| says(program(name).arg("--version")).is_ok_and(|text| text.starts_with("Python 3")))
}

impl PythonTool {
    /// A program of its environment, installed or not: its own, or Python's.
    ///
    /// # Errors
    /// When there is no cache folder.
    pub fn program(&self, name: &str) -> Result<PathBuf> {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        Ok(self.folder()?.join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
    }

    /// Whether it is installed with all that it needs.
    ///
    /// # Errors
    /// When there is no cache folder.
    pub fn is_ready(&self) -> Result<bool> {
        Ok(self.folder()?.join(COMPLETE).is_file())
    }

    /// Installs it where it is missing; `debian` are the packages of Python itself.
    ///
    /// # Errors
    /// When it cannot be installed.
    pub fn ensure(&self, debian: &[String]) -> Result<()> {
        let name = format!("{} {}", self.name, self.version);
        if self.is_ready()? {
            nothing_to_do(&name, "installed");
            return Ok(());
        }
        step(&format!("pip install {name}"), || self.install(debian))
    }

    /// One folder per version.
    fn folder(&self) -> Result<PathBuf> {
        Ok(paths::cache()?.join("tools").join(format!("{}-{}", self.name, self.version)))
    }

    fn install(&self, debian: &[String]) -> Result<()> {
        let folder = self.folder()?;
        if environment(&folder).is_err() {
            // Debian's Python comes without what makes an environment.
            step("Debian packages of Python", || apt_install(debian))
                .context("Python 3.10 or newer with venv is needed")?;
            environment(&folder)?;
        }
        let pip = self.program("pip")?;
        let mut command = program(&pip.to_string_lossy());
        // Everything is named with its version, so nothing is left to be found.
        command.args(["install", "--quiet", "--no-deps", "--disable-pip-version-check"]);
        command.arg(format!("{}=={}", self.name, self.version)).args(&self.packages);
        run_logged(&format!("install-{}", self.name), &mut command, None)?;
        let mut check = program(&pip.to_string_lossy());
        run_logged(&format!("check-{}", self.name), check.arg("check"), None)?;
        fs::write(folder.join(COMPLETE), "").with_context(|| format!("cannot write into {}", folder.display()))
    }
}

fn environment(folder: &Path) -> Result<()> {
    let python = python().context("no Python 3")?;
    run_logged("python-venv", program(python).args(["-m", "venv", "--clear"]).arg(folder), None)
}
