//! Requests to an existing organisation, and its consent (X).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clock::{Day, Instant};
use crate::ids::{PartnerId, PersonId, TrialId};
use crate::named::named;
use crate::offer::Offer;
use crate::organisation::{Attestation, Organisation};
use crate::people::Language;
use crate::service::Service;
use crate::text::is_forbidden;
use crate::trial::{Phase, Trial};
use crate::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

/// Days after the day of the first sending within which a request is answered (X11).
pub const ANSWER_DAYS: u32 = 30;
/// Days after the accepting at which both sides are reminded of the set-up (X18).
pub const SET_UP_REMINDERS: [u32; 2] = [7, 30];
/// Days after the accepting at whose end the system cancels it (X18).
pub const SET_UP_DAYS: u32 = 90;
/// Most characters of the partner's own words (X6).
pub const WORDS_MAX: usize = 500;
/// Days after a decline or a lapse before the next request (X14).
const ASK_AGAIN_DAYS: u32 = 7;
/// Most requests of a partner to an organisation within [`ASKED_DAYS`] (X14).
const ASKED_MAX: usize = 3;
/// Days within which requests are counted (X14).
const ASKED_DAYS: u32 = 90;
/// Minutes to wait before the second sending, the third, and every one after (X13).
const RESEND_MINUTES: [i64; 3] = [5, 60, 24 * 60];

/// A request for a trial, as it was sent and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Request {
    /// Who asked first; the request is the partner's (X20).
    pub by: PersonId,
    /// That person's name, as the organisation is told (X6).
    pub by_name: String,
    /// The company's name as the partner typed it (Q11).
    pub typed_company: String,
    /// The address as it was typed (X5).
    pub typed_email: String,
    /// What was asked for.
    pub asked: Offer,
    /// Whether full administrator access is asked for; asking never ticks the box (X6).
    pub asks_full_access: bool,
    /// The partner's own words; they may be empty (X6).
    pub words: String,
    /// Three words by which a customer can check that the request is real (X6).
    pub phrase: String,
    /// The attestation for the organisation's country (X2).
    pub attestation: Attestation,
    /// Every sending, the first one in front.
    pub sendings: Vec<Sending>,
    /// Its answer, once there is one.
    pub answer: Option<Answer>,
}

impl Request {
    /// Whether it was ever mailed to an address (X5): a *user* of the organisation sees
    /// only such a one (P5).
    pub fn was_mailed_to(&self, email: &str) -> bool {
        let mut recipients = self.sendings.iter().flat_map(|sending| &sending.recipients);
        recipients.any(|recipient| recipient.email.eq_ignore_ascii_case(email))
    }
}

/// One sending of the consent mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Sending {
    /// When.
    pub at: Instant,
    /// Who sent it.
    pub by: PersonId,
    /// To whom (X5).
    pub recipients: Vec<Recipient>,
}

/// Who got a consent mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Recipient {
    /// The address.
    pub email: String,
    /// When they opened the request, signed in (X7).
    pub opened: Option<Instant>,
}

/// How a request was answered (X9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Answer {
    /// Who answered.
    pub by: PersonId,
    /// That person's name.
    pub by_name: String,
    /// When.
    pub at: Instant,
    /// In which language the request was read.
    pub language: Language,
    /// What was answered.
    pub what: Answered,
}

/// What was answered (X9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Answered {
    /// Accepted.
    Accepted {
        /// Whether the partner may be full administrator.
        full_access: bool,
        /// Which of the services.
        services: BTreeSet<Service>,
    },
    /// Declined.
    Declined {
        /// Why.
        reason: DeclineReason,
        /// In their own words; with [`DeclineReason::Other`] it says why.
        note: String,
    },
}

/// Why a request is declined (X9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclineReason {
    /// Not needed.
    NotNeeded,
    /// Wrong organisation.
    WrongOrganisation,
    /// We do not know this partner; it blocks the partner (X14).
    UnknownPartner,
    /// Another reason, in a note.
    Other,
}

