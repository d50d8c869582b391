//! The command line.

use backend::partners::NewPartner;
use clap::{Args, Parser, Subcommand};
use rules::ids::PartnerId;
use rules::people::{Partner, Tier};

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
    /// Partners, which come from outside: no page of the console makes one.
    #[command(subcommand)]
    Partner(PartnerDoing),
}

/// What can be done with partners.
#[derive(Debug, Subcommand)]
pub enum PartnerDoing {
    /// Adds a partner, with a first person if one is named. Doing it twice is the same as doing it once.
    Add(AddPartner),
}

/// A partner to add.
#[derive(Debug, Args)]
pub struct AddPartner {
    /// Its id: letters a to z, digits and hyphens, up to 40. What the identity provider claims of its people
    /// names it.
    #[arg(long)]
    pub id: String,
    /// Its name.
    #[arg(long)]
    pub name: String,
    /// The id of its distributor, which is a partner of tier 1; the partner is of tier 2 then, else of tier 1.
    #[arg(long)]
    pub distributor: Option<String>,
    /// That it is not certified: its people can sign in and see one page only.
    #[arg(long)]
    pub not_certified: bool,
    /// The address of its first sales full administrator. Whoever signs in with it goes on as that person.
    #[arg(long)]
    pub person_email: Option<String>,
    /// Their name.
    #[arg(long, requires = "person_email")]
    pub person_name: Option<String>,
    /// Changes a partner that is there and differs.
    #[arg(long)]
    pub replace: bool,
}

impl AddPartner {
    /// As the backend takes it.
    pub fn partner(self) -> NewPartner {
        let tier = self.distributor.map_or(Tier::One, |distributor| Tier::Two { distributor: PartnerId(distributor) });
        let name = self.name.trim().to_owned();
        NewPartner {
            partner: Partner { id: PartnerId(self.id), name, tier, certified: !self.not_certified },
            person: self.person_email.map(|email| (email, self.person_name.unwrap_or_default())),
            replace: self.replace,
        }
    }
}
