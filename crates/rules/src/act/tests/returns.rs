//! What comes back of the devices, and when it is overdue (D8, D9, D11).

use super::devices::{check_in, decide, sent, shipment, team, write_off};
use super::*;
use crate::device::ShipmentState;
use crate::notice::MailKind;
use crate::region::CountryCode;
use crate::trial::State;

#[test]
fn what_comes_back_is_compared_without_spaces_and_case_and_twice_changes_nothing_d9() {
    let mut story = sent();
    story.days(5);
    let result =
        crate::act::check_in(story.trial("trial-1"), PHONE, &["a1 ".to_owned(), "A 1".to_owned(), "zz".to_owned()]);
    assert_eq!(
        (result.taken, result.extra, result.wrong, result.missing),
        (vec!["A1".to_owned()], vec!["A1".to_owned()], vec!["ZZ".to_owned()], vec!["A2".to_owned()])
    );
    story.does_with(&team(), "trial-1", check_in(&["a1 ", "ZZ"]));
    assert_eq!(shipment(&story).state, ShipmentState::ReturnedInPart);
    let first = story.now;
    story.days(1);
    let again = crate::act::check_in(story.trial("trial-1"), PHONE, &["A1".to_owned()]);
    assert_eq!(again.before.first().map(|returned| returned.at), Some(first), "it says when it came");
    let before = story.trial("trial-1").clone();
    story.does_with(&team(), "trial-1", check_in(&["A1"]));
    assert_eq!(*story.trial("trial-1"), before);
    story.does_with(&team(), "trial-1", check_in(&["A2"]));
    assert_eq!(shipment(&story).state, ShipmentState::Returned);
    story.does_with(&team(), "trial-1", check_in(&["A2"]));
    assert_eq!(shipment(&story).state, ShipmentState::Returned);
    let ordered = full();
    assert_eq!(says(ordered.tries_with(&team(), "trial-1", check_in(&["A1"]))).0, RuleId::D9);
}

