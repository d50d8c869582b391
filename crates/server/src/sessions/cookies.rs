//! The cookies of a session and of a sign-in that is under way.
//!
//! The prefix `__Host-` makes browsers refuse them from another host, from plain HTTP, and for a part of the
//! paths alone: neither a subdomain nor somebody on the wire can give a reader a session of their own choice.
//! `Lax`, because the provider sends the browser back by a link, and mails lead to the console by one.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration as CookieDuration;
use cookie::{Cookie, SameSite};

use super::Secret;

/// The cookie of a session.
pub const SESSION: &str = "__Host-proef";

/// The cookie of a browser in which sign-ins are under way.
pub const SIGNING_IN: &str = "__Host-proef-sign-in";

/// The secret in a cookie of a request.
pub fn secret(headers: &HeaderMap, name: &str) -> Option<Secret> {
    value(headers, name).and_then(Secret::sent)
}

/// What a cookie of a request holds.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = sent.flat_map(Cookie::split_parse).flatten();
    cookies.find(|cookie| cookie.name() == name).and_then(|cookie| cookie.value_raw())
}

/// The header that keeps a secret in the browser for some seconds.
pub fn kept(name: &'static str, secret: &Secret, seconds: u64) -> HeaderValue {
    written(name, secret.text(), i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// The header that takes a cookie away.
pub fn gone(name: &'static str) -> HeaderValue {
    written(name, "", 0)
}

fn written(name: &'static str, value: &str, seconds: i64) -> HeaderValue {
    let cookie = Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(CookieDuration::seconds(seconds));
    HeaderValue::from_str(&cookie.to_string()).expect("a name and hexadecimal digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_for_its_host_alone_and_for_no_script() {
        let secret = Secret::random();
        let written = kept(SESSION, &secret, 60);
        let text = written.to_str().expect("text");
        assert_eq!(text, format!("__Host-proef={}; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60", secret.text()));
        assert!(
            gone(SESSION).to_str().is_ok_and(|text| text.starts_with("__Host-proef=;") && text.ends_with("Max-Age=0"))
        );
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let secret = Secret::random();
        let mut headers = HeaderMap::new();
        let sent = format!("theme=dark; __Host-proef-sign-in=0; x__Host-proef=1; __Host-proef={}", secret.text());
        headers.insert(header::COOKIE, HeaderValue::from_str(&sent).expect("a header"));
        assert_eq!(super::secret(&headers, SESSION).map(|found| found.hash()), Some(secret.hash()));
        assert!(super::secret(&headers, SIGNING_IN).is_none(), "no secret");
    }
}
