//! Answering a request, and what follows from the answer (X4, X9, X10, X15, X17, X20).

use super::*;
use crate::act::Act;
use crate::consent::{Answered, DeclineReason};
use crate::device::ShipmentState;
use crate::notice::MailKind;
use crate::organisation::{AccessLevel, EndedAccess, Purchase};
use crate::people::{CustomerRole, Language};
use crate::service::Duration;
use crate::trial::{Phase, State};

const BOTH: [Service; 2] = [Service::Messaging, Service::Meetings];

fn both() -> TrialDraft {
    samples::customer_draft(&BOTH)
}

fn decline(reason: DeclineReason, note: &str) -> TrialAct {
    TrialAct::Answer(Answered::Declined { reason, note: note.to_owned() }, Language::En)
}

fn level(story: &Story) -> Option<AccessLevel> {
    story.organisation.access(&samples::partner().id).map(|access| access.level)
}

#[test]
fn a_request_is_accepted_whole_or_in_part_and_the_box_decides_the_access_x9_x10_x12() {
    let rows = [
        (&BOTH[..], true, AccessLevel::FullAdministrator),
        (&BOTH[..], false, AccessLevel::Provisioning),
        (&BOTH[..1], false, AccessLevel::Provisioning),
    ];
    for (services, full_access, expected) in rows {
        let mut story = Story::asked(both());
        story.does_with(&story.person("full-2"), "asked", samples::accepted(services, full_access));
        let trial = story.trial("asked");
        assert_eq!(trial.phase, Phase::Awaiting { since: story.today() });
        assert_eq!(trial.offer.services(), services);
        assert_eq!(level(&story), Some(expected));
        let answer = trial.request.as_ref().and_then(|request| request.answer.clone()).expect("an answer");
        assert_eq!((answer.by.as_str(), answer.at, answer.language), ("full-2", story.now, Language::Nl));
        assert!(trial.provisioning.is_empty() && trial.started.is_none(), "nothing starts before the set-up");
    }
}

#[test]
fn nothing_that_was_not_asked_is_accepted_and_not_nothing_x9() {
    let story = Story::asked(both());
    for services in [&[][..], &[Service::Calling], &[Service::Messaging, Service::Devices]] {
        let refused = says(story.tries_with(&story.person("full-1"), "asked", samples::accepted(services, true)));
        assert_eq!(refused, (RuleId::X9, Because::NotAsked, Remedy::ChooseOther), "{services:?}");
    }
}

#[test]
fn only_full_administrators_of_the_organisation_answer_x7_p5() {
    let story = Story::asked(both());
    for (actor, because) in [
        (story.person("helper"), Because::OnlyForFullAdministrators),
        (story.person("user"), Because::OnlyForFullAdministrators),
        (sales(), Because::OnlyForCustomerAdministrators),
        (samples::trials_team(), Because::OnlyForCustomerAdministrators),
    ] {
        assert_eq!(says(story.tries_with(&actor, "asked", samples::accepted(&BOTH, true))).1, because);
        assert_eq!(says(story.tries_with(&actor, "asked", decline(DeclineReason::NotNeeded, ""))).1, because);
    }
}

#[test]
fn a_decline_has_a_reason_and_other_says_which_x9() {
    let rows = [
        (DeclineReason::NotNeeded, "", None),
        (DeclineReason::WrongOrganisation, "", None),
        (DeclineReason::UnknownPartner, "", None),
        (DeclineReason::Other, "  ", Some(Because::ReasonMissing)),
        (DeclineReason::Other, "we use something else", None),
        (DeclineReason::NotNeeded, "\u{202E}", Some(Because::BadText)),
    ];
    for (reason, note, refused) in rows {
        let mut story = Story::asked(both());
        let person = story.person("full-1");
        let result = story.tries_with(&person, "asked", decline(reason, note));
        assert_eq!(result.err().map(|each| each.because), refused, "{reason:?} {note:?}");
        if refused.is_none() {
            story.does_with(&person, "asked", decline(reason, note));
            assert_eq!(story.trial("asked").phase, Phase::Declined { on: story.today() });
            assert_eq!(level(&story), None);
            assert_eq!(story.organisation.blocked.len(), usize::from(reason == DeclineReason::UnknownPartner));
        }
    }
}

