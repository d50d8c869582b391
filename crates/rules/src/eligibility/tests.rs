use super::*;
use crate::act::TrialAct;
use crate::organisation::Purchase;
use crate::people::{Partner, PartnerRole};
use crate::samples::{self, Story};

fn purchase(service: Service) -> Purchase {
    Purchase { service, licences: Some(5), since: samples::day(2026, 1, 1), trial: None }
}

/// Rule, fact and day of each service that is not offered.
fn blocked(story: &Story, reader: &Partner) -> Vec<(Service, RuleId, Because, Option<Day>)> {
    let all = eligibility(&story.organisation, &reader.id, story.now).into_iter();
    all.filter_map(|each| match each.verdict {
        Verdict::Allowed => None,
        Verdict::Blocked(refusal) => {
            assert_eq!(refusal.service, Some(each.service), "it says which service it is about");
            Some((each.service, refusal.rule, refusal.because, refusal.from))
        }
    })
    .collect()
}

/// A trial of a competitor with some services, from [`Story::running`].
fn of_competitor(services: &[Service]) -> Story {
    let mut story = Story::running(samples::customer_draft(services), false);
    hand_to_competitor(&mut story);
    story
}

fn hand_to_competitor(story: &mut Story) {
    let competitor = samples::competitor().id;
    story.organisation.trials[0].partner = competitor.clone();
    story.organisation.partners[0].partner = competitor;
}

/// The customer owns Meetings; a competitor's trial of Calling is in grace; a third
/// partner has a pending request for Messaging.
#[test]
fn what_is_owned_or_in_anothers_trial_is_blocked_and_what_is_only_asked_for_is_not_x4_a2_p8() {
    let mut story = of_competitor(&[Service::Calling]);
    story.organisation.purchased.push(purchase(Service::Meetings));
    story.days(31);
    let third = samples::actor_of(&samples::tier_two(), PartnerRole::SalesFullAdministrator);
    story.does(&third, samples::ask(samples::customer_draft(&[Service::Messaging]), "third"));

    let closes = samples::day(2026, 4, 30);
    let meetings = (Service::Meetings, RuleId::X4, Because::AlreadyPurchased, None);
    let calling = |because| (Service::Calling, RuleId::X4, because, Some(closes));
    for (reader, because) in [
        (samples::partner(), Because::InTrialWithAnotherPartner),
        (samples::tier_two(), Because::InTrialWithAnotherPartner),
        (samples::competitor(), Because::InOwnTrial),
    ] {
        assert_eq!(blocked(&story, &reader), [meetings, calling(because)], "{}", reader.id);
    }
    story.on(closes);
    assert_eq!(blocked(&story, &samples::partner()), [meetings], "the day that was told holds");
}

#[test]
fn a_blocked_service_says_the_rule_the_fact_what_to_do_and_from_when_n11() {
    let mut story = of_competitor(&[Service::Messaging]);
    story.organisation.purchased.push(purchase(Service::Calling));
    let verdict = |service| offered(&story.organisation, service, &samples::partner().id, None, story.now);
    let from = samples::day(2026, 4, 30);
    let expected = Refusal::new(RuleId::X4, Because::InTrialWithAnotherPartner, Remedy::ChooseOther);
    assert_eq!(verdict(Service::Messaging), Verdict::Blocked(expected.service(Service::Messaging).from(from)));
    let expected = Refusal::new(RuleId::A2, Because::AlreadyPurchased, Remedy::ChooseOther);
    assert_eq!(verdict(Service::Calling), Verdict::Blocked(expected.service(Service::Calling)), "no day changes it");
    assert_eq!(verdict(Service::Devices), Verdict::Allowed);
}

#[test]
fn hybrid_call_service_counts_as_calling_x4() {
    let mut draft = samples::customer_draft(&[Service::Calling]);
    draft.calling = Some(crate::service::CallingKind::Hybrid);
    let story = Story::running(draft, false);
    assert_eq!(blocked(&story, &samples::partner())[0].0, Service::Calling);
}

#[test]
fn each_state_of_a_trial_blocks_or_does_not_x4() {
    let on = samples::day(2026, 3, 1);
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    let rows = [
        (Phase::Pending { answer_by: on.plus(30) }, None),
        (Phase::Awaiting { since: on }, Some(Some(on.plus(91)))),
        (Phase::Started { start: on, end: on.plus(30) }, Some(Some(on.plus(60)))),
        (Phase::Started { start: on.minus(40), end: on.minus(10) }, Some(Some(on.plus(20)))),
        (Phase::Started { start: on.minus(60), end: on.minus(30) }, None),
        (Phase::Converted { on }, None),
        (Phase::Declined { on }, None),
        (Phase::Lapsed { on }, None),
    ];
    for (phase, from) in rows {
        story.organisation.trials[0].phase = phase;
        let found = blocked(&story, &samples::partner());
        assert_eq!(found.first().map(|(.., from)| *from), from, "{phase:?}");
    }
}

