//! The command line.

use clap::{Parser, Subcommand};

use crate::config::shown;

/// The server of Proef.
#[derive(Debug, Parser)]
#[command(name = "proef-server", version, about = "The server of Proef: the API over PostgreSQL.")]
#[command(after_long_help = shown::help())]
pub struct Command {
    /// What to do; without it the server runs.
    #[command(subcommand)]
    pub doing: Option<Doing>,
}

/// What can be done beside running the server.
#[derive(Debug, Subcommand)]
pub enum Doing {
    /// Says whether the settings can be used, and names all that cannot.
    Config {
        /// Prints a file with every setting instead.
        #[arg(long)]
        example: bool,
    },
}
