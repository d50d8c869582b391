//! What a deployment sets, by environment variables and one file. Each room has its own section.

mod console;
mod database;
mod demonstration;
mod limits;
mod mail;
mod operation;
mod reader;
pub mod setting;
pub mod shown;
mod sign_in;
mod source;
mod web;

#[cfg(test)]
mod tests;

use std::fmt;

use contract::session::Settings;

pub use self::database::Database;
pub use self::limits::Limits;
pub use self::mail::{Encryption, Mail};
pub use self::operation::Operation;
use self::reader::Reader;
pub use self::sign_in::{Provider, SignIn};
use self::source::Sources;
pub use self::source::Surroundings;
pub use self::web::Web;

/// What the server is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The database.
    pub database: Database,
    /// Requests and the console's address.
    pub web: Web,
    /// Who signs in, and for how long.
    pub sign_in: SignIn,
    /// How often somebody may ask.
    pub limits: Limits,
    /// What the console is told (G8).
    pub console: Settings,
    /// The mail server, where one is set.
    pub mail: Option<Mail>,
    /// Watching and stopping.
    pub operation: Operation,
    /// Whether personas sign in (G6). A build that is shipped has no such setting.
    pub demonstration: bool,
}

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSetting {
    /// Its name, as it was set: the variable, or the key with the file.
    pub name: String,
    /// What is wrong, and what would be right.
    pub why: String,
}

impl BadSetting {
    fn new(name: impl Into<String>, why: impl Into<String>) -> BadSetting {
        BadSetting { name: name.into(), why: why.into() }
    }
}

impl fmt::Display for BadSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.why)
    }
}

impl std::error::Error for BadSetting {}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// All settings that are missing or cannot be used, so that one look at them is enough.
    pub fn read(around: Surroundings<'_>) -> Result<Config, Vec<BadSetting>> {
        let mut problems = Vec::new();
        let sources = Sources::of(around, &mut problems);
        let mut reader = Reader::new(sources, problems);
        let config = Config {
            database: Database::read(&mut reader),
            web: Web::read(&mut reader),
            sign_in: SignIn::read(&mut reader),
            limits: Limits::read(&mut reader),
            console: console::read(&mut reader),
            mail: Mail::read(&mut reader),
            operation: Operation::read(&mut reader),
            demonstration: demonstration::read(&mut reader),
        };
        let problems = reader.into_problems();
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// Reads the settings of this process.
    ///
    /// # Errors
    /// As for [`Config::read`].
    pub fn of_process() -> Result<Config, Vec<BadSetting>> {
        Config::read(Surroundings {
            variable: &|name| std::env::var(name).ok(),
            file: &|path| std::fs::read_to_string(path),
        })
    }
}
