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
    found(&NAMES)
}

/// Where one with its window is: what a person sets in its settings, the shell does not know.
pub fn whole() -> Option<PathBuf> {
    found(&NAMES[1..])
}

fn found(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> = env::split_paths(&path).chain([PathBuf::from("/usr/bin")]).collect();
    let candidates = names.iter().flat_map(|name| places.iter().map(move |place| place.join(name)));
    candidates.chain([PathBuf::from(MAC)]).find(|file| file.is_file())
}

const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Gives a Chromium. On Debian its shell and it itself are installed where one is missing and can be;
/// where they cannot, any that is there will do.
///
/// # Errors
/// When there is none and it cannot be installed.
pub fn ensure(pins: &Pins) -> Result<PathBuf> {
    let there = find();
    let is_shell = |file: &PathBuf| file.file_name().is_some_and(|name| name == SHELL);
    if env::var_os("CHROMIUM").is_some() || (there.as_ref().is_some_and(is_shell) && whole().is_some()) {
        return there.context("CHROMIUM names nothing");
    }
    let debian = Path::new("/etc/debian_version").exists() || answers("apt-get");
    if debian && (there.is_none() || as_root("apt-get").is_some()) {
        let installed = step("Debian packages of Chromium", || apt_install(&pins.debian.browser));
        match (installed, &there) {
            (Err(why), None) => return Err(why),
            (Err(_), Some(other)) => println!("  {} is taken instead", other.display()),
            (Ok(()), _) => {}
        }
    }
    find().context("no Chromium or Chrome: install one, or name it in the environment variable CHROMIUM")
}
