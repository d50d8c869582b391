//! How people sign in: the identity provider, what its claims mean here, and for how long sessions last.

use std::time::Duration;

use openidconnect::url::Url;

use super::reader::Reader;
use super::setting::{Section, Setting};

const ISSUER: Setting = Setting {
    key: "sign-in.issuer",
    variable: "PROEF_OIDC_ISSUER",
    meaning: "The OpenID provider, as it names itself; `https:` but on this machine",
    left_out: "nobody can sign in",
    example: "\"https://login.example\"",
    secret: false,
};

const CLIENT_ID: Setting = Setting {
    key: "sign-in.client-id",
    variable: "PROEF_OIDC_CLIENT_ID",
    meaning: "Under which id the provider knows this server",
    left_out: "needed with an issuer",
    example: "\"proef\"",
    secret: false,
};

const CLIENT_SECRET: Setting = Setting {
    key: "sign-in.client-secret",
    variable: "PROEF_OIDC_CLIENT_SECRET",
    meaning: "What this server proves it with",
    left_out: "needed with an issuer",
    example: "\"a long random text\"",
    secret: true,
};

const SCOPES: Setting = Setting {
    key: "sign-in.scopes",
    variable: "PROEF_OIDC_SCOPES",
    meaning: "Which claims the provider is asked for beside `openid`, with blanks between",
    left_out: "`email profile`",
    example: "\"email profile\"",
    secret: false,
};

const PARTNER_CLAIM: Setting = Setting {
    key: "sign-in.partner-claim",
    variable: "PROEF_OIDC_PARTNER_CLAIM",
    meaning: "The claim that holds the id of a person's partner; dots lead into claims within claims",
    left_out: "`proef_partner`",
    example: "\"proef_partner\"",
    secret: false,
};

const ROLE_CLAIM: Setting = Setting {
    key: "sign-in.role-claim",
    variable: "PROEF_OIDC_ROLE_CLAIM",
    meaning: "The claim that holds a person's role, or a list with it: `sales-full-administrator`, `sales-administrator`, `read-only-administrator` or `help-desk` of a partner, or `trials-team`",
    left_out: "`proef_role`",
    example: "\"proef_role\"",
    secret: false,
};

const TRUST_EMAILS: Setting = Setting {
    key: "sign-in.trust-emails",
    variable: "PROEF_OIDC_TRUST_EMAILS",
    meaning: "Whether every address that the provider gives is the person's own, also without `email_verified`; only for a provider where nobody enters an address of their own choice",
    left_out: "`false`",
    example: "false",
    secret: false,
};

const SERVER_ADDRESS: Setting = Setting {
    key: "sign-in.server-address",
    variable: "PROEF_SERVER_ADDRESS",
    meaning: "The address of the server, where browsers reach it on another host than the console; the provider sends them back to `/api/v1/sign-in/callback` there",
    left_out: "the console's address",
    example: "\"https://proef.example\"",
    secret: false,
};

const IDLE_HOURS: Setting = Setting {
    key: "sign-in.idle-hours",
    variable: "PROEF_SESSION_IDLE_HOURS",
    meaning: "After how many hours without use a session ends, 1 to 720",
    left_out: "8",
    example: "8",
    secret: false,
};

const ABSOLUTE_HOURS: Setting = Setting {
    key: "sign-in.absolute-hours",
    variable: "PROEF_SESSION_ABSOLUTE_HOURS",
    meaning: "After how many hours a session ends in any case, 1 to 720",
    left_out: "168, seven days",
    example: "168",
    secret: false,
};

pub(super) const SECTION: Section = Section {
    name: "sign-in",
    about: "Who signs in, by OpenID Connect",
    settings: &[
        &ISSUER,
        &CLIENT_ID,
        &CLIENT_SECRET,
        &SCOPES,
        &PARTNER_CLAIM,
        &ROLE_CLAIM,
        &TRUST_EMAILS,
        &SERVER_ADDRESS,
        &IDLE_HOURS,
        &ABSOLUTE_HOURS,
    ],
};

/// Settings of signing in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The provider; without one nobody signs in.
    pub provider: Option<Provider>,
    /// After which time without use a session ends.
    pub idle: Duration,
    /// After which time a session ends in any case.
    pub absolute: Duration,
}

/// An identity provider, and what its claims mean here.
#[derive(Clone)]
pub struct Provider {
    /// Its issuer identifier.
    pub issuer: String,
    /// The server's id there.
    pub client_id: String,
    /// The server's secret there.
    pub client_secret: String,
    /// What it is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The claim with the id of a partner.
    pub partner_claim: String,
    /// The claim with a role.
    pub role_claim: String,
    /// Whether an address counts without `email_verified`.
    pub trust_emails: bool,
    /// The address of the server, where it is another one than the console's; without a slash at its end.
    pub server_address: Option<String>,
}

/// Without the secret.
impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl SignIn {
    pub(super) fn read(reader: &mut Reader<'_>) -> SignIn {
        let mut hours = |setting, otherwise: u64| {
            let read = |text: &str| text.parse().ok().filter(|hours| (1..=720).contains(hours));
            let hours: u64 = reader.checked(setting, "a whole number of 1 to 720", read).unwrap_or(otherwise);
            Duration::from_secs(hours * 3600)
        };
        let (idle, absolute) = (hours(&IDLE_HOURS, 8), hours(&ABSOLUTE_HOURS, 168));
        SignIn { provider: Provider::read(reader), idle, absolute }
    }
}

