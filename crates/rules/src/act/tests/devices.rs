//! Shipments, their own clock, and their return (D).

use super::*;
use crate::act::{Context, ShipmentActName, shipment_verdicts, wrong_to_send};
use crate::change::Deed;
use crate::clock::Day;
use crate::device::{DeviceOutcome, ShipmentState, serial};
use crate::notice::MailKind;
use crate::region::CountryCode;
use crate::service::Duration;
use crate::trial::State;
use crate::verdict::Verdict;

pub(super) fn team() -> Actor {
    samples::trials_team()
}

pub(super) fn check_in(serials: &[&str]) -> TrialAct {
    phones(ShipmentAct::CheckIn { serials: serials.iter().map(|each| (*each).to_owned()).collect() })
}

pub(super) fn decide(approved: bool, reason: &str) -> TrialAct {
    phones(ShipmentAct::DecideExtension { approved, reason: reason.to_owned() })
}

pub(super) fn write_off(reason: &str) -> TrialAct {
    phones(ShipmentAct::WriteOff { reason: reason.to_owned() })
}

pub(super) fn shipment(story: &Story) -> &crate::device::Shipment {
    story.trial("trial-1").shipment(PHONE).expect("desk phones")
}

/// Desk phones that were sent on the first day of a trial of 60 days.
pub(super) fn sent() -> Story {
    let mut story = full();
    story.does_with(&team(), "trial-1", send());
    story
}

/// A trial of 90 days with devices from S on, in which 60 days have passed.
pub(super) fn at_day_60() -> (Story, Day) {
    let mut draft = samples::customer_draft(&[Service::Messaging, Service::Devices]);
    draft.duration = Duration::Days90;
    let mut story = Story::started(draft);
    let start = story.today();
    story.days(60);
    (story, start)
}

#[test]
fn services_are_extended_to_150_days_and_the_devices_stay_at_90_e3_d6() {
    let (mut story, start) = at_day_60();
    story.does_with(&sales(), "trial-1", TrialAct::Extend(Duration::Days90, false));
    assert_eq!(story.trial("trial-1").end(), Some(start.plus(150)));
    assert_eq!(shipment(&story).end, start.plus(90));
}

#[test]
fn on_day_60_thirty_more_days_pass_and_thirty_one_do_not_d7() {
    let (mut story, start) = at_day_60();
    let refusal = story.tries_with(&sales(), "trial-1", keep_longer(31)).expect_err("beyond 120 days");
    assert_eq!((refusal.rule, refusal.because, refusal.count), (RuleId::D7, Because::DeviceLimit, Some(30)));
    assert_eq!(says(story.tries_with(&sales(), "trial-1", keep_longer(0))).1, Because::DeviceLimit);
    story.does_with(&sales(), "trial-1", keep_longer(30));
    assert_eq!(shipment(&story).end, start.plus(90), "asked is not granted");
    story.does_with(&team(), "trial-1", decide(true, ""));
    assert_eq!((shipment(&story).end, shipment(&story).extension.is_none()), (start.plus(120), true));
    assert_eq!(story.trial("trial-1").end(), Some(start.plus(90)), "the services do not move");
    assert!(story.tries_with(&sales(), "trial-1", keep_longer(1)).is_err());
}

#[test]
fn the_limit_is_checked_again_at_the_approval_d7() {
    let (mut story, start) = at_day_60();
    story.does_with(&sales(), "trial-1", keep_longer(30));
    story.organisation.trials[0].shipments[0].end = start.plus(91);
    assert_eq!(says(story.tries_with(&team(), "trial-1", decide(true, ""))).1, Because::DeviceLimit);
    story.does_with(&team(), "trial-1", decide(false, "no stock"));
    assert_eq!(shipment(&story).end, start.plus(91));
}

#[test]
fn an_extension_mails_the_trials_team_and_its_decision_the_partner_d7() {
    let mut story = sent();
    story.does_with(&sales(), "trial-1", keep_longer(5));
    assert_eq!(story.mailed(MailKind::DeviceExtension), ["extensions@vendor.example"]);
    let open = shipment(&story).extension.clone().expect("open");
    assert_eq!((open.days, open.reason.as_str(), open.by), (5, "still testing", sales().person.id));
    assert_eq!(says(story.tries_with(&sales(), "trial-1", keep_longer(5))).1, Because::DeviceRequestOpen);
    assert_eq!(says(story.tries_with(&team(), "trial-1", decide(false, " "))).1, Because::ReasonMissing);
    for (reason, most) in [("x".repeat(501), Some(500)), ("a\u{202E}".to_owned(), None)] {
        let refused = story.tries_with(&team(), "trial-1", decide(false, &reason)).expect_err("unfit");
        assert_eq!((refused.because, refused.count), (Because::BadText, most), "which of the two it is is told");
    }
    story.does_with(&team(), "trial-1", decide(false, "no"));
    let people = ["sales-administrator@noordzee.example", "sales-full-administrator@noordzee.example"];
    assert_eq!(story.mailed(MailKind::DeviceExtensionDecided), people);
    assert_eq!(says(story.tries_with(&team(), "trial-1", decide(true, ""))).1, Because::NoDeviceRequest);
    let reason = phones(ShipmentAct::AskExtension { days: 5, reason: String::new() });
    assert_eq!(says(story.tries_with(&sales(), "trial-1", reason)).1, Because::ReasonMissing);
}