#[test]
fn for_5_minutes_a_cancelled_trial_blocks_and_of_anothers_only_the_day_is_told_x4_p8() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    story.does_with(&samples::actor(PartnerRole::SalesAdministrator), "asked", TrialAct::Cancel);
    let until = story.now + chrono::TimeDelta::minutes(5);
    let verdict = |story: &Story, reader: &Partner| {
        let Verdict::Blocked(refusal) = offered(&story.organisation, Service::Messaging, &reader.id, None, story.now)
        else {
            return None;
        };
        Some((refusal.because, refusal.remedy, refusal.from_instant))
    };
    let own = Some((Because::JustCancelled, Remedy::Wait, Some(until)));
    let others = Some((Because::InTrialWithAnotherPartner, Remedy::ChooseOther, None));
    assert_eq!((verdict(&story, &samples::partner()), verdict(&story, &samples::competitor())), (own, others));
    story.minutes(4);
    assert!(verdict(&story, &samples::competitor()).is_some());
    story.minutes(1);
    assert_eq!((verdict(&story, &samples::partner()), verdict(&story, &samples::competitor())), (None, None));
}

#[test]
fn a_request_that_was_withdrawn_blocks_nobody_x4() {
    let mut story = Story::asked(samples::customer_draft(&[Service::Messaging]));
    story.does_with(&samples::actor(PartnerRole::SalesAdministrator), "asked", TrialAct::Cancel);
    assert!(blocked(&story, &samples::competitor()).is_empty());
}

#[test]
fn when_several_block_the_last_of_them_decides_the_day_n11() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    for (id, days) in [("later", 90), ("earlier", 20)] {
        let mut other = story.organisation.trials[0].clone();
        other.id = id.into();
        other.phase = Phase::Started { start: story.today(), end: story.today().plus(days) };
        story.organisation.trials.push(other);
    }
    assert_eq!(blocked(&story, &samples::partner())[0].3, Some(story.today().plus(120)));
}

#[test]
fn the_trial_for_which_it_is_asked_does_not_block_itself_x4() {
    let story = Story::accepted(samples::customer_draft(&[Service::Messaging]), false);
    let reader = samples::partner().id;
    let verdict = |except| offered(&story.organisation, Service::Messaging, &reader, except, story.now);
    assert!(!verdict(None).is_allowed());
    assert!(verdict(Some(&"asked".into())).is_allowed());
}

#[test]
fn the_day_from_which_it_is_free_is_the_first_day_on_which_it_is_offered_x4_x18() {
    for mut story in [
        Story::running(samples::customer_draft(&[Service::Messaging]), false),
        Story::accepted(samples::customer_draft(&[Service::Messaging]), false),
    ] {
        let from = blocked(&story, &samples::partner())[0].3.expect("a day");
        story.until(from.begin() - chrono::TimeDelta::seconds(1));
        assert!(!blocked(&story, &samples::partner()).is_empty());
        story.until(from.begin());
        assert!(blocked(&story, &samples::partner()).is_empty());
    }
}

#[test]
fn a_cancelling_can_be_undone_for_5_minutes_by_somebody_and_not_what_the_system_did_k2_x18() {
    let mut trial = samples::trial(samples::shortest_draft());
    let (at, before) = (samples::now(), trial.phase);
    assert_eq!(can_be_undone_until(&trial, at), None);
    trial.phase = Phase::Cancelled { on: Day::of(at), started: true };
    trial.cancellation = Some(Cancellation { by: Some("somebody".into()), at, before });
    let after = |trial: &Trial, seconds| can_be_undone_until(trial, at + chrono::TimeDelta::seconds(seconds));
    let until = at + chrono::TimeDelta::minutes(5);
    assert_eq!((after(&trial, 0), after(&trial, 299)), (Some(until), Some(until)));
    assert_eq!((after(&trial, 300), after(&trial, 900)), (None, None));
    let settled = Trial { settled: true, ..trial.clone() };
    assert_eq!(after(&settled, 0), None);
    let by_system = Trial { cancellation: Some(Cancellation { by: None, at, before }), ..trial.clone() };
    assert_eq!(after(&by_system, 0), None);
    trial.phase = Phase::Cancelled { on: Day::of(at), started: false };
    assert_eq!(after(&trial, 0), None, "what had not started has left for good (X13)");
}
