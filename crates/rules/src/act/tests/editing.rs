//! Editing a running trial (E).

use super::*;
use crate::consequences::consequences;
use crate::device::ShipmentState;
use crate::notice::{Due, MailKind};
use crate::organisation::Purchase;
use crate::service::{CallingKind, Duration, MeetingsOption};
use crate::trial::{Phase, Provisioning};

fn extend(days: Duration, confirmed: bool) -> TrialAct {
    TrialAct::Extend(days, confirmed)
}

fn end(story: &Story) -> crate::clock::Day {
    story.trial("trial-1").end().expect("an end")
}

/// A trial of 90 days for a new organisation, started on 2026-12-15.
fn from_december() -> Story {
    let mut draft = samples::customer_draft(&[Service::Messaging]);
    draft.duration = Duration::Days90;
    let at = samples::day(2026, 12, 15).begin() + chrono::TimeDelta::hours(9);
    let change = samples::started_at(draft, at);
    let mut story = Story::of(crate::change::evolve(None, &change).expect("an organisation"));
    story.now = at;
    story
}

#[test]
fn the_new_end_is_today_and_the_chosen_days_never_added_to_what_is_left_e1() {
    let mut story = from_december();
    story.on(samples::day(2027, 1, 9));
    assert_eq!(crate::clock::days_left(story.today(), end(&story)), 65);
    let refusal = story.tries_with(&sales(), "trial-1", extend(Duration::Days30, false)).expect_err("it shortens");
    let new = samples::day(2027, 2, 8);
    assert_eq!(
        (refusal.rule, refusal.because, refusal.remedy, refusal.from),
        (RuleId::E1, Because::Shortens, Remedy::Confirm, Some(new))
    );

    let change = story.tries_with(&sales(), "trial-1", extend(Duration::Days30, true)).expect("confirmed");
    let actor = sales();
    let context = crate::act::Context { actor: Some(&actor), now: story.now, facts: &story.facts };
    let preview = consequences(Some(&story.organisation), &change, &samples::partner().id, context);
    let dropped: Vec<_> = preview.dropped.iter().filter_map(|mail| Some((mail.on?, mail.kind))).collect();
    let on = samples::day;
    let (old, both) = ((2027, 3, 15), |day, kind| [(day, kind); 2]);
    assert_eq!(dropped[..2], both(on(2027, 3, 8), MailKind::EndsSoon));
    assert_eq!(dropped[2..4], both(on(old.0, old.1, old.2), MailKind::Ended));
    assert_eq!(dropped[4..], [(on(2027, 4, 14), MailKind::AccessOver)]);
    let added: Vec<_> = preview.added.iter().map(|mail| (mail.on, mail.kind)).collect();
    assert_eq!(added[0], (Some(story.today()), MailKind::Reduced));
    assert_eq!(added[1..3], [(Some(on(2027, 2, 1)), MailKind::EndsSoon); 2]);
    assert_eq!(added[3..5], [(Some(new), MailKind::Ended); 2]);
    assert_eq!(added[5..], [(Some(on(2027, 3, 10)), MailKind::AccessOver)]);

    story.does_with(&sales(), "trial-1", extend(Duration::Days30, true));
    assert_eq!(end(&story), new);
    assert_eq!(crate::clock::days_left(story.today(), new), 30);
}

#[test]
fn an_end_that_stays_as_it_is_cannot_be_saved_e1() {
    let story = with(&[Service::Messaging]);
    for confirmed in [false, true] {
        let refused = says(story.tries_with(&sales(), "trial-1", extend(Duration::Days30, confirmed)));
        assert_eq!(refused, (RuleId::E1, Because::NothingChanges, Remedy::ChooseOther));
    }
    assert!(story.tries_with(&sales(), "trial-1", extend(Duration::Days60, false)).is_ok());
}

#[test]
fn in_grace_nothing_is_extended_or_edited_and_conversion_is_offered_e2() {
    let mut story = with(&[Service::Messaging]);
    story.days(30);
    let refused = (RuleId::E2, Because::WrongState, Remedy::Convert);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", extend(Duration::Days30, true))), refused);
    let draft = samples::customer_draft(&[Service::Meetings]);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", edit(&draft))), refused);
}

