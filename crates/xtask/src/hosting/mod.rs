//! How the console's files have to be served: the headers of every answer, what is kept and for how
//! long, and which paths are pages. One description, from which this program's own host, the files for
//! nginx and Caddy, and the `_headers` and `_redirects` of hosted services come.

mod caddy;
mod hosted;
mod nginx;

use std::path::Path;

pub use self::caddy::caddyfile;
pub use self::hosted::{REDIRECTS, headers_file};
pub use self::nginx::nginx_conf;

/// What browsers may keep for ever: the name changes with the content.
pub const KEPT: &str = "public, max-age=31536000, immutable";
/// What browsers ask for each time whether it is still so.
pub const ASKED_FOR: &str = "no-cache";
/// What browsers do not keep: that there is nothing.
pub const NOT_KEPT: &str = "no-store";

/// What is served, and with what.
#[derive(Clone, Debug)]
pub struct Hosting {
    /// The API's origin, such as `https://api.proef.example`; `None` where it is the console's own.
    pub api: Option<String>,
    /// Whether the embedded backend is among the files.
    pub embedded: bool,
}

impl Hosting {
    /// The embedded backend, as the build has it.
    pub const EMBEDDED: Hosting = Hosting { api: None, embedded: true };

    /// What a page may load (ARCHITECTURE.md, Invariants). It stands on every file: a service worker obeys
    /// the one on its own script. `data:` pictures are the small marks inside the style sheet.
    fn content_security_policy(&self) -> String {
        let api = self.api.as_deref().map(|origin| format!(" {origin}")).unwrap_or_default();
        let worker = if self.embedded { "'self'" } else { "'none'" };
        format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'{api}; worker-src {worker}; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        )
    }

    /// The headers of every answer, whatever it is.
    pub fn security(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![("Content-Security-Policy", self.content_security_policy())];
        headers.extend(
            [
                ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "no-referrer"),
                ("Cross-Origin-Opener-Policy", "same-origin"),
                ("Cross-Origin-Resource-Policy", "same-origin"),
                ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
                ("X-Frame-Options", "DENY"),
            ]
            .map(|(name, value)| (name, value.to_owned())),
        );
        headers
    }
}

/// Whether the name carries a hash of the content, so that it can be kept for ever. The files for nginx
/// and Caddy say the same as [`HASHED`].
pub fn is_hashed(file: &Path) -> bool {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem.strip_suffix("_bg").unwrap_or(&stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The ending of a path that is a file with a hash in its name, as a regular expression.
const HASHED: &str = r"-[0-9a-fA-F]{16}(_bg)?\.[a-z]+$";

/// The types of files by their endings. Texts are all UTF-8.
pub const KINDS: [(&str, &str); 10] = [
    ("css", "text/css"),
    ("html", "text/html"),
    ("ico", "image/x-icon"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
];

/// The type of a file's content, as its header names it.
pub fn kind(file: &Path) -> String {
    let ending = file.extension().unwrap_or_default();
    match KINDS.iter().find(|(of, _)| ending == *of) {
        Some((_, kind)) if kind.starts_with("text/") => format!("{kind}; charset=utf-8"),
        Some((_, kind)) => (*kind).to_owned(),
        None => "application/octet-stream".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_asks_the_api_where_it_is_and_nobody_else() {
        let apart = Hosting { api: Some("https://api.proef.example".to_owned()), embedded: false };
        let policy = apart.content_security_policy();
        assert!(policy.contains("connect-src 'self' https://api.proef.example; worker-src 'none'"), "{policy}");
        let policy = Hosting::EMBEDDED.content_security_policy();
        assert!(policy.contains("connect-src 'self'; worker-src 'self'"), "{policy}");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"));
    }

    #[test]
    fn only_names_with_a_hash_are_kept() {
        for (name, kept) in [
            ("console-9a72de63e6fd877d.css", true),
            ("proef-e65af9d814bdb8c5_bg.wasm", true),
            ("later-0-0aafede0ddc1399f.wasm", true),
            ("boot.js", false),
            ("index.html", false),
            ("console-9a72de63.css", false),
        ] {
            assert_eq!(is_hashed(Path::new(name)), kept, "{name}");
        }
    }
}