named!(DeclineReason {
    NotNeeded = "not-needed",
    WrongOrganisation = "wrong-organisation",
    UnknownPartner = "unknown-partner",
    Other = "other",
});

impl DeclineReason {
    /// Every reason, in the order in which it is offered.
    pub const ALL: [DeclineReason; 4] = [
        DeclineReason::NotNeeded,
        DeclineReason::WrongOrganisation,
        DeclineReason::UnknownPartner,
        DeclineReason::Other,
    ];
}

/// The last day on which a request can be answered: the 30th after the day of the
/// first sending (X11).
pub fn answer_by(first_sent: Day) -> Day {
    first_sent.plus(ANSWER_DAYS)
}

/// To whom the consent mail goes: to the typed address alone if it is a full
/// administrator's, else to it and to every full administrator (X5).
pub fn recipients(organisation: &Organisation, typed: &str) -> Vec<String> {
    let typed = typed.trim().to_ascii_lowercase();
    let full: Vec<String> = organisation.full_administrators().map(|member| member.email.clone()).collect();
    if full.contains(&typed) {
        return vec![typed];
    }
    std::iter::once(typed).chain(full).collect()
}

/// The moment from which a partner may send to an organisation again: 5 minutes, 1
/// hour, then 24 hours after the last sending (X13). Sendings count for a request if
/// they are its own, and beyond that if they were within the 24 hours before the last
/// one, so cancelling and asking anew does not shorten the wait. `None` when nothing
/// was sent.
pub fn send_from(organisation: &Organisation, partner: &PartnerId, request: Option<&TrialId>) -> Option<Instant> {
    let trials = organisation.trials.iter().filter(|trial| trial.partner == *partner);
    let sendings = trials.flat_map(|trial| {
        let own = request == Some(&trial.id);
        trial.request.iter().flat_map(|request| &request.sendings).map(move |sending| (sending.at, own))
    });
    let all: Vec<(Instant, bool)> = sendings.collect();
    let last = all.iter().map(|(at, _)| *at).max()?;
    let recent = all.iter().filter(|(at, _)| last - *at < chrono::TimeDelta::hours(24)).count();
    let own = all.iter().filter(|(_, own)| *own).count();
    let wait = RESEND_MINUTES[recent.max(own).saturating_sub(1).min(RESEND_MINUTES.len() - 1)];
    Some(last + chrono::TimeDelta::minutes(wait))
}

/// Whether a partner may send a request to an organisation now: it has somebody to
/// ask and blocks nobody, no request of the partner is open, the last decline or
/// lapse is 7 days ago, and there were not three within 90 days (X2, X14).
pub fn may_ask(organisation: &Organisation, partner: &PartnerId, today: Day) -> Verdict {
    let blocked = |refusal| Verdict::Blocked(refusal);
    if organisation.closed.is_some() {
        return blocked(Refusal::new(RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial));
    }
    if organisation.full_administrators().next().is_none() {
        return blocked(Refusal::new(RuleId::X2, Because::NobodyToAsk, Remedy::Nothing));
    }
    if organisation.blocked.iter().any(|block| block.partner == *partner) {
        return blocked(Refusal::new(RuleId::X14, Because::PartnerBlocked, Remedy::AskFullAdministrator));
    }
    let asked = organisation.trials.iter().filter(|trial| trial.partner == *partner && trial.request.is_some());
    let mut sent: Vec<Day> = Vec::new();
    let mut last_refused = None;
    for trial in asked {
        match trial.phase {
            Phase::Pending { answer_by } if today <= answer_by => {
                return blocked(Refusal::new(RuleId::X14, Because::RequestOpen, Remedy::SeeRequest));
            }
            // A request whose day has passed has lapsed, whether or not that was noted yet (X11).
            Phase::Pending { answer_by } => last_refused = last_refused.max(Some(answer_by.plus(1))),
            Phase::Declined { on } | Phase::Lapsed { on } => last_refused = last_refused.max(Some(on)),
            _ => {}
        }
        sent.extend(trial.first_sent());
    }
    if let Some(from) = last_refused.map(|on| on.plus(ASK_AGAIN_DAYS)).filter(|from| today < *from) {
        return blocked(Refusal::new(RuleId::X14, Because::AskedRecently, Remedy::Wait).from(from));
    }
    sent.retain(|day| today.days_until(*day) > -i64::from(ASKED_DAYS));
    sent.sort();
    if sent.len() >= ASKED_MAX {
        let from = sent[sent.len() - ASKED_MAX].plus(ASKED_DAYS);
        return blocked(Refusal::new(RuleId::X14, Because::AskedOften, Remedy::Wait).from(from));
    }
    Verdict::Allowed
}

