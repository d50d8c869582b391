//! What partners may do at the customer's (H3, H4).

use super::*;
use crate::act::Act;
use crate::consequences::consequences;
use crate::notice::{MailKind, Recipients};
use crate::organisation::{AccessLevel, EndedAccess};
use crate::service::Duration;
use crate::trial::State;

fn remove() -> Act {
    Act::RemovePartner(samples::partner().id)
}

fn set(level: AccessLevel) -> Act {
    Act::SetAccess(samples::partner().id, level)
}

fn draft() -> TrialDraft {
    samples::customer_draft(&[Service::Messaging])
}

#[test]
fn a_full_administrator_reduces_and_raises_a_partners_access_h3() {
    let mut story = Story::running(draft(), true);
    let person = story.person("full-2");
    let level = |story: &Story| story.organisation.access(&samples::partner().id).map(|access| access.level);
    let same = (RuleId::H3, Because::HasThatAccess, Remedy::Nothing);
    assert_eq!(says(story.tries(&person, set(AccessLevel::FullAdministrator))), same);
    story.does(&person, set(AccessLevel::Provisioning));
    assert_eq!(level(&story), Some(AccessLevel::Provisioning));
    story.does(&person, set(AccessLevel::FullAdministrator));
    assert_eq!(level(&story), Some(AccessLevel::FullAdministrator));
    let nobody = Act::SetAccess(samples::competitor().id, AccessLevel::FullAdministrator);
    assert_eq!(says(story.tries(&person, nobody)).1, Because::NoAccess);
}

#[test]
fn removing_while_awaiting_cancels_the_trial_h3_l12() {
    let mut story = Story::accepted(draft(), false);
    story.does(&story.person("full-1"), remove());
    assert_eq!(story.state("asked"), State::Cancelled);
    assert!(story.trial("asked").phase.left_the_list());
    let people = ["sales-administrator@noordzee.example", "sales-full-administrator@noordzee.example"];
    assert_eq!(story.mailed(MailKind::Cancelled), people);
    assert!(story.tries_with(&story.person("full-1"), "asked", TrialAct::Undo).is_err());
}

#[test]
fn removing_later_lets_the_trial_run_to_its_end_without_the_partner_h3() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging, Service::Devices]), true);
    story.does_with(&samples::trials_team(), "asked", send());
    let change = story.tries(&story.person("full-1"), remove()).expect("it may be done");
    let actor = story.person("full-1");
    let context = crate::act::Context { actor: Some(&actor), now: story.now, facts: &story.facts };
    let preview = consequences(Some(&story.organisation), &change, &samples::partner().id, context);
    let dropped: Vec<_> = preview.dropped.iter().map(|mail| (mail.kind, mail.group)).collect();
    assert_eq!(
        dropped,
        [(MailKind::EndsSoon, Recipients::PartnerAdministrators), (MailKind::Ended, Recipients::PartnerAdministrators)]
    );
    assert_eq!(preview.access, (Some(AccessLevel::FullAdministrator), None));

    story.does(&actor, remove());
    let management = story.organisation.management(&samples::partner().id).expect("the row stays as history");
    assert_eq!(
        (management.access.clone(), management.ended),
        (None, Some(EndedAccess { on: story.today(), removed: true }))
    );
    let gone = (RuleId::H3, Because::NoAccess, Remedy::AskFullAdministrator);
    for act in [
        TrialAct::Extend(Duration::Days90, false),
        TrialAct::Cancel,
        samples::finish_set_up(),
        TrialAct::Convert(samples::conversion(&[Service::Messaging])),
        edit(&draft()),
        keep_longer(3),
    ] {
        assert_eq!(says(story.tries_with(&sales(), "asked", act)), gone);
    }
    let mut in_grace = story.clone();
    in_grace.days(40);
    for act in [TrialAct::Extend(Duration::Days90, false), edit(&draft()), TrialAct::Cancel] {
        assert_eq!(says(in_grace.tries_with(&sales(), "asked", act)), gone, "nothing is said of converting it");
    }
    assert!(story.tries_with(&story.person("helper"), "asked", samples::finish_set_up()).is_ok());
    assert!(story.tries_with(&story.person("full-1"), "asked", TrialAct::Cancel).is_ok());
    assert_eq!(says(story.tries(&actor, remove())).1, Because::NoAccess);

    story.days(60);
    let own = |mail: &crate::change::MailOrder| mail.email.ends_with("@noordzee.example");
    for kind in [MailKind::EndsSoon, MailKind::Ended] {
        assert_eq!(story.mails(kind).len(), 4, "the customer's side only: {kind:?}");
        assert!(!story.mails(kind).iter().any(|(_, mail)| own(mail)));
    }
    assert!(story.mails(MailKind::ReturnOverdue).iter().any(|(_, mail)| own(mail)), "devices must still come back");
}

#[test]
fn to_a_partner_that_was_removed_no_interest_is_said_and_no_cancelling_told_h3_c1_k2() {
    let mut story = Story::running(draft(), true);
    let person = story.person("full-1");
    story.does(&person, remove());
    for days in [0, 31] {
        story.days(days);
        let refused = says(story.tries_with(&person, "asked", TrialAct::SayInterested));
        assert_eq!(refused, (RuleId::H3, Because::NoAccess, Remedy::CancelTrial), "after {days} days");
    }
    // What it asks anew it is told of.
    let mut anew = story.clone();
    anew.does(&sales(), samples::ask(samples::customer_draft(&[Service::Meetings]), "second"));
    anew.does_with(&person, "second", samples::accepted(&[Service::Meetings], false));
    assert_eq!(anew.mailed(MailKind::Accepted).len(), 2 * story.mailed(MailKind::Accepted).len());

    story.does_with(&person, "asked", TrialAct::Cancel);
    let told = story.mailed(MailKind::Cancelled);
    assert!(!told.is_empty() && !told.iter().any(|email| email.ends_with("@noordzee.example")), "{told:?}");
}

#[test]
fn a_partner_that_only_asks_has_nothing_to_be_removed_and_is_declined_l12_h3() {
    let story = Story::asked(draft());
    let refused = says(story.tries(&story.person("full-1"), remove()));
    assert_eq!(refused, (RuleId::H3, Because::WrongState, Remedy::Decline));
}

#[test]
fn a_removed_partner_may_ask_again_and_acceptance_gives_access_anew_h3_x9() {
    let mut story = Story::running(draft(), true);
    story.does(&story.person("full-1"), remove());
    story.days(1);
    story.does(&sales(), samples::ask(samples::customer_draft(&[Service::Meetings]), "second"));
    story.does_with(&story.person("full-1"), "second", samples::accepted(&[Service::Meetings], false));
    let management = story.organisation.management(&samples::partner().id).expect("it is there");
    assert_eq!(
        (management.access.as_ref().map(|access| access.level), management.ended),
        (Some(AccessLevel::Provisioning), None)
    );
    assert!(story.tries_with(&sales(), "asked", TrialAct::Extend(Duration::Days90, false)).is_ok());
}

#[test]
fn the_day_on_which_a_partner_acted_last_is_kept_h3() {
    let mut story = Story::running(draft(), true);
    story.days(4);
    story.does_with(&story.person("full-1"), "asked", TrialAct::SayInterested);
    let used = |story: &Story| story.organisation.access(&samples::partner().id).and_then(|access| access.last_used);
    assert_eq!(used(&story), Some(samples::day(2026, 3, 1)));
    story.does_with(&sales(), "asked", TrialAct::AnswerInterest);
    assert_eq!(used(&story), Some(samples::day(2026, 3, 5)));
}