#[test]
fn it_is_asked_only_before_the_device_end_also_in_grace_d7_l12() {
    let mut story = sent();
    let end = shipment(&story).end;
    story.on(end.minus(1));
    assert!(story.tries_with(&sales(), "trial-1", keep_longer(5)).is_ok());
    story.on(end);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", keep_longer(5))).1, Because::DeviceEndPassed);
    story.organisation.trials[0].shipments[0].end = end.plus(10);
    assert_eq!(story.state("trial-1"), State::Expired);
    assert!(story.tries_with(&sales(), "trial-1", keep_longer(5)).is_ok(), "in grace");
}

#[test]
fn a_request_still_open_when_the_trial_closes_closes_with_a_mail_d7() {
    let mut story = sent();
    story.does_with(&sales(), "trial-1", keep_longer(5));
    story.days(90);
    assert!(shipment(&story).extension.is_none());
    assert_eq!(story.mails(MailKind::DeviceExtensionClosed).len(), 2);
}

#[test]
fn after_two_desk_phones_no_more_are_ordered_also_after_the_shipment_was_cancelled_d4() {
    let mut story = full();
    story.does_with(&sales(), "trial-1", phones(ShipmentAct::Cancel));
    assert_eq!(shipment(&story).state, ShipmentState::Cancelled);
    let mut more = samples::full_draft();
    more.device_licences.desk_phone = "5".to_owned();
    more.ship.desk_phone = "3".to_owned();
    let refusal = story.tries_with(&sales(), "trial-1", TrialAct::Edit(Box::new(edited(&more)), false));
    let refusal = refusal.expect_err("one shipment of a type");
    assert_eq!((refusal.rule, refusal.because, refusal.count), (RuleId::D4, Because::AlreadyShipped, Some(2)));
}

#[test]
fn six_boards_are_refused_and_boards_are_never_shipped_d2_d3() {
    let mut draft = samples::customer_draft(&[Service::Devices]);
    for (boards, phones, fits) in [("5", "10", true), ("6", "4", false), ("0", "11", false), ("5", "2", true)] {
        (draft.device_licences.board, draft.device_licences.desk_phone) = (boards.to_owned(), phones.to_owned());
        let checked = draft.check_edit(&Facts::default());
        assert_eq!(checked.is_ok(), fits, "{boards} boards, {phones} phones");
        assert!(checked.into_iter().flat_map(|ordered| ordered.ship).all(|(device, _)| device != DeviceType::Board));
    }
}

#[test]
fn sending_brings_the_licence_agreement_to_both_sides_with_serials_and_end_d6_d11() {
    let mut story = full();
    story.days(2);
    story.does_with(&team(), "trial-1", send());
    let it = shipment(&story);
    assert_eq!((it.state, it.demo_order_number.as_deref()), (ShipmentState::Sent, Some("DEMO-1")));
    assert_eq!(it.serials, ["A1", "A2"]);
    let told =
        ["it@vandijk.example", "sales-administrator@noordzee.example", "sales-full-administrator@noordzee.example"];
    assert_eq!(story.mailed(MailKind::LicenceAgreement), told);
    assert!(story.trial("trial-1").mails.iter().all(|mail| mail.kind != MailKind::LicenceAgreement));
    assert_eq!(
        says(story.tries_with(&team(), "trial-1", send())),
        (RuleId::D11, Because::ShipmentState, Remedy::Nothing)
    );
    let cancel = phones(ShipmentAct::Cancel);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", cancel)).0, RuleId::D11, "only while ordered");
}

