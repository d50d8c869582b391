//! The life of a customer of the demonstration: its changes one after the other, made by
//! the law itself.

use std::collections::BTreeSet;

use rules::act::{Act, Context, TrialAct, decide};
use rules::change::{Change, Deed, Part, evolve};
use rules::clock::Instant;
use rules::ids::{PartnerId, TrialId};
use rules::organisation::Organisation;
use rules::people::{Actor, Assignment};
use rules::trial::Provisioning;

use super::customer::Making;
use crate::organisations::{By, Loaded, Signed, Writing, write};
use crate::store::Commit;

/// An organisation as it came to be until now.
pub(super) struct Life<'a> {
    making: &'a Making<'a>,
    now: Option<Organisation>,
    changes: Vec<Signed>,
}

impl<'a> Life<'a> {
    pub(super) fn new(making: &'a Making<'a>) -> Life<'a> {
        Life { making, now: None, changes: Vec::new() }
    }

    /// Whether there is no organisation yet.
    pub(super) fn is_new(&self) -> bool {
        self.now.is_none()
    }

    /// Begins with an organisation that came to the platform without a trial.
    pub(super) fn begin(&mut self, organisation: Organisation) {
        let change = Change {
            deed: Deed::SettingsChanged,
            at: organisation.created,
            by: None,
            trial: None,
            parts: vec![Part::Made(Box::new(organisation))],
            mails: Vec::new(),
        };
        self.take(change, By::default());
    }

    /// The first administrator of the organisation.
    ///
    /// # Panics
    /// When there is none; the data are wrong then.
    pub(super) fn administrator(&self) -> Actor {
        let organisation = self.now.as_ref().expect("an organisation");
        let member = organisation.full_administrators().next();
        match member {
            Some(member) => Actor { person: member.person(&organisation.id), certified: true },
            // It closed since, and nobody acts for it any more.
            None => self.making.person(super::people::ANNA),
        }
    }

    /// Plays what time brought until an instant.
    pub(super) fn pass(&mut self, until: Instant) {
        let Some(organisation) = &self.now else { return };
        for change in rules::time::pass(organisation, until, self.making.facts) {
            self.take(change, By::default());
        }
    }

    /// Does something at an instant.
    ///
    /// # Panics
    /// When the law refuses it; a test makes all of the data.
    pub(super) fn act(&mut self, act: Act, actor: &Actor, at: Instant) {
        self.pass(at);
        let context = Context { actor: Some(actor), now: at, facts: self.making.facts };
        let what = format!("{act:?}");
        let change = decide(self.now.as_ref(), act, context);
        let change = change.unwrap_or_else(|refusal| panic!("{refusal:?} for {what} by {}", actor.person.name));
        self.take(change, By::person(&actor.person));
    }

    /// Provisions every service of a trial that has started; when one is to be
    /// struggling, the last one fails and is tried again later today (N17).
    pub(super) fn provision(&mut self, trial: &TrialId, at: Instant, struggling: bool) {
        let steps = |now: &Option<Organisation>| {
            let trial = now.as_ref().and_then(|organisation| organisation.trial(trial));
            trial.map(|trial| trial.provisioning.clone()).unwrap_or_default()
        };
        let waiting: Vec<_> = steps(&self.now)
            .into_iter()
            .filter(|step| step.state == Provisioning::Waiting)
            .map(|step| step.service)
            .collect();
        let last = waiting.len().saturating_sub(1);
        for (place, service) in waiting.into_iter().enumerate() {
            // Four tries lie within the two hours since the start, and the fifth one comes.
            let minutes: &[i64] = if struggling && place == last { &[0, 1, 6, 36] } else { &[0] };
            for minute in minutes {
                let outcome = match struggling && place == last {
                    true => Err("The platform has no capacity in this region at the moment".to_owned()),
                    false => Ok(()),
                };
                let now = at + chrono::TimeDelta::minutes(*minute);
                let context = Context { actor: None, now, facts: self.making.facts };
                let act = Act::Trial(trial.clone(), TrialAct::Provisioned(service, outcome));
                let change = decide(self.now.as_ref(), act, context).expect("a step that waits can be done");
                self.take(change, By::default());
            }
        }
    }

    /// Who looks after the customer.
    pub(super) fn assignment(&self, partner: &PartnerId) -> Assignment {
        self.now.as_ref().map(|organisation| organisation.assignment(partner)).unwrap_or_default()
    }

    /// Says who looks after the customer, as of its last change.
    pub(super) fn assign(&mut self, partner: &PartnerId, assignment: Assignment) {
        let Some(organisation) = &self.now else { return };
        let at = organisation.changed;
        let by = self.making.full_administrator(partner);
        self.act(Act::Assign(assignment), &by, at);
    }

    fn take(&mut self, change: Change, by: By) {
        self.now = evolve(self.now.take(), &change);
        self.changes.push((change, by));
    }

    /// Writes all of it. Its mails were handed over when they were written.
    pub(super) fn store(&self, commit: &mut Commit, making: &Making<'_>) {
        let writing = Writing {
            facts: making.facts,
            deployment: making.deployment,
            environment: making.environment,
            known_mails: &BTreeSet::new(),
            handed_over_until: Some(making.now),
            signer: Some(making.signer),
        };
        write(commit, &Loaded::NEW, &self.changes, writing);
    }
}
