//! People, what they are, and what they may do (P).

use serde::{Deserialize, Serialize};

use crate::ids::{OrganisationId, PartnerId, PersonId};
use crate::named::named;
use crate::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

/// A language of the product (W1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

named!(Language {
    En = "en",
    Nl = "nl",
});

impl Language {
    /// Every language.
    pub const ALL: [Language; 2] = [Language::En, Language::Nl];

    /// The BCP 47 tag, which is also the name.
    pub fn tag(self) -> &'static str {
        self.name()
    }

    /// The first guess from a browser's or mail reader's language tag (W1).
    pub fn guess(tag: &str) -> Language {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("nl") { Language::Nl } else { Language::En }
    }
}

/// A partner's tier (P1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Buys from the vendor itself.
    One,
    /// Buys from a distributor, which is a tier 1 partner.
    Two {
        /// The distributor.
        distributor: PartnerId,
    },
}

/// A partner organisation (P1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Its tier.
    pub tier: Tier,
    /// Whether it is certified; without that its people see one page only.
    pub certified: bool,
}

/// What a person of a partner is (P2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartnerRole {
    /// All customers of the partner.
    SalesFullAdministrator,
    /// The customers they are in charge of or assigned to.
    SalesAdministrator,
    /// Sees all, changes nothing, may download.
    ReadOnlyAdministrator,
    /// Sees all, changes nothing, downloads nothing.
    HelpDesk,
}

named!(PartnerRole {
    SalesFullAdministrator = "sales-full-administrator",
    SalesAdministrator = "sales-administrator",
    ReadOnlyAdministrator = "read-only-administrator",
    HelpDesk = "help-desk",
});

impl PartnerRole {
    /// Every role.
    pub const ALL: [PartnerRole; 4] = [
        PartnerRole::SalesFullAdministrator,
        PartnerRole::SalesAdministrator,
        PartnerRole::ReadOnlyAdministrator,
        PartnerRole::HelpDesk,
    ];

    /// Whether it is one of the two sales roles (P3).
    pub fn is_sales(self) -> bool {
        matches!(self, PartnerRole::SalesFullAdministrator | PartnerRole::SalesAdministrator)
    }
}

/// What a person of a customer's organisation is (P5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CustomerRole {
    /// Answers requests, accepts terms, cancels, manages people and partners' access.
    FullAdministrator,
    /// Sees all of the hub and does the set-up; decides nothing else.
    Administrator,
    /// Uses the services.
    User,
}

named!(CustomerRole {
    FullAdministrator = "full-administrator",
    Administrator = "administrator",
    User = "user",
});

impl CustomerRole {
    /// Every role.
    pub const ALL: [CustomerRole; 3] =
        [CustomerRole::FullAdministrator, CustomerRole::Administrator, CustomerRole::User];

    /// Whether the person is one of the *customer administrators* (P5).
    pub fn is_administrator(self) -> bool {
        matches!(self, CustomerRole::FullAdministrator | CustomerRole::Administrator)
    }
}

/// What a person is: of a partner, of a customer, or of the vendor's trials team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "RoleRecord", into = "RoleRecord")]
pub enum Role {
    /// A person of a partner (P2).
    Partner {
        /// The partner.
        partner: PartnerId,
        /// What they are there.
        role: PartnerRole,
    },
    /// A person of a customer's organisation (P5).
    Customer {
        /// The organisation.
        organisation: OrganisationId,
        /// What they are there.
        role: CustomerRole,
    },
    /// One of the vendor's staff (P6).
    TrialsTeam,
}

/// A role as it is written: flat, for the same reason as a phase. Without an
/// organisation it is the trials team's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
struct RoleRecord {
    /// The partner, for one of its people.
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<PartnerId>,
    /// The customer's organisation, for one of its people.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationId>,
    /// What they are there.
    name: String,
}

impl From<Role> for RoleRecord {
    fn from(role: Role) -> RoleRecord {
        match role {
            Role::Partner { partner, role } => {
                RoleRecord { partner: Some(partner), organisation: None, name: role.name().to_owned() }
            }
            Role::Customer { organisation, role } => {
                RoleRecord { partner: None, organisation: Some(organisation), name: role.name().to_owned() }
            }
            Role::TrialsTeam => RoleRecord { name: TRIALS_TEAM.to_owned(), ..RoleRecord::default() },
        }
    }
}

impl TryFrom<RoleRecord> for Role {
    type Error = &'static str;

