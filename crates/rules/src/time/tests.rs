use super::*;
use crate::draft::TrialDraft;
use crate::people::{CustomerRole, PartnerRole};
use crate::samples::{self, Story, day};
use crate::service::{Duration, Service};
use crate::trial::{Provisioning, State};

/// A trial of so many days for `admin@example.com` with Calling, started on a day at 10:00.
fn started(on: Day, duration: Duration) -> Story {
    let draft = TrialDraft { duration, ..samples::customer_draft(&[Service::Messaging, Service::Calling]) };
    let at = on.begin() + chrono::TimeDelta::hours(10);
    let mut story = Story::of(evolve(None, &samples::started_at(draft, at)).expect("an organisation"));
    let user = samples::member("user", "user@example.com", CustomerRole::User);
    story.organisation.people.push(crate::organisation::Member { services: [Service::Messaging].into(), ..user });
    story.until(at);
    story
}

fn days_of(story: &Story, kind: MailKind) -> Vec<Day> {
    let mut days: Vec<Day> = story.mails(kind).iter().map(|(day, _)| *day).collect();
    days.dedup();
    days
}

#[test]
fn the_whole_life_of_a_trial_falls_on_these_days_l1_l2_l3_l4_l5_l7() {
    let d = day;
    let rows = [
        (d(2026, 3, 1), Duration::Days30, [d(2026, 3, 24), d(2026, 3, 31), d(2026, 4, 30), d(2026, 5, 15)]),
        (d(2028, 1, 30), Duration::Days30, [d(2028, 2, 22), d(2028, 2, 29), d(2028, 3, 30), d(2028, 4, 14)]),
        (d(2027, 12, 31), Duration::Days60, [d(2028, 2, 22), d(2028, 2, 29), d(2028, 3, 30), d(2028, 4, 14)]),
        (d(2027, 12, 2), Duration::Days30, [d(2027, 12, 25), d(2028, 1, 1), d(2028, 1, 31), d(2028, 2, 15)]),
    ];
    for (start, duration, [notice, end, closing, release]) in rows {
        let mut story = started(start, duration);
        assert_eq!(story.trial("trial-1").end(), Some(end), "{start}");
        story.on(closing.minus(1));
        assert_eq!(story.state("trial-1"), State::Expired, "grace up to the day of closing");
        assert_eq!(story.organisation.assigned(Service::Messaging), 1, "services still work");
        story.on(closing);
        assert_eq!((story.state("trial-1"), story.organisation.closed), (State::Closed, Some(closing)));
        assert!(story.organisation.people.is_empty(), "roles end, and addresses belong to nobody");
        let numbers = story.trial("trial-1").numbers_until;
        assert_eq!(numbers, Some(release));
        story.on(release.minus(1));
        assert_eq!(story.trial("trial-1").numbers_until, Some(release));
        story.on(release);
        assert_eq!(story.trial("trial-1").numbers_until, None);

        let both =
            ["admin@example.com", "sales-administrator@noordzee.example", "sales-full-administrator@noordzee.example"];
        for (kind, day, people) in [
            (MailKind::EndsSoon, notice, &both[..]),
            (MailKind::Ended, end, &both),
            (MailKind::AccessOver, closing, &["user@example.com"]),
        ] {
            assert_eq!((days_of(&story, kind), story.mailed(kind)), (vec![day], people.to_vec()), "{start} {kind:?}");
            assert!(
                story.mails(kind).iter().all(|(_, mail)| mail.key == MailKey::Notice { end }),
                "it names the end (L13)"
            );
        }
    }
}

#[test]
fn a_notice_goes_to_whoever_is_there_on_its_day_l13() {
    let mut story = started(day(2026, 3, 1), Duration::Days30);
    story.on(day(2026, 3, 26));
    story.organisation.people.push(samples::member("late", "late@example.com", CustomerRole::Administrator));
    story.days(10);
    assert!(!story.mailed(MailKind::EndsSoon).contains(&"late@example.com"));
    assert!(story.mailed(MailKind::Ended).contains(&"late@example.com"));
}

