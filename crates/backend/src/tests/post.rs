//! Mails on their way out: handed over once, retried with growing waits, counted while they
//! fail, dropped when they come too late, and without their secret afterwards (L8, X7).

use contract::customers::Assign;
use contract::endpoints;
use contract::trials::TrialAct;
use rules::customers::Attention;
use rules::notice::{MailKind, MailState};
use rules::people::Assignment;
use rules::service::{Duration, Service};

use super::cast::{Asked, STORM, STORM_REQUEST, act, mails, organisation_of, storm_runs};
use super::every_act::secret;
use super::{ANNA, MEHMET, SANNE, World};
use crate::records::Mail;

fn post(world: &World, why: &str) {
    *world.clock.post.lock().expect("no panic") = why.to_owned();
}

fn failed(world: &World) -> u32 {
    let worklist = world.ask(endpoints::ATTENTION, ANNA, "", &()).expect("a worklist");
    worklist.counts.into_iter().find(|(each, _)| *each == Attention::FailedMails).expect("it is counted").1
}

fn of_kind(world: &World, kind: MailKind) -> Vec<Mail> {
    mails(world, STORM).into_iter().map(|(_, mail)| mail).filter(|mail| mail.order.kind == kind).collect()
}

#[test]
fn a_mail_that_cannot_be_handed_over_says_why_is_counted_and_tried_with_growing_waits_l8_q12() {
    let world = World::new();
    world.play();
    post(&world, "mailbox full");
    storm_runs(&world, false);
    world.play();
    let accepted = of_kind(&world, MailKind::Accepted);
    assert!(accepted.iter().all(|mail| (mail.state, mail.why.as_str()) == (MailState::Failed, "mailbox full")));
    assert_eq!(failed(&world), 1, "customers, not mails");
    let found = world.ask(endpoints::CUSTOMERS, ANNA, "?failed_mails=true", &()).expect("a list");
    assert_eq!(found.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [STORM]);
    let page = world.ask(endpoints::MAILS, ANNA, "?state=failed", &()).expect("mails");
    assert!(!page.mails.is_empty() && page.mails.iter().all(|mail| mail.why == "mailbox full"));
    let soon = world.now() + chrono::TimeDelta::minutes(1);
    assert!(page.mails.iter().all(|mail| mail.next_try == Some(soon)), "when it is tried again is told");
    assert!(page.mails.iter().all(|mail| mail.company.as_deref() == Some("Rederij Storm")));
    let out = world.ask(endpoints::MAILS, ANNA, "?state=sent", &()).expect("mails");
    assert!(
        !out.mails.is_empty() && out.mails.iter().all(|mail| mail.next_try.is_none()),
        "what is out waits for nothing"
    );
    let own = world.ask(endpoints::MAILS, SANNE, "", &()).expect("mails");
    assert!(!own.mails.is_empty() && own.mails.iter().all(|mail| mail.company.is_none()), "she knows where she works");

    // Tried at once, and again after 1, 5, 30, 120 and 360 minutes.
    for (tried, minutes) in [1, 5, 30, 120, 360, 360].into_iter().enumerate() {
        world.wait_seconds(minutes * 60 - 1);
        world.play();
        assert!(
            of_kind(&world, MailKind::Accepted).iter().all(|mail| mail.attempts as usize == tried + 1),
            "{minutes}"
        );
        world.wait_seconds(1);
        world.play();
        assert!(
            of_kind(&world, MailKind::Accepted).iter().all(|mail| mail.attempts as usize == tried + 2),
            "{minutes}"
        );
    }
    post(&world, "");
    world.wait_seconds(360 * 60);
    world.play();
    for (key, mail) in mails(&world, STORM) {
        assert_eq!((mail.state, mail.why.as_str()), (MailState::Sent, ""), "{key} goes however late (L13)");
    }
    assert_eq!(failed(&world), 0);
}

