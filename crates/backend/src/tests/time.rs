//! Time, played in steps of any size, by several, and interrupted: always the same (L13).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use contract::trials::TrialAct;
use rules::notice::{MailKind, MailState};
use rules::service::Service;

use super::cast::{accepted, act, answer, everything, sent, state, storm_runs, to_ask, trial};
use super::faults::{Faulty, Wrong, around};
use super::{ANNA, INGRID, JOOST, SANNE, World};
use crate::store::{MemoryStore, Records, TableName};

/// How long is played: a trial of 60 days closes in it, its numbers are released, and its
/// devices are overdue for weeks.
const DAYS: i64 = 130;

/// What is stored, without how often it was written.
fn values(records: &Records) -> BTreeMap<(TableName, String), String> {
    let aside = |table| matches!(table, TableName::Deployment | TableName::Receipts | TableName::LookUps);
    let kept = records.iter().filter(|((table, _), _)| !aside(*table));
    kept.map(|(key, record)| (key.clone(), record.json.clone())).collect()
}

fn assert_same(one: &Records, other: &Records, what: &str) {
    let (one, other) = (values(one), values(other));
    for (key, value) in &one {
        assert_eq!(Some(value), other.get(key), "{what}: {key:?}");
    }
    let more: Vec<_> = other.keys().filter(|key| !one.contains_key(*key)).collect();
    assert!(more.is_empty(), "{what}: {more:?}");
}

/// Trials in every state, one of them with a service that the platform cannot provide, one
/// that was cancelled a moment ago, and devices that are out.
fn full_of_life() -> World {
    let world = World::new();
    storm_runs(&world, false);
    let started = everything(&world);
    sent(&world, started.trial.as_str());
    world.clock.failing.lock().expect("no panic").insert(Service::Calling);
    let mut second = rules::samples::full_draft();
    second.administrator_email = "it@second.example".to_owned();
    second.site_name = "second".to_owned();
    world.save(ANNA, "second", &second).expect("saved");
    to_ask(&world, INGRID, "d9", "ict@havenbedrijfeems.example", &[Service::Devices]).expect("a preview").done(&world);
    act(&world, ANNA, "customer-002-1", TrialAct::Cancel).expect("a preview").done(&world);
    world
}

/// The mails that were handed over, none of them twice.
fn handed(world: &World) -> BTreeSet<String> {
    let handed = world.clock.handed.lock().expect("no panic");
    let ids: BTreeSet<String> = handed.iter().map(|(id, ..)| id.clone()).collect();
    assert_eq!(ids.len(), handed.len(), "no mail twice (L8)");
    ids
}

fn jumped(world: &World, records: &Records) -> World {
    let jump = world.forked(records.clone(), |memory| memory);
    jump.wait_days(DAYS);
    jump.play();
    jump
}

#[test]
fn days_hours_and_one_jump_bring_the_same_states_and_mails_l13_l8() {
    let world = full_of_life();
    let records = world.memory.everything();
    let jump = jumped(&world, &records);
    let sent = handed(&jump);
    assert!(sent.len() > 150, "{}", sent.len());
    for (step, steps, name) in [(24 * 3600, DAYS, "days"), (3600, DAYS * 24, "hours")] {
        let stepped = world.forked(records.clone(), |memory| memory);
        for _ in 0..steps {
            stepped.wait_seconds(step);
            stepped.play();
        }
        assert_same(&jump.memory.everything(), &stepped.memory.everything(), name);
        assert_eq!(handed(&stepped), sent, "{name}");
    }
    // What waits no more is sent or dropped, and every entry of a journal comes after the last.
    let mails = super::cast::mails;
    let everything = jump.memory.everything();
    let organisations = everything.keys().filter(|(table, _)| *table == TableName::Organisations);
    for (_, id) in organisations {
        for (key, mail) in mails(&jump, id) {
            assert!(matches!(mail.state, MailState::Sent | MailState::Dropped), "{key} is {:?}", mail.state);
        }
        let entries = super::cast::journal(&jump, id);
        assert!(entries.is_sorted_by_key(|entry| entry.change.at), "{id}");
    }
    assert!(!everything.keys().any(|(table, _)| *table == TableName::Outbox));
}