#[test]
fn an_assigned_sales_administrator_is_told_and_others_of_the_partner_are_not_l4_p9() {
    let mut story = started(day(2026, 3, 1), Duration::Days30);
    let people = &mut story.facts.partners.get_mut(&samples::partner().id).expect("the partner").people;
    for id in ["assigned", "other"] {
        let mut person = samples::actor(PartnerRole::SalesAdministrator).person;
        (person.id, person.email) = (id.into(), format!("{id}@noordzee.example"));
        people.push(person);
    }
    story.organisation.partners[0].assignment.assigned = vec!["assigned".into()];
    story.days(25);
    let told = story.mailed(MailKind::EndsSoon);
    assert!(told.contains(&"assigned@noordzee.example") && !told.contains(&"other@noordzee.example"));
    assert!(
        !told.contains(&"read-only-administrator@noordzee.example") && !told.contains(&"help-desk@noordzee.example")
    );
}

#[test]
fn with_less_than_7_days_left_the_notice_goes_at_once_with_its_end_l6() {
    let mut story = started(day(2026, 3, 1), Duration::Days30);
    let end = day(2026, 3, 5);
    story.organisation.trials[0].phase = Phase::Started { start: day(2026, 3, 1), end };
    story.organisation.trials[0].mails = crate::notice::notices(story.today(), end);
    story.until(story.now);
    assert_eq!(days_of(&story, MailKind::EndsSoon), [day(2026, 3, 1)]);
    story.days(10);
    assert_eq!(days_of(&story, MailKind::EndsSoon).len(), 1);
}

#[test]
fn hybrid_call_service_gave_no_numbers_out_and_none_are_kept_l3() {
    let mut draft = samples::customer_draft(&[Service::Calling]);
    draft.calling = Some(crate::service::CallingKind::Hybrid);
    let mut story = Story::started(draft);
    let dates = crate::trial::dates_of(story.trial("trial-1"));
    assert!(dates.iter().all(|(_, kind)| *kind != crate::trial::DateKind::NumberRelease));
    story.days(60);
    assert_eq!(story.trial("trial-1").numbers_until, None);
}

#[test]
fn an_organisation_with_another_trial_closes_only_with_the_last_one_l3() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), true);
    story.days(20);
    let second = samples::customer_draft(&[Service::Meetings]).check_edit(&Default::default()).expect("fine");
    story.does(&samples::actor(PartnerRole::SalesAdministrator), crate::act::Act::Add(second, "second".into()));
    story.on(day(2026, 4, 30));
    assert_eq!((story.state("asked"), story.organisation.closed), (State::Closed, None));
    assert_eq!(story.organisation.people.len(), 5);
    story.on(day(2026, 5, 20));
    assert_eq!(story.organisation.closed, Some(day(2026, 5, 20)));
    assert!(story.organisation.access(&samples::partner().id).is_none());
    assert_eq!(story.trial("asked").state(story.today()), State::Closed);
}

#[test]
fn a_purchased_service_keeps_the_organisation_open_and_its_users_l3() {
    let mut story = started(day(2026, 3, 1), Duration::Days30);
    let since = day(2026, 1, 1);
    let owned = crate::organisation::Purchase { service: Service::Meetings, licences: Some(1), since, trial: None };
    story.organisation.purchased.push(owned);
    story.organisation.people[1].services.insert(Service::Meetings);
    story.days(60);
    assert_eq!((story.state("trial-1"), story.organisation.closed), (State::Closed, None));
    assert_eq!(story.organisation.people[1].services, [Service::Meetings].into());
    assert_eq!(story.mailed(MailKind::AccessOver), ["user@example.com"]);
}

#[test]
fn when_time_changes_something_next_is_known_l13() {
    let mut story = started(day(2026, 3, 1), Duration::Days30);
    // The welcome goes 24 hours after the start at the latest (N17).
    for expected in [
        day(2026, 3, 2).begin() + chrono::TimeDelta::hours(10),
        day(2026, 3, 24).begin(),
        day(2026, 3, 31).begin(),
        day(2026, 4, 30).begin(),
        day(2026, 5, 15).begin(),
    ] {
        assert_eq!(next_due(&story.organisation), Some(expected));
        let just_before = expected - chrono::TimeDelta::seconds(1);
        assert!(pass(&story.organisation, just_before, &story.facts).is_empty());
        story.until(expected);
    }
    assert_eq!(next_due(&story.organisation), None);
}

#[test]
fn each_missed_day_is_played_as_of_itself_and_in_order_l13() {
    let mut story = started(day(2026, 3, 1), Duration::Days30);
    story.on(day(2027, 1, 1));
    let days: Vec<_> = story.changes.iter().map(|change| (Day::of(change.at), change.deed)).collect();
    let mut unique = days.clone();
    unique.dedup();
    assert_eq!(
        unique,
        [
            (day(2026, 3, 2), Deed::Welcomed),
            (day(2026, 3, 24), Deed::Noticed),
            (day(2026, 3, 31), Deed::Noticed),
            (day(2026, 4, 30), Deed::Closed),
            (day(2026, 5, 15), Deed::NumbersReleased),
        ]
    );
}

