//! The customer's hub: partners with access, people, settings (H3, H5, H7, Q10).

use contract::endpoints;
use contract::error::ApiError;
use contract::hub::{AccessAct, AddPerson, ChangePerson, HubSettings};
use contract::journal::Actor;
use contract::trials::{Order, TrialAct};
use rules::change::Deed;
use rules::notice::{MailKind, Recipients};
use rules::organisation::AccessLevel;
use rules::people::{CustomerRole, Language};
use rules::service::{Duration, Service};
use rules::trial::State;
use rules::verdict::{Because, RuleId};

use super::cast::{Asked, STORM, act, mails, organisation, state, storm_runs};
use super::every_act::version;
use super::{ANNA, JOOST, KIM, LENA, MEHMET, SANNE, World};
use crate::records::{SESSIONS, SignedIn};
use crate::store::{Commit, Store};

fn refused<T: std::fmt::Debug>(result: Result<T, ApiError>) -> (RuleId, Because) {
    match result {
        Err(ApiError::Refused { refusal, .. }) => (refusal.rule, refusal.because),
        other => panic!("{other:?}"),
    }
}

fn set_access(world: &World, person: &str, level: Option<AccessLevel>) -> Result<Asked, ApiError> {
    let mut order = Order { act: AccessAct { partner: "noordzee-telecom".into(), level }, digest: String::new() };
    let preview = world.ask(endpoints::HUB_PARTNERS_PREVIEW, person, "", &order)?;
    order.digest = preview.digest;
    Ok(Asked::of(world, &endpoints::HUB_PARTNERS, person, "", &order).at(preview.version))
}

#[test]
fn access_is_reduced_raised_and_removed_by_full_administrators_alone_h3_l12() {
    let world = World::new();
    let before = set_access(&world, SANNE, None).map(drop);
    assert_eq!(refused(before).0, RuleId::H3, "what was only asked is declined");
    let trial = storm_runs(&world, true);
    world.play();
    let full = Some(AccessLevel::FullAdministrator);
    assert_eq!(refused(set_access(&world, SANNE, full)), (RuleId::H3, Because::HasThatAccess));
    assert!(set_access(&world, KIM, None).is_err() && set_access(&world, ANNA, full).is_err());
    set_access(&world, JOOST, Some(AccessLevel::Provisioning)).expect("a preview").done(&world);
    assert_eq!(
        organisation(&world, STORM).access(&"noordzee-telecom".into()).map(|each| each.level),
        Some(AccessLevel::Provisioning)
    );
    set_access(&world, SANNE, None).expect("a preview").done(&world);

    assert_eq!(state(&world, &trial), State::Running, "it runs to its end");
    let extend = TrialAct::Extend { days: Duration::Days60, confirmed: false };
    assert_eq!(refused(act(&world, ANNA, &trial, extend)), (RuleId::H3, Because::NoAccess));
    let hub = world.ask(endpoints::HUB, SANNE, "", &()).expect("a hub");
    assert!(!hub.trials[0].partner_acts && hub.partners[0].level.is_none() && hub.partners[0].ended.is_some());
    let refusal = world.ask(endpoints::HUB, ANNA, &format!("?organisation={STORM}"), &()).map(drop);
    assert_eq!(refused(refusal), (RuleId::H3, Because::NoAccess));
    let page = world.ask(endpoints::CUSTOMER, ANNA, STORM, &()).expect("the row stays as history");
    assert!(!page.may_add.is_allowed() && page.organisation.is_some_and(|known| known.access.is_none()));
    world.wait_days(23);
    world.play();
    let notices: Vec<Recipients> = mails(&world, STORM)
        .into_iter()
        .filter(|(_, mail)| mail.order.kind == MailKind::EndsSoon)
        .map(|(_, mail)| mail.order.group)
        .collect();
    assert_eq!(notices, [Recipients::CustomerAdministrators; 3], "it gets no notices");
    act(&world, SANNE, &trial, TrialAct::Cancel).expect("the customer can free its services").done(&world);
}

fn add(world: &World, person: &str, email: &str, role: CustomerRole, services: &[Service]) -> Result<String, ApiError> {
    let asked = AddPerson {
        name: "Noor Smit".to_owned(),
        email: email.to_owned(),
        role,
        services: services.iter().copied().collect(),
    };
    let path = format!("?organisation={STORM}");
    let parameter = if [SANNE, JOOST, KIM].contains(&person) { "" } else { path.as_str() };
    world.ask(endpoints::HUB_PERSON_ADD, person, parameter, &asked).map(|done| done.person.0)
}

