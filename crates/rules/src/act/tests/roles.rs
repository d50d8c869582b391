//! Who may do what (P).

use super::*;
use crate::act::{Act, ActName, Context, may_act, verdicts};
use crate::consent::{Answered, DeclineReason};
use crate::organisation::AccessLevel;
use crate::people::{Assignment, CustomerRole, Language, Right, may};
use crate::service::Duration;

fn allowed(story: &Story, actor: &Actor, trial: &str) -> Vec<ActName> {
    let context = Context { actor: Some(actor), now: story.now, facts: &story.facts };
    let found = verdicts(&story.organisation, story.trial(trial), context);
    found.into_iter().filter(|(_, verdict)| verdict.is_allowed()).map(|(name, _)| name).collect()
}

#[test]
fn each_role_may_do_these_acts_with_a_running_trial_p2_p5_p6_p8() {
    use ActName::*;
    let story = Story::running(samples::customer_draft(&[Service::Messaging]), false);
    let partner = [Cancel, Extend, Edit, FinishSetUp, RetryProvisioning, Convert].as_slice();
    let rows: [(Actor, &[ActName]); 10] = [
        (chief(), partner),
        (sales(), partner),
        (samples::actor(PartnerRole::ReadOnlyAdministrator), &[]),
        (samples::actor(PartnerRole::HelpDesk), &[]),
        (rival(), &[]),
        (samples::actor_of(&samples::uncertified(), PartnerRole::SalesFullAdministrator), &[]),
        (samples::trials_team(), &[]),
        (story.person("full-1"), &[Cancel, AcceptTerms, FinishSetUp, SayInterested]),
        (story.person("helper"), &[FinishSetUp]),
        (story.person("user"), &[]),
    ];
    for (actor, acts) in rows {
        assert_eq!(allowed(&story, &actor, "asked"), acts, "{}", actor.person.id);
    }
}

#[test]
fn a_pending_request_is_answered_by_full_administrators_and_withdrawn_by_its_partner_p5_p8_x7() {
    use ActName::*;
    let mut story = Story::asked(samples::customer_draft(&[Service::Messaging]));
    // What its button shows is that the wait is not over (X13).
    assert_eq!(allowed(&story, &sales(), "asked"), [Cancel]);
    story.now += chrono::TimeDelta::minutes(5);
    let rows: [(Actor, &[ActName]); 6] = [
        (sales(), &[Resend, Cancel]),
        (rival(), &[]),
        (story.person("full-1"), &[Answer]),
        (story.person("full-3"), &[Answer]),
        (story.person("helper"), &[]),
        (story.person("user"), &[]),
    ];
    for (actor, acts) in rows {
        assert_eq!(allowed(&story, &actor, "asked"), acts, "{}", actor.person.id);
    }
}

#[test]
fn the_backend_refuses_with_the_reason_that_the_disabled_control_shows_p7() {
    let story = with(&[Service::Messaging]);
    let helper = samples::actor(PartnerRole::HelpDesk);
    for actor in [helper, rival(), samples::trials_team(), story.person("person-1")] {
        let context = Context { actor: Some(&actor), now: story.now, facts: &story.facts };
        let shown = may_act(ActName::Extend, &story.organisation, story.trial("trial-1"), context);
        let refused = story.tries_with(&actor, "trial-1", TrialAct::Extend(Duration::Days90, false));
        assert_eq!(refused.map(drop), shown, "{}", actor.person.id);
        assert!(shown.is_err());
    }
}

#[test]
fn another_partner_cannot_touch_the_trial_whatever_its_own_access_p8() {
    let mut story = with(&[Service::Messaging]);
    let access = story.organisation.partners[0].clone();
    story.organisation.partners.push(crate::organisation::Management { partner: samples::competitor().id, ..access });
    let acts = [
        TrialAct::Cancel,
        TrialAct::Extend(Duration::Days90, false),
        samples::finish_set_up(),
        TrialAct::Convert(samples::conversion(&[Service::Messaging])),
        edit(&samples::customer_draft(&[Service::Meetings])),
    ];
    for act in acts {
        let refused = says(story.tries_with(&rival(), "trial-1", act));
        assert_eq!(refused, (RuleId::P8, Because::StartedByAnotherPartner, Remedy::Nothing));
    }
}

#[test]
fn nobody_but_the_two_sales_roles_starts_adds_or_asks_p3() {
    let story = with(&[Service::Messaging]);
    let add = || Act::Add(edited(&samples::customer_draft(&[Service::Meetings])), "second".into());
    for role in [PartnerRole::ReadOnlyAdministrator, PartnerRole::HelpDesk] {
        let actor = samples::actor(role);
        let refused = (RuleId::P3, Because::RoleCannotStart, Remedy::AskSalesAdministrator);
        assert_eq!(says(story.tries(&actor, add())), refused, "{role:?}");
        let ask = samples::ask(samples::customer_draft(&[Service::Meetings]), "asked");
        assert_eq!(says(Story::of(samples::customer()).tries(&actor, ask)), refused, "{role:?}");
    }
    assert!(story.tries(&sales(), add()).is_ok());
    for actor in [story.person("person-1"), samples::trials_team()] {
        assert_eq!(says(story.tries(&actor, add())).0, RuleId::P2);
    }
}

#[test]
fn a_sales_administrator_acts_only_for_customers_they_look_after_p2_p9() {
    let mut story = with(&[Service::Messaging]);
    let colleague = {
        let mut colleague = sales();
        colleague.person.id = "colleague".into();
        colleague
    };
    let facts = story.facts.partners.get_mut(&samples::partner().id).expect("the partner");
    facts.people.push(colleague.person.clone());
    let extend = || TrialAct::Extend(Duration::Days90, false);
    let refused = (RuleId::P2, Because::RoleChangesNothing, Remedy::AskSalesFullAdministrator);
    assert_eq!(says(story.tries_with(&colleague, "trial-1", extend())), refused);
    let assigned = vec![colleague.person.id.clone()];
    let assignment = Assignment { in_charge: Some(sales().person.id), assigned };
    story.does(&chief(), Act::Assign(assignment));
    assert!(story.tries_with(&colleague, "trial-1", extend()).is_ok());
}

