//! The customer's organisation: its people, the partners that have access to it, what it
//! owns, and its trials. It is what acts are decided on, and stored as one record, so
//! that no two acts on one customer can come between each other.

mod vertical;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::vertical::Vertical;

use crate::clock::{Day, Instant};
use crate::ids::{OrganisationId, PartnerId, PersonId, TrialId};
use crate::named::named;
use crate::notice::MailKind;
use crate::people::{Assignment, CustomerRole, Language, Person, Role};
use crate::region::{CountryCode, Region};
use crate::service::Service;
use crate::trial::Trial;

/// That the customer is in a supported location: who ticked it, when, and the
/// sentence that was shown (N6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Attestation {
    /// Who ticked it.
    pub by: PersonId,
    /// When it was ticked, by the backend's clock.
    pub at: Instant,
    /// The language of the sentence.
    pub language: Language,
    /// The sentence as it was shown.
    pub sentence: String,
}

/// What a partner's access to an organisation reaches (W1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessLevel {
    /// Everything.
    FullAdministrator,
    /// Only its own trial.
    Provisioning,
}

named!(AccessLevel {
    FullAdministrator = "full-administrator",
    Provisioning = "provisioning",
});

/// A customer's organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name (N1).
    pub name: String,
    /// The address of its first full administrator (N2, N17).
    pub administrator_email: String,
    /// Its line of business (N3).
    pub vertical: Vertical,
    /// Its country (N4).
    pub country: CountryCode,
    /// Where its data lives; it never changes (N4).
    pub region: Region,
    /// The language of its mails (H7).
    pub language: Language,
    /// The attestation of N6; `None` for one that came to the platform without a trial.
    pub attestation: Option<Attestation>,
    /// When it was made.
    pub created: Instant,
    /// When anything of it changed last.
    pub changed: Instant,
    /// The day on which it closed with its last trial (L3).
    pub closed: Option<Day>,
    /// Its people (P5).
    pub people: Vec<Member>,
    /// The partners that have, had or asked for something here (H3).
    pub partners: Vec<Management>,
    /// The services it owns.
    pub purchased: Vec<Purchase>,
    /// The partners it blocks (X14).
    pub blocked: Vec<Block>,
    /// Its trials and requests, of every partner.
    pub trials: Vec<Trial>,
}

/// A person of the organisation (P5, H5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Member {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address, in lower case of ASCII.
    pub email: String,
    /// What they are.
    pub role: CustomerRole,
    /// The language they chose for mails (G7).
    pub language: Option<Language>,
    /// The services that they have a licence of.
    pub services: BTreeSet<Service>,
    /// Since when they are there.
    pub since: Instant,
}

/// A partner and an organisation: what its access reaches, and who looks after the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Management {
    /// The partner.
    pub partner: PartnerId,
    /// Its access; `None` before a request is accepted, and after the access ended.
    pub access: Option<Access>,
    /// Access that it had (H3, X17).
    pub ended: Option<EndedAccess>,
    /// Who looks after the customer (P9).
    pub assignment: Assignment,
}

/// Access of a partner to an organisation (H3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Access {
    /// What it reaches.
    pub level: AccessLevel,
    /// Since when.
    pub since: Day,
    /// Whether a request granted it; such access ends with the partner's last trial (X17).
    pub by_request: bool,
    /// On which day somebody of the partner acted here last.
    pub last_used: Option<Day>,
}

/// Access that is over (H3, X17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct EndedAccess {
    /// Since which day.
    pub on: Day,
    /// Whether the customer removed it; else it ended with the partner's last trial.
    pub removed: bool,
}

/// A service that the organisation owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Purchase {
    /// The service.
    pub service: Service,
    /// Its licences, where the service counts them.
    pub licences: Option<u32>,
    /// Since which day.
    pub since: Day,
    /// The trial that was converted into it, where one was (C4).
    pub trial: Option<TrialId>,
}

/// A partner that may not ask (X14, H4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Block {
    /// The partner.
    pub partner: PartnerId,
    /// Since which day.
    pub since: Day,
}

/// An address of which a reader learns no more than the first letter and the domain (X1, P8).
pub fn masked(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    format!("{}•••@{domain}", local.chars().next().unwrap_or('•'))
}

impl Member {
    /// What they are called: by their name, and by their address while no name is known.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

impl Organisation {
    /// One of its trials.
    pub fn trial(&self, id: &TrialId) -> Option<&Trial> {
        self.trials.iter().find(|trial| trial.id == *id)
    }