    fn try_from(record: RoleRecord) -> Result<Role, Self::Error> {
        let RoleRecord { partner, organisation, name } = record;
        let role = match (partner, organisation) {
            (Some(partner), None) => PartnerRole::from_name(&name).map(|role| Role::Partner { partner, role }),
            (None, Some(organisation)) => {
                CustomerRole::from_name(&name).map(|role| Role::Customer { organisation, role })
            }
            (None, None) => (name == TRIALS_TEAM).then_some(Role::TrialsTeam),
            (Some(_), Some(_)) => None,
        };
        role.ok_or("an unknown role")
    }
}

/// How the role of the trials team is written.
const TRIALS_TEAM: &str = "trials-team";

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// The language in which they read mails, where they chose one (G7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl Person {
    /// What they are called: by their name, and by their address while no name is known.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }

    /// Their partner and what they are there; `None` for other people.
    pub fn of_partner(&self) -> Option<(&PartnerId, PartnerRole)> {
        match &self.role {
            Role::Partner { partner, role } => Some((partner, *role)),
            Role::Customer { .. } | Role::TrialsTeam => None,
        }
    }

    /// Their organisation and what they are there; `None` for other people. No
    /// person of a partner counts as one, whatever access the partner has (P5).
    pub fn of_customer(&self) -> Option<(&OrganisationId, CustomerRole)> {
        match &self.role {
            Role::Customer { organisation, role } => Some((organisation, *role)),
            Role::Partner { .. } | Role::TrialsTeam => None,
        }
    }

    /// Whether they have one of the two sales roles (P3).
    pub fn is_sales(&self) -> bool {
        self.of_partner().is_some_and(|(_, role)| role.is_sales())
    }
}

/// Who acts: a person together with what the law asks of their partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Actor {
    /// The person.
    pub person: Person,
    /// Whether the person's partner is certified (P1); true for other people.
    pub certified: bool,
}

impl Actor {
    /// The partner of whoever acts, when they are of one.
    pub fn partner(&self) -> Option<&PartnerId> {
        self.person.of_partner().map(|(partner, _)| partner)
    }
}

/// What a person may or may not do as a whole, before any one customer is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// See customers (P1, P2).
    SeeCustomers,
    /// Start a trial, keep drafts and look up organisations for it (P3).
    StartTrial,
    /// Change trials of the partner's customers (P2).
    ManageTrials,
    /// Download lists (P2).
    Download,
    /// Say who looks after a customer (P9).
    Assign,
    /// Save views for the whole partner (P9).
    ShareViews,
    /// See the hub of the own organisation (P5).
    SeeHub,
    /// Open a request that was mailed to the own organisation (P5, X7).
    SeeRequests,
    /// Decide for the own organisation: answer, accept, cancel, buy, people and access (P5).
    DecideForCustomer,
    /// See shipments of all partners and decide them (P6).
    DecideShipments,
}

named!(Right {
    SeeCustomers = "see-customers",
    StartTrial = "start-trial",
    ManageTrials = "manage-trials",
    Download = "download",
    Assign = "assign",
    ShareViews = "share-views",
    SeeHub = "see-hub",
    SeeRequests = "see-requests",
    DecideForCustomer = "decide-for-customer",
    DecideShipments = "decide-shipments",
});

impl Right {
    /// Every right.
    pub const ALL: [Right; 10] = [
        Right::SeeCustomers,
        Right::StartTrial,
        Right::ManageTrials,
        Right::Download,
        Right::Assign,
        Right::ShareViews,
        Right::SeeHub,
        Right::SeeRequests,
        Right::DecideForCustomer,
        Right::DecideShipments,
    ];
}