#[test]
fn the_sender_the_partners_people_and_all_full_administrators_hear_of_the_answer_at_once_x9_x20() {
    let told = [
        "admin@example.com",
        "former@noordzee.example",
        "sales-administrator@noordzee.example",
        "sales-full-administrator@noordzee.example",
        "second@example.com",
        "third@example.com",
    ];
    for (kind, answer) in [
        (MailKind::Accepted, samples::accepted(&BOTH, false)),
        (MailKind::Declined, decline(DeclineReason::NotNeeded, "")),
    ] {
        let mut story = Story::asked(both());
        // The sender has no sales role any more; the request stays the partner's (X20).
        let people = &mut story.facts.partners.get_mut(&samples::partner().id).expect("the partner").people;
        let mut former = people[2].clone();
        (former.id, former.email) = ("former".into(), "former@noordzee.example".to_owned());
        people.push(former);
        let request = story.organisation.trials[0].request.as_mut().expect("a request");
        request.by = "former".into();
        story.does_with(&story.person("full-1"), "asked", answer);
        assert_eq!(story.mailed(kind), told);
    }
}

#[test]
fn the_request_of_a_partner_without_certification_waits_and_can_be_declined_x20() {
    let mut story = Story::asked(both());
    story.facts.partners.get_mut(&samples::partner().id).expect("the partner").partner.certified = false;
    let refused = says(story.tries_with(&story.person("full-1"), "asked", samples::accepted(&BOTH, true)));
    assert_eq!(refused, (RuleId::X20, Because::AskingPartnerNotCertified, Remedy::Wait));
    assert!(story.tries_with(&story.person("full-1"), "asked", decline(DeclineReason::NotNeeded, "")).is_ok());
}

#[test]
fn the_second_answer_gets_the_requests_present_state_x15() {
    let mut accepted = Story::accepted(both(), false);
    let mut declined = Story::asked(both());
    declined.does_with(&declined.person("full-1"), "asked", decline(DeclineReason::NotNeeded, ""));
    let mut withdrawn = Story::asked(both());
    withdrawn.does_with(&sales(), "asked", TrialAct::Cancel);
    let mut lapsed = Story::asked(both());
    lapsed.days(31);
    accepted.minutes(1);
    for (story, state) in [
        (accepted, State::Awaiting),
        (declined, State::Declined),
        (withdrawn, State::Cancelled),
        (lapsed, State::Lapsed),
    ] {
        for answer in [samples::accepted(&BOTH, true), decline(DeclineReason::NotNeeded, "")] {
            let refusal = story.tries_with(&story.person("full-3"), "asked", answer).expect_err("it is over");
            assert_eq!(
                (refusal.rule, refusal.because, refusal.state),
                (RuleId::X15, Because::RequestOver, Some(state))
            );
        }
    }
}

#[test]
fn what_cannot_be_offered_any_more_cannot_be_accepted_and_with_nothing_left_one_declines_x4() {
    let mut story = Story::asked(both());
    let own = |service| Purchase { service, licences: Some(5), since: samples::day(2026, 3, 2), trial: None };
    story.organisation.purchased.push(own(Service::Meetings));
    let person = story.person("full-1");
    let refusal = story.tries_with(&person, "asked", samples::accepted(&BOTH, false)).expect_err("it is owned");
    assert_eq!((refusal.because, refusal.service), (Because::AlreadyPurchased, Some(Service::Meetings)));
    assert!(story.tries_with(&person, "asked", samples::accepted(&BOTH[..1], false)).is_ok());
    story.organisation.purchased.push(own(Service::Messaging));
    let refused = says(story.tries_with(&person, "asked", samples::accepted(&BOTH[..1], false)));
    assert_eq!(refused, (RuleId::X4, Because::NoServiceLeft, Remedy::Decline));
}

