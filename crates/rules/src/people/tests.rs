use super::*;
use crate::samples;

#[test]
fn either_sales_role_may_start_a_trial_and_nobody_else_p3() {
    use PartnerRole::*;
    for (role, allowed) in
        [(SalesFullAdministrator, true), (SalesAdministrator, true), (ReadOnlyAdministrator, false), (HelpDesk, false)]
    {
        let actor = samples::actor(role);
        assert_eq!(may(Right::StartTrial, &actor).is_allowed(), allowed, "{role:?}");
        assert!(may(Right::SeeCustomers, &actor).is_allowed(), "{role:?}");
    }
}

#[test]
fn every_role_is_read_back_as_it_was_written() {
    let partners = PartnerRole::ALL.map(|role| Role::Partner { partner: "noordzee".into(), role });
    let customers = CustomerRole::ALL.map(|role| Role::Customer { organisation: "acme".into(), role });
    for role in partners.into_iter().chain(customers).chain([Role::TrialsTeam]) {
        let text = serde_json::to_string(&role).expect("it can be written");
        assert_eq!(serde_json::from_str::<Role>(&text).ok(), Some(role), "{text}");
    }
    for text in [r#"{"name":"help-desk"}"#, r#"{"partner":"noordzee","name":"user"}"#, "{}"] {
        assert!(serde_json::from_str::<Role>(text).is_err(), "{text}");
    }
}

#[test]
fn people_of_an_uncertified_partner_may_do_and_see_nothing_p1() {
    for role in PartnerRole::ALL {
        let actor = Actor { certified: false, ..samples::actor(role) };
        for right in Right::ALL {
            let Verdict::Blocked(refusal) = may(right, &actor) else { panic!("{role:?} may {right:?}") };
            assert_eq!((refusal.rule, refusal.because), (RuleId::P1, Because::PartnerNotCertified));
        }
        assert!(!may_see(&actor, &samples::partner().id, &Assignment::default()));
    }
}

#[test]
fn a_refused_control_says_the_rule_the_reason_and_the_remedy_p7() {
    let Verdict::Blocked(refusal) = may(Right::StartTrial, &samples::actor(PartnerRole::HelpDesk)) else {
        panic!("allowed")
    };
    assert_eq!(
        (refusal.rule, refusal.because, refusal.remedy, refusal.role),
        (RuleId::P3, Because::RoleCannotStart, Remedy::AskSalesAdministrator, Some(PartnerRole::HelpDesk))
    );
}

#[test]
fn a_sales_administrator_sees_the_customers_they_have_and_the_others_see_all_p2() {
    let mine = |role| Assignment { in_charge: Some(samples::actor(role).person.id), assigned: vec![] };
    let assigned = |role| Assignment { in_charge: None, assigned: vec![samples::actor(role).person.id] };
    for role in PartnerRole::ALL {
        let actor = samples::actor(role);
        let partner = samples::partner().id;
        assert!(may_see(&actor, &partner, &mine(role)), "{role:?}");
        assert!(may_see(&actor, &partner, &assigned(role)), "{role:?}");
        let sees_all = role != PartnerRole::SalesAdministrator;
        assert_eq!(may_see(&actor, &partner, &Assignment::default()), sees_all, "{role:?}");
        assert!(!may_see(&actor, &"another".into(), &mine(role)), "{role:?} of another partner");
    }
}

#[test]
fn the_browsers_language_is_the_first_guess_w1() {
    for (tag, language) in [
        ("nl-BE", Language::Nl),
        ("NL", Language::Nl),
        ("en-GB", Language::En),
        ("de", Language::En),
        ("", Language::En),
    ] {
        assert_eq!(Language::guess(tag), language, "{tag:?}");
    }
    for language in Language::ALL {
        assert_eq!(Language::guess(language.tag()), language);
    }
}

#[test]
fn who_is_in_charge_is_so_while_they_have_a_sales_role_p9() {
    let people = PartnerRole::ALL.map(|role| samples::actor(role).person);
    let of = |id: Option<&PersonId>| Assignment { in_charge: id.cloned(), assigned: Vec::new() };
    for person in &people {
        let found = in_charge(&people, &of(Some(&person.id)));
        assert_eq!(found, Some(person).filter(|person| person.is_sales()), "{}", person.id);
    }
    assert_eq!(in_charge(&people, &of(Some(&"former".into()))), None);
    assert_eq!(in_charge(&people, &of(None)), None);
}
