//! Who plays in the cases, and what they type.
//!
//! The people are the personas of the demonstration. Customers have names of their own,
//! which the demonstration data do not have.

use rules::device::DeviceType;
use rules::draft::TrialDraft;
use rules::region::CountryCode;
use rules::samples;
use rules::service::{CallingKind, Duration, Service};

/// Sales full administrator of Noordzee Telecom, a partner of tier 1.
pub(crate) const ANNA: &str = "anna-de-vries";
/// Sales administrator of Noordzee Telecom.
pub(crate) const MEHMET: &str = "mehmet-bakker";
/// Read-only administrator of Noordzee Telecom.
pub(crate) const LENA: &str = "lena-krause";
/// Help desk of Noordzee Telecom.
pub(crate) const PIET: &str = "piet-janssen";
/// Sales full administrator of Fjord Communications, whose distributor is Noordzee Telecom.
pub(crate) const INGRID: &str = "ingrid-solberg";
/// Sales full administrator of Lindqvist Systems, which is not certified.
pub(crate) const OSKAR: &str = "oskar-lindqvist";
/// Full administrator of Rederij Storm, which Noordzee Telecom has asked for a trial.
pub(crate) const SANNE: &str = "sanne-visser";
/// The other full administrator.
pub(crate) const JOOST: &str = "joost-de-boer";
/// An administrator of Rederij Storm.
pub(crate) const KIM: &str = "kim-jansen";
/// A user of Rederij Storm.
pub(crate) const TOM: &str = "tom-bos";
/// One of the trials team.
pub(crate) const RUTH: &str = "ruth-okafor";

/// Everybody, in the order of the columns of tables.
pub(crate) const EVERYBODY: [&str; 11] = [ANNA, MEHMET, LENA, PIET, INGRID, OSKAR, SANNE, JOOST, KIM, TOM, RUTH];

/// The partners' ids.
pub(crate) const NOORDZEE: &str = "noordzee-telecom";
pub(crate) const FJORD: &str = "fjord-communications";

/// Addresses of Sanne and Kim.
pub(crate) const SANNES_ADDRESS: &str = "ict@rederijstorm.example";
pub(crate) const KIMS_ADDRESS: &str = "kim.jansen@rederijstorm.example";

/// An address of a customer of Noordzee Telecom with a running trial of Messaging and Meetings.
pub(crate) const NOORDZEES_CUSTOMER: &str = "beheer@brouwerijdezon.example";

/// The least that can be saved, for a company in the Netherlands: Messaging for ten people
/// and 30 days.
pub(crate) fn draft(company: &str) -> TrialDraft {
    TrialDraft { company_name: company.to_owned(), administrator_email: address(company), ..samples::shortest_draft() }
}

/// The address of a company's first administrator.
pub(crate) fn address(company: &str) -> String {
    let name: String = company.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("admin@{}.example", name.to_ascii_lowercase())
}

/// A draft with these services and so many licences.
pub(crate) fn with(draft: TrialDraft, services: &[Service], licences: u32) -> TrialDraft {
    TrialDraft {
        services: services.iter().copied().collect(),
        licences: licences.to_string(),
        calling: services.contains(&Service::Calling).then_some(CallingKind::Cloud),
        ..draft
    }
}

/// A draft for so long.
pub(crate) fn lasting(draft: TrialDraft, duration: Duration) -> TrialDraft {
    TrialDraft { duration, ..draft }
}

/// A draft with Devices: licences of a type, and so many of them to ship.
pub(crate) fn shipping(draft: TrialDraft, device: DeviceType, licences: u32, ship: u32) -> TrialDraft {
    let mut draft = draft;
    draft.services.insert(Service::Devices);
    *draft.device_licences.get_mut(device) = licences.to_string();
    if device.is_shippable() {
        *draft.ship.get_mut(device) = ship.to_string();
    }
    draft.ship_to = samples::full_draft().ship_to;
    draft
}

/// A draft for an organisation in the Netherlands that exists, by an address of it.
pub(crate) fn asking(email: &str, services: &[Service], licences: u32) -> TrialDraft {
    let typed = TrialDraft {
        company_name: "As it was typed".to_owned(),
        administrator_email: email.to_owned(),
        country: CountryCode::new("NL"),
        ..samples::shortest_draft()
    };
    with(typed, services, licences)
}
