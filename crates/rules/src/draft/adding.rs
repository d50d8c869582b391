//! A draft for a customer whom the partner manages: nobody is looked up, asked or attested (A).

use serde::{Deserialize, Serialize};

use super::TrialDraft;
use crate::ids::OrganisationId;
use crate::region::CountryCode;

/// The customer to whom a trial is added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Adding {
    /// The customer.
    pub customer: OrganisationId,
    /// Its country, which decides the region.
    pub country: Option<CountryCode>,
}

impl TrialDraft {
    /// A draft for a customer by its name and administrator, as the own list knows them.
    pub fn adding(customer: OrganisationId, country: CountryCode, name: String, administrator_email: String) -> Self {
        TrialDraft {
            company_name: name,
            administrator_email,
            adding: Some(Adding { customer, country: Some(country) }),
            ..TrialDraft::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Facts, Step};
    use crate::service::Service;

    #[test]
    fn adding_begins_with_the_services_and_needs_no_consent_a1_a3() {
        let country = CountryCode::new("DE").expect("a country");
        let mut draft = TrialDraft::adding("org-1".into(), country, "Acme".to_owned(), "it@acme.example".to_owned());
        assert_eq!(draft.steps().collect::<Vec<_>>(), [Step::Services, Step::Review]);
        assert_eq!(draft.place(), Some(country));
        draft.ask("org-1".into(), country);
        assert_eq!(draft.asked(), None, "nobody is asked");
        assert_eq!(draft.step_before(Step::Services), None);
        draft.services.insert(Service::Messaging);
        draft.licences = "10".to_owned();
        assert!(draft.check_edit(&Facts::default()).is_ok());
    }
}
