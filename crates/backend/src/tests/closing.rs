//! The end of a trial with all that follows from it (L3, L7, K2, D8).

use contract::endpoints;
use contract::error::ApiError;
use contract::trials::{LookUp, LookUpAnswer, TrialAct};
use rules::clock::Day;
use rules::notice::MailKind;
use rules::trial::{State, Status};
use rules::verdict::{Because, Verdict};

use super::cast::{act, everything, mails, organisation, sent, state, trial};
use super::{ANNA, RUTH, World};
use crate::records::{HOMES, SESSIONS, SignedIn};
use crate::store::{Commit, Store};

fn look_up(world: &World) -> LookUpAnswer {
    let look_up = LookUp { administrator_email: "it@vandijk.example".to_owned() };
    world.ask(endpoints::ORGANISATION_LOOK_UPS, ANNA, "", &look_up).expect("an answer")
}

fn kinds(world: &World, customer: &str, kind: MailKind) -> usize {
    mails(world, customer).iter().filter(|(_, mail)| mail.order.kind == kind).count()
}

#[test]
fn closing_frees_addresses_ends_sessions_and_keeps_the_row_and_the_journal_l3_l7_l10() {
    let world = World::new();
    let started = everything(&world);
    let customer = started.customer.as_str();
    sent(&world, started.trial.as_str());
    let administrator = organisation(&world, customer).people[0].id.clone();
    let mut commit = Commit::default();
    commit.put(&SESSIONS, "their-visit", &SignedIn { person: administrator.clone() });
    futures_executor::block_on(world.memory.commit(commit)).expect("no fault");
    assert!(world.ask(endpoints::HUB, "their-visit", "", &()).is_ok());

    // 60 days, and 30 days of grace.
    world.wait_days(89);
    world.play();
    assert_eq!(state(&world, started.trial.as_str()), State::Expired);
    assert!(matches!(look_up(&world), LookUpAnswer::Managed { .. }));
    world.wait_days(1);
    world.play();
    assert_eq!(state(&world, started.trial.as_str()), State::Closed);
    let closed = organisation(&world, customer);
    assert_eq!((closed.closed, closed.people.len()), (Some(Day::of(world.now())), 0));
    assert_eq!(look_up(&world), LookUpAnswer::New, "the address belongs to no organisation any more");
    let home = futures_executor::block_on(HOMES.get(world.memory.as_ref(), administrator.as_str()));
    assert_eq!(home.expect("no fault"), None);
    assert_eq!(world.ask(endpoints::HUB, "their-visit", "", &()).map(drop), Err(ApiError::NotSignedIn));
    assert_eq!(kinds(&world, customer, MailKind::AccessOver), 0, "nobody had a licence");

    let page = world.ask(endpoints::CUSTOMER, ANNA, customer, &()).expect("its page");
    assert_eq!((page.status, page.may_add.is_allowed()), (Status::Closed, false));
    // There is nobody left to be asked, and nobody to be looked after (P9).
    let Verdict::Blocked(refusal) = page.may_assign else { panic!("{:?}", page.may_assign) };
    assert_eq!((refusal.because, page.assignable.len()), (Because::OrganisationClosed, 0));
    let journal = world.ask(endpoints::JOURNAL, ANNA, &format!("?organisation={customer}"), &()).expect("a journal");
    assert_eq!(journal.entries[0].deed, rules::change::Deed::Closed);
    assert!(!world.ask(endpoints::SITE_NAME, ANNA, "vandijk", &()).expect("an answer").free, "never given out again");
    let refused = act(&world, ANNA, started.trial.as_str(), TrialAct::Convert(super::every_act::conversion()));
    assert!(matches!(refused, Err(ApiError::Refused { .. })), "C5");
    let again = world.save(ANNA, "d2", &rules::samples::shortest_draft()).expect("a new trial can be started");
    assert_ne!(again.customer, started.customer);

    // Numbers are kept for 15 days more, until E+45.
    assert_eq!(trial(&world, started.trial.as_str()).numbers_until, Some(Day::of(world.now()).plus(15)));
    world.wait_days(15);
    world.play();
    assert_eq!(trial(&world, started.trial.as_str()).numbers_until, None);
}

