//! The partners of the demonstration and the personas to sign in as (G6).

use rules::ids::PersonId;
use rules::people::{CustomerRole, Partner, PartnerRole, Person, Role, Tier};

/// The partner with most customers.
pub(super) const NOORDZEE: &str = "noordzee-telecom";
/// A tier 2 partner, which buys from Noordzee Telecom.
pub(super) const FJORD: &str = "fjord-communications";
/// A partner that is not certified (P1).
const LINDQVIST: &str = "lindqvist-systems";

/// Sales full administrator of Noordzee Telecom.
pub(super) const ANNA: &str = "anna-de-vries";
/// Sales administrator of Noordzee Telecom: sees a third of its customers (P2).
pub(super) const MEHMET: &str = "mehmet-bakker";
/// Sales full administrator of Fjord Communications.
pub(super) const INGRID: &str = "ingrid-solberg";

/// Id, name, address, role and partner of each persona, in the order in which
/// they are introduced.
const PERSONAS: [(&str, &str, &str, PartnerRole, &str); 6] = [
    (ANNA, "Anna de Vries", "anna.de.vries@noordzee-telecom.example", PartnerRole::SalesFullAdministrator, NOORDZEE),
    (MEHMET, "Mehmet Bakker", "mehmet.bakker@noordzee-telecom.example", PartnerRole::SalesAdministrator, NOORDZEE),
    (
        "lena-krause",
        "Lena Krause",
        "lena.krause@noordzee-telecom.example",
        PartnerRole::ReadOnlyAdministrator,
        NOORDZEE,
    ),
    ("piet-janssen", "Piet Janssen", "piet.janssen@noordzee-telecom.example", PartnerRole::HelpDesk, NOORDZEE),
    (
        INGRID,
        "Ingrid Solberg",
        "ingrid.solberg@fjord-communications.example",
        PartnerRole::SalesFullAdministrator,
        FJORD,
    ),
    (
        "oskar-lindqvist",
        "Oskar Lindqvist",
        "oskar.lindqvist@lindqvist-systems.example",
        PartnerRole::SalesFullAdministrator,
        LINDQVIST,
    ),
];

/// The partners.
pub(super) fn partners() -> [Partner; 3] {
    let partner =
        |id: &str, name: &str, tier, certified| Partner { id: id.into(), name: name.to_owned(), tier, certified };
    [
        partner(NOORDZEE, "Noordzee Telecom", Tier::One, true),
        partner(FJORD, "Fjord Communications", Tier::Two { distributor: NOORDZEE.into() }, true),
        partner(LINDQVIST, "Lindqvist Systems", Tier::One, false),
    ]
}

/// People of Rederij Storm, the organisation that answers a request: id, name, address
/// and role of each.
pub(super) const REDERIJ_STORM: &[(&str, &str, &str, CustomerRole)] = &[
    ("sanne-visser", "Sanne Visser", "ict@rederijstorm.example", CustomerRole::FullAdministrator),
    ("joost-de-boer", "Joost de Boer", "joost.de.boer@rederijstorm.example", CustomerRole::FullAdministrator),
    ("kim-jansen", "Kim Jansen", "kim.jansen@rederijstorm.example", CustomerRole::Administrator),
    ("tom-bos", "Tom Bos", "tom.bos@rederijstorm.example", CustomerRole::User),
];

/// One of the trials team.
const RUTH: (&str, &str, &str) = ("ruth-okafor", "Ruth Okafor", "ruth.okafor@trials.example");

/// The people of partners and of the trials team.
pub(super) fn people() -> Vec<Person> {
    let partners = PERSONAS.map(|(id, name, email, role, partner)| Person {
        id: id.into(),
        name: name.to_owned(),
        email: email.to_owned(),
        role: Role::Partner { partner: partner.into(), role },
        language: None,
    });
    let (id, name, email) = RUTH;
    let ruth = Person {
        id: id.into(),
        name: name.to_owned(),
        email: email.to_owned(),
        role: Role::TrialsTeam,
        language: None,
    };
    partners.into_iter().chain([ruth]).collect()
}

/// The ids of the personas, in the order in which they are introduced.
pub(crate) fn introduced() -> impl Iterator<Item = PersonId> {
    let partners = PERSONAS.iter().map(|persona| persona.0);
    let customers = REDERIJ_STORM.iter().map(|persona| persona.0);
    partners.chain(customers).chain([RUTH.0]).map(Into::into)
}
