//! Running trials: extending and editing (E), and the table of acts (L12, P7).

use rules::act::ActName;
use rules::draft::TrialDraft;
use rules::ids::TrialId;
use rules::notice::{MailKind, Recipients};
use rules::people::CustomerRole;
use rules::service::{CallingKind, Duration, MeetingsOption, Service};
use rules::trial::{State, Status};
use rules::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

use crate::conformance::cast::{
    ANNA, INGRID, KIM, LENA, MEHMET, PIET, SANNE, TOM, address, asking, draft, lasting, with,
};
use crate::conformance::check::{Outcome, error_of, refused, require, same, there};
use crate::conformance::doing::{accept_terms, order};
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::trials::{ActPreview, TrialAct};

pub(super) const CASES: &[Case] = cases![
    extending_counts_from_today_and_names_the_notices_that_move_e1_e3,
    an_end_that_stays_and_an_unconfirmed_shorter_one_are_refused_e1,
    only_a_running_trial_is_extended_or_edited_e2,
    services_and_licences_go_up_and_down_and_losses_are_told_e4_e5,
    fewer_licences_than_assigned_need_confirming_and_nobody_loses_one_e5_h5,
    the_last_service_cannot_be_removed_e4,
    switching_calling_takes_one_kind_away_and_gives_the_other_e4,
    enterprise_edition_asks_for_its_site_when_added_e4_n12,
    an_edit_that_changes_nothing_is_refused_e4,
    the_table_of_acts_holds_in_every_state_l12,
    a_disabled_control_and_its_act_give_the_same_reason_for_everybody_p7,
    every_preview_stores_nothing_e6,
];

fn extending_counts_from_today_and_names_the_notices_that_move_e1_e3(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &lasting(draft("Shorter"), Duration::Days90))?;
    let end = started.plan.end;
    client.days(25)?;
    let today = client.today()?;
    same("days left", today.days_until(end), 65)?;
    let done = client.extend(ANNA, &started.trial, Duration::Days30)?.consequences;
    let new = today.plus(30);
    same("the new end", client.trial(ANNA, &started.trial)?.trial.end(), Some(new))?;
    let on = |mails: &[rules::consequences::MailEffect], kind| -> Vec<_> {
        mails.iter().filter(|mail| mail.kind == kind).map(|mail| (mail.on, mail.group, mail.people)).collect()
    };
    let both = |day| {
        let groups = [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators];
        groups.map(|group| (Some(day), group, 1)).to_vec()
    };
    same("dropped E-7", on(&done.dropped, MailKind::EndsSoon), both(end.minus(7)))?;
    same("dropped E", on(&done.dropped, MailKind::Ended), both(end))?;
    same("added E-7", on(&done.added, MailKind::EndsSoon), both(new.minus(7)))?;
    same("added E", on(&done.added, MailKind::Ended), both(new))?;
    // The customer administrators are told of the shorter end at once (E4).
    let reduced = on(&done.added, MailKind::Reduced);
    same("told now", reduced, vec![(Some(today), Recipients::CustomerAdministrators, 1)])?;
    client.days(31)?;
    let told = client.told(ANNA, &started.trial)?;
    let notices: Vec<_> = told
        .iter()
        .filter(|(kind, to, ..)| kind.is_notice() && *to == Recipients::CustomerAdministrators)
        .map(|(kind, _, on, _)| (*kind, *on))
        .collect();
    same("notices", notices, vec![(MailKind::EndsSoon, new.minus(7)), (MailKind::Ended, new)])
}

