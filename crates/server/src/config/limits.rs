//! How often somebody may ask, and by which address they are known.

use http::HeaderName;

use super::reader::Reader;
use super::setting::{Section, Setting};

const PER_PERSON: Setting = Setting {
    key: "limits.per-person",
    variable: "PROEF_REQUESTS_PER_PERSON",
    meaning: "Requests in a minute of one person to one copy; 0 for any number",
    left_out: "1200",
    example: "1200",
    secret: false,
};

const PER_ADDRESS: Setting = Setting {
    key: "limits.per-address",
    variable: "PROEF_REQUESTS_PER_ADDRESS",
    meaning: "Requests in a minute from one network address to one copy; a whole office may have one; 0 for any number",
    left_out: "6000",
    example: "6000",
    secret: false,
};

const SIGN_INS: Setting = Setting {
    key: "limits.sign-ins-per-address",
    variable: "PROEF_SIGN_INS_PER_ADDRESS",
    meaning: "Sign-ins in a minute from one network address to one copy; 0 for any number",
    left_out: "60",
    example: "60",
    secret: false,
};

const CLIENT_HEADER: Setting = Setting {
    key: "limits.client-address-header",
    variable: "PROEF_CLIENT_ADDRESS_HEADER",
    meaning: "The header in which the proxy in front of the server names the client's address, such as `x-forwarded-for`, whose last address counts; only for a proxy that sets it always",
    left_out: "the address of the connection counts",
    example: "\"x-forwarded-for\"",
    secret: false,
};

pub(super) const SECTION: Section = Section {
    name: "limits",
    about: "How often somebody may ask",
    settings: &[&PER_PERSON, &PER_ADDRESS, &SIGN_INS, &CLIENT_HEADER],
};

/// Settings of limits. A number of 0 is no limit.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Requests in a minute of one person.
    pub per_person: u32,
    /// Requests in a minute from one address.
    pub per_address: u32,
    /// Sign-ins in a minute from one address.
    pub sign_ins: u32,
    /// The header of the proxy that names the client's address.
    pub client_header: Option<HeaderName>,
}

impl Limits {
    pub(super) fn read(reader: &mut Reader<'_>) -> Limits {
        let mut number = |setting, otherwise| reader.parsed(setting, "a whole number").unwrap_or(otherwise);
        let (per_person, per_address) = (number(&PER_PERSON, 1200), number(&PER_ADDRESS, 6000));
        let sign_ins = number(&SIGN_INS, 60);
        Limits {
            per_person,
            per_address,
            sign_ins,
            client_header: reader.parsed(&CLIENT_HEADER, "the name of a header"),
        }
    }
}
