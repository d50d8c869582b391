//! What the console is told (G8).

use contract::session::Settings;

use super::reader::Reader;
use super::setting::{Section, Setting};

const SITE_DOMAIN: Setting = Setting {
    key: "console.site-domain",
    variable: "PROEF_SITE_DOMAIN",
    meaning: "The platform's domain, under which Meetings sites get their names",
    left_out: "`webex.com`",
    example: "\"webex.com\"",
    secret: false,
};

const SUPPORTED_LOCATIONS_URL: Setting = Setting {
    key: "console.supported-locations-url",
    variable: "PROEF_SUPPORTED_LOCATIONS_URL",
    meaning: "The vendor's list of supported locations; the wizard links to it",
    left_out: "no link",
    example: "\"https://platform.example/locations\"",
    secret: false,
};

const TRIALS_TEAM_EMAIL: Setting = Setting {
    key: "console.trials-team-email",
    variable: "PROEF_TRIALS_TEAM_EMAIL",
    meaning: "The trials team's address, named where devices are shipped and returned",
    left_out: "not named",
    example: "\"trials@platform.example\"",
    secret: false,
};

const DEVICE_EXTENSION_EMAIL: Setting = Setting {
    key: "console.device-extension-email",
    variable: "PROEF_DEVICE_EXTENSION_EMAIL",
    meaning: "The trials team's address for requests to keep devices longer",
    left_out: "no mail is sent",
    example: "\"device-extensions@platform.example\"",
    secret: false,
};

const INFORMATION_EMAIL: Setting = Setting {
    key: "console.information-email",
    variable: "PROEF_INFORMATION_EMAIL",
    meaning: "The address that tells a demo order number that is unknown",
    left_out: "not named",
    example: "\"information@platform.example\"",
    secret: false,
};

pub(super) const SECTION: Section = Section {
    name: "console",
    about: "What the console shows",
    settings: &[
        &SITE_DOMAIN,
        &SUPPORTED_LOCATIONS_URL,
        &TRIALS_TEAM_EMAIL,
        &DEVICE_EXTENSION_EMAIL,
        &INFORMATION_EMAIL,
    ],
};

pub(super) fn read(reader: &mut Reader<'_>) -> Settings {
    Settings {
        site_domain: reader.text(&SITE_DOMAIN).unwrap_or_else(|| rules::site::DEFAULT_SITE_DOMAIN.to_owned()),
        supported_locations_url: reader.text(&SUPPORTED_LOCATIONS_URL).unwrap_or_default(),
        trials_team_email: reader.text(&TRIALS_TEAM_EMAIL).unwrap_or_default(),
        device_extension_email: reader.text(&DEVICE_EXTENSION_EMAIL).unwrap_or_default(),
        information_email: reader.text(&INFORMATION_EMAIL).unwrap_or_default(),
    }
}
