//! How people sign in to a server: not by requests of the API but by the way that a browser goes, through
//! the identity provider of the deployment (OpenID Connect, code flow).
//!
//! The console leads to [`BEGIN`], the server sends the browser on to the provider, the provider sends it
//! back to [`CALLBACK`], and the server sends it to the page where it wanted to go, with its session in a
//! cookie that no script reads. When that fails it is sent to the console's sign-in page with a [`Because`]
//! in the query.
//!
//! Both addresses stand below the API's, so that whatever host the console's `api` setting names has
//! them, and so that `/sign-in` stays a page of the console where both have one host.

use crate::BASE;
use crate::endpoints::encode;

/// Where a sign-in begins: `GET`, with [`TO`] in the query. The console navigates there; it is no request
/// of a script.
pub const BEGIN: &str = "/api/v1/sign-in";

/// Where the identity provider sends the browser back to: `GET`. Registered with the provider as
/// `{address of the server}/api/v1/sign-in/callback`.
pub const CALLBACK: &str = "/api/v1/sign-in/callback";

/// Parameter of [`BEGIN`]: the path of the console, with its query, that is opened when the sign-in has
/// gone well. What is no path of the console counts as `/`.
pub const TO: &str = "to";

/// The page of the console to which a sign-in that failed leads.
pub const PAGE: &str = "/sign-in";

/// Parameter of [`PAGE`]: the name of a [`Because`].
pub const BECAUSE: &str = "because";

/// Further parameter of [`PAGE`]: the path that was asked for, to begin again with; left out for `/`.
pub const THEN: &str = "then";

/// The largest `to` that is kept, in bytes. The longest address of the console, a list with every filter,
/// takes a quarter of it.
pub const TO_MAX: usize = 2048;

/// Why a sign-in failed, as [`BECAUSE`] names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// The identity provider cannot be reached at the moment; trying again later will do.
    ProviderUnavailable,
    /// The person, or the provider for them, broke the sign-in off.
    Denied,
    /// The sign-in took longer than ten minutes, was finished before, or began in another browser.
    /// Beginning anew will do.
    Expired,
    /// The provider says who it is, and nobody here is that: neither a person of a partner or of the trials
    /// team, nor a person of a customer whose address was invited.
    Unknown,
    /// The provider does not vouch for the person's address, so nobody can be found by it.
    EmailNotVerified,
    /// What the provider answered cannot be trusted or read. Who runs the server finds more in its log.
    Failed,
    /// The server itself cannot answer at the moment; trying again later will do.
    Unavailable,
    /// Too many sign-ins began at the reader's network address; trying again after a few minutes will do.
    TooMany,
    /// The server is not told of any identity provider: nobody can sign in.
    NotSetUp,
}

impl Because {
    /// Every reason.
    pub const ALL: [Because; 9] = [
        Because::ProviderUnavailable,
        Because::Denied,
        Because::Expired,
        Because::Unknown,
        Because::EmailNotVerified,
        Because::Failed,
        Because::Unavailable,
        Because::TooMany,
        Because::NotSetUp,
    ];

    /// How it is written in an address.
    pub fn name(self) -> &'static str {
        match self {
            Because::ProviderUnavailable => "provider-unavailable",
            Because::Denied => "denied",
            Because::Expired => "expired",
            Because::Unknown => "unknown",
            Because::EmailNotVerified => "email-not-verified",
            Because::Failed => "failed",
            Because::Unavailable => "unavailable",
            Because::TooMany => "too-many",
            Because::NotSetUp => "not-set-up",
        }
    }

    /// The reason of a name; `None` for anything else.
    pub fn from_name(name: &str) -> Option<Because> {
        Because::ALL.into_iter().find(|because| because.name() == name)
    }

    /// The page of the console, with its query, that tells it to whoever wanted to get to a path.
    pub fn page(self, then: &str) -> String {
        let page = format!("{PAGE}?{BECAUSE}={}", self.name());
        if then == "/" { page } else { format!("{page}&{THEN}={}", encode(then)) }
    }
}

/// Where a sign-in leads, from what was asked for: a path of the console, and nothing else. An address with
/// a host, or one that a browser would take for such, would send people from the real sign-in to somebody
/// else's page.
pub fn destination(to: &str) -> &str {
    let is_path = to.starts_with('/') && !to.starts_with("//") && to.len() <= TO_MAX;
    // Browsers read a backslash as a slash and leave tabs and line ends out. A fragment may hold the secret of
    // a link and never gets to a server.
    let is_plain = to.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#'));
    // Addresses of the API are no pages.
    let is_page = !to.starts_with(BASE);
    if is_path && is_plain && is_page { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_to_a_path_of_the_console_and_nowhere_else_g3() {
        for path in ["/", "/customers?q=a%20b&status=active", "/set-up/trial-1/people", "/sign-in"] {
            assert_eq!(destination(path), path);
        }
        let long = format!("/{}", "a".repeat(TO_MAX));
        for other in [
            "",
            "customers",
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "/a\\b",
            "\\/evil.example",
            "/\t/evil.example",
            "/\r\nset-cookie:a=b",
            " /customers",
            "/request#secret",
            "/api/v1/customers.csv",
            "/b\u{fc}ro",
            "javascript:alert(1)",
            &long,
        ] {
            assert_eq!(destination(other), "/", "{other:?}");
        }
    }

    #[test]
    fn every_reason_survives_its_way_through_an_address() {
        for because in Because::ALL {
            assert_eq!(Because::from_name(because.name()), Some(because));
            assert_eq!(because.page("/"), format!("/sign-in?because={}", because.name()));
        }
        assert_eq!(Because::from_name("else"), None);
        assert_eq!(
            Because::Denied.page("/customers?q=a b&x"),
            "/sign-in?because=denied&then=%2Fcustomers%3Fq%3Da%20b%26x"
        );
    }
}
