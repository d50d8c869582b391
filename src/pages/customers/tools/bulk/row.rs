//! One customer of an act on several: what the act would bring there, and doing it (Q6). Each goes
//! by the same way as an act on one customer: its own preview, version, digest and key, so what is
//! refused to one hinders no other.

use contract::error::ApiError;
use contract::trials::{ActPreview, TrialAct};
use rules::act::ActName;
use rules::clock::Day;
use rules::ids::{OrganisationId, TrialId};
use rules::people::Assignment;
use rules::trial::DateKind;
use rules::verdict::Verdict;
use words::{Language, bulk, date, label};

use super::super::selection::Chosen;
use super::{Change, What};
use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;

/// How far it is with one customer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// What it would bring is not known yet.
    Waiting,
    /// It will be done: what it brings, and how.
    Ready(Order),
    /// It is being done.
    Doing(Order),
    /// It was done.
    Done,
    /// It is not done, and why.
    Skipped(String),
    /// It could not be done, and why. An order whose answer was lost is kept: tried again with the
    /// same key it happens once (G2).
    Failed(String, Option<Order>),
}

/// A customer with the step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) customer: Chosen,
    pub(super) step: Step,
}

/// What is to be done with one customer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Order {
    how: How,
    key: Key,
    /// What it brings, in short.
    pub(super) says: String,
    /// What it brings, in full; an act without a preview of its own has none.
    pub(super) preview: Option<Box<ActPreview>>,
}

#[derive(Clone, Debug, PartialEq)]
enum How {
    Act(TrialId, TrialAct, u64),
    Resend(TrialId),
    Assign(OrganisationId, Assignment, u64),
}

/// What an act would bring to a customer.
pub(super) async fn preview(customer: &Chosen, what: &What, language: Language) -> Step {
    match asked(customer, what, language).await {
        Ok(step) => step,
        Err(Failure::Api(ApiError::Refused { refusal, .. })) => Step::Skipped(label::refusal(language, &refusal)),
        Err(failure) if failure.is_not_found() => Step::Skipped(failed_in_full(language, &failure)),
        Err(failure) => Step::Failed(failed_in_full(language, &failure), None),
    }
}

async fn asked(customer: &Chosen, what: &What, language: Language) -> Result<Step, Failure> {
    let detail = api::customer_view(&customer.id).await?;
    let name = match what {
        What::Extend { .. } => ActName::Extend,
        What::Resend => ActName::Resend,
        What::Cancel => ActName::Cancel,
        What::Assign { person, change } => {
            let before = Assignment {
                in_charge: detail.in_charge.map(|person| person.id),
                assigned: detail.assigned.into_iter().map(|person| person.id).collect(),
            };
            let Some(person) = person else { return Ok(Step::Waiting) };
            let after = assigned(&before, &person.id, *change);
            if after == before {
                return Ok(Step::Skipped(bulk::assigned_already(language).to_owned()));
            }
            let says = match change {
                Change::InCharge => bulk::says_in_charge(language, &person.name),
                Change::Assigned => bulk::says_assigned(language, &person.name),
                Change::Taken => bulk::says_taken(language, &person.name),
            };
            let how = How::Assign(detail.id, after, detail.version);
            return Ok(Step::Ready(Order { how, key: Key::new(), says, preview: None }));
        }
    };
    // The trial that needs attention first, of those with which it can be done.
    let mut refused = None;
    let mut found = None;
    let holding = detail.trials.iter().filter(|trial| trial.trial.state(detail.today).holds()).count();
    for trial in &detail.trials {
        match trial.acts.iter().find(|(each, _)| *each == name) {
            Some((_, Verdict::Allowed)) => {
                found = Some((trial.trial.id.clone(), label::services(language, trial.trial.offer.services())));
                break;
            }
            Some((_, Verdict::Blocked(refusal))) if refused.is_none() => refused = Some(*refusal),
            _ => {}
        }
    }
    let Some((trial, services)) = found else {
        let why = refused.map(|refusal| label::refusal(language, &refusal));
        return Ok(Step::Skipped(why.unwrap_or_else(|| bulk::no_trial(language).to_owned())));
    };
    let act = match what {
        What::Extend { days, confirmed } => TrialAct::Extend { days: *days, confirmed: *confirmed },
        What::Cancel => TrialAct::Cancel,
        What::Resend | What::Assign { .. } => {
            let says = bulk::says_resend(language).to_owned();
            return Ok(Step::Ready(Order { how: How::Resend(trial), key: Key::new(), says, preview: None }));
        }
    };
    let preview = api::trial_act_preview(&trial, act.clone()).await?;
    let says = match what {
        What::Extend { .. } => says_of_end(&preview, language),
        _ => says_of_state(&preview, language),
    };
    // Where the customer has others, it is said which one is meant, and that they stay.
    let says = match holding {
        2.. => bulk::says_of_one(language, holding - 1, services, says),
        _ => says,
    };
    let how = How::Act(trial, act, preview.version);
    Ok(Step::Ready(Order { how, key: Key::new(), says, preview: Some(Box::new(preview)) }))
}