    /// What a partner has to do with it.
    pub fn management(&self, partner: &PartnerId) -> Option<&Management> {
        self.partners.iter().find(|management| management.partner == *partner)
    }

    /// A partner's access as it is.
    pub fn access(&self, partner: &PartnerId) -> Option<&Access> {
        self.management(partner)?.access.as_ref()
    }

    /// Whether the partner of a trial is still told about it. A trial that has started outlives
    /// its partner's access only when the customer removed it: then the partner hears of the
    /// devices that have to come back, and of nothing else (H3).
    pub fn tells_partner(&self, trial: &Trial, kind: MailKind) -> bool {
        trial.started.is_none() || kind.is_about_devices() || self.access(&trial.partner).is_some()
    }

    /// Who looks after the customer for a partner (P9).
    pub fn assignment(&self, partner: &PartnerId) -> Assignment {
        self.management(partner).map(|management| management.assignment.clone()).unwrap_or_default()
    }

    /// A person of it, by id.
    pub fn member(&self, id: &PersonId) -> Option<&Member> {
        self.people.iter().find(|member| member.id == *id)
    }

    /// A person of it, by address, whatever its case (N2).
    pub fn member_of_address(&self, email: &str) -> Option<&Member> {
        self.people.iter().find(|member| member.email.eq_ignore_ascii_case(email.trim()))
    }

    /// Its full administrators and administrators (P5).
    pub fn administrators(&self) -> impl Iterator<Item = &Member> {
        self.people.iter().filter(|member| member.role.is_administrator())
    }

    /// Its full administrators (P5).
    pub fn full_administrators(&self) -> impl Iterator<Item = &Member> {
        self.people.iter().filter(|member| member.role == CustomerRole::FullAdministrator)
    }

    /// A full administrator by name and address with the first letter of the
    /// name of the mailbox alone, as another partner may see it (X1, P8).
    pub fn masked_administrator(&self) -> Option<String> {
        self.full_administrators().next().map(|member| masked(&member.email))
    }

    /// Whether it owns a service.
    pub fn owns(&self, service: Service) -> bool {
        self.purchased.iter().any(|purchase| purchase.service == service)
    }

    /// How many people have a licence of a service.
    pub fn assigned(&self, service: Service) -> u32 {
        let assigned = self.people.iter().filter(|member| member.services.contains(&service)).count();
        u32::try_from(assigned).unwrap_or(u32::MAX)
    }

    /// How many licences of a service there are on a day: purchased, and of trials that run
    /// or are in grace (L2). Those of an accepted trial can be given before it starts, because
    /// people are added in its set-up (U2). Devices are counted by type, and no person has one.
    pub fn licences(&self, service: Service, today: Day) -> u32 {
        if !service.has_licences() {
            return 0;
        }
        let owned = self.purchased.iter().filter(|purchase| purchase.service == service);
        let owned: u32 = owned.filter_map(|purchase| purchase.licences).sum();
        let tried = self.trials.iter().filter(|trial| trial.state(today).holds() && trial.offer.has(service));
        owned + tried.filter_map(|trial| trial.offer.licences).sum::<u32>()
    }

    /// The users of a trial: who has a licence of one of its services (L7).
    pub fn users<'a>(&'a self, trial: &'a Trial) -> impl Iterator<Item = &'a Member> {
        self.people.iter().filter(|member| member.services.iter().any(|service| trial.offer.has(*service)))
    }
}

impl Member {
    /// The person as the sign-in knows them.
    pub fn person(&self, organisation: &OrganisationId) -> Person {
        Person {
            id: self.id.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            role: Role::Customer { organisation: organisation.clone(), role: self.role },
            language: self.language,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, Story};

    #[test]
    fn licences_are_those_owned_and_those_of_trials_that_run_or_are_in_grace_h1_l2() {
        let mut story = Story::running(samples::customer_draft(&[Service::Messaging, Service::Devices]), false);
        let since = samples::day(2026, 1, 1);
        for (service, licences) in [(Service::Messaging, 5), (Service::Meetings, 7)] {
            story.organisation.purchased.push(Purchase { service, licences: Some(licences), since, trial: None });
        }
        let counts = |story: &Story| Service::ALL.map(|service| story.organisation.licences(service, story.today()));
        assert_eq!(counts(&story), [15, 7, 0, 0]);
        story.days(59);
        assert_eq!(counts(&story), [15, 7, 0, 0], "in grace");
        story.days(1);
        assert_eq!(counts(&story), [5, 7, 0, 0]);
    }
}
