//! The contract between the console and a backend: which endpoints there are,
//! what goes in, what comes out, and how failure reads. Any backend that keeps it
//! will do; the console cannot tell which one answers.

#[cfg(feature = "conformance")]
pub mod conformance;
pub mod customers;
pub mod drafts;
pub mod endpoints;
pub mod error;
pub mod hub;
pub mod journal;
pub mod mails;
#[cfg(feature = "schema")]
pub mod openapi;
pub mod receipts;
pub mod requests;
pub mod session;
pub mod set_up;
pub mod shipments;
pub mod sign_in;
pub mod trials;
pub mod views;

/// Where the API begins.
pub const BASE: &str = "/api/v1";

/// Header of every answer of a backend, with its build. An answer without it
/// comes from something else, such as the static host.
pub const BACKEND_HEADER: &str = "proef-backend";

/// Header of every writing request: the same key and body get the same answer,
/// the same key with another body is refused (G2). 16 to 64 visible ASCII characters.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Header that says which version a write was made from (G2).
pub const IF_MATCH: &str = "if-match";

/// Header that, with the value `*`, says that a write makes something new.
pub const IF_NONE_MATCH: &str = "if-none-match";

/// Header of a request that is made for a person: the id of whom the client shows.
/// It claims nothing. One session holds for all tabs of a browser, so a tab may
/// still show one person when another has signed in: such a request is answered
/// with `NotSignedIn` and does nothing (P7).
pub const PERSON_HEADER: &str = "proef-person";

/// Header that says which of several visits of one browser a request belongs to, so that
/// several personas can be signed in beside each other. Only a demonstration reads it,
/// where nobody is anybody in earnest; a server knows a visit by its cookie.
pub const VISIT_HEADER: &str = "proef-visit";

/// Header of every writing request to a server, with the value [`WRITE_VALUE`]. A form or a picture on a
/// page of another origin cannot send it, and a script there has to ask first and is refused: so no
/// foreign page writes with the reader's cookie. The embedded backend has no cookie and does not ask for it.
pub const WRITE_HEADER: &str = "proef-write";

/// What [`WRITE_HEADER`] holds.
pub const WRITE_VALUE: &str = "1";

/// A version as it stands in `ETag` and `If-Match`.
pub fn etag(version: u64) -> String {
    format!("\"{version}\"")
}

/// The version that an `If-Match` header names, or `None` when it names none.
pub fn version_of(etag: &str) -> Option<u64> {
    etag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_survives_its_way_through_a_header_g2() {
        assert_eq!(version_of(&etag(42)), Some(42));
        for text in ["", "42", "\"x\"", "W/\"42\"", "*"] {
            assert_eq!(version_of(text), None, "{text}");
        }
    }
}
