//! What the claims of an identity provider mean here.

use std::collections::BTreeMap;

use backend::Standing;
use openidconnect::AdditionalClaims;
use rules::people::PartnerRole;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::config::Provider;

/// Claims beside those that OpenID Connect itself defines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Further {
    #[serde(flatten)]
    claims: BTreeMap<String, Value>,
}

impl AdditionalClaims for Further {}

/// The role of the trials team, as it is claimed (P6).
const TRIALS_TEAM: &str = "trials-team";

impl Further {
    /// A claim by its name; else by its way through claims within claims, as in `realm_access.roles`. Names may
    /// hold dots themselves.
    fn find(&self, name: &str) -> Option<&Value> {
        if let Some(found) = self.claims.get(name) {
            return Some(found);
        }
        let mut steps = name.split('.');
        let first = self.claims.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step))
    }

    /// The texts of a claim: one, or a list of them.
    fn texts(&self, name: &str) -> Vec<&str> {
        match self.find(name) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// What a person is claimed to be. Of several roles of a partner the one with most rights counts, as it does
    /// where groups are roles. Names that mean nothing here are passed over: the list may be the provider's own,
    /// with roles of other programs.
    pub fn standing(&self, settings: &Provider) -> Option<Standing> {
        let roles = self.texts(&settings.role_claim);
        let role = PartnerRole::ALL.into_iter().find(|role| roles.contains(&role.name()));
        let partners = self.texts(&settings.partner_claim);
        match (partners.as_slice(), role) {
            // Of two partners at once nobody can say for which one somebody acts.
            ([partner], Some(role)) if !partner.is_empty() => {
                Some(Standing::Partner { partner: (*partner).into(), role })
            }
            _ => roles.contains(&TRIALS_TEAM).then_some(Standing::TrialsTeam),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settings(partner_claim: &str, role_claim: &str) -> Provider {
        Provider {
            issuer: "https://login.example".to_owned(),
            client_id: String::new(),
            client_secret: String::new(),
            scopes: Vec::new(),
            partner_claim: partner_claim.to_owned(),
            role_claim: role_claim.to_owned(),
            trust_emails: false,
            server_address: None,
        }
    }

    #[test]
    fn claims_make_people_of_partners_and_of_the_trials_team_and_nobody_else_p2_p6() {
        let partner = |role| Some(Standing::Partner { partner: "noordzee".into(), role });
        let rows = [
            (json!({"partner": "noordzee", "role": "help-desk"}), partner(PartnerRole::HelpDesk)),
            (json!({"partner": ["noordzee"], "role": ["x", "help-desk"]}), partner(PartnerRole::HelpDesk)),
            (
                json!({"partner": "noordzee", "role": ["help-desk", "sales-full-administrator"]}),
                partner(PartnerRole::SalesFullAdministrator),
            ),
            (json!({"role": "trials-team"}), Some(Standing::TrialsTeam)),
            (json!({"partner": "", "role": ["trials-team"]}), Some(Standing::TrialsTeam)),
            (json!({"partner": ["noordzee", "fjord"], "role": "help-desk"}), None),
            (json!({"partner": "noordzee"}), None),
            (json!({"role": "help-desk"}), None),
            (json!({"partner": "noordzee", "role": "full-administrator"}), None),
            (json!({"partner": 7, "role": {"help-desk": true}}), None),
            (json!({}), None),
        ];
        for (claims, wanted) in rows {
            let further: Further = serde_json::from_value(claims.clone()).expect("claims");
            assert_eq!(further.standing(&settings("partner", "role")), wanted, "{claims}");
        }
    }

    #[test]
    fn a_claim_is_found_by_its_name_with_dots_and_within_other_claims() {
        let claims = json!({
            "https://proef.example/partner": "noordzee",
            "realm_access": { "roles": ["offline_access", "sales-administrator"] },
        });
        let further: Further = serde_json::from_value(claims).expect("claims");
        let standing = further.standing(&settings("https://proef.example/partner", "realm_access.roles"));
        let role = PartnerRole::SalesAdministrator;
        assert_eq!(standing, Some(Standing::Partner { partner: "noordzee".into(), role }));
        assert_eq!(further.find("realm_access.roles.0"), None);
        assert_eq!(further.find("nowhere.roles"), None);
    }
}
