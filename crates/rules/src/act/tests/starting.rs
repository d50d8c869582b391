//! Starting a trial for a new organisation, and adding one (N16, N17, A).

use super::*;
use crate::act::{Act, Context, decide};
use crate::notice::MailKind;
use crate::organisation::AccessLevel;
use crate::people::{CustomerRole, Language};
use crate::region::CountryCode;
use crate::trial::{Phase, Provisioning, State, Status};

#[test]
fn the_trial_starts_on_the_day_of_saving_with_the_partner_as_full_administrator_n17() {
    let story = full();
    let trial = story.trial("trial-1");
    let today = samples::day(2026, 3, 1);
    assert_eq!(trial.phase, Phase::Started { start: today, end: samples::day(2026, 4, 30) });
    let [member] = story.organisation.people.as_slice() else { panic!("one person") };
    assert_eq!((member.email.as_str(), member.role), ("it@vandijk.example", CustomerRole::FullAdministrator));
    let access = story.organisation.access(&samples::partner().id).expect("access");
    assert_eq!((access.level, access.by_request), (AccessLevel::FullAdministrator, false));
    assert!(trial.provisioning.iter().all(|step| step.state == Provisioning::Waiting));
    assert_eq!(trial.provisioning.len(), 4, "a step for each service");
    assert_eq!(story.organisation.attestation, Some(samples::attestation()));
}

#[test]
fn the_plan_shown_is_the_plan_stored_n15() {
    let plan = samples::plan(samples::full_draft(), samples::day(2026, 3, 1));
    let organisation = samples::organisation(samples::full_draft());
    let trial = &organisation.trials[0];
    assert_eq!((&trial.mails, &trial.shipments, &trial.offer), (&plan.mails, &plan.shipments, &plan.offer));
    assert_eq!(organisation.region, plan.region);
}

#[test]
fn mails_of_a_new_organisation_go_in_the_language_of_its_country_g7() {
    for (country, language) in [("NL", Language::Nl), ("BE", Language::En), ("US", Language::En)] {
        let mut draft = samples::shortest_draft();
        draft.country = CountryCode::new(country);
        assert_eq!(samples::organisation(draft).language, language, "{country}");
    }
}

#[test]
fn where_an_organisation_is_none_can_be_started_and_where_none_is_nothing_else_can_n2_l3() {
    let story = full();
    let start = Act::Start(Box::new(samples::start(samples::full_draft())));
    let refused = (RuleId::X1, Because::OrganisationExists, Remedy::SendRequest);
    assert_eq!(says(story.tries(&sales(), start)), refused);
    let (actor, facts) = (sales(), samples::facts());
    let context = Context { actor: Some(&actor), now: samples::now(), facts: &facts };
    let gone = (RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial);
    assert_eq!(says(decide(None, Act::Trial("trial-1".into(), TrialAct::Cancel), context)), gone);
}

#[test]
fn the_first_administrator_is_welcomed_once_when_every_service_is_done_n17() {
    let mut story = full();
    story.minutes(5);
    for service in [Service::Messaging, Service::Meetings, Service::Calling] {
        story.provisions("trial-1", service, Ok(()));
        assert!(story.mails(MailKind::Welcome).is_empty(), "{service:?}");
    }
    assert_eq!(story.trial("trial-1").status(story.now), Status::SettingUp);
    story.minutes(5);
    story.provisions("trial-1", Service::Devices, Ok(()));
    assert_eq!(story.mailed(MailKind::Welcome), ["it@vandijk.example"]);
    assert_eq!(story.trial("trial-1").status(story.now), Status::Active);
    story.days(200);
    assert_eq!(story.mails(MailKind::Welcome).len(), 1);
}

#[test]
fn the_welcome_goes_after_24_hours_though_a_service_failed_n17() {
    let mut story = full();
    story.provisions("trial-1", Service::Messaging, Err("no room".to_owned()));
    story.minutes(24 * 60 - 1);
    assert!(story.mails(MailKind::Welcome).is_empty());
    story.minutes(1);
    assert_eq!(story.mails(MailKind::Welcome).len(), 1);
    assert_eq!(story.trial("trial-1").status(story.now), Status::Active);
    story.provisions("trial-1", Service::Messaging, Ok(()));
    assert_eq!(story.mails(MailKind::Welcome).len(), 1);
}