#[test]
fn accepted_in_part_without_the_box_the_trial_gives_that_and_never_more_x10() {
    let mut story = Story::asked(both());
    story.does_with(&story.person("full-1"), "asked", samples::accepted(&[Service::Meetings], false));
    story.does_with(&sales(), "asked", samples::finish_set_up());
    assert_eq!(story.trial("asked").offer.services(), [Service::Meetings]);
    assert_eq!(level(&story), Some(AccessLevel::Provisioning));

    let meetings = samples::customer_draft(&[Service::Meetings]);
    let refused = (RuleId::X10, Because::MoreThanAccepted, Remedy::RequestOrRaise);
    let more = [
        both(),
        TrialDraft { licences: "11".to_owned(), ..meetings.clone() },
        TrialDraft {
            meetings_options: [crate::service::MeetingsOption::ThousandParticipants].into(),
            ..meetings.clone()
        },
        samples::customer_draft(&[Service::Meetings, Service::Devices]),
    ];
    for draft in more {
        assert_eq!(says(story.tries_with(&sales(), "asked", edit(&draft))), refused, "{:?}", draft.services);
    }
    let person = || crate::act::NewPerson {
        id: "new".into(),
        name: "New".to_owned(),
        email: "new@example.com".to_owned(),
        role: CustomerRole::User,
        services: [].into(),
    };
    let access = (RuleId::X10, Because::ProvisioningAccessOnly, Remedy::RequestOrRaise);
    for act in [
        Act::AddPerson(person()),
        Act::ChangePerson("user".into(), CustomerRole::User, [Service::Meetings].into()),
        Act::RemovePerson("user".into()),
        Act::SetSettings("Renamed".to_owned(), Language::En),
    ] {
        assert_eq!(says(story.tries(&sales(), act)), access);
    }
    let fewer = TrialDraft { licences: "5".to_owned(), ..meetings.clone() };
    story.does_with(&sales(), "asked", edit(&fewer));
    assert!(story.tries_with(&sales(), "asked", edit(&meetings)).is_ok(), "back up to what was accepted");
    assert!(story.tries_with(&sales(), "asked", TrialAct::Extend(Duration::Days90, false)).is_ok());
    assert!(story.tries_with(&sales(), "asked", TrialAct::Cancel).is_ok());

    let raise = Act::SetAccess(samples::partner().id, AccessLevel::FullAdministrator);
    story.does(&story.person("full-1"), raise);
    assert!(story.tries_with(&sales(), "asked", edit(&both())).is_ok());
    assert!(story.tries(&sales(), Act::AddPerson(person())).is_ok());
}

#[test]
fn with_provisioning_access_a_service_is_taken_out_x10() {
    let mut story = Story::running(both(), false);
    story.does_with(&sales(), "asked", edit(&samples::customer_draft(&BOTH[..1])));
    assert_eq!(story.trial("asked").offer.services(), BOTH[..1]);
}

#[test]
fn devices_and_their_licences_are_not_raised_beyond_what_was_accepted_x10() {
    let mut story = Story::running(samples::customer_draft(&[Service::Devices]), false);
    let mut more = samples::customer_draft(&[Service::Devices]);
    more.device_licences.desk_phone = "5".to_owned();
    let refused = (RuleId::X10, Because::MoreThanAccepted, Remedy::RequestOrRaise);
    assert_eq!(says(story.tries_with(&sales(), "asked", edit(&more))), refused);
    more.device_licences.desk_phone = "3".to_owned();
    story.does_with(&sales(), "asked", edit(&more));
}

#[test]
fn planned_shipments_of_a_service_that_was_not_accepted_are_not_planned_any_more_x9_d11() {
    let mut story = Story::asked(samples::customer_draft(&[Service::Messaging, Service::Devices]));
    assert_eq!(story.trial("asked").shipments.len(), 1);
    story.does_with(&story.person("full-1"), "asked", samples::accepted(&[Service::Messaging], false));
    assert!(story.trial("asked").shipments.is_empty());
}

