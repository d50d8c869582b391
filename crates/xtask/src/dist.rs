//! `cargo xtask dist --api URL`: the console for a server, as files to host.

use crate::hosting::{self, Hosting, REDIRECTS};
use crate::step::step;
use crate::{compress, paths, site};
use anyhow::{Context, Result, bail};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Under which path an API begins when none is told.
const BASE: &str = "/api/v1";

/// Where the API is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// Its origin; `None` where it is the console's own.
    origin: Option<String>,
    /// The path under which it begins.
    path: String,
}

impl FromStr for Api {
    type Err = anyhow::Error;

    /// Reads `https://api.proef.example/api/v1`, the same without the path, or a path alone.
    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim_end_matches('/');
        let (origin, path) = match text.split_once("://") {
            None => (None, text),
            Some((scheme, rest)) => {
                let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
                let here = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
                if host.is_empty() || !host.bytes().all(plain) || !(scheme == "https" || scheme == "http" && here) {
                    bail!("--api is https://, or http:// on this machine; `{text}` is neither");
                }
                (Some(format!("{scheme}://{host}")), path)
            }
        };
        let is_path = |path: &str| {
            path.starts_with('/')
                && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.'))
        };
        match path {
            "" if origin.is_some() => Ok(Self { origin, path: BASE.to_owned() }),
            path if is_path(path) => Ok(Self { origin, path: path.to_owned() }),
            _ => bail!("--api is an address such as https://api.proef.example/api/v1, or a path such as /api/v1"),
        }
    }
}

impl Api {
    fn hosting(&self) -> Hosting {
        Hosting { api: self.origin.clone(), embedded: false }
    }

    fn address(&self) -> String {
        format!("{}{}", self.origin.as_deref().unwrap_or_default(), self.path)
    }
}

/// Where what is made stands.
fn folder() -> PathBuf {
    paths::root().join("target/console")
}

/// Builds, and writes the files with what their hosts read.
///
/// # Errors
/// When the build fails or a file cannot be written.
pub fn dist(api: Api) -> Result<()> {
    let workshop = site::set_up()?;
    site::ensure_built(&workshop)?;
    let folder = folder();
    step("Files of the console for a server", || write(&api, &folder))?;
    println!("The console that asks {}: {}", api.address(), folder.display());
    println!("  site/         the files, each with its brotli and gzip copy; config.json says where the API is");
    println!("  nginx.conf    headers, copies and pages for nginx");
    println!("  Caddyfile     the same for Caddy");
    Ok(())
}

/// Writes the files into a folder, which holds nothing else afterwards; the release build is there.
///
/// # Errors
/// When a file cannot be written.
pub fn write(api: &Api, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let site = folder.join("site");
    fs::create_dir_all(&site).with_context(|| format!("cannot make {}", site.display()))?;
    for file in compress::files(&paths::dist())?.iter().filter(|file| !is_embedded(file)) {
        for file in [file.clone(), compress::copy_of(file)] {
            let name = file.file_name().context("a file has a name")?;
            fs::copy(&file, site.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    let config = serde_json::json!({ "backend": "server", "api": api.address() });
    let config = format!("{}\n", serde_json::to_string_pretty(&config)?);
    fs::write(site.join("config.json"), &config)?;
    fs::write(compress::copy_of(&site.join("config.json")), compress::brotli(config.as_bytes())?)?;
    compress::gzip_beside(&site)?;

    let hosting = api.hosting();
    let upstream = api.origin.is_none().then(|| vec!["127.0.0.1:8000".to_owned()]);
    let upstream = upstream.as_deref();
    fs::write(folder.join("nginx.conf"), hosting::nginx_conf(&hosting, "80", "/srv/proef", upstream))?;
    fs::write(folder.join("Caddyfile"), hosting::caddyfile(&hosting, "proef.example", "/srv/proef", upstream))?;
    // A hosted service has no server behind it, so there the API is of another host.
    if api.origin.is_some() {
        let files = compress::files(&site)?;
        let names = files.iter().filter_map(|file| file.file_name()).map(Path::new);
        fs::write(site.join("_headers"), hosting::headers_file(&hosting, names))?;
        fs::write(site.join("_redirects"), REDIRECTS)?;
    }
    Ok(())
}

/// The site for an nginx of this machine that hands the API on.
pub fn nginx_site(api: &Api, listens: SocketAddr, folder: &Path, servers: &[String]) -> String {
    let root = folder.join("site").display().to_string();
    hosting::nginx_conf(&api.hosting(), &listens.to_string(), &root, Some(servers))
}

/// Whether a file belongs to the embedded backend, which is for demonstrations and no part of this.
fn is_embedded(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name == "sw.js" || name.starts_with("embedded-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_api_is_can_be_told_in_three_ways() -> Result<()> {
        for (told, address, origin) in [
            ("https://api.proef.example", "https://api.proef.example/api/v1", Some("https://api.proef.example")),
            ("https://proef.example/trials/v1/", "https://proef.example/trials/v1", Some("https://proef.example")),
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000/api/v1", Some("http://127.0.0.1:8000")),
            ("/api/v1", "/api/v1", None),
        ] {
            let api: Api = told.parse()?;
            assert_eq!((api.address().as_str(), api.origin.as_deref()), (address, origin), "{told}");
        }
        for wrong in
            ["", "api", "http://proef.example", "ftp://x", "https://", "https://x/\"; evil", "https://x;y", "/a b"]
        {
            assert!(wrong.parse::<Api>().is_err(), "{wrong}");
        }
        Ok(())
    }

    #[test]
    fn what_is_the_embedded_backends_is_left_out() {
        for (name, left_out) in [("sw.js", true), ("embedded-5ee1183513a5256e_bg.wasm", true), ("boot.js", false)] {
            assert_eq!(is_embedded(Path::new(name)), left_out, "{name}");
        }
    }
}
