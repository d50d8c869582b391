//! The byte budget: what a reader downloads before the customers list can be used.

use crate::{compress, paths};
use anyhow::{Context, Result, bail};
use std::fs;
use toml::{Table, Value};

/// Everything up to a usable customers list counts; the pages beyond it and the embedded backend's
/// own files are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Console,
    Later,
    Embedded,
}

impl Part {
    fn of(name: &str) -> Self {
        if name == "sw.js" || name.starts_with("embedded-") {
            Self::Embedded
        } else if name.starts_with("later-") && name.ends_with(".wasm") {
            Self::Later
        } else {
            Self::Console
        }
    }
}

/// Prints a table of the build's files and judges the console's against the budget.
///
/// # Errors
/// When the budget is exceeded or a file cannot be read.
pub fn check() -> Result<()> {
    let budget = budget()?;
    let folder = paths::dist();
    let mut sums = [(0_usize, 0_usize); 3];
    println!("{:<44} {:>12} {:>12}", "file", "raw bytes", "brotli 11");
    for part in [Part::Console, Part::Later, Part::Embedded] {
        for file in compress::files(&folder)? {
            let name = file.strip_prefix(&folder).unwrap_or(&file).to_string_lossy().into_owned();
            if Part::of(&name) != part {
                continue;
            }
            let raw = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.len();
            let copy = compress::copy_of(&file);
            let small = fs::metadata(&copy).with_context(|| format!("no {}", copy.display()))?.len() as usize;
            println!("{name:<44} {raw:>12} {small:>12}");
            sums[part as usize].0 += raw;
            sums[part as usize].1 += small;
        }
        let name = match part {
            Part::Console => "= up to a usable customers list",
            Part::Later => "= pages and tools beyond it, apart",
            Part::Embedded => "= embedded backend, apart",
        };
        let (raw, small) = sums[part as usize];
        println!("{name:<44} {raw:>12} {small:>12}");
    }
    let used = sums[Part::Console as usize].1;
    println!("budget: {used} of {budget} bytes (brotli), {} %", used * 100 / budget.max(1));
    if used > budget {
        bail!("{} bytes over the budget of tests/perf/budget.toml", used - budget);
    }
    Ok(())
}

fn budget() -> Result<usize> {
    let file = paths::root().join("tests/perf/budget.toml");
    let table: Table = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?.parse()?;
    let bytes = table.get("customers_list_brotli_bytes").and_then(Value::as_integer);
    bytes.and_then(|bytes| usize::try_from(bytes).ok()).context("budget.toml: no customers_list_brotli_bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_list_does_not_need_is_counted_apart() {
        assert_eq!(Part::of("later-0-0123456789abcdef.wasm"), Part::Later);
        // The console's script asks for it at once.
        assert_eq!(Part::of("later-0123456789abcdef.js"), Part::Console);
        assert_eq!(Part::of("embedded-0123456789abcdef_bg.wasm"), Part::Embedded);
        assert_eq!(Part::of("sw.js"), Part::Embedded);
        assert_eq!(Part::of("boot.js"), Part::Console);
    }
}
