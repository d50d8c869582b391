//! PostgreSQL, for the throw-away clusters of the server's tests. They run its programs themselves; no
//! service of the system is used or needed.

use crate::pins::Pins;
use crate::program::answers;
use crate::root_rights::apt_install;
use crate::step::step;
use anyhow::{Context, Result};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The program that a cluster begins with. It stands beside the others.
const INITDB: &str = "initdb";

/// Where Debian puts the versions, none of them on the search path.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Where `initdb` is: on the search path, or with the newest of Debian's versions.
pub fn find() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).map(|folder| folder.join(INITDB));
    on_path.chain(newest(Path::new(DEBIAN))).find(|file| file.is_file())
}

fn newest(debian: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(debian).ok()?.flatten().map(|version| version.path());
    let number = |version: &PathBuf| version.file_name()?.to_str()?.parse::<u32>().ok();
    versions
        .filter_map(|version| Some((number(&version)?, version)))
        .max()
        .map(|(_, path)| path.join("bin").join(INITDB))
}

/// Sees to it that PostgreSQL is there, installing Debian's where there is none.
///
/// # Errors
/// When there is none and it cannot be installed.
pub fn ensure(pins: &Pins) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if Path::new("/etc/debian_version").exists() || answers("apt-get") {
        step("Debian package postgresql", || apt_install(&pins.debian.postgresql))?;
    }
    find().context("no PostgreSQL: install one, with its programs `initdb`, `postgres` and `psql` on the search path")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_versions_the_newest_is_taken_by_its_number() -> Result<()> {
        let folder = env::temp_dir().join(format!("proef-postgresql-versions-{}", std::process::id()));
        for version in ["9", "15", "17", "common"] {
            fs::create_dir_all(folder.join(version))?;
        }
        let found = newest(&folder);
        fs::remove_dir_all(&folder)?;
        assert_eq!(found, Some(folder.join("17/bin/initdb")));
        Ok(())
    }
}
