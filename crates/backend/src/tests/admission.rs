//! People who come in from an identity provider.

use contract::endpoints;
use contract::error::ApiError;
use futures_executor::block_on;
use rules::people::{PartnerRole, Right, Role};

use super::{ANNA, KIM, SANNE, TOM, World};
use crate::records::{ADDRESSES, HOMES, PEOPLE};
use crate::{Admission, Identity, Standing};

const ANNAS: &str = "anna.de.vries@noordzee-telecom.example";
const SANNES: &str = "ict@rederijstorm.example";
const NEW: &str = "nora.smit@noordzee-telecom.example";

fn identity(subject: &str, email: &str, standing: Option<Standing>) -> Identity {
    Identity {
        issuer: "https://provider.example".to_owned(),
        subject: subject.to_owned(),
        email: email.to_owned(),
        email_verified: true,
        name: "Nora Smit".to_owned(),
        standing,
    }
}

fn of_partner(partner: &str, role: PartnerRole) -> Option<Standing> {
    Some(Standing::Partner { partner: partner.into(), role })
}

fn noordzees(role: PartnerRole) -> Option<Standing> {
    of_partner("noordzee-telecom", role)
}

impl World {
    fn admit(&self, visit: &str, identity: &Identity) -> Admission {
        block_on(self.backend.admit(visit, identity)).expect("no fault")
    }

    fn admitted(&self, visit: &str, identity: &Identity) -> String {
        match self.admit(visit, identity) {
            Admission::Admitted(person) => person.0,
            other => panic!("{identity:?}: {other:?}"),
        }
    }
}

#[test]
fn whoever_is_claimed_to_be_a_partners_person_becomes_that_and_comes_back_as_the_same_p2() {
    let world = World::server();
    let nora = identity("n-1", "Nora.Smit@Noordzee-Telecom.example", noordzees(PartnerRole::HelpDesk));
    let id = world.admitted("v1", &nora);
    let who = world.ask(endpoints::SESSION, "v1", "", &()).expect("a session").who.expect("signed in");
    assert_eq!((who.person.name.as_str(), who.person.email.as_str()), ("Nora Smit", NEW));
    assert_eq!(who.organisation, "Noordzee Telecom");
    assert!(who.may(Right::SeeCustomers).is_allowed() && !who.may(Right::Download).is_allowed());

    // Another role and another address: one person still, in both visits.
    let moved = identity("n-1", "n.smit@noordzee-telecom.example", noordzees(PartnerRole::SalesFullAdministrator));
    assert_eq!(world.admitted("v2", &moved), id);
    for visit in ["v1", "v2"] {
        let who = world.ask(endpoints::SESSION, visit, "", &()).expect("a session").who.expect("signed in");
        assert_eq!(who.person.email, moved.email);
        assert!(who.may(Right::Assign).is_allowed(), "{visit}");
    }
    let old = block_on(ADDRESSES.get(world.memory.as_ref(), NEW)).expect("no fault");
    assert_eq!(old, None, "the old address is nobody's");

    // At another partner they see its customers and no longer the first one's.
    let fjord = of_partner("fjord-communications", PartnerRole::SalesFullAdministrator);
    assert_eq!(world.admitted("v3", &Identity { standing: fjord, ..moved }), id);
    let who = world.ask(endpoints::SESSION, "v1", "", &()).expect("a session").who.expect("signed in");
    assert_eq!(who.organisation, "Fjord Communications");
    let left = block_on(PEOPLE.get(world.memory.as_ref(), &format!("noordzee-telecom/{id}"))).expect("no fault");
    assert_eq!(left, None);
}

#[test]
fn whoever_was_there_before_is_found_by_their_address_p2() {
    let world = World::server();
    let anna = identity("a-1", ANNAS, noordzees(PartnerRole::SalesFullAdministrator));
    assert_eq!(world.admitted("v1", &Identity { name: String::new(), ..anna }), ANNA);
    let who = world.ask(endpoints::SESSION, "v1", "", &()).expect("a session").who.expect("signed in");
    assert_eq!(who.person.name, "Anna de Vries", "a name that the provider does not tell stays");
}

