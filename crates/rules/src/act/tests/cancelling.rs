//! Cancelling, and undoing it (K, X4, L3).

use super::*;
use crate::act::Act;
use crate::change::Deed;
use crate::device::ShipmentState;
use crate::eligibility::offered;
use crate::notice::MailKind;
use crate::organisation::Purchase;
use crate::trial::{DateKind, Phase, Provisioning, State, dates_of};

fn cancel(story: &mut Story, actor: &Actor, trial: &str) -> crate::change::Change {
    story.does_with(actor, trial, TrialAct::Cancel)
}

#[test]
fn cancelling_stops_the_services_at_once_and_holds_the_mails_for_5_minutes_k2() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    give(&mut story, "user", &[Service::Messaging]);
    story.days(3);
    let change = cancel(&mut story, &sales(), "asked");
    assert_eq!(story.trial("asked").phase, Phase::Cancelled { on: story.today(), started: true });
    assert_eq!(story.trial("asked").provisioning[0].state, Provisioning::Stopped);
    let until = story.now + chrono::TimeDelta::minutes(5);
    assert!(change.mails.iter().all(|mail| mail.held_until == Some(until)));
    let told = [
        "admin@example.com",
        "helper@example.com",
        "sales-administrator@noordzee.example",
        "sales-full-administrator@noordzee.example",
        "second@example.com",
        "third@example.com",
        "user@example.com",
    ];
    assert_eq!(story.mailed(MailKind::Cancelled), told, "one mail each, a user that is an administrator too");
    assert!(story.organisation.access(&samples::partner().id).is_some(), "nothing irreversible yet");
    assert_eq!(story.organisation.assigned(Service::Messaging), 1);
    story.minutes(5);
    assert!(story.organisation.access(&samples::partner().id).is_none());
    assert_eq!(story.organisation.closed, Some(story.today()), "nothing else keeps it open (L3)");
    assert_eq!(story.changes.last().map(|change| change.deed), Some(Deed::CancelSettled));
    story.days(100);
    for kind in [MailKind::EndsSoon, MailKind::Ended, MailKind::AccessOver] {
        assert!(story.mails(kind).is_empty(), "planned notices are dropped: {kind:?}");
    }
}

#[test]
fn who_cancelled_undoes_it_within_5_minutes_and_nobody_else_does_k2() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    story.days(3);
    let before = story.trial("asked").clone();
    cancel(&mut story, &sales(), "asked");
    story.minutes(4);
    let another = (RuleId::K2, Because::CancelledByAnother, Remedy::Nothing);
    assert_eq!(says(story.tries_with(&chief(), "asked", TrialAct::Undo)), another);
    assert_eq!(says(story.tries_with(&story.person("full-1"), "asked", TrialAct::Undo)), another);
    assert_eq!(says(story.tries_with(&rival(), "asked", TrialAct::Undo)).0, RuleId::P8);
    assert!(story.tries_with(&story.person("helper"), "asked", TrialAct::Undo).is_err());
    let mut undone = story.clone();
    undone.does_with(&sales(), "asked", TrialAct::Undo);
    assert_eq!(*undone.trial("asked"), before, "as it was");
    story.minutes(1);
    let over = (RuleId::K2, Because::UndoOver, Remedy::StartNewTrial);
    assert_eq!(says(story.tries_with(&sales(), "asked", TrialAct::Undo)), over);
}

#[test]
fn undoing_is_refused_from_the_moment_on_though_the_backend_has_not_settled_it_yet_k2() {
    let mut story = with(&[Service::Messaging]);
    cancel(&mut story, &sales(), "trial-1");
    story.now += chrono::TimeDelta::minutes(5);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", TrialAct::Undo)).1, Because::UndoOver);
    story.now -= chrono::TimeDelta::seconds(1);
    assert!(story.tries_with(&sales(), "trial-1", TrialAct::Undo).is_ok());
}

#[test]
fn who_is_not_entitled_any_more_does_not_undo_k2() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    cancel(&mut story, &sales(), "asked");
    story.does(&story.person("full-1"), Act::RemovePartner(samples::partner().id));
    assert_eq!(says(story.tries_with(&sales(), "asked", TrialAct::Undo)).1, Because::NoAccess);
}

#[test]
fn the_undone_trial_takes_the_state_that_its_dates_give_k2() {
    let mut story = with(&[Service::Messaging]);
    story.until(samples::day(2026, 3, 31).begin() - chrono::TimeDelta::minutes(2));
    cancel(&mut story, &sales(), "trial-1");
    story.minutes(4);
    assert!(story.mails(MailKind::Ended).is_empty());
    story.does_with(&sales(), "trial-1", TrialAct::Undo);
    assert_eq!(story.state("trial-1"), State::Expired);
    assert_eq!(story.mails(MailKind::Ended).len(), 3, "what was missed meanwhile goes out");
}