fn an_end_that_stays_and_an_unconfirmed_shorter_one_are_refused_e1(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &lasting(draft("Confirm"), Duration::Days60))?;
    let extend = |days, confirmed| client.act(ANNA, &started.trial, TrialAct::Extend { days, confirmed });
    for confirmed in [false, true] {
        refused(extend(Duration::Days60, confirmed), RuleId::E1, Because::NothingChanges)?;
    }
    let refusal = refused(extend(Duration::Days30, false), RuleId::E1, Because::Shortens)?;
    let today = client.today()?;
    same("what to do, and to when", (refusal.remedy, refusal.from), (Remedy::Confirm, Some(today.plus(30))))?;
    extend(Duration::Days90, false)?;
    extend(Duration::Days30, true).map(drop)
}

fn only_a_running_trial_is_extended_or_edited_e2(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Grace"))?;
    client.days(30)?;
    same("the status", client.trial(ANNA, &started.trial)?.status, Status::Expired)?;
    let refusal = refused(client.extend(ANNA, &started.trial, Duration::Days30), RuleId::E2, Because::WrongState)?;
    same("what to do", (refusal.remedy, refusal.state), (Remedy::Convert, Some(State::Expired)))?;
    let edited = client.edit(ANNA, &started.trial, &with(draft("Grace"), &[Service::Messaging], 11));
    same("what to do", refused(edited, RuleId::E2, Because::WrongState)?.remedy, Remedy::Convert)
}

fn services_and_licences_go_up_and_down_and_losses_are_told_e4_e5(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Editing"))?;
    let typed = |services: &[Service], licences| with(draft("Editing"), services, licences);
    let up = client.edit(ANNA, &started.trial, &typed(&[Service::Messaging, Service::Meetings], 30))?;
    require(up.consequences.lost.is_empty(), || format!("lost by adding: {:?}", up.consequences.lost))?;
    let detail = client.trial(ANNA, &started.trial)?;
    same("the end stays", detail.trial.end(), Some(started.plan.end))?;
    same("licences", detail.trial.offer.licences, Some(30))?;
    let down = client.edit(ANNA, &started.trial, &typed(&[Service::Meetings], 20))?;
    let lost = down.consequences.lost;
    same("what is lost", (lost.services, lost.licences), (vec![Service::Messaging], Some(10)))?;
    let told = client.told(ANNA, &started.trial)?;
    let reduced: Vec<_> = told.into_iter().filter(|(kind, ..)| *kind == MailKind::Reduced).collect();
    same("mails of the loss", reduced.len(), 1)?;
    for licences in [0, 1001] {
        let error = error_of(client.edit(ANNA, &started.trial, &typed(&[Service::Meetings], licences)))?;
        require(matches!(error, ApiError::Invalid { .. }), || format!("{licences} licences: {error:?}"))?;
    }
    client.edit(ANNA, &started.trial, &typed(&[Service::Meetings], 1000)).map(drop)
}

fn fewer_licences_than_assigned_need_confirming_and_nobody_loses_one_e5_h5(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Assigned"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    for number in 0..3 {
        let email = format!("user{number}@assigned.example");
        client.add_person(&first, &email, CustomerRole::User, &[Service::Messaging])?;
    }
    let typed = with(draft("Assigned"), &[Service::Messaging], 2);
    let act = TrialAct::Edit { draft: Box::new(typed), confirmed: false };
    let refusal = refused(client.act(ANNA, &started.trial, act.clone()), RuleId::E5, Because::BelowAssigned)?;
    same("by how many, and what to do", (refusal.count, refusal.remedy), (Some(1), Remedy::Confirm))?;
    let TrialAct::Edit { draft, .. } = act else { return Ok(()) };
    client.edit(ANNA, &started.trial, &draft)?;
    for hub in [client.hub(&first)?, client.hub_of(ANNA, &started.customer)?] {
        let line = there("Messaging", hub.licences.iter().find(|line| line.service == Service::Messaging))?;
        same("licences and people", (line.total, line.assigned), (2, 3))?;
    }
    let page = client.customer(ANNA, &started.customer)?;
    let known = there("the organisation", page.organisation)?;
    let line = there("Messaging", known.licences.iter().find(|line| line.service == Service::Messaging))?;
    same("the same on the partner's page", (line.total, line.assigned), (2, 3))?;
    let person =
        crate::conformance::doing::person("fourth@assigned.example", CustomerRole::User, &[Service::Messaging]);
    let added = client.ask(&endpoints::HUB_PERSON_ADD, &first, "", &person);
    refused(added, RuleId::H5, Because::NoFreeLicence).map(drop)
}

