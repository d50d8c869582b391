//! Who plays in the tests: partners of each kind, and an organisation that was there before.

use super::{attestation, day, order, partner, shortest_draft};
use crate::act::{Act, Ask, Conversion};
use crate::draft::TrialDraft;
use crate::organisation::{Member, Organisation, Vertical};
use crate::people::{CustomerRole, Language, Partner, Tier};
use crate::region::CountryCode;
use crate::service::Service;

/// The partner `zuidzee`: certified, of tier 1, competing with [`partner`].
pub fn competitor() -> Partner {
    Partner { id: "zuidzee".into(), name: "Zuidzee Networks".to_owned(), ..partner() }
}

/// The partner `maasland`: certified, of tier 1, from which [`tier_two`] buys.
pub fn distributor() -> Partner {
    Partner { id: "maasland".into(), name: "Maasland Distribution".to_owned(), ..partner() }
}

/// The partner `beekdal`: certified, of tier 2, with [`distributor`] as its distributor.
pub fn tier_two() -> Partner {
    let tier = Tier::Two { distributor: distributor().id };
    Partner { id: "beekdal".into(), name: "Beekdal ICT".to_owned(), tier, ..partner() }
}

/// The partner `veenhof`: of tier 1, without certification.
pub fn uncertified() -> Partner {
    Partner { id: "veenhof".into(), name: "Veenhof Beheer".to_owned(), certified: false, ..partner() }
}

/// Every partner of the tests.
pub fn partners() -> [Partner; 5] {
    [partner(), competitor(), distributor(), tier_two(), uncertified()]
}

/// A person of an organisation, who has a licence of nothing.
pub fn member(id: &str, email: &str, role: CustomerRole) -> Member {
    Member {
        id: id.into(),
        name: format!("Person {id}"),
        email: email.to_owned(),
        role,
        language: None,
        services: [].into(),
        since: day(2025, 6, 1).begin(),
    }
}

/// The organisation `example`, which was there before any trial: three full
/// administrators (`full-1` is `admin@example.com`), the administrator `helper`, and
/// the user `user`. It owns nothing and no partner has to do with it.
pub fn customer() -> Organisation {
    let created = day(2025, 6, 1).begin();
    let netherlands = CountryCode::new("NL").expect("a country");
    Organisation {
        id: "example".into(),
        name: "Example Holding".to_owned(),
        administrator_email: "admin@example.com".to_owned(),
        vertical: Vertical::Retail,
        country: netherlands,
        region: netherlands.region(),
        language: Language::Nl,
        attestation: None,
        created,
        changed: created,
        closed: None,
        people: vec![
            member("full-1", "admin@example.com", CustomerRole::FullAdministrator),
            member("full-2", "second@example.com", CustomerRole::FullAdministrator),
            member("full-3", "third@example.com", CustomerRole::FullAdministrator),
            member("helper", "helper@example.com", CustomerRole::Administrator),
            member("user", "user@example.com", CustomerRole::User),
        ],
        partners: Vec::new(),
        purchased: Vec::new(),
        blocked: Vec::new(),
        trials: Vec::new(),
    }
}

/// A draft for [`customer`] with some services, ten licences each, and no devices but
/// four desk phones of which two are shipped.
pub fn customer_draft(services: &[Service]) -> TrialDraft {
    let mut draft = super::full_draft();
    draft.administrator_email = "admin@example.com".to_owned();
    draft.services = services.iter().copied().collect();
    draft.meetings_options = [].into();
    draft.duration = shortest_draft().duration;
    draft.licences = "10".to_owned();
    draft.numbered_users = "5".to_owned();
    draft.device_licences.board = String::new();
    draft
}

/// The act of sending a request for a draft, without words and without asking for more
/// than provisioning access. It goes to the draft's address.
pub fn ask(draft: TrialDraft, trial: &str) -> Act {
    let order = order(draft);
    Act::Ask(Box::new(Ask {
        ordered: order.ordered,
        trial: trial.into(),
        typed_company: order.company_name,
        typed_email: order.administrator_email,
        asks_full_access: false,
        words: String::new(),
        phrase: "panda piano polo".to_owned(),
        attestation: attestation(),
    }))
}

/// The order that a trial of [`customer`] becomes: some of its services, a contact of
/// [`partner`], nothing confirmed.
pub fn conversion(services: &[Service]) -> Conversion {
    Conversion {
        order_number: "ORDER-1".to_owned(),
        contact_email: "sales-administrator@noordzee.example".to_owned(),
        administrator_email: "admin@example.com".to_owned(),
        services: services.iter().copied().collect(),
        confirmed: false,
    }
}