#[test]
fn a_failed_service_is_tried_again_with_growing_waits_and_holds_back_no_other_n17() {
    let mut story = full();
    let waits = [1, 5, 30, 120, 360, 1440, 1440];
    for (attempts, minutes) in (1u32..).zip(waits) {
        story.provisions("trial-1", Service::Meetings, Err(format!("attempt {attempts}")));
        let step = story.trial("trial-1").provisioning.iter().find(|step| step.service == Service::Meetings);
        let retry_at = story.now + chrono::TimeDelta::minutes(minutes);
        let step = step.expect("a step");
        assert_eq!(step.state, Provisioning::Failed { attempts, retry_at });
        assert_eq!(step.why, format!("attempt {attempts}"));
    }
    story.minutes(1);
    story.does_with(&sales(), "trial-1", TrialAct::RetryProvisioning(Service::Meetings));
    let step = &story.trial("trial-1").provisioning[1];
    assert_eq!(step.state, Provisioning::Failed { attempts: 7, retry_at: story.now }, "by hand it is tried at once");
    story.provisions("trial-1", Service::Calling, Ok(()));
    story.provisions("trial-1", Service::Meetings, Ok(()));
    assert_eq!(story.trial("trial-1").provisioning[1].why, "");
}

#[test]
fn only_what_failed_is_tried_again_by_hand_and_nobody_but_the_backend_says_how_it_went_n17() {
    let mut story = full();
    let retry = |service| TrialAct::RetryProvisioning(service);
    let nothing = (RuleId::N17, Because::NothingToRetry, Remedy::Nothing);
    assert_eq!(says(story.tries_with(&sales(), "trial-1", retry(Service::Calling))), nothing);
    story.provisions("trial-1", Service::Calling, Ok(()));
    assert_eq!(says(story.tries_with(&sales(), "trial-1", retry(Service::Calling))), nothing);
    let noted = TrialAct::Provisioned(Service::Meetings, Ok(()));
    assert_eq!(says(story.tries_with(&chief(), "trial-1", noted)).0, RuleId::N17);
}

#[test]
fn what_was_bought_is_tried_again_by_hand_and_what_is_over_is_not_n17_c4() {
    let mut story = with(&[Service::Messaging, Service::Meetings]);
    story.provisions("trial-1", Service::Meetings, Err("no".to_owned()));
    let retry = || TrialAct::RetryProvisioning(Service::Meetings);
    let mut over = story.clone();
    over.does_with(&sales(), "trial-1", TrialAct::Cancel);
    let refused = says(over.tries_with(&sales(), "trial-1", retry()));
    assert_eq!(refused, (RuleId::N17, Because::WrongState, Remedy::Nothing));
    let order = samples::conversion(&[Service::Messaging, Service::Meetings]);
    story.does_with(&sales(), "trial-1", TrialAct::Convert(order));
    assert_eq!(story.state("trial-1"), crate::trial::State::Converted);
    story.does_with(&sales(), "trial-1", retry());
}

#[test]
fn removing_the_only_service_that_failed_ends_setting_up_n17_l11() {
    let mut story = with(&[Service::Messaging, Service::Meetings]);
    story.provisions("trial-1", Service::Messaging, Ok(()));
    story.provisions("trial-1", Service::Meetings, Err("no".to_owned()));
    story.minutes(1);
    story.does_with(&sales(), "trial-1", edit(&samples::customer_draft(&[Service::Messaging])));
    assert_eq!(story.trial("trial-1").status(story.now), Status::Active);
    assert_eq!(story.mails(MailKind::Welcome).len(), 1);
}

#[test]
fn a_service_added_later_never_brings_setting_up_back_l11() {
    let mut story = with(&[Service::Messaging]);
    story.provisions_all("trial-1");
    story.does_with(&sales(), "trial-1", edit(&samples::customer_draft(&[Service::Messaging, Service::Meetings])));
    let trial = story.trial("trial-1");
    assert_eq!(trial.status(story.now), Status::Active);
    assert_eq!(trial.provisioning[1].state, Provisioning::Waiting, "its line shows its own state");
}

