//! The browser of the browser tests.

use crate::pins::Pins;
use crate::program::answers;
use crate::root_rights::{apt_install, as_root};
use crate::step::step;
use anyhow::{Context, Result};
use std::env;
use std::path::{Path, PathBuf};

/// Chromium without its window, which Debian packages apart: the same pages in a quarter less time.
const SHELL: &str = "chromium-headless-shell";

/// Names under which systems install it, the one to be taken first in front.
const NAMES: [&str; 5] = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where a Chromium is: `$CHROMIUM`, else the first of the usual names on the search path.
pub fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain([PathBuf::from("/usr/bin")]);
    let candidates = places.flat_map(|place| NAMES.map(|name| place.join(name)));
    candidates.into_iter().chain([PathBuf::from(MAC)]).find(|file| file.is_file())
}

const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Gives a Chromium. On Debian its shell is installed where it is missing and can be; where it cannot,
/// any other that is there will do.
///
/// # Errors
/// When there is none and it cannot be installed.
pub fn ensure(pins: &Pins) -> Result<PathBuf> {
    let found = find();
    let is_shell = |file: &PathBuf| file.file_name().is_some_and(|name| name == SHELL);
    if found.as_ref().is_some_and(is_shell) || env::var_os("CHROMIUM").is_some() {
        return found.context("CHROMIUM names nothing");
    }
    let debian = Path::new("/etc/debian_version").exists() || answers("apt-get");
    if debian && (found.is_none() || as_root("apt-get").is_some()) {
        let installed = step("Debian package chromium-headless-shell", || apt_install(&pins.debian.browser));
        match (installed, &found) {
            (Err(why), None) => return Err(why),
            (Err(_), Some(other)) => println!("  {} is taken instead", other.display()),
            (Ok(()), _) => {}
        }
    }
    find().context("no Chromium or Chrome: install one, or name it in the environment variable CHROMIUM")
}
