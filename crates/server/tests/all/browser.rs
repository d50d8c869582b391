//! A browser without a window: it keeps cookies, follows redirects and fills in the provider's page.

use std::collections::BTreeMap;

use contract::conformance::{Reply, Request, Transport};
use contract::endpoints::{self, Endpoint, encode};
use contract::error::ApiError;
use contract::session::{Session, Who};
use contract::sign_in::BEGIN;
use contract::{IDEMPOTENCY_KEY, VISIT_HEADER};
use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::http;

use crate::identity_provider::CONSOLE;
use crate::people::{key, request};
use crate::program::Copy;

/// A browser. What it asks of the console's host the copy of the server gets, as if a proxy stood between.
#[derive(Clone)]
pub struct Browser {
    agent: ureq::Agent,
    server: String,
    /// By host, path and name.
    cookies: BTreeMap<(String, String, String), String>,
}

/// Where a browser ended up.
#[derive(Debug)]
pub struct Landed {
    pub url: String,
    pub reply: Reply,
}

impl Browser {
    pub fn of(copy: &Copy) -> Browser {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        // What is refused before it is read closes its connection; the next request has one of its own.
        let config = config.max_idle_connections(0);
        let config = config.max_redirects_will_error(false).timeout_global(Some(std::time::Duration::from_secs(60)));
        Browser { agent: config.build().new_agent(), server: copy.url.clone(), cookies: BTreeMap::new() }
    }

    /// The same browser, whose next requests get to another copy.
    pub fn turns_to(&mut self, copy: &Copy) {
        self.server = copy.url.clone();
    }

