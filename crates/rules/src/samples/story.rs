//! A story: one organisation through time, with what people do in it.

use std::collections::BTreeSet;

use super::{actor, ask, customer, facts_of, member_actor, now, partners, started};
use crate::act::{self, Act, Context, TrialAct, decide};
use crate::change::{Change, MailOrder, evolve};
use crate::clock::{Day, Instant};
use crate::consent::Answered;
use crate::draft::TrialDraft;
use crate::notice::MailKind;
use crate::organisation::Organisation;
use crate::people::{Actor, Language, PartnerRole};
use crate::service::Service;
use crate::time;
use crate::trial::{State, Trial};
use crate::verdict::Refusal;

/// One organisation through time. What time alone brings happens before every act.
#[derive(Clone, Debug)]
pub struct Story {
    /// The organisation as it is.
    pub organisation: Organisation,
    /// The facts.
    pub facts: act::Facts,
    /// The instant.
    pub now: Instant,
    /// Every change so far.
    pub changes: Vec<Change>,
}

/// That a request is accepted with some services, and whether the box is ticked.
pub fn accepted(services: &[Service], full_access: bool) -> TrialAct {
    let services: BTreeSet<Service> = services.iter().copied().collect();
    TrialAct::Answer(Answered::Accepted { full_access, services }, Language::Nl)
}

impl Story {
    /// The story of an organisation, from [`now`] on.
    pub fn of(organisation: Organisation) -> Story {
        Story { organisation, facts: facts_of(&partners()), now: now(), changes: Vec::new() }
    }

    /// The story of a new organisation whose first trial, `trial-1`, a sales
    /// administrator of [`super::partner`] starts [`now`].
    pub fn started(draft: TrialDraft) -> Story {
        let change = started(draft);
        let organisation = evolve(None, &change).expect("a start makes an organisation");
        let mut story = Story { changes: vec![change], ..Story::of(organisation) };
        story.until(now());
        story
    }

    /// The story of [`customer`], to which a sales administrator of
    /// [`super::partner`] sends the request `asked` [`now`].
    pub fn asked(draft: TrialDraft) -> Story {
        let mut story = Story::of(customer());
        story.does(&actor(PartnerRole::SalesAdministrator), ask(draft, "asked"));
        story
    }

    /// As [`Story::asked`], and `full-1` accepts all of it, with the box ticked or not.
    pub fn accepted(draft: TrialDraft, full_access: bool) -> Story {
        let services: Vec<Service> = draft.services.iter().copied().collect();
        let mut story = Story::asked(draft);
        story.does_with(&story.person("full-1"), "asked", accepted(&services, full_access));
        story
    }

    /// As [`Story::accepted`], and the sales administrator finishes the set-up.
    pub fn running(draft: TrialDraft, full_access: bool) -> Story {
        let mut story = Story::accepted(draft, full_access);
        story.does_with(&actor(PartnerRole::SalesAdministrator), "asked", super::finish_set_up());
        story
    }

    /// A person of the organisation, as whoever acts.
    pub fn person(&self, id: &str) -> Actor {
        member_actor(&self.organisation, id)
    }

    /// A trial.
    ///
    /// # Panics
    /// When there is no such trial.
    pub fn trial(&self, id: &str) -> &Trial {
        self.organisation.trial(&id.into()).expect("a trial of the organisation")
    }

    /// The state of a trial as things stand.
    pub fn state(&self, id: &str) -> State {
        self.trial(id).state(self.today())
    }

    /// The day.
    pub fn today(&self) -> Day {
        Day::of(self.now)
    }

    /// Lets time pass up to an instant.
    pub fn until(&mut self, now: Instant) {
        for change in time::pass(&self.organisation, now, &self.facts) {
            self.take(change);
        }
        self.now = now;
    }

    /// Lets time pass up to 10:00 of a day.
    pub fn on(&mut self, day: Day) {
        self.until(day.begin() + chrono::TimeDelta::hours(10));
    }

    /// Lets some days pass.
    pub fn days(&mut self, days: i64) {
        self.until(self.now + chrono::TimeDelta::days(days));
    }

    /// Lets some minutes pass.
    pub fn minutes(&mut self, minutes: i64) {
        self.until(self.now + chrono::TimeDelta::minutes(minutes));
    }

    /// What an act would bring, or why it may not be done.
    ///
    /// # Errors
    /// The refusal.
    pub fn tries(&self, actor: &Actor, act: Act) -> Result<Change, Refusal> {
        let context = Context { actor: Some(actor), now: self.now, facts: &self.facts };
        decide(Some(&self.organisation), act, context)
    }

    /// As [`Story::tries`], with a trial.
    ///
    /// # Errors
    /// The refusal.
    pub fn tries_with(&self, actor: &Actor, trial: &str, act: TrialAct) -> Result<Change, Refusal> {
        self.tries(actor, Act::Trial(trial.into(), act))
    }

    /// Somebody does something, and what follows at once follows.
    ///
    /// # Panics
    /// When it is refused.
    pub fn does(&mut self, actor: &Actor, act: Act) -> Change {
        let change = self.tries(actor, act).expect("it may be done");
        self.take(change.clone());
        self.until(self.now);
        change
    }

    /// As [`Story::does`], with a trial.
    ///
    /// # Panics
    /// When it is refused.
    pub fn does_with(&mut self, actor: &Actor, trial: &str, act: TrialAct) -> Change {
        self.does(actor, Act::Trial(trial.into(), act))
    }

    /// The backend notes how the provisioning of a service went.
    ///
    /// # Panics
    /// When there is nothing to note.
    pub fn provisions(&mut self, trial: &str, service: Service, outcome: Result<(), String>) -> Change {
        let context = Context { actor: None, now: self.now, facts: &self.facts };
        let act = Act::Trial(trial.into(), TrialAct::Provisioned(service, outcome));
        let change = decide(Some(&self.organisation), act, context).expect("it may be noted");
        self.take(change.clone());
        self.until(self.now);
        change
    }

    /// Every service of a trial is provisioned.
    pub fn provisions_all(&mut self, trial: &str) {
        for service in self.trial(trial).offer.services() {
            self.provisions(trial, service, Ok(()));
        }
    }

    /// A change happens.
    ///
    /// # Panics
    /// When it is one of another organisation.
    pub fn take(&mut self, change: Change) {
        self.organisation = evolve(Some(self.organisation.clone()), &change).expect("a change of this organisation");
        self.changes.push(change);
    }

    /// The mails of a kind so far, each with the day on which it went.
    pub fn mails(&self, kind: MailKind) -> Vec<(Day, &MailOrder)> {
        let all = self.changes.iter().flat_map(|change| change.mails.iter().map(|mail| (Day::of(change.at), mail)));
        all.filter(|(_, mail)| mail.kind == kind).collect()
    }

    /// The addresses to which mails of a kind went, sorted.
    pub fn mailed(&self, kind: MailKind) -> Vec<&str> {
        let mut found: Vec<&str> = self.mails(kind).iter().map(|(_, mail)| mail.email.as_str()).collect();
        found.sort_unstable();
        found
    }
}
