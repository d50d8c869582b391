//! The set-up, and what it starts (X4, X12, X18, U1, U2, U3).

use super::*;
use crate::change::Deed;
use crate::notice::MailKind;
use crate::organisation::Purchase;
use crate::people::Language;
use crate::set_up::{LocationDraft, SetUpDraft, TERMS_VERSION};
use crate::trial::{AcceptedTerms, Phase, Provisioning, State};

const BOTH: [Service; 2] = [Service::Messaging, Service::Devices];

fn both() -> TrialDraft {
    samples::customer_draft(&BOTH)
}

#[test]
fn finishing_the_set_up_starts_an_accepted_trial_on_that_day_x12_u3() {
    let mut story = Story::accepted(both(), false);
    story.on(samples::day(2026, 3, 10));
    story.does_with(&sales(), "asked", samples::finish_set_up());
    let trial = story.trial("asked");
    let (start, end) = (samples::day(2026, 3, 10), samples::day(2026, 4, 9));
    assert_eq!((trial.phase, trial.started), (Phase::Started { start, end }, Some(story.now)));
    assert!(trial.provisioning.iter().all(|step| step.state == Provisioning::Waiting));
    assert_eq!(trial.provisioning.len(), 2);
    assert_eq!((trial.shipments[0].start, trial.shipments[0].end), (start, end), "device start is day S (D6)");
    let told = ["admin@example.com", "helper@example.com", "second@example.com", "third@example.com"];
    assert_eq!(story.mailed(MailKind::Started), told);
    story.on(end);
    assert_eq!(story.mails(MailKind::EndsSoon)[0].0, end.minus(7));
    assert_eq!(story.state("asked"), State::Expired);
}

#[test]
fn either_side_finishes_the_set_up_but_neither_users_nor_other_partners_u1_u3_p5() {
    let story = Story::accepted(both(), false);
    for (actor, may) in [
        (sales(), true),
        (chief(), true),
        (story.person("full-2"), true),
        (story.person("helper"), true),
        (story.person("user"), false),
        (rival(), false),
        (samples::trials_team(), false),
    ] {
        let result = story.tries_with(&actor, "asked", samples::finish_set_up());
        assert_eq!(result.is_ok(), may, "{}", actor.person.id);
    }
}

#[test]
fn finishing_any_other_set_up_changes_no_date_and_no_status_u3() {
    let mut story = full();
    story.days(3);
    let before = story.trial("trial-1").clone();
    let change = story.does_with(&sales(), "trial-1", samples::finish_set_up());
    assert_eq!((change.deed, change.mails.len()), (Deed::SetUpFinished, 0));
    let mut after = story.trial("trial-1").clone();
    assert_eq!(after.set_up.finished, Some((sales().person.id, story.now)));
    after.set_up = before.set_up.clone();
    assert_eq!(after, before);
}

#[test]
fn the_terms_are_accepted_once_by_a_full_administrator_and_do_not_stop_the_set_up_u2() {
    let mut story = Story::accepted(both(), true);
    for actor in [sales(), story.person("helper")] {
        assert!(story.tries_with(&actor, "asked", samples::accept_terms()).is_err());
    }
    story.does_with(&sales(), "asked", samples::finish_set_up());
    assert_eq!(story.state("asked"), State::Running);
    story.does_with(&story.person("full-3"), "asked", samples::accept_terms());
    let accepted = AcceptedTerms { by: "full-3".into(), at: story.now, language: Language::Nl, version: TERMS_VERSION };
    assert_eq!(story.trial("asked").set_up.terms, Some(accepted));
    let again = says(story.tries_with(&story.person("full-1"), "asked", samples::accept_terms()));
    assert_eq!(again, (RuleId::U2, Because::TermsAccepted, Remedy::Nothing));
}

#[test]
fn what_cannot_be_offered_any_more_is_left_out_and_both_sides_are_told_x4() {
    let mut story = Story::accepted(both(), false);
    story.organisation.purchased.push(Purchase {
        service: Service::Devices,
        licences: None,
        since: story.today(),
        trial: None,
    });
    story.does_with(&sales(), "asked", samples::finish_set_up());
    let trial = story.trial("asked");
    assert_eq!(trial.offer.services(), [Service::Messaging]);
    assert_eq!((trial.provisioning.len(), trial.shipments.len()), (1, 0));
    assert!(trial.mails.iter().all(|mail| mail.kind != MailKind::LicenceAgreement));
    let told = [
        "admin@example.com",
        "helper@example.com",
        "sales-administrator@noordzee.example",
        "sales-full-administrator@noordzee.example",
        "second@example.com",
        "third@example.com",
    ];
    assert_eq!(story.mailed(MailKind::LeftOut), told);
}

#[test]
fn when_nothing_is_left_to_set_up_the_trial_is_cancelled_x4() {
    let mut story = Story::accepted(samples::customer_draft(&[Service::Messaging]), false);
    story.organisation.purchased.push(Purchase {
        service: Service::Messaging,
        licences: Some(3),
        since: story.today(),
        trial: None,
    });
    let change = story.does_with(&sales(), "asked", samples::finish_set_up());
    assert_eq!(change.deed, Deed::SetUpLapsed);
    assert_eq!(story.trial("asked").phase, Phase::Cancelled { on: story.today(), started: false });
    assert_eq!(story.mails(MailKind::SetUpOver).len(), 6);
    assert!(story.organisation.access(&samples::partner().id).is_none(), "access ends (X17)");
    assert!(story.tries_with(&sales(), "asked", TrialAct::Undo).is_err());
}