#[test]
fn looking_at_what_time_will_bring_changes_nothing_l14() {
    let story = started(day(2026, 3, 1), Duration::Days30);
    let before = story.organisation.clone();
    let later = passed(&story.organisation, day(2026, 6, 1).begin(), &story.facts);
    assert_eq!(story.organisation, before);
    assert_eq!(later.closed, Some(day(2026, 4, 30)));
}

/// What happens in a story, by its number, from the first day on.
fn play(number: u32, mut until: impl FnMut(&mut Story, Day)) -> Story {
    let durations = Duration::ALL;
    let services = [
        vec![Service::Messaging],
        vec![Service::Meetings, Service::Calling],
        vec![Service::Messaging, Service::Devices],
    ];
    let kind = (number / 3) % 6;
    let draft = TrialDraft {
        duration: durations[number as usize % 3],
        ..samples::customer_draft(&services[(number / 18) as usize % 3])
    };
    let first = day(2026, 3, 1);
    let sales = samples::actor(PartnerRole::SalesAdministrator);
    let mut story = match kind {
        0 | 1 => Story::started(draft),
        2 => Story::asked(draft),
        3 => Story::accepted(draft, number.is_multiple_of(2)),
        _ => Story::running(draft, number.is_multiple_of(2)),
    };
    if story.organisation.trials[0].shipments.iter().any(|_| story.organisation.trials[0].started.is_some()) {
        let id = story.organisation.trials[0].id.to_string();
        let serials = vec!["A".to_owned(), "B".to_owned()];
        let send = crate::act::ShipmentAct::Send { serials, demo_order_number: "D".to_owned(), end: None };
        let act = crate::act::TrialAct::Shipment(DeviceType::DeskPhone, send);
        story.does_with(&samples::trials_team(), &id, act);
    }
    let (id, act_on) = (story.organisation.trials[0].id.to_string(), first.plus(5 + number % 60));
    until(&mut story, act_on);
    match kind {
        1 => drop(
            story
                .tries_with(&sales, &id, crate::act::TrialAct::Extend(Duration::Days90, true))
                .map(|change| story.take(change)),
        ),
        4 => drop(story.tries_with(&sales, &id, crate::act::TrialAct::Cancel).map(|change| story.take(change))),
        _ => {}
    }
    until(&mut story, first.plus(400));
    story
}

#[test]
fn a_thousand_trials_over_400_days_stepped_daily_and_in_one_jump_are_the_same_l13() {
    let mut mails = 0;
    for number in 0..1000 {
        let jumped = play(number, |story, day| story.on(day));
        let stepped = play(number, |story, day| {
            while story.today() < day {
                story.on(story.today().plus(1));
            }
        });
        assert_eq!(jumped.changes, stepped.changes, "story {number}");
        assert_eq!(jumped.organisation, stepped.organisation, "story {number}");
        mails += jumped.changes.iter().map(|change| change.mails.len()).sum::<usize>();
    }
    assert!(mails > 5_000, "there is something to compare: {mails}");
}

#[test]
fn what_went_out_is_remembered_once_for_its_end_and_has_its_key_l8() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    story.days(60);
    let end = day(2026, 3, 31);
    let noticed = [(MailKind::EndsSoon, end), (MailKind::Ended, end), (MailKind::AccessOver, end)];
    assert_eq!(story.trial("asked").noticed, noticed, "each once, though it went to two groups");
    let started = story.mails(MailKind::Started);
    assert!(!started.is_empty() && started.iter().all(|(_, mail)| mail.key == MailKey::Act));
}

#[test]
fn at_the_closing_what_was_not_provisioned_stops_and_what_was_stays_done_l3_n17() {
    let mut story = started(day(2026, 3, 1), Duration::Days30);
    story.provisions("trial-1", Service::Messaging, Ok(()));
    story.provisions("trial-1", Service::Calling, Err("no numbers".to_owned()));
    let done = story.trial("trial-1").provisioning[0].state;
    story.days(60);
    let states: Vec<Provisioning> = story.trial("trial-1").provisioning.iter().map(|step| step.state).collect();
    assert_eq!(states, [done, Provisioning::Stopped]);
}
