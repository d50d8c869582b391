//! *Next*: the whole step is checked, then what only the backend knows (N7).

use contract::error::ApiError;
use contract::trials::LookUpAnswer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::{Step, email};
use rules::site::SiteName;

use super::ways::{Hurdle, Ways};
use crate::api::{self, Failure, Key};
use crate::forms::{AddressFact, DraftForm};

/// Checks a step and goes on when nothing is wrong with it. `busy` is true while
/// the backend is asked; a second press in that time does nothing.
pub fn next(form: DraftForm, step: Step, ways: Ways, busy: RwSignal<bool>) {
    if busy.get_untracked() {
        return;
    }
    ways.hurdle.set(None);
    let problems = form.ask(step);
    ways.announce(problems.len());
    if !problems.is_empty() {
        return ways.mend(&problems);
    }
    busy.set(true);
    spawn_local(async move {
        let asked = match step {
            Step::Customer => look_up(form).await,
            Step::MeetingsSite => site_name(form).await,
            Step::Services | Step::Devices | Step::Review => Ok(()),
        };
        if busy.try_set(false).is_some() {
            // The page was left while the backend was asked; there is nowhere to go on.
            return;
        }
        if let Err(failure) = asked {
            return ways.hurdle.set(Some(Hurdle::Failed(failure)));
        }
        let problems = form.ask(step);
        if problems.is_empty() { ways.next() } else { ways.mend(&problems) }
    });
}

/// Looks the address up (X1). An answer about this very address is not asked for
/// again, for every look-up counts.
pub async fn look_up(form: DraftForm) -> Result<(), Failure> {
    let known_new = form.draft.with_untracked(|draft| form.known.with_untracked(|known| known.is_new(draft)));
    let Ok(address) = form.draft.with_untracked(|draft| email(&draft.administrator_email)) else { return Ok(()) };
    if known_new {
        return Ok(());
    }
    let fact = match api::organisation_look_up(&address, &Key::new()).await? {
        LookUpAnswer::New => AddressFact::New,
        LookUpAnswer::OwnOrganisation => AddressFact::Own,
        LookUpAnswer::Existing(_)
        | LookUpAnswer::Managed { .. }
        | LookUpAnswer::RequestOpen { .. }
        | LookUpAnswer::NotYours { .. }
        | LookUpAnswer::NotACustomer => AddressFact::Exists,
    };
    let _ = form.known.try_update(|known| known.address = Some((address, fact)));
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
