//! People taken from a file or by hand, all in one act (U1, U2, H5).

use super::*;
use crate::act::{Act, Taking, addresses_to_ask_for, may_take_people, outcomes};
use crate::change::Deed;
use crate::ids::TrialId;
use crate::set_up::file::{LineFault, LineOutcome, LineReport, TAKEN_MAX, read};

fn taking(text: &str, trial: Option<&str>) -> Taking {
    let lines = read(text.as_bytes()).expect("a file with lines");
    let ids = (0..lines.len()).map(|at| format!("new-{at}").as_str().into()).collect();
    Taking { lines, ids, given: Service::ALL.into(), trial: trial.map(TrialId::from) }
}

fn take(text: &str, trial: Option<&str>) -> Act {
    Act::TakePeople(Box::new(taking(text, trial)))
}

fn reports(story: &Story, text: &str) -> Vec<LineReport> {
    outcomes(&story.organisation, &taking(text, None), &story.facts, story.now).1
}

#[test]
fn good_lines_are_taken_and_every_other_one_is_named_u2_h5() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), true);
    populate(&mut story, 9, &[Service::Messaging]);
    story.facts.addresses_elsewhere = ["d@else.example".to_owned()].into();
    let text = "a@example.com,Ann,Smit,messaging\n\
        A@Example.com,Ann,Smit,\n\
        helper@example.com,Help,Er,\n\
        d@else.example,Dirk,Smit,\n\
        e@example.com,Eva,Smit,messaging meetings\n\
        nonsense,Fay,Smit,\n";
    let lines: Vec<(u32, LineOutcome)> = reports(&story, text).iter().map(|each| (each.line, each.outcome)).collect();
    let expected = [
        (2, LineOutcome::Twice),
        (3, LineOutcome::AlreadyThere),
        (4, LineOutcome::Elsewhere),
        (5, LineOutcome::TakenWithout),
        (6, LineOutcome::Bad),
    ];
    assert_eq!(lines, expected);
    let named = reports(&story, text);
    assert_eq!(named[0].first, Some(1));
    assert_eq!(named[3].without, [Service::Messaging, Service::Meetings], "the tenth licence was Ann's");
    assert_eq!((named[4].fault, named[4].email.as_str()), (Some(LineFault::Email), "nonsense"));

    let change = story.does(&sales(), take(text, None));
    assert_eq!((change.deed, change.mails.len()), (Deed::PeopleAdded, 0));
    let found = |email: &str| story.organisation.member_of_address(email).cloned();
    let ann = found("a@example.com").expect("taken");
    assert_eq!((ann.name.as_str(), ann.role, ann.since), ("Ann Smit", crate::people::CustomerRole::User, story.now));
    assert_eq!(ann.services, [Service::Messaging].into());
    assert_eq!(found("e@example.com").expect("taken").services, [].into());
    assert!(found("d@else.example").is_none());
    assert_eq!(story.organisation.people.len(), 5 + 9 + 2);
    // The same file again brings nobody twice.
    assert_eq!(story.does(&sales(), take(text, None)).parts.len(), 0);
}

#[test]
fn only_addresses_that_would_be_taken_are_asked_for_u2_p8() {
    let story = Story::running(samples::customer_draft(&[Service::Messaging]), true);
    let text = "new@a.example,A,B\nHELPER@example.com,A,B\nnew@a.example,A,B\nbad,A,B\nlast@a.example,A,B\n";
    let lines = read(text.as_bytes()).expect("lines");
    assert_eq!(addresses_to_ask_for(&story.organisation, &lines), ["new@a.example", "last@a.example"]);
}

