//! Who is signed in, and what the deployment is like.

use rules::clock::Day;
use rules::ids::PersonId;
use rules::people::{Partner, Person, Right};
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// The state of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Session {
    /// The backend's day (L1).
    pub today: Day,
    /// Settings of the deployment.
    pub settings: Settings,
    /// Who is signed in.
    pub who: Option<Who>,
    /// Personas to sign in as; `None` where people sign in by a password of
    /// their own organisation (G6).
    pub personas: Option<Vec<Persona>>,
}

/// Settings of the deployment that the console shows (G8): an empty one is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Settings {
    /// The platform's site domain (N12).
    pub site_domain: String,
    /// The vendor's list of supported locations (N6).
    pub supported_locations_url: String,
    /// The trials team's address, for devices (D5).
    pub trials_team_email: String,
}

/// Who is signed in, with what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Who {
    /// The person.
    pub person: Person,
    /// Their partner.
    pub partner: Partner,
    /// A verdict for every right, with the reason where it is missing (P7).
    pub rights: Vec<(Right, Verdict)>,
}

impl Who {
    /// Whether the person has a right, and if not, why.
    pub fn may(&self, right: Right) -> Verdict {
        let found = self.rights.iter().find(|(each, _)| *each == right);
        found.map_or(Verdict::Allowed, |(_, verdict)| *verdict)
    }
}

/// A person to sign in as, in embedded mode (G6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Persona {
    /// The person.
    pub person: Person,
    /// Their partner.
    pub partner: Partner,
}

/// Asks to sign a persona in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SignIn {
    /// Which person.
    pub person: PersonId,
}
