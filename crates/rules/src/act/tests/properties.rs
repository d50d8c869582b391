//! What holds whatever people do, and in whatever order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::sequences::{play, steps};
use super::*;
use crate::act::Context;
use crate::change::{MailKey, between, evolve};
use crate::clock::{Day, Instant};
use crate::consequences::consequences;
use crate::device::{DEVICE_DAYS_MAX, ShipmentState};
use crate::ids::{PartnerId, TrialId};
use crate::notice::MailKind;
use crate::organisation::{AccessLevel, Organisation};
use crate::trial::{Phase, State, Trial};

/// As many cases as each property has.
fn cases() -> ProptestConfig {
    ProptestConfig { cases: 10_000, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() }
}

fn different<T: Ord>(all: impl IntoIterator<Item = T>) -> bool {
    let mut known = BTreeSet::new();
    all.into_iter().all(|each| known.insert(each))
}

/// What must hold of an organisation at any time.
fn invariants(organisation: &Organisation, now: Instant) {
    let today = Day::of(now);
    assert!(different(organisation.people.iter().map(|member| &member.id)), "a person is there once");
    assert!(different(organisation.people.iter().map(|member| &member.email)), "an address is there once");
    assert!(different(organisation.partners.iter().map(|each| &each.partner)));
    assert!(different(organisation.purchased.iter().map(|each| each.service)), "a service is owned once");
    assert!(different(organisation.blocked.iter().map(|each| &each.partner)), "a partner is blocked once");
    assert!(different(organisation.trials.iter().map(|trial| &trial.id)));
    match organisation.closed {
        None => assert!(organisation.full_administrators().next().is_some(), "a full administrator stays (H5)"),
        Some(_) => {
            assert!(organisation.people.is_empty() && organisation.purchased.is_empty());
            assert!(organisation.partners.iter().all(|each| each.access.is_none()));
            assert!(organisation.trials.iter().all(|trial| !trial.state(today).holds()), "L3");
        }
    }
    for management in &organisation.partners {
        let own = || organisation.trials.iter().filter(|trial| trial.partner == management.partner);
        if management.access.as_ref().is_some_and(|access| access.by_request) {
            let kept = own().any(|trial| trial.is_kept(today) || trial.state(today) == State::Converted);
            assert!(kept, "access by request has a trial that holds or was converted (X17)");
        }
        let pending = own().filter(|trial| trial.state(today) == State::Pending).count();
        assert!(pending <= 1, "one open request (X14)");
        assert!(management.ended.is_none() || management.access.is_none());
    }
    for service in Service::ALL {
        let holding: Vec<&TrialId> = organisation
            .trials
            .iter()
            .filter(|trial| trial.state(today) != State::Awaiting && trial.started.is_some())
            .filter(|trial| trial.is_kept(today) && trial.offer.has(service))
            .map(|trial| &trial.id)
            .collect();
        assert!(holding.len() <= 1, "{service:?} is in one running trial (X4): {holding:?}");
        assert!(holding.is_empty() || !organisation.owns(service), "what is owned is not tried (A2)");
        // Licences of an accepted trial can be given before it starts (U2).
        let given = organisation.trials.iter().any(|trial| trial.is_kept(today) && trial.offer.has(service));
        if !given && !organisation.owns(service) {
            assert_eq!(organisation.assigned(service), 0, "nobody has {service:?} that nothing gives (L3)");
        }
    }
    organisation.trials.iter().for_each(|trial| of_trial(trial, now));
}

