//! Compressed copies beside the files of the build.

use anyhow::{Context, Result, anyhow};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

/// The ending of a copy that is compressed by brotli.
const BROTLI: &str = "br";
/// The ending of one by gzip.
const GZIP: &str = "gz";

/// Whether a file is a compressed copy of another.
pub fn is_copy(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == BROTLI || ending == GZIP)
}

/// Brotli at its best, 11, as a CDN would keep it.
///
/// # Errors
/// Never for memory to memory; the encoder's type has room for it.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Puts a brotli copy beside every file of a folder.
///
/// # Errors
/// When a file cannot be read or written.
pub fn beside(folder: &Path) -> Result<()> {
    let files = files(folder)?;
    // Two files are large and take all the time: each has a thread of its own.
    let outcomes = thread::scope(|scope| {
        let running: Vec<_> = files.iter().map(|file| scope.spawn(|| write_copy(file))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(anyhow!("compressing broke off"))))
            .collect::<Vec<_>>()
    });
    outcomes.into_iter().collect()
}

fn write_copy(file: &Path) -> Result<()> {
    let content = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let copy = copy_of(file);
    fs::write(&copy, brotli(&content)?).with_context(|| format!("cannot write {}", copy.display()))
}

/// Puts a gzip copy beside every file of a folder, for hosts and readers without brotli.
///
/// # Errors
/// When a file cannot be read or written.
pub fn gzip_beside(folder: &Path) -> Result<()> {
    for file in files(folder)? {
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&content)?;
        let copy = with_ending(&file, GZIP);
        fs::write(&copy, encoder.finish()?).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    Ok(())
}

/// The name of a file's brotli copy.
pub fn copy_of(file: &Path) -> PathBuf {
    with_ending(file, BROTLI)
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// The files of a build in order of their names, without the compressed copies.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if !is_copy(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