    /// A cookie of the console's host.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(&("proef.example".to_owned(), "/".to_owned(), name.to_owned())).map(String::as_str)
    }

    /// Puts a cookie of the console's host in.
    pub fn put_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(("proef.example".to_owned(), "/".to_owned(), name.to_owned()), value.to_owned());
    }

    /// Sends one request and follows nothing.
    pub fn send(&mut self, method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let host = host(url);
        let reached = url.strip_prefix(CONSOLE).map_or_else(|| url.to_owned(), |path| format!("{}{path}", self.server));
        let mut builder = http::Request::builder().method(method).uri(reached);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let path = &url[url.find(&host).expect("a host") + host.len()..];
        let own = self.cookies.iter().filter(|((of, below, _), _)| *of == host && path.starts_with(below.as_str()));
        let sent: Vec<String> = own.map(|((_, _, name), value)| format!("{name}={value}")).collect();
        if !sent.is_empty() {
            builder = builder.header("cookie", sent.join("; "));
        }
        let mut response = self.agent.run(builder.body(body.to_owned()).expect("a request")).expect("an answer");
        let text = |value: &http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let headers: Vec<(String, String)> =
            response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            self.keep(&host, cookie);
        }
        let status = response.status().as_u16();
        Reply { status, headers, body: response.body_mut().read_to_string().expect("text") }
    }

    fn keep(&mut self, host: &str, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').expect("a cookie");
        let path = attributes.split(';').find_map(|each| {
            let (name, path) = each.trim().split_once('=')?;
            name.eq_ignore_ascii_case("path").then_some(path)
        });
        let key = (host.to_owned(), path.unwrap_or("/").to_owned(), name.to_owned());
        let is_gone =
            value.is_empty() || attributes.contains("Max-Age=0") || attributes.contains("expires=Thu, 01 Jan 1970");
        match is_gone {
            true => drop(self.cookies.remove(&key)),
            false => drop(self.cookies.insert(key, value.to_owned())),
        }
    }

    /// Opens an address and follows redirects, up to a page of the console or an answer that is none.
    pub fn open(&mut self, url: &str) -> Landed {
        self.open_by("GET", url, "")
    }

    fn open_by(&mut self, method: &str, url: &str, body: &str) -> Landed {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let mut url = url.to_owned();
        let mut reply = self.send(method, &url, if body.is_empty() { &[] } else { &form }, body);
        for _ in 0..10 {
            if !(300..400).contains(&reply.status) {
                break;
            }
            url = absolute(&url, reply.header("location"));
            if let Some(path) = url.strip_prefix(CONSOLE)
                && !path.starts_with("/api/")
            {
                break;
            }
            reply = self.send("GET", &url, &[], "");
        }
        Landed { url, reply }
    }

    /// Begins a sign-in and gets to the provider's page.
    pub fn begins(&mut self, to: &str) -> Landed {
        self.open(&format!("{CONSOLE}{BEGIN}?to={}", encode(to)))
    }

    /// Fills in the provider's page. Where it leads is followed, without the last step back to the server when
    /// that is not wanted.
    pub fn fills_in(&mut self, page: &Landed, account: &str, pressed: &str) -> Landed {
        assert_eq!(page.reply.status, 200, "{page:?}");
        let body = format!("account={account}&do={pressed}");
        self.open_by("POST", &page.url.clone(), &body)
    }

    /// Fills in the provider's page, and tells the address by which the provider sends the browser back.
    pub fn is_sent_back(&mut self, page: &Landed, account: &str) -> String {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let mut url = page.url.clone();
        let mut reply = self.send("POST", &url, &form, &format!("account={account}&do=sign-in"));
        loop {
            assert!((300..400).contains(&reply.status), "{url}: {reply:?}");
            url = absolute(&url, reply.header("location"));
            if url.starts_with(CONSOLE) {
                return url;
            }
            reply = self.send("GET", &url, &[], "");
        }
    }

    /// Signs in, and gives the address of the console to which that led.
    pub fn signs_in(&mut self, account: &str, to: &str) -> String {
        let page = self.begins(to);
        // Whoever is signed in at the provider is not asked again.
        if page.url.starts_with(CONSOLE) {
            return page.url;
        }
        self.fills_in(&page, account, "sign-in").url
    }

    /// Asks the API as the console does.
    pub fn ask<Q: Serialize, A: DeserializeOwned>(
        &mut self,
        endpoint: Endpoint<Q, A>,
        parameter: &str,
        body: &Q,
    ) -> Result<A, ApiError> {
        let request = request(endpoint, "", parameter, "", body, &key());
        let reply = self.send_to_api(&request);
        match reply.status {
            200 => Ok(serde_json::from_str(&reply.body).unwrap_or_else(|why| panic!("{why}: {}", reply.body))),
            _ => Err(ApiError::from_json(&reply.body).unwrap_or_else(|| panic!("no problem: {reply:?}"))),
        }
    }

    /// Sends a request of the API with the browser's cookies and without any visit.
    pub fn send_to_api(&mut self, request: &Request) -> Reply {
        let headers = request.headers.iter().filter(|(name, _)| name != VISIT_HEADER);
        let headers: Vec<(&str, &str)> = headers.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.send(request.method, &format!("{CONSOLE}{}", request.path), &headers, &request.body)
    }

    /// Who is signed in.
    pub fn who(&mut self) -> Option<Who> {
        let session: Session = self.ask(endpoints::SESSION, "", &()).expect("a session");
        session.who
    }

    /// The id of whoever is signed in; empty for nobody.
    pub fn is(&mut self) -> String {
        self.who().map(|who| who.person.id.0).unwrap_or_default()
    }
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().to_owned()
}

fn absolute(from: &str, location: &str) -> String {
    match location.starts_with('/') {
        true => format!("{}://{}{location}", from.split("://").next().expect("a scheme"), host(from)),
        false => location.to_owned(),
    }
}

/// Makes the demonstration data in a database, which are then a server's like any other.
pub fn fill(database: &str) {
    let copy = Copy::start(database);
    let session = Request {
        method: "GET",
        path: endpoints::SESSION.path.to_owned(),
        headers: vec![(IDEMPOTENCY_KEY.to_owned(), key())],
        body: String::new(),
    };
    assert_eq!(copy.client().send(&session).expect("an answer").status, 200);
}
