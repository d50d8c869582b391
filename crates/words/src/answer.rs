//! The answer to a request in words (`X9`): in its receipt (`X16`), and in the document for when the
//! console does not load (`X19`).

use rules::clock::{Day, Instant};
use rules::consent::Answered;
use rules::offer::Offer;
use rules::service::Service;

use crate::{Language, answered, date_utc, label, request_text};

/// An answer, with what its words name.
#[derive(Clone, Copy, Debug)]
pub struct Answering<'a> {
    /// The name of the organisation that was asked.
    pub organisation: &'a str,
    /// The name of the partner that asked.
    pub partner: &'a str,
    /// Who answered: a name, or an address where there is no name.
    pub person: &'a str,
    /// When.
    pub at: Instant,
    /// What was asked for.
    pub asked: &'a Offer,
    /// What was answered.
    pub what: &'a Answered,
}

/// The sentences of an answer.
pub fn in_words(language: Language, answering: &Answering<'_>) -> Vec<String> {
    let Answering { organisation, partner, person, asked, what, .. } = *answering;
    let day = date_utc(language, Day::of(answering.at));
    match what {
        Answered::Accepted { full_access, services } => {
            let (given, not): (Vec<Service>, Vec<Service>) =
                asked.services().into_iter().partition(|service| services.contains(service));
            let names = |services: Vec<Service>| label::services(language, services);
            let mut said = vec![
                answered::accepted(language, day, organisation, partner, person),
                answered::services(language, names(given)),
            ];
            if !not.is_empty() {
                said.push(answered::not_services(language, names(not)));
            }
            let the_box = request_text::full_access(language);
            said.push(match full_access {
                true => answered::with_box(language, the_box, partner),
                false => answered::without_box(language, the_box, partner),
            });
            said
        }
        Answered::Declined { reason, note } => {
            let mut said = vec![
                answered::declined(language, day, organisation, partner, person),
                answered::reason(language, label::decline_reason(language, *reason)),
            ];
            if !note.trim().is_empty() {
                said.push(answered::note(language, note.trim(), person));
            }
            said
        }
    }
}