fn the_last_service_cannot_be_removed_e4(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Last"))?;
    let none = TrialDraft { services: Default::default(), ..draft("Last") };
    let refusal = refused(client.edit(ANNA, &started.trial, &none), RuleId::E4, Because::LastService)?;
    same("what to do", refusal.remedy, Remedy::CancelTrial)
}

fn switching_calling_takes_one_kind_away_and_gives_the_other_e4(client: &Client<'_>) -> Outcome {
    let mut typed = with(draft("Switch"), &[Service::Messaging, Service::Calling], 20);
    typed.locations = "3".to_owned();
    typed.numbered_users = "10".to_owned();
    let started = client.start(ANNA, &typed)?;
    typed.calling = Some(CallingKind::Hybrid);
    let lost = client.edit(ANNA, &started.trial, &typed)?.consequences.lost;
    same("numbers that are lost", lost.phone_numbers, 16)?;
    let today = client.today()?;
    let numbers = client.trial(ANNA, &started.trial)?.trial.numbers_until;
    // They are kept 15 days more, also when Calling ends in another way (L3).
    same("until when they are kept", numbers, Some(today.plus(15)))?;
    client.days(15)?;
    let released = client.journal(ANNA, &format!("trial={}&deed=numbers-released", started.trial))?;
    same("released", released.len(), 1)
}

fn enterprise_edition_asks_for_its_site_when_added_e4_n12(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &with(draft("Site"), &[Service::Meetings], 10))?;
    let mut typed = with(draft("Site"), &[Service::Meetings], 10);
    typed.meetings_options = [MeetingsOption::Enterprise].into();
    let error = error_of(client.edit(ANNA, &started.trial, &typed))?;
    require(matches!(error, ApiError::Invalid { .. }), || format!("without a site: {error:?}"))?;
    typed.site_name = "added-later".to_owned();
    client.edit(ANNA, &started.trial, &typed)?;
    let free: crate::trials::SiteNameAnswer = client.ask(&endpoints::SITE_NAME, ANNA, "added-later", &())?;
    same("whether it is free", free.free, false)?;
    // It is provisioned, and stays as it is.
    typed.site_name = "another-one".to_owned();
    refused(client.edit(ANNA, &started.trial, &typed), RuleId::U2, Because::SiteProvisioned).map(drop)
}

fn an_edit_that_changes_nothing_is_refused_e4(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Nothing"))?;
    let edited = client.edit(ANNA, &started.trial, &draft("Nothing"));
    refused(edited, RuleId::E4, Because::NothingChanges).map(drop)
}

/// The acts of the table with what a sales full administrator of tier 1 may do in each
/// state: pending, awaiting, running, expired, closed, converted, cancelled, declined,
/// lapsed. What was cancelled long ago cannot be undone.
const TABLE: [(ActName, &str); 6] = [
    (ActName::Resend, "+--------"),
    (ActName::Cancel, "++++-----"),
    (ActName::Extend, "--+------"),
    (ActName::Edit, "--+------"),
    (ActName::Convert, "--++-----"),
    (ActName::FinishSetUp, "-++------"),
];

/// The states with a status that has customers of each in the demonstration.
const STATES: [(State, Status); 9] = [
    (State::Pending, Status::TrialPending),
    (State::Awaiting, Status::AwaitingProvisioningDetails),
    (State::Running, Status::Active),
    (State::Expired, Status::Expired),
    (State::Closed, Status::Closed),
    (State::Converted, Status::Converted),
    (State::Cancelled, Status::Cancelled),
    (State::Declined, Status::Declined),
    (State::Lapsed, Status::Lapsed),
];

