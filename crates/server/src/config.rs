//! What a deployment sets, by environment variables.

use std::fmt;
use std::net::SocketAddr;

use contract::session::Settings;

/// Connections to PostgreSQL of one copy at most. Each is a process there; two processors are busy with
/// far fewer, and several copies have to fit under PostgreSQL's own limit of 100.
const CONNECTIONS_MAX: u32 = 16;

/// What the server is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// `DATABASE_URL`: the address of the PostgreSQL database.
    pub database_url: String,
    /// `PROEF_LISTEN`: address and port on which requests come in; `127.0.0.1:8000` when left out. Port 0
    /// takes any that is free.
    pub listen: SocketAddr,
    /// `PROEF_ADDRESS`: the address of the console, as mails name it.
    pub address: String,
    /// `PROEF_CONNECTIONS`: most connections to PostgreSQL.
    pub connections_max: u32,
    /// `PROEF_SITE_DOMAIN`, `PROEF_SUPPORTED_LOCATIONS_URL`, `PROEF_TRIALS_TEAM_EMAIL`,
    /// `PROEF_DEVICE_EXTENSION_EMAIL` and `PROEF_INFORMATION_EMAIL`: what the console is told (G8).
    pub settings: Settings,
    /// `PROEF_DEMONSTRATION`: whether personas sign in (G6). A build that is shipped has no such setting.
    pub demonstration: bool,
}

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSetting {
    /// Its name.
    pub name: &'static str,
    /// What is wrong, and what would be right.
    pub why: String,
}

impl fmt::Display for BadSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.why)
    }
}

impl std::error::Error for BadSetting {}

impl Config {
    /// Reads the settings; `get` gives the value of a variable.
    ///
    /// # Errors
    /// The first setting that is missing or cannot be read.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Config, BadSetting> {
        let text = |name: &str| get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let missing = |name, what: &str| BadSetting { name, why: format!("it is missing: {what}") };
        let site_domain = text("PROEF_SITE_DOMAIN");
        Ok(Config {
            database_url: text("DATABASE_URL")
                .ok_or_else(|| missing("DATABASE_URL", "the database, such as postgres://proef@127.0.0.1/proef"))?,
            listen: number(&text, "PROEF_LISTEN", "an address with a port, such as 127.0.0.1:8000")?
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8000))),
            address: text("PROEF_ADDRESS")
                .map(|address| address.trim_end_matches('/').to_owned())
                .ok_or_else(|| missing("PROEF_ADDRESS", "the console, such as https://proef.example"))?,
            connections_max: match number(&text, "PROEF_CONNECTIONS", "a whole number of at least 2")? {
                // One alone would be held by an act while it waits for itself.
                Some(0 | 1) => {
                    let why = "at least 2 connections are needed".to_owned();
                    return Err(BadSetting { name: "PROEF_CONNECTIONS", why });
                }
                most => most.unwrap_or(CONNECTIONS_MAX),
            },
            settings: Settings {
                site_domain: site_domain.unwrap_or_else(|| rules::site::DEFAULT_SITE_DOMAIN.to_owned()),
                supported_locations_url: text("PROEF_SUPPORTED_LOCATIONS_URL").unwrap_or_default(),
                trials_team_email: text("PROEF_TRIALS_TEAM_EMAIL").unwrap_or_default(),
                device_extension_email: text("PROEF_DEVICE_EXTENSION_EMAIL").unwrap_or_default(),
                information_email: text("PROEF_INFORMATION_EMAIL").unwrap_or_default(),
            },
            demonstration: demonstration(&text)?,
        })
    }
}

fn number<T: std::str::FromStr>(
    text: &impl Fn(&str) -> Option<String>,
    name: &'static str,
    wanted: &str,
) -> Result<Option<T>, BadSetting> {
    let Some(value) = text(name) else { return Ok(None) };
    let bad = |_| BadSetting { name, why: format!("`{value}` is not {wanted}") };
    value.parse().map(Some).map_err(bad)
}

/// Under which name a demonstration is asked for.
const DEMONSTRATION: &str = "PROEF_DEMONSTRATION";

/// Whether personas sign in: only where the build can do it, and only when it is asked for (G6). Asked of
/// a build that cannot, it is refused, because whoever set it expects people to try things out.
fn demonstration(text: &impl Fn(&str) -> Option<String>) -> Result<bool, BadSetting> {
    match text(DEMONSTRATION).as_deref() {
        None | Some("false") => Ok(false),
        Some("true") if cfg!(feature = "demonstration") => Ok(true),
        Some("true") => {
            let why = "this build is for real use; the embedded backend is the one to try things out".to_owned();
            Err(BadSetting { name: DEMONSTRATION, why })
        }
        Some(other) => Err(BadSetting { name: DEMONSTRATION, why: format!("`{other}` is neither `true` nor `false`") }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, BadSetting> {
        let all = [("DATABASE_URL", "postgres://a"), ("PROEF_ADDRESS", "https://proef.example/")];
        let found = |name: &str| {
            let mut last = all.iter().chain(settings).rev();
            last.find(|(each, _)| *each == name).map(|(_, value)| (*value).to_owned())
        };
        Config::read(found)
    }

    #[test]
    fn what_is_left_out_has_a_default_and_an_address_ends_without_a_slash() {
        let config = read(&[]).expect("enough");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8000");
        assert_eq!(config.address, "https://proef.example");
        assert_eq!((config.connections_max, config.demonstration), (CONNECTIONS_MAX, false));
        assert_eq!(config.settings.site_domain, "webex.com");
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        for (name, value) in [
            ("DATABASE_URL", " "),
            ("PROEF_ADDRESS", ""),
            ("PROEF_LISTEN", "8000"),
            ("PROEF_CONNECTIONS", "many"),
            ("PROEF_CONNECTIONS", "1"),
            ("PROEF_DEMONSTRATION", "yes"),
        ] {
            assert_eq!(read(&[(name, value)]).expect_err("it is wrong").name, name);
        }
    }

    #[test]
    fn only_a_build_for_it_plays_a_demonstration_and_only_when_it_is_asked_to_g6() {
        let asked = read(&[("PROEF_DEMONSTRATION", "true")]).map(|config| config.demonstration);
        match cfg!(feature = "demonstration") {
            true => assert_eq!(asked, Ok(true)),
            false => assert_eq!(asked.expect_err("refused").name, DEMONSTRATION),
        }
    }

    #[test]
    fn no_build_that_is_shipped_plays_a_demonstration_g6() {
        // Tests alone switch the feature on; were it a default, or wanted by what is shipped, personas could
        // sign in on a server.
        let manifest = include_str!("../Cargo.toml");
        let shipped: String = manifest.split("[dev-dependencies]").take(1).collect();
        assert!(shipped.contains("\ndemonstration = []\n"), "it brings nothing else");
        assert!(!shipped.contains("default = "), "there are no default features");
        assert_eq!(shipped.matches("demonstration = ").count(), 1);
    }
}
