//! `cargo xtask verify-receipt`: checks the receipt of an answer to a request, by the product's own code.

use crate::program::{program, run, text_of};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::absolute;
use std::process::ExitCode;

/// The option that is no file.
const KEY: &str = "--key";

/// Checks a file. The program says itself what it found.
///
/// # Errors
/// When the program cannot be built or started.
pub fn receipt(arguments: &[OsString]) -> Result<ExitCode> {
    // Apart from running it: its way to end says what the file is, and not how building it went.
    run(program("cargo").args(["build", "--quiet", "-p", "backend", "--bin", "verify-receipt"]))?;
    let mut verify = program("cargo");
    verify.args(["run", "--quiet", "-p", "backend", "--bin", "verify-receipt", "--"]);
    let mut is_key = false;
    for argument in arguments {
        // The program runs in the project's folder, and the file is named from where the reader is.
        let is_file = !is_key && argument != KEY;
        is_key = argument == KEY;
        if is_file {
            verify.arg(absolute(argument)?)
        } else {
            verify.arg(argument)
        };
    }
    let status = verify.status().with_context(|| format!("cannot start `{}`", text_of(&verify)))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