#[test]
fn devices_that_are_overdue_are_mailed_once_a_week_until_all_is_back_d8_q12() {
    let world = World::new();
    let started = everything(&world);
    let (customer, id) = (started.customer.as_str(), sent(&world, started.trial.as_str()));
    let overdue = |world: &World| {
        let worklist = world.ask(endpoints::ATTENTION, ANNA, "", &()).expect("a worklist");
        let wanted = rules::customers::Attention::OverdueDevices;
        worklist.counts.into_iter().find(|(each, _)| *each == wanted).expect("it is counted").1
    };
    // The device end is the trial's, the return is due 14 days later.
    world.wait_days(74);
    world.play();
    assert_eq!((kinds(&world, customer, MailKind::ReturnOverdue), overdue(&world)), (0, 0));
    for week in 1..=4 {
        world.wait_days(if week == 1 { 1 } else { 7 });
        world.play();
        // The administrator, also by the address alone once the organisation has closed, and Anna.
        let expected = 2 * week;
        assert_eq!(kinds(&world, customer, MailKind::ReturnOverdue), expected, "week {week}");
        assert_eq!(overdue(&world), 1);
    }
    let back = rules::act::ShipmentAct::CheckIn { serials: vec!["sn1".to_owned(), "SN 2".to_owned()] };
    super::cast::ship(&world, RUTH, &id, back).expect("a preview").done(&world);
    world.wait_days(20);
    world.play();
    assert_eq!((kinds(&world, customer, MailKind::ReturnOverdue), overdue(&world)), (8, 0));
    let queue = world.ask(endpoints::DEVICES_QUEUE, RUTH, "", &()).expect("a queue");
    assert!(!queue.returns.iter().any(|line| line.id == id), "nothing is left to do");
}

#[test]
fn a_cancelling_takes_effect_after_five_minutes_and_can_be_undone_until_then_k2() {
    let world = World::new();
    let started = everything(&world);
    let (customer, id) = (started.customer.as_str(), started.trial.as_str());
    let cancel = || act(&world, ANNA, id, TrialAct::Cancel).expect("a preview").done(&world);
    cancel();
    world.wait_seconds(299);
    world.play();
    assert!(matches!(look_up(&world), LookUpAnswer::Managed { .. }), "nothing is freed yet");
    act(&world, ANNA, id, TrialAct::Undo).expect("a preview").done(&world);
    world.wait_seconds(3600);
    world.play();
    assert_eq!(state(&world, id), State::Running);
    assert!(!organisation(&world, customer).people.is_empty());

    cancel();
    world.wait_seconds(300);
    world.play();
    let cancelled = trial(&world, id);
    assert!(cancelled.settled);
    assert_eq!(look_up(&world), LookUpAnswer::New);
    assert_eq!(cancelled.shipments[0].state, rules::device::ShipmentState::Cancelled, "what was not sent is not sent");
    let queue = world.ask(endpoints::DEVICES_QUEUE, RUTH, "", &()).expect("a queue");
    assert!(!queue.to_send.iter().any(|line| line.trial.as_str() == id));
    assert_eq!(kinds(&world, customer, MailKind::EndsSoon), 0);
    world.wait_days(100);
    world.play();
    assert_eq!(kinds(&world, customer, MailKind::EndsSoon), 0, "no notice goes any more");
    let row = world.ask(endpoints::CUSTOMERS, ANNA, "?q=vandijk", &()).expect("a list");
    assert_eq!(row.rows[0].status, Status::Cancelled, "it stays in the list (Q11)");
}

#[test]
fn a_request_lapses_after_its_last_day_and_says_so_x11_x15_q11() {
    let world = World::new();
    let id = super::cast::STORM_REQUEST;
    world.wait_days(29);
    world.play();
    assert_eq!(state(&world, id), State::Pending, "on the last day it can be answered");
    world.wait_days(1);
    world.play();
    assert_eq!(state(&world, id), State::Lapsed);
    let all = super::cast::accepted(&[rules::service::Service::Messaging], false);
    let refused = super::cast::answer(&world, super::SANNE, id, all).map(drop);
    let Err(ApiError::Refused { refusal, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!((refusal.rule, refusal.state), (rules::verdict::RuleId::X15, Some(State::Lapsed)));
    assert_eq!(world.ask(endpoints::CUSTOMERS, ANNA, "?q=rederij", &()).expect("a list").found, 0);
    assert_eq!(world.ask(endpoints::CUSTOMERS, ANNA, "?q=rederij&status=lapsed", &()).expect("a list").found, 1);
    let journal = world.ask(endpoints::JOURNAL, ANNA, "?organisation=customer-025", &()).expect("a journal");
    assert_eq!(journal.entries[0].deed, rules::change::Deed::Lapsed, "the journal keeps it");
}