#[test]
fn playing_again_brings_nothing_more_l13() {
    let world = full_of_life();
    let jump = jumped(&world, &world.memory.everything());
    let (before, sent) = (jump.memory.everything(), handed(&jump));
    jump.play();
    jump.beside().play();
    assert_same(&before, &jump.memory.everything(), "again");
    assert_eq!(handed(&jump), sent);
}

#[test]
fn several_backends_at_once_bring_what_one_does_l13_l8() {
    let world = full_of_life();
    let records = world.memory.everything();
    let jump = jumped(&world, &records);
    for steps in [1, 10] {
        let shared = world.forked(records.clone(), |memory| memory);
        for _ in 0..steps {
            shared.wait_days(DAYS / steps);
            std::thread::scope(|scope| {
                for _ in 0..3 {
                    let other = World::restarted(&shared);
                    scope.spawn(move || other.try_play());
                }
            });
        }
        // Who lost a race left it to the others, or to the next time.
        shared.wait_seconds(16 * 60);
        shared.play();
        assert_eq!(handed(&shared), handed(&jump), "{steps} steps");
        assert_same(&jump.memory.everything(), &shared.memory.everything(), "three at once");
    }
}

#[test]
fn a_fault_at_any_call_only_puts_off_what_time_brings_l13_g2() {
    let world = full_of_life();
    let own = super::cast::organisation_of(&world, &trial_of(&world, "everything"));
    let records = around(&world.memory.everything(), &["customer-025", "customer-002", own.as_str()]);
    let jump = jumped(&world, &records);
    let mut calls = 0;
    for wrong in Wrong::all() {
        // Every call would take minutes; a stride that shares nothing with the rhythm of the
        // calls finds each kind of them.
        for at in (1..).step_by(if wrong == Wrong::Lost { 3 } else { 11 }) {
            let mut store = None;
            let world = world.forked(records.clone(), |memory: Arc<MemoryStore>| {
                let faulty = Faulty::new(memory, at, wrong.clone());
                store = Some(Arc::clone(&faulty));
                faulty
            });
            world.wait_days(DAYS);
            let first = world.try_play();
            if !store.is_some_and(|store| store.went_wrong()) {
                calls = calls.max(at);
                break;
            }
            // A claim whose answer was lost runs out.
            world.wait_seconds(16 * 60);
            world.play();
            assert_same(
                &jump.memory.everything(),
                &world.memory.everything(),
                &format!("{wrong:?} at {at}: {first:?}"),
            );
            assert_eq!(handed(&world), handed(&jump), "{wrong:?} at {at}");
        }
    }
    assert!(calls > 200, "{calls}");
}

/// The trial that was started from a draft.
fn trial_of(world: &World, draft: &str) -> String {
    let key = format!("{ANNA}/{draft}");
    let saved = futures_executor::block_on(crate::records::SAVED_DRAFTS.get(world.memory.as_ref(), &key));
    let customer = saved.expect("no fault").expect("saved").value.customer;
    super::cast::organisation(world, customer.as_str()).trials[0].id.0.clone()
}

#[test]
fn what_is_played_while_the_clock_is_set_back_does_not_reach_the_fresh_data_g6() {
    let world = World::new();
    let set = |days| contract::session::SetClock { days };
    world.ask(contract::endpoints::CLOCK_SET, ANNA, "", &set(5)).expect("set");
    let beside = world.beside();
    // Set forward as often as before, the clock is another one all the same.
    let anew = move |world: &World| {
        world.ask(contract::endpoints::RESET, ANNA, "", &()).expect("reset");
        for _ in 0..2 {
            world.ask(contract::endpoints::CLOCK_SET, ANNA, "", &set(1)).expect("set");
        }
    };
    let late = World::new();
    anew(&late);
    *world.clock.meanwhile.lock().expect("no panic") = Some(Box::new(move || anew(&beside)));
    world.ask(contract::endpoints::CLOCK_SET, ANNA, "", &set(60)).expect("set");
    assert!(world.clock.meanwhile.lock().expect("no panic").is_none(), "it was reset while days were played");
    world.play();
    late.play();
    let key = |world: &World| values(&world.memory.everything()).into_keys().collect::<Vec<_>>();
    assert_eq!(key(&world), key(&late));
    let list = |world: &World| world.ask(contract::endpoints::CUSTOMERS, ANNA, "", &()).expect("a list");
    assert_eq!(list(&world), list(&late));
}