#[test]
fn a_mail_that_came_back_keeps_its_status_is_not_tried_again_and_its_secret_is_gone_l8_x7() {
    let world = World::server();
    Asked::of(&world, &endpoints::RESEND, ANNA, STORM_REQUEST, &()).done(&world);
    let unsent = secret(&world, "ict@rederijstorm.example");
    post(&world, "450 try later");
    world.play();
    assert_eq!(failed(&world), 1);
    // The status begins with a number; what follows is the mail server's own words.
    post(&world, "550 5.1.1 <ict@rederijstorm.example> unknown");
    world.wait_seconds(60);
    world.play();
    let came_back = of_kind(&world, MailKind::Consent);
    let came_back: Vec<&Mail> = came_back.iter().filter(|mail| mail.state != MailState::Sent).collect();
    assert!(!came_back.is_empty());
    for mail in &came_back {
        assert_eq!((mail.state, mail.attempts), (MailState::Bounced, 2));
        assert!(mail.why.starts_with("550 5.1.1 <ict"), "{}", mail.why);
    }
    assert!(!world.memory.everything().values().any(|record| record.json.contains(&unsent)), "its link is nobody's");
    assert_eq!(failed(&world), 0, "nothing is tried again");
    let page = world.ask(endpoints::MAILS, ANNA, "?state=bounced", &()).expect("mails");
    assert_eq!(page.mails.len(), came_back.len(), "the ledger shows them");
    for line in &page.mails {
        // She typed the address herself, so she reads it in the mail server's words as well.
        assert_eq!((line.why.as_str(), line.next_try), ("550 5.1.1 <ict@rederijstorm.example> unknown", None));
    }

    post(&world, "");
    world.wait_days(3);
    world.play();
    assert_eq!(
        of_kind(&world, MailKind::Consent).iter().filter(|mail| mail.state == MailState::Bounced).count(),
        came_back.len()
    );
    assert!(of_kind(&world, MailKind::Consent).iter().all(|mail| mail.attempts <= 2), "it was not tried again");
}

#[test]
fn an_answer_to_a_mail_goes_to_whoever_looks_after_the_customer_else_to_a_full_administrator_p9() {
    let world = World::new();
    let trial = storm_runs(&world, true);
    let answers = |world: &World| std::mem::take(&mut *world.clock.answers.lock().expect("no panic"));
    let assign = |in_charge: Option<&str>| {
        let assignment = Assignment { in_charge: in_charge.map(Into::into), assigned: Vec::new() };
        let asked = Asked::of(&world, &endpoints::ASSIGNMENT, ANNA, STORM, &Assign { assignment });
        let version = world.ask(endpoints::CUSTOMER, ANNA, STORM, &()).expect("a customer").version;
        asked.at(version).done(&world);
    };
    for (in_charge, answered, days) in [
        (Some(MEHMET), "mehmet.bakker@noordzee-telecom.example", Duration::Days60),
        (None, "anna.de.vries@noordzee-telecom.example", Duration::Days90),
    ] {
        assign(in_charge);
        world.play();
        answers(&world);
        let extend = TrialAct::Extend { days, confirmed: false };
        act(&world, ANNA, &trial, extend).expect("a preview").done(&world);
        world.play();
        let told = answers(&world);
        assert!(told.iter().any(|(to, _)| to == "ict@rederijstorm.example"), "{told:?}");
        for (to, answer) in told {
            let of_partner = to.ends_with("@noordzee-telecom.example");
            assert_eq!(answer.as_deref(), (!of_partner).then_some(answered), "{to}");
        }
    }
}

#[test]
fn while_nobody_takes_mails_one_is_tried_for_all_and_they_go_later_l8() {
    let world = World::new();
    world.play();
    storm_runs(&world, false);
    post(&world, "away");
    let before = *world.clock.tried.lock().expect("no panic");
    world.play();
    let tried = *world.clock.tried.lock().expect("no panic") - before;
    assert_eq!(tried, 1, "the others need not wait for it as well");
    let waiting: Vec<_> =
        mails(&world, STORM).into_iter().filter(|(_, mail)| mail.state == MailState::Failed).collect();
    assert!(waiting.len() > 1 && waiting.iter().all(|(_, mail)| mail.why == "away" && mail.attempts == 1));
    post(&world, "");
    world.wait_seconds(60);
    world.play();
    assert!(mails(&world, STORM).iter().all(|(_, mail)| mail.state == MailState::Sent));
    assert_eq!(*world.clock.tried.lock().expect("no panic") - before, 1 + u32::try_from(waiting.len()).expect("few"));
}

#[test]
fn an_instance_that_is_to_stop_gives_back_what_it_claimed_and_another_one_hands_it_over_l8() {
    let world = World::new();
    world.play();
    storm_runs(&world, false);
    let before = world.clock.handed.lock().expect("no panic").len();
    let asked = std::sync::atomic::AtomicU32::new(0);
    // It is told to stop after the first mail.
    let goes_on = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 2;
    futures_executor::block_on(world.backend.hand_over(&goes_on)).expect("no fault");
    assert_eq!(world.clock.handed.lock().expect("no panic").len(), before + 1);
    let left = mails(&world, STORM).into_iter().filter(|(_, mail)| mail.state == MailState::Planned).count();
    assert!(left > 0 && mails(&world, STORM).iter().all(|(_, mail)| mail.attempts <= 1));
    // At the same instant: no claim has to run out first.
    world.play();
    assert_eq!(world.clock.handed.lock().expect("no panic").len(), before + 1 + left);
}

