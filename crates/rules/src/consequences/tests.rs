use super::*;
use crate::act::{Act, TrialAct, decide};
use crate::device::DeviceType;
use crate::draft::TrialDraft;
use crate::people::{Actor, PartnerRole};
use crate::samples::{self, Story, day};
use crate::service::Duration;

fn sales() -> Actor {
    samples::actor(PartnerRole::SalesAdministrator)
}

fn preview(story: &Story, actor: &Actor, act: Act) -> Consequences {
    let context = Context { actor: Some(actor), now: story.now, facts: &story.facts };
    let change = decide(Some(&story.organisation), act, context).expect("it may be done");
    consequences(Some(&story.organisation), &change, &samples::partner().id, context)
}

fn with(act: TrialAct) -> Act {
    Act::Trial("asked".into(), act)
}

fn everything() -> TrialDraft {
    TrialDraft { administrator_email: "admin@example.com".to_owned(), ..samples::full_draft() }
}

#[test]
fn starting_previews_every_date_and_mail_and_no_loss_e6_n15() {
    let (actor, facts) = (sales(), samples::facts());
    let context = Context { actor: Some(&actor), now: samples::now(), facts: &facts };
    let change = samples::started(samples::full_draft());
    let found = consequences(None, &change, &samples::partner().id, context);
    assert_eq!(
        (found.deed, found.before.is_none(), found.lost.is_empty(), found.closes),
        (Deed::Started, true, true, false)
    );
    assert_eq!(found.access, (None, Some(AccessLevel::FullAdministrator)));
    let after = found.after.expect("a trial");
    assert_eq!(after.dates, dates_of(&samples::trial(samples::full_draft())));
    let kinds: Vec<_> = found.added.iter().map(|mail| (mail.on, mail.kind, mail.people)).collect();
    assert!(kinds.contains(&(None, MailKind::Welcome, 1)) && kinds.contains(&(None, MailKind::LicenceAgreement, 1)));
    assert!(kinds.contains(&(Some(day(2026, 4, 23)), MailKind::EndsSoon, 2)), "the partner's two people");
}

#[test]
fn cancelling_names_all_that_is_lost_the_held_mails_and_the_dropped_notices_k1_k2_e6() {
    let mut story = Story::running(everything(), false);
    story.days(3);
    let user = story.organisation.people.iter_mut().find(|member| member.id == "user".into()).expect("a user");
    user.services = [Service::Messaging].into();
    let found = preview(&story, &sales(), with(TrialAct::Cancel));
    let lost = Inventory {
        services: Service::ALL.to_vec(),
        licences: Some(200),
        users: 1,
        site: Some("vandijk".to_owned()),
        phone_numbers: 29,
        device_licences: 5,
        administrators: 4,
    };
    assert_eq!((found.lost, found.closes), (lost, true));
    let held: Vec<_> = found.added.iter().map(|mail| (mail.on, mail.kind, mail.group, mail.people)).collect();
    let (on, kind) = (Some(story.today()), MailKind::Cancelled);
    assert_eq!(
        held,
        [
            (on, kind, Recipients::CustomerAdministrators, 4),
            (on, kind, Recipients::PartnerAdministrators, 2),
            (on, kind, Recipients::Users, 1)
        ]
    );
    let dropped: Vec<_> = found.dropped.iter().map(|mail| mail.kind).collect();
    for kind in [MailKind::EndsSoon, MailKind::Ended, MailKind::AccessOver, MailKind::LicenceAgreement] {
        assert!(dropped.contains(&kind), "{kind:?}");
    }
    let after = found.after.expect("a trial");
    assert_eq!(after.state, State::Cancelled);
    let dates = [
        (day(2026, 3, 1), DateKind::Start),
        (day(2026, 3, 4), DateKind::Cancelled),
        (day(2026, 3, 19), DateKind::NumberRelease),
    ];
    assert_eq!(after.dates, dates, "what was not sent does not come back");
}

#[test]
fn where_the_organisation_lives_on_no_administrator_loses_the_role_l3_l9() {
    let mut story = Story::running(everything(), false);
    assert_eq!(inventory(&story.organisation, story.trial("asked"), story.today()).administrators, 4);
    let since = story.today();
    story.organisation.purchased.push(crate::organisation::Purchase {
        service: Service::Meetings,
        licences: None,
        since,
        trial: None,
    });
    let found = preview(&story, &sales(), with(TrialAct::Cancel));
    assert_eq!((found.closes, found.lost.administrators), (false, 0));
    assert_eq!(inventory(&story.organisation, story.trial("asked"), story.today()).administrators, 0);
}

