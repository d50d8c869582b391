//! The deployment's settings, from the part of `config.json` that the embedded
//! backend reads (G8); a server has its own.

use contract::session::Settings;
use serde::Deserialize;

/// What of `config.json` is the embedded backend's.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Config {
    settings: Settings,
}

/// Reads the settings. One that is left out is empty, and then not shown; only
/// the site domain has a default, for without it no site has an address (N12).
///
/// # Errors
/// When the text is not what `config.json` holds.
pub fn read(text: &str) -> Result<Settings, serde_json::Error> {
    let Config { mut settings } = serde_json::from_str(text)?;
    for setting in [
        &mut settings.site_domain,
        &mut settings.supported_locations_url,
        &mut settings.trials_team_email,
        &mut settings.device_extension_email,
        &mut settings.information_email,
    ] {
        *setting = setting.trim().to_owned();
    }
    if settings.site_domain.is_empty() {
        rules::site::DEFAULT_SITE_DOMAIN.clone_into(&mut settings.site_domain);
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_deployment_sets_is_taken_and_what_it_leaves_out_is_empty_g8() {
        let text = r#"{"backend":"embedded","settings":{"site-domain":" trials.example ",
            "supported-locations-url":"https://vendor.example/locations"}}"#;
        let settings = read(text).expect("readable");
        assert_eq!(settings.site_domain, "trials.example");
        assert_eq!(settings.supported_locations_url, "https://vendor.example/locations");
        assert_eq!(settings.trials_team_email, "");
    }

    #[test]
    fn only_the_site_domain_has_a_default_g8_n12() {
        let default = Settings { site_domain: "webex.com".to_owned(), ..Settings::default() };
        for text in ["{}", r#"{"backend":"embedded","api":"/api/v1"}"#, r#"{"settings":{"site-domain":" "}}"#] {
            assert_eq!(read(text).expect("readable"), default, "{text}");
        }
    }

    #[test]
    fn the_file_that_is_shipped_can_be_read_and_nonsense_cannot_g8() {
        let shipped = read(include_str!("../../../public/config.json")).expect("readable");
        assert_eq!(shipped.site_domain, rules::site::DEFAULT_SITE_DOMAIN);
        for address in [shipped.trials_team_email, shipped.device_extension_email, shipped.information_email] {
            assert!(address.contains('@'), "{address:?}");
        }
        for text in ["", "<!doctype html>", r#"{"settings":{"site-domain":7}}"#] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