#[test]
fn accepting_takes_away_nothing_that_an_earlier_request_gave_and_ticking_the_box_gives_more_x9_x10() {
    for (first, second, expected) in
        [(false, true, AccessLevel::FullAdministrator), (false, false, AccessLevel::Provisioning)]
    {
        let mut story = Story::running(samples::customer_draft(&BOTH[..1]), first);
        story.days(1);
        story.does(&sales(), samples::ask(samples::customer_draft(&BOTH[1..]), "second"));
        story.does_with(&story.person("full-1"), "second", samples::accepted(&BOTH[1..], second));
        assert_eq!(level(&story), Some(expected));
    }
}

#[test]
fn access_by_request_ends_with_the_partners_last_trial_there_x17() {
    let mut story = Story::running(samples::customer_draft(&BOTH[..1]), false);
    story.days(1);
    story.does(&sales(), samples::ask(samples::customer_draft(&BOTH[1..]), "second"));
    story.does_with(&story.person("full-1"), "second", samples::accepted(&BOTH[1..], false));
    story.does_with(&sales(), "asked", TrialAct::Cancel);
    story.minutes(5);
    assert_eq!(level(&story), Some(AccessLevel::Provisioning), "the second one holds it");
    story.does_with(&sales(), "second", TrialAct::Cancel);
    assert_eq!(level(&story), None);
    let management = story.organisation.management(&samples::partner().id).expect("the row stays as history");
    assert_eq!(management.ended, Some(EndedAccess { on: story.today(), removed: false }));
}

#[test]
fn a_converted_trial_keeps_the_access_and_a_closed_one_ends_it_x17() {
    let mut story = Story::running(samples::customer_draft(&BOTH[..1]), false);
    story.organisation.purchased.push(Purchase {
        service: Service::Calling,
        licences: Some(1),
        since: samples::day(2026, 1, 1),
        trial: None,
    });
    let mut converted = story.clone();
    converted.does_with(&sales(), "asked", TrialAct::Convert(samples::conversion(&BOTH[..1])));
    converted.days(100);
    assert_eq!(level(&converted), Some(AccessLevel::Provisioning));
    story.days(59);
    assert_eq!(level(&story), Some(AccessLevel::Provisioning));
    story.days(1);
    assert_eq!((level(&story), story.organisation.closed), (None, None));
}

#[test]
fn full_administrators_are_mailed_when_a_requested_trial_is_extended_or_shortened_x10() {
    let mut story = Story::running(samples::customer_draft(&BOTH[..1]), false);
    story.days(5);
    story.does_with(&sales(), "asked", TrialAct::Extend(Duration::Days60, false));
    assert_eq!(story.mailed(MailKind::EndMoved), ["admin@example.com", "second@example.com", "third@example.com"]);
    let change = story.does_with(&sales(), "asked", TrialAct::Extend(Duration::Days30, true));
    let told: Vec<&str> = change.mails.iter().map(|mail| mail.email.as_str()).collect();
    assert_eq!(told, ["admin@example.com", "second@example.com", "third@example.com", "helper@example.com"]);
}

#[test]
fn what_is_only_asked_for_cannot_be_sent_by_the_trials_team_d11() {
    let devices = samples::customer_draft(&[Service::Devices]);
    for story in [Story::asked(devices.clone()), Story::accepted(devices.clone(), true)] {
        let refusal = story.tries_with(&samples::trials_team(), "asked", send()).expect_err("it is planned only");
        assert_eq!((refusal.rule, refusal.because), (RuleId::D11, Because::WrongState));
    }
    let story = Story::running(devices, true);
    assert_eq!(story.trial("asked").shipments[0].state, ShipmentState::Ordered);
    assert!(story.tries_with(&samples::trials_team(), "asked", send()).is_ok());
}