#[test]
fn the_customers_full_administrator_cancels_what_was_accepted_and_declines_what_was_not_k1() {
    let draft = samples::customer_draft(&[Service::Messaging]);
    let pending = Story::asked(draft.clone());
    let refused = says(pending.tries_with(&pending.person("full-1"), "asked", TrialAct::Cancel));
    assert_eq!(refused, (RuleId::K1, Because::WrongState, Remedy::Decline));
    let mut awaiting = Story::accepted(draft.clone(), false);
    let person = awaiting.person("full-1");
    cancel(&mut awaiting, &person, "asked");
    assert!(awaiting.trial("asked").phase.left_the_list());
    assert!(awaiting.organisation.access(&samples::partner().id).is_none());
    assert!(awaiting.mails(MailKind::Cancelled).iter().all(|(_, mail)| mail.held_until.is_none()));
    assert_eq!(awaiting.mails(MailKind::Cancelled).len(), 6);
    for days in [1, 35] {
        let mut story = Story::running(draft.clone(), false);
        story.days(days);
        cancel(&mut story, &person, "asked");
        assert_eq!(story.state("asked"), State::Cancelled);
    }
}

#[test]
fn cancelling_in_awaiting_provisioning_details_has_no_undo_x13() {
    let mut story = Story::accepted(samples::customer_draft(&[Service::Messaging]), false);
    cancel(&mut story, &sales(), "asked");
    let refused = says(story.tries_with(&sales(), "asked", TrialAct::Undo));
    assert_eq!(refused, (RuleId::K2, Because::UndoOver, Remedy::StartNewTrial));
}

#[test]
fn numbers_and_devices_count_from_the_day_of_cancelling_k2_l3_d8() {
    let mut story = full();
    story.does_with(&samples::trials_team(), "trial-1", send());
    story.until(samples::day(2026, 3, 11).begin() - chrono::TimeDelta::minutes(2));
    let day = story.today();
    cancel(&mut story, &sales(), "trial-1");
    let planned = [
        (day, DateKind::DeviceEnd(PHONE)),
        (day.plus(14), DateKind::DeviceReturn(PHONE)),
        (day.plus(15), DateKind::NumberRelease),
    ];
    assert_eq!(dates_of(story.trial("trial-1")), planned, "as it will be");
    story.minutes(10);
    let trial = story.trial("trial-1");
    assert_eq!(dates_of(trial), planned, "as it is, though settled on the day after");
    assert_eq!((trial.numbers_until, trial.shipments[0].end), (Some(day.plus(15)), day));
    assert_eq!(story.organisation.closed, Some(day));
    story.on(day.plus(15));
    assert_eq!(story.trial("trial-1").numbers_until, None);
}

#[test]
fn unsent_shipments_are_cancelled_with_the_trial_and_not_sent_meanwhile_k2_d11() {
    let mut story = full();
    cancel(&mut story, &sales(), "trial-1");
    let refused = says(story.tries_with(&samples::trials_team(), "trial-1", send()));
    assert_eq!((refused.0, refused.1), (RuleId::K2, Because::WrongState));
    assert_eq!(story.trial("trial-1").shipments[0].state, ShipmentState::Ordered);
    story.minutes(5);
    assert_eq!(story.trial("trial-1").shipments[0].state, ShipmentState::Cancelled);
    assert!(dates_of(story.trial("trial-1")).iter().all(|(_, kind)| !matches!(kind, DateKind::DeviceReturn(_))));
}

#[test]
fn an_earlier_device_end_stays_and_an_open_extension_closes_k2_d7() {
    let mut story = full();
    story.does_with(&samples::trials_team(), "trial-1", send());
    story.organisation.trials[0].shipments[0].end = samples::day(2026, 3, 5);
    story.does_with(&sales(), "trial-1", keep_longer(3));
    story.days(10);
    cancel(&mut story, &sales(), "trial-1");
    assert!(story.trial("trial-1").shipments[0].extension.is_some(), "not before it is settled");
    story.minutes(5);
    let shipment = &story.trial("trial-1").shipments[0];
    assert_eq!((shipment.end, &shipment.extension), (samples::day(2026, 3, 5), &None));
    assert_eq!(story.mails(MailKind::DeviceExtensionClosed).len(), 2);
}

#[test]
fn nothing_is_freed_for_others_for_5_minutes_x4_k2() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    cancel(&mut story, &sales(), "asked");
    story.minutes(4);
    let verdict = |story: &Story, partner: &crate::ids::PartnerId| {
        offered(&story.organisation, Service::Messaging, partner, None, story.now)
    };
    assert!(!verdict(&story, &samples::competitor().id).is_allowed());
    assert!(!verdict(&story, &samples::partner().id).is_allowed());
    story.minutes(1);
    assert!(verdict(&story, &samples::competitor().id).is_allowed());
}