#[test]
fn extending_plans_the_notices_anew_and_none_goes_for_the_old_end_e3_l8() {
    let mut story = with(&[Service::Messaging]);
    story.days(25);
    let old = end(&story);
    story.does_with(&sales(), "trial-1", extend(Duration::Days30, false));
    story.days(200);
    let new = samples::day(2026, 3, 26).plus(30);
    let days = |kind| {
        let mut days: Vec<_> = story.mails(kind).iter().map(|(day, _)| *day).collect();
        days.dedup();
        days
    };
    assert_eq!(days(MailKind::EndsSoon), [old.minus(7), new.minus(7)], "each end has its own");
    assert_eq!((days(MailKind::Ended), days(MailKind::AccessOver)), (vec![new], vec![]));
    assert_eq!(story.organisation.closed, Some(new.plus(30)));
}

#[test]
fn extending_moves_no_devices_e3_d7() {
    let mut story = full();
    story.days(10);
    let device_end = story.trial("trial-1").shipments[0].end;
    story.does_with(&sales(), "trial-1", extend(Duration::Days90, false));
    assert_eq!(story.trial("trial-1").shipments[0].end, device_end);
}

#[test]
fn a_service_is_added_with_the_same_end_and_licences_when_it_can_be_offered_e4_x4() {
    let mut story = with(&[Service::Messaging]);
    story.days(4);
    let both = samples::customer_draft(&[Service::Messaging, Service::Meetings]);
    let before = end(&story);
    story.does_with(&sales(), "trial-1", edit(&both));
    assert_eq!((end(&story), story.trial("trial-1").offer.licences), (before, Some(10)));
    let steps: Vec<_> = story.trial("trial-1").provisioning.iter().map(|step| step.service).collect();
    assert_eq!(steps, [Service::Messaging, Service::Meetings]);
    story.organisation.purchased.push(Purchase {
        service: Service::Calling,
        licences: None,
        since: story.today(),
        trial: None,
    });
    let calling = samples::customer_draft(&[Service::Messaging, Service::Calling]);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", edit(&calling))).1, Because::AlreadyPurchased);
}

#[test]
fn removing_the_last_service_points_to_cancelling_and_changing_nothing_is_no_edit_e4() {
    let story = with(&[Service::Messaging]);
    let same = samples::customer_draft(&[Service::Messaging]);
    let nothing = (RuleId::E4, Because::NothingChanges, Remedy::ChooseOther);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", edit(&same))), nothing);
    let mut none = edited(&same);
    none.offer.messaging = false;
    let refused = says(story.tries_with(&sales(), "trial-1", TrialAct::Edit(Box::new(none), true)));
    assert_eq!(refused, (RuleId::E4, Because::LastService, Remedy::CancelTrial));
}

#[test]
fn what_is_removed_lowered_or_shortened_is_mailed_once_and_what_is_added_is_not_e4() {
    let base = samples::customer_draft(&[Service::Messaging, Service::Meetings, Service::Calling, Service::Devices]);
    let changed = |change: fn(&mut TrialDraft)| {
        let mut draft = base.clone();
        change(&mut draft);
        draft
    };
    let rows: [(&str, TrialDraft, bool); 10] = [
        (
            "a service",
            changed(|draft| draft.services = [Service::Messaging, Service::Calling, Service::Devices].into()),
            true,
        ),
        ("licences down", changed(|draft| draft.licences = "9".to_owned()), true),
        ("licences up", changed(|draft| draft.licences = "11".to_owned()), false),
        ("an option", changed(|draft| draft.meetings_options = [MeetingsOption::Enterprise].into()), false),
        ("hybrid", changed(|draft| draft.calling = Some(CallingKind::Hybrid)), true),
        ("a location less", changed(|draft| draft.locations = "1".to_owned()), true),
        ("a location more", changed(|draft| draft.locations = "3".to_owned()), false),
        ("a numbered user less", changed(|draft| draft.numbered_users = "4".to_owned()), true),
        ("a phone less", changed(|draft| draft.device_licences.desk_phone = "3".to_owned()), true),
        ("a phone more", changed(|draft| draft.device_licences.desk_phone = "5".to_owned()), false),
    ];
    for (what, draft, told) in rows {
        let mut story = Story::started(base.clone());
        let change = story.does_with(&sales(), "trial-1", edit(&draft));
        let mails: Vec<_> = change.mails.iter().map(|mail| (mail.kind, mail.email.as_str())).collect();
        let expected = if told { vec![(MailKind::Reduced, "admin@example.com")] } else { vec![] };
        assert_eq!(mails, expected, "{what}");
    }
}

