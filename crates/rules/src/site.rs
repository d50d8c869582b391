//! Names of Meetings sites (N12).

use serde::{Deserialize, Serialize};

use crate::named::named;

/// The platform's site domain where the deployment sets no other (N12).
pub const DEFAULT_SITE_DOMAIN: &str = "webex.com";

/// Longest name: a DNS label (N12).
pub const SITE_NAME_MAX: usize = 63;

/// Names that nobody gets (N12).
pub const RESERVED: [&str; 7] = ["www", "admin", "help", "api", "mail", "status", "login"];

/// A well-formed name of a Meetings site, lower-cased: the part before the domain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct SiteName(String);

/// Why a name is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteNameFault {
    /// Nothing was typed.
    Empty,
    /// Longer than 63 characters.
    TooLong,
    /// Holds something else than a to z, 0 to 9 and hyphen.
    Character,
    /// Begins or ends with a hyphen.
    Hyphen,
    /// Is one of the reserved names.
    Reserved,
}

named!(SiteNameFault {
    Empty = "empty",
    TooLong = "too-long",
    Character = "character",
    Hyphen = "hyphen",
    Reserved = "reserved",
});

impl SiteName {
    /// Reads a name as typed: trimmed and lower-cased.
    ///
    /// # Errors
    /// The first reason why it is no DNS label, or that it is reserved (N12).
    pub fn parse(typed: &str) -> Result<SiteName, SiteNameFault> {
        let name = typed.trim().to_ascii_lowercase();
        if name.is_empty() {
            return Err(SiteNameFault::Empty);
        }
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            return Err(SiteNameFault::Character);
        }
        if name.len() > SITE_NAME_MAX {
            return Err(SiteNameFault::TooLong);
        }
        if name.starts_with('-') || name.ends_with('-') {
            return Err(SiteNameFault::Hyphen);
        }
        if RESERVED.contains(&name.as_str()) {
            return Err(SiteNameFault::Reserved);
        }
        Ok(SiteName(name))
    }

    /// The name without the domain.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The whole host name under a site domain.
    pub fn host(&self, domain: &str) -> String {
        format!("{}.{domain}", self.0)
    }
}

impl TryFrom<String> for SiteName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<SiteName, Self::Error> {
        SiteName::parse(&text).map_err(|_| "not a site name")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_name_is_a_dns_label_that_is_not_reserved_n12() {
        let longest = "a".repeat(63);
        let too_long = "a".repeat(64);
        let rows: [(&str, Result<&str, SiteNameFault>); 16] = [
            ("acme", Ok("acme")),
            (" Acme-NL ", Ok("acme-nl")),
            ("7", Ok("7")),
            ("a--b", Ok("a--b")),
            (&longest, Ok(&longest)),
            (&too_long, Err(SiteNameFault::TooLong)),
            ("", Err(SiteNameFault::Empty)),
            ("  ", Err(SiteNameFault::Empty)),
            ("-acme", Err(SiteNameFault::Hyphen)),
            ("acme-", Err(SiteNameFault::Hyphen)),
            ("a.b", Err(SiteNameFault::Character)),
            ("a b", Err(SiteNameFault::Character)),
            ("acmé", Err(SiteNameFault::Character)),
            ("a_b", Err(SiteNameFault::Character)),
            ("www", Err(SiteNameFault::Reserved)),
            ("LOGIN", Err(SiteNameFault::Reserved)),
        ];
        for (typed, expected) in rows {
            assert_eq!(SiteName::parse(typed).as_ref().map(SiteName::as_str), expected.as_ref().copied(), "{typed:?}");
        }
        for reserved in RESERVED {
            assert_eq!(SiteName::parse(reserved), Err(SiteNameFault::Reserved));
        }
    }

    #[test]
    fn the_site_url_is_the_name_under_the_site_domain_n12() {
        let name = SiteName::parse("Acme").expect("a name");
        assert_eq!(name.host(DEFAULT_SITE_DOMAIN), "acme.webex.com");
    }
}
