//! The table of L12, performed: each act is really tried in each state.

use super::*;
use crate::act::table::{Row, cell};
use crate::act::{Act, Context, decide};
use crate::consent::{Answered, DeclineReason};
use crate::people::Language;
use crate::service::Duration;
use crate::trial::State;

fn draft() -> TrialDraft {
    samples::customer_draft(&[Service::Messaging, Service::Devices])
}

/// The request `asked`, led to a state. The organisation owns Calling, so it lives on.
fn story(state: State) -> Story {
    let owning = |mut story: Story| {
        story.organisation.purchased.push(crate::organisation::Purchase {
            service: Service::Calling,
            licences: Some(1),
            since: samples::day(2026, 1, 1),
            trial: None,
        });
        story
    };
    let running = || owning(Story::running(draft(), true));
    let mut story = match state {
        State::Pending => owning(Story::asked(draft())),
        State::Awaiting => owning(Story::accepted(draft(), true)),
        State::Running => running(),
        State::Expired => {
            let mut story = running();
            story.organisation.trials[0].shipments[0].end = samples::day(2026, 4, 25);
            story.days(31);
            story
        }
        State::Closed => {
            let mut story = running();
            story.days(60);
            story
        }
        State::Converted => {
            let mut story = running();
            let order = samples::conversion(&[Service::Messaging, Service::Devices]);
            story.does_with(&sales(), "asked", TrialAct::Convert(order));
            story
        }
        State::Cancelled => {
            let mut story = running();
            story.does_with(&sales(), "asked", TrialAct::Cancel);
            story
        }
        State::Declined => {
            let mut story = owning(Story::asked(draft()));
            story.does_with(&story.person("full-1"), "asked", decline());
            story
        }
        State::Lapsed => {
            let mut story = owning(Story::asked(draft()));
            story.days(31);
            story
        }
    };
    // A minute later any resend waits no more; an undo still can be done.
    if state == State::Pending {
        story.minutes(5);
    }
    assert_eq!(story.state("asked"), state);
    story
}

fn decline() -> TrialAct {
    TrialAct::Answer(Answered::Declined { reason: DeclineReason::NotNeeded, note: String::new() }, Language::En)
}

/// Who performs a row, and what they do.
fn performed(row: Row, story: &Story) -> (Actor, Act) {
    let with = |act| Act::Trial("asked".into(), act);
    let full = story.person("full-1");
    let meetings = samples::customer_draft(&[Service::Messaging, Service::Meetings]);
    match row {
        Row::Resend => (sales(), with(TrialAct::Resend)),
        Row::CancelByPartner => (sales(), with(TrialAct::Cancel)),
        Row::CancelByCustomer => (full, with(TrialAct::Cancel)),
        Row::Extend => (sales(), with(TrialAct::Extend(Duration::Days90, true))),
        Row::Edit => (sales(), with(edit(&meetings))),
        Row::ExtendDevices => (sales(), with(keep_longer(3))),
        Row::Convert => {
            (sales(), with(TrialAct::Convert(samples::conversion(&[Service::Messaging, Service::Devices]))))
        }
        Row::AddAnother => (sales(), Act::Add(edited(&samples::customer_draft(&[Service::Meetings])), "second".into())),
        Row::SetUp => (sales(), with(samples::finish_set_up())),
        Row::RemovePartner => (full, Act::RemovePartner(samples::partner().id)),
        Row::Answer => (full, with(decline())),
        Row::Undo => (sales(), with(TrialAct::Undo)),
    }
}

/// With the partner's access as it was while the trial ran, so that the state alone decides.
fn tried(row: Row, state: State) -> Result<Change, Refusal> {
    let mut story = story(state);
    let access = crate::organisation::Access {
        level: crate::organisation::AccessLevel::FullAdministrator,
        since: samples::day(2026, 3, 1),
        by_request: false,
        last_used: None,
    };
    let kept = state != State::Pending || row == Row::AddAnother;
    story.organisation.partners[0].access = Some(access).filter(|_| kept);
    let (actor, act) = performed(row, &story);
    story.tries(&actor, act)
}

#[test]
fn each_act_in_each_state_is_done_or_refused_as_the_table_says_l12() {
    for row in Row::ALL {
        for state in State::ALL {
            let (printed, done) = (cell(row, state), tried(row, state).map(drop));
            // To a customer that is managed fully a trial is added, whatever became of a request
            // before (A1); the new request that the cell speaks of is for those who are not.
            if row == Row::AddAnother && matches!(state, State::Declined | State::Lapsed) {
                assert_eq!(done, Ok(()), "{state:?}");
                continue;
            }
            match printed {
                Ok(()) => assert_eq!(done, Ok(()), "{row:?} in {state:?}"),
                Err(refusal) => {
                    let found = done.expect_err("the table refuses it");
                    let seen = (found.rule, found.remedy, found.state);
                    assert_eq!(seen, (refusal.rule, refusal.remedy, Some(state)), "{row:?} in {state:?}: {found:?}");
                }
            }
        }
    }
}

#[test]
fn where_a_request_went_nowhere_the_next_one_is_a_new_request_l12_x14() {
    for state in [State::Declined, State::Lapsed] {
        let mut story = story(state);
        story.days(7);
        let ask = samples::ask(samples::customer_draft(&[Service::Meetings]), "second");
        assert!(story.tries(&sales(), ask).is_ok(), "{state:?}");
    }
}

#[test]
fn after_a_cancelling_the_same_service_is_added_again_in_5_minutes_l12_x4() {
    let mut story = story(State::Cancelled);
    let add = |story: &Story| {
        let act = Act::Add(edited(&samples::customer_draft(&[Service::Messaging])), "second".into());
        story.tries(&chief(), act)
    };
    assert_eq!(says(add(&story)).1, Because::JustCancelled);
    story.organisation.partners[0].access.as_mut().expect("access").by_request = false;
    story.minutes(5);
    assert!(add(&story).is_ok());
}

#[test]
fn an_act_on_a_trial_that_is_not_there_is_refused_l12() {
    let story = story(State::Running);
    let refused = says(story.tries_with(&sales(), "ghost", TrialAct::Cancel));
    assert_eq!(refused, (RuleId::L12, Because::WrongState, Remedy::SeeCustomers));
    let context = Context { actor: None, now: story.now, facts: &story.facts };
    for act in [TrialAct::Cancel, TrialAct::Resend, TrialAct::Open, keep_longer(1)] {
        assert!(decide(Some(&story.organisation), Act::Trial("asked".into(), act), context).is_err(), "nobody acts");
    }
}
