//! Where requests come in, and under which address the console is known.

use std::net::SocketAddr;

use super::reader::Reader;
use super::setting::{Section, Setting};

const LISTEN: Setting = Setting {
    key: "web.listen",
    variable: "PROEF_LISTEN",
    meaning: "Address and port on which requests come in; port 0 takes any that is free",
    left_out: "`127.0.0.1:8000`",
    example: "\"127.0.0.1:8000\"",
    secret: false,
};

const ADDRESS: Setting = Setting {
    key: "web.address",
    variable: "PROEF_ADDRESS",
    meaning: "The address of the console, as mails name it",
    left_out: "the server does not start",
    example: "\"https://proef.example\"",
    secret: false,
};

pub(super) const SECTION: Section =
    Section { name: "web", about: "Requests and the console's address", settings: &[&LISTEN, &ADDRESS] };

/// Settings of what is reached over HTTP.
#[derive(Clone, Debug)]
pub struct Web {
    /// Where requests come in.
    pub listen: SocketAddr,
    /// The address of the console, without a slash at its end.
    pub address: String,
}

impl Web {
    pub(super) fn read(reader: &mut Reader<'_>) -> Web {
        Web {
            listen: reader
                .parsed(&LISTEN, "an address with a port, such as 127.0.0.1:8000")
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8000))),
            address: reader.required(&ADDRESS).trim_end_matches('/').to_owned(),
        }
    }
}