#[test]
fn the_trials_team_may_set_the_device_end_up_to_120_days_after_the_start_d6() {
    let story = full();
    let start = shipment(&story).start;
    let with_end = |end| {
        let serials = vec!["1".to_owned(), "2".to_owned()];
        phones(ShipmentAct::Send { serials, demo_order_number: "D".to_owned(), end: Some(end) })
    };
    for (end, fits) in [(start.plus(120), true), (start.plus(121), false), (start, true), (start.minus(1), false)] {
        let result = story.tries_with(&team(), "trial-1", with_end(end));
        assert_eq!(result.err().map(|each| each.because), (!fits).then_some(Because::DeviceLimit), "{end}");
    }
}

#[test]
fn there_is_one_serial_for_each_device_and_a_demo_order_number_d6_d9() {
    let story = full();
    let with = |serials: &[&str], number: &str| {
        let serials = serials.iter().map(|each| (*each).to_owned()).collect();
        phones(ShipmentAct::Send { serials, demo_order_number: number.to_owned(), end: None })
    };
    for serials in [&["1"][..], &["1", "2", "3"], &["a 1", "A1"], &["1", " "]] {
        assert_eq!(
            says(story.tries_with(&team(), "trial-1", with(serials, "D"))).1,
            Because::SerialsWrong,
            "{serials:?}"
        );
    }
    assert_eq!(says(story.tries_with(&team(), "trial-1", with(&["1", "2"], "no number"))).1, Because::NotAnOrderNumber);
    assert_eq!(serial(" ab 12\tc "), "AB12C");
}

#[test]
fn the_partner_or_the_trials_team_cancels_while_ordered_and_nobody_else_d11() {
    let story = full();
    for (actor, may) in
        [(sales(), true), (chief(), true), (team(), true), (rival(), false), (story.person("person-1"), false)]
    {
        let result = story.tries_with(&actor, "trial-1", phones(ShipmentAct::Cancel));
        assert_eq!(result.is_ok(), may, "{}", actor.person.id);
    }
    let none = TrialAct::Shipment(DeviceType::RoomDevice, ShipmentAct::Cancel);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", none)).1, Because::NoShipment);
}

#[test]
fn all_that_is_wrong_with_a_sending_is_told_at_once_and_nothing_that_is_right_d6_d9_n7() {
    let story = full();
    let (ordered, today) = (shipment(&story), story.today());
    let wrong = |serials: &[&str], number, end| {
        let serials: Vec<String> = serials.iter().map(|each| (*each).to_owned()).collect();
        let told = wrong_to_send(ordered, today, &serials, number, end);
        told.into_iter().map(|refusal| refusal.because).collect::<Vec<_>>()
    };
    let late = ordered.latest_end().plus(1);
    let all = [Because::DeviceLimit, Because::SerialsWrong, Because::NotAnOrderNumber];
    assert_eq!(wrong(&[], "<script>", late), all);
    assert_eq!(wrong(&["a 1", "A1"], " ", today.minus(1)), all, "one that is given twice is one");
    assert_eq!(wrong(&["a1", &"x".repeat(41)], "DEMO-1", ordered.end), [Because::SerialsUnfit]);
    assert_eq!(wrong(&["a1", "a2"], " DEMO-1 ", ordered.latest_end()), []);
}

#[test]
fn an_order_that_waited_longer_than_devices_may_stay_is_not_sent_any_more_d6_p7() {
    let (mut story, start) = at_day_60();
    story.does_with(&sales(), "trial-1", TrialAct::Extend(Duration::Days90, false));
    story.on(start.plus(120));
    let until = |end| {
        let serials = vec!["A1".to_owned(), "A2".to_owned()];
        phones(ShipmentAct::Send { serials, demo_order_number: "DEMO-1".to_owned(), end: Some(end) })
    };
    assert!(story.tries_with(&team(), "trial-1", until(start.plus(120))).is_ok(), "for that day");
    story.on(start.plus(121));
    assert_eq!(
        says(story.tries_with(&team(), "trial-1", send())),
        (RuleId::D6, Because::DeviceEndPassed, Remedy::Nothing)
    );
}

#[test]
fn what_was_asked_about_a_shipment_ends_with_it_d7_d8_d11() {
    let mut ordered = full();
    ordered.does_with(&sales(), "trial-1", keep_longer(5));
    ordered.does_with(&team(), "trial-1", phones(ShipmentAct::Cancel));
    let mut back = sent();
    back.does_with(&sales(), "trial-1", keep_longer(5));
    back.does_with(&team(), "trial-1", write_off("lost"));
    for story in [ordered, back] {
        let shipment = shipment(&story);
        assert_eq!((&shipment.extension, shipment.label_asked), (&None, None));
        assert_eq!(shipment.answered.as_ref().map(|answer| answer.outcome), Some(DeviceOutcome::Closed));
        assert_eq!(says(story.tries_with(&team(), "trial-1", decide(true, ""))).1, Because::NoDeviceRequest);
    }
}

