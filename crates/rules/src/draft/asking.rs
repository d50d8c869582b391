//! A draft for an organisation that exists: it is asked, and its own country counts
//! (X1, X2).

use serde::{Deserialize, Serialize};

use super::{TrialDraft, email};
use crate::ids::OrganisationId;
use crate::people::Language;
use crate::region::CountryCode;

/// The organisation that an address was found to belong to. What was typed of the
/// customer stays beside it, so that Back loses nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Asking {
    /// The address that it was found by, in lower case of ASCII.
    pub address: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its country, which decides the region.
    pub country: Option<CountryCode>,
    /// Whether the attestation is ticked for that country (X2).
    pub supported_location: bool,
    /// The language in which its sentence was shown when it was ticked (N6).
    pub attested_in: Option<Language>,
}

impl TrialDraft {
    /// The organisation that is asked; nothing once another address is typed.
    pub fn asked(&self) -> Option<&Asking> {
        let asking = self.asking.as_ref().filter(|_| self.adding.is_none())?;
        (email(&self.administrator_email).as_ref() == Ok(&asking.address)).then_some(asking)
    }

    /// Notes that the typed address belongs to an organisation. The attestation is asked
    /// anew for its country (X2), and stays while it is about the same.
    pub fn ask(&mut self, organisation: OrganisationId, country: CountryCode) {
        let Ok(address) = email(&self.administrator_email) else { return };
        let known = self.asking.take().filter(|known| {
            (&known.address, &known.organisation, known.country) == (&address, &organisation, Some(country))
        });
        let new = Asking { address, organisation, country: Some(country), ..Asking::default() };
        self.asking = Some(known.unwrap_or(new));
    }

    /// Ticks the attestation for the country of the organisation that is asked, or
    /// unticks it (X2).
    pub fn attest_asked(&mut self, shown_in: Option<Language>) {
        if let Some(asking) = &mut self.asking {
            asking.supported_location = shown_in.is_some();
            asking.attested_in = shown_in;
        }
    }

    /// The country that counts: of the customer to whom it is added, of the organisation that
    /// is asked, else the chosen one.
    pub fn place(&self) -> Option<CountryCode> {
        if let Some(adding) = &self.adding {
            return adding.country;
        }
        self.asked().map_or(self.country, |asking| asking.country)
    }

    /// The draft as a request is made from it: with the organisation's country and the
    /// attestation for that (X2). The same draft where nobody is asked.
    pub fn as_asked(&self) -> TrialDraft {
        let mut draft = self.clone();
        if let Some(asking) = self.asked() {
            draft.country = asking.country;
            draft.supported_location = asking.supported_location;
            draft.attested_in = asking.attested_in;
        }
        draft.asking = None;
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Facts, Field, Step};
    use crate::samples;
    use crate::verdict::ProblemKind;

    fn asked(country: &str) -> TrialDraft {
        let mut draft = samples::shortest_draft();
        draft.ask("org-1".into(), CountryCode::new(country).expect("a country"));
        draft
    }

    #[test]
    fn who_is_asked_is_confirmed_on_a_step_of_its_own_x1() {
        let draft = asked("DE");
        let steps: Vec<Step> = draft.steps().collect();
        assert_eq!(steps, [Step::Customer, Step::ConfirmOrganisation, Step::Services, Step::Review]);
        assert!(!samples::shortest_draft().steps().any(|step| step == Step::ConfirmOrganisation));
    }

    #[test]
    fn another_address_asks_nobody_and_the_same_one_asks_as_before_x1() {
        let mut draft = asked("DE");
        draft.attest_asked(Some(Language::Nl));
        let typed = draft.administrator_email.clone();
        draft.administrator_email = "somebody@else.example".to_owned();
        assert_eq!(draft.asked(), None);
        assert_eq!(draft.place(), draft.country);
        draft.administrator_email = typed.to_uppercase();
        assert!(draft.asked().is_some_and(|asking| asking.supported_location));
    }

    #[test]
    fn the_attestation_is_asked_anew_for_the_organisations_country_x2() {
        let mut draft = asked("DE");
        let problem = |draft: &TrialDraft| draft.judge(Field::AskedLocation, &Facts::default());
        assert!(draft.supported_location, "it was ticked for the country that was typed");
        assert_eq!(problem(&draft), Some(ProblemKind::NotAttested));
        draft.attest_asked(Some(Language::En));
        assert_eq!(problem(&draft), None);
        draft.ask("org-1".into(), CountryCode::new("DE").expect("a country"));
        assert_eq!(problem(&draft), None, "the same organisation");
        draft.ask("org-1".into(), CountryCode::new("FR").expect("a country"));
        assert_eq!(problem(&draft), Some(ProblemKind::NotAttested), "another country");
    }

    #[test]
    fn a_country_without_the_services_refuses_there_whatever_is_ticked_x2_n6() {
        let none = crate::region::countries().iter().find(|each| each.available == crate::region::Availability::No);
        let mut draft = asked(none.expect("one is not offered").code.as_str());
        draft.attest_asked(Some(Language::En));
        assert_eq!(draft.judge(Field::AskedLocation, &Facts::default()), Some(ProblemKind::NotOfferedThere));
    }

    #[test]
    fn a_request_is_made_with_the_organisations_country_and_back_keeps_the_typed_one_x2() {
        let mut draft = asked("JP");
        draft.attest_asked(Some(Language::Nl));
        let sent = draft.as_asked();
        let japan = CountryCode::new("JP");
        assert_eq!((sent.country, sent.supported_location, sent.attested_in), (japan, true, Some(Language::Nl)));
        assert_eq!(sent.asking, None);
        assert_eq!(draft.country, samples::shortest_draft().country, "what was typed is still there");
        assert_eq!((draft.place(), draft.time_zone_name()), (japan, Some("Asia/Tokyo")));
        assert!(sent.check_for_existing(&Facts::default()).is_ok());
        // The attestation of a request is kept since it stands ticked for its own country (N6).
        let at = samples::now();
        assert_eq!(
            sent.ticked(draft.ticked(None, at).as_ref(), at + chrono::TimeDelta::hours(1)).map(|it| it.at),
            Some(at)
        );
    }

    #[test]
    fn the_partners_own_words_have_500_characters_x6() {
        let mut draft = asked("DE");
        let problem = |draft: &TrialDraft| draft.judge(Field::Words, &Facts::default());
        draft.words = format!("  {}\n", "é".repeat(500));
        assert_eq!(problem(&draft), None);
        draft.words = "é".repeat(501);
        assert_eq!(problem(&draft), Some(ProblemKind::TooLong { max: 500 }));
        draft.words = "two\nlines".to_owned();
        assert_eq!(problem(&draft), None);
        draft.words = "a\u{202E}b".to_owned();
        assert_eq!(problem(&draft), Some(ProblemKind::ForbiddenCharacter));
        assert!(!samples::shortest_draft().fields(Step::Services).contains(&Field::Words), "nobody is asked");
    }
}