impl Provider {
    fn read(reader: &mut Reader<'_>) -> Option<Provider> {
        let issuer = reader.checked(&ISSUER, "an address that begins with `https://`", safe);
        let (id, secret) = (reader.text(&CLIENT_ID), reader.text(&CLIENT_SECRET));
        let scopes = reader.text(&SCOPES).unwrap_or_else(|| "email profile".to_owned());
        let partner_claim = reader.text(&PARTNER_CLAIM).unwrap_or_else(|| "proef_partner".to_owned());
        let role_claim = reader.text(&ROLE_CLAIM).unwrap_or_else(|| "proef_role".to_owned());
        let trust_emails = reader.one_of(&TRUST_EMAILS, &[("true", true), ("false", false)]).unwrap_or_default();
        let server_address = reader.checked(&SERVER_ADDRESS, "an address that begins with `https://`", safe);
        let issuer = issuer?;
        for (setting, found) in [(&CLIENT_ID, &id), (&CLIENT_SECRET, &secret)] {
            if found.is_none() {
                reader.missing(setting, ", with an issuer set");
            }
        }
        Some(Provider {
            issuer,
            client_id: id?,
            client_secret: secret?,
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            partner_claim,
            role_claim,
            trust_emails,
            server_address: server_address.map(|address| address.trim_end_matches('/').to_owned()),
        })
    }
}

/// An address over TLS, or of this machine, where nobody listens in between.
fn safe(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_here);
    (is_safe && url.has_host()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{BadSetting, Config, Surroundings};
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<SignIn, Vec<BadSetting>> {
        let all = [("DATABASE_URL", "postgres://a"), ("PROEF_ADDRESS", "https://proef.example")];
        let variable = |name: &str| {
            let mut all = all.iter().chain(settings);
            all.find(|(each, _)| *each == name).map(|(_, value)| (*value).to_owned())
        };
        let around = Surroundings { variable: &variable, file: &|_| Err(std::io::ErrorKind::NotFound.into()) };
        Config::read(around).map(|config| config.sign_in)
    }

    #[test]
    fn without_a_provider_sessions_still_have_their_times() {
        let sign_in = read(&[]).expect("enough");
        assert!(sign_in.provider.is_none());
        assert_eq!((sign_in.idle.as_secs(), sign_in.absolute.as_secs()), (8 * 3600, 7 * 24 * 3600));
        let sign_in =
            read(&[("PROEF_SESSION_IDLE_HOURS", "1"), ("PROEF_SESSION_ABSOLUTE_HOURS", "24")]).expect("enough");
        assert_eq!((sign_in.idle.as_secs(), sign_in.absolute.as_secs()), (3600, 86_400));
    }

    #[test]
    fn a_provider_needs_the_servers_id_and_secret_and_tells_the_secret_nowhere() {
        let issuer = ("PROEF_OIDC_ISSUER", "https://login.example");
        let missing: Vec<String> =
            read(&[issuer]).expect_err("two are missing").into_iter().map(|bad| bad.name).collect();
        assert_eq!(missing, ["PROEF_OIDC_CLIENT_ID", "PROEF_OIDC_CLIENT_SECRET"]);
        let id = [issuer, ("PROEF_OIDC_CLIENT_ID", "proef"), ("PROEF_OIDC_CLIENT_SECRET", "not-to-be-told")];
        let provider = read(&id).expect("enough").provider.expect("set");
        assert_eq!((provider.partner_claim.as_str(), provider.role_claim.as_str()), ("proef_partner", "proef_role"));
        assert_eq!(provider.scopes, ["email", "profile"]);
        assert!(!provider.trust_emails);
        assert!(!format!("{provider:?}").contains("not-to-be-told"));
    }

    #[test]
    fn what_people_sign_in_by_is_reached_over_tls_or_on_this_machine() {
        let of = |issuer: &str| {
            let rest = [("PROEF_OIDC_CLIENT_ID", "proef"), ("PROEF_OIDC_CLIENT_SECRET", "secret")];
            read(&[("PROEF_OIDC_ISSUER", issuer), rest[0], rest[1]]).map(drop)
        };
        for issuer in
            ["https://login.example/realms/one", "http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:1"]
        {
            assert_eq!(of(issuer), Ok(()), "{issuer}");
        }
        for issuer in
            ["http://login.example", "login.example", "ftp://127.0.0.1", "https://", "http://127.0.0.1.evil.example"]
        {
            assert_eq!(of(issuer).expect_err("refused")[0].name, "PROEF_OIDC_ISSUER", "{issuer}");
        }
        for (name, value) in [
            ("PROEF_SESSION_IDLE_HOURS", "0"),
            ("PROEF_SESSION_ABSOLUTE_HOURS", "721"),
            ("PROEF_OIDC_TRUST_EMAILS", "yes"),
            ("PROEF_REQUESTS_PER_PERSON", "-1"),
            ("PROEF_CLIENT_ADDRESS_HEADER", "x forwarded for"),
            ("PROEF_SERVER_ADDRESS", "http://api.proef.example"),
        ] {
            assert_eq!(read(&[(name, value)]).expect_err("refused")[0].name, name, "{value}");
        }
    }
}
