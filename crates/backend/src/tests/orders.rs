//! A trial becomes a paid order: by its partner, or by its distributor (C).

use contract::endpoints;
use contract::error::ApiError;
use contract::journal::Actor;
use contract::trials::TrialAct;
use rules::act::Conversion;
use rules::change::Deed;
use rules::notice::{MailKind, MailState};
use rules::service::Service;
use rules::trial::{Provisioning, State};
use rules::verdict::{Because, Refusal, Remedy};

use super::cast::{Asked, STORM, act, everything, mails, organisation, sent, state, storm_runs, trial};
use super::every_act::conversion;
use super::{ANNA, INGRID, SANNE, World};

fn convert(world: &World, person: &str, trial: &str, order: Conversion) -> Result<Asked, ApiError> {
    act(world, person, trial, TrialAct::Convert(order))
}

fn refused(result: Result<Asked, ApiError>) -> (Refusal, Vec<String>) {
    match result {
        Err(ApiError::Refused { refusal, near, .. }) => (refusal, near),
        other => panic!("{other:?}"),
    }
}

/// An order for a trial with the address of its first administrator.
fn order_for(number: &str, administrator: &str, services: &[Service]) -> Conversion {
    Conversion {
        order_number: number.to_owned(),
        administrator_email: administrator.to_owned(),
        services: services.iter().copied().collect(),
        ..conversion()
    }
}

#[test]
fn a_wrong_address_stops_it_and_offers_near_ones_of_that_organisation_alone_c3() {
    let world = World::new();
    let trial = storm_runs(&world, false);
    for (typed, near) in [
        ("itc@rederijstorm.example", vec!["ict@rederijstorm.example"]),
        ("kim.janssen@rederijstorm.example", vec!["kim.jansen@rederijstorm.example"]),
        ("tom.bos@rederijstorm.example", vec![]),
        ("beheer@brouwerijdezon.example", vec![]),
        ("anna.de.vries@noordzee-telecom.example", vec![]),
    ] {
        let order = Conversion { administrator_email: typed.to_owned(), ..conversion() };
        let (refusal, offered) = refused(convert(&world, ANNA, &trial, order));
        assert_eq!(
            (refusal.because, offered),
            (Because::NotItsAdministrator, near.into_iter().map(str::to_owned).collect()),
            "{typed}"
        );
    }
    assert_eq!(state(&world, &trial), State::Running);
}

#[test]
fn one_order_converts_one_trial_whatever_the_case_of_its_number_c3() {
    let world = World::new();
    let trial = storm_runs(&world, true);
    let first = convert(&world, ANNA, &trial, conversion()).expect("a preview");
    let started = everything(&world);
    let again = order_for(" po-2026-1 ", "it@vandijk.example", &Service::ALL);
    let second = convert(&world, ANNA, started.trial.as_str(), again.clone()).expect("nobody has used it yet");
    first.done(&world);
    let late = ApiError::from_json(&second.reply(&world).body).expect("a problem");
    let Err(ApiError::Refused { refusal, .. }) = Err::<(), _>(late) else { panic!("converted twice") };
    assert_eq!(refusal.because, Because::OrderUsed);
    assert_eq!(refused(convert(&world, ANNA, started.trial.as_str(), again)).0.because, Because::OrderUsed);
    assert_eq!(state(&world, started.trial.as_str()), State::Running);
}

