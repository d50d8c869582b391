//! `cargo xtask doctor`: what is there, what is missing, and how it would be installed. Changes nothing.

use crate::pins::pins;
use crate::program::{answers, program, says};
use crate::root_rights::{as_root, by_hand};
use crate::tools::NpmPackages;
use crate::wasm_compiler::{self, WasmCompiler};
use crate::{chromium, nginx, paths, postgresql, python};
use anyhow::Result;

/// Prints one line per thing that `serve`, `test` or `ci` needs.
///
/// # Errors
/// When the pins cannot be read or there is no cache folder.
pub fn doctor() -> Result<()> {
    let pins = pins()?;
    println!("cache of installed tools: {}", paths::cache()?.display());
    line("rustc", says(program("rustc").arg("-V")).ok(), "https://rustup.rs");
    let recipe = format!(
        "serve tries `rustup target add {}`, then Debian's packages: {} ({})",
        wasm_compiler::TARGET,
        by_hand(&pins.debian.compiler),
        if as_root("true").is_some() { "root's rights are at hand" } else { "root's rights are not at hand here" }
    );
    let compiler = wasm_compiler::ready(&pins);
    let found = compiler.as_ref().map(|compiler| match compiler {
        WasmCompiler::Ordinary => compiler.version(),
        WasmCompiler::Toolchain(name) => format!("{} (rustup toolchain `{name}`)", compiler.version()),
    });
    line("compiler for wasm32", found, &recipe);
    for tool in &pins.cargo {
        let program = tool.program()?;
        let how =
            format!("serve runs `cargo install {} --version {} {}`", tool.name, tool.version, tool.arguments.join(" "));
        line(&tool.name, program.is_file().then(|| format!("{} at {}", tool.version, program.display())), &how);
    }
    let node = says(program("node").arg("--version")).ok();
    line("node", node, &format!("serve runs `{}` on Debian; elsewhere https://nodejs.org", by_hand(&pins.debian.node)));
    let packages = NpmPackages::of_browser_tests().ready()?;
    let packages = packages.then(|| "as in tests/browser/package-lock.json".to_owned());
    line("npm packages (wasm-opt, lightningcss, playwright, axe)", packages, "serve runs `npm ci` into the cache");
    let packages = NpmPackages::of_identity_provider().ready()?;
    let packages = packages.then(|| "as in tests/identity_provider/package-lock.json".to_owned());
    line("npm package oidc-provider", packages, "test runs `npm ci` into the cache");
    let browser = chromium::find().map(|path| path.display().to_string());
    line("chromium", browser, &format!("test runs `{}`, or set CHROMIUM", by_hand(&pins.debian.browser)));
    let database = postgresql::find().map(|path| path.display().to_string());
    line("postgresql", database, &format!("test runs `{}`", by_hand(&pins.debian.postgresql)));
    let host = nginx::find().map(|path| path.display().to_string());
    line("nginx, with brotli", host, &format!("test runs `{}`", by_hand(&pins.debian.nginx)));
    for (tool, wanted_by) in [(&pins.schemathesis, "ci"), (&pins.hadolint, "ci"), (&pins.aiosmtpd, "test")] {
        let there = tool.is_ready()?.then(|| tool.version.clone());
        let how = match python::python() {
            Some(python) => format!("{wanted_by} installs it into the cache with `{python} -m venv` and pip"),
            None => {
                let by_hand = by_hand(&pins.debian.python);
                format!("{wanted_by} runs `{by_hand}` on Debian; elsewhere https://www.python.org")
            }
        };
        line(&tool.name, there, &how);
    }
    let nextest = answers("cargo-nextest").then(|| "cargo-nextest".to_owned());
    line(
        "cargo-nextest",
        nextest,
        "not needed: test falls back to `cargo test`; `cargo install cargo-nextest --locked`",
    );
    Ok(())
}

fn line(name: &str, found: Option<String>, how: &str) {
    match found {
        Some(found) => println!("there    {name}: {found}"),
        None => println!("MISSING  {name}: {how}"),
    }
}
