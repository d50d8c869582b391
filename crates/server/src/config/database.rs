//! The database.

use super::reader::Reader;
use super::setting::{Section, Setting};

/// Connections to PostgreSQL of one copy at most. Each is a process there; two processors are busy with
/// far fewer, and several copies have to fit under PostgreSQL's own limit of 100.
pub(super) const CONNECTIONS_MAX: u32 = 16;

const URL: Setting = Setting {
    key: "database.url",
    variable: "DATABASE_URL",
    meaning: "The PostgreSQL database (15 or newer)",
    left_out: "the server does not start",
    example: "\"postgres://proef@127.0.0.1/proef\"",
    secret: true,
};

const CONNECTIONS: Setting = Setting {
    key: "database.connections",
    variable: "PROEF_CONNECTIONS",
    meaning: "Most connections to PostgreSQL of one copy, at least 2; one more is used by the copy that plays what time brings",
    left_out: "16",
    example: "16",
    secret: false,
};

pub(super) const SECTION: Section =
    Section { name: "database", about: "Where everything is kept", settings: &[&URL, &CONNECTIONS] };

/// Settings of the database.
#[derive(Clone)]
pub struct Database {
    /// Its address. It may hold a password.
    pub url: String,
    /// Most connections.
    pub connections_max: u32,
}

/// Without the address, which may hold a password.
impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("connections_max", &self.connections_max).finish_non_exhaustive()
    }
}

impl Database {
    pub(super) fn read(reader: &mut Reader<'_>) -> Database {
        Database {
            url: reader.required(&URL),
            // One alone would be held by an act while it waits for itself.
            connections_max: reader
                .checked(&CONNECTIONS, "a whole number of at least 2", |text| {
                    text.parse().ok().filter(|most: &u32| *most >= 2)
                })
                .unwrap_or(CONNECTIONS_MAX),
        }
    }
}