#[test]
fn people_are_managed_by_full_administrators_and_by_partners_with_full_access_h5_x10_u2() {
    use CustomerRole::{Administrator, FullAdministrator, User};
    let world = World::new();
    storm_runs(&world, true);
    let noor = add(&world, ANNA, " NOOR@rederijstorm.example ", User, &[Service::Messaging]).expect("added");
    let found = organisation(&world, STORM);
    assert_eq!(
        found.member_of_address("noor@rederijstorm.example").map(|member| member.id.as_str()),
        Some(noor.as_str())
    );
    for (person, email, role, services, expected) in [
        (ANNA, "a@rederijstorm.example", Administrator, &[][..], (RuleId::H5, Because::OnlyForFullAdministrators)),
        (KIM, "a@rederijstorm.example", User, &[], (RuleId::P5, Because::OnlyForFullAdministrators)),
        (LENA, "a@rederijstorm.example", User, &[], (RuleId::P5, Because::OnlyForCustomerAdministrators)),
        (SANNE, "noor@rederijstorm.example", User, &[], (RuleId::H5, Because::AlreadyThere)),
        (SANNE, "beheer@brouwerijdezon.example", User, &[], (RuleId::U2, Because::AddressElsewhere)),
        (SANNE, "anna.de.vries@noordzee-telecom.example", User, &[], (RuleId::U2, Because::AddressElsewhere)),
        (SANNE, "a@rederijstorm.example", User, &[Service::Calling], (RuleId::H5, Because::NoFreeLicence)),
    ] {
        assert_eq!(refused(add(&world, person, email, role, services)), expected, "{email} by {person}");
    }
    assert_eq!(add(&world, MEHMET, "a@rederijstorm.example", User, &[]), Err(ApiError::NotFound), "not his (P2)");
    assert!(matches!(add(&world, SANNE, "no address", User, &[]), Err(ApiError::Invalid { .. })));

    // A new full administrator signs in, and a removed one is out at once.
    let mut commit = Commit::default();
    commit.put(&SESSIONS, "noor", &SignedIn { person: noor.as_str().into() });
    futures_executor::block_on(world.memory.commit(commit)).expect("no fault");
    let change = |role| {
        let change = ChangePerson { role, services: [Service::Messaging].into() };
        Asked::of(&world, &endpoints::HUB_PERSON_CHANGE, SANNE, &noor, &change).at(version(&world, STORM))
    };
    assert!(world.ask(endpoints::HUB, "noor", "", &()).is_err(), "a user sees no hub");
    change(FullAdministrator).done(&world);
    assert!(world.ask(endpoints::HUB, "noor", "", &()).is_ok());
    let remove = |id: &str| {
        Asked::of(&world, &endpoints::HUB_PERSON_REMOVE, "noor", id, &()).at(version(&world, STORM)).reply(&world)
    };
    for id in [SANNE, JOOST] {
        assert_eq!(remove(id).status, 200, "{id}");
    }
    assert_eq!(world.ask(endpoints::HUB, SANNE, "", &()), Err(ApiError::NotSignedIn));
    let last = ApiError::from_json(&remove(&noor).body).expect("a problem");
    assert_eq!(refused::<()>(Err(last)), (RuleId::H5, Because::LastFullAdministrator));
    let again = world.ask(
        endpoints::ORGANISATION_LOOK_UPS,
        ANNA,
        "",
        &contract::trials::LookUp { administrator_email: "ict@rederijstorm.example".to_owned() },
    );
    assert_eq!(again, Ok(contract::trials::LookUpAnswer::New), "the address is free");
}

#[test]
fn the_list_of_people_is_searched_and_paged_h5() {
    let world = World::new();
    storm_runs(&world, true);
    for number in 0..110 {
        add(&world, SANNE, &format!("p{number}@rederijstorm.example"), CustomerRole::User, &[]).expect("added");
    }
    let list = |query: &str| world.ask(endpoints::HUB_PEOPLE, KIM, &format!("?{query}"), &()).expect("people");
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = list(&format!("cursor={cursor}"));
        assert_eq!(page.found, 114);
        found.extend(page.people.into_iter().map(|member| member.id.0));
        match page.next {
            Some(next) => cursor = next,
            None => break,
        }
    }
    let unique: std::collections::BTreeSet<&String> = found.iter().collect();
    assert_eq!((found.len(), unique.len()), (114, 114));
    assert_eq!(list("q=P7@REDERIJ").found, 1);
    assert_eq!(list("q=sanne").people[0].id.as_str(), SANNE);
    let wrong = world.ask(endpoints::HUB_PEOPLE, KIM, "?cursor=nonsense", &());
    assert_eq!(wrong.map(drop), Err(ApiError::Malformed));
}

#[test]
fn what_a_partner_does_in_the_hub_is_journalled_with_both_names_q10_u1_l10() {
    let world = World::new();
    storm_runs(&world, true);
    let settings = HubSettings { name: "Rederij Storm BV".to_owned(), language: Language::En };
    let parameter = format!("?organisation={STORM}");
    let asked = Asked::of(&world, &endpoints::HUB_SETTINGS, ANNA, &parameter, &settings).at(version(&world, STORM));
    let hub: contract::hub::Hub = asked.answer(&world).expect("set");
    assert_eq!((hub.name.as_str(), hub.language), ("Rederij Storm BV", Language::En));
    for person in [ANNA, SANNE] {
        let journal = world.ask(endpoints::JOURNAL, person, &parameter, &()).expect("a journal");
        let line = |deed| journal.entries.iter().find(|line| line.deed == deed).expect("an entry");
        for deed in [Deed::SettingsChanged, Deed::SetUpFinished] {
            let line = line(deed);
            assert_eq!(line.by, Actor::Person("Anna de Vries".to_owned()), "{deed:?} to {person}");
            // By the name that it had then, and not the one that it got by it.
            assert_eq!(line.on_behalf.as_deref(), Some("Rederij Storm"), "{deed:?} to {person}");
        }
        assert_eq!(line(Deed::Accepted).on_behalf, None);
    }
    for name in ["", "  ", "a\u{202e}b"] {
        let settings = HubSettings { name: name.to_owned(), language: Language::En };
        let asked = Asked::of(&world, &endpoints::HUB_SETTINGS, SANNE, "", &settings).at(version(&world, STORM));
        assert_eq!(refused(asked.answer::<contract::hub::Hub>(&world)), (RuleId::H7, Because::BadText), "{name:?}");
    }
}