fn the_table_of_acts_holds_in_every_state_l12(client: &Client<'_>) -> Outcome {
    let mut wrong = Vec::new();
    for (place, (state, status)) in STATES.into_iter().enumerate() {
        let customer = client.one_with(ANNA, status)?;
        let trial = there("the trial", customer.trials.into_iter().find(|each| each.status == status))?;
        for (act, cells) in TABLE {
            let wanted = cells.as_bytes()[place] == b'+';
            let (_, verdict) = there("the verdict", trial.acts.iter().find(|(name, _)| *name == act))?;
            if verdict.is_allowed() != wanted {
                wrong.push(format!("{} in {}: {verdict:?}", act.name(), state.name()));
            }
            if let (Verdict::Blocked(refusal), false) = (verdict, wanted) {
                let named = refusal.state == Some(state) || refusal.because != Because::WrongState;
                if !named {
                    wrong.push(format!("{} in {} does not name the state: {refusal:?}", act.name(), state.name()));
                }
            }
            if let Some(refusal) = refusal_of(client, ANNA, &trial.trial.id, act)? {
                if verdict.require() != Err(refusal) {
                    wrong.push(format!("{} in {}: shown {verdict:?}, done {refusal:?}", act.name(), state.name()));
                }
            } else if !wanted {
                wrong.push(format!("{} in {} can be previewed", act.name(), state.name()));
            }
        }
    }
    require(wrong.is_empty(), || wrong.join("; "))
}

/// The refusal of an act's preview; `None` when it is not refused by the law. Acts are
/// such as would pass in the right state.
fn refusal_of(client: &Client<'_>, who: &str, trial: &TrialId, act: ActName) -> Result<Option<Refusal>, Failure> {
    let detail = client.trial(who, trial)?.trial;
    let services = detail.offer.services();
    let mut typed = with(draft("Edit"), &services, detail.offer.licences.unwrap_or(1).saturating_sub(1).max(1));
    typed.site_name = "conformance-edit".to_owned();
    let previewed: Result<(), Failure> = match act {
        ActName::Resend => client.ask(&endpoints::RESEND, who, trial.as_str(), &()).map(|_: crate::trials::ActDone| ()),
        ActName::FinishSetUp => {
            client.ask(&endpoints::SET_UP_PREVIEW, who, trial.as_str(), &()).map(|_: ActPreview| ())
        }
        ActName::Cancel => client.preview_act(who, trial, &TrialAct::Cancel).map(drop),
        ActName::Undo => client.preview_act(who, trial, &TrialAct::Undo).map(drop),
        ActName::Extend => {
            let days = if detail.end() == Some(client.today()?.plus(60)) { Duration::Days30 } else { Duration::Days60 };
            client.preview_act(who, trial, &TrialAct::Extend { days, confirmed: true }).map(drop)
        }
        ActName::Edit => {
            let act = TrialAct::Edit { draft: Box::new(typed), confirmed: true };
            client.preview_act(who, trial, &act).map(drop)
        }
        ActName::AcceptTerms => client.preview_act(who, trial, &accept_terms()).map(drop),
        ActName::HandOver => client.preview_act(who, trial, &TrialAct::HandOver).map(drop),
        ActName::SayInterested => client.preview_act(who, trial, &TrialAct::SayInterested).map(drop),
        ActName::AnswerInterest => client.preview_act(who, trial, &TrialAct::AnswerInterest).map(drop),
        ActName::RetryProvisioning => {
            let service = services.first().copied().unwrap_or(Service::Messaging);
            client.preview_act(who, trial, &TrialAct::RetryProvisioning { service }).map(drop)
        }
        ActName::Convert => {
            let order = order("PO-TABLE", "x@x.example", "x@x.example", &services, true);
            client.preview_act(who, trial, &TrialAct::Convert(order)).map(drop)
        }
        ActName::Answer => return Ok(None),
    };
    match previewed {
        Ok(()) => Ok(None),
        // The draft or the order is not the matter here.
        Err(Failure { error: Some(error), .. }) => Ok(match *error {
            ApiError::Refused { refusal, .. } if refusal.rule != RuleId::C3 => Some(refusal),
            _ => None,
        }),
        Err(failure) => Err(failure),
    }
}

