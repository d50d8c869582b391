//! A static host for the release build.

use crate::compress;
use crate::hosting::{ASKED_FOR, Hosting, KEPT, NOT_KEPT, is_hashed, kind};
use crate::http::{self, Answer, Request};
use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::thread::JoinHandle;

/// A running host; it ends with the program.
pub struct Host {
    /// Where it listens.
    pub address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Host {
    /// The address for a browser.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until the program is ended.
    pub fn serve_for_ever(self) {
        let _ended = self.serving.join();
    }
}

/// Starts serving a folder on this computer only. Port 0 takes any free one.
///
/// # Errors
/// When the port is taken; the message says what to do.
pub fn start(folder: &Path, port: u16) -> Result<Host> {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|why| taken(port, &why))?;
    let address = listener.local_addr().context("no address")?;
    let folder = folder.to_path_buf();
    let serving = http::answer_all(listener, move |request| answer(&folder, &Asked::from(request)));
    Ok(Host { address, serving })
}

/// Whether a port can be had at this moment.
///
/// # Errors
/// When it is taken; the message says what to do.
pub fn check_free(port: u16) -> Result<()> {
    TcpListener::bind(("127.0.0.1", port)).map(drop).map_err(|why| taken(port, &why))
}

fn taken(port: u16, why: &dyn std::fmt::Display) -> anyhow::Error {
    let other = port.wrapping_add(1).max(1024);
    anyhow!(
        "cannot listen on 127.0.0.1:{port}: {why}. If something else uses the port, end it or take another one: \
         `cargo xtask serve --port {other}`"
    )
}

/// What of a request decides the answer.
struct Asked {
    readable: bool,
    path: String,
    brotli: bool,
    known: Option<String>,
}

impl From<&Request> for Asked {
    fn from(request: &Request) -> Self {
        Self {
            readable: matches!(request.method.as_str(), "GET" | "HEAD"),
            path: request.target.split(['?', '#']).next().unwrap_or("/").to_owned(),
            brotli: request
                .header("Accept-Encoding")
                .is_some_and(|value| value.split(',').any(|part| part.trim().starts_with("br"))),
            known: request.header("If-None-Match").map(str::to_owned),
        }
    }
}

fn answer(folder: &Path, asked: &Asked) -> Answer {
    if !asked.readable {
        return plain(405, "only GET and HEAD");
    }
    let Some(file) = file_for(folder, &asked.path) else { return plain(404, "not found") };
    let copy = compress::copy_of(&file);
    let compressed = asked.brotli && copy.is_file();
    let Ok(content) = fs::read(if compressed { &copy } else { &file }) else { return plain(404, "not found") };

    let tag: String = Sha256::digest(&content).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let cache = if is_hashed(&file) { KEPT } else { ASKED_FOR };
    let (status, content) = match &asked.known {
        Some(known) if *known == tag => (304, Vec::new()),
        _ => (200, content),
    };
    let kind = kind(&file);
    let mut headers =
        vec![("Content-Type", kind.as_str()), ("Cache-Control", cache), ("ETag", &tag), ("Vary", "Accept-Encoding")];
    if compressed && status == 200 {
        headers.push(("Content-Encoding", "br"));
    }
    with_headers(status, content, &headers)
}

fn plain(status: u16, text: &str) -> Answer {
    let headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", NOT_KEPT)];
    with_headers(status, text.as_bytes().to_vec(), &headers)
}

fn with_headers(status: u16, body: Vec<u8>, headers: &[(&'static str, &str)]) -> Answer {
    let mut headers: Vec<_> = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    headers.extend(Hosting::EMBEDDED.security());
    Answer { status, headers, body }
}

/// The file that answers a path. A path without an ending is a page of the console, which finds
/// its way by itself; what the API would answer is never a page.
fn file_for(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = path.trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return None;
    }
    let relative = Path::new(path);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let file = folder.join(relative);
    if !path.is_empty() && file.is_file() && !compress::is_copy(relative) {
        return Some(file);
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    (!last.contains('.')).then(|| folder.join("index.html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str) -> Result<PathBuf> {
        let folder = std::env::temp_dir().join(format!("xtask-server-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), "page")?;
        fs::write(folder.join("app-0123456789abcdef_bg.wasm"), "code")?;
        compress::beside(&folder)?;
        Ok(folder)
    }

    fn ask(path: &str) -> Asked {
        Asked { readable: true, path: path.to_owned(), brotli: false, known: None }
    }

    fn header(answer: &Answer, name: &'static str) -> Option<String> {
        answer.headers.iter().find(|(each, _)| *each == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn a_page_of_the_console_is_index_html_and_a_missing_file_is_not() -> Result<()> {
        let folder = site("pages")?;
        for (path, status) in [
            ("/", 200),
            ("/customers", 200),
            ("/start-trial/7/services", 200),
            ("/missing.js", 404),
            ("/api/v1/session", 404),
            ("/../secret", 404),
            ("/index.html.br", 404),
        ] {
            assert_eq!(answer(&folder, &ask(path)).status, status, "{path}");
        }
        Ok(())
    }

    #[test]
    fn every_answer_carries_the_policy_and_only_hashed_names_are_kept() -> Result<()> {
        let folder = site("headers")?;
        for (path, cache) in [
            ("/", "no-cache"),
            ("/app-0123456789abcdef_bg.wasm", "public, max-age=31536000, immutable"),
            ("/api/x", "no-store"),
        ] {
            let answer = answer(&folder, &ask(path));
            assert_eq!(header(&answer, "Cache-Control").as_deref(), Some(cache));
            let policy = header(&answer, "Content-Security-Policy").unwrap_or_default();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"));
        }
        Ok(())
    }

    #[test]
    fn a_browser_that_takes_brotli_gets_it_and_a_known_file_is_not_sent_again() -> Result<()> {
        let folder = site("brotli")?;
        let mut asked = Asked { brotli: true, ..ask("/") };
        let first = answer(&folder, &asked);
        assert_eq!(header(&first, "Content-Encoding").as_deref(), Some("br"));
        asked.known = header(&first, "ETag");
        assert_eq!(answer(&folder, &asked).status, 304);
        Ok(())
    }
}