#[test]
fn undoing_loses_nothing_and_plans_again_what_was_dropped_k2_e6() {
    let mut story = Story::running(everything(), false);
    let cancel = preview(&story, &sales(), with(TrialAct::Cancel));
    story.does_with(&sales(), "asked", TrialAct::Cancel);
    let found = preview(&story, &sales(), with(TrialAct::Undo));
    assert!(found.lost.is_empty() && !found.closes);
    assert_eq!(found.added, cancel.dropped);
    assert_eq!(found.dropped, cancel.added, "the mails that tell of the cancelling are still held");
    assert!(!found.dropped.is_empty());
    assert_eq!((found.before, found.after), (cancel.after, cancel.before));
}

#[test]
fn what_has_happened_stays_and_the_day_of_the_act_comes_to_it_e6_c4_k2() {
    let services = [Service::Messaging];
    let story = |days| {
        let mut story = Story::running(samples::customer_draft(&services), false);
        story.days(days);
        story
    };
    let (start, first, end) = (day(2026, 3, 1), DateKind::FirstNotice, DateKind::End);
    for (act, kind) in [
        (TrialAct::Cancel, DateKind::Cancelled),
        (TrialAct::Convert(samples::conversion(&services)), DateKind::Converted),
    ] {
        let dates = |story: &Story| preview(story, &sales(), with(act.clone())).after.expect("a trial").dates;
        assert_eq!(dates(&story(2)), [(start, DateKind::Start), (start.plus(2), kind)]);
        let (noticed, ended) = ((start.plus(23), first), (start.plus(30), end));
        assert_eq!(dates(&story(25)), [(start, DateKind::Start), noticed, (start.plus(25), kind)]);
        assert_eq!(dates(&story(33)), [(start, DateKind::Start), noticed, ended, (start.plus(33), kind)]);
    }
}

#[test]
fn an_edit_names_the_licences_site_devices_and_numbers_that_go_e4_e6() {
    let mut story = Story::running(everything(), true);
    story.days(1);
    let mut less = everything();
    less.skip_shipping();
    less.licences = "150".to_owned();
    less.meetings_options = [].into();
    less.device_licences.board = "0".to_owned();
    less.locations = "1".to_owned();
    let ordered = less.check_edit(&Default::default()).expect("fine");
    let found = preview(&story, &sales(), with(TrialAct::Edit(Box::new(ordered), false)));
    let lost = Inventory {
        licences: Some(50),
        site: Some("vandijk".to_owned()),
        phone_numbers: 2,
        device_licences: 1,
        ..Inventory::default()
    };
    assert_eq!(found.lost, lost);
    assert!(found.dropped.is_empty(), "the notices stay: the end is the same");
}

#[test]
fn extending_shows_both_ends_and_moves_only_the_notices_e1_e3_e6() {
    let mut story = Story::running(everything(), false);
    story.days(10);
    let found = preview(&story, &sales(), with(TrialAct::Extend(Duration::Days90, false)));
    let end = |view: &Option<TrialView>| {
        let dates = &view.as_ref().expect("a trial").dates;
        dates.iter().find(|(_, kind)| *kind == DateKind::End).map(|(day, _)| *day)
    };
    assert_eq!((end(&found.before), end(&found.after)), (Some(day(2026, 4, 30)), Some(day(2026, 6, 9))));
    let device = |view: &Option<TrialView>| {
        let dates = &view.as_ref().expect("a trial").dates;
        dates.iter().find(|(_, kind)| *kind == DateKind::DeviceEnd(DeviceType::DeskPhone)).map(|(day, _)| *day)
    };
    assert_eq!(device(&found.before), device(&found.after));
    assert_eq!((found.added.len(), found.dropped.len()), (6, 5), "five notices each, and the mail of X10");
}

#[test]
fn sending_drops_nothing_that_it_sends_d6_e6() {
    let story = Story::running(everything(), true);
    let serials = vec!["1".to_owned(), "2".to_owned()];
    let send = crate::act::ShipmentAct::Send { serials, demo_order_number: "D".to_owned(), end: None };
    let act = with(TrialAct::Shipment(DeviceType::DeskPhone, send));
    let found = preview(&story, &samples::trials_team(), act);
    assert!(found.dropped.is_empty());
    let sent: Vec<_> = found.added.iter().map(|mail| (mail.kind, mail.people)).collect();
    assert_eq!(sent, [(MailKind::LicenceAgreement, 4), (MailKind::LicenceAgreement, 2)]);
}

