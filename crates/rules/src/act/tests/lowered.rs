//! A trial that grew beyond what was accepted, after the access was reduced (X10).

use super::*;
use crate::act::Act;
use crate::organisation::AccessLevel;

#[test]
fn what_grew_while_the_access_reached_further_is_lowered_step_by_step_and_not_raised_again_x10_h3() {
    let both = [Service::Messaging, Service::Meetings];
    let mut story = Story::running(samples::customer_draft(&both), true);
    let ordered = |licences: &str, services: &[Service]| {
        edit(&TrialDraft { licences: licences.to_owned(), ..samples::customer_draft(services) })
    };
    story.does_with(&sales(), "asked", ordered("100", &both));
    let partner = samples::partner().id;
    story.does(&story.person("full-1"), Act::SetAccess(partner, AccessLevel::Provisioning));

    let refused = (RuleId::X10, Because::MoreThanAccepted, Remedy::RequestOrRaise);
    assert_eq!(says(story.tries_with(&sales(), "asked", ordered("101", &both))), refused);
    story.does_with(&sales(), "asked", ordered("60", &both));
    assert_eq!(says(story.tries_with(&sales(), "asked", ordered("61", &both))), refused, "it is not raised again");
    story.does_with(&sales(), "asked", ordered("60", &[Service::Messaging]));
    story.does_with(&sales(), "asked", ordered("10", &[Service::Messaging]));
    assert!(story.tries_with(&sales(), "asked", ordered("10", &both)).is_ok(), "what was accepted can be had again");
}
