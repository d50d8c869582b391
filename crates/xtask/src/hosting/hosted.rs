//! The files `_headers` and `_redirects`, which hosted services for static files read (Netlify and
//! Cloudflare Pages among them). Such a service compresses by itself, and asks for everything each time
//! where nothing else is said.

use super::{Hosting, KEPT, is_hashed};
use std::path::Path;

/// The headers of every file, and of those with a hash in their names, by name: there are no patterns for them.
pub fn headers_file<'a>(hosting: &Hosting, files: impl Iterator<Item = &'a Path>) -> String {
    let mut text = "/*\n".to_owned();
    for (name, value) in hosting.security() {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for file in files.filter(|file| is_hashed(file)) {
        text.push_str(&format!("/{}\n  Cache-Control: {KEPT}\n", file.display()));
    }
    text
}

/// Any path that is no file is a page of the console, which finds its way by itself.
pub const REDIRECTS: &str = "/* /index.html 200\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept() {
        let files = ["boot.js", "proef-e65af9d814bdb8c5_bg.wasm"].map(Path::new);
        let text = headers_file(&Hosting { api: None, embedded: false }, files.into_iter());
        assert!(text.starts_with("/*\n  Content-Security-Policy: default-src 'none'"));
        assert!(
            text.ends_with("/proef-e65af9d814bdb8c5_bg.wasm\n  Cache-Control: public, max-age=31536000, immutable\n")
        );
    }
}
