//! Turns the locale files into functions and fails when the languages do not agree (`W2`).

#[path = "generator/mod.rs"]
mod generator;

use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=generator");
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), Vec<String>> {
    let locales = generator::read::locales(Path::new("locales"))?;
    generator::checks::all(&locales)?;
    let out = env::var("OUT_DIR").map_err(|error| vec![error.to_string()])?;
    fs::write(Path::new(&out).join("sections.rs"), generator::write::sections(&locales))
        .map_err(|error| vec![error.to_string()])
}