fn a_disabled_control_and_its_act_give_the_same_reason_for_everybody_p7(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, true, &[Service::Messaging, Service::Meetings])?;
    let error = error_of(client.trial(TOM, &request.id))?;
    require(error.status() == 403, || format!("a user's look at the trial is answered with {error:?}"))?;
    let error = error_of(client.trial(MEHMET, &request.id))?;
    same("a colleague who does not look after it", error, ApiError::NotFound)?;
    let mut wrong = Vec::new();
    for step in ["awaiting", "running", "expired"] {
        for who in [ANNA, SANNE, KIM, LENA, PIET] {
            for (act, verdict) in client.trial(who, &request.id)?.acts {
                let Err(shown) = verdict.require() else { continue };
                let manages = matches!(who, ANNA | SANNE | KIM);
                if act == ActName::Answer || (act == ActName::Resend && who != ANNA) || !manages {
                    // Another route refuses it by the role alone; the table of roles has that.
                    continue;
                }
                match refusal_of(client, who, &request.id, act)? {
                    Some(refusal) if refusal == shown => {}
                    other => wrong.push(format!("{} by {who}, {step}: shown {shown:?}, got {other:?}", act.name())),
                }
            }
        }
        match step {
            "awaiting" => drop(client.finish_set_up(ANNA, &request.id)?),
            _ => client.days(30)?,
        }
    }
    require(wrong.is_empty(), || wrong.join("; "))
}

fn every_preview_stores_nothing_e6(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &with(draft("Preview"), &[Service::Messaging, Service::Meetings], 10))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.existing(INGRID, &address("Preview"))?;
    let asked = client.send_request(INGRID, &started.customer, &asking(&address("Preview"), &[Service::Calling], 5))?;
    let state = |client: &Client<'_>| -> Result<_, Failure> {
        let journal = client.journal(&first, "")?.len();
        let mails = client.mails(ANNA, &format!("organisation={}", started.customer))?.len();
        let mut customer = client.customer(ANNA, &started.customer)?;
        // Mails that wait are handed over meanwhile, whatever else is done.
        customer.mails.clear();
        let mut hub = client.hub(&first)?;
        // Time goes on, too.
        (customer.now, hub.now) = Default::default();
        Ok((customer, hub, journal, mails))
    };
    let before = state(client)?;
    for act in ActName::ALL.into_iter().filter(|act| *act != ActName::Resend) {
        refusal_of(client, ANNA, &started.trial, act)?;
        refusal_of(client, &first, &started.trial, act)?;
    }
    let services = [Service::Calling].into();
    let answer = rules::consent::Answered::Accepted { full_access: true, services };
    let answer = crate::requests::AnswerRequest { answer, language: Default::default(), digest: String::new() };
    let _: ActPreview = client.ask(&endpoints::ANSWER_PREVIEW, &first, asked.trial.as_str(), &answer)?;
    let remove = crate::hub::AccessAct { partner: "noordzee-telecom".into(), level: None };
    let remove = crate::trials::Order { act: remove, digest: String::new() };
    let _: ActPreview = client.ask(&endpoints::HUB_PARTNERS_PREVIEW, &first, "", &remove)?;
    let add = crate::trials::Target::Add { customer: started.customer.clone() };
    client.preview(ANNA, &with(draft("Preview"), &[Service::Calling], 3), &add)?;
    require(state(client)? == before, || "a preview has changed something".to_owned())
}