/// Two trials of one partner; the first is cancelled, and the second ends while that can
/// still be undone.
#[test]
fn what_ends_meanwhile_neither_closes_the_organisation_nor_takes_what_can_be_undone_k2_l3_x17() {
    let mut story = with(&[Service::Messaging, Service::Calling]);
    story.does(&sales(), Act::Add(edited(&samples::customer_draft(&[Service::Meetings])), "second".into()));
    story.until(samples::day(2026, 4, 30).begin() - chrono::TimeDelta::minutes(2));
    story.organisation.trials[0].phase =
        Phase::Started { start: samples::day(2026, 3, 1), end: samples::day(2026, 5, 30) };
    give(&mut story, "person-1", &[Service::Messaging]);
    cancel(&mut story, &sales(), "trial-1");
    story.minutes(3);
    assert_eq!(story.state("second"), State::Closed);
    assert_eq!(story.organisation.closed, None);
    assert!(story.organisation.access(&samples::partner().id).is_some());
    let mut undone = story.clone();
    undone.does_with(&sales(), "trial-1", TrialAct::Undo);
    assert_eq!(undone.state("trial-1"), State::Running);
    assert_eq!(undone.organisation.assigned(Service::Messaging), 1);
    story.minutes(2);
    assert_eq!(story.organisation.closed, Some(samples::day(2026, 4, 29)), "settled, it closes");
}

#[test]
fn an_organisation_with_something_else_stays_open_and_loses_only_the_trials_services_l3_k2() {
    let mut story = with(&[Service::Messaging, Service::Meetings]);
    let since = samples::day(2026, 1, 1);
    story.organisation.purchased.push(Purchase { service: Service::Calling, licences: Some(9), since, trial: None });
    give(&mut story, "person-1", &[Service::Messaging, Service::Calling]);
    cancel(&mut story, &sales(), "trial-1");
    story.minutes(5);
    assert_eq!(story.organisation.closed, None);
    assert_eq!(story.organisation.people[0].services, [Service::Calling].into());
    assert!(story.organisation.access(&samples::partner().id).is_some(), "it was not granted by a request");
}

#[test]
fn withdrawing_a_request_takes_nothing_from_those_who_own_or_try_the_service_k2_c4() {
    let mut owned = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    give(&mut owned, "user", &[Service::Messaging]);
    let mut another = samples::ask(samples::customer_draft(&[Service::Messaging]), "another");
    let Act::Ask(ask) = &mut another else { panic!("a request") };
    ask.ordered.duration = crate::service::Duration::Days60;
    // It was sent while the service could still be offered.
    let mut asked = Story::of(samples::customer());
    asked.does(&rival(), another);
    owned.organisation.trials.push(asked.trial("another").clone());
    owned.organisation.partners.push(asked.organisation.partners[0].clone());
    let tried = owned.clone();
    owned.does_with(&sales(), "asked", TrialAct::Convert(samples::conversion(&[Service::Messaging])));
    for mut story in [owned, tried] {
        cancel(&mut story, &rival(), "another");
        assert_eq!(story.organisation.assigned(Service::Messaging), 1);
    }
}

#[test]
fn cancelling_a_cancelled_trial_points_to_the_undo_k2_l12() {
    let mut story = with(&[Service::Messaging]);
    cancel(&mut story, &sales(), "trial-1");
    let refusal = story.tries_with(&sales(), "trial-1", TrialAct::Cancel).expect_err("it is cancelled");
    assert_eq!((refusal.rule, refusal.remedy, refusal.state), (RuleId::K2, Remedy::Undo, Some(State::Cancelled)));
}

#[test]
fn an_administrator_who_uses_the_trial_gets_one_mail_of_its_cancelling_k2() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    give(&mut story, "helper", &[Service::Messaging]);
    give(&mut story, "user", &[Service::Messaging]);
    cancel(&mut story, &sales(), "asked");
    let told = story.mailed(MailKind::Cancelled);
    assert_eq!(told.iter().filter(|email| **email == "helper@example.com").count(), 1);
    assert_eq!(told.len(), 7);
}

#[test]
fn what_had_not_started_has_no_users_that_are_told_k1_x13() {
    let mut story = Story::accepted(samples::customer_draft(&[Service::Messaging]), false);
    let since = story.today();
    story.organisation.purchased.push(Purchase { service: Service::Messaging, licences: Some(1), since, trial: None });
    give(&mut story, "user", &[Service::Messaging]);
    cancel(&mut story, &sales(), "asked");
    assert!(!story.mailed(MailKind::Cancelled).contains(&"user@example.com"));
    assert_eq!(story.organisation.assigned(Service::Messaging), 1);
}
