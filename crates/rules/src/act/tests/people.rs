//! People and settings of an organisation (H5, H7, U2).

use super::*;
use crate::act::{Act, NewPerson, person_verdicts};
use crate::people::{CustomerRole, Language};

use CustomerRole::{Administrator, FullAdministrator, User};

fn new(role: CustomerRole, services: &[Service]) -> NewPerson {
    NewPerson {
        id: "new".into(),
        name: " Noor Bakker ".to_owned(),
        email: "noor@example.com".to_owned(),
        role,
        services: services.iter().copied().collect(),
    }
}

fn change(id: &str, role: CustomerRole, services: &[Service]) -> Act {
    Act::ChangePerson(id.into(), role, services.iter().copied().collect())
}

/// Messaging runs with ten licences, and the partner has full administrator access.
fn messaging() -> Story {
    Story::running(samples::customer_draft(&[Service::Messaging]), true)
}

#[test]
fn a_full_administrator_or_a_partner_with_full_access_manages_people_h5_x10() {
    let story = messaging();
    for (actor, may) in [
        (story.person("full-1"), true),
        (sales(), true),
        (chief(), true),
        (story.person("helper"), false),
        (story.person("user"), false),
        (rival(), false),
        (samples::actor(PartnerRole::ReadOnlyAdministrator), false),
        (samples::trials_team(), false),
    ] {
        for act in [
            Act::AddPerson(new(User, &[])),
            change("user", User, &[Service::Messaging]),
            Act::RemovePerson("user".into()),
            Act::SetSettings("Other".to_owned(), Language::En),
        ] {
            assert_eq!(story.tries(&actor, act).is_ok(), may, "{}", actor.person.id);
        }
    }
}

#[test]
fn a_person_is_added_with_a_trimmed_name_and_once_h5() {
    let mut story = messaging();
    story.does(&sales(), Act::AddPerson(new(User, &[Service::Messaging])));
    let member = story.organisation.member(&"new".into()).expect("added").clone();
    assert_eq!((member.name.as_str(), member.role, member.since), ("Noor Bakker", User, story.now));
    assert_eq!(member.services, [Service::Messaging].into());
    let twice = NewPerson { id: "other".into(), email: "NOOR@example.com".to_owned(), ..new(User, &[]) };
    assert_eq!(says(story.tries(&sales(), Act::AddPerson(twice))).1, Because::AlreadyThere);
    for name in ["", "a\u{202E}", &"x".repeat(101)] {
        let unfit = NewPerson { name: name.to_owned(), ..new(User, &[]) };
        let refused = story.tries(&sales(), Act::AddPerson(unfit)).expect_err("no name");
        let most = (name.len() > 100).then_some(100);
        assert_eq!((refused.because, refused.count), (Because::BadText, most), "{name:?}");
    }
}

#[test]
fn an_address_of_another_organisation_is_not_added_and_not_named_u2() {
    let mut story = messaging();
    story.facts.addresses_elsewhere = ["noor@example.com".to_owned()].into();
    let refused = says(story.tries(&sales(), Act::AddPerson(new(User, &[]))));
    assert_eq!(refused, (RuleId::U2, Because::AddressElsewhere, Remedy::Correct));
}

#[test]
fn roles_are_given_and_taken_by_the_customers_full_administrators_alone_h5() {
    let story = messaging();
    let acts = || {
        [
            Act::AddPerson(new(Administrator, &[])),
            Act::AddPerson(new(FullAdministrator, &[])),
            change("user", Administrator, &[]),
            change("helper", User, &[]),
            change("full-3", Administrator, &[]),
            Act::RemovePerson("helper".into()),
            Act::RemovePerson("full-3".into()),
        ]
    };
    let refused = (RuleId::H5, Because::OnlyForFullAdministrators, Remedy::AskFullAdministrator);
    for (by_partner, by_customer) in acts().into_iter().zip(acts()) {
        assert_eq!(says(story.tries(&sales(), by_partner)), refused);
        assert!(story.tries(&story.person("full-1"), by_customer).is_ok());
    }
}

