//! Which backend answers: a line in `config.json`, read at start, so that one
//! build serves any deployment.

use std::cell::RefCell;

use contract::BASE;
use gloo_net::http::Request;
use serde::Deserialize;
use web_sys::AbortSignal;

use super::Failure;

/// What `config.json` says. It stands beside the page, under a fixed name.
const CONFIG: &str = "/config.json";

/// Which backend answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Config {
    /// `embedded` for the one in the browser, anything else for a server.
    pub backend: String,
    /// Where its API begins; it may be on another host.
    pub api: String,
}

impl Default for Config {
    fn default() -> Self {
        Config { backend: "embedded".to_owned(), api: BASE.to_owned() }
    }
}

impl Config {
    /// Whether the backend runs in this browser.
    pub(super) fn is_embedded(&self) -> bool {
        self.backend == "embedded"
    }

    /// The address of a path of the contract.
    pub(super) fn address(&self, path: &str) -> String {
        let rest = path.strip_prefix(BASE).unwrap_or(path);
        format!("{}{rest}", self.api.trim_end_matches('/'))
    }
}

thread_local! {
    static READ: RefCell<Option<Config>> = const { RefCell::new(None) };
}

/// The deployment's settings, once they were read.
pub(super) fn known() -> Config {
    READ.with_borrow(Clone::clone).unwrap_or_default()
}

/// The deployment's settings, read once. A file that is not there means the
/// defaults; one that could not be fetched is asked for again by the next call,
/// because guessing could show made-up customers in place of real ones. It is
/// waited for no longer than so many milliseconds (G1).
pub(super) async fn config(left_ms: f64) -> Result<Config, Failure> {
    if let Some(config) = READ.with_borrow(Clone::clone) {
        return Ok(config);
    }
    let patience = AbortSignal::timeout_with_f64(left_ms);
    let response = Request::get(CONFIG).abort_signal(Some(&patience)).send().await.map_err(|_| Failure::Unreachable)?;
    let config = match response.status() {
        200 => response.json().await.map_err(|_| Failure::Garbled)?,
        404 => Config::default(),
        _ => return Err(Failure::Unreachable),
    };
    READ.set(Some(config));
    READ.with_borrow(Clone::clone).ok_or(Failure::Garbled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_says_which_backend_answers() {
        let embedded: Config = serde_json::from_str(include_str!("../../public/config.json")).expect("readable");
        assert_eq!(embedded, Config::default());
        assert_eq!(embedded.address("/api/v1/customers?q=x"), "/api/v1/customers?q=x");
        let server: Config =
            serde_json::from_str(r#"{"backend":"server","api":"https://trials.example/api/v1/"}"#).expect("readable");
        assert!(!server.is_embedded());
        assert_eq!(server.address("/api/v1/session"), "https://trials.example/api/v1/session");
    }
}
