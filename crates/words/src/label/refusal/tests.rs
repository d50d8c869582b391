use super::*;
use rules::clock::Instant;
use rules::samples::day;
use rules::service::Service;

/// Every fact, by its name: a refusal is read with the name of its fact.
const FACTS: &str = include_str!("../../../../rules/src/verdict/because.rs");

fn named<T>(group: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let (_, after) = FACTS.split_once(group).expect("the names of the group");
    let (names, _) = after.split_once("});").expect("the end of the group");
    let names = names.split('"').skip(1).step_by(2);
    names.map(|name| read(name).expect("a name of the group")).collect()
}

fn every_fact() -> Vec<Because> {
    named("named!(Because {", Because::from_name)
}

fn every_remedy() -> Vec<Remedy> {
    named("named!(Remedy {", Remedy::from_name)
}

/// A refusal that carries all that a refusal can carry.
fn laden(because: Because, remedy: Remedy) -> Refusal {
    let refusal = Refusal::new(RuleId::L12, because, remedy);
    refusal.from(day(2026, 3, 31)).role(PartnerRole::HelpDesk).state(State::Expired).service(Service::Calling).count(3)
}

#[test]
fn a_refusal_says_the_fact_and_the_remedy_in_both_languages_p7() {
    let refused =
        Refusal::new(RuleId::P3, Because::RoleCannotStart, Remedy::AskSalesAdministrator).role(PartnerRole::HelpDesk);
    assert_eq!(
        refusal(Language::En, &refused),
        "With the role Help desk one cannot start a trial. Ask a sales administrator of your organisation."
    );
    assert!(refusal(Language::Nl, &refused).contains("Helpdesk"));
}

#[test]
fn every_fact_and_every_remedy_is_a_sentence_of_its_own_language_p7() {
    for because in every_fact() {
        for remedy in every_remedy() {
            for refused in [Refusal::new(RuleId::L12, because, remedy), laden(because, remedy)] {
                let [en, nl] = Language::ALL.map(|language| refusal(language, &refused));
                for text in [&en, &nl] {
                    assert!(text.ends_with('.'), "{because:?} {remedy:?}: {text}");
                    assert!(!text.contains(['{', '}']) && !text.contains("  "), "{because:?} {remedy:?}: {text}");
                }
                assert_ne!(en, nl, "{because:?} {remedy:?}");
            }
        }
    }
}

#[test]
fn no_two_facts_are_said_alike_w1() {
    for language in Language::ALL {
        let mut said: Vec<String> =
            every_fact().iter().map(|because| fact(language, &laden(*because, Remedy::Nothing))).collect();
        said.sort();
        let all = said.len();
        said.dedup();
        assert_eq!(said.len(), all);
    }
}

#[test]
fn a_text_that_is_unfit_says_in_which_way_n1_g3() {
    let unfit = |rule| Refusal::new(rule, Because::BadText, Remedy::Correct);
    assert_eq!(
        refusal(Language::En, &unfit(RuleId::D7).count(500)),
        "The text is longer than 500 characters. Correct it and try again."
    );
    assert!(refusal(Language::En, &unfit(RuleId::D8)).starts_with("The text holds an invisible control character."));
    assert!(refusal(Language::En, &unfit(RuleId::H5)).starts_with("The text is missing"));
}

#[test]
fn a_request_that_is_open_waits_for_the_trials_team_and_not_for_a_change_d7_d8_p7() {
    let open = Refusal::new(RuleId::D8, Because::DeviceRequestOpen, Remedy::Wait);
    assert_eq!(
        refusal(Language::En, &open),
        "A request for this shipment is open already. Wait until the trials team has dealt with it."
    );
}

#[test]
fn the_first_parts_refusals_are_those_of_rights_and_of_a_saved_draft_p7() {
    let first = [
        Because::PartnerNotCertified,
        Because::RoleCannotStart,
        Because::RoleChangesNothing,
        Because::RoleCannotDownload,
        Because::OnlySalesFullAdministrators,
        Because::OnlyForPartners,
        Because::DraftSaved,
    ];
    for because in every_fact() {
        let refused = laden(because, Remedy::AskSalesAdministrator);
        let right = right_refusal(Language::En, &refused);
        assert_eq!(right.is_some(), first.contains(&because), "{because:?}");
        assert!(right.is_none_or(|text| text == refusal(Language::En, &refused)));
    }
}