#[test]
fn what_can_be_no_serial_number_is_neither_sent_nor_checked_in_and_few_strange_ones_are_kept_d9_g3() {
    let unfit = (RuleId::D9, Because::SerialsUnfit, Remedy::Correct);
    let long = "A".repeat(crate::device::SERIAL_MAX + 1);
    let story = full();
    for serial in [&long, "A\u{202e}1", "<B>A1</B>", "A1🎉"] {
        let serials = vec![serial.to_owned(), "A2".to_owned()];
        let send = phones(ShipmentAct::Send { serials, demo_order_number: "DEMO-1".to_owned(), end: None });
        assert_eq!(says(story.tries_with(&team(), "trial-1", send)), unfit);
        assert_eq!(says(sent().tries_with(&team(), "trial-1", check_in(&[serial]))), unfit);
    }
    let mut story = sent();
    let strange: Vec<String> = (0..crate::device::WRONG_MAX).map(|at| format!("X{at}")).collect();
    story.does_with(&team(), "trial-1", check_in(&strange.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!(says(story.tries_with(&team(), "trial-1", check_in(&["ANOTHER"]))), unfit);
    story.does_with(&team(), "trial-1", check_in(&["A1", "x1"]));
    assert_eq!(shipment(&story).wrong.len(), crate::device::WRONG_MAX, "what was known already is not kept twice");
}

#[test]
fn serials_of_another_shipment_of_the_trial_are_extra_d9() {
    let mut story = sent();
    let mut other = shipment(&story).clone();
    (other.device, other.serials) = (DeviceType::RoomDevice, vec!["R1".to_owned()]);
    story.organisation.trials[0].shipments.push(other);
    let result = crate::act::check_in(story.trial("trial-1"), PHONE, &["r1".to_owned()]);
    assert_eq!((result.elsewhere, result.wrong), (vec!["R1".to_owned()], vec![]));
}

#[test]
fn a_return_is_due_14_days_after_the_device_end_and_overdue_the_day_after_weekly_d8() {
    let mut story = sent();
    let end = shipment(&story).end;
    assert_eq!(shipment(&story).return_due(), end.plus(14));
    story.on(end.plus(14));
    assert!(!shipment(&story).is_overdue(story.today()) && story.mails(MailKind::ReturnOverdue).is_empty());
    story.on(end.plus(28));
    assert!(shipment(&story).is_overdue(story.today()));
    let told = |story: &Story| {
        let mut days: Vec<_> = story.mails(MailKind::ReturnOverdue).iter().map(|(day, _)| *day).collect();
        days.dedup();
        days
    };
    assert_eq!(told(&story), [end.plus(15), end.plus(22)]);
    let people = 3;
    assert_eq!(story.mails(MailKind::ReturnOverdue).len(), 2 * people);
    story.on(end.plus(40));
    assert_eq!(told(&story).len(), 4, "also when the trial is over");
    assert_eq!(story.state("trial-1"), State::Closed);
    // Nobody is an administrator of a closed organisation; whoever it began with is told (L3).
    let last: Vec<String> = story
        .mails(MailKind::ReturnOverdue)
        .split_off(3 * people)
        .into_iter()
        .map(|(_, mail)| mail.email.clone())
        .collect();
    assert_eq!(last.len(), people);
    assert!(last.contains(&story.organisation.administrator_email), "{last:?}");
    story.does_with(&team(), "trial-1", check_in(&["A1"]));
    story.days(7);
    assert_eq!(told(&story).len(), 5, "until all is back");
    story.does_with(&team(), "trial-1", check_in(&["A2"]));
    story.days(70);
    assert_eq!(told(&story).len(), 5);
}

#[test]
fn an_extension_that_is_approved_late_counts_the_overdue_weeks_anew_d7_d8() {
    let mut story = sent();
    let end = shipment(&story).end;
    story.on(end.minus(1));
    story.does_with(&sales(), "trial-1", keep_longer(40));
    story.on(end.plus(23));
    assert_eq!(story.mails(MailKind::ReturnOverdue).len(), 2 * 3);
    story.does_with(&team(), "trial-1", decide(true, ""));
    story.on(end.plus(40 + 14));
    assert_eq!(story.mails(MailKind::ReturnOverdue).len(), 2 * 3, "not overdue any more");
    story.on(end.plus(40 + 15));
    assert_eq!(story.mails(MailKind::ReturnOverdue).len(), 2 * 3 + 3, "the organisation has closed");
}

#[test]
fn an_extension_that_leaves_it_overdue_brings_no_mail_of_weeks_that_have_passed_d7_d8() {
    let mut story = sent();
    let end = shipment(&story).end;
    story.on(end.minus(1));
    story.does_with(&sales(), "trial-1", keep_longer(1));
    story.on(end.plus(29));
    let before = story.mails(MailKind::ReturnOverdue).len();
    assert_eq!(before, 3 * 3, "on the 15th, 22nd and 29th day");
    story.does_with(&team(), "trial-1", decide(true, ""));
    story.minutes(1);
    assert_eq!(story.mails(MailKind::ReturnOverdue).len(), before);
    // By the new end the weeks begin on its 15th day, which was the 16th before.
    assert_eq!(shipment(&story).next_overdue_mail(), Some(end.plus(1 + 15 + 14)));
}

#[test]
fn the_trials_team_writes_off_with_a_reason_and_the_mails_stop_d8_d11() {
    let mut story = sent();
    assert_eq!(says(story.tries_with(&team(), "trial-1", write_off(""))).1, Because::ReasonMissing);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", write_off("lost"))).1, Because::OnlyForTrialsTeam);
    story.does_with(&team(), "trial-1", write_off("lost in a fire"));
    assert_eq!(
        (shipment(&story).state, shipment(&story).written_off.as_deref()),
        (ShipmentState::WrittenOff, Some("lost in a fire"))
    );
    story.days(200);
    assert!(story.mails(MailKind::ReturnOverdue).is_empty());
    assert_eq!(
        says(full().tries_with(&team(), "trial-1", write_off("x"))).0,
        RuleId::D11,
        "what was not sent is not out"
    );
}

#[test]
fn a_cancelled_shipment_brings_no_return_duty_d11() {
    let mut story = full();
    story.does_with(&team(), "trial-1", phones(ShipmentAct::Cancel));
    story.days(200);
    assert!(story.mails(MailKind::ReturnOverdue).is_empty());
    assert!(shipment(&story).next_overdue_mail().is_none());
}

#[test]
fn a_new_label_is_asked_where_devices_go_back_by_ups_and_one_at_a_time_d8() {
    let label = || phones(ShipmentAct::AskLabel);
    let by = |returns| {
        let found = crate::region::countries().iter().find(|country| country.returns == returns);
        CountryCode::new(found.expect("a country").code.as_str()).expect("a country")
    };
    let to = |country| {
        let mut story = sent();
        story.organisation.trials[0].ship_to.as_mut().expect("an address").country = country;
        story
    };
    for returns in [crate::region::Returns::Dhl, crate::region::Returns::Expeditors, crate::region::Returns::Guidelines]
    {
        let refused = says(to(by(returns)).tries_with(&sales(), "trial-1", label()));
        assert_eq!(refused, (RuleId::D8, Because::NoReturnLabel, Remedy::AskTrialsTeam), "{returns:?}");
    }
    let mut story = to(by(crate::region::Returns::Ups));
    assert!(story.tries_with(&story.person("person-1"), "trial-1", label()).is_ok());
    assert!(story.tries_with(&rival(), "trial-1", label()).is_err());
    story.does_with(&sales(), "trial-1", label());
    assert_eq!(shipment(&story).label_asked, Some(story.today()));
    assert_eq!(says(story.tries_with(&sales(), "trial-1", label())).1, Because::DeviceRequestOpen);
    assert!(story.tries_with(&sales(), "trial-1", phones(ShipmentAct::SendLabel)).is_err());
    story.does_with(&team(), "trial-1", phones(ShipmentAct::SendLabel));
    assert_eq!(shipment(&story).label_asked, None);
    assert_eq!(says(story.tries_with(&team(), "trial-1", phones(ShipmentAct::SendLabel))).1, Because::NoDeviceRequest);
}

#[test]
fn what_was_checked_in_before_is_not_missing_and_what_is_still_out_is_d9() {
    let mut story = sent();
    story.does_with(&team(), "trial-1", check_in(&["A1"]));
    let missing = |serials: &[&str]| {
        let serials: Vec<String> = serials.iter().map(|each| (*each).to_owned()).collect();
        crate::act::check_in(story.trial("trial-1"), PHONE, &serials).missing
    };
    assert_eq!(missing(&[]), ["A2"]);
    assert_eq!(missing(&["A1"]), ["A2"]);
    assert!(missing(&["A2"]).is_empty());
}

#[test]
fn what_came_beside_a_shipment_is_noted_once_with_its_moment_d9() {
    let mut story = sent();
    story.does_with(&team(), "trial-1", check_in(&["a1", "A 1", "other-9"]));
    let first = story.now;
    let noted = |story: &Story| {
        let shipment = shipment(story);
        let of = |list: &[crate::device::Returned]| list.iter().map(|each| each.serial.clone()).collect::<Vec<_>>();
        (of(&shipment.returned), of(&shipment.extra), of(&shipment.wrong))
    };
    let once = (vec!["A1".to_owned()], vec![], vec!["OTHER-9".to_owned()]);
    assert_eq!(noted(&story), once, "one of its own that was given twice came once");
    story.now += chrono::TimeDelta::minutes(5);
    story.does_with(&team(), "trial-1", check_in(&["a1", "other-9"]));
    assert_eq!(noted(&story), once);
    assert_eq!(shipment(&story).wrong[0].at, first);
}