/// Who looks after a customer afterwards (P9).
fn assigned(before: &Assignment, person: &rules::ids::PersonId, change: Change) -> Assignment {
    let mut after = before.clone();
    match change {
        Change::InCharge => {
            after.assigned.retain(|each| each != person);
            after.in_charge = Some(person.clone());
        }
        Change::Assigned if before.includes(person) => {}
        Change::Assigned => after.assigned.push(person.clone()),
        Change::Taken => after.assigned.retain(|each| each != person),
    }
    after
}

/// The end before and after, and the difference (E1).
fn says_of_end(preview: &ActPreview, language: Language) -> String {
    let end = |view: &Option<rules::consequences::TrialView>| -> Option<Day> {
        view.as_ref()?.dates.iter().find(|(_, kind)| *kind == DateKind::End).map(|(day, _)| *day)
    };
    match (end(&preview.consequences.before), end(&preview.consequences.after)) {
        (Some(before), Some(after)) => {
            let days = before.days_until(after);
            let (from, to) = (date(language, before), date(language, after));
            match days < 0 {
                true => bulk::says_earlier(language, to, from, -days),
                false => bulk::says_later(language, to, from, days),
            }
        }
        _ => String::new(),
    }
}

/// The state before and after.
fn says_of_state(preview: &ActPreview, language: Language) -> String {
    let state = |view: &Option<rules::consequences::TrialView>| {
        view.as_ref().map(|view| label::state(language, view.state)).unwrap_or_default()
    };
    let (before, after) = (state(&preview.consequences.before), state(&preview.consequences.after));
    bulk::says_state(language, after, before)
}

/// Does it.
pub(super) async fn carry_out(order: Order, language: Language) -> Step {
    let Order { how, key, preview, .. } = &order;
    let answer = match (how, preview) {
        (How::Act(trial, act, _), Some(preview)) => api::trial_act(trial, act.clone(), preview, key).await.map(|_| ()),
        (How::Act(..), None) => Ok(()),
        (How::Resend(trial), _) => api::request_resend(trial, key).await.map(|_| ()),
        (How::Assign(id, assignment, version), _) => {
            api::customer_assign(id, assignment.clone(), *version, key).await.map(|_| ())
        }
    };
    match answer {
        Ok(()) => Step::Done,
        Err(Failure::Api(ApiError::Refused { refusal, .. })) => Step::Skipped(label::refusal(language, &refusal)),
        Err(Failure::Api(ApiError::Stale { .. } | ApiError::OutOfDate)) => {
            Step::Failed(bulk::changed_since(language).to_owned(), None)
        }
        Err(Failure::Api(ApiError::TooMany { wait_seconds })) => {
            Step::Skipped(bulk::sent_recently(language, wait_seconds.div_ceil(60).max(1)))
        }
        // Whether it was done is not known: the same order asks for it once more.
        Err(failure @ (Failure::Unreachable | Failure::Api(ApiError::Unavailable))) => {
            Step::Failed(failed_in_full(language, &failure), Some(order))
        }
        Err(failure) => Step::Failed(failed_in_full(language, &failure), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_in_charge_is_not_assigned_as_well_and_can_be_taken_off_p9() {
        let before = Assignment { in_charge: Some("a".into()), assigned: vec!["b".into()] };
        let rows = [
            ("b", Change::InCharge, Some("b"), vec![]),
            ("c", Change::InCharge, Some("c"), vec!["b"]),
            ("a", Change::InCharge, Some("a"), vec!["b"]),
            ("a", Change::Assigned, Some("a"), vec!["b"]),
            ("c", Change::Assigned, Some("a"), vec!["b", "c"]),
            ("b", Change::Taken, Some("a"), vec![]),
            ("c", Change::Taken, Some("a"), vec!["b"]),
        ];
        for (person, change, in_charge, others) in rows {
            let after = assigned(&before, &person.into(), change);
            assert_eq!(after.in_charge.as_ref().map(|id| id.as_str()), in_charge, "{person} {change:?}");
            let ids: Vec<&str> = after.assigned.iter().map(|id| id.as_str()).collect();
            assert_eq!(ids, others, "{person} {change:?}");
        }
    }
}