#[test]
fn who_does_not_look_after_the_customer_is_told_that_and_not_of_a_role_p2() {
    let refused = Refusal::new(RuleId::P2, Because::RoleChangesNothing, Remedy::AskSalesFullAdministrator);
    assert_eq!(
        refusal(Language::En, &refused),
        "You are neither in charge of this customer nor assigned to it. \
         Ask a sales full administrator of your organisation."
    );
}

#[test]
fn a_service_says_the_rule_the_fact_what_to_do_and_from_when_n11_x4_p8() {
    let refused = Refusal::new(RuleId::X4, Because::InTrialWithAnotherPartner, Remedy::ChooseOther)
        .service(Service::Calling)
        .from(day(2026, 4, 30));
    assert_eq!(
        refusal(Language::En, &refused),
        "A service can be in one trial at a time, and Calling is in trial with another partner. Leave it out, or \
         choose another service. As things stand it can be offered from 30 April 2026 (UTC); that day may move."
    );
    assert!(refusal(Language::Nl, &refused).contains("die dag kan nog verschuiven"));

    let owned = Refusal::new(RuleId::A2, Because::AlreadyPurchased, Remedy::ChooseOther).service(Service::Calling);
    assert!(refusal(Language::En, &owned).contains("No date changes that."));
    assert!(refusal(Language::Nl, &owned).contains("Geen datum verandert dat."));
}

#[test]
fn a_wait_names_the_minute_from_which_it_is_over_x13() {
    let instant: Instant = "2026-03-01T10:05:00Z".parse().expect("an instant");
    let refused = Refusal::new(RuleId::X13, Because::SentRecently, Remedy::Wait).from_instant(instant);
    assert_eq!(
        refusal(Language::En, &refused),
        "The last consent mail was sent too recently for another one. \
         It is possible from 1 March 2026, 10:05 UTC."
    );
}

#[test]
fn a_refusal_of_the_table_names_the_state_and_what_to_do_instead_l12() {
    use rules::act::table::{Row, cell};
    for row in Row::ALL {
        for state in State::ALL {
            let Err(refused) = cell(row, state) else { continue };
            for language in Language::ALL {
                assert!(refusal(language, &refused).contains(state_sentence(language, state)), "{row:?} {state:?}");
            }
        }
    }
    let refused = cell(Row::Extend, State::Expired).expect_err("refused");
    assert_eq!(
        refusal(Language::En, &refused),
        "This cannot be done now. The trial has expired and is in its grace period. \
         It can be converted to a paid order."
    );
}

#[test]
fn the_day_of_a_shortened_end_and_of_a_device_end_is_not_called_one_from_which_it_is_possible_e1_d6() {
    let shortened = Refusal::new(RuleId::E1, Because::Shortens, Remedy::Confirm).from(day(2026, 3, 31));
    assert_eq!(
        refusal(Language::En, &shortened),
        "The new end, 31 March 2026 (UTC), is earlier than the present one. Confirm it if you mean it."
    );
    let late = Refusal::new(RuleId::D6, Because::DeviceLimit, Remedy::Correct).from(day(2026, 6, 29));
    assert!(refusal(Language::Nl, &late).contains("tussen vandaag en 29 juni 2026 (UTC)"));
    let days = Refusal::new(RuleId::D7, Because::DeviceLimit, Remedy::Correct).count(1);
    assert!(refusal(Language::En, &days).contains("which leaves 1 day to add"));
}

#[test]
fn an_order_number_and_a_demo_order_number_are_two_things_w1() {
    let said = |rule| refusal(Language::Nl, &Refusal::new(rule, Because::NotAnOrderNumber, Remedy::Correct));
    assert!(said(RuleId::C3).starts_with("Een bestelnummer"));
    assert!(said(RuleId::D6).starts_with("Een demobestelnummer"));
}