#[test]
fn a_thousand_are_taken_at_once_and_the_rest_by_taking_the_file_again_u2() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), true);
    let text: String = (0..TAKEN_MAX + 2).map(|at| format!("p{at}@example.com,P,{at}\n")).collect();
    let later: Vec<u32> = reports(&story, &text).iter().map(|report| report.line).collect();
    assert_eq!(later, [TAKEN_MAX as u32 + 1, TAKEN_MAX as u32 + 2]);
    story.does(&sales(), take(&text, None));
    assert_eq!(story.organisation.people.len(), 5 + TAKEN_MAX);
    let mut again = taking(&text, None);
    again.ids = ["x".into(), "y".into()].into();
    story.does(&sales(), Act::TakePeople(Box::new(again)));
    assert_eq!(story.organisation.people.len(), 5 + TAKEN_MAX + 2);
}

#[test]
fn in_a_set_up_customer_administrators_and_partners_with_full_access_add_people_u1_u2_h5_x10() {
    let text = "a@example.com,Ann,Smit,\n";
    let rows = |full_access: bool| {
        [
            (sales(), full_access, full_access),
            (chief(), full_access, full_access),
            (Story::accepted(samples::customer_draft(&[Service::Messaging]), true).person("full-1"), true, true),
            (Story::accepted(samples::customer_draft(&[Service::Messaging]), true).person("helper"), true, false),
            (Story::accepted(samples::customer_draft(&[Service::Messaging]), true).person("user"), false, false),
            (rival(), false, false),
            (samples::actor(PartnerRole::ReadOnlyAdministrator), false, false),
            (samples::trials_team(), false, false),
        ]
    };
    for full_access in [true, false] {
        let story = Story::accepted(samples::customer_draft(&[Service::Messaging]), full_access);
        for (actor, in_set_up, in_hub) in rows(full_access) {
            for (trial, may) in [(Some("asked"), in_set_up), (None, in_hub)] {
                let result = story.tries(&actor, take(text, trial)).map(drop);
                assert_eq!(result.is_ok(), may, "{} in {trial:?}", actor.person.id);
                let context = crate::act::Context { actor: Some(&actor), now: story.now, facts: &story.facts };
                let shown = may_take_people(&story.organisation, trial.map(TrialId::from).as_ref(), context);
                assert_eq!(shown, result, "what the step shows is what the act says (P7)");
            }
        }
    }
    let story = Story::accepted(samples::customer_draft(&[Service::Messaging]), false);
    let refused = says(story.tries(&sales(), take(text, Some("asked"))));
    assert_eq!(refused, (RuleId::X10, Because::ProvisioningAccessOnly, Remedy::RequestOrRaise));
    assert_eq!(says(story.tries(&sales(), take(text, Some("ghost")))).0, RuleId::L12);
}

#[test]
fn licences_of_an_accepted_trial_are_given_before_it_starts_and_go_with_it_u2_l3() {
    let mut story = Story::accepted(samples::customer_draft(&[Service::Messaging]), true);
    let text: String = (0..11).map(|at| format!("p{at}@example.com,P,{at},messaging\n")).collect();
    let without: Vec<u32> = reports(&story, &text).iter().map(|report| report.line).collect();
    assert_eq!(without, [11], "there are ten");
    story.does(&story.person("helper"), take(&text, Some("asked")));
    assert_eq!(story.organisation.assigned(Service::Messaging), 10);
    let mut cancelled = story.clone();
    cancelled.does_with(&sales(), "asked", TrialAct::Cancel);
    assert_eq!(cancelled.organisation.assigned(Service::Messaging), 0, "it came to nothing");
    story.does_with(&sales(), "asked", samples::finish_set_up());
    assert_eq!(story.organisation.assigned(Service::Messaging), 10);
}

#[test]
fn once_the_trial_is_over_people_are_the_hubs_business_alone_l12_h5() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), true);
    let text = "a@example.com,Ann,Smit,\n";
    story.days(30);
    assert_eq!(says(story.tries(&story.person("helper"), take(text, Some("asked")))).0, RuleId::U3);
    assert!(story.tries(&story.person("full-1"), take(text, None)).is_ok());
}