#[test]
fn an_accepted_trial_that_nobody_sets_up_is_brought_to_mind_and_cancelled_at_the_end_of_day_90_x18() {
    let mut story = Story::accepted(both(), false);
    let accepted = story.today();
    story.until(accepted.plus(91).begin() - chrono::TimeDelta::seconds(1));
    assert_eq!(story.state("asked"), State::Awaiting);
    let mut days: Vec<_> = story.mails(MailKind::SetUpReminder).iter().map(|(day, _)| *day).collect();
    assert_eq!(days.len(), 12, "both sides, twice");
    days.dedup();
    assert_eq!(days, [accepted.plus(7), accepted.plus(30)]);
    assert!(story.tries_with(&sales(), "asked", samples::finish_set_up()).is_ok());
    story.until(accepted.plus(91).begin());
    assert_eq!(story.trial("asked").phase, Phase::Cancelled { on: accepted.plus(91), started: false });
    assert!(story.trial("asked").phase.left_the_list());
    assert!(story.organisation.access(&samples::partner().id).is_none());
    assert_eq!(story.mails(MailKind::SetUpOver).len(), 6);
    assert!(story.organisation.closed.is_none(), "it was there before and lives on");
    let by = story.trial("asked").cancellation.as_ref().map(|cancellation| cancellation.by.clone());
    assert_eq!(by, Some(None), "the system cancels it");
}

#[test]
fn a_set_up_within_the_first_week_brings_no_reminder_x18() {
    let mut story = Story::running(both(), false);
    story.days(100);
    assert!(story.mails(MailKind::SetUpReminder).is_empty());
}

#[test]
fn in_grace_the_set_up_is_read_only_and_of_a_converted_trial_it_is_the_hubs_u3_l12() {
    let mut story = with(&[Service::Messaging]);
    let mut converted = story.clone();
    converted.organisation.people[0].email = "admin@example.com".to_owned();
    converted.does_with(&sales(), "trial-1", TrialAct::Convert(samples::conversion(&[Service::Messaging])));
    let refused = says(converted.tries_with(&sales(), "trial-1", samples::finish_set_up()));
    assert_eq!(refused, (RuleId::H5, Because::WrongState, Remedy::UseHub));
    story.days(30);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", samples::finish_set_up())).0, RuleId::U3);
}

#[test]
fn when_everything_can_be_offered_nobody_is_told_of_a_service_left_out_x4() {
    let story = Story::running(both(), false);
    assert!(story.mails(MailKind::LeftOut).is_empty());
    assert_eq!(story.trial("asked").offer.services(), BOTH);
}

#[test]
fn what_was_typed_is_stored_when_the_set_up_is_finished_and_the_site_only_until_it_is_provisioned_u2_n12() {
    let mut draft = samples::full_draft();
    draft.administrator_email = "admin@example.com".to_owned();
    let mut story = Story::accepted(draft, true);
    let typed = |story: &Story, name: &str| {
        let trial = story.trial("asked");
        let mut typed = SetUpDraft { site_name: name.to_owned(), ..SetUpDraft::of_trial(trial) };
        typed.locations = vec![LocationDraft {
            name: name.to_owned(),
            street: "Havenstraat 1".to_owned(),
            postal_code: "1012 AB".to_owned(),
            city: "Amsterdam".to_owned(),
            country: crate::region::CountryCode::new("NL"),
            provider: "Noordzee Voice".to_owned(),
            numbers: String::new(),
        }];
        TrialAct::FinishSetUp(Box::new(typed.check(trial, &Facts::default()).expect("no problems")))
    };
    let site = |story: &Story| story.trial("asked").site().map(|site| site.name.as_str().to_owned());
    let location = |story: &Story| {
        let first = story.trial("asked").set_up.calling.locations[0].clone();
        first.map(|location| location.name)
    };
    let (first, second) = (typed(&story, "storm"), typed(&story, "gale"));
    story.does_with(&sales(), "asked", first);
    assert_eq!((site(&story), location(&story)), (Some("storm".to_owned()), Some("storm".to_owned())));
    // It was checked before the site was provisioned, and comes after.
    let provisioned = TrialAct::Provisioned(Service::Meetings, Ok(()));
    let context = crate::act::Context { actor: None, now: story.now, facts: &story.facts };
    let act = crate::act::Act::Trial("asked".into(), provisioned);
    let change = crate::act::decide(Some(&story.organisation), act, context).expect("it waits");
    story.organisation = crate::change::evolve(Some(story.organisation.clone()), &change).expect("an organisation");
    story.does_with(&story.person("helper"), "asked", second);
    assert_eq!((site(&story), location(&story)), (Some("storm".to_owned()), Some("gale".to_owned())));
}

#[test]
fn terms_that_changed_since_they_were_read_are_not_accepted_u2() {
    let story = Story::accepted(both(), true);
    let act = TrialAct::AcceptTerms(Language::En, TERMS_VERSION + 1);
    let refused = says(story.tries_with(&story.person("full-1"), "asked", act));
    assert_eq!(refused, (RuleId::U2, Because::TermsChanged, Remedy::Correct));
}