#[test]
fn the_last_full_administrator_stays_h5() {
    let mut story = messaging();
    let person = story.person("full-1");
    story.does(&person, Act::RemovePerson("full-2".into()));
    story.does(&person, change("full-3", Administrator, &[]));
    let last = (RuleId::H5, Because::LastFullAdministrator, Remedy::NameAnother);
    assert_eq!(says(story.tries(&person, Act::RemovePerson("full-1".into()))), last);
    assert_eq!(says(story.tries(&person, change("full-1", User, &[]))), last);
    assert!(story.tries(&person, change("full-1", FullAdministrator, &[Service::Messaging])).is_ok());
    story.does(&person, change("helper", FullAdministrator, &[]));
    story.does(&person, Act::RemovePerson("full-1".into()));
    assert!(story.organisation.member(&"full-1".into()).is_none());
}

#[test]
fn what_stands_on_the_controls_beside_a_person_is_what_the_acts_say_p7_h5() {
    let mut story = messaging();
    let first = story.person("full-1");
    for round in 0..2 {
        if round == 1 {
            story.does(&first, Act::RemovePerson("full-2".into()));
            story.does(&first, change("full-3", Administrator, &[]));
        }
        for actor in [first.clone(), story.person("helper"), sales(), rival(), samples::trials_team()] {
            for member in story.organisation.people.clone() {
                let id = member.id.as_str();
                let other = if member.role == User { Administrator } else { User };
                let shown = person_verdicts(&story.organisation, &member, &actor);
                let services = story.tries(&actor, change(id, member.role, &[])).map(drop);
                assert_eq!(shown.services.require(), services, "{id} by {}", actor.person.id);
                assert_eq!(shown.role.require(), story.tries(&actor, change(id, other, &[])).map(drop), "{id}");
                assert_eq!(shown.remove.require(), story.tries(&actor, Act::RemovePerson(id.into())).map(drop), "{id}");
            }
        }
    }
}

#[test]
fn a_service_without_a_free_licence_is_not_given_h5() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging, Service::Devices]), true);
    populate(&mut story, 9, &[Service::Messaging]);
    let give = |services: &[Service]| change("helper", Administrator, services);
    for service in [Service::Meetings, Service::Devices] {
        let refusal = story.tries(&sales(), give(&[service])).expect_err("there is none");
        assert_eq!((refusal.because, refusal.service), (Because::NoFreeLicence, Some(service)));
    }
    story.does(&sales(), give(&[Service::Messaging]));
    assert_eq!(says(story.tries(&sales(), Act::AddPerson(new(User, &[Service::Messaging])))).1, Because::NoFreeLicence);
    assert!(story.tries(&sales(), give(&[Service::Messaging])).is_ok(), "who has one keeps it");
    story.does(&sales(), give(&[]));
    assert!(story.tries(&sales(), Act::AddPerson(new(User, &[Service::Messaging]))).is_ok());
}

#[test]
fn in_grace_the_licences_still_count_and_after_it_they_are_gone_l2_h5() {
    let mut story = messaging();
    let give = || change("helper", Administrator, &[Service::Messaging]);
    story.days(59);
    assert!(story.tries(&story.person("full-1"), give()).is_ok());
    assert_eq!(story.organisation.licences(Service::Messaging, story.today()), 10);
    assert_eq!(story.organisation.licences(Service::Messaging, story.today().plus(1)), 0);
}

#[test]
fn nobody_is_changed_who_is_not_there_h5() {
    let story = messaging();
    for act in [change("ghost", User, &[]), Act::RemovePerson("ghost".into())] {
        assert_eq!(says(story.tries(&sales(), act)), (RuleId::H5, Because::NoSuchPerson, Remedy::Correct));
    }
}

#[test]
fn settings_are_a_name_and_a_language_and_the_region_stays_h7() {
    let mut story = messaging();
    let region = story.organisation.region;
    story.does(&story.person("full-1"), Act::SetSettings(" New Name ".to_owned(), Language::En));
    let now = &story.organisation;
    assert_eq!((now.name.as_str(), now.language, now.region), ("New Name", Language::En, region));
    for name in ["", " ", "a\u{2028}b", &"x".repeat(101)] {
        let act = Act::SetSettings(name.to_owned(), Language::En);
        assert_eq!(says(story.tries(&sales(), act)), (RuleId::H7, Because::BadText, Remedy::Correct), "{name:?}");
    }
}