fn of_trial(trial: &Trial, now: Instant) {
    let state = trial.state(Day::of(now));
    assert!(different(trial.shipments.iter().map(|shipment| shipment.device)), "one shipment for each type (D4)");
    for shipment in &trial.shipments {
        assert!(shipment.end <= shipment.start.plus(DEVICE_DAYS_MAX), "the device end is within 120 days (D6)");
        assert!(shipment.start <= shipment.end);
        assert!(shipment.device.is_shippable() && shipment.count <= 10, "D2, D3");
        assert!(shipment.returned.len() <= shipment.serials.len());
        assert!(shipment.state == ShipmentState::Ordered || trial.started.is_some() || trial.settled, "D11");
        if trial.settled {
            assert!(shipment.extension.is_none(), "open requests close with the trial (D7)");
            assert!(state == State::Converted || shipment.state != ShipmentState::Ordered, "K2");
        }
    }
    assert!(trial.offer.licences.is_none_or(|licences| (1..=1000).contains(&licences)), "E5");
    assert!(!trial.offer.services().is_empty(), "E4");
    assert_eq!(trial.offer.licences.is_some(), trial.offer.services().into_iter().any(Service::has_licences), "N9");
    assert!(different(trial.provisioning.iter().map(|step| step.service)));
    if matches!(trial.phase, Phase::Started { .. }) {
        let steps: BTreeSet<Service> = trial.provisioning.iter().map(|step| step.service).collect();
        assert_eq!(steps, trial.offer.services().into_iter().collect(), "a step for each service (N17)");
    }
    assert!(different(trial.noticed.iter()), "no notice twice for an end (L8)");
    assert!(different(trial.mails.iter()), "nothing is planned twice");
    assert_eq!(trial.state(Day::of(now)) == State::Cancelled, trial.cancellation.is_some());
    assert_eq!(state == State::Converted, trial.conversion.is_some());
    assert!(trial.interest.is_none() || !trial.settled, "the flag goes when the trial is over (C1)");
    if let Phase::Started { start, end } = trial.phase {
        assert!(start < end && trial.started.is_some());
        for mail in trial.mails.iter().filter(|mail| mail.kind == MailKind::Ended) {
            assert_eq!(mail.due, crate::notice::Due::On(end), "notices are of the end as it is (E3)");
        }
    }
    if trial.settled {
        assert!(trial.mails.iter().all(|mail| !mail.kind.is_notice()), "none once it is over (L8)");
    }
    if let (Some(request), Some(granted)) = (&trial.request, trial.granted()) {
        assert!(granted.excess(&request.asked).is_none(), "granted never exceeds asked (X9)");
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn acts_in_any_order_break_nothing_p8_x14_x17_d4_d6_l8_h5((start, steps) in steps()) {
        let story = play(start, &steps, |story, change| {
            let after = evolve(Some(story.organisation.clone()), change).expect("evolve is total");
            invariants(&after, change.at);
        });
        invariants(&story.organisation, story.now);
    }

    #[test]
    fn what_evolves_is_what_was_decided_and_the_preview_is_what_happens_e6((start, steps) in steps()) {
        play(start, &steps, |story, change| {
            let before = &story.organisation;
            let after = evolve(Some(before.clone()), change).expect("evolve is total");
            // A change says all that differs, and stored and read again it says the same.
            // Every fourth is enough: writing and reading costs more than all the rest.
            assert_eq!(between(Some(before), &after), change.parts);
            let actor = sales();
            let context = Context { actor: Some(&actor), now: change.at, facts: &story.facts };
            let shown = |change: &Change| consequences(Some(before), change, &samples::partner().id, context);
            if story.changes.len() % 4 == 0 {
                let text = serde_json::to_string(change).expect("a change can be written");
                let stored: Change = serde_json::from_str(&text).expect("and read");
                assert_eq!(shown(change), shown(&stored));
                assert_eq!(evolve(Some(before.clone()), &stored).as_ref(), Some(&after));
            }
            let preview = shown(change);
            let trial = change.trial.as_ref().and_then(|id| after.trial(id));
            assert_eq!(preview.after.map(|view| (view.offer, view.state)), trial.map(|trial| (trial.offer.clone(), trial.state(preview.today))));
            let now: u32 = preview.added.iter().filter(|mail| mail.on == Some(preview.today)).map(|mail| mail.people).sum();
            let held = change.mails.iter().filter(|mail| mail.held_until.is_none_or(|until| Day::of(until) == preview.today));
            assert!(usize::try_from(now).expect("few") >= held.count(), "each mail of the act is in its preview");
        });
    }

    #[test]
    fn nothing_is_given_beyond_what_was_asked_and_accepted_x9_x10((start, steps) in steps()) {
        let mut raised: BTreeSet<(PartnerId, TrialId)> = BTreeSet::new();
        play(start, &steps, |story, change| {
            let after = evolve(Some(story.organisation.clone()), change).expect("evolve is total");
            for trial in &after.trials {
                let level = |organisation: &Organisation| organisation.access(&trial.partner).map(|access| access.level);
                let full = [level(&story.organisation), level(&after)].contains(&Some(AccessLevel::FullAdministrator));
                if full {
                    raised.insert((trial.partner.clone(), trial.id.clone()));
                }
                if !raised.contains(&(trial.partner.clone(), trial.id.clone())) && let Some(granted) = trial.granted() {
                    assert!(trial.offer.excess(&granted).is_none(), "{:?} beyond {granted:?}", trial.offer);
                }
            }
        });
    }

    #[test]
    fn no_mail_goes_twice_l8((start, steps) in steps()) {
        let mut gone: BTreeMap<(MailKind, Option<TrialId>, MailKey, String), Instant> = BTreeMap::new();
        play(start, &steps, |_, change| {
            let in_one: Vec<_> = change.mails.iter().map(|mail| (mail.kind, &mail.email, mail.device)).collect();
            assert!(different(in_one), "one mail each in an act: {change:?}");
            // The key of an act is the act itself: of the same one there is only one.
            for mail in change.mails.iter().filter(|mail| mail.key != MailKey::Act) {
                let key = (mail.kind, change.trial.clone(), mail.key.clone(), mail.email.clone());
                assert_eq!(gone.insert(key, change.at), None, "twice: {mail:?}");
            }
        });
    }

    #[test]
    fn stepped_time_is_jumped_time_l13((start, steps) in steps(), days in 1i64..150, hours in 7i64..90) {
        let story = play(start, &steps, |_, _| {});
        let until = story.now + chrono::TimeDelta::days(days);
        let jumped = crate::time::pass(&story.organisation, until, &story.facts);
        let mut now = story.organisation.clone();
        let (mut at, mut stepped) = (story.now, Vec::new());
        while at < until {
            at = (at + chrono::TimeDelta::hours(hours)).min(until);
            for change in crate::time::pass(&now, at, &story.facts) {
                now = evolve(Some(now), &change).expect("evolve is total");
                stepped.push(change);
            }
        }
        assert_eq!(jumped, stepped);
        assert_eq!(crate::time::passed(&story.organisation, until, &story.facts), now);
        assert!(crate::time::next_due(&now).is_none_or(|due| due > until), "nothing is left behind");
        invariants(&now, until);
    }
}