#[test]
fn what_the_order_lacks_is_lost_and_confirmed_and_devices_keep_their_own_date_c3_c4_d8() {
    let world = World::new();
    world.clock.failing.lock().expect("no panic").insert(Service::Messaging);
    let started = everything(&world);
    let id = started.trial.as_str();
    sent(&world, id);
    let device_end = trial(&world, id).shipments[0].end;
    let mut order = order_for("PO-9", "IT@vandijk.example", &[Service::Messaging, Service::Meetings]);
    let (refusal, _) = refused(convert(&world, ANNA, id, order.clone()));
    assert_eq!(
        (refusal.because, refusal.remedy, refusal.count),
        (Because::OrderLacksServices, Remedy::Confirm, Some(2))
    );
    order.confirmed = true;
    convert(&world, ANNA, id, order).expect("a preview").done(&world);
    let now = trial(&world, id);
    assert_eq!((now.state(rules::clock::Day::of(world.now())), now.shipments[0].end), (State::Converted, device_end));
    let owned: Vec<Service> =
        organisation(&world, started.customer.as_str()).purchased.iter().map(|each| each.service).collect();
    assert_eq!(owned, [Service::Messaging, Service::Meetings]);
    // What was bought and could not be provisioned yet is tried on.
    world.clock.failing.lock().expect("no panic").clear();
    world.wait_days(1);
    world.play();
    assert!(trial(&world, id).provisioning.iter().all(|step| matches!(step.state, Provisioning::Done(_))));
    world.wait_days(120);
    world.play();
    let all = mails(&world, started.customer.as_str());
    let kinds: Vec<MailKind> = all.iter().map(|(_, mail)| mail.order.kind).collect();
    assert!(!kinds.iter().any(|kind| kind.is_notice()), "no notice goes any more (L8)");
    assert!(kinds.contains(&MailKind::ReturnOverdue), "but devices go back");
    assert!(organisation(&world, started.customer.as_str()).closed.is_none());
}

#[test]
fn a_tier_2_partner_hands_over_and_its_distributor_converts_c2_p8() {
    let world = World::new();
    let trial_id = "customer-065-1";
    let services = trial(&world, trial_id).offer.services();
    let order = order_for("PO-FJORD", "ikt@tromsofiskeri.example", &services);
    assert_eq!(refused(convert(&world, INGRID, trial_id, order.clone())).0.because, Because::DistributorConverts);
    assert_eq!(convert(&world, ANNA, trial_id, order.clone()).map(drop), Err(ApiError::NotFound));
    act(&world, INGRID, trial_id, TrialAct::HandOver).expect("a preview").done(&world);
    world.play();
    let told: Vec<String> = mails(&world, "customer-065")
        .into_iter()
        .filter(|(_, mail)| mail.order.kind == MailKind::HandedOver && mail.state == MailState::Sent)
        .map(|(_, mail)| mail.order.email)
        .collect();
    assert_eq!(told.len(), 2, "the distributor's sales people: {told:?}");
    let list = world.ask(endpoints::HANDED_OVER, ANNA, "", &()).expect("a list");
    let line = list.trials.iter().find(|line| line.trial.as_str() == trial_id).expect("it was handed over");
    assert_eq!((line.company.as_str(), line.partner.as_str()), ("Tromsø Fiskeri", "Fjord Communications"));
    convert(&world, ANNA, trial_id, order).expect("a preview").done(&world);
    assert_eq!(state(&world, trial_id), State::Converted);
    let journal = world.ask(endpoints::JOURNAL, INGRID, "?organisation=customer-065", &()).expect("a journal");
    let converted = journal.entries.iter().find(|line| line.deed == Deed::Converted).expect("an entry");
    assert_eq!(converted.by, Actor::AnotherPartner);
    let page = world.ask(endpoints::CUSTOMER, INGRID, "customer-065", &()).expect("its page");
    assert_eq!(page.purchased, services);
}

#[test]
fn interest_flags_the_row_once_a_day_until_it_is_answered_c1() {
    let world = World::new();
    let trial_id = storm_runs(&world, false);
    let say = || act(&world, SANNE, &trial_id, TrialAct::SayInterested);
    let flagged = || {
        let list = world.ask(endpoints::CUSTOMERS, ANNA, "?interested=true", &()).expect("a list");
        list.rows.iter().map(|row| row.id.0.clone()).collect::<Vec<_>>()
    };
    let mailed = || mails(&world, STORM).iter().filter(|(_, mail)| mail.order.kind == MailKind::Interest).count();
    say().expect("a preview").done(&world);
    assert_eq!((flagged(), mailed()), (vec![STORM.to_owned()], 1));
    assert_eq!(refused(say()).0.because, Because::InterestKnown);
    act(&world, ANNA, &trial_id, TrialAct::AnswerInterest).expect("a preview").done(&world);
    assert!(flagged().is_empty());
    world.wait_days(1);
    say().expect("another day").done(&world);
    assert_eq!((flagged(), mailed()), (vec![STORM.to_owned()], 2));
    act(&world, ANNA, &trial_id, TrialAct::Cancel).expect("a preview").done(&world);
    world.wait_seconds(300);
    world.play();
    assert!(flagged().is_empty(), "it goes when the trial is over");
}