#[test]
fn changing_access_shows_the_level_before_and_after_h3_e6() {
    let story = Story::running(everything(), false);
    let raise = Act::SetAccess(samples::partner().id, AccessLevel::FullAdministrator);
    let found = preview(&story, &story.person("full-1"), raise);
    assert_eq!(found.access, (Some(AccessLevel::Provisioning), Some(AccessLevel::FullAdministrator)));
    assert!(found.before.is_none() && found.added.is_empty() && found.dropped.is_empty());
}

#[test]
fn a_change_of_access_tells_what_becomes_of_each_trial_and_request_of_that_partner_h3_e6() {
    let partner = samples::partner().id;
    let reduce = || Act::SetAccess(samples::partner().id, AccessLevel::Provisioning);
    let told = |story: &Story, act: Act| -> Vec<(String, State, State, Option<Day>, bool)> {
        let found = preview(story, &story.person("full-1"), act);
        let of = |each: TrialOfPartner| (each.trial.0, each.before, each.after, each.end, each.devices_out);
        found.of_partner.into_iter().map(of).collect()
    };
    let row = |id: &str, before, after, end| (id.to_owned(), before, after, end, false);

    let awaiting = Story::accepted(everything(), true);
    let cancelled = row("asked", State::Awaiting, State::Cancelled, None);
    assert_eq!(told(&awaiting, Act::RemovePartner(partner.clone())), [cancelled]);
    assert_eq!(told(&awaiting, reduce()), [row("asked", State::Awaiting, State::Awaiting, None)]);

    // With provisioning access the partner asks for more by another request (A1).
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    story.days(1);
    story.does(&sales(), samples::ask(samples::customer_draft(&[Service::Meetings]), "second"));
    let raise = || Act::SetAccess(samples::partner().id, AccessLevel::FullAdministrator);
    let end = story.trial("asked").end();
    let both = [row("asked", State::Running, State::Running, end), row("second", State::Pending, State::Pending, None)];
    assert_eq!(told(&story, Act::RemovePartner(partner.clone())), both);
    assert_eq!(told(&story, raise()), both);
    assert_eq!(preview(&story, &story.person("full-1"), raise()).of_partner[1].services, [Service::Meetings]);
    assert!(preview(&story, &sales(), with(TrialAct::Cancel)).of_partner.is_empty(), "another act tells of its trial");

    let mut devices = Story::running(everything(), true);
    let serials = vec!["1".to_owned(), "2".to_owned()];
    let send = crate::act::ShipmentAct::Send { serials, demo_order_number: "D".to_owned(), end: None };
    devices.does_with(&samples::trials_team(), "asked", TrialAct::Shipment(DeviceType::DeskPhone, send));
    assert!(told(&devices, Act::RemovePartner(partner)).iter().all(|(.., out)| *out));
}

#[test]
fn nothing_is_lost_only_while_every_count_is_none_l9() {
    assert!(Inventory::default().is_empty());
    assert!(!Inventory { users: 1, ..Inventory::default() }.is_empty());
    assert!(!Inventory { services: vec![Service::Messaging], ..Inventory::default() }.is_empty());
}

#[test]
fn the_organisation_closes_with_the_closing_itself_and_not_with_what_follows_l3_l14() {
    let mut story = Story::started(everything());
    let serials = vec!["1".to_owned(), "2".to_owned()];
    let send = crate::act::ShipmentAct::Send { serials, demo_order_number: "D".to_owned(), end: None };
    let shipment = |act| TrialAct::Shipment(DeviceType::DeskPhone, act);
    story.does_with(&samples::trials_team(), "trial-1", shipment(send));
    let before = story.organisation.clone();
    let changes = crate::time::pass(&before, story.now + chrono::TimeDelta::days(120), &story.facts);
    let mut now = before;
    let mut closing = Vec::new();
    for change in &changes {
        let context = Context { actor: None, now: change.at, facts: &story.facts };
        let found = consequences(Some(&now), change, &samples::partner().id, context);
        if found.closes {
            closing.push((change.deed, found.lost.administrators));
        }
        now = evolve(Some(now), change).expect("a change of this organisation");
    }
    assert_eq!(closing, [(Deed::Closed, 1)]);
    assert!(changes.last().is_some_and(|change| change.deed == Deed::OverdueMailed), "devices are still out");
}