#[test]
fn an_accepted_trial_is_brought_to_mind_twice_and_cancelled_after_90_days_x18() {
    let world = World::new();
    let both = accepted(&[Service::Messaging, Service::Meetings], true);
    answer(&world, JOOST, super::cast::STORM_REQUEST, both).expect("a preview").done(&world);
    let count = |kind| {
        let mails = super::cast::mails(&world, super::cast::STORM);
        mails.into_iter().filter(|(_, mail)| mail.order.kind == kind).count()
    };
    // Three administrators of the customer, and Anna, who alone looks after it (L4).
    for (days, reminders, over) in [(6, 0, 0), (1, 4, 0), (22, 4, 0), (1, 8, 0), (60, 8, 0), (1, 8, 4)] {
        world.wait_days(days);
        world.play();
        assert_eq!((count(MailKind::SetUpReminder), count(MailKind::SetUpOver)), (reminders, over));
    }
    assert_eq!(state(&world, super::cast::STORM_REQUEST), rules::trial::State::Cancelled);
    let storm = super::cast::organisation(&world, super::cast::STORM);
    assert_eq!(storm.access(&"noordzee-telecom".into()), None, "X17");
    assert!(storm.closed.is_none() && !storm.people.is_empty(), "it never started, so nothing closes");
    let list = world.ask(contract::endpoints::CUSTOMERS, ANNA, "?q=rederij", &()).expect("a list");
    assert_eq!(list.found, 0, "it leaves the list (Q11)");
    assert!(trial(&world, super::cast::STORM_REQUEST).cancellation.is_some_and(|each| each.by.is_none()));
    assert!(world.ask(contract::endpoints::HUB, SANNE, "", &()).is_ok());
}

#[test]
fn setting_the_clock_is_done_once_whichever_call_of_the_store_goes_wrong_g6_g2() {
    let base = World::new();
    base.ask(contract::endpoints::SIGN_OUT, "visitor", "", &()).expect("out");
    let records = around(&base.memory.everything(), &["customer-001", "customer-025"]);
    let asked = |endpoint, days: u32| {
        let body = contract::session::SetClock { days };
        super::cast::Asked::of(&base, endpoint, ANNA, "", &body)
    };
    let set = asked(&contract::endpoints::CLOCK_SET, 32);
    let finished = |world: &World| {
        // A claim whose answer was lost runs out.
        world.wait_seconds(16 * 60);
        world.play();
        let clock = world.ask(contract::endpoints::CLOCK, ANNA, "", &()).expect("a clock");
        (clock.days_ahead, values(&world.memory.everything()), handed(world))
    };
    let whole = base.forked(records.clone(), |memory| memory);
    set.done(&whole);
    let expected = finished(&whole);
    assert_eq!((expected.0, expected.2.len()), (32, 4), "two notices to two groups of one; of a lapse nobody is told");
    for wrong in Wrong::all() {
        for at in (1..).step_by(7) {
            let mut store = None;
            let world = base.forked(records.clone(), |memory: Arc<MemoryStore>| {
                let faulty = Faulty::new(memory, at, wrong.clone());
                store = Some(Arc::clone(&faulty));
                faulty
            });
            let status = set.reply(&world).status;
            if !store.is_some_and(|store| store.went_wrong()) {
                break;
            }
            assert!(matches!(status, 200 | 503 | 507), "{status}");
            set.done(&world);
            assert!(finished(&world) == expected, "{wrong:?} at {at}");
        }
    }
}
