//! How often somebody may ask. Limits keep one program that runs wild, or one that guesses, from taking the
//! server away from everybody else; they are no part of the law, and their numbers are rough.
//!
//! Each copy counts for itself, in memory: a count in PostgreSQL would be one more write for each request that
//! is to be kept from it. With several copies the limits are so many times as high.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, Method, Response};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect};
use contract::error::ApiError;
use contract::sign_in::{BEGIN, Because};
use governor::clock::Clock;
use governor::{DefaultKeyedRateLimiter, Quota};

use super::Gate;
use crate::config::Limits as Settings;

/// The limits, with what was counted.
#[derive(Clone)]
pub struct Limits {
    per_person: Limit<String>,
    per_address: Limit<IpAddr>,
    sign_ins: Limit<IpAddr>,
    client_header: Option<HeaderName>,
}

/// One limit; without a counter there is none.
#[derive(Clone)]
struct Limit<K: Hash + Eq + Clone>(Option<Arc<DefaultKeyedRateLimiter<K>>>);

impl<K: Hash + Eq + Clone> Limit<K> {
    fn new(per_minute: u32) -> Limit<K> {
        // A minute's worth may come at once: a page asks for several things when it opens.
        let quota = NonZeroU32::new(per_minute).map(Quota::per_minute);
        Limit(quota.map(|quota| Arc::new(DefaultKeyedRateLimiter::keyed(quota))))
    }

    /// Counts one, or says how many seconds to wait.
    fn count(&self, key: &K) -> Result<(), u32> {
        let Some(limiter) = &self.0 else { return Ok(()) };
        limiter.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(limiter.clock().now());
            u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX)
        })
    }

    fn forget(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

impl Limits {
    /// The limits as they are set, with nothing counted.
    pub fn new(settings: &Settings) -> Limits {
        Limits {
            per_person: Limit::new(settings.per_person),
            per_address: Limit::new(settings.per_address),
            sign_ins: Limit::new(settings.sign_ins),
            client_header: settings.client_header.clone(),
        }
    }

    /// Forgets whoever has not asked for a while.
    pub fn forget(&self) {
        self.per_person.forget();
        self.per_address.forget();
        self.sign_ins.forget();
    }

    /// Counts a request of a person, or says how many seconds to wait.
    pub(super) fn of_person(&self, person: &str) -> Result<(), u32> {
        self.per_person.count(&person.to_owned())
    }

    /// The client's address: as the proxy in front names it, where one is set, else that of the connection.
    fn address(&self, headers: &HeaderMap, connection: Option<IpAddr>) -> Option<IpAddr> {
        let named = self.client_header.as_ref().and_then(|name| headers.get_all(name).iter().next_back());
        // The proxy adds the address that it saw itself at the end; whatever stands before was sent by the client.
        let last = named.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        last.or(connection).map(whose)
    }
}

/// Whose an address is: of the newer kind a household has 2 to the power of 64.
fn whose(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

/// Refuses whoever asks too often from one network address.
pub(super) async fn by_address(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response<Body> {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    if let Some(address) = gate.limits.address(request.headers(), connection) {
        let signs_in = request.uri().path().strip_prefix(BEGIN).is_some_and(|rest| matches!(rest, "" | "/callback"));
        let counted = match signs_in {
            true => gate.limits.sign_ins.count(&address),
            false => Ok(()),
        };
        if let Err(wait_seconds) = counted.and_then(|()| gate.limits.per_address.count(&address)) {
            // A browser that goes this way shows what it is answered, so it is led to a page that people can read.
            return match signs_in && request.method() == Method::GET {
                true => Redirect::to(&format!("{}{}", gate.console, Because::TooMany.page("/"))).into_response(),
                false => gate.refuse(ApiError::TooMany { wait_seconds }),
            };
        }
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn limits(per_address: u32, client_header: Option<&'static str>) -> Limits {
        let client_header = client_header.map(HeaderName::from_static);
        Limits::new(&Settings { per_person: 2, per_address, sign_ins: 1, client_header })
    }

    #[test]
    fn each_one_has_a_limit_of_their_own_and_is_told_for_how_long_to_wait() {
        let limits = limits(0, None);
        assert_eq!([limits.of_person("anna"), limits.of_person("anna")], [Ok(()), Ok(())]);
        let wait = limits.of_person("anna").expect_err("too often");
        assert!((1..=31).contains(&wait), "{wait}");
        assert_eq!(limits.of_person("mehmet"), Ok(()));
        let anybody: IpAddr = [1, 2, 3, 4].into();
        assert!((0..100).all(|_| limits.per_address.count(&anybody).is_ok()), "0 is no limit");
    }

    #[test]
    fn the_clients_address_is_what_the_trusted_proxy_says_and_nothing_that_a_client_says_itself() {
        let connection: IpAddr = [10, 0, 0, 1].into();
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("192.0.2.9"));
        headers.append("x-forwarded-for", HeaderValue::from_static("198.51.100.7, 203.0.113.5"));
        let not_set = limits(0, None).address(&headers, Some(connection));
        assert_eq!(not_set, Some(connection), "nobody said that a proxy is there");
        let set = limits(0, Some("x-forwarded-for"));
        assert_eq!(set.address(&headers, Some(connection)), Some([203, 0, 113, 5].into()));
        assert_eq!(set.address(&HeaderMap::new(), Some(connection)), Some(connection));
        headers.insert("x-forwarded-for", HeaderValue::from_static("unknown"));
        assert_eq!(set.address(&headers, Some(connection)), Some(connection));
    }

    #[test]
    fn a_network_of_the_newer_kind_counts_as_one_address() {
        let of = |text: &str| whose(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
