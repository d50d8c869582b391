//! *Next*: the whole step is checked, then what only the backend knows (N7).

use contract::error::ApiError;
use contract::trials::LookUpAnswer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::{Step, email};
use rules::ids::OrganisationId;
use rules::site::SiteName;

use super::add::looked_up;
use super::services::service_id;
use super::ways::{Hurdle, Ways};
use crate::api::{self, Failure, Key};
use crate::forms::{AddressFact, DraftForm};
use crate::ui::move_focus;

/// Checks a step and goes on when nothing is wrong with it. `busy` is true while
/// the backend is asked; a second press in that time does nothing.
pub fn next(form: DraftForm, step: Step, ways: Ways, busy: RwSignal<bool>) {
    if busy.get_untracked() {
        return;
    }
    ways.hurdle.set(None);
    if step == Step::Customer {
        form.forget_existing();
    }
    let problems = form.ask(step);
    ways.announce(problems.len());
    if !problems.is_empty() {
        return ways.mend(&problems);
    }
    if step == Step::Services
        && let Some(service) = untrack(|| ways.chosen_and_refused())
    {
        // The reason stands under the service itself (N11).
        ways.announce(1);
        return move_focus(service_id(service));
    }
    if step == Step::ConfirmOrganisation && untrack(|| ways.is_blocked(step)) {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        let asked = match step {
            Step::Customer => look_up(form, ways).await,
            Step::MeetingsSite => site_name(form).await,
            Step::ConfirmOrganisation | Step::Services | Step::Devices | Step::Review => Ok(()),
        };
        if busy.try_set(false).is_some() {
            // The page was left while the backend was asked; there is nowhere to go on.
            return;
        }
        if let Err(failure) = asked {
            return ways.hurdle.set(Some(Hurdle::Failed(failure)));
        }
        let problems = form.ask(step);
        if !problems.is_empty() {
            return ways.mend(&problems);
        }
        match untrack(|| ways.leads_away()) {
            Some(hurdle) if step == Step::Customer => ways.hurdle.set(Some(hurdle)),
            _ => ways.next(),
        }
    });
}

/// Looks the address up (X1). That nobody has it is not asked again, for every look-up
/// counts; what an organisation can be asked may change, and this very question within
/// the hour does not count as another one.
pub async fn look_up(form: DraftForm, ways: Ways) -> Result<(), Failure> {
    if let Some(adding) = form.draft.with_untracked(|draft| draft.adding.clone()) {
        return look_at_customer(form, ways, &adding.customer).await;
    }
    let known_new = form.draft.with_untracked(|draft| form.known.with_untracked(|known| known.is_new(draft)));
    let typed = || form.draft.try_with_untracked(|draft| email(&draft.administrator_email).ok()).flatten();
    let Some(address) = typed() else { return Ok(()) };
    if known_new {
        return Ok(());
    }
    let answer = api::organisation_look_up(&address, &Key::new()).await?;
    if typed().as_ref() != Some(&address) {
        // The page was left, or another address was typed in the meantime.
        return Ok(());
    }
    let before = form.draft.with_untracked(|draft| draft.asking.clone());
    let mut draft = form.draft.get_untracked();
    let fact = match &answer {
        LookUpAnswer::New => AddressFact::New,
        LookUpAnswer::OwnOrganisation => AddressFact::Own,
        LookUpAnswer::Existing(organisation) => {
            draft.ask(organisation.organisation.clone(), organisation.country);
            AddressFact::Exists
        }
        LookUpAnswer::Managed { .. }
        | LookUpAnswer::RequestOpen { .. }
        | LookUpAnswer::NotYours { .. }
        | LookUpAnswer::NotACustomer => AddressFact::Elsewhere,
    };
    if matches!(fact, AddressFact::New | AddressFact::Own) {
        draft.asking = None;
    }
    if draft.asking != before {
        form.change(|open| open.asking = draft.asking);
    }
    let told = Some((address.clone(), answer));
    if ways.found.with_untracked(|known| *known != told) {
        ways.found.set(told);
    }
    form.known.update(|known| known.address = Some((address, fact)));
    Ok(())
}

/// What can be offered to the customer to whom a trial is added; nothing is looked up, so nothing
/// counts (A2).
async fn look_at_customer(form: DraftForm, ways: Ways, customer: &OrganisationId) -> Result<(), Failure> {
    let existing = looked_up(customer).await?;
    let Some(Ok(address)) = form.draft.try_with_untracked(|draft| email(&draft.administrator_email)) else {
        // The page was left in the meantime.
        return Ok(());
    };
    let told = Some((address, LookUpAnswer::Existing(Box::new(existing))));
    if ways.found.with_untracked(|known| *known != told) {
        ways.found.set(told);
    }
    Ok(())
}

/// Asks about the site name once more, for somebody may have taken it since (N12).
async fn site_name(form: DraftForm) -> Result<(), Failure> {
    let name = form.draft.with_untracked(|draft| SiteName::parse(&draft.site_name));
    match name {
        Ok(name) => super::site::ask(form, &name).await,
        Err(_) => Err(Failure::Api(ApiError::Malformed)),
    }
}