#[test]
fn switching_calling_removes_and_adds_it_and_keeps_the_numbers_15_days_e4_l3() {
    let mut story = with(&[Service::Messaging, Service::Calling]);
    story.provisions_all("trial-1");
    let mut hybrid = samples::customer_draft(&[Service::Messaging, Service::Calling]);
    hybrid.calling = Some(CallingKind::Hybrid);
    give(&mut story, "person-1", &[Service::Messaging, Service::Calling]);
    story.does_with(&sales(), "trial-1", edit(&hybrid));
    let trial = story.trial("trial-1");
    let calling = trial.provisioning.iter().find(|step| step.service == Service::Calling).expect("a step");
    assert_eq!((calling.state, trial.provisioning.len()), (Provisioning::Waiting, 2));
    assert_eq!(trial.numbers_until, Some(story.today().plus(15)));
    let has: Vec<_> = story.organisation.people[0].services.iter().copied().collect();
    assert_eq!(has, [Service::Messaging, Service::Calling], "it has Calling still, of another kind");
    story.days(15);
    assert_eq!(story.trial("trial-1").numbers_until, None);
}

#[test]
fn what_was_configured_of_calling_goes_with_it_and_a_location_with_its_numbers_e4_u2() {
    let mut story = full();
    let typed = |name: &str| crate::set_up::LocationDraft {
        name: name.to_owned(),
        street: "Kade 1".to_owned(),
        postal_code: "2611".to_owned(),
        city: "Delft".to_owned(),
        country: crate::region::CountryCode::new("NL"),
        provider: "Voice".to_owned(),
        numbers: String::new(),
    };
    let mut draft = crate::set_up::SetUpDraft::of_trial(story.trial("trial-1"));
    draft.locations = vec![typed("Depot"), typed("Office")];
    let order = draft.check(story.trial("trial-1"), &crate::draft::Facts::default()).expect("no problems");
    story.does_with(&sales(), "trial-1", TrialAct::FinishSetUp(Box::new(order)));
    let locations = |story: &Story| story.trial("trial-1").set_up.calling.locations.len();
    assert_eq!(locations(&story), 2);

    let now = TrialDraft::of_trial(story.trial("trial-1"), Some(story.organisation.country));
    story.does_with(&sales(), "trial-1", edit(&TrialDraft { locations: "1".to_owned(), ..now.clone() }));
    assert_eq!(locations(&story), 1, "the second location is gone");
    let mut without = now;
    without.services.remove(&Service::Calling);
    story.does_with(&sales(), "trial-1", edit(&without));
    assert_eq!(locations(&story), 0);
}

#[test]
fn who_had_a_removed_service_has_it_no_more_and_keeps_the_others_e4() {
    let mut story = with(&[Service::Messaging, Service::Meetings]);
    give(&mut story, "person-1", &[Service::Messaging, Service::Meetings]);
    story.does_with(&sales(), "trial-1", edit(&samples::customer_draft(&[Service::Messaging])));
    assert_eq!(story.organisation.people[0].services, [Service::Messaging].into());
}

