//! People, what they are, and what they may do (P).

use serde::{Deserialize, Serialize};

use crate::ids::{PartnerId, PersonId};
use crate::named::named;
use crate::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

/// A language of the product (W1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

named!(Language {
    En = "en",
    Nl = "nl",
});

impl Language {
    /// Every language.
    pub const ALL: [Language; 2] = [Language::En, Language::Nl];

    /// The BCP 47 tag, which is also the name.
    pub fn tag(self) -> &'static str {
        self.name()
    }

    /// The first guess from a browser's or mail reader's language tag (W1).
    pub fn guess(tag: &str) -> Language {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("nl") { Language::Nl } else { Language::En }
    }
}

/// A partner's tier (P1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Buys from the vendor itself.
    One,
    /// Buys from a distributor, which is a tier 1 partner.
    Two {
        /// The distributor.
        distributor: PartnerId,
    },
}

/// A partner organisation (P1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Its tier.
    pub tier: Tier,
    /// Whether it is certified; without that its people see one page only.
    pub certified: bool,
}

/// What a person of a partner is (P2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartnerRole {
    /// All customers of the partner.
    SalesFullAdministrator,
    /// The customers they are in charge of or assigned to.
    SalesAdministrator,
    /// Sees all, changes nothing, may download.
    ReadOnlyAdministrator,
    /// Sees all, changes nothing, downloads nothing.
    HelpDesk,
}

named!(PartnerRole {
    SalesFullAdministrator = "sales-full-administrator",
    SalesAdministrator = "sales-administrator",
    ReadOnlyAdministrator = "read-only-administrator",
    HelpDesk = "help-desk",
});

impl PartnerRole {
    /// Every role.
    pub const ALL: [PartnerRole; 4] = [
        PartnerRole::SalesFullAdministrator,
        PartnerRole::SalesAdministrator,
        PartnerRole::ReadOnlyAdministrator,
        PartnerRole::HelpDesk,
    ];
}

/// A person of a partner organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are.
    pub role: PartnerRole,
    /// Their partner's id.
    pub partner: PartnerId,
}

/// Who acts: a person together with what the law asks of their partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Actor {
    /// The person.
    pub person: Person,
    /// Whether the person's partner is certified (P1).
    pub certified: bool,
}

/// What a person of a partner may or may not do as a whole, before any one
/// customer is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// See customers (P1, P2).
    SeeCustomers,
    /// Start a trial, keep drafts and look up organisations for it (P3).
    StartTrial,
}

named!(Right {
    SeeCustomers = "see-customers",
    StartTrial = "start-trial",
});

impl Right {
    /// Every right.
    pub const ALL: [Right; 2] = [Right::SeeCustomers, Right::StartTrial];
}

/// Whether a person has a right: shown on the control, and enforced by the
/// backend with the same reason (P7).
pub fn may(right: Right, actor: &Actor) -> Verdict {
    if !actor.certified {
        return Verdict::Blocked(Refusal::new(RuleId::P1, Because::PartnerNotCertified, Remedy::GetCertified));
    }
    match (right, actor.person.role) {
        (Right::SeeCustomers, _) => Verdict::Allowed,
        (Right::StartTrial, PartnerRole::SalesFullAdministrator | PartnerRole::SalesAdministrator) => Verdict::Allowed,
        (Right::StartTrial, PartnerRole::ReadOnlyAdministrator | PartnerRole::HelpDesk) => Verdict::Blocked(
            Refusal::new(RuleId::P3, Because::RoleCannotStart(actor.person.role), Remedy::AskSalesAdministrator),
        ),
    }
}

/// Who looks after a customer on the partner's side (P9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Assignment {
    /// The person in charge: who started the first trial.
    pub in_charge: Option<PersonId>,
    /// Further sales administrators.
    pub assigned: Vec<PersonId>,
}

/// Whether a person may see a customer of their own partner (P2). What may not
/// be seen is never sent to the browser (P7).
pub fn may_see(actor: &Actor, partner: &PartnerId, assignment: &Assignment) -> bool {
    may(Right::SeeCustomers, actor).is_allowed()
        && actor.person.partner == *partner
        && match actor.person.role {
            PartnerRole::SalesFullAdministrator | PartnerRole::ReadOnlyAdministrator | PartnerRole::HelpDesk => true,
            PartnerRole::SalesAdministrator => {
                let id = &actor.person.id;
                assignment.in_charge.as_ref() == Some(id) || assignment.assigned.contains(id)
            }
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn either_sales_role_may_start_a_trial_and_nobody_else_p3() {
        use PartnerRole::*;
        for (role, allowed) in [
            (SalesFullAdministrator, true),
            (SalesAdministrator, true),
            (ReadOnlyAdministrator, false),
            (HelpDesk, false),
        ] {
            let actor = samples::actor(role);
            assert_eq!(may(Right::StartTrial, &actor).is_allowed(), allowed, "{role:?}");
            assert!(may(Right::SeeCustomers, &actor).is_allowed(), "{role:?}");
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
            assert!(!may_see(&actor, &actor.person.partner, &Assignment::default()));
        }
    }

    #[test]
    fn a_refused_control_says_the_rule_the_reason_and_the_remedy_p7() {
        let Verdict::Blocked(refusal) = may(Right::StartTrial, &samples::actor(PartnerRole::HelpDesk)) else {
            panic!("allowed")
        };
        assert_eq!(
            refusal,
            Refusal::new(RuleId::P3, Because::RoleCannotStart(PartnerRole::HelpDesk), Remedy::AskSalesAdministrator)
        );
    }

    #[test]
    fn a_sales_administrator_sees_the_customers_they_have_and_the_others_see_all_p2() {
        let mine = |role| Assignment { in_charge: Some(samples::actor(role).person.id), assigned: vec![] };
        let assigned = |role| Assignment { in_charge: None, assigned: vec![samples::actor(role).person.id] };
        for role in PartnerRole::ALL {
            let actor = samples::actor(role);
            let partner = actor.person.partner.clone();
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
    }
}
