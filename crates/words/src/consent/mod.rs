//! What a request for a trial says to the organisation that is asked (`X6`): the same text on the
//! request page, in the document for when the page does not load (`X19`), and in the receipt of the
//! answer (`X16`).

use rules::clock::Day;
use rules::offer::Offer;
use rules::organisation::AccessLevel;
use rules::region::Region;
use rules::service::{Duration, Service};

use crate::{Language, date, date_utc, label, request_text};

/// The version of the text. It is raised with every change of a sentence, so that a receipt says
/// which text was read (`X16`); the text of each version is kept beside this file.
pub const VERSION: u32 = 1;

/// All that the text is written from.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The name of the organisation that is asked.
    pub organisation: &'a str,
    /// The name of the partner that asks.
    pub partner: &'a str,
    /// The name of the person who asks.
    pub person: &'a str,
    /// The day on which it was sent first.
    pub sent: Day,
    /// The last day on which it can be answered (`X11`).
    pub answer_by: Day,
    /// The partner's own words; they may be empty.
    pub words: &'a str,
    /// The matching phrase.
    pub phrase: &'a str,
    /// Whether full administrator access is asked for.
    pub asks_full_access: bool,
    /// What is asked for.
    pub asked: &'a Offer,
    /// For how long.
    pub duration: Duration,
    /// Where the organisation's data lives.
    pub region: Region,
}

/// The text, in the parts in which it is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who would like to do what for whom.
    pub title: String,
    /// Who asked, and when.
    pub asked_by: String,
    /// Until when it can be answered.
    pub until: String,
    /// That nothing happens before.
    pub nothing: &'static str,
    /// What stands before the partner's own words, or that there are none.
    pub why: &'static str,
    /// The partner's own words; empty where there are none.
    pub words: String,
    /// How to check that the request is real, with the matching phrase.
    pub check: String,
    /// Heading of what the organisation would get.
    pub get: &'static str,
    /// That each service can be accepted by itself; `None` where there is one alone.
    pub each: Option<&'static str>,
    /// Each service with its options and licences.
    pub services: Vec<(Service, String)>,
    /// For how long.
    pub duration: String,
    /// Where the data is.
    pub region: String,
    /// Heading of what the partner may do.
    pub may: &'static str,
    /// What it may do with either answer to the box.
    pub accepting: &'static str,
    /// What provisioning access means.
    pub provisioning: &'static str,
    /// The label of the box.
    pub full_access: &'static str,
    /// What ticking it brings.
    pub with_box: &'static str,
    /// What full administrator access means.
    pub full: &'static str,
    /// Whether the partner asks for it; asking never ticks the box.
    pub asks: String,
    /// That access can be reduced and removed.
    pub later: &'static str,
}

/// The text of a request.
pub fn statement(language: Language, asking: &Asking<'_>) -> Statement {
    let Asking { organisation, partner, person, phrase, .. } = *asking;
    let words = asking.words.trim();
    let services: Vec<(Service, String)> =
        asking.asked.services().into_iter().zip(label::offered(language, asking.asked)).collect();
    Statement {
        title: request_text::title(language, organisation, partner),
        asked_by: request_text::asked_by(language, date(language, asking.sent), partner, person),
        until: request_text::until(language, date_utc(language, asking.answer_by)),
        nothing: request_text::nothing(language),
        why: if words.is_empty() { request_text::no_words(language) } else { request_text::why(language) },
        words: words.to_owned(),
        check: request_text::check(language, partner, phrase),
        get: request_text::get(language),
        each: (services.len() > 1).then(|| request_text::service(language)),
        services,
        duration: request_text::duration(language, asking.duration.days()),
        region: request_text::region(language, label::region(language, asking.region)),
        may: request_text::may(language),
        accepting: request_text::accepting(language),
        provisioning: label::access_sentence(language, AccessLevel::Provisioning),
        full_access: request_text::full_access(language),
        with_box: request_text::with_box(language),
        full: label::access_sentence(language, AccessLevel::FullAdministrator),
        asks: if asking.asks_full_access {
            request_text::asks(language, partner)
        } else {
            request_text::asks_not(language, partner)
        },
        later: request_text::later(language),
    }
}

impl Statement {
    /// Every sentence in the order in which it is read.
    pub fn sentences(&self) -> Vec<String> {
        let mut all: Vec<&str> = vec![&self.title, &self.asked_by, &self.until, self.nothing, self.why];
        if !self.words.is_empty() {
            all.push(&self.words);
        }
        all.extend([self.check.as_str(), self.get]);
        all.extend(self.each);
        all.extend(self.services.iter().map(|(_, service)| service.as_str()));
        all.extend([self.duration.as_str(), &self.region]);
        all.extend([self.may, self.accepting, self.provisioning]);
        all.extend([self.full_access, self.with_box, self.full, &self.asks, self.later]);
        all.into_iter().map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::Path};

    use rules::offer::MeetingsOffer;

    use super::*;

    fn offer() -> Offer {
        Offer { licences: Some(120), messaging: true, meetings: Some(MeetingsOffer::default()), ..Offer::default() }
    }

    fn example<'a>(asked: &'a Offer, words: &'a str, asks_full_access: bool) -> Asking<'a> {
        Asking {
            organisation: "Blue Mesa Schools",
            partner: "Noordzee Telecom",
            person: "Anouk Visser",
            sent: Day::from_ymd(2026, 11, 9).expect("a day"),
            answer_by: Day::from_ymd(2026, 12, 9).expect("a day"),
            words,
            phrase: "copper window april",
            asks_full_access,
            asked,
            duration: Duration::Days30,
            region: Region::Eu,
        }
    }

    #[test]
    fn a_changed_text_gets_a_new_version_x16() {
        let asked = offer();
        let whole = Language::ALL.map(|language| {
            let with = statement(language, &example(&asked, "As we agreed.", true)).sentences().join("\n");
            let without = statement(language, &example(&asked, " ", false)).sentences().join("\n");
            format!("{with}\n\n{without}\n")
        });
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/consent/text/{VERSION}.txt"));
        let whole = whole.join("\n");
        if !file.exists() && env::var_os("UPDATE").is_some() {
            fs::write(&file, &whole).expect("the text is written");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(whole, kept, "raise VERSION, and run this test with UPDATE=1: the text of a version never changes");
    }

    #[test]
    fn the_text_says_who_why_what_until_when_and_the_phrase_x6() {
        let asked = offer();
        for language in Language::ALL {
            let text = statement(language, &example(&asked, "As we agreed.", true)).sentences().join("\n");
            let year = "9 december 2026";
            for said in
                ["Noordzee Telecom", "Anouk Visser", "Blue Mesa Schools", "As we agreed.", "copper window april"]
            {
                assert!(text.contains(said), "{said} is missing in {text}");
            }
            assert!(text.to_lowercase().contains(year), "{text}");
            for service in asked.services() {
                assert!(text.contains(label::service(language, service)), "{text}");
            }
            for level in [AccessLevel::FullAdministrator, AccessLevel::Provisioning] {
                assert!(text.contains(label::access_sentence(language, level)), "{text}");
            }
        }
    }
}
