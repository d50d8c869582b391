//! What a request for a trial says to the organisation that is asked (`X6`): the same text on the
//! request page, in the document for when the page does not load (`X19`), and in the receipt of the
//! answer (`X16`).

use rules::clock::Day;
use rules::offer::Offer;
use rules::organisation::AccessLevel;
use rules::region::Region;
use rules::service::{Duration, Service};

use crate::{Language, date, date_utc, label, request_read, request_text};

/// The version of the text. It is raised with every change of a sentence, so that a receipt says
/// which text was read (`X16`); the text of each version is kept beside this file.
pub const VERSION: u32 = 2;

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
    pub nothing: String,
    /// What stands before the partner's own words, or that there are none.
    pub why: String,
    /// The partner's own words; empty where there are none.
    pub words: String,
    /// How to check that the request is real, with the matching phrase.
    pub check: String,
    /// Heading of what the organisation would get.
    pub get: String,
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
    pub accepting: String,
    /// What provisioning access means.
    pub provisioning: &'static str,
    /// The label of the box.
    pub full_access: &'static str,
    /// What ticking it brings.
    pub with_box: String,
    /// What full administrator access means.
    pub full: &'static str,
    /// Whether the partner asks for it; asking never ticks the box.
    pub asks: String,
    /// That access can be reduced and removed.
    pub later: String,
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
        nothing: request_text::nothing(language).to_owned(),
        why: why(language, asking),
        words: words.to_owned(),
        check: request_text::check(language, partner, phrase),
        get: request_text::get(language).to_owned(),
        each: (services.len() > 1).then(|| request_text::service(language)),
        services,
        duration: request_text::duration(language, asking.duration.days()),
        region: request_text::region(language, label::region(language, asking.region)),
        may: request_text::may(language),
        accepting: request_text::accepting(language).to_owned(),
        provisioning: label::access_sentence(language, AccessLevel::Provisioning),
        full_access: request_text::full_access(language),
        with_box: request_text::with_box(language).to_owned(),
        full: label::access_sentence(language, AccessLevel::FullAdministrator),
        asks: if asking.asks_full_access {
            request_text::asks(language, partner)
        } else {
            request_text::asks_not(language, partner)
        },
        later: request_text::later(language).to_owned(),
    }
}

/// The same for a reader who does not answer: it speaks of those who can, and promises the reader
/// nothing (`X7`, `P7`).
pub fn read_by_others(language: Language, asking: &Asking<'_>, can_answer: &[String]) -> Statement {
    let Asking { organisation, partner, answer_by, .. } = *asking;
    let text = statement(language, asking);
    Statement {
        until: until_others(language, organisation, answer_by, can_answer),
        nothing: request_read::nothing(language).to_owned(),
        get: request_read::get(language, organisation),
        each: None,
        accepting: request_read::accepting(language, partner),
        with_box: request_read::with_box(language, partner),
        asks: if asking.asks_full_access { request_read::asks(language, partner) } else { text.asks },
        later: request_read::later(language, organisation),
        ..text
    }
}

/// Until when a request can be answered, and by whom: for a reader who is none of them.
pub fn until_others(language: Language, organisation: &str, answer_by: Day, can_answer: &[String]) -> String {
    let day = date_utc(language, answer_by);
    match can_answer.is_empty() {
        true => request_read::until_nobody(language, day, organisation),
        false => request_read::until(language, day, can_answer.join(", ")),
    }
}

/// What was asked for, told once there is nothing left to answer (`X15`): nothing of it speaks of
/// what would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WasAsked {
    /// What stands before the partner's own words, or that there are none.
    pub why: String,
    /// The partner's own words; empty where there are none.
    pub words: String,
    /// Heading of what was asked for.
    pub heading: &'static str,
    /// Each service with its options and licences.
    pub services: Vec<String>,
    /// For how long.
    pub duration: String,
    /// Whether full administrator access was asked for.
    pub access: String,
}

/// What a request asked for that is over, or was answered.
pub fn was_asked(language: Language, asking: &Asking<'_>) -> WasAsked {
    WasAsked {
        why: why(language, asking),
        words: asking.words.trim().to_owned(),
        heading: request_read::asked(language),
        services: label::offered(language, asking.asked),
        duration: request_read::asked_duration(language, asking.duration.days()),
        access: match asking.asks_full_access {
            true => request_read::asked_full(language, asking.partner),
            false => request_read::asked_not_full(language, asking.partner),
        },
    }
}

/// Whose words follow, or that there are none.
fn why(language: Language, asking: &Asking<'_>) -> String {
    match asking.words.trim().is_empty() {
        true => request_text::no_words(language, asking.partner),
        false => request_text::why(language, asking.partner),
    }
}

impl Statement {
    /// Every sentence in the order in which it is read.
    pub fn sentences(&self) -> Vec<String> {
        let mut all: Vec<&str> = vec![&self.title, &self.asked_by, &self.until, &self.nothing, &self.why];
        if !self.words.is_empty() {
            all.push(&self.words);
        }
        all.extend([&self.check, &self.get].map(String::as_str));
        all.extend(self.each);
        all.extend(self.services.iter().map(|(_, service)| service.as_str()));
        all.extend([self.duration.as_str(), &self.region]);
        all.extend([self.may, &self.accepting, self.provisioning]);
        all.extend([self.full_access, &self.with_box, self.full, &self.asks, &self.later]);
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

    /// Phrases that are true only for whoever answers.
    const TO_WHO_ANSWERS: [&str; 8] =
        ["You can", "you can", "you accept", "you tick", "U kunt", "u kunt", "u aanvaardt", "u ook"];

    #[test]
    fn who_cannot_answer_is_told_who_can_and_is_promised_nothing_x7_p7() {
        let (asked, names) = (offer(), ["Sanne Visser".to_owned(), "Joost de Boer".to_owned()]);
        for language in Language::ALL {
            let example = example(&asked, "As we agreed.", true);
            let answers = statement(language, &example).sentences().join("\n");
            assert!(TO_WHO_ANSWERS.iter().any(|phrase| answers.contains(phrase)), "{answers}");
            let reads = read_by_others(language, &example, &names);
            assert!(reads.until.contains("Sanne Visser, Joost de Boer"), "{}", reads.until);
            let reads = reads.sentences().join("\n");
            assert!(!TO_WHO_ANSWERS.iter().any(|phrase| reads.contains(phrase)), "{reads}");
            let nobody = read_by_others(language, &example, &[]).until;
            assert!(nobody.contains("Blue Mesa Schools"), "{nobody}");
        }
    }

    #[test]
    fn what_was_asked_for_names_whose_reason_it_was_and_what_would_be_no_more_x15() {
        let asked = offer();
        for (words, full) in [("As we agreed.", true), (" ", false)] {
            for language in Language::ALL {
                let said = was_asked(language, &example(&asked, words, full));
                assert!(said.why.contains("Noordzee Telecom"), "{}", said.why);
                assert_eq!(said.words, words.trim());
                assert_eq!(said.services.len(), asked.services().len());
                let all = [said.heading, &said.duration, &said.access].join("\n");
                assert!(!TO_WHO_ANSWERS.iter().any(|phrase| all.contains(phrase)), "{all}");
                assert!(!all.contains(request_text::get(language)), "{all}");
            }
        }
    }
}