#[test]
fn the_trials_team_is_claimed_and_sees_its_queue_p6() {
    let world = World::server();
    world.admitted("v1", &identity("r-1", "robin@trials.example", Some(Standing::TrialsTeam)));
    assert!(world.ask(endpoints::DEVICES_QUEUE, "v1", "", &()).is_ok());
    let refused = world.ask(endpoints::CUSTOMERS, "v1", "", &()).map(drop);
    assert!(matches!(refused, Err(ApiError::Refused { .. })), "{refused:?}");
}

#[test]
fn a_customers_people_come_by_the_address_that_was_invited_and_by_no_claim_p5() {
    let world = World::server();
    for (email, person) in
        [(SANNES, SANNE), ("kim.jansen@rederijstorm.example", KIM), (" Tom.Bos@RederijStorm.example", TOM)]
    {
        assert_eq!(world.admitted(person, &identity(person, email, None)), person);
    }
    let who = world.ask(endpoints::SESSION, SANNE, "", &()).expect("a session").who.expect("signed in");
    assert!(who.may(Right::DecideForCustomer).is_allowed());

    let before = world.memory.everything();
    let unknown = identity("x", "somebody@rederijstorm.example", None);
    assert_eq!(world.admit("v1", &unknown), Admission::Unknown, "a shared domain is not enough (X1)");
    let unverified = Identity { email_verified: false, ..identity("s", SANNES, None) };
    assert_eq!(world.admit("v1", &unverified), Admission::EmailNotVerified);
    for email in ["", "no-address", "a\n@b.example"] {
        assert_eq!(world.admit("v1", &identity("s", email, None)), Admission::EmailNotVerified, "{email:?}");
    }
    let both = identity("s", SANNES, noordzees(PartnerRole::SalesFullAdministrator));
    assert_eq!(world.admit("v1", &both), Admission::Unknown, "no person of a partner is a customer's");
    let elsewhere = identity("y", NEW, of_partner("no-such-partner", PartnerRole::HelpDesk));
    assert_eq!(world.admit("v1", &elsewhere), Admission::Unknown, "a partner is made by who runs the server");
    assert_eq!(world.memory.everything(), before, "nothing is stored of whoever is not let in");
    assert_eq!(world.ask(endpoints::SESSION, "v1", "", &()).expect("a session").who, None);
}

#[test]
fn two_people_of_a_partner_are_not_joined_by_an_address_p2() {
    let world = World::server();
    let nora = identity("n-1", NEW, noordzees(PartnerRole::HelpDesk));
    world.admitted("v1", &nora);
    let as_anna = Identity { email: ANNAS.to_owned(), ..nora };
    assert_eq!(world.admit("v2", &as_anna), Admission::Unknown);
}

#[test]
fn a_person_of_whom_nothing_is_claimed_any_more_loses_the_rights_of_every_visit_p9() {
    let world = World::server();
    let nora = identity("n-1", NEW, noordzees(PartnerRole::SalesFullAdministrator));
    let id = world.admitted("v1", &nora);
    assert!(world.ask(endpoints::CUSTOMERS, "v1", "", &()).is_ok());

    assert_eq!(world.admit("v2", &Identity { standing: None, ..nora.clone() }), Admission::Unknown);
    assert_eq!(world.ask(endpoints::CUSTOMERS, "v1", "", &()).map(drop), Err(ApiError::NotSignedIn));
    assert_eq!(block_on(HOMES.get(world.memory.as_ref(), &id)).expect("no fault"), None);
    assert_eq!(world.admitted("v3", &nora), id, "whoever comes back is the same person");
    let role = world.ask(endpoints::SESSION, "v1", "", &()).expect("a session").who.expect("again").person.role;
    assert!(matches!(role, Role::Partner { .. }));

    // The same for one who is found by the address alone.
    world.admitted("v4", &identity("a-1", ANNAS, noordzees(PartnerRole::HelpDesk)));
    assert_eq!(world.admit("v5", &identity("a-1", ANNAS, None)), Admission::Unknown);
    assert_eq!(world.ask(endpoints::CUSTOMERS, "v4", "", &()).map(drop), Err(ApiError::NotSignedIn));
}
