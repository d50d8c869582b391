//! Who is signed in, and what the deployment is like.

use rules::clock::Day;
use rules::ids::PersonId;
use rules::people::{Partner, Person, Right};
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// The state of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Session {
    /// The backend's day (L1).
    pub today: Day,
    /// By how many days the clock of a demonstration was set forward; 0 otherwise (G6).
    #[serde(default)]
    pub days_ahead: u32,
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Settings {
    /// The platform's site domain (N12).
    pub site_domain: String,
    /// The vendor's list of supported locations (N6).
    pub supported_locations_url: String,
    /// The trials team's address, for devices (D5) and their return (D8).
    pub trials_team_email: String,
    /// The trials team's address for requests to keep devices longer (D7).
    pub device_extension_email: String,
    /// The information address, for devices whose demo order number is unknown (D10).
    pub information_email: String,
}

/// Who is signed in, with what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Who {
    /// The person.
    pub person: Person,
    /// Their partner; `None` for people of a customer and of the trials team.
    pub partner: Option<Partner>,
    /// The name of their organisation.
    pub organisation: String,
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Persona {
    /// The person.
    pub person: Person,
    /// Their partner, where they are of one.
    pub partner: Option<Partner>,
    /// The name of their organisation.
    pub organisation: String,
}

/// Asks to sign a persona in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SignIn {
    /// Which person.
    pub person: PersonId,
}

/// Sets the clock of a demonstration forward (G6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SetClock {
    /// By so many days, 1 to 400 at once, and at most 3,650 in all.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 400)))]
    pub days: u32,
}

/// The clock of a demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ClockAnswer {
    /// The backend's day now.
    pub today: Day,
    /// By how many days it was set forward in all.
    pub days_ahead: u32,
}