#[test]
fn a_first_notice_that_could_not_be_handed_over_before_the_end_is_dropped_and_the_others_go_l13() {
    let world = World::new();
    let trial = storm_runs(&world, false);
    world.play();
    world.wait_days(22);
    world.play();
    post(&world, "no route");
    world.wait_days(1);
    world.play();
    assert!(of_kind(&world, MailKind::EndsSoon).iter().all(|mail| mail.state == MailState::Failed));
    world.wait_days(7);
    world.play();
    post(&world, "");
    world.wait_days(1);
    world.play();
    let ends_soon = of_kind(&world, MailKind::EndsSoon);
    assert_eq!(ends_soon.len(), 4);
    assert!(ends_soon.iter().all(|mail| (mail.state, mail.why.as_str()) == (MailState::Dropped, "late")));
    assert!(of_kind(&world, MailKind::Ended).iter().all(|mail| mail.state == MailState::Sent));
    assert_eq!(failed(&world), 0, "what is dropped has failed no more");
    assert_eq!(organisation_of(&world, &trial).as_str(), STORM);
}

#[test]
fn a_failed_notice_is_not_tried_again_once_the_end_that_it_names_was_moved_e3_l8() {
    let world = World::new();
    let trial = storm_runs(&world, false);
    world.play();
    post(&world, "no route");
    world.wait_days(23);
    world.play();
    assert!(of_kind(&world, MailKind::EndsSoon).iter().all(|mail| mail.state == MailState::Failed));
    let extend = TrialAct::Extend { days: rules::service::Duration::Days30, confirmed: false };
    act(&world, ANNA, &trial, extend).expect("a preview").done(&world);
    post(&world, "");
    world.wait_days(1);
    world.play();
    let ends_soon = of_kind(&world, MailKind::EndsSoon);
    assert_eq!(ends_soon.len(), 4);
    assert!(ends_soon.iter().all(|mail| (mail.state, mail.why.as_str()) == (MailState::Dropped, "moved")));
    world.wait_days(22);
    world.play();
    let told = of_kind(&world, MailKind::EndsSoon).into_iter().filter(|mail| mail.state == MailState::Sent);
    assert_eq!(told.count(), 4, "the new end is told in its own time");
}

#[test]
fn no_notice_goes_once_the_trial_is_converted_or_cancelled_l8() {
    for cancelled in [true, false] {
        let world = World::new();
        let trial = storm_runs(&world, true);
        world.play();
        post(&world, "no route");
        world.wait_days(23);
        world.play();
        let over = match cancelled {
            true => TrialAct::Cancel,
            false => TrialAct::Convert(super::every_act::conversion()),
        };
        act(&world, ANNA, &trial, over).expect("a preview").done(&world);
        post(&world, "");
        world.wait_days(1);
        world.play();
        let ends_soon = of_kind(&world, MailKind::EndsSoon);
        assert!(ends_soon.iter().all(|mail| (mail.state, mail.why.as_str()) == (MailState::Dropped, "over")));
    }
}

#[test]
fn mails_of_a_cancelling_wait_for_the_undo_and_are_dropped_by_it_k2() {
    let world = World::new();
    let trial = storm_runs(&world, true);
    world.play();
    act(&world, ANNA, &trial, TrialAct::Cancel).expect("a preview").done(&world);
    world.wait_seconds(5 * 60 - 1);
    world.play();
    let held = of_kind(&world, MailKind::Cancelled);
    assert!(!held.is_empty() && held.iter().all(|mail| mail.state == MailState::Held));
    let undo = act(&world, ANNA, &trial, TrialAct::Undo).expect("a preview");
    undo.done(&world);
    world.wait_seconds(3600);
    world.play();
    let dropped = of_kind(&world, MailKind::Cancelled);
    assert!(dropped.iter().all(|mail| (mail.state, mail.why.as_str()) == (MailState::Dropped, "undone")));

    // The second cancelling has mails of its own, and they go.
    act(&world, ANNA, &trial, TrialAct::Cancel).expect("a preview").done(&world);
    world.wait_seconds(5 * 60);
    world.play();
    let sent = of_kind(&world, MailKind::Cancelled).into_iter().filter(|mail| mail.state == MailState::Sent);
    assert_eq!(sent.count(), held.len());
    assert!(super::cast::trial(&world, &trial).settled);
    assert!(act(&world, ANNA, &trial, TrialAct::Undo).is_err(), "after 5 minutes it stays cancelled");
}