#[test]
fn who_starts_the_first_trial_is_in_charge_until_a_sales_full_administrator_assigns_another_p9() {
    let mut story = with(&[Service::Messaging]);
    let in_charge = |story: &Story| story.organisation.assignment(&samples::partner().id).in_charge;
    assert_eq!(in_charge(&story), Some(sales().person.id));
    let to = |id: &str| Assignment { in_charge: Some(id.into()), assigned: Vec::new() };
    let chief_id = chief().person.id;
    let rows = [
        (sales(), chief_id.as_str(), Because::OnlySalesFullAdministrators),
        (chief(), "noordzee-help-desk", Because::NotASalesAdministrator),
        (chief(), "zuidzee-sales-administrator", Because::NotASalesAdministrator),
        (rival(), "zuidzee-sales-administrator", Because::NoAccess),
    ];
    for (actor, id, because) in rows {
        assert_eq!(says(story.tries(&actor, Act::Assign(to(id)))).1, because, "{id}");
    }
    story.does(&chief(), Act::Assign(to(chief_id.as_str())));
    story.organisation.closed = Some(story.today());
    let closed = says(story.tries(&chief(), Act::Assign(to(chief_id.as_str()))));
    assert_eq!(closed, (RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial));
    assert_eq!(in_charge(&story), Some(chief_id));
}

#[test]
fn a_second_trial_leaves_the_person_in_charge_as_it_was_p9() {
    let mut story = with(&[Service::Messaging]);
    story.does(&chief(), Act::Add(edited(&samples::customer_draft(&[Service::Meetings])), "second".into()));
    assert_eq!(story.organisation.assignment(&samples::partner().id).in_charge, Some(sales().person.id));
}

#[test]
fn the_partner_has_full_access_and_still_counts_as_no_person_of_the_customer_p5() {
    let story = with(&[Service::Messaging]);
    let acts = [
        samples::accept_terms(),
        TrialAct::SayInterested,
        TrialAct::Answer(Answered::Declined { reason: DeclineReason::NotNeeded, note: String::new() }, Language::En),
    ];
    for act in acts {
        assert_eq!(says(story.tries_with(&chief(), "trial-1", act)).0, RuleId::P5);
    }
    let access = Act::SetAccess(samples::partner().id, AccessLevel::Provisioning);
    assert_eq!(says(story.tries(&chief(), access)).0, RuleId::P5);
}

#[test]
fn people_of_another_organisation_decide_nothing_here_p5_x7() {
    let story = Story::asked(samples::customer_draft(&[Service::Messaging]));
    let stranger = with(&[Service::Messaging]).person("person-1");
    let refused = (RuleId::X7, Because::NotForThem, Remedy::Nothing);
    assert_eq!(says(story.tries_with(&stranger, "asked", TrialAct::Open)), refused);
    assert_eq!(says(story.tries_with(&stranger, "asked", samples::accepted(&[Service::Messaging], true))), refused);
}

#[test]
fn the_trials_team_decides_shipments_and_nothing_else_and_nobody_else_does_p6() {
    let team = samples::trials_team();
    for right in Right::ALL {
        assert_eq!(may(right, &team).is_allowed(), right == Right::DecideShipments, "{right:?}");
    }
    let story = full();
    for actor in [chief(), story.person("person-1"), rival()] {
        let refused = (RuleId::P6, Because::OnlyForTrialsTeam, Remedy::AskTrialsTeam);
        assert_eq!(says(story.tries_with(&actor, "trial-1", send())), refused);
    }
    assert!(story.tries_with(&team, "trial-1", send()).is_ok());
}

#[test]
fn an_administrator_of_the_customer_decides_nothing_p5() {
    let mut story = Story::running(samples::customer_draft(&[Service::Messaging]), true);
    let helper = story.person("helper");
    let partner = samples::partner().id;
    let user = CustomerRole::User;
    let acts = [
        Act::SetAccess(partner.clone(), AccessLevel::Provisioning),
        Act::RemovePartner(partner.clone()),
        Act::LiftBlock(partner),
        Act::ChangePerson("user".into(), user, [].into()),
        Act::RemovePerson("user".into()),
        Act::SetSettings("Other".to_owned(), Language::En),
        Act::Trial("asked".into(), TrialAct::Cancel),
        Act::Trial("asked".into(), TrialAct::SayInterested),
        Act::Trial("asked".into(), samples::accept_terms()),
    ];
    for act in acts {
        let refused = (RuleId::P5, Because::OnlyForFullAdministrators, Remedy::AskFullAdministrator);
        assert_eq!(says(story.tries(&helper, act)), refused);
    }
    story.does_with(&helper, "asked", samples::finish_set_up());
}

#[test]
fn the_running_trials_of_a_partner_that_lost_its_certification_go_on_p1() {
    let mut story = with(&[Service::Messaging]);
    let facts = story.facts.partners.get_mut(&samples::partner().id).expect("the partner");
    facts.partner.certified = false;
    let sales = Actor { certified: false, ..sales() };
    let refused = (RuleId::P1, Because::PartnerNotCertified, Remedy::GetCertified);
    assert_eq!(says(story.tries_with(&sales, "trial-1", TrialAct::Cancel)), refused);
    story.days(24);
    assert!(!story.mails(crate::notice::MailKind::EndsSoon).is_empty());
}
