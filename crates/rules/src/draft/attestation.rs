//! Since when the attestation of N6 stands ticked.

use serde::{Deserialize, Serialize};

use super::TrialDraft;
use crate::clock::Instant;
use crate::people::Language;
use crate::region::CountryCode;

/// That the attestation stands ticked in a draft, as the backend saw it. It is
/// kept beside the draft and not in it: what the browser sends says only whether
/// the box is ticked, and the reader's clock is never asked (L1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Ticked {
    /// The country about which it was ticked.
    country: Option<CountryCode>,
    /// The language in which its sentence was shown.
    shown_in: Option<Language>,
    /// When it was first seen ticked so.
    pub at: Instant,
}

impl TrialDraft {
    /// Since when the attestation stands ticked, by what was seen before. It holds
    /// for one country and one sentence: ticked anew for another of them, it is
    /// ticked now; unticked, it is nothing (N6).
    pub fn ticked(&self, before: Option<&Ticked>, now: Instant) -> Option<Ticked> {
        // Of an organisation that is asked its own country counts (X2).
        let (ticked, country, shown_in) = match self.asked() {
            Some(asking) => (asking.supported_location, asking.country, asking.attested_in),
            None => (self.supported_location, self.country, self.attested_in),
        };
        if !ticked {
            return None;
        }
        let same = before.filter(|before| before.country == country && before.shown_in == shown_in);
        let at = same.map_or(now, |before| before.at);
        Some(Ticked { country, shown_in, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn the_instant_of_ticking_stays_while_it_stays_ticked_and_goes_with_it_n6() {
        let at = |minute| samples::now() + chrono::TimeDelta::minutes(minute);
        let mut draft = samples::shortest_draft();
        draft.attest(None);
        assert_eq!(draft.ticked(None, at(0)), None);
        draft.attest(Some(Language::En));
        let first = draft.ticked(None, at(1));
        draft.company_name.push('!');
        let later = draft.ticked(first.as_ref(), at(2));
        assert_eq!(later.as_ref().map(|ticked| ticked.at), Some(at(1)), "other changes leave it");

        draft.attest(None);
        let gone = draft.ticked(later.as_ref(), at(3));
        assert_eq!(gone, None);
        draft.attest(Some(Language::En));
        assert_eq!(draft.ticked(gone.as_ref(), at(4)).map(|ticked| ticked.at), Some(at(4)), "ticked anew");

        draft.attest(Some(Language::Nl));
        assert_eq!(draft.ticked(first.as_ref(), at(5)).map(|ticked| ticked.at), Some(at(5)), "another sentence");
        draft.attest(Some(Language::En));
        draft.country = CountryCode::new("BE");
        assert_eq!(draft.ticked(first.as_ref(), at(6)).map(|ticked| ticked.at), Some(at(6)), "another country");
    }
}
