//! The browser of the browser tests.

use crate::pins::Pins;
use crate::program::answers;
use crate::root_rights::apt_install;
use crate::step::step;
use anyhow::{Context, Result};
use std::env;
use std::path::{Path, PathBuf};

/// Names under which systems install it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

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

/// Gives a Chromium, installing Debian's where there is none.
///
/// # Errors
/// When there is none and it cannot be installed.
pub fn ensure(pins: &Pins) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if Path::new("/etc/debian_version").exists() || answers("apt-get") {
        step("Debian package chromium", || apt_install(&pins.debian.browser))?;
    }
    find().context("no Chromium or Chrome: install one, or name it in the environment variable CHROMIUM")
}