#[test]
fn licences_below_what_is_assigned_need_confirmation_and_nobody_loses_one_e5_h5() {
    let mut story = with(&[Service::Messaging, Service::Meetings]);
    populate(&mut story, 7, &[Service::Messaging]);
    let fewer =
        TrialDraft { licences: "5".to_owned(), ..samples::customer_draft(&[Service::Messaging, Service::Meetings]) };
    let refusal = story.tries_with(&sales(), "trial-1", edit(&fewer)).expect_err("two too few");
    assert_eq!(
        (refusal.rule, refusal.because, refusal.remedy, refusal.count),
        (RuleId::E5, Because::BelowAssigned, Remedy::Confirm, Some(2))
    );
    let TrialAct::Edit(ordered, _) = edit(&fewer) else { panic!("an edit") };
    story.does_with(&sales(), "trial-1", TrialAct::Edit(ordered, true));
    assert_eq!(story.organisation.assigned(Service::Messaging), 7);
    let give = |services: &[Service]| {
        let services = services.iter().copied().collect();
        crate::act::Act::ChangePerson("person-1".into(), crate::people::CustomerRole::FullAdministrator, services)
    };
    let refused = says(story.tries(&sales(), give(&[Service::Messaging])));
    assert_eq!(refused, (RuleId::H5, Because::NoFreeLicence, Remedy::FreeLicence));
    assert!(story.tries(&sales(), give(&[Service::Meetings])).is_ok(), "of the other service there are some");
}

#[test]
fn licences_are_1_to_1000_and_not_below_the_users_to_be_numbered_e5_n8() {
    let base = samples::customer_draft(&[Service::Messaging, Service::Calling]);
    for (licences, fits) in [("0", false), ("1", false), ("4", false), ("5", true), ("1000", true), ("1001", false)] {
        let draft = TrialDraft { licences: licences.to_owned(), ..base.clone() };
        assert_eq!(draft.check_edit(&Facts::default()).is_ok(), fits, "{licences}");
    }
}

#[test]
fn more_devices_are_ordered_once_for_each_type_with_an_end_of_their_own_e4_d4_d6() {
    let mut story = full();
    story.on(samples::day(2026, 3, 21));
    let mut draft = samples::full_draft();
    draft.device_licences.room_device = "3".to_owned();
    draft.ship.desk_phone = "0".to_owned();
    draft.ship.room_device = "1".to_owned();
    story.does_with(&sales(), "trial-1", TrialAct::Edit(Box::new(edited(&draft)), false));
    let room = story.trial("trial-1").shipment(DeviceType::RoomDevice).expect("a shipment");
    assert_eq!((room.start, room.end), (samples::day(2026, 3, 21), samples::day(2026, 4, 30)));
    draft.ship.room_device = "1".to_owned();
    draft.device_licences.room_device = "4".to_owned();
    let refusal = story.tries_with(&sales(), "trial-1", TrialAct::Edit(Box::new(edited(&draft)), false));
    let refusal = refusal.expect_err("a second one");
    assert_eq!((refusal.rule, refusal.because, refusal.count), (RuleId::D4, Because::AlreadyShipped, Some(1)));
}

#[test]
fn devices_added_late_to_a_long_trial_end_120_days_on_at_the_latest_d6() {
    let mut story = with(&[Service::Messaging]);
    let end = story.today().plus(200);
    story.organisation.trials[0].phase = Phase::Started { start: story.today(), end };
    story.days(10);
    let draft = samples::customer_draft(&[Service::Messaging, Service::Devices]);
    story.does_with(&sales(), "trial-1", TrialAct::Edit(Box::new(edited(&draft)), false));
    assert_eq!(story.trial("trial-1").shipments[0].end, story.today().plus(120));
}

#[test]
fn unticking_devices_sends_them_back_and_drops_what_their_sending_would_bring_e4_d8_d11() {
    let without =
        TrialDraft { services: [Service::Messaging].into(), ..samples::customer_draft(&[Service::Messaging]) };
    let base = samples::customer_draft(&[Service::Messaging, Service::Devices]);
    let mut ordered = Story::started(base.clone());
    let mut sent = Story::started(base);
    sent.does_with(&samples::trials_team(), "trial-1", send());
    for (story, state) in [(&mut ordered, ShipmentState::Cancelled), (&mut sent, ShipmentState::Sent)] {
        story.days(3);
        story.does_with(&sales(), "trial-1", keep_longer(5));
        let change = story.does_with(&sales(), "trial-1", edit(&without));
        let trial = story.trial("trial-1");
        let shipment = trial.shipment(PHONE).expect("it stays, and counts (D4)");
        assert_eq!((shipment.state, shipment.end, &shipment.extension), (state, story.today(), &None));
        assert!(trial.mails.iter().all(|mail| mail.due != Due::WhenShipped));
        assert!(change.mails.iter().any(|mail| mail.kind == MailKind::DeviceExtensionClosed));
    }
}

