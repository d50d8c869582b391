//! Installing system packages: directly as root, by `sudo` where it asks nothing, else by telling the reader.

use crate::program::{answers, program, run_logged, says};
use anyhow::{Result, bail};
use std::process::Command;

/// A command that runs with root's rights, if they can be had without a question.
pub fn as_root(name: &str) -> Option<Command> {
    if says(program("id").arg("-u")).is_ok_and(|id| id == "0") {
        return Some(program(name));
    }
    says(program("sudo").args(["-n", "true"])).ok()?;
    let mut command = program("sudo");
    command.args(["-n", name]);
    Some(command)
}

/// Installs Debian packages.
///
/// # Errors
/// When this is no Debian machine or root's rights are missing; the message is the command to run by hand.
pub fn apt_install(packages: &[String]) -> Result<()> {
    let by_hand = by_hand(packages);
    if !answers("apt-get") {
        bail!(
            "apt-get is not here; install what these Debian packages hold by your system's own means: {}",
            packages.join(" ")
        );
    }
    let (Some(mut update), Some(mut install)) = (as_root("apt-get"), as_root("apt-get")) else {
        bail!("root's rights are needed; run this and then the same command again:\n    sudo {by_hand}");
    };
    let quiet = |command: &mut Command| {
        command.env("DEBIAN_FRONTEND", "noninteractive");
    };
    quiet(&mut update);
    quiet(&mut install);
    run_logged("apt-update", update.args(["update", "-q"]), None)?;
    run_logged("apt-install", install.args(["install", "-y", "-q", "--no-install-recommends"]).args(packages), None)
}

/// The command line that installs packages, for people.
pub fn by_hand(packages: &[String]) -> String {
    format!("apt-get install -y --no-install-recommends {}", packages.join(" "))
}

/// Which of some Debian packages are not installed; all of them where dpkg is missing.
pub fn missing(packages: &[String]) -> Vec<String> {
    let installed = |package: &&String| {
        says(program("dpkg-query").args(["-W", "-f", "${db:Status-Status}"]).arg(package))
            .is_ok_and(|s| s == "installed")
    };
    packages.iter().filter(|package| !installed(package)).cloned().collect()
}