#[test]
fn the_secret_of_a_link_is_wiped_once_its_mail_went_out_on_a_server_x7() {
    let world = World::server();
    let mailed = Asked::of(&world, &endpoints::RESEND, ANNA, STORM_REQUEST, &());
    mailed.done(&world);
    let unsent = secret(&world, "ict@rederijstorm.example");
    let read = |world: &World| {
        let page = world.ask(endpoints::MAILS, ANNA, &format!("?organisation={STORM}"), &()).expect("mails");
        let all = page.mails.iter().map(|mail| world.ask(endpoints::MAIL, ANNA, &mail.id, &()).expect("a mail"));
        all.map(|mail| format!("{}{}", mail.text, mail.html)).collect::<String>()
    };
    assert!(!read(&world).contains(&unsent), "nobody reads it in the ledger");
    world.play();
    let handed = world.clock.handed.lock().expect("no panic").clone();
    assert!(handed.iter().any(|(.., text)| text.contains(&unsent)), "the recipient got it");
    let everything = world.memory.everything();
    let left = everything.iter().filter(|((table, _), _)| *table != crate::store::TableName::Receipts);
    assert!(!left.into_iter().any(|(_, record)| record.json.contains(&unsent)), "and it stands nowhere any more");
    let open = contract::requests::OpenRequest { token: unsent };
    assert!(world.ask(endpoints::REQUEST_OPEN, SANNE, "", &open).is_ok(), "the link stays good");

    // The Mailbox of a demonstration stands for the recipient's own.
    let world = World::new();
    Asked::of(&world, &endpoints::RESEND, ANNA, STORM_REQUEST, &()).done(&world);
    world.play();
    assert!(read(&world).contains(&secret(&world, "ict@rederijstorm.example")));
}

#[test]
fn the_welcome_waits_24_hours_for_a_service_that_fails_and_goes_without_it_n17() {
    let world = World::new();
    world.clock.failing.lock().expect("no panic").insert(Service::Messaging);
    let started = super::cast::everything(&world);
    let welcomes = || {
        let all = mails(&world, started.customer.as_str()).into_iter().map(|(_, mail)| mail);
        all.filter(|mail| mail.order.kind == MailKind::Welcome).count()
    };
    let asked = |world: &World| {
        let asked = world.clock.provisioned.lock().expect("no panic");
        asked.iter().filter(|trial| **trial == started.trial).count()
    };
    assert_eq!(asked(&world), 4, "the other services are not held back");
    // Minutes until the next try, counted from the one before.
    for (tries, minutes) in [1, 5, 30, 120, 360].into_iter().enumerate() {
        world.wait_seconds(minutes * 60 - 1);
        world.play();
        assert_eq!(asked(&world), 4 + tries);
        world.wait_seconds(1);
        world.play();
        assert_eq!(asked(&world), 5 + tries);
    }
    world.wait_seconds((24 * 60 - 516) * 60 - 1);
    world.play();
    assert_eq!(welcomes(), 0);
    world.wait_seconds(1);
    world.play();
    assert_eq!(welcomes(), 1, "24 hours after the start it goes");
    let all = mails(&world, started.customer.as_str());
    let (_, welcome) = all.iter().find(|(_, mail)| mail.order.kind == MailKind::Welcome).expect("a welcome");
    let missing = words::label::service(welcome.order.language, Service::Messaging);
    assert!(welcome.text.contains(missing), "it names the service that is missing: {}", welcome.text);

    // By hand it is tried at once.
    let again = TrialAct::RetryProvisioning { service: Service::Messaging };
    let before = asked(&world);
    let retry = act(&world, ANNA, started.trial.as_str(), again.clone()).expect("a preview");
    assert_eq!(asked(&world), before, "a preview provisions nothing");
    world.clock.failing.lock().expect("no panic").clear();
    retry.done(&world);
    assert_eq!(asked(&world), before + 1);
    assert!(act(&world, ANNA, started.trial.as_str(), again).is_err(), "nothing is left to try");
    world.wait_days(3);
    world.play();
    assert_eq!(welcomes(), 1, "there is one welcome");
}