#[test]
fn a_mail_about_devices_names_their_type_d6_d7_d8() {
    let mut story = sent();
    let sending = story.changes.last().cloned().expect("the sending");
    let asking = story.does_with(&sales(), "trial-1", keep_longer(5));
    let mut decided = story.clone();
    let decision = decided.does_with(&team(), "trial-1", decide(true, ""));
    story.days(60 + 30);
    let later = |deed| story.changes.iter().find(|change| change.deed == deed).cloned().expect("a change");
    for (change, kind) in [
        (sending, MailKind::LicenceAgreement),
        (asking, MailKind::DeviceExtension),
        (decision, MailKind::DeviceExtensionDecided),
        (later(Deed::Closed), MailKind::DeviceExtensionClosed),
        (later(Deed::OverdueMailed), MailKind::ReturnOverdue),
    ] {
        let mut mails = change.mails.iter().filter(|mail| mail.kind == kind).peekable();
        assert!(mails.peek().is_some(), "{kind:?}");
        assert!(mails.all(|mail| mail.device == Some(PHONE)), "{kind:?}");
    }
}

#[test]
fn every_act_on_a_shipment_is_refused_with_the_reason_that_its_control_shows_p7() {
    let act = |name| match name {
        ShipmentActName::Cancel => phones(ShipmentAct::Cancel),
        ShipmentActName::AskExtension => keep_longer(1),
        ShipmentActName::AskLabel => phones(ShipmentAct::AskLabel),
        ShipmentActName::Send => send(),
        ShipmentActName::DecideExtension => decide(true, ""),
        ShipmentActName::SendLabel => phones(ShipmentAct::SendLabel),
        ShipmentActName::CheckIn => check_in(&["A1"]),
        ShipmentActName::WriteOff => write_off("lost"),
    };
    let mut asking = sent();
    asking.organisation.trials[0].ship_to.as_mut().expect("an address").country =
        CountryCode::new("US").expect("a country");
    let mut asked = asking.clone();
    asked.does_with(&sales(), "trial-1", keep_longer(1));
    let mut back = sent();
    back.does_with(&team(), "trial-1", check_in(&["A1", "A2"]));
    let mut over = sent();
    over.does_with(&sales(), "trial-1", TrialAct::Cancel);
    let mut removed = sent();
    removed.organisation.partners[0].access = None;
    let mut at_the_limit = full();
    at_the_limit.organisation.trials[0].shipments[0].end = shipment(&at_the_limit).latest_end();
    let mut allowed = 0;
    for (at, story) in [full(), asking, asked, back, over, removed, at_the_limit].iter().enumerate() {
        let helper = samples::actor(PartnerRole::HelpDesk);
        for actor in [sales(), chief(), helper, rival(), team(), story.person("person-1")] {
            let context = Context { actor: Some(&actor), now: story.now, facts: &story.facts };
            for (name, verdict) in shipment_verdicts(&story.organisation, story.trial("trial-1"), PHONE, context) {
                let done = story.tries_with(&actor, "trial-1", act(name));
                let shown = match verdict {
                    Verdict::Allowed => Ok(()),
                    Verdict::Blocked(refusal) => Err(refusal),
                };
                allowed += usize::from(shown.is_ok());
                assert_eq!(done.map(drop), shown, "{name:?} by {} in story {at}", actor.person.id);
            }
        }
    }
    assert!(allowed > 20, "{allowed}");
}

#[test]
fn what_became_of_a_request_stays_with_the_shipment_d7() {
    let answered = |story: &Story| {
        let answer = shipment(story).answered.clone().expect("answered");
        (answer.outcome, answer.days, answer.on == story.today(), answer.reason)
    };
    let mut story = sent();
    story.does_with(&sales(), "trial-1", keep_longer(5));
    story.does_with(&team(), "trial-1", decide(false, " no stock "));
    assert_eq!(answered(&story), (DeviceOutcome::Refused, 5, true, Some("no stock".to_owned())));
    story.does_with(&sales(), "trial-1", keep_longer(3));
    story.does_with(&team(), "trial-1", decide(true, ""));
    assert_eq!(answered(&story), (DeviceOutcome::Approved, 3, true, None));
    story.does_with(&sales(), "trial-1", keep_longer(2));
    story.does_with(&sales(), "trial-1", TrialAct::Cancel);
    story.now += chrono::TimeDelta::minutes(6);
    let refused = says(story.tries_with(&sales(), "trial-1", keep_longer(1)));
    assert_eq!(refused.1, Because::WrongState, "a cancelled trial keeps no devices longer");
}