#[test]
fn a_trial_is_added_with_full_access_only_and_starts_today_a1_a3() {
    let add = || Act::Add(edited(&samples::customer_draft(&[Service::Meetings])), "second".into());
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    let refused = (RuleId::A1, Because::ProvisioningAccessOnly, Remedy::SendRequest);
    assert_eq!(says(story.tries(&sales(), add())), refused);
    assert_eq!(says(story.tries(&rival(), add())).1, Because::NoAccess);

    story = Story::running(samples::customer_draft(&[Service::Messaging]), true);
    story.on(samples::day(2026, 3, 5));
    story.does(&sales(), add());
    let (start, end) = (samples::day(2026, 3, 5), samples::day(2026, 4, 4));
    assert_eq!(story.trial("second").phase, Phase::Started { start, end });
    assert!(story.trial("second").request.is_none(), "no consent");
    let told: Vec<&str> = story
        .mails(MailKind::Started)
        .iter()
        .filter(|(day, _)| *day == start)
        .map(|(_, mail)| mail.email.as_str())
        .collect();
    assert_eq!(told, ["admin@example.com", "second@example.com", "third@example.com", "helper@example.com"]);
    assert!(story.mails(MailKind::Welcome).is_empty(), "a welcome is for a new organisation");
}

#[test]
fn it_runs_beside_the_subscription_and_what_is_owned_is_not_tried_a2_a3() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), true);
    story.organisation.purchased.push(crate::organisation::Purchase {
        service: Service::Calling,
        licences: Some(20),
        since: samples::day(2026, 1, 1),
        trial: None,
    });
    let add = |services: &[Service]| Act::Add(edited(&samples::customer_draft(services)), "second".into());
    let refused = (RuleId::A2, Because::AlreadyPurchased, Remedy::ChooseOther);
    assert_eq!(says(story.tries(&sales(), add(&[Service::Calling]))), refused);
    assert_eq!(says(story.tries(&sales(), add(&[Service::Messaging]))).1, Because::InOwnTrial);
    story.does(&sales(), add(&[Service::Meetings]));
    assert_eq!(story.state("second"), State::Running);
    assert!(story.organisation.owns(Service::Calling));
}

#[test]
fn while_a_request_of_the_partner_is_open_adding_leads_to_it_l12_x14() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    story.minutes(60);
    story.does(&sales(), samples::ask(samples::customer_draft(&[Service::Meetings]), "second"));
    let raise = Act::SetAccess(samples::partner().id, AccessLevel::FullAdministrator);
    story.does(&story.person("full-1"), raise);
    let add = || Act::Add(edited(&samples::customer_draft(&[Service::Calling])), "third".into());
    assert_eq!(says(story.tries(&sales(), add())), (RuleId::X14, Because::WrongState, Remedy::SeeRequest));
    story.days(31);
    assert_eq!(story.state("second"), State::Lapsed);
    assert!(story.tries(&sales(), add()).is_ok());
}

#[test]
fn to_a_closed_organisation_nothing_is_added_and_nothing_is_asked_of_it_l3() {
    let mut story = with(&[Service::Messaging]);
    story.days(61);
    let gone = (RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial);
    let add = Act::Add(edited(&samples::customer_draft(&[Service::Meetings])), "second".into());
    assert_eq!(says(story.tries(&sales(), add)), gone);
    let ask = samples::ask(samples::customer_draft(&[Service::Meetings]), "second");
    assert_eq!(says(story.tries(&sales(), ask)), gone);
}

#[test]
fn the_start_says_which_organisation_it_made_and_nothing_later_does_n16() {
    let started = samples::started(samples::shortest_draft());
    assert_eq!(started.made(), Some(&samples::organisation(samples::shortest_draft())));
    let cancelled = with(&[Service::Messaging]).tries_with(&sales(), "trial-1", TrialAct::Cancel).expect("fine");
    assert_eq!(cancelled.made(), None);
}