/// Whether a partner may send a request to an organisation at this moment: as
/// [`may_ask`], and the last sending is long enough ago (X13).
pub fn may_send(organisation: &Organisation, partner: &PartnerId, now: Instant) -> Verdict {
    let asked = may_ask(organisation, partner, Day::of(now));
    match waited(organisation, partner, None, now) {
        Err(refusal) if asked.is_allowed() => Verdict::Blocked(refusal),
        _ => asked,
    }
}

/// Whether the last sending of a partner to an organisation is long enough ago (X13).
pub(crate) fn waited(
    organisation: &Organisation,
    partner: &PartnerId,
    request: Option<&TrialId>,
    now: Instant,
) -> Result<(), Refusal> {
    match send_from(organisation, partner, request) {
        Some(from) if now < from => {
            Err(Refusal::new(RuleId::X13, Because::SentRecently, Remedy::Wait).from_instant(from))
        }
        _ => Ok(()),
    }
}

/// Whether the partner's own words, or a note, can be sent as they are (X6, X9).
pub fn words_are_fit(words: &str) -> bool {
    let line_break = |character| character == '\n';
    words.chars().count() <= WORDS_MAX
        && !words.chars().any(|character| is_forbidden(character) && !line_break(character))
}

/// The refusal of words that cannot be sent as they are; it counts the characters they may have where
/// they are too long.
pub(crate) fn unfit_words(words: &str, rule: RuleId) -> Refusal {
    let refusal = Refusal::new(rule, Because::BadText, Remedy::Correct);
    match words.chars().count() > WORDS_MAX {
        true => refusal.count(WORDS_MAX as u32),
        false => refusal,
    }
}

/// The words of which phrases are made: short, spelt alike in English and Dutch,
/// and far from each other when read out over a phone. There are 64 of them.
const PHRASE_WORDS: [&str; 64] = [
    "adder", "akker", "album", "alpha", "amber", "anker", "april", "arena", "atlas", "banjo", "basket", "beaver",
    "bingo", "bizon", "bongo", "cactus", "camera", "canyon", "casino", "chili", "circus", "cobra", "coral", "delta",
    "disco", "domino", "echo", "falcon", "fjord", "flamingo", "gorilla", "guitar", "hamster", "hotel", "iglo",
    "jaguar", "jazz", "judo", "kayak", "kilo", "kiwi", "koala", "lama", "lotus", "mango", "menu", "motor", "ninja",
    "oase", "opera", "panda", "piano", "polo", "radar", "robot", "safari", "salsa", "tango", "tempo", "tulip",
    "vulkan", "yoga", "zebra", "zenit",
];

/// The matching phrase of a number: three different words (X6). 64 · 63 · 62 phrases
/// are told apart.
pub fn phrase(number: u64) -> String {
    let mut left: Vec<&str> = PHRASE_WORDS.to_vec();
    let mut number = number;
    let mut words = Vec::with_capacity(3);
    for _ in 0..3 {
        let count = left.len() as u64;
        words.push(left.remove((number % count) as usize));
        number /= count;
    }
    words.join(" ")
}

impl Trial {
    /// The day of the first sending of its request (X11).
    pub fn first_sent(&self) -> Option<Day> {
        let sendings = &self.request.as_ref()?.sendings;
        sendings.first().map(|sending| Day::of(sending.at))
    }
}