/// Whether a person has a right: shown on the control, and enforced by the
/// backend with the same reason (P7).
pub fn may(right: Right, actor: &Actor) -> Verdict {
    use Right::{
        Assign, DecideForCustomer, DecideShipments, Download, ManageTrials, SeeCustomers, SeeHub, SeeRequests,
        ShareViews, StartTrial,
    };
    let blocked = |rule, because, remedy| Verdict::Blocked(Refusal::new(rule, because, remedy));
    match (right, &actor.person.role) {
        (_, Role::Partner { .. }) if !actor.certified => {
            blocked(RuleId::P1, Because::PartnerNotCertified, Remedy::GetCertified)
        }
        (DecideShipments, Role::TrialsTeam) => Verdict::Allowed,
        (DecideShipments, _) => blocked(RuleId::P6, Because::OnlyForTrialsTeam, Remedy::AskTrialsTeam),
        (SeeRequests, Role::Customer { .. }) => Verdict::Allowed,
        (SeeHub, Role::Customer { role, .. }) if role.is_administrator() => Verdict::Allowed,
        (DecideForCustomer, Role::Customer { role: CustomerRole::FullAdministrator, .. }) => Verdict::Allowed,
        (DecideForCustomer, Role::Customer { .. }) => {
            blocked(RuleId::P5, Because::OnlyForFullAdministrators, Remedy::AskFullAdministrator)
        }
        (SeeHub | SeeRequests | DecideForCustomer, _) => {
            blocked(RuleId::P5, Because::OnlyForCustomerAdministrators, Remedy::AskFullAdministrator)
        }
        (_, Role::Customer { .. } | Role::TrialsTeam) => {
            blocked(RuleId::P2, Because::OnlyForPartners, Remedy::AskSalesAdministrator)
        }
        (SeeCustomers, Role::Partner { .. }) => Verdict::Allowed,
        (StartTrial | ManageTrials, Role::Partner { role, .. }) if role.is_sales() => Verdict::Allowed,
        (StartTrial, Role::Partner { role, .. }) => Verdict::Blocked(
            Refusal::new(RuleId::P3, Because::RoleCannotStart, Remedy::AskSalesAdministrator).role(*role),
        ),
        (ManageTrials, Role::Partner { role, .. }) => Verdict::Blocked(
            Refusal::new(RuleId::P2, Because::RoleChangesNothing, Remedy::AskSalesAdministrator).role(*role),
        ),
        (Download, Role::Partner { role: PartnerRole::HelpDesk, .. }) => Verdict::Blocked(
            Refusal::new(RuleId::P2, Because::RoleCannotDownload, Remedy::AskSalesAdministrator)
                .role(PartnerRole::HelpDesk),
        ),
        (Download, Role::Partner { .. }) => Verdict::Allowed,
        (Assign | ShareViews, Role::Partner { role: PartnerRole::SalesFullAdministrator, .. }) => Verdict::Allowed,
        (Assign | ShareViews, Role::Partner { role, .. }) => Verdict::Blocked(
            Refusal::new(RuleId::P9, Because::OnlySalesFullAdministrators, Remedy::AskSalesFullAdministrator)
                .role(*role),
        ),
    }
}

/// Who looks after a customer on the partner's side (P9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Assignment {
    /// The person in charge: who started the first trial.
    pub in_charge: Option<PersonId>,
    /// Further sales administrators.
    pub assigned: Vec<PersonId>,
}

impl Assignment {
    /// Whether the person looks after the customer.
    pub fn includes(&self, person: &PersonId) -> bool {
        self.in_charge.as_ref() == Some(person) || self.assigned.contains(person)
    }
}

/// Which customers of a partner somebody may see (P2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sees<'a> {
    /// All of them.
    All,
    /// Those that this person looks after.
    LookedAfterBy(&'a PersonId),
    /// None.
    Nothing,
}

impl Sees<'_> {
    /// Whether a customer who is looked after like that is among them.
    pub fn includes(self, assignment: &Assignment) -> bool {
        match self {
            Sees::All => true,
            Sees::LookedAfterBy(person) => assignment.includes(person),
            Sees::Nothing => false,
        }
    }
}

/// Which customers of a partner a person may see (P2). What may not be seen is never sent to the
/// browser (P7).
pub fn sees<'a>(actor: &'a Actor, partner: &PartnerId) -> Sees<'a> {
    let own = actor.person.of_partner().filter(|(own, _)| *own == partner);
    match own.filter(|_| may(Right::SeeCustomers, actor).is_allowed()) {
        Some((_, PartnerRole::SalesAdministrator)) => Sees::LookedAfterBy(&actor.person.id),
        Some((_, PartnerRole::SalesFullAdministrator | PartnerRole::ReadOnlyAdministrator | PartnerRole::HelpDesk)) => {
            Sees::All
        }
        None => Sees::Nothing,
    }
}

/// Whether a person may see a customer of their own partner (P2).
pub fn may_see(actor: &Actor, partner: &PartnerId, assignment: &Assignment) -> bool {
    sees(actor, partner).includes(assignment)
}

/// The partner's people of L4: its sales full administrators, and the sales
/// administrators who look after the customer.
pub fn looked_after_by<'a>(people: &'a [Person], assignment: &'a Assignment) -> impl Iterator<Item = &'a Person> + 'a {
    people.iter().filter(|person| match person.of_partner() {
        Some((_, PartnerRole::SalesFullAdministrator)) => true,
        Some((_, PartnerRole::SalesAdministrator)) => assignment.includes(&person.id),
        _ => false,
    })
}

/// Who is in charge as things stand: nobody, when that person has lost the role (P9).
pub fn in_charge<'a>(people: &'a [Person], assignment: &Assignment) -> Option<&'a Person> {
    let id = assignment.in_charge.as_ref()?;
    people.iter().find(|person| person.id == *id && person.is_sales())
}

#[cfg(test)]
mod tests;