#[test]
fn a_site_that_is_provisioned_is_not_changed_u2_e4() {
    let mut story = full();
    let other = TrialDraft { site_name: "another".to_owned(), ..samples::full_draft() };
    for service in [Service::Messaging, Service::Calling, Service::Devices] {
        story.provisions("trial-1", service, Ok(()));
    }
    assert!(story.tries_with(&sales(), "trial-1", edit(&other)).is_ok(), "not provisioned yet");
    story.provisions("trial-1", Service::Meetings, Ok(()));
    let refused = says(story.tries_with(&sales(), "trial-1", edit(&other)));
    assert_eq!(refused, (RuleId::U2, Because::SiteProvisioned, Remedy::Correct));
}

#[test]
fn an_edit_provisions_only_what_it_adds_and_keeps_numbers_only_of_cloud_calling_that_goes_e4_l3() {
    let two = [Service::Messaging, Service::Calling];
    let cloud = samples::customer_draft(&two);
    let hybrid = TrialDraft { calling: Some(CallingKind::Hybrid), ..cloud.clone() };
    let fewer = |draft: &TrialDraft| TrialDraft { licences: "9".to_owned(), ..draft.clone() };
    let without = |draft: &TrialDraft| TrialDraft { services: [Service::Messaging].into(), ..draft.clone() };
    for (draft, after, waiting, kept) in [
        (&cloud, fewer(&cloud), &[][..], false),
        (&hybrid, fewer(&hybrid), &[], false),
        (&cloud, hybrid.clone(), &[Service::Calling], true),
        (&hybrid, cloud.clone(), &[Service::Calling], false),
        (&cloud, without(&cloud), &[], true),
        (&hybrid, without(&hybrid), &[], false),
    ] {
        let mut story = Story::started(draft.clone());
        story.provisions_all("trial-1");
        story.does_with(&sales(), "trial-1", edit(&after));
        let trial = story.trial("trial-1");
        let steps = trial.provisioning.iter().filter(|step| step.state == Provisioning::Waiting);
        assert_eq!(steps.map(|step| step.service).collect::<Vec<_>>(), waiting);
        assert_eq!(trial.numbers_until, kept.then(|| story.today().plus(15)));
    }
}

#[test]
fn devices_ordered_by_an_edit_bring_their_address_and_one_licence_agreement_each_e4_d6() {
    let agreements = |story: &Story| {
        let mails = &story.trial("trial-1").mails;
        mails.iter().filter(|mail| mail.kind == MailKind::LicenceAgreement).count()
    };
    let order = |draft: &TrialDraft| TrialAct::Edit(Box::new(edited(draft)), false);
    let city = |story: &Story| {
        let trial = story.trial("trial-1");
        trial.shipments.last().and_then(|shipment| trial.ships_to(shipment)).map(|to| to.city.clone())
    };
    let mut story = with(&[Service::Messaging]);
    assert_eq!((city(&story), agreements(&story)), (None, 0));
    let mut draft = samples::customer_draft(&[Service::Messaging, Service::Devices]);
    draft.ship_to.city = "Utrecht".to_owned();
    story.does_with(&sales(), "trial-1", order(&draft));
    assert_eq!((city(&story).as_deref(), agreements(&story)), (Some("Utrecht"), 2), "one for each side");

    draft.licences = "11".to_owned();
    story.does_with(&sales(), "trial-1", edit(&draft));
    assert_eq!((city(&story).as_deref(), agreements(&story)), (Some("Utrecht"), 2), "nothing else is shipped");

    draft.skip_shipping();
    draft.device_licences.room_device = "1".to_owned();
    draft.ship.room_device = "1".to_owned();
    draft.ship_to.city = "Zwolle".to_owned();
    story.does_with(&sales(), "trial-1", order(&draft));
    assert_eq!((city(&story).as_deref(), agreements(&story)), (Some("Zwolle"), 2), "they are planned already");
}
