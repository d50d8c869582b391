use super::*;
use rules::{
    act::ActName,
    consent::DeclineReason,
    customers::Attention,
    notice::{MailKind, MailState, Recipients},
    people::{CustomerRole, Role},
    trial::State,
};

/// That every value of a set has its own words in each language, which differ between them unless
/// the word is the same in both.
fn apart<T: Copy + std::fmt::Debug>(all: &[T], label: impl Fn(Language, T) -> &'static str) {
    for language in Language::ALL {
        let mut said: Vec<&str> = all.iter().map(|value| label(language, *value)).collect();
        assert!(said.iter().all(|label| !label.trim().is_empty()));
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), all.len(), "{language:?}: {said:?}");
    }
    for value in all {
        assert_ne!(label(Language::En, *value), label(Language::Nl, *value), "{value:?}");
    }
}

#[test]
fn one_word_is_one_thing_in_every_closed_set_w1() {
    apart(&State::ALL, state);
    apart(&State::ALL, state_sentence);
    apart(&ActName::ALL, act);
    apart(&MailKind::ALL, mail_kind);
    apart(&DeclineReason::ALL, decline_reason);
    apart(&CustomerRole::ALL, customer_role);
    apart(&CustomerRole::ALL, customer_role_sentence);
    apart(&Attention::ALL, attention);
    apart(&MailState::ALL, mail_state);
    use Recipients::{
        Asked, Contact, CustomerAdministrators, Distributor, FirstAdministrator, FullAdministrators,
        PartnerAdministrators, TrialsTeam, Users,
    };
    let customers = [FirstAdministrator, CustomerAdministrators, FullAdministrators, Users, Asked];
    apart(&customers, recipients);
    apart(&[PartnerAdministrators, Distributor, Contact, TrialsTeam], recipients);
}

#[test]
fn acts_and_states_have_the_terms_of_the_table_w1() {
    let rows = [
        (act(Language::Nl, ActName::Resend), "Toestemmingsmail opnieuw verzenden"),
        (act(Language::En, ActName::Cancel), "Cancel trial"),
        (act(Language::Nl, ActName::SayInterested), "Ik heb interesse in aanschaf"),
        (state(Language::En, State::Awaiting), "Awaiting provisioning details"),
        (state(Language::Nl, State::Running), "Actief"),
        (customer_role(Language::Nl, CustomerRole::FullAdministrator), "Volledige beheerder"),
        (person_role(Language::Nl, &Role::TrialsTeam), "Proefteam"),
    ];
    for (said, term) in rows {
        assert_eq!(said, term);
    }
}

#[test]
fn an_offer_is_a_line_for_each_service_with_options_and_licences_n9_x6() {
    let mut offer = rules::samples::trial(rules::samples::full_draft()).offer;
    assert_eq!(
        offered(Language::En, &offer),
        [
            "Messaging, 200 licences",
            "Meetings (1000-participant meetings, Enterprise edition, Assistant for meetings), 200 licences",
            "Calling (Cloud calling), 200 licences",
            "Devices (4 desk phones, 1 board)",
        ]
    );
    offer.licences = Some(1);
    assert_eq!(offered(Language::Nl, &offer)[0], "Berichten, 1 licentie");
    offer.licences = Some(1000);
    assert_eq!(offered(Language::Nl, &offer)[0], "Berichten, 1.000 licenties");
}

#[test]
fn what_the_backend_drops_by_a_rule_has_its_reason_in_words_l8_l13() {
    for language in Language::ALL {
        for rule in ["late", "over", "moved", "undone"] {
            assert!(mail_why(language, rule).is_some_and(|why| why != rule), "{rule}");
        }
        assert_eq!(mail_why(language, " mailbox full ").as_deref(), Some("mailbox full"), "what a server said stays");
        assert_eq!(mail_why(language, ""), None);
    }
}
