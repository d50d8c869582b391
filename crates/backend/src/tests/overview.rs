//! What the customer's own administrators find in their hub (H1, H2, H6, X8, L9).

use contract::endpoints;
use contract::hub::AddPerson;
use contract::requests::RequestDetail;
use rules::act::ActName;
use rules::clock::Day;
use rules::people::CustomerRole;
use rules::service::Service;
use rules::trial::State;

use super::cast::{STORM_REQUEST, everything, organisation, sent, storm_runs};
use super::{JOOST, KIM, SANNE, TOM, World};
use crate::records::{SESSIONS, SignedIn};
use crate::store::{Commit, Store};

#[test]
fn a_request_stands_in_the_hub_whether_or_not_its_mail_came_x8_h4() {
    let world = World::new();
    "no route".clone_into(&mut world.clock.post.lock().expect("no panic"));
    world.play();
    let of =
        |person: &str| -> Vec<RequestDetail> { world.ask(endpoints::HUB, person, "", &()).expect("a hub").requests };
    for (person, answers) in [(SANNE, true), (JOOST, true), (KIM, false)] {
        let requests = of(person);
        let [request] = requests.as_slice() else { panic!("{requests:?}") };
        assert_eq!((request.id.as_str(), request.state), (STORM_REQUEST, State::Pending), "{person}");
        assert_eq!(request.may_answer.is_allowed(), answers, "{person}");
    }
    assert!(world.ask(endpoints::HUB, TOM, "", &()).is_err(), "a user has no hub (P5)");
    for (person, count) in [(SANNE, 1), (KIM, 1), (TOM, 0)] {
        let listed = world.ask(endpoints::REQUESTS, person, "", &()).expect("the requests").requests;
        assert_eq!(listed.len(), count, "{person}: it was not mailed to Tom");
    }
    storm_runs(&world, false);
    assert_eq!(of(SANNE)[0].state, State::Running, "it stays, with what became of it");
}

#[test]
fn the_overview_tells_licences_days_left_and_what_is_expired_h1_l2_e5() {
    let world = World::new();
    storm_runs(&world, true);
    let add = AddPerson {
        name: "Noor Smit".to_owned(),
        email: "noor@rederijstorm.example".to_owned(),
        role: CustomerRole::User,
        services: [Service::Messaging].into(),
    };
    world.ask(endpoints::HUB_PERSON_ADD, SANNE, "", &add).expect("added");
    for (days, left, expired) in [(0, 30, false), (29, 1, false), (1, 0, true), (29, -29, true)] {
        world.wait_days(days);
        let hub = world.ask(endpoints::HUB, KIM, "", &()).expect("a hub");
        assert_eq!(hub.trials.iter().map(|trial| trial.days_left).collect::<Vec<_>>(), [Some(left)]);
        let lines: Vec<_> =
            hub.licences.iter().map(|line| (line.service, line.total, line.assigned, line.expired)).collect();
        assert_eq!(lines, [(Service::Messaging, 80, 1, expired), (Service::Meetings, 80, 0, expired)], "{left} left");
        assert_eq!(hub.today, Day::of(world.now()));
    }
}

#[test]
fn subscriptions_can_be_cancelled_and_grace_says_what_is_lost_and_when_h2_l9_k1() {
    let world = World::new();
    let trial = storm_runs(&world, false);
    let end = Day::of(world.now()).plus(30);
    for (days, allowed) in [(0, true), (35, true), (30, false)] {
        world.wait_days(days);
        for person in [SANNE, KIM] {
            let Ok(hub) = world.ask(endpoints::HUB, person, "", &()) else { continue };
            for trial in &hub.trials {
                let (_, verdict) =
                    trial.detail.acts.iter().find(|(act, _)| *act == ActName::Cancel).expect("a verdict");
                assert_eq!(verdict.is_allowed(), allowed && person == SANNE, "{person} after {days}");
            }
            let lost = world.ask(endpoints::INVENTORY, person, &trial, &()).expect("an inventory");
            assert_eq!(lost.closes, allowed.then(|| end.plus(30)), "{person}");
            if allowed {
                assert_eq!(lost.inventory.services, [Service::Messaging, Service::Meetings]);
                assert_eq!(
                    (lost.inventory.licences, lost.inventory.administrators),
                    (Some(80), 3),
                    "it closes with it"
                );
            }
        }
    }
}

#[test]
fn the_customer_sees_its_devices_with_their_own_end_and_what_to_return_h6_d6_d8() {
    let world = World::new();
    let started = everything(&world);
    let id = sent(&world, started.trial.as_str());
    let person = organisation(&world, started.customer.as_str()).people[0].id.clone();
    let mut commit = Commit::default();
    commit.put(&SESSIONS, "their-visit", &SignedIn { person });
    futures_executor::block_on(world.memory.commit(commit)).expect("no fault");
    let shipment = world.ask(endpoints::SHIPMENT, "their-visit", &id, &()).expect("their shipment");
    assert_eq!(shipment.shipment.demo_order_number.as_deref(), Some("DEMO-77"));
    assert_eq!(shipment.shipment.serials, ["SN1", "SN2"]);
    let end = Day::of(world.now()).plus(60);
    assert_eq!((shipment.trial_end, shipment.shipment.end, shipment.return_due), (Some(end), end, end.plus(14)));
    let label = super::cast::ship(&world, "their-visit", &id, rules::act::ShipmentAct::AskLabel);
    label.expect("lost labels are asked for by the customer too").done(&world);
    let send = rules::act::ShipmentAct::CheckIn { serials: vec!["SN1".to_owned()] };
    assert!(super::cast::ship(&world, "their-visit", &id, send).is_err(), "the trials team checks in (P6)");
    assert!(world.ask(endpoints::SHIPMENT, SANNE, &id, &()).is_err(), "another organisation's");
}
