//! The sheet that a mail is written on.

use super::body::{self, Block, Fact};
use super::{Letter, Side, Written};
use crate::{Language, date, label, mail};
use rules::clock::Day;
use rules::offer::Offer;
use rules::service::Service;
use rules::trial::{Phase, Trial};
use std::cell::Cell;

/// A mail while it is written.
pub(super) struct Sheet<'a> {
    pub(super) letter: &'a Letter<'a>,
    pub(super) language: Language,
    pub(super) side: Side,
    blocks: Vec<Block>,
    /// Whether a day was named, so that its zone is named too (`G5`).
    dated: Cell<bool>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(letter: &'a Letter<'a>, side: Side) -> Sheet<'a> {
        let language = letter.order.language;
        let greeting = Block::Say(mail::greeting(language).to_owned());
        Sheet { letter, language, side, blocks: vec![greeting], dated: Cell::new(false) }
    }

    pub(super) fn trial(&self) -> &'a Trial {
        self.letter.trial
    }

    /// The customer's name.
    pub(super) fn company(&self) -> &'a str {
        &self.letter.organisation.name
    }

    /// The name of the partner that started the trial.
    pub(super) fn partner(&self) -> &'a str {
        &self.letter.partner.name
    }

    pub(super) fn to_customer(&self) -> bool {
        self.side == Side::Customer
    }

    /// Who acted for the partner: a person of it, or else the partner itself.
    pub(super) fn who(&self) -> String {
        self.who_is(self.letter.sender)
    }

    /// A person of the partner by name, or else the partner itself.
    pub(super) fn who_is(&self, person: Option<&str>) -> String {
        self.of(self.partner(), person)
    }

    /// Who acted for the distributor of the partner, which the mail does not name by itself (`C2`).
    pub(super) fn who_of_distributor(&self) -> String {
        self.of(&mail::distributor_of(self.language, self.partner()), self.letter.sender)
    }

    fn of(&self, partner: &str, person: Option<&str>) -> String {
        match person.filter(|person| !person.is_empty()) {
            Some(person) => mail::person_of(self.language, partner, person),
            None => partner.to_owned(),
        }
    }

    /// A person of the customer's organisation: by name, by address while there is no name, and as
    /// the organisation when they are in it no more.
    pub(super) fn member(&self, id: &rules::ids::PersonId) -> String {
        match self.letter.organisation.member(id) {
            Some(member) => member.called().to_owned(),
            None => self.company().to_owned(),
        }
    }

    /// The trial's services by name.
    pub(super) fn services(&self) -> String {
        self.names(&self.trial().offer)
    }

    /// An offer's services by name.
    pub(super) fn names(&self, offer: &Offer) -> String {
        self.list_of(&offer.services())
    }

    /// Services as they stand in a sentence: with a word between the last two.
    pub(super) fn list_of(&self, services: &[Service]) -> String {
        let names = |services: &[Service]| label::services(self.language, services.iter().copied());
        match services {
            [first @ .., last] if !first.is_empty() => mail::and(self.language, names(first), names(&[*last])),
            few => names(few),
        }
    }

    /// A day in words.
    pub(super) fn day(&self, day: Day) -> String {
        self.dated.set(true);
        date(self.language, day)
    }

    pub(super) fn say(&mut self, said: impl Into<String>) {
        self.blocks.push(Block::Say(said.into()));
    }

    pub(super) fn quote(&mut self, words: &str) {
        self.blocks.push(Block::Quote(words.to_owned()));
    }

    pub(super) fn facts(&mut self, facts: impl IntoIterator<Item = Fact>) {
        self.blocks.push(Block::Facts(facts.into_iter().collect()));
    }

    /// A list under a sentence; neither of them where there is nothing to list.
    pub(super) fn list(&mut self, said: impl Into<String>, items: Vec<String>) {
        if !items.is_empty() {
            self.say(said);
            self.blocks.push(Block::List(items));
        }
    }

    pub(super) fn steps(&mut self, said: impl Into<String>, steps: Vec<String>) {
        self.say(said);
        self.blocks.push(Block::Steps(steps));
    }

    pub(super) fn link(&mut self, name: impl Into<String>, url: String) {
        self.blocks.push(Block::Link(name.into(), url));
    }

    /// The mail as it is handed over. Its zone is named once, below all dates (`G5`), and a
    /// customer reads on whose behalf it came.
    pub(super) fn close(mut self, subject: &str) -> Written {
        if self.dated.get() {
            self.say(mail::dates_utc(self.language));
        }
        match self.side {
            Side::Customer => self.say(mail::closing_for(self.language, self.partner())),
            Side::Partner | Side::TrialsTeam => self.say(mail::closing(self.language)),
        }
        // A subject is a header: whatever a name holds, it stays on its line.
        let subject: String = subject.chars().map(|each| if each.is_control() { ' ' } else { each }).collect();
        let html = body::html(self.language, &subject, &self.blocks);
        let link = self.blocks.iter().find_map(|block| match block {
            Block::Link(_, url) => Some(url.clone()),
            Block::Say(_) | Block::Quote(_) | Block::Facts(_) | Block::List(_) | Block::Steps(_) => None,
        });
        Written { text: body::text(&self.blocks), html, subject, link }
    }
}

/// The days on which a trial starts and ends, also of one that was cancelled since.
pub(super) fn run(trial: &Trial) -> Option<(Day, Day)> {
    let cancelled = trial.cancellation.as_ref().map(|cancellation| cancellation.before);
    match (trial.phase, cancelled) {
        (Phase::Started { start, end }, _) | (_, Some(Phase::Started { start, end })) => Some((start, end)),
        _ => None,
    }
}
